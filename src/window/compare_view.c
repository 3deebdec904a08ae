/* Ways that are compared, over the paper: a row a way, below what can differ. */
#include "view.h"

#include <math.h>

#define HEAD 38.0
#define FOOT 20.0
#define PAD 14.0
#define NAME 116.0
#define TAB 84.0

static const char *const names[WIN_BYS] = {"seeds", "neatness", "hands"};

win_box win_compare_box(const win_view *v)
{
    return v->core->on[WIN_COMPARE] ? v->paper_box : (win_box){0};
}

static win_box tab_box(const win_view *v, int by)
{
    win_box p = v->paper_box;
    double w = fmin(TAB, (p.w - 2 * PAD) / WIN_BYS);
    return (win_box){p.x + PAD + by * w, p.y + 8, w - 6, 26};
}

static win_box way_box(const win_view *v, int i)
{
    win_box p = v->paper_box;
    double h = (p.h - HEAD - FOOT) / WIN_COMPARED;
    return (win_box){p.x + PAD, p.y + HEAD + i * h, p.w - 2 * PAD, h - 5};
}

int win_compare_at(const win_view *v, double x, double y)
{
    for (int i = 0; i < WIN_COMPARED && v->core->on[WIN_COMPARE]; i++)
        if (win_box_holds(way_box(v, i), x, y))
            return i;
    return -1;
}

int win_compare_by_at(const win_view *v, double x, double y)
{
    for (int i = 0; i < WIN_BYS && v->core->on[WIN_COMPARE]; i++)
        if (win_box_holds(tab_box(v, i), x, y))
            return i;
    return -1;
}

/* The ink, as large as the box allows and all ways have room for. */
static void draw_ink(const win_view *v, cairo_t *cr, win_box box, const lh_ink *ink)
{
    lh_box b = lh_ink_bounds(ink);
    double wide = (double)(b.right - b.left), high = (double)(b.bottom - b.top);
    double scale = fmin(win_core_unit(v->core),
                        fmin((box.w - 8) / fmax(1, wide), (box.h - 6) / fmax(1, high)));
    double x = box.x + 4 - scale * (double)b.left;
    double y = box.y + box.h / 2 - scale * (double)(b.top + b.bottom) / 2;
    win_ink_trace(cr, ink, x, y, scale);
    win_set_colour(cr, win_ink_colour(v->core->value[WIN_COLOUR]), 1);
    cairo_set_line_width(cr, fmax(1, 0.7 * v->core->value[WIN_WIDTH]));
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_stroke(cr);
}

static void draw_way(const win_view *v, cairo_t *cr, int i)
{
    const win_compare *c = &v->core->compare;
    win_box b = way_box(v, i);
    bool on = i == c->chosen;
    char name[60];
    win_card(cr, b, 7, on ? WIN_TINT : WIN_PAPER, on ? WIN_ACCENT : WIN_EDGE);
    if (on) /* a bar beside it, for those who do not see the tint */
        win_fill(cr, (win_box){b.x + 2, b.y + 6, 3, b.h - 12}, WIN_ACCENT);
    win_compare_name(v->core, i, name, sizeof name);
    (on ? win_bold_text : win_text)(cr, (win_box){b.x + 12, b.y, NAME - 14, b.h}, -1, 12.5,
                                    on ? WIN_ACCENT : WIN_TEXT, name);
    win_box rest = {b.x + NAME, b.y, b.w - NAME - 6, b.h};
    if (c->ink[i].count > 0)
        draw_ink(v, cr, rest, &c->ink[i]);
    else
        win_text(cr, rest, -1, WIN_BODY_TEXT, WIN_QUIET,
                 c->came[i] ? "the network finds no way to write this" : "\u2026");
}

void win_compare_draw(const win_view *v, cairo_t *cr)
{
    win_box p = v->paper_box;
    win_fill(cr, p, WIN_BACK);
    for (int i = 0; i < WIN_BYS; i++) {
        win_box b = tab_box(v, i);
        bool on = i == (int)v->core->compare.by;
        win_card(cr, b, 6, on ? WIN_TINT : WIN_PAPER, on ? WIN_ACCENT : WIN_EDGE);
        (on ? win_bold_text : win_text)(cr, b, 0, 12.5, on ? WIN_ACCENT : WIN_TEXT, names[i]);
    }
    for (int i = 0; i < WIN_COMPARED; i++)
        draw_way(v, cr, i);
    win_text(
        cr, (win_box){p.x + PAD, p.y + p.h - FOOT, p.w - 2 * PAD, FOOT}, -1, WIN_SMALL_TEXT,
        WIN_QUIET,
        "\u2191 \u2193 choose, Enter takes it; \u2190 \u2192 what differs; Space: others; Esc");
}
