/* The soft window on the text, in time (Graves 2013, figure 13): time runs to the right, the text
 * down, and scrolls as the pen goes on. */
#include "plot.h"

#include <math.h>

/* Pixels of the interface for a letter, and the character at the top of the plot. */
static double letter_row(win_box box)
{
    return fmax(9, fmin(15, box.h / 11));
}

/* Where the pen was lately, so that the letters do not jump. */
static double recent_character(const win_view *v)
{
    enum { RECENT = 40 };
    double sum = 0, count = 0;
    for (size_t i = v->docked; i < v->core->sheet.points && count < RECENT; i--, count++)
        sum += v->core->sheet.character[i];
    return count > 0 ? sum / count : 0;
}

/* The point whose letter is marked: the moment that is held, else the last one of the plot. */
static size_t marked_point(const win_view *v)
{
    return win_moment_held(v->core) ? win_moment_point(v->core) : v->docked;
}

/* The letter of a moment that is held is in sight, with some before it. */
static double top_character(const win_view *v, win_box box)
{
    const double before = 0.34 * box.h / letter_row(box);
    double top = recent_character(v) - 0.66 * box.h / letter_row(box);
    return v->core->sheet.points > 0 ? fmin(top, v->core->sheet.character[marked_point(v)] - before)
                                     : top;
}

void win_attention_plot(const win_view *v, win_box box)
{
    enum { SHADES = 64 };
    uint32_t shade[SHADES + 1];
    for (int i = 0; i <= SHADES; i++)
        shade[i] = win_mix(WIN_PAPER, WIN_ACCENT, (double)i / SHADES);
    win_plot p = win_plot_in(v, box);
    double row = letter_row(box) * v->scale, top = top_character(v, box);
    for (int c = 0; c < win_plot_columns(&p); c++) {
        win_plot_fill(&p, c, 0, p.h, WIN_PAPER);
        const lh_window_view *view = win_plot_inside(v, &p, c).window;
        for (int i = 0; view && i < LH_WINDOW_SPAN; i++) {
            double y = (view->first + i - top) * row;
            int y0 = (int)fmax(0, floor(y)), y1 = (int)fmin(p.h, floor(y + row));
            int dark = (int)(SHADES * fminf(1, view->phi[i]));
            if (dark > 0 && y1 > y0)
                win_plot_fill(&p, c, y0, y1, shade[dark]);
        }
    }
}

/* The letter written for character `i`; a dot for a blank. */
static void read_letter(const win_plain *says, int i, char letter[5])
{
    uint32_t c = says->letter[i];
    lh_utf8_encode(c > ' ' ? c : 0xb7, letter);
}

void win_attention_label(const win_view *v, cairo_t *cr, win_box box)
{
    double row = letter_row(box), top = top_character(v, box);
    int here = v->core->sheet.points > 0 ? v->core->sheet.character[marked_point(v)] : -1;
    const win_plain *says = win_core_says(v->core);
    win_box gutter = {box.x - 24, box.y, 24, box.h};
    PangoLayout *layout[2] = {win_layout(cr, fmin(WIN_SMALL_TEXT, 1.05 * row), false),
                              win_layout(cr, fmin(WIN_SMALL_TEXT, 1.05 * row), true)};
    win_fill(cr, gutter, WIN_BACK);
    cairo_save(cr);
    cairo_rectangle(cr, gutter.x, gutter.y, gutter.w, gutter.h);
    cairo_clip(cr);
    for (int i = (int)floor(top); i < top + box.h / row; i++) {
        if (i < 0 || !says || (size_t)i >= says->count)
            continue;
        char letter[5];
        int w, h;
        PangoLayout *as = layout[i == here];
        read_letter(says, i, letter);
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
