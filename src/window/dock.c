/* The dock: what the network did at each of the last points, a column a point, time running to the
 * right: the soft window on the text (Graves 2013, figure 13), the cells of each layer (Karpathy,
 * Johnson and Li 2015), its gates (the same, section 4.2), and how likely the pen was to lift.
 * Plots are drawn into the frame's pixels. */
#include "app.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GUTTER 96.0
#define EDGE 16.0
/* Of the window's height, that the dock may have, and that it has even where the paper is then too
 * low for two lines. */
#define SHARE_MOST 0.46
#define SHARE_LEAST 0.28

enum { FOUND, ATTENTION, LIFT, CELLS, GATES, VIEWS };

/* Heights in pixels of the interface when there is room. */
static const double wanted[VIEWS] = {18, 124, 26, 156, 108};

typedef struct plot {
    uint32_t *pixel;
    int stride;     /* pixels */
    int x, y, w, h; /* pixels of the screen */
    int column;     /* pixels of a point */
    size_t last;    /* the point of the rightmost column */
} plot;

static bool is_shown(const win_app *app, int view)
{
    static const win_action of[VIEWS] = {WIN_FIND, WIN_ATTENTION, WIN_AHEAD, WIN_CELLS, WIN_GATES};
    return app->on[of[view]] && win_mode(app) != WIN_MODE_DRAW &&
           (view != ATTENTION || win_mode(app) == WIN_MODE_WRITE);
}

static double gap(const win_app *app)
{
    return app->height < 600 ? 4 : 8;
}

/* What is said of a search is as high as its letters; the others share what is left. */
static bool is_stiff(int view)
{
    return view == FOUND;
}

double win_dock_height(const win_app *app, double room)
{
    double height = 0;
    for (int i = 0; i < VIEWS && !app->on[WIN_HELP]; i++)
        height += is_shown(app, i) ? wanted[i] + gap(app) : 0;
    double most = fmin(SHARE_MOST * app->height, fmax(SHARE_LEAST * app->height, room));
    return height > 0 ? floor(fmin(height + gap(app), most)) : 0;
}

static win_box view_box(const win_app *app, int view)
{
    double soft = 0, stiff = gap(app), soft_above = 0, stiff_above = gap(app);
    for (int i = 0; i < VIEWS; i++) {
        if (!is_shown(app, i))
            continue;
        double its_soft = is_stiff(i) ? 0 : wanted[i];
        double its_stiff = gap(app) + (is_stiff(i) ? wanted[i] : 0);
        soft += its_soft;
        stiff += its_stiff;
        soft_above += i < view ? its_soft : 0;
        stiff_above += i < view ? its_stiff : 0;
    }
    win_box d = app->dock_box;
    double share = soft > 0 ? (d.h - stiff) / soft : 0;
    return (win_box){d.x + GUTTER, floor(d.y + stiff_above + share * soft_above),
                     d.w - GUTTER - EDGE, floor(wanted[view] * (is_stiff(view) ? 1 : share))};
}

/* How many columns have come since the plots were last drawn; all of them when they do not stand
 * beside each other. */
static int new_columns(const win_app *app, const plot *p)
{
    size_t before = app->plotted, now = app->docked;
    int all = p->w / p->column;
    return now >= before && now - before < (size_t)all ? (int)(now - before) : all;
}

static plot plot_in(const win_app *app, win_box box)
{
    SDL_Rect r = win_frame_rect(app, box);
    plot p = {.x = r.x, .y = r.y, .w = r.w, .h = r.h, .last = app->docked};
    p.pixel = (uint32_t *)(void *)cairo_image_surface_get_data(app->frame);
    p.stride = cairo_image_surface_get_stride(app->frame) / 4;
    p.column = (int)fmax(1, round(2 * app->scale));
    return p;
}

/* Columns that fit; column 0 is the rightmost. */
static int columns(const plot *p)
{
    return p->w / p->column;
}

static void fill(const plot *p, int column, int y0, int y1, uint32_t colour)
{
    uint32_t *row = p->pixel + (p->y + y0) * p->stride + p->x + p->w - (column + 1) * p->column;
    for (int y = y0; y < y1; y++, row += p->stride)
        for (int x = 0; x < p->column; x++)
            row[x] = colour;
}

