/* Greek letters, drawn in a hyphen's place: those that are not Latin ones, which assets/signs.txt
 * writes for the others. */
#include "composed_shapes.h"

static const dots alpha = {{88, 98}, {68, 46}, {34, 2}, {6, 44}, {32, 96}, {62, 54}, {92, 4}, DONE};
static const dots beta = {{2, -58}, {10, 50}, {18, 128}, {44, 152}, {64, 126}, {36, 86},
                          {72, 58}, {64, 14}, {34, 0},   {14, 20},  DONE};
static const dots gamma = {{0, 82},   {18, 98}, {38, 60}, {44, 2}, {34, -52},
                           {22, -40}, {38, 14}, {76, 98}, DONE};
static const dots delta = {{68, 138}, {42, 152}, {22, 128}, {50, 92}, {66, 48}, {44, 2},
                           {12, 14},  {8, 58},   {38, 88},  {56, 80}, DONE};
static const dots epsilon = {{62, 84}, {36, 100}, {12, 78}, {38, 54}, {38, 54},
                             {6, 30},  {28, 0},   {66, 16}, DONE};
static const dots zeta = {{10, 150}, {62, 148}, {62, 148}, {22, 100}, {6, 46},
                          {28, 10},  {56, -8},  {54, -40}, {32, -44}, DONE};
static const dots eta = {{2, 86},  {14, 96}, {16, 50}, {14, 2},   {14, 2}, {22, 66},
                         {46, 98}, {62, 70}, {60, 0},  {56, -58}, DONE};
static const dots theta = {{38, 154}, {10, 114}, {8, 40},  {34, 0},  {62, 42}, {62, 112},
                           {36, 154}, LIFT,      {10, 76}, {62, 80}, DONE};
static const dots iota = {{8, 98}, {8, 30}, {20, 2}, {36, 16}, DONE};
static const dots kappa = {{10, 98}, {8, 2}, LIFT, {60, 96}, {12, 48}, {12, 48}, {66, 2}, DONE};
static const dots lambda = {{4, 146}, {20, 142}, {42, 74}, {74, 2}, LIFT, {40, 80}, {2, 2}, DONE};
static const dots mu = {{0, -58}, {12, 40}, {18, 98}, {18, 98}, {16, 24}, {34, 2},
                        {58, 30}, {70, 98}, {70, 98}, {66, 22}, {84, 6},  DONE};
static const dots nu = {{2, 94}, {14, 92}, {34, 4}, {34, 4}, {62, 50}, {66, 98}, DONE};
static const dots xi = {{58, 148}, {26, 150}, {18, 124}, {50, 112}, {50, 112},
                        {12, 92},  {10, 62},  {46, 58},  {46, 58},  {8, 40},
                        {6, 10},   {44, -6},  {56, -30}, {36, -48}, DONE};
static const dots pi = {{0, 84}, {14, 98}, {90, 96}, LIFT,    {30, 96}, {26, 40}, {10, 2},
                        LIFT,    {64, 97}, {60, 30}, {70, 2}, {86, 14}, DONE};
static const dots rho = {{0, -58}, {10, 40}, {34, 98}, {64, 86}, {68, 36}, {40, 2}, {14, 24}, DONE};
static const dots sigma = {{90, 96}, {42, 96}, {8, 60}, {18, 8}, {50, 4}, {68, 44}, {48, 94}, DONE};
static const dots final_sigma = {{64, 86}, {34, 98},  {8, 64},   {22, 20},
                                 {54, 4},  {54, -26}, {32, -38}, DONE};
static const dots tau = {{0, 82},  {14, 97}, {76, 95}, LIFT, {40, 96},
                         {34, 30}, {46, 2},  {62, 12}, DONE};
static const dots upsilon = {{0, 86}, {12, 96}, {14, 40}, {36, 2}, {62, 30}, {62, 94}, DONE};
static const dots phi = {{28, 96}, {6, 62},  {18, 10}, {52, 4},   {80, 44},
                         {68, 94}, {46, 84}, {40, 20}, {30, -58}, DONE};
static const dots chi = {{0, 90}, {14, 96}, {62, -48}, {78, -42}, LIFT, {76, 98}, {0, -54}, DONE};
static const dots psi = {{0, 90},  {12, 92}, {14, 40},  {38, 6},   {70, 30},
                         {80, 94}, LIFT,     {52, 140}, {32, -58}, DONE};
static const dots omega = {{16, 96}, {2, 40}, {18, 2},  {40, 20}, {48, 66}, {48, 66},
                           {52, 14}, {74, 2}, {96, 40}, {82, 96}, DONE};
