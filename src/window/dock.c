/* The dock: what the network did at each of the last points, a column a point, time running to the
 * right: attention.c, cells.c, curves.c, gates.c, and here how likely the pen was to lift; above
 * them what a search found, in words. The views share the height. */
#include "plot.h"

#include <math.h>

/* Of the window's height, that the dock may have, and that it has even where the paper is then too
 * low for two lines. */
#define SHARE_MOST 0.46
#define SHARE_LEAST 0.28

enum { FOUND, COURSES, TOLD, ATTENTION, LIFT, CELLS, CURVES, GATES, VIEWS };

/* Heights in pixels of the interface when there is room; in a high window there is for more. */
static double wanted(const win_view *v, int view)
{
    const double usual = 900, most = 1.6;
    double more = fmin(most, fmax(1, v->height / usual));
    static const double heights[VIEWS] = {[COURSES] = 84, [ATTENTION] = 124, [LIFT] = 26,
                                          [CELLS] = 156,  [CURVES] = 110,    [GATES] = 138};
    return view == TOLD    ? win_telling_height(v)
           : view == FOUND ? win_found_height()
                           : floor(more * heights[view]);
}

/* What each view is switched on by. */
static const win_action actions[VIEWS] = {WIN_FIND,  WIN_FIND,  WIN_TELLING, WIN_ATTENTION,
                                          WIN_AHEAD, WIN_CELLS, WIN_CELLS,   WIN_GATES};

static bool is_wanted(const win_view *v, int view)
{
    return v->core->on[actions[view]] &&
           (view != ATTENTION || win_mode(v->core) != WIN_MODE_FREE) &&
           (view != CURVES || v->core->cell >= 0);
}

static double gap(const win_view *v)
{
    return v->height < 600 ? 4 : 8;
}

/* What is said of a search is as high as its letters; the others share what is left. */
static bool is_stiff(int view)
{
    return view == FOUND || view == TOLD;
}

/* What the views that share have of what they want, where those of the bits in `set` are there. */
static double share_of(const win_view *v, unsigned set)
{
    double soft = 0, stiff = gap(v);
    for (int i = 0; i < VIEWS; i++) {
        if (!(set >> i & 1))
            continue;
        soft += is_stiff(i) ? 0 : wanted(v, i);
        stiff += gap(v) + (is_stiff(i) ? wanted(v, i) : 0);
    }
    return soft > 0 ? (v->dock_box.h - stiff) / soft : v->dock_box.h >= stiff;
}

/* A view that is lower than this share of what it wants shows nothing; gates have names in three
 * rows. */
#define SHARE_READABLE 0.25
#define SHARE_OF_GATES 0.36

/* The views that there is room for: in a low window, those with which the ones before them can
 * still be read. */
static unsigned shown_set(const win_view *v)
{
    unsigned set = 0;
    for (int i = 0; i < VIEWS; i++)
        if (is_wanted(v, i) &&
            share_of(v, set | 1U << i) >= (i == GATES ? SHARE_OF_GATES : SHARE_READABLE))
            set |= 1U << i;
    return set;
}

static bool is_shown(const win_view *v, int view)
{
    return shown_set(v) >> view & 1;
}

/* Beside the gates is a plot of how often they are open, so that all views are narrower. */
static double room_beside(const win_view *v)
{
    return is_shown(v, GATES) ? floor(fmin(130, 0.14 * v->dock_box.w)) : 0;
}

double win_dock_height(const win_view *v, double room)
{
    double height = 0;
    for (int i = 0; i < VIEWS && !v->core->on[WIN_HELP]; i++)
        height += is_wanted(v, i) ? wanted(v, i) + gap(v) : 0;
    double most = fmin(SHARE_MOST * v->height, fmax(SHARE_LEAST * v->height, room));
    return height > 0 ? floor(fmin(height + gap(v), most)) : 0;
}

static win_box view_box(const win_view *v, int view)
{
    double soft_above = 0, stiff_above = gap(v);
    const unsigned shown = shown_set(v);
    for (int i = 0; i < view; i++) {
        if (!(shown >> i & 1))
            continue;
        soft_above += is_stiff(i) ? 0 : wanted(v, i);
        stiff_above += gap(v) + (is_stiff(i) ? wanted(v, i) : 0);
    }
    win_box d = v->dock_box;
    double share = share_of(v, shown);
    return (win_box){d.x + WIN_GUTTER, floor(d.y + stiff_above + share * soft_above),
                     d.w - WIN_GUTTER - WIN_GUTTER_EDGE - room_beside(v),
                     floor(wanted(v, view) * (is_stiff(view) ? 1 : share)) -
                         (view == GATES ? 12 : 0)};
}

/* ---- lifting ---------------------------------------------------------------------------------
 */