/* Makes room for new columns on the right: the others move left. Returns how many there are. */
static int move_columns(const win_app *app, const plot *p)
{
    int fresh = new_columns(app, p), all = columns(p), left = p->w % p->column;
    size_t kept = (size_t)(all - fresh) * (size_t)p->column;
    uint32_t *row = p->pixel + p->y * p->stride + p->x + left;
    for (int y = 0; y < p->h; y++, row += p->stride)
        if (fresh > 0)
            memmove(row, row + fresh * p->column, kept * sizeof *row);
    for (int c = 0; c < fresh; c++)
        fill(p, c, 0, p->h, WIN_PAPER);
    return fresh;
}

static win_inside inside_at(const win_app *app, const plot *p, int column)
{
    return (size_t)column <= p->last ? win_sheet_inside(&app->sheet, p->last - (size_t)column)
                                     : (win_inside){0};
}

/* ---- attention -------------------------------------------------------------------------------
 */

/* Pixels of the interface for a letter, and the character at the top of the plot. */
static double letter_row(win_box box)
{
    return fmax(9, box.h / 11);
}

/* Where the pen was lately, so that the letters do not jump. */
static double recent_character(const win_app *app)
{
    enum { RECENT = 40 };
    double sum = 0, count = 0;
    for (size_t i = app->docked; i < app->sheet.points && count < RECENT; i--, count++)
        sum += app->sheet.character[i];
    return count > 0 ? sum / count : 0;
}

static double top_character(const win_app *app, win_box box)
{
    return recent_character(app) - 0.66 * box.h / letter_row(box);
}

static void plot_attention(const win_app *app, win_box box)
{
    enum { SHADES = 64 };
    uint32_t shade[SHADES + 1];
    for (int i = 0; i <= SHADES; i++)
        shade[i] = win_mix(WIN_PAPER, WIN_ACCENT, (double)i / SHADES);
    plot p = plot_in(app, box);
    double row = letter_row(box) * app->scale, top = top_character(app, box);
    for (int c = 0; c < columns(&p); c++) {
        fill(&p, c, 0, p.h, WIN_PAPER);
        const lh_window_view *view = inside_at(app, &p, c).window;
        for (int i = 0; view && i < LH_WINDOW_SPAN; i++) {
            double y = (view->first + i - top) * row;
            int y0 = (int)fmax(0, floor(y)), y1 = (int)fmin(p.h, floor(y + row));
            int dark = (int)(SHADES * fminf(1, view->phi[i]));
            if (dark > 0 && y1 > y0)
                fill(&p, c, y0, y1, shade[dark]);
        }
    }
}

/* The letter written for character `i`; a dot for a blank. */
static void read_letter(const win_app *app, int i, char letter[5])
{
    const char *at = app->text.text + app->plain.byte[i];
    uint32_t c = lh_utf8_next(&at);
    lh_utf8_encode(c > ' ' ? c : 0xb7, letter);
}

static void label_attention(const win_app *app, cairo_t *cr, win_box box)
{
    double row = letter_row(box), top = top_character(app, box);
    int here = app->sheet.points > 0 ? app->sheet.character[app->docked] : -1;
    win_box gutter = {box.x - 24, box.y, 24, box.h};
    PangoLayout *layout[2] = {win_layout(cr, fmin(WIN_SMALL_TEXT, 1.05 * row), false),
                              win_layout(cr, fmin(WIN_SMALL_TEXT, 1.05 * row), true)};
    win_fill(cr, gutter, WIN_BACK);
    cairo_save(cr);
    cairo_rectangle(cr, gutter.x, gutter.y, gutter.w, gutter.h);
    cairo_clip(cr);
    for (int i = (int)floor(top); i < top + box.h / row; i++) {
        if (i < 0 || (size_t)i >= app->plain.count)
            continue;
        char letter[5];
        int w, h;
        PangoLayout *as = layout[i == here];
        read_letter(app, i, letter);
        pango_layout_set_text(as, letter, -1);
        pango_layout_get_pixel_size(as, &w, &h);
        win_set_colour(cr, i == here ? WIN_ACCENT : WIN_QUIET, 1);
        cairo_move_to(cr, box.x - 13 - w / 2.0, box.y + (i - top) * row + (row - h) / 2);
        pango_cairo_show_layout(cr, as);
    }
    cairo_restore(cr);
    g_object_unref(layout[0]);
    g_object_unref(layout[1]);
}

