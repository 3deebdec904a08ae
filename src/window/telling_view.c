/* Cells that tell of something, in the dock: a sentence each, and the one that is picked marked. */
#include "plot.h"

#include <math.h>

#define ROW 19.0

static int columns(const win_view *v)
{
    return v->dock_box.w >= 780 || (v->dock_box.w == 0 && v->width >= 1050) ? 2 : 1;
}

static int rows(const win_view *v)
{
    return (WIN_TELLING_SHOWN + columns(v) - 1) / columns(v);
}

double win_telling_height(const win_view *v)
{
    return rows(v) * ROW;
}

/* All the width of the dock, whatever of it the plots have. */
static win_box place(const win_view *v, win_box box, int i)
{
    double left = v->dock_box.x + WIN_GUTTER_EDGE, all = v->dock_box.w - 2 * WIN_GUTTER_EDGE;
    double w = all / columns(v);
    return (win_box){left + i / rows(v) * w, box.y + i % rows(v) * ROW, w - 8, ROW};
}

int win_telling_at(const win_view *v, win_box box, double x, double y)
{
    for (int i = 0; i < v->core->telling.count; i++)
        if (win_box_holds(place(v, box, i), x, y))
            return i;
    return -1;
}

static void draw_one(const win_view *v, cairo_t *cr, win_box b, const win_told *told)
{
    const double value = 50;
    char text[120], r[16];
    bool on = told->cell == v->core->cell;
    if (on) {
        win_card(cr, (win_box){b.x, b.y + 1, b.w, b.h - 2}, 4, WIN_TINT, WIN_ACCENT);
        win_fill(cr, (win_box){b.x + 2, b.y + 4, 3, b.h - 8}, WIN_ACCENT);
    }
    win_telling_say(told, v->core->sheet.cells, text, sizeof text);
    snprintf(r, sizeof r, "%s%.2f", told->r < 0 ? "\u2212" : "+", fabs(told->r));
    win_text(cr, (win_box){b.x + 10, b.y, value - 12, b.h}, 1, WIN_SMALL_TEXT, WIN_QUIET, r);
    (on ? win_bold_text : win_text)(cr, (win_box){b.x + value + 8, b.y, b.w - value - 10, b.h}, -1,
                                    WIN_BODY_TEXT - 0.5, on ? WIN_ACCENT : WIN_TEXT, text);
}

void win_telling_draw(const win_view *v, cairo_t *cr, win_box box)
{
    const win_telling *t = &v->core->telling;
    for (int i = 0; i < t->count; i++)
        draw_one(v, cr, place(v, box, i), &t->told[i]);
    if (t->count == 0)
        win_text(cr, (win_box){v->dock_box.x + WIN_GUTTER_EDGE, box.y, v->dock_box.w - 32, ROW}, -1,
                 WIN_BODY_TEXT, WIN_QUIET,
                 win_telling_works(t) ? "Looking for cells that tell of something \u2026"
                 : t->points > 0      ? "No cell tells of anything in both halves of this ink."
                                 : "Which cells tell of something? There is too little ink yet to "
                                   "know.");
}
