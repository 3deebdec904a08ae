/* Colours and shapes: see theme.h. */
#include "theme.h"

#include <math.h>

bool win_box_holds(win_box box, double x, double y)
{
    return x >= box.x && y >= box.y && x < box.x + box.w && y < box.y + box.h;
}

void win_set_colour(cairo_t *cr, uint32_t c, double alpha)
{
    cairo_set_source_rgba(cr, (c >> 16 & 255) / 255.0, (c >> 8 & 255) / 255.0, (c & 255) / 255.0,
                          alpha);
}

uint32_t win_mix(uint32_t a, uint32_t b, double share)
{
    uint32_t mixed = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        double from = a >> shift & 255, to = b >> shift & 255;
        mixed |= (uint32_t)lround(from + share * (to - from)) << shift;
    }
    return mixed;
}

void win_fill(cairo_t *cr, win_box box, uint32_t colour)
{
    win_set_colour(cr, colour, 1);
    cairo_rectangle(cr, box.x, box.y, box.w, box.h);
    cairo_fill(cr);
}

bool win_is_asked_for(cairo_t *cr, win_box box)
{
    double x0, y0, x1, y1;
    cairo_clip_extents(cr, &x0, &y0, &x1, &y1);
    return x0 < box.x + box.w && x1 > box.x && y0 < box.y + box.h && y1 > box.y;
}

win_box win_box_around(win_box a, win_box b)
{
    if (a.w == 0 || b.w == 0)
        return a.w == 0 ? b : a;
    double x = fmin(a.x, b.x), y = fmin(a.y, b.y);
    return (win_box){x, y, fmax(a.x + a.w, b.x + b.w) - x, fmax(a.y + a.h, b.y + b.h) - y};
}

void win_round(cairo_t *cr, win_box b, double r)
{
    cairo_new_sub_path(cr);
    cairo_arc(cr, b.x + b.w - r, b.y + r, r, -M_PI / 2, 0);
    cairo_arc(cr, b.x + b.w - r, b.y + b.h - r, r, 0, M_PI / 2);
    cairo_arc(cr, b.x + r, b.y + b.h - r, r, M_PI / 2, M_PI);
    cairo_arc(cr, b.x + r, b.y + r, r, M_PI, 3 * M_PI / 2);
    cairo_close_path(cr);
}

void win_card(cairo_t *cr, win_box b, double radius, uint32_t fill, uint32_t edge)
{
    win_round(cr, (win_box){b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1}, radius);
    win_set_colour(cr, fill, 1);
    cairo_fill_preserve(cr);
    win_set_colour(cr, edge, 1);
    cairo_set_line_width(cr, 1);
    cairo_stroke(cr);
}

void win_idle_card(cairo_t *cr, win_box b, double radius)
{
    static const double dashes[] = {3, 3};
    cairo_set_dash(cr, dashes, 2, 0);
    win_card(cr, b, radius, WIN_BACK, WIN_QUIET);
    cairo_set_dash(cr, NULL, 0, 0);
}

win_box win_bar_box(win_box box, double scroll, double all)
{
    const double width = 6, least = 24;
    if (all <= box.h || box.h < 2 * least)
        return (win_box){0};
    double h = fmax(least, box.h * box.h / all);
    double share = fmin(1, fmax(0, scroll / (all - box.h)));
    return (win_box){box.x + box.w - width - 2, box.y + share * (box.h - h), width, h};
}

void win_bar_box_draw(cairo_t *cr, win_box bar)
{
    if (bar.w <= 0)
        return;
    win_round(cr, bar, bar.w / 2);
    win_set_colour(cr, WIN_QUIET, 0.8);
    cairo_fill(cr);
}

void win_hairline(cairo_t *cr, double x0, double y0, double x1, double y1)
{
    win_set_colour(cr, WIN_EDGE, 1);
    cairo_set_line_width(cr, 1);
    cairo_move_to(cr, x0, y0);
    cairo_line_to(cr, x1, y1);
    cairo_stroke(cr);
}
