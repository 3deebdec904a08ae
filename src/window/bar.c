/* The bar under the paper: what one does with the pen, as on a player, and how far it has come. */
#include "view.h"

#include <math.h>

#define HEIGHT 30.0
#define MARGIN 12.0
#define ICON 22.0

static bool is_shown(const win_view *v, win_action which)
{
    if (win_deeds[which].place != WIN_BAR)
        return false;
    if (win_mode(v->core) == WIN_MODE_DRAW)
        return which == WIN_UNDO || which == WIN_REDO || which == WIN_CLEAR || which == WIN_KEEP ||
               which == WIN_GHOST || which == WIN_TOUR || which == WIN_HELP;
    return which != WIN_UNDO && which != WIN_REDO && which != WIN_KEEP && which != WIN_GHOST;
}

void win_bar_layout(win_view *v)
{
    static const double widths[WIN_ACTIONS] = {
        [WIN_PAUSE] = 86,   [WIN_STEP] = 72,  [WIN_REPLAY] = 84, [WIN_ANEW] = 100,
        [WIN_COMPARE] = 98, [WIN_UNDO] = 76,  [WIN_REDO] = 76,   [WIN_CLEAR] = 76,
        [WIN_KEEP] = 112,   [WIN_GHOST] = 80, [WIN_TOUR] = 68,   [WIN_HELP] = 70};
    win_box b = v->bar_box;
    bool narrow = b.w < 620;
    double x = b.x + MARGIN, y = b.y + (b.h - HEIGHT) / 2;
    for (int i = 0; i < WIN_ACTIONS; i++) {
        if (win_deeds[i].place == WIN_BAR)
            v->control_box[WIN_VALUES + i] = (win_box){0};
        if (!is_shown(v, (win_action)i))
            continue;
        double w = narrow && i != WIN_KEEP ? 42 : widths[i];
        if (i == WIN_TOUR) /* from here on at the right */
            x = b.x + b.w - MARGIN - w - 6 - (narrow ? 42 : widths[WIN_HELP]);
        v->control_box[WIN_VALUES + i] = (win_box){x, y, w, HEIGHT};
        x += w + 6;
    }
}

/* ---- icons, drawn about (0, 0), 12 pixels across ----------------------------------------------
 */

