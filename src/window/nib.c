/* Ink of changing width: see nib.h. */
#include "nib.h"

#include "page/stroke.h"

#include <math.h>

/* Pixels at most in one piece of one width. */
static const float PIECE = 3;

void win_nib_path(cairo_t *cr, lh_vec2 before, lh_vec2 a, lh_vec2 b, lh_vec2 after)
{
    lh_vec2 p[4];
    lh_curve_between(before, a, b, after, p);
    cairo_curve_to(cr, p[1].x, p[1].y, p[2].x, p[2].y, p[3].x, p[3].y);
}

void win_nib_step(cairo_t *cr, lh_vec2 before, lh_vec2 a, lh_vec2 b, lh_vec2 after, double from,
                  double to)
{
    lh_vec2 p[4];
    lh_curve_between(before, a, b, after, p);
    int pieces = 1 + (int)(hypotf(b.x - a.x, b.y - a.y) / PIECE);
    for (int k = 0; k < pieces; k++) {
        float t0 = (float)k / (float)pieces, t1 = (float)(k + 1) / (float)pieces;
        lh_vec2 start = lh_curve_at(p, t0), end = lh_curve_at(p, t1);
        cairo_set_line_width(cr, from + (double)(t0 + t1) / 2 * (to - from));
        cairo_move_to(cr, start.x, start.y);
        cairo_line_to(cr, end.x, end.y);
        cairo_stroke(cr);
    }
}

void win_nib_dot(cairo_t *cr, lh_vec2 at, double width)
{
    cairo_arc(cr, at.x, at.y, width / 2, 0, 2 * M_PI);
    cairo_fill(cr);
}
