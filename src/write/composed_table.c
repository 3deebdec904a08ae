/* Which signs are made of which characters, and the marks: see composed.h. */
#include "composed_shapes.h"

#include <string.h>

/* ---- accents ----------------------------------------------------------------------------------
 */

static const dots acute = {{16, 34}, {-8, 4}, DONE};
static const dots grave = {{-18, 36}, {6, 6}, DONE};
static const dots circumflex = {{-24, 4}, {0, 32}, {0, 32}, {24, 2}, DONE};
static const dots caron = {{-24, 32}, {0, 4}, {0, 4}, {24, 34}, DONE};
static const dots tilde = {{-30, 8}, {-16, 22}, {2, 15}, {18, 8}, {32, 22}, DONE};
static const dots diaeresis = {DOT(-19, 18), LIFT, DOT(19, 19), DONE};
static const dots ring = {RING(0, 16, 14), DONE};
static const dots breve = {{-24, 28}, {-11, 8}, {11, 8}, {24, 28}, DONE};
static const dots macron = {{-28, 14}, {28, 17}, DONE};
static const dots dot_above = {DOT(0, 18), DONE};
static const dots double_acute = {{-2, 36}, {-18, 6}, LIFT, {24, 36}, {8, 6}, DONE};
static const dots nothing = {DONE};
static const dots apostrophe = {{16, 4}, {10, -26}, DONE};
static const dots cedilla = {{2, 2}, {-1, -12}, {12, -18}, {10, -32}, {-12, -34}, DONE};
static const dots comma_below = {{5, -14}, {2, -24}, {-7, -36}, DONE};
static const dots ogonek = {{20, 2}, {8, -12}, {12, -26}, {28, -24}, DONE};
static const dots slash = {{108, 108}, {-8, -8}, DONE};
static const dots bar_of_d = {{40, 80}, {132, 84}, DONE};
static const dots bar_of_D = {{-22, 50}, {46, 53}, DONE};
static const dots bar_of_l = {{-24, -14}, {26, 18}, DONE};
static const dots bar_of_L = {{-24, 38}, {56, 66}, DONE};

/* In each row, what the letters are made to. */
static const struct {
    lh_mark mark;
    const char *letters, *signs;
} accented[] = {
    {{LH_MARK_ABOVE, acute, 0}, "AEIOUYaeiouyCcGLlNnRrSsZz", "ÁÉÍÓÚÝáéíóúýĆćǴĹĺŃńŔŕŚśŹź"},
    {{LH_MARK_ABOVE, grave, 0}, "AEINOUWaeinouw", "ÀÈÌǸÒÙẀàèìǹòùẁ"},
    {{LH_MARK_ABOVE, circumflex, 0}, "AEIOUaeiouCcGgHJjSsWwYyZz", "ÂÊÎÔÛâêîôûĈĉĜĝĤĴĵŜŝŴŵŶŷẐẑ"},
    {{LH_MARK_ABOVE, caron, 0}, "ACDEGINORSTUZacegijnorsuz", "ǍČĎĚǦǏŇǑŘŠŤǓŽǎčěǧǐǰňǒřšǔž"},
    {{LH_MARK_ABOVE, tilde, 0}, "AEINOUYaeinouy", "ÃẼĨÑÕŨỸãẽĩñõũỹ"},
    {{LH_MARK_ABOVE, diaeresis, 0}, "AEIOUWYaeiouwy", "ÄËÏÖÜẄŸäëïöüẅÿ"},
    {{LH_MARK_ABOVE, ring, 0}, "AUau", "ÅŮåů"},
    {{LH_MARK_ABOVE, breve, 0}, "AEGIOUaegiou", "ĂĔĞĬŎŬăĕğĭŏŭ"},
    {{LH_MARK_ABOVE, macron, 0}, "AEIOUaeiou", "ĀĒĪŌŪāēīōū"},
    {{LH_MARK_ABOVE, dot_above, 0}, "CEGIZcegz", "ĊĖĠİŻċėġż"},
    {{LH_MARK_ABOVE, double_acute, 0}, "OUou", "ŐŰőű"},
    {{LH_MARK_ABOVE, nothing, 0}, "i", "ı"},
    {{LH_MARK_BESIDE, apostrophe, 0}, "Ldlt", "Ľďľť"},
    {{LH_MARK_BELOW, cedilla, 0}, "CcSsTt", "ÇçŞşŢţ"},
    {{LH_MARK_BELOW, comma_below, 0}, "SsTtKkLlNnRr", "ȘșȚțĶķĻļŅņŖŗ"},
    {{LH_MARK_BELOW, ogonek, 0}, "AEIUaeiu", "ĄĘĮŲąęįų"},
    {{LH_MARK_THROUGH, slash, 0}, "Oo", "Øø"},
    {{LH_MARK_THROUGH, bar_of_d, 0}, "d", "đ"},
    {{LH_MARK_THROUGH, bar_of_D, 0}, "D", "Đ"},
    {{LH_MARK_ACROSS, bar_of_l, 0}, "l", "ł"},
    {{LH_MARK_THROUGH, bar_of_L, 0}, "L", "Ł"},
};