static void triangle(cairo_t *cr, double x)
{
    cairo_move_to(cr, x - 4, -5.5);
    cairo_line_to(cr, x + 5, 0);
    cairo_line_to(cr, x - 4, 5.5);
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void arrow_round(cairo_t *cr)
{
    cairo_arc(cr, 0, 0.5, 5, -0.9, 4.2);
    cairo_stroke(cr);
    cairo_move_to(cr, -6.2, -4.6);
    cairo_line_to(cr, 0.4, -4.9);
    cairo_line_to(cr, -2.9, 0.4);
    cairo_close_path(cr);
    cairo_fill(cr);
}

/* Back along a bow (way 1), or forth (way -1). */
static void arrow_back(cairo_t *cr, double way)
{
    cairo_scale(cr, way, 1);
    cairo_move_to(cr, 3.5, 5.2);
    cairo_curve_to(cr, 8, 3, 6.5, -2.2, 1.5, -2.2);
    cairo_line_to(cr, -2.5, -2.2);
    cairo_stroke(cr);
    cairo_move_to(cr, -6.5, -2.2);
    cairo_line_to(cr, -1.5, -6.2);
    cairo_line_to(cr, -1.5, 1.8);
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void draw_icon(const win_view *v, cairo_t *cr, win_action which)
{
    cairo_set_line_width(cr, 1.7);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    if (which == WIN_PAUSE && v->core->on[WIN_PAUSE]) {
        triangle(cr, 0);
    } else if (which == WIN_PAUSE) {
        cairo_rectangle(cr, -4.5, -5.5, 3.2, 11);
        cairo_rectangle(cr, 1.3, -5.5, 3.2, 11);
        cairo_fill(cr);
    } else if (which == WIN_STEP) {
        triangle(cr, -1.5);
        cairo_rectangle(cr, 4.2, -5.5, 2, 11);
        cairo_fill(cr);
    } else if (which == WIN_REPLAY) {
        arrow_round(cr);
    } else if (which == WIN_ANEW) {
        for (int i = 0; i < 4; i++) {
            cairo_arc(cr, i % 2 ? 2.4 : -2.4, i / 2 ? 2.4 : -2.4, 1.2, 0, 2 * M_PI);
            cairo_fill(cr);
        }
        win_round(cr, (win_box){-5.6, -5.6, 11.2, 11.2}, 2.6);
        cairo_stroke(cr);
    } else if (which == WIN_TOUR) { /* a signpost */
        cairo_move_to(cr, -3.5, 6);
        cairo_line_to(cr, -3.5, -6);
        cairo_stroke(cr);
        cairo_move_to(cr, -3.5, -5.5);
        cairo_line_to(cr, 6, -2);
        cairo_line_to(cr, -3.5, 1.5);
        cairo_fill(cr);
    } else if (which == WIN_COMPARE) {
        for (int i = 0; i < 4; i++) {
            cairo_move_to(cr, -5.5, -5.2 + 3.5 * i);
            cairo_line_to(cr, i % 2 ? 5.5 : 3, -5.2 + 3.5 * i);
        }
        cairo_stroke(cr);
    } else if (which == WIN_UNDO || which == WIN_REDO) {
        arrow_back(cr, which == WIN_UNDO ? 1 : -1);
    } else if (which == WIN_CLEAR) {
        cairo_move_to(cr, -4.5, -4.5);
        cairo_line_to(cr, 4.5, 4.5);
        cairo_move_to(cr, 4.5, -4.5);
        cairo_line_to(cr, -4.5, 4.5);
        cairo_stroke(cr);
    } else if (which == WIN_GHOST) { /* a line with a faint letter on it */
        cairo_move_to(cr, -6, 5);
        cairo_line_to(cr, 6, 5);
        cairo_stroke(cr);
        cairo_set_line_width(cr, 1);
        cairo_arc(cr, -0.5, 0.5, 3.6, 0, 2 * M_PI);
        cairo_move_to(cr, 3.1, -4);
        cairo_line_to(cr, 3.1, 4);
        cairo_stroke(cr);
    } else if (which == WIN_KEEP) {
        cairo_move_to(cr, -5, 0.5);
        cairo_line_to(cr, -1.5, 4.2);
        cairo_line_to(cr, 5, -4);
        cairo_stroke(cr);
    } else {
        win_bold_text(cr, (win_box){-8, -10, 16, 20}, 0, 15, WIN_TEXT, "?");
    }
}

/* Is there something to do for it? */
static bool is_of_use(const win_view *v, win_action which)
{
    return (which != WIN_UNDO && which != WIN_REDO) || win_undo_can(v->core, which == WIN_REDO);
}

static void draw_button(const win_view *v, cairo_t *cr, win_action which)
{
    win_box b = v->control_box[WIN_VALUES + which];
    bool on = v->core->on[which], under = v->hover == WIN_VALUES + (int)which;
    if (is_of_use(v, which))
        win_card(cr, b, 7, on ? WIN_TINT : WIN_PAPER, on || under ? WIN_ACCENT : WIN_EDGE);
    else
        win_idle_card(cr, b, 7);
    bool named = b.w > 50;
    cairo_save(cr);
    cairo_translate(cr, named ? b.x + 18 : b.x + b.w / 2, b.y + b.h / 2);
    uint32_t colour = on ? WIN_ACCENT : is_of_use(v, which) ? WIN_TEXT : WIN_QUIET;
    win_set_colour(cr, colour, 1);
    draw_icon(v, cr, which);
    cairo_restore(cr);
    const char *name = which == WIN_PAUSE && on ? "Go on" : win_deeds[which].name;
    if (named)
        win_text(cr, (win_box){b.x + ICON + 9, b.y, b.w - ICON - 12, b.h}, -1, 12.5, colour, name);
    if (v->focus == WIN_VALUES + (int)which)
        win_focus_draw(cr, b);
}

/* How much of the text is on the paper, a line along the top. Of writing without a text nobody
 * knows how much there will be. */
static void draw_progress(const win_view *v, cairo_t *cr)
{
    win_box b = v->bar_box;
    double share = win_core_progress(v->core);
    if (share < 1)
        win_fill(cr, (win_box){b.x, b.y, b.w * share, 2}, WIN_ACCENT);
}

#define LEAST_HINT 60.0 /* pixels: less has room for no word */

/* What the control in focus does; of those under the mouse tips tell. */
static void hint_text(const win_view *v, char *text, size_t size)
{
    int control = v->focus;
    *text = '\0';
    if (control == WIN_FOCUS_TIME) {
        snprintf(text, size,
                 "\u2190 \u2192 a point, \u2191 \u2193 ten; Space plays from there; Esc: the text");
    } else if (control >= WIN_VALUES) {
        const win_deed *deed = &win_deeds[control - WIN_VALUES];
        snprintf(text, size, "%s \u2013 %s", deed->help, deed->keys);
    } else if (control >= 0) {
        const win_setting *s = &win_settings[control];
        char value[32];
        win_value_text((win_value)control, v->core->value[control], value, sizeof value);
        snprintf(text, size, "%s: %s%s%s", s->name, value, s->keys ? " \u2013 " : "",
                 s->keys ? s->keys : "");
    }
}

static void draw_hint(const win_view *v, cairo_t *cr)
{
    win_box keys = v->control_box[WIN_VALUES + WIN_TOUR];
    win_box last =
        v->control_box[WIN_VALUES + (win_mode(v->core) == WIN_MODE_DRAW ? WIN_GHOST : WIN_CLEAR)];
    char text[160];
    hint_text(v, text, sizeof text);
    double x = last.x + last.w + 14;
    if (!*text || keys.x - x - 12 < LEAST_HINT)
        return;
    win_box room = {x, v->bar_box.y, keys.x - x - 12, v->bar_box.h};
    double high = win_paragraph_height(cr, room.w, WIN_SMALL_TEXT, false, text);
    if (win_text_width(cr, 12.5, text) <= room.w || high > room.h - 4) {
        win_text(cr, room, -1, 12.5, WIN_QUIET, text);
        return;
    }
    room.y += floor((room.h - high) / 2); /* in two rows */
    win_paragraph(cr, room, WIN_SMALL_TEXT, false, WIN_QUIET, text);
}

win_box win_bar_top(const win_view *v)
{
    return (win_box){v->bar_box.x, v->bar_box.y, v->bar_box.w, 3};
}

void win_bar_draw_top(win_view *v, cairo_t *cr)
{
    win_fill(cr, win_bar_top(v), WIN_BACK);
    win_hairline(cr, v->bar_box.x, v->bar_box.y + 0.5, v->bar_box.x + v->bar_box.w,
                 v->bar_box.y + 0.5);
    draw_progress(v, cr);
}

void win_bar_draw(win_view *v, cairo_t *cr)
{
    win_fill(cr, v->bar_box, WIN_BACK);
    win_bar_draw_top(v, cr);
    for (int i = 0; i < WIN_ACTIONS; i++)
        if (is_shown(v, (win_action)i))
            draw_button(v, cr, (win_action)i);
    draw_hint(v, cr);
}
