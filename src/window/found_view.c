/* What a search found, in the dock: words, below them what can be moved and pressed, and the curves
 * of all cells that were found, with threshold and range. */
#include "plot.h"

#include <math.h>
#include <string.h>

#define WORDS 18.0
#define ROW 22.0
#define FROM 66.0
#define SIGN 20.0
#define CHIP 42.0
#define KEEP 54.0
#define MARK 84.0
/* The lowest and highest that is plotted of what a cell gives, the way it was found. */
#define LOWEST -0.2f
#define HIGHEST 0.8f

static const uint32_t colours[] = {WIN_ACCENT, WIN_OTHER, 0x4c7a3du, 0x7a4c86u};
enum { COLOURS = sizeof colours / sizeof *colours };

double win_found_height(void)
{
    return WORDS + ROW;
}

/* ---- what can be pressed ----------------------------------------------------------------------
 */

typedef struct chips {
    double left, right, y;
    int cells, marks; /* that have room */
} chips;

static chips lay_out(const win_view *v, win_box box)
{
    const win_core *core = v->core;
    chips c = {.left = v->dock_box.x + WIN_GUTTER_EDGE,
               .right = v->dock_box.x + v->dock_box.w - WIN_GUTTER_EDGE,
               .y = box.y + WORDS};
    double room = c.right - c.left - FROM - 2 * SIGN - 10 - KEEP;
    c.cells = (int)fmin(core->search.found.cells, fmax(0, floor(room / CHIP)));
    c.marks = (int)fmin(core->marks.count, fmax(0, floor((room - c.cells * CHIP) / MARK)));
    return c;
}

static win_box sign_box(const chips *c, int i)
{
    return (win_box){c->left + FROM + i * SIGN, c->y + 2, SIGN - 3, ROW - 5};
}

static win_box cell_box(const chips *c, int i)
{
    return (win_box){c->left + FROM + 2 * SIGN + 8 + i * CHIP, c->y + 2, CHIP - 4, ROW - 5};
}

static win_box keep_box(const chips *c)
{
    win_box last = cell_box(c, c->cells);
    return (win_box){last.x + 2, last.y, KEEP - 6, last.h};
}

static win_box mark_box(const chips *c, int i)
{
    win_box keep = keep_box(c);
    return (win_box){keep.x + KEEP + i * MARK, keep.y, MARK - 4, keep.h};
}

win_found_part win_found_at(const win_view *v, win_box box, double x, double y, int *which)
{
    chips c = lay_out(v, box);
    for (int i = 0; i < 2; i++)
        if (win_box_holds(sign_box(&c, i), x, y))
            return i == 0 ? WIN_FOUND_LESS : WIN_FOUND_MORE;
    for (*which = 0; *which < c.cells; ++*which)
        if (win_box_holds(cell_box(&c, *which), x, y))
            return WIN_FOUND_CELL;
    if (win_box_holds(keep_box(&c), x, y))
        return WIN_FOUND_KEEP;
    for (*which = 0; *which < c.marks; ++*which)
        if (win_box_holds(mark_box(&c, *which), x, y))
            return WIN_FOUND_MARK;
    return WIN_FOUND_NOTHING;
}

static void draw_chip(cairo_t *cr, win_box b, bool on, uint32_t colour, const char *text)
{
    win_card(cr, b, 4, on ? WIN_TINT : WIN_PAPER, on ? WIN_ACCENT : WIN_EDGE);
    (on ? win_bold_text : win_text)(cr, b, 0, WIN_SMALL_TEXT, colour, text);
}

/* A cell has the colour of its curve, and the sign of what it says. */
static void draw_cells(const win_view *v, cairo_t *cr, const chips *c)
{
    const win_search *s = &v->core->search;
    char text[16];
    for (int i = 0; i < c->cells; i++) {
        win_box b = cell_box(c, i);
        bool on = v->core->cell == s->layer * v->core->sheet.cells + s->found.cell[i];
        snprintf(text, sizeof text, "%s%d", s->found.way[i] < 0 ? "\u2212" : "",
                 s->found.cell[i] + 1);
        draw_chip(cr, b, on, WIN_TEXT, text);
        win_fill(cr, (win_box){b.x + 4, b.y + b.h - 3, b.w - 8, 2}, colours[i % COLOURS]);
    }
}