/* ---- signs in a hyphen's place ----------------------------------------------------------------
 */

static const dots equals = {{0, 66}, {62, 69}, LIFT, {2, 34}, {64, 36}, DONE};
static const dots plus_minus = {{0, 74}, {62, 76}, LIFT,     {32, 108}, {29, 44},
                                LIFT,    {2, 20},  {62, 22}, DONE};
static const dots divided = {{0, 52}, {64, 54}, LIFT, DOT(32, 90), LIFT, DOT(31, 20), DONE};
static const dots times = {{4, 78}, {54, 18}, LIFT, {54, 80}, {2, 20}, DONE};
static const dots less = {{60, 90}, {2, 52}, {2, 52}, {62, 12}, DONE};
static const dots greater = {{2, 90}, {60, 52}, {60, 52}, {0, 12}, DONE};
static const dots wave = {{0, 44}, {15, 60}, {33, 51}, {51, 40}, {68, 56}, DONE};
static const dots about = {{0, 58}, {15, 74}, {33, 65}, {51, 54}, {68, 70}, LIFT,
                           {2, 26}, {16, 42}, {34, 33}, {52, 22}, {70, 38}, DONE};
static const dots unequal = {{0, 66}, {62, 69}, LIFT,    {2, 34}, {64, 36},
                             LIFT,    {48, 96}, {14, 6}, DONE};
static const dots at_most = {{60, 98}, {2, 66}, {2, 66}, {62, 34}, LIFT, {2, 12}, {60, 14}, DONE};
static const dots at_least = {{2, 98}, {60, 66}, {60, 66}, {0, 34}, LIFT, {2, 12}, {60, 14}, DONE};
static const dots ampersand = {{94, 4},   {62, 38}, {26, 82}, {14, 118}, {34, 144},
                               {56, 124}, {46, 98}, {14, 58}, {4, 26},   {24, 2},
                               {56, 10},  {86, 58}, DONE};
static const dots solidus = {{62, 162}, {2, -16}, DONE};
static const dots number = {{38, 140}, {18, -4}, LIFT, {74, 142}, {54, 0},  LIFT,
                            {6, 92},   {90, 97}, LIFT, {0, 44},   {84, 49}, DONE};
static const dots star = {{30, 148}, {28, 86},  LIFT,    {3, 132}, {57, 101},
                          LIFT,      {54, 135}, {4, 98}, DONE};
static const dots open_bracket = {{42, 168}, {10, 166}, {10, 166}, {6, -22},
                                  {6, -22},  {40, -22}, DONE};
static const dots close_bracket = {{2, 168},  {36, 167}, {36, 167}, {32, -20},
                                   {32, -20}, {-2, -21}, DONE};
static const dots capital_x = {{4, 158}, {84, -2}, LIFT, {86, 160}, {44, 84}, {0, 0}, DONE};
static const dots sharp_s = {{4, -6},  {10, 110}, {26, 156}, {52, 150}, {56, 116}, {36, 90},
                             {58, 66}, {64, 30},  {46, 2},   {26, 12},  DONE};
static const dots caret = {{0, 112}, {25, 162}, {25, 162}, {50, 114}, DONE};
static const dots underscore = {{0, -10}, {78, -8}, DONE};
static const dots bar = {{12, 178}, {8, -34}, DONE};
static const dots backslash = {{0, 164}, {58, -8}, DONE};
static const dots percent = {{88, 156}, {14, 0},          LIFT, RING(18, 126, 18),
                             LIFT,      RING(86, 26, 18), DONE};
