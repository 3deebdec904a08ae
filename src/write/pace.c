/* How much ink characters take. From 12,176 lines of IAM-OnDB, by tools/pace, which says how; a
 * line takes the sum of its characters' points, give or take a factor of 1.22 that is the hand's
 * own pace (one standard deviation). Nothing of it depends on a network. */
#include "pace.h"

static const unsigned char points[128] = {
    [' '] = 5,  ['!'] = 20, ['"'] = 12, ['#'] = 31, ['&'] = 20, ['\''] = 12, ['('] = 22, [')'] = 23,
    ['*'] = 20, ['+'] = 20, [','] = 13, ['-'] = 18, ['.'] = 14, ['/'] = 20,  ['0'] = 21, ['1'] = 25,
    ['2'] = 26, ['3'] = 22, ['4'] = 24, ['5'] = 24, ['6'] = 23, ['7'] = 25,  ['8'] = 24, ['9'] = 23,
    [':'] = 25, [';'] = 23, ['?'] = 26, ['A'] = 35, ['B'] = 40, ['C'] = 24,  ['D'] = 27, ['E'] = 27,
    ['F'] = 28, ['G'] = 22, ['H'] = 35, ['I'] = 17, ['J'] = 23, ['K'] = 27,  ['L'] = 22, ['M'] = 36,
    ['N'] = 38, ['O'] = 31, ['P'] = 22, ['Q'] = 24, ['R'] = 29, ['S'] = 27,  ['T'] = 32, ['U'] = 22,
    ['V'] = 24, ['W'] = 41, ['X'] = 19, ['Y'] = 19, ['Z'] = 21, ['['] = 20,  [']'] = 20, ['a'] = 29,
    ['b'] = 31, ['c'] = 16, ['d'] = 32, ['e'] = 22, ['f'] = 27, ['g'] = 36,  ['h'] = 30, ['i'] = 17,
    ['j'] = 22, ['k'] = 33, ['l'] = 17, ['m'] = 39, ['n'] = 29, ['o'] = 22,  ['p'] = 33, ['q'] = 22,
    ['r'] = 25, ['s'] = 24, ['t'] = 20, ['u'] = 26, ['v'] = 24, ['w'] = 33,  ['x'] = 28, ['y'] = 31,
    ['z'] = 25,
};

/* Of a character that the table does not know; most letters are near it. */
static const double usual_points = 24;

double lh_pace_points(uint32_t codepoint)
{
    return codepoint < 128 && points[codepoint] > 0 ? points[codepoint] : usual_points;
}