/* ---- lifting ---------------------------------------------------------------------------------
 */

static void plot_lift(const win_app *app, win_box box)
{
    plot p = plot_in(app, box);
    int fresh = move_columns(app, &p);
    for (int c = 0; c < fresh && (size_t)c <= p.last; c++) {
        const lh_trace *trace = inside_at(app, &p, c).trace;
        double e = trace ? (double)trace->end : 0;
        int h = (int)lround(fmin(1, fmax(0, e)) * p.h);
        fill(&p, c, p.h - h, p.h, WIN_OTHER);
    }
}

/* ---- cells -----------------------------------------------------------------------------------
 */

/* The strip of a layer: pixels of the plot. */
static int strip_top(const plot *p, int layers, int layer)
{
    return (p->h + 3) * layer / layers;
}

static int layer_at(const plot *p, int layers, int y)
{
    int layer = 0;
    while (layer + 1 < layers && y >= strip_top(p, layers, layer + 1))
        layer++;
    return layer;
}

/* The cell of `row` among `rows` that does most; where each row is one cell, that one. */
static int strongest(const int8_t *cell, int cells, int row, int rows)
{
    int from = row * cells / rows, to = (row + 1) * cells / rows, most = from;
    for (int i = from + 1; i < to; i++)
        if (abs(cell[i]) > abs(cell[most]))
            most = i;
    return most;
}

/* From a place to the line between two others. */
static float distance(lh_vec2 at, lh_vec2 a, lh_vec2 b)
{
    float dx = b.x - a.x, dy = b.y - a.y;
    float t = ((at.x - a.x) * dx + (at.y - a.y) * dy) / (dx * dx + dy * dy);
    t = fminf(1, fmaxf(0, t));
    return hypotf(at.x - a.x - t * dx, at.y - a.y - t * dy);
}

/* How much of a pixel at `distance` is within `reach`. */
static double covered(float distance, double reach)
{
    return fmin(1, fmax(0, reach + 0.5 - (double)distance));
}

/* The picked cell's own line, over the strip of its layer: dark, with a light edge. A column shows
 * the way to its value from those of the two columns before. */
static void plot_picked(const win_app *app, const plot *p, int column)
{
    const win_sheet *s = &app->sheet;
    int layer = app->cell / s->cells;
    int top = strip_top(p, s->layers, layer), h = strip_top(p, s->layers, layer + 1) - 3 - top;
    lh_vec2 way[3];
    float y = 0;
    for (int i = 0; i < 3; i++) {
        const int8_t *cell = inside_at(app, p, column + i).cell;
        if (cell) /* before the first, the line is level */
            y = ((float)h - 1) * (float)(127 - cell[app->cell]) / 254;
        way[i] = (lh_vec2){(float)((1 - i) * p->column), y};
    }
    double reach = 0.6 * app->scale, edge = reach + 1.2 * app->scale;
    uint32_t *row = p->pixel + (p->y + top) * p->stride + p->x + p->w - (column + 1) * p->column;
    for (int i = 0; i < h; i++, row += p->stride)
        for (int x = 0; x < p->column; x++) {
            lh_vec2 at = {(float)x + 0.5f, (float)i};
            float far = fminf(distance(at, way[1], way[0]), distance(at, way[2], way[1]));
            if (far < (float)edge + 0.5f)
                row[x] = win_mix(win_mix(row[x] & 0xffffff, WIN_PAPER, covered(far, edge)),
                                 WIN_TEXT, covered(far, reach));
        }
}

/* Over the strip of the layer that is searched: is the point marked, or found? */
static void plot_mark(const win_app *app, const plot *p, int column)
{
    uint32_t colour =
        (size_t)column <= p->last ? win_marks_colour(app, p->last - (size_t)column) : 0;
    if (colour == 0 || app->sheet.layers == 0)
        return;
    int top = strip_top(p, app->sheet.layers, app->search.layer);
    int height = (int)fmax(2, round(4 * app->scale));
    fill(p, column, top, top + height, colour);
    fill(p, column, top + height, top + height + 1, WIN_PAPER);
}

