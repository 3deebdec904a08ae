/* The panel on the right: sections of controls. What each is comes from the tables in controls.c;
 * this file lays them out and draws them. */
#include "base/extremes.h"
#include "view.h"

#include <math.h>
#include <stdio.h>

#define GAP (v->panel_tight ? 4.0 : 6.0)
#define BUTTON (v->panel_tight ? 25.0 : 27.0)
#define KNOB 6.5

static double pad(const win_view *v)
{
    return v->width < 900 ? 14 : 20;
}

static double slider_height(const win_view *v)
{
    return v->height < 720 || v->panel_tight ? 34 : v->height < 860 ? 36 : 40;
}

/* ---- where things lie ------------------------------------------------------------------------ */

static double value_height(const win_view *v, win_value which)
{
    switch (win_settings[which].look) {
    case WIN_SLIDER:
        return slider_height(v);
    case WIN_SEGMENTS:
        return BUTTON + 8;
    case WIN_SWATCHES:
        return 32;
    default:
        return fmin(win_hands_height(v), v->hands_most);
    }
}

/* Switches and buttons of a section, two or three to a row. */
static double place_deeds(win_view *v, win_section section, win_box at)
{
    int columns = section == WIN_OUT ? 3 : 2, count = 0;
    double width = (at.w - GAP * (columns - 1)) / columns;
    for (int i = 0; i < WIN_ACTIONS; i++) {
        const win_deed *deed = &win_deeds[i];
        if (deed->place != WIN_PANEL || deed->section != section)
            continue;
        int row = count / columns, column = count % columns;
        v->control_box[WIN_VALUES + i] =
            (win_box){at.x + column * (width + GAP), at.y + row * (BUTTON + GAP), width, BUTTON};
        count++;
    }
    return count > 0 ? (count + columns - 1) / columns * (BUTTON + GAP) : 0;
}

static double place_section(win_view *v, win_section section, double x, double y, double w)
{
    if (*win_section_names[section]) {
        y += v->panel_tight ? 3 : v->height < 720 ? 5 : v->height < 860 ? 6 : 11;
        v->heading_box[section] = (win_box){x, y, w, 20};
        y += v->panel_tight ? 21 : 23;
    }
    for (int i = 0; i < WIN_VALUES; i++)
        if (win_settings[i].section == section) {
            double h = value_height(v, (win_value)i);
            v->control_box[i] = (win_box){x, y, w, h};
            y += h;
        }
    return y + place_deeds(v, section, (win_box){x, y, w, 0});
}

/* Returns how high all sections are. */
static double place_sections(win_view *v, bool tight)
{
    win_box p = v->panel_box;
    double y = p.y + (tight ? 8 : 14);
    v->panel_tight = tight;
    for (int i = 0; i < WIN_VALUES; i++)
        v->control_box[i] = (win_box){0};
    for (int i = 0; i < WIN_SECTIONS; i++)
        y = place_section(v, (win_section)i, p.x + pad(v), y, p.w - 2 * pad(v));
    return y + 6 - p.y;
}

/* Where not all goes on the panel, things stand nearer to each other; then the list of hands is
 * lower. */
void win_panel_layout(win_view *v)
{
    win_box p = v->panel_box;
    v->hands_most = INFINITY;
    v->panel_height = place_sections(v, false);
    if (v->panel_height > p.h)
        v->panel_height = place_sections(v, true);
    if (v->panel_height > p.h) {
        double over = v->panel_height - p.h;
        v->hands_most = fmax(win_hands_least(v), win_hands_height(v) - over);
        v->panel_height = place_sections(v, true);
    }
    win_hands_scroll(v, 0); /* as far as that goes now */
    double most = fmax(0, v->panel_height - p.h);
    v->panel_scroll = fmin(most, fmax(0, v->panel_scroll));
}

bool win_panel_has(int control)
{
    return control < WIN_VALUES || win_deeds[control - WIN_VALUES].place == WIN_PANEL;
}

/* A control, and the frame around it when it has the focus. */
static win_box within(const win_view *v, int control)
{
    const double frame = 5;
    win_box b = v->control_box[control];
    return b.w > 0 ? (win_box){b.x - frame, b.y - frame, b.w + 2 * frame, b.h + 2 * frame}
                   : (win_box){0};
}

win_box win_panel_place(const win_view *v, int control)
{
    win_box b = within(v, control);
    b.y -= v->panel_scroll;
    return b;
}

int win_panel_at(const win_view *v, double x, double y)
{
    bool panel = win_box_holds(v->panel_box, x, y);
    for (int i = 0; i < WIN_CONTROLS; i++)
        if (win_panel_has(i) == panel &&
            win_box_holds(v->control_box[i], x, panel ? y + v->panel_scroll : y))
            return i;
    return WIN_FOCUS_TEXT;
}