void win_found_draw(const win_view *v, cairo_t *cr, win_box box)
{
    const win_core *core = v->core;
    chips c = lay_out(v, box);
    char text[32];
    win_text(cr, (win_box){c.left, box.y, c.right - c.left, WORDS}, -1, WIN_BODY_TEXT, WIN_MARK,
             core->search.words);
    snprintf(text, sizeof text, "on at %.2f", win_search_on(&core->search) / 127.0);
    win_text(cr, (win_box){c.left, c.y, FROM, ROW}, -1, WIN_SMALL_TEXT, WIN_QUIET, text);
    draw_chip(cr, sign_box(&c, 0), false, WIN_TEXT, "\u2212");
    draw_chip(cr, sign_box(&c, 1), false, WIN_TEXT, "+");
    draw_cells(v, cr, &c);
    draw_chip(cr, keep_box(&c), false, core->search.found.cells > 0 ? WIN_TEXT : WIN_QUIET,
              "Keep \u2026");
    for (int i = 0; i < c.marks; i++) {
        bool on = core->search.kept.cells > 0 &&
                  strcmp(core->search.kept.name, core->marks.mark[i].name) == 0;
        draw_chip(cr, mark_box(&c, i), on, on ? WIN_ACCENT : WIN_MARK, core->marks.mark[i].name);
    }
}

/* ---- the curves ------------------------------------------------------------------------------ */

static int height_of(float value, int h)
{
    float share = (HIGHEST - value) / (HIGHEST - LOWEST);
    return (int)lroundf(fminf(1, fmaxf(0, share)) * (float)(h - 2));
}

/* What the found cell gives at a column, the way it was found; false: it is not known. */
static bool value_at(const win_view *v, const win_plot *p, int column, int i, float *value)
{
    const win_search *s = &v->core->search;
    const int8_t *cell = win_plot_inside(v, p, column).cell;
    if (cell)
        *value =
            (float)(s->found.way[i] * cell[s->layer * v->core->sheet.cells + s->found.cell[i]]) /
            127;
    return cell != NULL;
}

static void plot_column(const win_view *v, const win_plot *p, int column)
{
    const win_search *s = &v->core->search;
    size_t point = p->last - (size_t)column;
    int on = height_of((float)win_search_on(s) / 127, p->h);
    bool inside = point >= s->span.from && point < s->span.to;
    win_plot_fill(p, column, 0, p->h, inside ? WIN_TINT : WIN_PAPER);
    for (int i = 0; i < s->found.cells; i++) {
        float value, before;
        bool picked = v->core->cell == s->layer * v->core->sheet.cells + s->found.cell[i];
        if (!value_at(v, p, column, i, &value))
            continue;
        if (!value_at(v, p, column + 1, i, &before))
            before = value;
        int a = height_of(value, p->h), b = height_of(before, p->h);
        win_plot_fill(p, column, a < b ? a : b, (a < b ? b : a) + (picked ? 2 : 1),
                      picked ? WIN_TEXT : colours[i % COLOURS]);
    }
    if (point % 4 != 0) /* broken: the threshold */
        win_plot_fill(p, column, on, on + 1, WIN_TEXT);
    if (s->span.to > s->span.from && (point == s->span.from || point + 1 == s->span.to))
        win_plot_fill(p, column, 0, p->h, WIN_TEXT); /* an end of the range */
}

void win_found_plot(const win_view *v, win_box box)
{
    win_plot p = win_plot_in(v, box);
    int fresh = win_plot_move(v, &p);
    for (int c = 0; c < fresh && (size_t)c <= p.last; c++)
        plot_column(v, &p, c);
}

void win_found_label(cairo_t *cr, win_box box)
{
    win_box label = {box.x - WIN_GUTTER + WIN_GUTTER_EDGE, box.y, WIN_GUTTER - WIN_GUTTER_EDGE - 8,
                     fmin(box.h, 20)};
    win_text(cr, label, 1, WIN_SMALL_TEXT, WIN_QUIET, "cells found");
}

double win_found_threshold(win_box box, double y)
{
    double share = (y - box.y) / fmax(1, box.h - 2);
    return (double)HIGHEST - share * (double)(HIGHEST - LOWEST);
}
