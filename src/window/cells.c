/* What every cell of each layer gives, in time (Karpathy, Johnson and Li 2015): a strip a layer,
 * the picked cell as a line over it, and what a search found beside and above it. */
#include "plot.h"

#include <math.h>
#include <stdlib.h>

/* The strip of a layer: pixels of the plot. */
static int strip_top(const win_plot *p, int layers, int layer)
{
    return (p->h + 3) * layer / layers;
}

static int layer_at(const win_plot *p, int layers, int y)
{
    int layer = 0;
    while (layer + 1 < layers && y >= strip_top(p, layers, layer + 1))
        layer++;
    return layer;
}

/* The order of the cells of a layer; NULL: as they are. */
static const uint16_t *order_of(const win_view *v, int layer)
{
    const win_likeness *l = &v->core->likeness;
    bool known = l->order && l->layers == v->core->sheet.layers && l->cells == v->core->sheet.cells;
    return known ? l->order + layer * l->cells : NULL;
}

static int cell_in(const uint16_t *order, int place)
{
    return order ? order[place] : place;
}

/* The cell of `row` among `rows` that does most; where each row is one cell, that one. */
static int strongest(const int8_t *cell, const uint16_t *order, int cells, int row, int rows)
{
    int from = row * cells / rows, to = (row + 1) * cells / rows, most = cell_in(order, from);
    for (int i = from + 1; i < to; i++)
        if (abs(cell[cell_in(order, i)]) > abs(cell[most]))
            most = cell_in(order, i);
    return most;
}

int win_cells_beside(const win_view *v, int cell, int by)
{
    const win_sheet *s = &v->core->sheet;
    int layer = cell / s->cells;
    const uint16_t *order = order_of(v, layer);
    int place = order ? v->core->likeness.place[cell] : cell % s->cells;
    place += by;
    return place < 0 || place >= s->cells ? -1 : layer * s->cells + cell_in(order, place);
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
static void plot_picked(const win_view *v, const win_plot *p, int column)
{
    const win_sheet *s = &v->core->sheet;
    int layer = v->core->cell / s->cells;
    int top = strip_top(p, s->layers, layer), h = strip_top(p, s->layers, layer + 1) - 3 - top;
    lh_vec2 way[3];
    float y = 0;
    for (int i = 0; i < 3; i++) {
        const int8_t *cell = win_plot_inside(v, p, column + i).cell;
        if (cell) /* before the first, the line is level */
            y = ((float)h - 1) * (float)(127 - cell[v->core->cell]) / 254;
        way[i] = (lh_vec2){(float)((1 - i) * p->column), y};
    }
    double reach = 0.6 * v->scale, edge = reach + 1.2 * v->scale;
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
static void plot_mark(const win_view *v, const win_plot *p, int column)
{
    uint32_t colour =
        (size_t)column <= p->last ? win_highlight_colour(v, p->last - (size_t)column) : 0;
    if (colour == 0 || v->core->sheet.layers == 0)
        return;
    int top = strip_top(p, v->core->sheet.layers, v->core->search.layer);
    int height = (int)fmax(2, round(4 * v->scale));
    win_plot_fill(p, column, top, top + height, colour);
    win_plot_fill(p, column, top + height, top + height + 1, WIN_PAPER);
}

void win_cells_plot(const win_view *v, win_box box)
{
    win_plot p = win_plot_in(v, box);
    int layers = v->core->sheet.layers, cells = v->core->sheet.cells;
    int fresh = win_plot_move(v, &p);
    for (int c = 0; c < fresh; c++) {
        const int8_t *cell = win_plot_inside(v, &p, c).cell;
        for (int n = 0; cell && n < layers; n++, cell += cells) {
            int y = strip_top(&p, layers, n), rows = strip_top(&p, layers, n + 1) - 3 - y;
            const uint16_t *order = order_of(v, n);
            for (int row = 0; row < rows; row++) {
                int value = cell[strongest(cell, order, cells, row, rows)];
                win_plot_fill(&p, c, y + row, y + row + 1, v->core->cell_colours[value + 128]);
            }
        }
        if (cell && v->core->cell >= 0)
            plot_picked(v, &p, c);
        plot_mark(v, &p, c);
    }
}

static int place_of(const win_view *v, int layer, int cell)
{
    return order_of(v, layer) ? v->core->likeness.place[layer * v->core->sheet.cells + cell] : cell;
}

/* Which cells were found, beside the strip of their layer. */
static void label_found(const win_view *v, cairo_t *cr, win_box box, const win_plot *p)
{
    const win_found *f = &v->core->search.found;
    int layers = v->core->sheet.layers, layer = v->core->search.layer;
    double top = strip_top(p, layers, layer) / v->scale;
    double h = (strip_top(p, layers, layer + 1) - 3) / v->scale - top;
    for (int i = 0; i < f->cells && v->core->on[WIN_FIND]; i++)
        win_fill(cr,
                 (win_box){box.x - 6,
                           box.y + top + h * place_of(v, layer, f->cell[i]) / v->core->sheet.cells -
                               0.75,
                           6, 1.5},
                 WIN_MARK);
}

void win_cells_label(const win_view *v, cairo_t *cr, win_box box)
{
    const win_sheet *s = &v->core->sheet;
    win_plot p = win_plot_in(v, box);
    for (int n = 0; n < s->layers; n++) {
        double y = strip_top(&p, s->layers, n) / v->scale;
        double h = strip_top(&p, s->layers, n + 1) / v->scale - y;
        bool picked = v->core->cell >= 0 && s->cells > 0 && v->core->cell / s->cells == n;
        bool searched = v->core->on[WIN_FIND] && v->core->search.layer == n;
        char text[40];
        if (picked)
            snprintf(text, sizeof text, "%d, cell %d", n + 1, v->core->cell % s->cells + 1);
        else
            snprintf(text, sizeof text, "layer %d", n + 1);
        (picked || searched ? win_bold_text
                            : win_text)(cr,
                                        (win_box){box.x - WIN_GUTTER + WIN_GUTTER_EDGE, box.y + y,
                                                  WIN_GUTTER - WIN_GUTTER_EDGE - 8, h},
                                        1, WIN_SMALL_TEXT,
                                        picked     ? WIN_ACCENT
                                        : searched ? WIN_MARK
                                                   : WIN_QUIET,
                                        text);
    }
    if (s->layers > 0)
        label_found(v, cr, box, &p);
}

int win_cells_layer(const win_view *v, win_box box, double y)
{
    win_plot p = win_plot_in(v, box);
    return layer_at(&p, v->core->sheet.layers, (int)((y - box.y) * v->scale));
}

int win_cells_at(const win_view *v, win_box box, double x, double y)
{
    const win_sheet *s = &v->core->sheet;
    win_plot p = win_plot_in(v, box);
    int column = (int)((box.x + box.w - x) * v->scale) / p.column;
    int at = (int)((y - box.y) * v->scale), layer = layer_at(&p, s->layers, at);
    int top = strip_top(&p, s->layers, layer), rows = strip_top(&p, s->layers, layer + 1) - 3 - top;
    if (rows < 1) /* too low a strip for any */
        return -1;
    int row = at - top < rows ? at - top : rows - 1;
    const int8_t *cell = win_plot_inside(v, &p, column).cell;
    int found = cell ? strongest(cell + layer * s->cells, order_of(v, layer), s->cells, row, rows)
                     : cell_in(order_of(v, layer), row * s->cells / rows);
    return layer * s->cells + found;
}
