/* Ruled and squared paper: where its lines are. */
#include "page/ruling.h"

#include <math.h>

/* The first multiple of `step` from `through` on that is inside the sheet, and how many there are
 * up to `length`, the edges left free. */
static size_t grid(float through, float step, float length, float *first)
{
    *first = through - step * floorf(through / step);
    if (*first < 0.05f * step)
        *first += step;
    float room = length - *first - 0.05f * step;
    return room < 0 ? 0 : 1 + (size_t)(room / step);
}

bool lh_rule_next(const lh_paper *paper, size_t *position, lh_rule *rule)
{
    size_t index = (*position)++;
    if (paper->ruling == LH_RULED) {
        float y = lh_paper_row(paper, (int)index);
        *rule = (lh_rule){0, y, paper->width, y};
        return index < (size_t)lh_paper_rows(paper);
    }
    if (paper->ruling != LH_SQUARED)
        return false;
    float side = paper->pitch / 2, top, left;
    size_t across = grid(lh_paper_row(paper, 0), side, paper->height, &top);
    size_t upright = grid(paper->left, side, paper->width, &left);
    float x = left + side * (float)(index - across), y = top + side * (float)index;
    *rule = index < across ? (lh_rule){0, y, paper->width, y} : (lh_rule){x, 0, x, paper->height};
    return index < across + upright;
}
