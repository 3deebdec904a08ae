/* The picked cell's own curves: what it gives (h), what it remembers (tanh c), and its gates, each
 * in a row of its own. */
#include "plot.h"

#include <math.h>

enum { CURVES = 5 };
static const char *const names[CURVES] = {"gives h", "tanh c", "input", "forget", "output"};
/* The rows of win_inside.gate; h is in the cells. */
static const int rows[CURVES] = {-1, 3, LH_GATE_INPUT, LH_GATE_FORGET, LH_GATE_OUTPUT};

/* A curve's value at a column: -1 to 1; false: it is not kept. */
static bool value_at(const win_view *v, const win_plot *p, int column, int curve, float *value)
{
    const win_sheet *s = &v->core->sheet;
    const win_inside inside = win_plot_inside(v, p, column);
    int cell = v->core->cell, layer = cell / s->cells, place = cell % s->cells;
    if (rows[curve] < 0 ? !inside.cell : !inside.gate)
        return false;
    *value =
        (float)(rows[curve] < 0
                    ? inside.cell[cell]
                    : inside.gate[(layer * (LH_GATE_COUNT + 1) + rows[curve]) * s->cells + place]) /
        127;
    return true;
}

/* The height of a value in a curve's row, pixels from its top; gates go from 0 to 1. */
static int height_of(float value, int curve, int h)
{
    float share = curve < 2 ? (1 - value) / 2 : 1 - value;
    return (int)lroundf(fminf(1, fmaxf(0, share)) * (float)(h - 2));
}

static void plot_curve(const win_view *v, const win_plot *p, int column, int curve)
{
    int y0 = p->h * curve / CURVES, h = p->h * (curve + 1) / CURVES - y0 - 3;
    float value, before;
    win_plot_fill(p, column, y0, y0 + h, WIN_PAPER);
    win_plot_fill(p, column, y0 + height_of(0, curve, h), y0 + height_of(0, curve, h) + 1,
                  WIN_EDGE);
    if (h < 4 || !value_at(v, p, column, curve, &value))
        return;
    if (!value_at(v, p, column + 1, curve, &before))
        before = value;
    int a = height_of(value, curve, h), b = height_of(before, curve, h);
    win_plot_fill(p, column, y0 + (a < b ? a : b), y0 + (a < b ? b : a) + 2,
                  curve < 2 ? WIN_TEXT : WIN_ACCENT);
}

void win_curves_plot(const win_view *v, win_box box)
{
    win_plot p = win_plot_in(v, box);
    int fresh = win_plot_move(v, &p);
    for (int c = 0; c < fresh; c++) {
        win_plot_fill(&p, c, 0, p.h, WIN_BACK);
        for (int i = 0; i < CURVES && v->core->cell >= 0 && v->core->sheet.cells > 0; i++)
            plot_curve(v, &p, c, i);
    }
}

void win_curves_label(const win_view *v, cairo_t *cr, win_box box)
{
    const double readable = 9;
    win_box label = {box.x - WIN_GUTTER + WIN_GUTTER_EDGE, box.y, WIN_GUTTER - WIN_GUTTER_EDGE - 8,
                     box.h / CURVES - 3};
    (void)v;
    if (label.h < readable) { /* what they are, from above */
        label.h = box.h;
        win_text(cr, label, 1, WIN_SMALL_TEXT, WIN_QUIET, "h, c, i, f, o");
        return;
    }
    for (int i = 0; i < CURVES; i++, label.y = box.y + box.h * i / CURVES)
        win_text(cr, label, 1, fmin(WIN_SMALL_TEXT, label.h), WIN_QUIET, names[i]);
}
