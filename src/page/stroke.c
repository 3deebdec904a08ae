/* From ink in whiteboard units to curves in millimetres on a page. */
#include "page/stroke.h"

#include <stdlib.h>

lh_status lh_stroke_curve(const lh_page_line *line, const lh_point *points, size_t count,
                          float tolerance, lh_curve *curve, lh_error *error)
{
    *curve = (lh_curve){0};
    lh_point *placed = malloc(count * sizeof *placed);
    if (!placed)
        return lh_fail_memory(error, "a stroke on a page");
    lh_placing to = line->placing;
    for (size_t i = 0; i < count; i++) {
        placed[i] = points[i];
        placed[i].x = to.x + to.scale * points[i].x;
        placed[i].y = to.y + to.scale * points[i].y;
    }
    lh_status status = lh_curve_fit(placed, count, tolerance, curve, error);
    free(placed);
    return status;
}

static lh_vec2 place(const lh_page_line *line, const lh_point *point)
{
    lh_placing to = line->placing;
    return (lh_vec2){to.x + to.scale * point->x, to.y + to.scale * point->y};
}

void lh_curve_between(lh_vec2 before, lh_vec2 a, lh_vec2 b, lh_vec2 after, lh_vec2 *p)
{
    p[0] = a;
    p[1] = (lh_vec2){a.x + (b.x - before.x) / 6, a.y + (b.y - before.y) / 6};
    p[2] = (lh_vec2){b.x - (after.x - a.x) / 6, b.y - (after.y - a.y) / 6};
    p[3] = b;
}

lh_status lh_stroke_through(const lh_page_line *line, const lh_point *points, size_t count,
                            size_t first, size_t last, lh_curve *curve, lh_error *error)
{
    size_t curves = last - first;
    *curve = (lh_curve){.curves = curves};
    curve->point = malloc((3 * curves + 1) * sizeof *curve->point);
    curve->first = malloc((curves + 1) * sizeof *curve->first);
    if (!curve->point || !curve->first) {
        lh_curve_free(curve);
        return lh_fail_memory(error, "a stroke on a page");
    }
    lh_vec2 *p = curve->point;
    p[0] = place(line, &points[first]);
    curve->first[0] = (uint32_t)first;
    for (size_t i = first + 1; i <= last; i++, p += 3) {
        lh_vec2 a = p[0], b = place(line, &points[i]);
        lh_vec2 before = i > 1 ? place(line, &points[i - 2]) : a;
        lh_vec2 after = i + 1 < count ? place(line, &points[i + 1]) : b;
        lh_curve_between(before, a, b, after, p);
        curve->first[i - first] = (uint32_t)i;
    }
    return LH_OK;
}

size_t lh_tint_run(const lh_tint *tint, size_t count, size_t first)
{
    size_t last = first + 1 < count ? first + 1 : first;
    while (last + 1 < count && tint[last + 1].colour == tint[last].colour &&
           tint[last + 1].width == tint[last].width)
        last++;
    return last;
}

lh_vec2 lh_curve_at(const lh_vec2 *p, float u)
{
    float v = 1 - u, b0 = v * v * v, b1 = 3 * u * v * v, b2 = 3 * u * u * v, b3 = u * u * u;
    return (lh_vec2){b0 * p[0].x + b1 * p[1].x + b2 * p[2].x + b3 * p[3].x,
                     b0 * p[0].y + b1 * p[1].y + b2 * p[2].y + b3 * p[3].y};
}
