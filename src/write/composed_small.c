/* Small letters, digits and signs above and below the row, drawn in a hyphen's place: superscripts
 * and subscripts of Unicode. The shapes are of the usual size, and drawn smaller. */
#include "composed_shapes.h"

static const dots small_zero = {{40, 150}, {8, 110},  {10, 30},  {42, 0},
                                {74, 40},  {70, 116}, {38, 150}, DONE};
static const dots small_one = {{6, 116}, {38, 150}, {38, 150}, {34, 0}, DONE};
static const dots small_two = {{8, 112}, {28, 148}, {62, 138}, {60, 92}, {32, 44},
                               {4, 4},   {4, 4},    {78, 8},   DONE};
static const dots small_three = {{10, 134}, {42, 150}, {64, 120}, {34, 82}, {34, 82},
                                 {70, 56},  {54, 6},   {6, 12},   DONE};
static const dots small_four = {{50, 150}, {6, 52},  {6, 52}, {84, 56},
                                LIFT,      {62, 98}, {54, 0}, DONE};
static const dots small_five = {{18, 146}, {14, 86}, {14, 86},  {54, 90},  {70, 44}, {42, 2},
                                {6, 14},   LIFT,     {18, 146}, {74, 150}, DONE};
static const dots small_six = {{62, 146}, {24, 104}, {6, 44},  {30, 2},
                               {68, 28},  {50, 72},  {12, 50}, DONE};
static const dots small_seven = {{4, 142}, {74, 148}, {74, 148}, {28, 0}, DONE};
static const dots small_eight = {{62, 130}, {36, 150}, {14, 122}, {40, 84},  {66, 40}, {36, 0},
                                 {8, 36},   {44, 88},  {66, 122}, {50, 146}, DONE};
static const dots small_nine = {{66, 122}, {38, 150}, {10, 116}, {28, 82}, {62, 106},
                                {66, 140}, {66, 140}, {58, 0},   DONE};
static const dots small_plus = {{2, 50}, {70, 52}, LIFT, {36, 86}, {36, 16}, DONE};
static const dots small_minus = {{2, 50}, {66, 53}, DONE};
static const dots small_equal = {{2, 66}, {64, 69}, LIFT, {2, 34}, {66, 36}, DONE};
static const dots small_open = {{32, 162}, {6, 110}, {6, 36}, {32, -16}, DONE};
static const dots small_close = {{4, 162}, {28, 110}, {28, 36}, {2, -16}, DONE};
static const dots small_a = {{62, 84}, {34, 100}, {8, 56},  {24, 4}, {50, 30},
                             {64, 92}, {64, 92},  {60, 20}, {80, 6}, DONE};
static const dots small_b = {{10, 154}, {8, 4},  {8, 4},   {14, 70}, {44, 94},
                             {66, 50},  {42, 2}, {10, 20}, DONE};
static const dots small_c = {{62, 84}, {34, 100}, {6, 54}, {28, 2}, {66, 18}, DONE};
static const dots small_d = {{60, 84},  {32, 98},  {6, 50},  {26, 2}, {52, 30},
                             {68, 154}, {68, 154}, {62, 24}, {80, 4}, DONE};
static const dots small_e = {{10, 46}, {60, 60}, {44, 98}, {12, 74},
                             {12, 20}, {38, 0},  {68, 20}, DONE};
static const dots small_f = {{66, 136}, {46, 154}, {28, 120}, {22, -10},
                             LIFT,      {2, 84},   {56, 88},  DONE};
static const dots small_g = {{62, 84}, {34, 98},  {8, 54},   {28, 8},  {58, 50}, {66, 92},
                             {66, 92}, {60, -30}, {30, -58}, {6, -40}, DONE};
static const dots small_h = {{12, 154}, {8, 2},   {8, 2},  {22, 74},
                             {48, 94},  {58, 60}, {60, 2}, DONE};
static const dots small_i = {{10, 96}, {10, 20}, {26, 2}, LIFT, DOT(12, 136), DONE};
static const dots small_j = {{22, 96}, {18, -30}, {-2, -50}, LIFT, DOT(24, 136), DONE};
static const dots small_k = {{12, 154}, {8, 2}, LIFT, {58, 92}, {12, 44}, {12, 44}, {64, 2}, DONE};
static const dots small_l = {{12, 154}, {8, 24}, {26, 2}, DONE};
static const dots small_m = {{6, 94}, {8, 2},   {8, 2},   {18, 76}, {38, 92}, {46, 60}, {46, 4},
                             {46, 4}, {56, 76}, {76, 92}, {84, 60}, {88, 2},  DONE};
static const dots small_n = {{6, 94}, {8, 2}, {8, 2}, {22, 78}, {48, 94}, {58, 60}, {62, 2}, DONE};
static const dots small_o = {{36, 98}, {8, 70},  {14, 12}, {44, 2},
                             {66, 46}, {52, 94}, {34, 98}, DONE};
