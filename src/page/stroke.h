/* What every renderer of strokes needs: a stroke of a line as curves on the page. */
#ifndef LONGHAND_PAGE_STROKE_H
#define LONGHAND_PAGE_STROKE_H

#include <longhand/page.h>

/* Fits curves in mm to the `count` readings of a stroke of `line`, so that no reading is further
 * than `tolerance` mm from them. The caller frees with lh_curve_free. */
lh_status lh_stroke_curve(const lh_page_line *line, const lh_point *points, size_t count,
                          float tolerance, lh_curve *curve, lh_error *error);

/* The curve through the readings first..last of a stroke of `count`, in mm, one for each step, with
 * the tangents of the whole stroke (Catmull and Rom): runs of it join smoothly. The caller frees
 * with lh_curve_free. */
lh_status lh_stroke_through(const lh_page_line *line, const lh_point *points, size_t count,
                            size_t first, size_t last, lh_curve *curve, lh_error *error);

/* The last reading of the run that goes on from reading `first` of a stroke of `count`: its steps
 * are all of the tint that they lead to. */
size_t lh_tint_run(const lh_tint *tint, size_t count, size_t first);

/* The control points p[0..3] of the curve from `a` to `b`, with the tangents that the points before
 * and after give it (Catmull and Rom); `a` and `b` again where a stroke begins and ends. */
void lh_curve_between(lh_vec2 before, lh_vec2 a, lh_vec2 b, lh_vec2 after, lh_vec2 *p);

/* The place at u in 0..1 on the curve with the control points p[0..3]. */
lh_vec2 lh_curve_at(const lh_vec2 *p, float u);

#endif