static const dots at = {{80, 78}, {54, 88}, {34, 62},  {42, 34},  {64, 42},  {78, 78},
                        {76, 40}, {92, 30}, {112, 54}, {108, 96}, {74, 122}, {32, 112},
                        {4, 70},  {8, 16},  {42, -16}, {86, -10}, {106, 6},  DONE};
static const dots dollar = {{68, 132}, {42, 150}, {14, 130}, {26, 98},  {54, 76},  {64, 42},
                            {38, 12},  {4, 30},   LIFT,      {44, 176}, {32, -16}, DONE};
static const dots euro = {{84, 128}, {54, 148}, {24, 112}, {17, 70}, {28, 24}, {58, 4},  {86, 24},
                          LIFT,      {-6, 90},  {60, 94},  LIFT,     {-8, 60}, {54, 64}, DONE};
static const dots pound = {{76, 124}, {56, 148}, {36, 128}, {36, 84}, {32, 40}, {8, 4}, {30, 12},
                           {54, 2},   {80, 10},  LIFT,      {8, 72},  {62, 75}, DONE};
static const dots yen = {{0, 152}, {34, 84}, LIFT, {72, 152}, {34, 84}, {32, 0}, LIFT,
                         {8, 72},  {62, 74}, LIFT, {8, 44},   {60, 46}, DONE};
static const dots cent = {{58, 78}, {34, 92},  {10, 60},  {22, 20}, {56, 22},
                          LIFT,     {46, 122}, {26, -20}, DONE};
static const dots degree = {RING(20, 142, 17), DONE};
static const dots section = {{56, 140}, {32, 156}, {12, 134}, {30, 108}, {56, 84}, {44, 58}, LIFT,
                             {26, 106}, {8, 80},   {30, 56},  {54, 32},  {38, 2},  {6, 16},  DONE};
static const dots open_brace = {{46, 170}, {26, 152}, {28, 104}, {8, 76}, {8, 76},
                                {28, 50},  {24, 2},   {46, -18}, DONE};
static const dots close_brace = {{4, 170}, {24, 152}, {20, 104}, {42, 76}, {42, 76},
                                 {22, 50}, {26, 2},   {2, -18},  DONE};
static const dots question = {DOT(32, 104), LIFT,      {30, 74}, {28, 50}, {6, 22},
                              {8, -12},     {34, -24}, {58, 0},  DONE};
static const dots exclamation = {DOT(14, 104), LIFT, {12, 74}, {8, -26}, DONE};
static const dots right_arrow = {{0, 50},  {96, 52}, LIFT,     {70, 76},
                                 {98, 52}, {98, 52}, {72, 26}, DONE};
static const dots left_arrow = {{98, 52}, {2, 50}, LIFT,     {28, 76},
                                {0, 50},  {0, 50}, {26, 26}, DONE};
static const dots tick = {{0, 56}, {24, 8}, {24, 8}, {88, 140}, DONE};
static const dots root = {{0, 52},   {12, 62},  {30, 2},   {30, 2},
                          {54, 156}, {54, 156}, {96, 158}, DONE};
static const dots infinity = {{52, 52}, {30, 80},  {4, 54},  {26, 24}, {52, 52},
                              {80, 80}, {104, 52}, {80, 22}, {50, 54}, DONE};
static const dots per_mille = {{80, 156}, {10, 0},          LIFT, RING(18, 126, 18),
                               LIFT,      RING(76, 24, 17), LIFT, RING(122, 25, 17),
                               DONE};
static const dots prime = {{16, 164}, {4, 112}, DONE};
static const dots double_prime = {{16, 164}, {4, 112}, LIFT, {42, 166}, {30, 114}, DONE};
static const dots bullet = {{16, 64}, {4, 54},  {8, 40},  {22, 38}, {30, 50}, {22, 62},
                            {12, 58}, {12, 46}, {22, 46}, {20, 54}, DONE};
static const dots hollow_bullet = {RING(18, 50, 16), DONE};
static const dots colon = {DOT(10, 78), LIFT, DOT(9, 20), DONE};
static const dots middle_dot = {DOT(10, 54), DONE};
#define BOX                                                               \
    {4, 136}, {2, 2}, {2, 2}, {134, 0}, {134, 0}, {136, 138}, {136, 138}, \
    {                                                                     \
        0, 134                                                            \
    }
