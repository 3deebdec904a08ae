/* What a search found, marked on the paper: the span in a frame, the places in broken ones with
 * their ranks, the better the stronger. */
#include "view.h"

#include "base/extremes.h"

#include <math.h>

/* The box of a span's points on a line, from..to-1, on the screen. */
static win_box box_of(const win_view *v, size_t from, size_t to, size_t line)
{
    const win_sheet *s = &v->core->sheet;
    float left = INFINITY, right = -INFINITY, top = INFINITY, low = -INFINITY;
    for (size_t i = from; i < to; i++) {
        lh_vec2 at = win_sheet_at(s, i);
        lh_lowerf(&left, at.x);
        lh_raisef(&right, at.x);
        lh_lowerf(&top, at.y);
        lh_raisef(&low, at.y);
    }
    if (s->flat) /* nobody draws in rows */
        return (win_box){v->paper_box.x + (double)left - 4, v->paper_box.y + (double)top - 4,
                         (double)(right - left) + 8, (double)(low - top) + 8};
    double y = v->paper_box.y + (double)(win_sheet_baseline(s, line) - 0.52f * s->pitch) -
               v->scroll / v->scale;
    return (win_box){v->paper_box.x + (double)left - 4, y, (double)(right - left) + 8,
                     0.7 * (double)s->pitch};
}

static void draw_box(cairo_t *cr, win_box box, double strength, bool broken)
{
    static const double dashes[] = {4, 3};
    win_round(cr, box, 5);
    win_set_colour(cr, WIN_MARK, 0.06 + 0.14 * strength);
    cairo_fill_preserve(cr);
    cairo_set_dash(cr, dashes, broken ? 2 : 0, 0);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    cairo_set_line_width(cr, broken ? 1.2 : 1.8);
    win_set_colour(cr, WIN_MARK, 0.9);
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

/* Marks a span, which may go over line ends; `rank` 0: it is the one searched for. */
static void draw_span(const win_view *v, cairo_t *cr, win_span span, double strength, int rank)
{
    const win_sheet *s = &v->core->sheet;
    for (size_t from = span.from; from < span.to && from < s->shown;) {
        size_t line = win_sheet_line(s, from), first, last;
        win_sheet_points(s, line, &first, &last);
        size_t to = span.to < last ? span.to : last;
        if (to <= from)
            break; /* ink that is not broken to lines */
        win_box box = box_of(v, from, to, line);
        draw_box(cr, box, strength, rank > 0);
        char text[12];
        snprintf(text, sizeof text, "%d", rank);
        if (rank > 0 && from == span.from)
            win_bold_text(cr, (win_box){box.x, box.y - 14, 20, 14}, -1, WIN_SMALL_TEXT, WIN_MARK,
                          text);
        from = to;
    }
}

void win_highlights_draw(const win_view *v, cairo_t *cr)
{
    const win_search *search = &v->core->search;
    if (!v->core->on[WIN_FIND])
        return;
    draw_span(v, cr, search->span, 1, 0);
    for (int i = 0; i < search->found.places; i++)
        draw_span(v, cr, search->found.place[i],
                  search->found.score[i] * (search->shown < 0 || search->shown == i), i + 1);
}

uint32_t win_highlight_colour(const win_view *v, size_t point)
{
    const win_search *search = &v->core->search;
    if (!v->core->on[WIN_FIND])
        return 0;
    if (point >= search->span.from && point < search->span.to)
        return WIN_TEXT;
    for (int i = 0; i < search->found.places; i++)
        if (point >= search->found.place[i].from && point < search->found.place[i].to)
            return WIN_MARK;
    return 0;
}
