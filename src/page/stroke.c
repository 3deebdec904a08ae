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

lh_vec2 lh_curve_at(const lh_vec2 *p, float u)
{
    float v = 1 - u, b0 = v * v * v, b1 = 3 * u * v * v, b2 = 3 * u * u * v, b3 = u * u * u;
    return (lh_vec2){b0 * p[0].x + b1 * p[1].x + b2 * p[2].x + b3 * p[3].x,
                     b0 * p[0].y + b1 * p[1].y + b2 * p[2].y + b3 * p[3].y};
}