static void plot_cells(const win_app *app, win_box box)
{
    plot p = plot_in(app, box);
    int layers = app->sheet.layers, cells = app->sheet.cells;
    int fresh = move_columns(app, &p);
    for (int c = 0; c < fresh; c++) {
        const int8_t *cell = inside_at(app, &p, c).cell;
        for (int n = 0; cell && n < layers; n++, cell += cells) {
            int y = strip_top(&p, layers, n), rows = strip_top(&p, layers, n + 1) - 3 - y;
            for (int row = 0; row < rows; row++) {
                int value = cell[strongest(cell, cells, row, rows)];
                fill(&p, c, y + row, y + row + 1, app->cell_colours[value + 128]);
            }
        }
        if (cell && app->cell >= 0)
            plot_picked(app, &p, c);
        plot_mark(app, &p, c);
    }
}

/* Which cells were found, beside the strip of their layer. */
static void label_found(const win_app *app, cairo_t *cr, win_box box, const plot *p)
{
    const win_found *f = &app->search.found;
    int layers = app->sheet.layers, layer = app->search.layer;
    double top = strip_top(p, layers, layer) / app->scale;
    double h = (strip_top(p, layers, layer + 1) - 3) / app->scale - top;
    for (int i = 0; i < f->cells && app->on[WIN_FIND]; i++)
        win_fill(
            cr,
            (win_box){box.x - 6, box.y + top + h * f->cell[i] / app->sheet.cells - 0.75, 6, 1.5},
            WIN_MARK);
}

static void label_cells(const win_app *app, cairo_t *cr, win_box box)
{
    const win_sheet *s = &app->sheet;
    plot p = plot_in(app, box);
    for (int n = 0; n < s->layers; n++) {
        double y = strip_top(&p, s->layers, n) / app->scale;
        double h = strip_top(&p, s->layers, n + 1) / app->scale - y;
        bool picked = app->cell >= 0 && s->cells > 0 && app->cell / s->cells == n;
        bool searched = app->on[WIN_FIND] && app->search.layer == n;
        char text[40];
        if (picked)
            snprintf(text, sizeof text, "%d, cell %d", n + 1, app->cell % s->cells + 1);
        else
            snprintf(text, sizeof text, "layer %d", n + 1);
        (picked || searched ? win_bold_text : win_text)(
            cr, (win_box){box.x - GUTTER + EDGE, box.y + y, GUTTER - EDGE - 8, h}, 1,
            WIN_SMALL_TEXT,
            picked     ? WIN_ACCENT
            : searched ? WIN_MARK
                       : WIN_QUIET,
            text);
    }
    if (s->layers > 0)
        label_found(app, cr, box, &p);
}

int win_dock_layer(const win_app *app, double x, double y)
{
    win_box box = view_box(app, CELLS), labels = {app->dock_box.x, box.y, GUTTER, box.h};
    if (!is_shown(app, CELLS) || app->sheet.layers == 0 || !win_box_holds(labels, x, y))
        return -1;
    plot p = plot_in(app, box);
    return layer_at(&p, app->sheet.layers, (int)((y - box.y) * app->scale));
}

int win_dock_cell(const win_app *app, double x, double y)
{
    win_box box = view_box(app, CELLS);
    const win_sheet *s = &app->sheet;
    if (!is_shown(app, CELLS) || !win_box_holds(box, x, y) || s->cells == 0)
        return -1;
    plot p = plot_in(app, box);
    int column = (int)((box.x + box.w - x) * app->scale) / p.column;
    int at = (int)((y - box.y) * app->scale), layer = layer_at(&p, s->layers, at);
    int top = strip_top(&p, s->layers, layer), rows = strip_top(&p, s->layers, layer + 1) - 3 - top;
    int row = at - top < rows ? at - top : rows - 1;
    const int8_t *cell = inside_at(app, &p, column).cell;
    int found =
        cell ? strongest(cell + layer * s->cells, s->cells, row, rows) : row * s->cells / rows;
    return layer * s->cells + found;
}

/* ---- gates -----------------------------------------------------------------------------------
 */