/* Scrolls a control into sight. */
static void reveal(win_view *v, int control)
{
    if (control < 0 || !win_panel_has(control))
        return;
    win_box b = v->control_box[control], p = v->panel_box;
    lh_lower(&v->panel_scroll, b.y - p.y - 30);
    lh_raise(&v->panel_scroll, b.y + b.h + 10 - p.y - p.h);
    v->panel_scroll = fmax(0, fmin(v->panel_scroll, v->panel_height - p.h));
}

void win_view_focus(win_view *v, int focus)
{
    if (focus == v->focus)
        return;
    v->focus = focus;
    reveal(v, focus);
}

static int choices(const win_view *v, win_value which)
{
    const win_setting *s = &win_settings[which];
    return which == WIN_STYLE ? win_hands_count(v) : 1 + (int)((s->high - s->low) / s->step);
}

/* The place of choice `i` of a control that is no slider. */
static win_box choice_box(const win_view *v, win_value which, int i)
{
    win_box b = v->control_box[which];
    int count = choices(v, which);
    if (win_settings[which].look == WIN_STYLES)
        return win_hands_box(v, i);
    if (win_settings[which].look == WIN_SWATCHES)
        return (win_box){b.x + i * 27.0, b.y + 2, 27, 28};
    return (win_box){b.x + i * b.w / count, b.y + 2, b.w / count, BUTTON};
}

double win_panel_value(const win_view *v, win_value which, double x, double y)
{
    win_box box = v->control_box[which];
    const win_setting *s = &win_settings[which];
    if (s->look == WIN_SLIDER) {
        double share = (x - box.x - KNOB) / (box.w - 2 * KNOB);
        return s->low + fmin(1, fmax(0, share)) * (s->high - s->low);
    }
    for (int i = 0; i < choices(v, which) && win_box_holds(box, x, y + v->panel_scroll); i++)
        if (win_box_holds(choice_box(v, which, i), x, y + v->panel_scroll))
            return s->low + i * s->step;
    return v->core->value[which];
}

/* ---- drawing --------------------------------------------------------------------------------- */

void win_focus_draw(cairo_t *cr, win_box box)
{
    win_round(cr, (win_box){box.x - 2.5, box.y - 2.5, box.w + 5, box.h + 5}, 8);
    win_set_colour(cr, WIN_ACCENT, 0.9);
    cairo_set_line_width(cr, 1.5);
    cairo_stroke(cr);
}

static void draw_slider(const win_view *v, cairo_t *cr, win_value which)
{
    win_box box = v->control_box[which];
    const win_setting *s = &win_settings[which];
    char text[32];
    bool works = win_value_works(which, win_mode(v->core));
    uint32_t colour = works ? WIN_ACCENT : WIN_TRACK;
    win_value_text(which, v->core->value[which], text, sizeof text);
    win_box label = {box.x, box.y + 1, box.w, 18};
    win_text(cr, label, -1, WIN_BODY_TEXT, works ? WIN_TEXT : WIN_QUIET, s->name);
    win_text(cr, label, 1, WIN_BODY_TEXT, WIN_QUIET, works ? text : "not now");
    double left = box.x + KNOB, width = box.w - 2 * KNOB, y = box.y + 27;
    double knob = left + width * (v->core->value[which] - s->low) / (s->high - s->low);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cr, 3);
    win_set_colour(cr, WIN_TRACK, 1);
    cairo_move_to(cr, left, y);
    cairo_line_to(cr, left + width, y);
    cairo_stroke(cr);
    win_set_colour(cr, colour, 1);
    cairo_move_to(cr, left, y);
    cairo_line_to(cr, knob, y);
    cairo_stroke(cr);
    cairo_arc(cr, knob, y, KNOB, 0, 2 * M_PI);
    win_set_colour(cr, WIN_PAPER, 1);
    cairo_fill_preserve(cr);
    win_set_colour(cr, colour, 1);
    cairo_set_line_width(cr, 1.6);
    cairo_stroke(cr);
}

static void draw_segments(const win_view *v, cairo_t *cr, win_value which)
{
    win_box b = v->control_box[which];
    win_card(cr, (win_box){b.x, b.y + 2, b.w, BUTTON}, 7, 0xe9e5dcu, WIN_EDGE);
    for (int i = 0; i < choices(v, which); i++) {
        win_box box = choice_box(v, which, i);
        char text[32];
        win_value_text(which, win_settings[which].low + i, text, sizeof text);
        bool on = (int)v->core->value[which] == i;
        if (on)
            win_card(cr, (win_box){box.x + 2, box.y + 2, box.w - 4, box.h - 4}, 5, WIN_PAPER,
                     WIN_TRACK);
        (on ? win_bold_text : win_text)(cr, box, 0, 12.5, on ? WIN_ACCENT : WIN_TEXT, text);
    }
}