static const dots small_p = {{10, 94}, {4, -56}, {4, -56}, {14, 60}, {40, 98},
                             {66, 60}, {46, 6},  {14, 12}, DONE};
static const dots small_r = {{6, 94}, {10, 2}, {10, 2}, {16, 64}, {34, 92}, {58, 86}, DONE};
static const dots small_s = {{58, 86}, {32, 98}, {14, 78}, {34, 54},
                             {54, 28}, {34, 2},  {4, 14},  DONE};
static const dots small_t = {{28, 136}, {22, 30}, {40, 2}, {60, 12}, LIFT, {2, 92}, {58, 95}, DONE};
static const dots small_u = {{6, 94},  {8, 30},  {28, 2}, {52, 30}, {60, 94},
                             {60, 94}, {56, 20}, {74, 4}, DONE};
static const dots small_v = {{2, 96}, {30, 4}, {30, 4}, {64, 98}, DONE};
static const dots small_w = {{2, 94}, {20, 4}, {20, 4},  {44, 80}, {44, 80},
                             {64, 4}, {64, 4}, {90, 96}, DONE};
static const dots small_x = {{4, 94}, {60, 4}, LIFT, {64, 96}, {2, 2}, DONE};
static const dots small_y = {{4, 94},  {16, 30},  {38, 14},  {56, 50}, {64, 94},
                             {64, 94}, {46, -10}, {20, -56}, {2, -46}, DONE};
static const dots small_z = {{6, 92}, {60, 94}, {60, 94}, {4, 4}, {4, 4}, {66, 6}, DONE};

const lh_drawn_sign lh_composed_small[] = {
    RAISED(0x2070, small_zero),   LOWERED(0x2080, small_zero),  RAISED(0xb9, small_one),
    LOWERED(0x2081, small_one),   RAISED(0xb2, small_two),      LOWERED(0x2082, small_two),
    RAISED(0xb3, small_three),    LOWERED(0x2083, small_three), RAISED(0x2074, small_four),
    LOWERED(0x2084, small_four),  RAISED(0x2075, small_five),   LOWERED(0x2085, small_five),
    RAISED(0x2076, small_six),    LOWERED(0x2086, small_six),   RAISED(0x2077, small_seven),
    LOWERED(0x2087, small_seven), RAISED(0x2078, small_eight),  LOWERED(0x2088, small_eight),
    RAISED(0x2079, small_nine),   LOWERED(0x2089, small_nine),  RAISED(0x207a, small_plus),
    LOWERED(0x208a, small_plus),  RAISED(0x207b, small_minus),  LOWERED(0x208b, small_minus),
    RAISED(0x207c, small_equal),  LOWERED(0x208c, small_equal), RAISED(0x207d, small_open),
    LOWERED(0x208d, small_open),  RAISED(0x207e, small_close),  LOWERED(0x208e, small_close),
    RAISED(0x1d43, small_a),      LOWERED(0x2090, small_a),     RAISED(0xaa, small_a),
    RAISED(0x1d47, small_b),      RAISED(0x1d9c, small_c),      RAISED(0x1d48, small_d),
    RAISED(0x1d49, small_e),      LOWERED(0x2091, small_e),     RAISED(0x1da0, small_f),
    RAISED(0x1d4d, small_g),      RAISED(0x2b0, small_h),       LOWERED(0x2095, small_h),
    RAISED(0x2071, small_i),      LOWERED(0x1d62, small_i),     RAISED(0x2b2, small_j),
    LOWERED(0x2c7c, small_j),     RAISED(0x1d4f, small_k),      LOWERED(0x2096, small_k),
    RAISED(0x2e1, small_l),       LOWERED(0x2097, small_l),     RAISED(0x1d50, small_m),
    LOWERED(0x2098, small_m),     RAISED(0x207f, small_n),      LOWERED(0x2099, small_n),
    RAISED(0x1d52, small_o),      LOWERED(0x2092, small_o),     RAISED(0xba, small_o),
    RAISED(0x1d56, small_p),      LOWERED(0x209a, small_p),     RAISED(0x2b3, small_r),
    LOWERED(0x1d63, small_r),     RAISED(0x2e2, small_s),       LOWERED(0x209b, small_s),
    RAISED(0x1d57, small_t),      LOWERED(0x209c, small_t),     RAISED(0x1d58, small_u),
    LOWERED(0x1d64, small_u),     RAISED(0x1d5b, small_v),      LOWERED(0x1d65, small_v),
    RAISED(0x2b7, small_w),       RAISED(0x2e3, small_x),       LOWERED(0x2093, small_x),
    RAISED(0x2b8, small_y),       RAISED(0x1dbb, small_z),
};
const size_t lh_composed_smalls = sizeof lh_composed_small / sizeof *lh_composed_small;