static void plot_gates(const win_app *app, win_box box)
{
    plot p = plot_in(app, box);
    int layers = app->sheet.layers, bands = 3 * layers, fresh = move_columns(app, &p);
    for (int c = 0; c < fresh; c++) {
        const lh_saturation *s = inside_at(app, &p, c).saturation;
        for (int b = 0; s && b < bands; b++) {
            int y0 = p.h * b / bands, y1 = p.h * (b + 1) / bands - (b % 3 == 2 ? 4 : 1),
                h = y1 - y0;
            /* Square roots: few gates show as well. */
            int open = (int)lroundf((float)h * sqrtf(s[b / 3].open[b % 3]));
            int shut = (int)lroundf((float)h * sqrtf(s[b / 3].shut[b % 3]));
            fill(&p, c, y0, y1, 0xebe7deu);
            fill(&p, c, y0, y0 + (shut < h ? shut : h), WIN_OTHER);
            fill(&p, c, y1 - (open < h ? open : h), y1, WIN_ACCENT);
        }
    }
}

static void label_gates(const win_app *app, cairo_t *cr, win_box box)
{
    static const char *const names[3] = {"input", "forget", "output"};
    int bands = 3 * app->sheet.layers;
    double h = bands > 0 ? box.h / bands : 0, size = fmin(WIN_SMALL_TEXT, 0.95 * h);
    for (int b = 0; b < bands && size >= 5; b++) {
        char text[24];
        snprintf(text, sizeof text, "%d %s", b / 3 + 1, names[b % 3]);
        win_text(cr, (win_box){box.x - GUTTER + EDGE, box.y + b * h, GUTTER - EDGE - 8, h}, 1, size,
                 WIN_QUIET, text);
    }
}

/* ---- all -------------------------------------------------------------------------------------
 */

static void draw_label(const win_app *app, cairo_t *cr, int view, win_box box)
{
    win_box label = {app->dock_box.x + EDGE, box.y, GUTTER - EDGE - 8, fmin(box.h, 26)};
    if (view == FOUND) {
        win_text(cr, (win_box){label.x, box.y, box.x + box.w - label.x, box.h}, -1, WIN_BODY_TEXT,
                 WIN_MARK, app->search.words);
    } else if (view == ATTENTION) {
        win_text(cr, (win_box){label.x, box.y, label.w - 18, 16}, -1, WIN_SMALL_TEXT, WIN_QUIET,
                 "attention");
    } else if (view == LIFT) {
        win_text(cr, label, 1, WIN_SMALL_TEXT, WIN_QUIET, "pen up");
    } else if (view == CELLS) {
        label_cells(app, cr, box);
    } else {
        label_gates(app, cr, box);
    }
}

const char *win_dock_hint(const win_app *app, double x, double y)
{
    static const char *const hints[VIEWS] = {
        "cells active all through what is marked, and where else: marked on the paper",
        "the letters that the network looks at, as time runs to the right",
        "how likely the pen was to be lifted behind each point",
        "what each cell gives: blue no, orange yes; click one to colour the ink by it",
        "gates of each layer: orange from above, shut; blue from below, open"};
    for (int i = 0; i < VIEWS; i++)
        if (is_shown(app, i) && win_box_holds(view_box(app, i), x, y))
            return hints[i];
    return NULL;
}

void win_dock_draw(win_app *app, cairo_t *cr)
{
    static void (*const plots[VIEWS])(const win_app *, win_box) = {NULL, plot_attention, plot_lift,
                                                                   plot_cells, plot_gates};
    win_box d = app->dock_box;
    if (app->stale & WIN_STALE_DOCK) {
        app->plotted = SIZE_MAX;
        win_fill(cr, d, WIN_BACK);
        win_hairline(cr, d.x, d.y + 0.5, d.x + d.w, d.y + 0.5);
        for (int i = 0; i < VIEWS; i++)
            if (is_shown(app, i)) {
                win_box box = view_box(app, i);
                if (plots[i])
                    win_fill(cr, box, WIN_PAPER);
                draw_label(app, cr, i, box);
            }
    }
    cairo_surface_flush(app->frame);
    for (int i = 0; i < VIEWS && app->sheet.points > 0; i++)
        if (is_shown(app, i) && plots[i])
            plots[i](app, view_box(app, i));
    cairo_surface_mark_dirty(app->frame);
    if (is_shown(app, ATTENTION))
        label_attention(app, cr, view_box(app, ATTENTION));
    app->plotted = app->docked;
}
