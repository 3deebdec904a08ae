/* The place and size of ink: its box, moving and scaling it. */
#include <longhand/ink.h>

#include "place.h"

#include "base/extremes.h"

#include <math.h>

lh_box lh_ink_bounds(const lh_ink *ink)
{
    if (!ink || ink->count == 0)
        return (lh_box){0};
    lh_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < ink->count; i++) {
        lh_lowerf(&box.left, ink->points[i].x);
        lh_lowerf(&box.top, ink->points[i].y);
        lh_raisef(&box.right, ink->points[i].x);
        lh_raisef(&box.bottom, ink->points[i].y);
    }
    return box;
}

void lh_ink_move(lh_ink *ink, float dx, float dy)
{
    if (!(ink && isfinite(dx) && isfinite(dy)))
        return;
    for (size_t i = 0; i < ink->count; i++) {
        ink->points[i].x = ink_float((double)ink->points[i].x + (double)dx);
        ink->points[i].y = ink_float((double)ink->points[i].y + (double)dy);
    }
}