static void draw_swatches(const win_view *v, cairo_t *cr)
{
    for (int i = 0; i < choices(v, WIN_COLOUR); i++) {
        win_box box = choice_box(v, WIN_COLOUR, i);
        double x = box.x + 11, y = box.y + 14;
        if ((int)v->core->value[WIN_COLOUR] == i) {
            cairo_arc(cr, x, y, 10.5, 0, 2 * M_PI);
            win_set_colour(cr, WIN_ACCENT, 1);
            cairo_set_line_width(cr, 1.8);
            cairo_stroke(cr);
        }
        cairo_arc(cr, x, y, 7.5, 0, 2 * M_PI);
        win_set_colour(cr, win_ink_colour(i), 1);
        cairo_fill(cr);
    }
    win_box b = v->control_box[WIN_COLOUR];
    char text[32];
    win_value_text(WIN_COLOUR, v->core->value[WIN_COLOUR], text, sizeof text);
    win_box name = {b.x + 162, b.y + 6, b.w - 162, 20};
    if (win_text_width(cr, WIN_SMALL_TEXT, text) <= name.w)
        win_text(cr, name, 1, WIN_SMALL_TEXT, WIN_QUIET, text);
}

static void draw_value(const win_view *v, cairo_t *cr, win_value which)
{
    win_look look = win_settings[which].look;
    if (look == WIN_SLIDER)
        draw_slider(v, cr, which);
    else if (look == WIN_SEGMENTS)
        draw_segments(v, cr, which);
    else if (look == WIN_SWATCHES)
        draw_swatches(v, cr);
    else
        win_hands_draw(v, cr);
    win_box b = v->control_box[which];
    if (v->focus == (int)which)
        win_focus_draw(cr, (win_box){b.x - 3, b.y, b.w + 6, b.h - 2});
}

static void draw_deed(const win_view *v, cairo_t *cr, win_action which)
{
    win_box box = v->control_box[WIN_VALUES + which];
    const win_deed *deed = &win_deeds[which];
    bool works = win_deed_works(which, win_mode(v->core));
    bool on = works && deed->key_in_file && v->core->on[which];
    bool under = v->hover == WIN_VALUES + (int)which;
    if (works)
        win_card(cr, box, 6, on ? WIN_TINT : WIN_PAPER, on || under ? WIN_ACCENT : WIN_EDGE);
    else
        win_idle_card(cr, box, 6);
    if (deed->key_in_file &&
        works) { /* a mark beside the name, for those who do not see the tint */
        cairo_arc(cr, box.x + 12, box.y + box.h / 2, 3.5, 0, 2 * M_PI);
        win_set_colour(cr, on ? WIN_ACCENT : WIN_QUIET, 1);
        if (on)
            cairo_fill(cr);
        else
            cairo_stroke(cr);
        box.x += 21;
        box.w -= 25;
    }
    win_text(cr, box, deed->key_in_file && works ? -1 : 0, 12.5,
             on      ? WIN_ACCENT
             : works ? WIN_TEXT
                     : WIN_QUIET,
             deed->name);
    if (v->focus == WIN_VALUES + (int)which)
        win_focus_draw(cr, v->control_box[WIN_VALUES + which]);
}

static void draw_scrollbar(const win_view *v, cairo_t *cr)
{
    win_box p = v->panel_box;
    double share = p.h / v->panel_height;
    if (share >= 1)
        return;
    win_round(cr, (win_box){p.x + p.w - 6, p.y + 2 + v->panel_scroll * share, 4, p.h * share - 4},
              2);
    win_set_colour(cr, WIN_QUIET, 0.8);
    cairo_fill(cr);
}

void win_panel_draw(win_view *v, cairo_t *cr)
{
    win_box p = v->panel_box;
    win_fill(cr, p, WIN_BACK);
    win_hairline(cr, p.x + 0.5, p.y, p.x + 0.5, p.y + p.h);
    cairo_save(cr);
    cairo_translate(cr, 0, -v->panel_scroll);
    for (int i = 0; i < WIN_SECTIONS; i++)
        if (*win_section_names[i] && win_is_asked_for(cr, v->heading_box[i]))
            win_bold_text(cr, v->heading_box[i], -1, WIN_SMALL_TEXT, WIN_QUIET,
                          win_section_names[i]);
    for (int i = 0; i < WIN_VALUES; i++)
        if (win_is_asked_for(cr, within(v, i)))
            draw_value(v, cr, (win_value)i);
    for (int i = 0; i < WIN_ACTIONS; i++)
        if (win_deeds[i].place == WIN_PANEL && win_is_asked_for(cr, within(v, WIN_VALUES + i)))
            draw_deed(v, cr, (win_action)i);
    cairo_restore(cr);
    draw_scrollbar(v, cr);
}
