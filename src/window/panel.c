/* The panel of controls on the right, and the list of keys. */
#include "app.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define PAD 16.0
#define ROW 42.0 /* of a value */
#define BUTTON 28.0
#define GAP 6.0
#define SLIDER_Y 29.0 /* in its row */
#define SMALL 12.0
#define TEXT 13.0

static win_box value_box(const win_app *app, win_value which)
{
    win_box p = app->panel_box;
    return (win_box){p.x + PAD, p.y + 10 + ROW * which, p.w - 2 * PAD, ROW};
}

/* Buttons share their row evenly. */
static win_box button_box(const win_app *app, win_action which)
{
    int count = 0, at = 0;
    for (int i = 0; i < WIN_ACTIONS; i++)
        if (win_deeds[i].name && win_deeds[i].row == win_deeds[which].row) {
            at = i == (int)which ? count : at;
            count++;
        }
    win_box p = app->panel_box;
    double width = (p.w - 2 * PAD - GAP * (count - 1)) / count;
    double y = p.y + 18 + ROW * WIN_VALUES + (BUTTON + GAP) * win_deeds[which].row;
    return (win_box){p.x + PAD + at * (width + GAP), y, width, BUTTON};
}

int win_panel_at(const win_app *app, double x, double y)
{
    for (int i = 0; i < WIN_VALUES; i++)
        if (win_box_holds(value_box(app, (win_value)i), x, y))
            return i;
    for (int i = 0; i < WIN_ACTIONS; i++)
        if (win_deeds[i].name && win_box_holds(button_box(app, (win_action)i), x, y))
            return WIN_VALUES + i;
    return WIN_FOCUS_TEXT;
}

double win_panel_value(const win_app *app, win_value which, double x)
{
    win_box box = value_box(app, which);
    const win_setting *s = &win_settings[which];
    double share = (x - box.x - 6) / (box.w - 12);
    return s->low + fmin(1, fmax(0, share)) * (s->high - s->low);
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void draw_focus(cairo_t *cr, win_box box)
{
    win_round(cr, (win_box){box.x - 2.5, box.y - 2.5, box.w + 5, box.h + 5}, 7);
    win_set_colour(cr, WIN_ACCENT, 0.9);
    cairo_set_line_width(cr, 1.5);
    cairo_stroke(cr);
}

static void draw_value(const win_app *app, cairo_t *cr, win_value which)
{
    win_box box = value_box(app, which);
    const win_setting *s = &win_settings[which];
    char text[32];
    win_value_text(which, app->value[which], text, sizeof text);
    win_box label = {box.x, box.y + 4, box.w, 18};
    win_text(cr, label, -1, TEXT, WIN_QUIET, s->name);
    win_text(cr, label, 1, TEXT, WIN_TEXT, text);

    double left = box.x + 6, width = box.w - 12, y = box.y + SLIDER_Y;
    double knob = left + width * (app->value[which] - s->low) / (s->high - s->low);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cr, 3);
    win_set_colour(cr, WIN_EDGE, 1);
    cairo_move_to(cr, left, y);
    cairo_line_to(cr, left + width, y);
    cairo_stroke(cr);
    win_set_colour(cr, WIN_ACCENT, 1);
    cairo_move_to(cr, left, y);
    cairo_line_to(cr, knob, y);
    cairo_stroke(cr);
    cairo_arc(cr, knob, y, 6, 0, 2 * M_PI);
    win_set_colour(cr, which == WIN_COLOUR ? win_ink_colour(app->value[which]) : WIN_PAPER, 1);
    cairo_fill_preserve(cr);
    win_set_colour(cr, WIN_ACCENT, 1);
    cairo_set_line_width(cr, 1.5);
    cairo_stroke(cr);
    if (app->focus == (int)which)
        draw_focus(cr, (win_box){box.x - 4, box.y + 3, box.w + 8, box.h - 5});
}

static bool is_on(const win_app *app, win_action which)
{
    return (which == WIN_PAUSE && app->paused) || (which == WIN_LIFTS && app->lifts) ||
           (which == WIN_HELP && app->help);
}

static void draw_button(const win_app *app, cairo_t *cr, win_action which)
{
    win_box box = button_box(app, which);
    bool on = is_on(app, which);
    win_round(cr, (win_box){box.x + 0.5, box.y + 0.5, box.w - 1, box.h - 1}, 5);
    win_set_colour(cr, on ? WIN_TINT : WIN_PAPER, 1);
    cairo_fill_preserve(cr);
    win_set_colour(cr, on ? WIN_ACCENT : WIN_EDGE, 1);
    cairo_set_line_width(cr, 1);
    cairo_stroke(cr);
    const char *name = which == WIN_PAUSE && app->paused ? "Go on" : win_deeds[which].name;
    win_text(cr, box, 0, SMALL, on ? WIN_ACCENT : WIN_TEXT, name);
    if (app->focus == WIN_VALUES + (int)which)
        draw_focus(cr, box);
}

void win_panel_draw(const win_app *app, cairo_t *cr)
{
    win_box p = app->panel_box;
    win_fill(cr, p, WIN_BACK);
    win_hairline(cr, p.x + 0.5, p.y, p.x + 0.5, p.y + p.h);
    for (int i = 0; i < WIN_VALUES; i++)
        draw_value(app, cr, (win_value)i);
    for (int i = 0; i < WIN_ACTIONS; i++)
        if (win_deeds[i].name)
            draw_button(app, cr, (win_action)i);
}

/* ---- the list of keys ------------------------------------------------------------------------ */

static const char *const other_keys[][2] = {
    {"Tab", "go through the controls"},
    {"\u2190 \u2192 Home", "on a control: less, more, as it was"},
    {"Ctrl Z, Ctrl Y", "undo and redo typing"},
    {"Ctrl A C X V", "select all, copy, cut, paste"},
    {"wheel, Pg\u2191 Pg\u2193", "scroll the paper"},
    {"Esc", "back to the text; close this list"},
};

void win_help_draw(const win_app *app, cairo_t *cr)
{
    enum { OTHERS = sizeof other_keys / sizeof *other_keys };
    double row = 21, width = fmin(400, app->paper_box.w - 24);
    double height = row * (WIN_ACTIONS + OTHERS) + 24;
    row = fmin(row, (app->paper_box.h - 30) / (WIN_ACTIONS + OTHERS));
    height = row * (WIN_ACTIONS + OTHERS) + 24;
    win_box card = {floor(app->paper_box.x + (app->paper_box.w - width) / 2),
                    floor(app->paper_box.y + (app->paper_box.h - height) / 2), width, height};
    win_round(cr, card, 8);
    win_set_colour(cr, 0xffffffu, 0.97);
    cairo_fill_preserve(cr);
    win_set_colour(cr, WIN_EDGE, 1);
    cairo_set_line_width(cr, 1);
    cairo_stroke(cr);
    double size = fmin(TEXT, row * 0.68), y = card.y + 12;
    for (int i = 0; i < WIN_ACTIONS + OTHERS; i++, y += row) {
        bool deed = i < WIN_ACTIONS;
        const char *keys = deed ? win_deeds[i].keys : other_keys[i - WIN_ACTIONS][0];
        const char *help = deed ? win_deeds[i].help : other_keys[i - WIN_ACTIONS][1];
        win_text(cr, (win_box){card.x + 16, y, 116, row}, -1, size, WIN_ACCENT, keys);
        win_text(cr, (win_box){card.x + 136, y, width - 150, row}, -1, size, WIN_TEXT, help);
    }
}