static const dots capital_gamma = {{72, 146}, {8, 152}, {8, 152}, {6, 0}, DONE};
static const dots capital_delta = {{48, 152}, {2, 2}, {2, 2}, {98, 2}, {98, 2}, {46, 152}, DONE};
static const dots capital_theta = {{50, 154}, {10, 120}, {8, 30},  {46, 0},  {88, 36}, {86, 118},
                                   {48, 154}, LIFT,      {24, 76}, {74, 80}, DONE};
static const dots capital_lambda = {{2, 0}, {46, 152}, {46, 152}, {92, 0}, DONE};
static const dots capital_xi = {{6, 146}, {80, 150}, LIFT,    {18, 76}, {66, 80},
                                LIFT,     {2, 2},    {84, 6}, DONE};
static const dots capital_pi = {{12, 150}, {8, 0},    LIFT,      {74, 152}, {74, 0},
                                LIFT,      {-6, 148}, {92, 152}, DONE};
static const dots capital_sigma = {{78, 144}, {6, 150}, {6, 150}, {46, 78}, {46, 78},
                                   {2, 2},    {2, 2},   {84, 8},  DONE};
static const dots capital_phi = {{46, 126}, {8, 110}, {6, 50},   {44, 30}, {86, 50}, {86, 108},
                                 {44, 126}, LIFT,     {50, 158}, {44, 0},  DONE};
static const dots capital_psi = {{0, 150}, {8, 90},   {44, 54}, {84, 92}, {92, 150},
                                 LIFT,     {50, 158}, {44, 0},  DONE};
static const dots capital_omega = {{0, 4},    {30, 4},  {30, 4}, {6, 70}, {18, 136}, {52, 154},
                                   {88, 130}, {94, 66}, {68, 6}, {68, 6}, {102, 6},  DONE};

const lh_drawn_sign lh_composed_greek[] = {
    CLOSE(0x3b1, alpha, LETTER_GAP),
    CLOSE(0x3b2, beta, LETTER_GAP),
    CLOSE(0x3b3, gamma, LETTER_GAP),
    CLOSE(0x3b4, delta, LETTER_GAP),
    CLOSE(0x3b5, epsilon, LETTER_GAP),
    CLOSE(0x3f5, epsilon, LETTER_GAP),
    CLOSE(0x3b6, zeta, LETTER_GAP),
    CLOSE(0x3b7, eta, LETTER_GAP),
    CLOSE(0x3b8, theta, LETTER_GAP),
    CLOSE(0x3d1, theta, LETTER_GAP),
    CLOSE(0x3b9, iota, LETTER_GAP),
    CLOSE(0x3ba, kappa, LETTER_GAP),
    CLOSE(0x3bb, lambda, LETTER_GAP),
    CLOSE(0x3bc, mu, LETTER_GAP),
    CLOSE(0xb5, mu, LETTER_GAP),
    CLOSE(0x3bd, nu, LETTER_GAP),
    CLOSE(0x3be, xi, LETTER_GAP),
    CLOSE(0x3c0, pi, LETTER_GAP),
    CLOSE(0x3c1, rho, LETTER_GAP),
    CLOSE(0x3c3, sigma, LETTER_GAP),
    CLOSE(0x3c2, final_sigma, LETTER_GAP),
    CLOSE(0x3c4, tau, LETTER_GAP),
    CLOSE(0x3c5, upsilon, LETTER_GAP),
    CLOSE(0x3c6, phi, LETTER_GAP),
    CLOSE(0x3d5, phi, LETTER_GAP),
    CLOSE(0x3c7, chi, LETTER_GAP),
    CLOSE(0x3c8, psi, LETTER_GAP),
    CLOSE(0x3c9, omega, LETTER_GAP),
    CLOSE(0x393, capital_gamma, LETTER_GAP),
    CLOSE(0x394, capital_delta, LETTER_GAP),
    CLOSE(0x2206, capital_delta, LETTER_GAP),
    CLOSE(0x398, capital_theta, LETTER_GAP),
    CLOSE(0x39b, capital_lambda, LETTER_GAP),
    CLOSE(0x39e, capital_xi, LETTER_GAP),
    CLOSE(0x3a0, capital_pi, LETTER_GAP),
    CLOSE(0x220f, capital_pi, LETTER_GAP),
    CLOSE(0x3a3, capital_sigma, LETTER_GAP),
    CLOSE(0x2211, capital_sigma, LETTER_GAP),
    CLOSE(0x3a6, capital_phi, LETTER_GAP),
    CLOSE(0x3a8, capital_psi, LETTER_GAP),
    CLOSE(0x3a9, capital_omega, LETTER_GAP),
    CLOSE(0x2126, capital_omega, LETTER_GAP),
};
const size_t lh_composed_greeks = sizeof lh_composed_greek / sizeof *lh_composed_greek;