static void plot_lift(const win_view *v, win_box box)
{
    win_plot p = win_plot_in(v, box);
    int fresh = win_plot_move(v, &p);
    for (int c = 0; c < fresh && (size_t)c <= p.last; c++) {
        const lh_trace *trace = win_plot_inside(v, &p, c).trace;
        double e = trace ? (double)trace->end : 0;
        int h = (int)lround(fmin(1, fmax(0, e)) * p.h);
        win_plot_fill(&p, c, p.h - h, p.h, WIN_OTHER);
    }
}

/* ---- all -------------------------------------------------------------------------------------
 */

static void draw_label(const win_view *v, cairo_t *cr, int view, win_box box)
{
    win_box label = {v->dock_box.x + WIN_GUTTER_EDGE, box.y, WIN_GUTTER - WIN_GUTTER_EDGE - 8,
                     fmin(box.h, 26)};
    if (view == FOUND) {
        win_found_draw(v, cr, box);
    } else if (view == COURSES) {
        win_found_label(cr, box);
    } else if (view == TOLD) {
        win_telling_draw(v, cr, box);
    } else if (view == ATTENTION) {
        win_text(cr, (win_box){label.x, box.y, label.w - 18, 16}, -1, WIN_SMALL_TEXT, WIN_QUIET,
                 "attention");
    } else if (view == LIFT) {
        win_text(cr, label, 1, WIN_SMALL_TEXT, WIN_QUIET, "pen up");
    } else if (view == CELLS) {
        win_cells_label(v, cr, box);
    } else if (view == CURVES) {
        win_curves_label(v, cr, box);
    } else {
        win_gates_label(v, cr, box);
    }
}

/* All plots are as wide. */
static win_plot plot_of(const win_view *v)
{
    for (int i = 0; i < VIEWS; i++)
        if (is_shown(v, i) && !is_stiff(i))
            return win_plot_in(v, view_box(v, i));
    return (win_plot){.column = 1};
}

int win_dock_layer(const win_view *v, double x, double y)
{
    win_box box = view_box(v, CELLS), labels = {v->dock_box.x, box.y, WIN_GUTTER, box.h};
    return is_shown(v, CELLS) && v->core->sheet.layers > 0 && win_box_holds(labels, x, y)
               ? win_cells_layer(v, box, y)
               : -1;
}

bool win_dock_gates(const win_view *v, double x, double y)
{
    win_box box = view_box(v, GATES), labels = {v->dock_box.x, box.y, WIN_GUTTER, box.h + 12};
    return is_shown(v, GATES) && win_box_holds(labels, x, y);
}

size_t win_dock_near(const win_view *v, double x)
{
    win_plot p = plot_of(v);
    if (p.w == 0 || v->core->sheet.shown == 0)
        return SIZE_MAX;
    double column = (p.x + p.w - x * v->scale) / p.column;
    column = fmin(fmax(0, column), fmin((double)p.last, win_plot_columns(&p) - 1));
    return p.last - (size_t)column;
}

double win_dock_threshold(const win_view *v, double y)
{
    return win_found_threshold(view_box(v, COURSES), y);
}

/* Near enough to be meant, in pixels of the interface. */
#define NEAR 5.0

/* What is pressed in the curves. */
static win_found_part curve_at(const win_view *v, double x, double y)
{
    const win_search *s = &v->core->search;
    double on = win_search_on(s) / 127.0, step = win_dock_threshold(v, y - NEAR);
    win_box from = win_dock_line(v, s->span.from), to = win_dock_line(v, s->span.to - 1);
    if (s->span.to > s->span.from && from.w > 0 && fabs(x - from.x) <= NEAR)
        return WIN_FOUND_FROM;
    if (s->span.to > s->span.from && to.w > 0 && fabs(x - to.x) <= NEAR)
        return WIN_FOUND_TO;
    return on <= step && on >= win_dock_threshold(v, y + NEAR) ? WIN_FOUND_ON : WIN_FOUND_CURVES;
}

win_found_part win_dock_found(const win_view *v, double x, double y, int *which)
{
    win_box box = view_box(v, FOUND), all = {v->dock_box.x, box.y, v->dock_box.w, box.h};
    *which = 0;
    if (!is_shown(v, FOUND) || v->dock_box.h == 0)
        return WIN_FOUND_NOTHING;
    if (win_box_holds(view_box(v, COURSES), x, y))
        return curve_at(v, x, y);
    return win_box_holds(all, x, y) ? win_found_at(v, box, x, y, which) : WIN_FOUND_NOTHING;
}

int win_dock_told(const win_view *v, double x, double y)
{
    win_box box = view_box(v, TOLD), all = {v->dock_box.x, box.y, v->dock_box.w, box.h};
    return is_shown(v, TOLD) && win_box_holds(all, x, y) ? win_telling_at(v, box, x, y) : -1;
}

