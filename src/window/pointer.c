/* What mouse and fingers do: with controls, with the text, and as a pen on the paper. */
#include "events.h"

#include <math.h>

enum { HELD_NOTHING = -1, HELD_TEXT = -2, HELD_PAPER = -3, HELD_INK = -4 }; /* win_app.held */

/* ---- a pen ----------------------------------------------------------------------------------- */

/* A pen on the paper at a place of the window; `how` 0: put down, 1: moved, 2: lifted. */
static void draw_at(win_app *app, int how, double x, double y, double time, float pressure)
{
    double unit = win_paper_unit(app);
    float u = (float)((x - app->paper_box.x) / unit), v = (float)((y - app->paper_box.y) / unit);
    win_freehand *d = &app->drawing;
    bool kept = true;
    if (how == 0) {
        kept = win_freehand_press(d, u, v, time, pressure);
        app->caption.typing = false; /* what was typed before is undone on its own */
        app->stale |= WIN_STALE_BAR; /* there is something to undo */
    } else if (how == 1 && d->down) {
        kept = win_freehand_move(d, u, v, time, pressure);
    }
    bool lifted = how == 2 && d->down;
    if (lifted)
        win_freehand_release(d);
    if (lifted || (d->down && win_freehand_ask(d, time)))
        win_app_order(app);
    if (!kept)
        win_app_say(app, true, "There is no memory left for more ink.");
    app->stale |= WIN_STALE_PAPER;
}

void win_pointer_finger(win_app *app, const SDL_TouchFingerEvent *event)
{
    double x = (double)event->x * app->width, y = (double)event->y * app->height;
    int how = event->type == SDL_FINGERDOWN ? 0 : event->type == SDL_FINGERMOTION ? 1 : 2;
    bool other = app->touched && event->fingerId != app->finger; /* the palm, say */
    if (other || (how != 0 && !app->touched))
        return;
    if (how == 0 && (win_mode(app) != WIN_MODE_DRAW || app->on[WIN_HELP] ||
                     !win_box_holds(app->paper_box, x, y)))
        return;
    app->touched = how != 2;
    app->finger = event->fingerId;
    float pressure = event->pressure > 0 && event->pressure < 1 ? event->pressure : 0.5f;
    draw_at(app, how, x, y, event->timestamp / 1000.0, pressure);
}

/* ---- mouse ----------------------------------------------------------------------------------- */

static void press_control(win_app *app, int at, double x, double y, int clicks)
{
    if (at >= WIN_VALUES) {
        win_app_do(app, (win_action)(at - WIN_VALUES));
        return;
    }
    win_value which = (win_value)at;
    app->held = win_settings[which].look == WIN_SLIDER ? at : HELD_NOTHING;
    if (clicks > 1) {
        app->held = HELD_NOTHING;
        win_app_set(app, which, win_settings[which].start);
    } else {
        win_app_set(app, which, win_panel_value(app, which, x, y));
    }
}

static void press_text(win_app *app, double x, double y, int clicks)
{
    win_app_end_composing(app);
    if (!SDL_IsTextInputActive()) /* brings a keyboard that is on the screen */
        SDL_StartTextInput();
    size_t byte = win_field_byte(app, x, y);
    if (clicks > 2)
        win_editor_select_all(app->editor);
    else if (clicks > 1)
        win_editor_select_word(app->editor, byte);
    else
        win_editor_place(app->editor, byte, app->modifiers & KMOD_SHIFT);
    app->held = clicks > 1 ? HELD_NOTHING : HELD_TEXT;
    win_text_touched(app, false);
}

void win_pointer_press(win_app *app, const SDL_MouseButtonEvent *event)
{
    double x = event->x / app->zoom, y = event->y / app->zoom;
    int at = win_panel_at(app, x, y), cell = win_dock_cell(app, x, y);
    win_focus_set(app, WIN_FOCUS_TEXT); /* who clicks goes on to type */
    if (app->on[WIN_HELP]) {
        win_app_do(app, WIN_HELP);
    } else if (at != WIN_FOCUS_TEXT) {
        press_control(app, at, x, y, event->clicks);
    } else if (cell >= 0) {
        win_app_pick(app, cell);
    } else if (app->on[WIN_FIND] && win_dock_layer(app, x, y) >= 0) {
        win_marking_layer(app, win_dock_layer(app, x, y) - app->search.layer);
    } else if (win_box_holds(app->field_box, x, y)) {
        press_text(app, x, y, event->clicks);
    } else if (win_mode(app) == WIN_MODE_DRAW && event->which != SDL_TOUCH_MOUSEID &&
               win_box_holds(app->paper_box, x, y)) {
        app->held = HELD_PAPER;
        draw_at(app, 0, x, y, event->timestamp / 1000.0, 0.5f);
    } else if (win_mode(app) != WIN_MODE_DRAW && app->on[WIN_FIND] &&
               win_box_holds(app->paper_box, x, y)) {
        app->held = win_marking_press(app, x, y) ? HELD_INK : HELD_NOTHING;
    }
}

/* What is drawn again when the mouse comes to a control or leaves it: the panel takes long. */
static unsigned stale_of(int control)
{
    if (control == WIN_FOCUS_TEXT)
        return 0;
    bool bar = control >= WIN_VALUES && win_deeds[control - WIN_VALUES].place == WIN_BAR;
    return bar ? WIN_STALE_BAR : WIN_STALE_PANEL;
}

void win_pointer_move(win_app *app, const SDL_MouseMotionEvent *event)
{
    double x = event->x / app->zoom, y = event->y / app->zoom;
    int hover = win_panel_at(app, x, y);
    if (hover != app->hover)
        app->stale |= stale_of(hover) | stale_of(app->hover);
    if (win_dock_hint(app, x, y) != win_dock_hint(app, app->mouse_x, app->mouse_y))
        app->stale |= WIN_STALE_BAR;
    app->mouse_x = x;
    app->mouse_y = y;
    app->hover = hover;
    if (app->held >= 0) {
        win_app_set(app, (win_value)app->held, win_panel_value(app, (win_value)app->held, x, y));
    } else if (app->held == HELD_TEXT) {
        win_editor_place(app->editor, win_field_byte(app, x, y), true);
        win_text_touched(app, false);
    } else if (app->held == HELD_INK) {
        win_marking_drag(app, x, y);
    } else if (app->held == HELD_PAPER) {
        draw_at(app, 1, x, y, event->timestamp / 1000.0, 0.5f);
    }
}

void win_pointer_release(win_app *app, const SDL_MouseButtonEvent *event)
{
    if (app->held == HELD_PAPER)
        draw_at(app, 2, event->x / app->zoom, event->y / app->zoom, event->timestamp / 1000.0,
                0.5f);
    app->held = HELD_NOTHING;
}

void win_pointer_wheel(win_app *app, const SDL_MouseWheelEvent *event)
{
    int way = event->direction == SDL_MOUSEWHEEL_FLIPPED ? -event->y : event->y;
    bool panel = win_box_holds(app->panel_box, app->mouse_x, app->mouse_y);
    if (!panel && app->on[WIN_HELP])
        win_help_turn(app, way < 0 ? 1 : -1);
    else if (!panel)
        win_scroll_by(app, -48.0 * way);
    if (!panel)
        return;
    double most = fmax(0, app->panel_height - app->panel_box.h);
    app->panel_scroll = fmin(most, fmax(0, app->panel_scroll - 36.0 * way));
    app->stale |= WIN_STALE_PANEL;
}
