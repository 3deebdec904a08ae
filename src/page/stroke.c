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