int win_dock_cell(const win_view *v, double x, double y)
{
    win_box box = view_box(v, CELLS);
    return is_shown(v, CELLS) && v->core->sheet.layers > 0 && win_box_holds(box, x, y)
               ? win_cells_at(v, box, x, y)
               : -1;
}

bool win_dock_has_room(const win_view *v, win_action action)
{
    for (int i = 0; i < VIEWS && v->dock_box.h > 0; i++)
        if (actions[i] == action && is_wanted(v, i) && !is_shown(v, i))
            return false;
    return true;
}

win_action win_dock_view(const win_view *v, double x, double y)
{
    for (int i = 0; i < VIEWS && v->dock_box.h > 0; i++)
        if (is_shown(v, i) && win_box_holds(view_box(v, i), x, y))
            return actions[i];
    return WIN_ACTIONS;
}

const char *win_dock_hint(win_action view)
{
    static const char *const hints[WIN_ACTIONS] = {
        [WIN_FIND] = "cells active all through what is marked, and where else: marked on the paper",
        [WIN_TELLING] = "what goes along most with what one can name, in both halves of the ink",
        [WIN_ATTENTION] = "the letters that the network looks at, as time runs to the right",
        [WIN_AHEAD] = "how likely the pen was to be lifted behind each point",
        [WIN_CELLS] =
            "what each cell gives: blue no, orange yes; click one to colour the ink by it",
        [WIN_GATES] =
            "gates of a layer: orange from above, shut; blue from below, open. A dot each: the "
            "further right the oftener open, up shut"};
    return hints[view];
}

size_t win_dock_points(const win_view *v)
{
    if (v->dock_box.h == 0)
        return SIZE_MAX / 2;
    win_plot p = plot_of(v);
    return p.w > 0 ? (size_t)win_plot_columns(&p) : SIZE_MAX / 2;
}

size_t win_dock_point(const win_view *v, double x, double y)
{
    win_action view = win_dock_view(v, x, y);
    win_plot p = plot_of(v);
    if (view == WIN_ACTIONS || view == WIN_FIND || view == WIN_TELLING || p.w == 0 ||
        v->core->sheet.points == 0)
        return SIZE_MAX;
    size_t column = (size_t)fmax(0, (p.x + p.w - x * v->scale) / p.column);
    return column <= p.last ? p.last - column : SIZE_MAX;
}

win_box win_dock_line(const win_view *v, size_t point)
{
    win_plot p = plot_of(v);
    if (v->dock_box.h == 0 || p.w == 0 || point > p.last ||
        p.last - point >= (size_t)win_plot_columns(&p))
        return (win_box){0};
    double x = p.x + p.w - ((double)(p.last - point) + 0.5) * p.column;
    return (win_box){x / v->scale - 0.75, v->dock_box.y + 4, 1.5, v->dock_box.h - 8};
}

win_box win_dock_attention(const win_view *v)
{
    win_box d = v->dock_box, box = view_box(v, ATTENTION);
    return d.h > 0 && is_shown(v, ATTENTION) ? (win_box){d.x, box.y, box.x + box.w - d.x, box.h}
                                             : (win_box){0};
}

void win_dock_draw_attention(win_view *v, cairo_t *cr)
{
    win_box box = view_box(v, ATTENTION);
    cairo_surface_flush(v->frame);
    if (v->core->sheet.points > 0)
        win_attention_plot(v, box);
    cairo_surface_mark_dirty(v->frame);
    win_attention_label(v, cr, box);
}

void win_dock_draw(win_view *v, cairo_t *cr)
{
    static void (*const plots[VIEWS])(const win_view *, win_box) = {
        NULL,           win_found_plot,  NULL,          win_attention_plot, plot_lift,
        win_cells_plot, win_curves_plot, win_gates_plot};
    win_box d = v->dock_box;
    if (v->plotted == SIZE_MAX) {
        win_fill(cr, d, WIN_BACK);
        win_hairline(cr, d.x, d.y + 0.5, d.x + d.w, d.y + 0.5);
        for (int i = 0; i < VIEWS; i++)
            if (is_shown(v, i)) {
                win_box box = view_box(v, i);
                if (plots[i])
                    win_fill(cr, box, WIN_PAPER);
                draw_label(v, cr, i, box);
            }
    }
    cairo_surface_flush(v->frame);
    for (int i = 0; i < VIEWS && v->core->sheet.points > 0; i++)
        if (is_shown(v, i) && plots[i])
            plots[i](v, view_box(v, i));
    cairo_surface_mark_dirty(v->frame);
    if (is_shown(v, ATTENTION))
        win_attention_label(v, cr, view_box(v, ATTENTION));
    if (is_shown(v, GATES)) {
        win_box box = view_box(v, GATES);
        win_gates_often(v, cr, (win_box){box.x + box.w + 10, box.y, room_beside(v) - 4, box.h});
    }
    v->plotted = v->docked;
}
