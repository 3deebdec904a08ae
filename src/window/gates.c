/* The gates of one layer (Karpathy, Johnson and Fei-Fei 2016, section 4.2): in time, how many of
 * each kind are shut and open, and beside that a dot for each, by how often it is. */
#include "plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    OFTEN = 600, /* points over which it is counted how often */
    ANEW = 30,   /* points after which it is counted again */
    SHUT = 12,   /* gates below are shut: 0.1 of 127 ... */
    OPEN = 114   /* ... and above open: 0.9 */
};

static const char *const names[LH_GATE_COUNT] = {"input", "forget", "output"};

int win_gates_layer(const win_view *v)
{
    const win_core *core = v->core;
    int layers = core->sheet.layers;
    if (layers == 0)
        return 0;
    return core->cell >= 0 ? core->cell / core->sheet.cells : core->gate_layer % layers;
}

static win_box band_of(win_box box, int gate)
{
    double h = (box.h + 4) / LH_GATE_COUNT;
    return (win_box){box.x, box.y + gate * h, box.w, h - 4};
}

void win_gates_plot(const win_view *v, win_box box)
{
    win_plot p = win_plot_in(v, box);
    int fresh = win_plot_move(v, &p), layer = win_gates_layer(v);
    for (int c = 0; c < fresh; c++) {
        const lh_saturation *s = win_plot_inside(v, &p, c).saturation;
        for (int g = 0; s && g < LH_GATE_COUNT; g++) {
            win_box band = band_of((win_box){0, 0, 0, p.h / v->scale}, g);
            int y0 = (int)(band.y * v->scale), y1 = (int)((band.y + band.h) * v->scale);
            int h = y1 - y0;
            /* Square roots: few gates show as well. */
            int open = (int)lroundf((float)h * sqrtf(s[layer].open[g]));
            int shut = (int)lroundf((float)h * sqrtf(s[layer].shut[g]));
            win_plot_fill(&p, c, y0, y1, 0xebe7deu);
            win_plot_fill(&p, c, y0, y0 + (shut < h ? shut : h), WIN_OTHER);
            win_plot_fill(&p, c, y1 - (open < h ? open : h), y1, WIN_ACCENT);
        }
    }
}

void win_gates_label(const win_view *v, cairo_t *cr, win_box box)
{
    char text[24];
    const double left = box.x - WIN_GUTTER + WIN_GUTTER_EDGE,
                 width = WIN_GUTTER - WIN_GUTTER_EDGE - 8;
    for (int g = 0; g < LH_GATE_COUNT; g++) {
        win_box band = band_of(box, g);
        double row = fmin(15, band.h);
        win_text(cr, (win_box){left, band.y, 34, row}, -1, 10, WIN_QUIET, "shut");
        if (band.h >= 24)
            win_text(cr, (win_box){left, band.y + band.h - row, 34, row}, -1, 10, WIN_QUIET,
                     "open");
        win_text(cr, (win_box){left, band.y + (band.h - row) / 2, width, row}, 1, WIN_SMALL_TEXT,
                 WIN_TEXT, names[g]);
    }
    snprintf(text, sizeof text, "layer %d", win_gates_layer(v) + 1);
    win_bold_text(cr, (win_box){left, box.y + box.h - 1, width, 14}, 1, 10.5, WIN_ACCENT, text);
}

/* ---- how often --------------------------------------------------------------------------------
 */

/* Counts for each gate of the layer how often it was shut and open in the points before the one
 * that the dock shows last: shares [2][LH_GATE_COUNT][cells]. */
static bool count(win_view *v, int layer)
{
    const win_sheet *s = &v->core->sheet;
    const size_t cells = (size_t)s->cells, all = LH_GATE_COUNT * cells;
    float *share = realloc(v->often, 2 * all * sizeof *share + 1);
    size_t points = 0;
    if (!share)
        return false;
    v->often = share;
    memset(share, 0, 2 * all * sizeof *share);
    for (size_t i = v->docked; i < s->points && points < OFTEN; i--, points++) {
        const int8_t *gate = win_sheet_inside(s, i).gate;
        if (!gate)
            break;
        gate += (size_t)layer * (LH_GATE_COUNT + 1) * cells;
        for (size_t k = 0; k < all; k++) {
            share[k] += gate[k] <= SHUT;
            share[all + k] += gate[k] >= OPEN;
        }
    }
    for (size_t k = 0; points > 0 && k < 2 * all; k++)
        share[k] /= (float)points;
    return points > 0;
}

static bool is_counted(const win_view *v, int layer)
{
    size_t far = v->docked > v->often_at ? v->docked - v->often_at : v->often_at - v->docked;
    return v->often && v->often_layer == layer && far < ANEW;
}

void win_gates_often(win_view *v, cairo_t *cr, win_box box)
{
    int layer = win_gates_layer(v);
    const win_sheet *s = &v->core->sheet;
    bool anew = v->plotted == SIZE_MAX || !is_counted(v, layer);
    if (!anew || s->cells == 0)
        return;
    bool counted = count(v, layer);
    v->often_layer = layer;
    v->often_at = v->docked;
    const size_t cells = (size_t)s->cells, all = LH_GATE_COUNT * cells;
    for (int g = 0; g < LH_GATE_COUNT; g++) {
        win_box b = band_of(box, g);
        win_fill(cr, b, WIN_PAPER);
        for (size_t k = 0; counted && k < cells; k++) {
            float shut = v->often[(size_t)g * cells + k],
                  open = v->often[all + (size_t)g * cells + k];
            win_fill(cr,
                     (win_box){b.x + 1 + (b.w - 4) * (double)open,
                               b.y + b.h - 3 - (b.h - 4) * (double)shut, 2, 2},
                     WIN_ACCENT);
        }
    }
    win_fill(cr, (win_box){box.x, box.y + box.h, box.w, 13}, WIN_BACK);
    win_text(cr, (win_box){box.x, box.y + box.h - 1, box.w, 14}, 0, 10, WIN_QUIET,
             "\u2191 shut  open \u2192");
}
