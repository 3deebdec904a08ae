/* Ghosts on the paper: see view.h. They are smaller where the paper is narrow. */
#include "view.h"

#include <math.h>

#define SHARE 0.16
#define WIDTH 1.6

void win_ghosts_draw(const win_view *v, cairo_t *cr)
{
    const win_ghosts *g = &v->core->ghosts;
    const win_sheet *s = &v->core->sheet;
    const double scale = win_core_unit(v->core);
    if (win_mode(v->core) != WIN_MODE_DRAW || !v->core->on[WIN_GHOST])
        return;
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    for (int i = 0; i < WIN_GUIDED; i++) {
        const lh_box box = lh_ink_bounds(&g->ink[i]);
        double room = (double)(s->width - 2 * s->margin),
               by = fmin(scale, room / fmax(1, (double)(box.right - box.left)));
        if (box.right > box.left)
            win_hairline(cr, (double)s->margin, (double)win_sheet_row(s, (size_t)i) + 0.5,
                         (double)(s->width - s->margin), (double)win_sheet_row(s, (size_t)i) + 0.5);
        cairo_set_line_width(cr, WIDTH);
        win_set_colour(cr, WIN_TEXT, SHARE);
        win_ink_trace(cr, &g->ink[i], (double)s->margin - by * (double)box.left,
                      (double)win_sheet_row(s, (size_t)i), by);
        cairo_stroke(cr);
    }
}