static const dots box = {BOX, DONE};
static const dots ticked_box = {BOX, LIFT, {30, 78}, {62, 24}, {62, 24}, {154, 176}, DONE};
static const dots crossed_box = {BOX, LIFT, {26, 114}, {112, 22}, LIFT, {114, 116}, {22, 20}, DONE};

/* Of these IAM-OnDB has so few that a network trained on it writes none that can be told: an X
 * comes out as a small x, or as a t. The dots of a colon run together, or into a digit. */
static const char rare[] = "&/#*[]X:";

static const lh_drawn_sign drawn[] = {
    CLOSE('X', capital_x, LETTER_GAP),
    CLOSE(0xdf, sharp_s, LETTER_GAP),
    CLOSE(':', colon, 36),
    INSTEAD('&', ampersand),
    INSTEAD('/', solidus),
    INSTEAD('#', number),
    INSTEAD('*', star),
    INSTEAD('[', open_bracket),
    INSTEAD(']', close_bracket),
    INSTEAD('{', open_brace),
    INSTEAD('}', close_brace),
    INSTEAD('%', percent),
    INSTEAD('@', at),
    INSTEAD('$', dollar),
    INSTEAD(0x20ac, euro),
    INSTEAD(0xa3, pound),
    INSTEAD(0xa5, yen),
    INSTEAD(0xa2, cent),
    INSTEAD('=', equals),
    INSTEAD('<', less),
    INSTEAD('>', greater),
    INSTEAD('~', wave),
    INSTEAD('^', caret),
    INSTEAD('_', underscore),
    INSTEAD('|', bar),
    INSTEAD('\\', backslash),
    INSTEAD(0xb0, degree),
    INSTEAD(0xa7, section),
    INSTEAD(0xb1, plus_minus),
    INSTEAD(0xf7, divided),
    INSTEAD(0xd7, times),
    INSTEAD(0xbf, question),
    INSTEAD(0xa1, exclamation),
    INSTEAD(0x2248, about),
    INSTEAD(0x2260, unequal),
    INSTEAD(0x2264, at_most),
    INSTEAD(0x2265, at_least),
    INSTEAD(0x2192, right_arrow),
    INSTEAD(0x2190, left_arrow),
    INSTEAD(0x2713, tick),
    INSTEAD(0x221a, root),
    INSTEAD(0x221e, infinity),
    INSTEAD(0x2030, per_mille),
    INSTEAD(0x2032, prime),
    INSTEAD(0x2033, double_prime),
    INSTEAD(0x2022, bullet),
    INSTEAD(0x25e6, hollow_bullet),
    INSTEAD(0xb7, middle_dot),
    INSTEAD(0x2610, box),
    INSTEAD(0x2611, ticked_box),
    INSTEAD(0x2612, crossed_box),
};

/* ---- finding ----------------------------------------------------------------------------------
 */

bool lh_composed_always(uint32_t sign)
{
    return sign < 0x80 && sign > 0 && strchr(rare, (int)sign) != NULL;
}

static bool find_drawn(uint32_t sign, const lh_mark **mark)
{
    const struct {
        const lh_drawn_sign *sign;
        size_t count;
    } tables[] = {{drawn, sizeof drawn / sizeof *drawn},
                  {lh_composed_greek, lh_composed_greeks},
                  {lh_composed_small, lh_composed_smalls}};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (size_t i = 0; i < tables[t].count; i++)
            if (tables[t].sign[i].sign == sign) {
                *mark = &tables[t].sign[i].mark;
                return true;
            }
    return false;
}

bool lh_composed_find(uint32_t sign, uint32_t *base, const lh_mark **mark)
{
    if (find_drawn(sign, mark)) {
        *base = '-';
        return true;
    }
    for (size_t i = 0; i < sizeof accented / sizeof *accented; i++) {
        const char *made = accented[i].signs;
        for (const char *letter = accented[i].letters; *letter; letter++) {
            if (lh_utf8_next(&made) != sign)
                continue;
            *base = (unsigned char)*letter;
            *mark = &accented[i].mark;
            return true;
        }
    }
    return false;
}
