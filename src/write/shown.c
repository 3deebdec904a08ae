/* Dots that run into other ink: see shown.h. */
#include "shown.h"

#include "base/extremes.h"

#include <math.h>

/* In heights of the small letters. A pen of half a millimetre on rows 8 mm apart is 0.21 wide; with
 * a gap of a quarter of that between them dot and stroke are not told apart. A dot's box is at most
 * this wide and high. */
static const double touching = 0.27, dot_size = 0.3;

static bool is_dot(const lh_point *point, size_t count, double height)
{
    const lh_ink ink = {(lh_point *)point, count, 0};
    const lh_box box = lh_ink_bounds(&ink);
    const double most = dot_size * height;
    return (double)(box.right - box.left) <= most && (double)(box.bottom - box.top) <= most;
}

/* The square of the distance of `p` from the line between `a` and `b`. */
static double apart2(lh_point p, lh_point a, lh_point b)
{
    const double x = (double)b.x - a.x, y = (double)b.y - a.y, px = (double)p.x - a.x,
                 py = (double)p.y - a.y, length2 = x * x + y * y;
    const double at = length2 > 0 ? fmin(fmax((px * x + py * y) / length2, 0), 1) : 0;
    return (px - at * x) * (px - at * x) + (py - at * y) * (py - at * y);
}

/* Does a point of the dot lie within `reach` of the stroke? */
static bool touches(const lh_point *dot, size_t dots, const lh_point *stroke, size_t count,
                    double reach)
{
    double least2 = INFINITY;
    for (size_t i = 0; i < dots; i++)
        for (size_t k = 0; k < count; k++)
            lh_lower(&least2, apart2(dot[i], stroke[k > 0 ? k - 1 : 0], stroke[k]));
    return least2 < reach * reach;
}

/* Does the dot lie within `reach` of one of the strokes of `ink` from `position` on? */
static bool runs_into(const lh_point *dot, size_t dots, const lh_ink *ink, size_t position,
                      double reach)
{
    const lh_point *stroke;
    size_t points;
    while (lh_ink_next_stroke(ink, &position, &stroke, &points))
        if (touches(dot, dots, stroke, points, reach))
            return true;
    return false;
}

size_t lh_shown(const lh_point *point, size_t count, double height, lh_point *shown)
{
    const lh_ink ink = {(lh_point *)point, count, 0};
    const lh_point *stroke;
    const double reach = touching * height;
    size_t position = 0, points, found = 0;
    while (lh_ink_next_stroke(&ink, &position, &stroke, &points)) {
        /* What shows of the strokes before, and all behind. */
        const lh_ink before = {shown, found, 0};
        if (is_dot(stroke, points, height) && (runs_into(stroke, points, &before, 0, reach) ||
                                               runs_into(stroke, points, &ink, position, reach)))
            continue;
        for (size_t i = 0; i < points; i++)
            shown[found++] = stroke[i];
    }
    return found;
}
