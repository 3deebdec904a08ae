/* Ink as small pictures: see view.h. */
#include "base/extremes.h"
#include "view.h"

#include <math.h>

void win_ink_trace(cairo_t *cr, const lh_ink *ink, double x, double y, double scale)
{
    bool begins = true;
    for (size_t i = 0; i < ink->count; i++) {
        const lh_point *p = &ink->points[i];
        double px = x + scale * (double)p->x, py = y + scale * (double)p->y;
        (begins ? cairo_move_to : cairo_line_to)(cr, px, py);
        begins = p->end;
    }
}

/* The beginning of ink, as far as it is left of `right`, in its own units. */
static lh_ink beginning(const lh_ink *ink, float right)
{
    size_t count = ink->count;
    while (count > 0 && ink->points[count - 1].x > right)
        count--;
    return (lh_ink){.points = ink->points, .count = count};
}

void win_thumb_draw(cairo_t *cr, win_box box, const lh_ink *word, const lh_ink *recorded,
                    uint32_t colour)
{
    const lh_ink *ink = word->count > 0 ? word : recorded;
    lh_box b = lh_ink_bounds(ink);
    double scale = fmin((box.h - 4) / fmax(1, (double)(b.bottom - b.top)), 0.075);
    if (word->count > 0)
        lh_lower(&scale, (box.w - 10) / fmax(1, (double)(b.right - b.left)));
    else
        lh_raise(&scale, 0.035);
    cairo_save(cr);
    cairo_rectangle(cr, box.x + 3, box.y, box.w - 6, box.h);
    cairo_clip(cr);
    double left = word->count > 0 ? box.x + box.w / 2 - scale * (double)(b.left + b.right) / 2
                                  : box.x + 7 - scale * (double)b.left;
    lh_ink seen = beginning(ink, (float)((box.x + box.w - left) / scale));
    win_ink_trace(cr, &seen, left, box.y + box.h / 2 - scale * (double)(b.top + b.bottom) / 2,
                  scale);
    win_set_colour(cr, colour, 1);
    cairo_set_line_width(cr, 1.1);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr);
    cairo_restore(cr);
}
