/* What the user does: keys, text, mouse. */
#include "app.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HELD_NOTHING = -1, HELD_TEXT = -2, HELD_PAPER = -3, HELD_INK = -4 };

static void set_focus(win_app *app, int focus)
{
    if (focus == app->focus)
        return;
    app->focus = focus;
    win_panel_reveal(app, focus);
    app->stale |= WIN_STALE_FIELD | WIN_STALE_PANEL;
    *app->composing = '\0';
    if (focus == WIN_FOCUS_TEXT)
        SDL_StartTextInput();
    else
        SDL_StopTextInput();
}

static void scroll_by(win_app *app, double pixels)
{
    double most = fmax(0, win_sheet_height(&app->sheet) - app->paper_box.h) * app->scale;
    if (app->sheet.points == 0 || win_mode(app) == WIN_MODE_DRAW)
        most = 0;
    app->follow = false;
    app->scroll_goal = (int)fmin(most, fmax(0, app->scroll_goal + pixels * app->scale));
}

/* ---- the text -------------------------------------------------------------------------------- */

static void touch_text(win_app *app, bool changed)
{
    app->last_input = app->time;
    app->stale |= WIN_STALE_FIELD;
    if (changed)
        win_app_text_changed(app);
}

static void copy_selection(win_app *app, bool cut)
{
    char *text = win_editor_selection(app->editor);
    if (!text)
        return;
    SDL_SetClipboardText(text);
    free(text);
    touch_text(app, cut && win_editor_erase(app->editor, 1, false));
}

static void paste(win_app *app)
{
    char *text = SDL_GetClipboardText();
    touch_text(app, text && win_editor_insert(app->editor, text, false));
    SDL_free(text);
}

/* What an input method is composing; as with letters typed, it takes the place of a selection. */
static void compose(win_app *app, const char *text)
{
    win_editor *e = app->editor;
    if (app->focus != WIN_FOCUS_TEXT)
        return;
    snprintf(app->composing, sizeof app->composing, "%s", text);
    touch_text(app, *text && e->caret != e->anchor && win_editor_erase(e, 1, false));
}

/* The input method is to begin anew, as the caret goes elsewhere. */
static void end_composing(win_app *app)
{
    if (!*app->composing)
        return;
    *app->composing = '\0';
    SDL_StopTextInput();
    SDL_StartTextInput();
}

/* Control with a letter, in the text; returns whether it meant something. */
static bool text_control(win_app *app, SDL_Keycode key, bool shift)
{
    win_editor *e = app->editor;
    switch (key) {
    case SDLK_a:
        win_editor_select_all(e);
        touch_text(app, false);
        return true;
    case SDLK_c:
    case SDLK_x:
        copy_selection(app, key == SDLK_x);
        return true;
    case SDLK_v:
        paste(app);
        return true;
    case SDLK_z:
        touch_text(app, shift ? win_editor_redo(e) : win_editor_undo(e));
        return true;
    case SDLK_y:
        touch_text(app, win_editor_redo(e));
        return true;
    default:
        return false;
    }
}

static void text_key(win_app *app, SDL_Keycode key, bool control, bool shift)
{
    win_editor *e = app->editor;
    bool changed = false;
    switch (key) {
    case SDLK_LEFT:
        win_editor_step(e, -1, control, shift);
        break;
    case SDLK_RIGHT:
        win_editor_step(e, 1, control, shift);
        break;
    case SDLK_UP:
        win_editor_place(e, win_field_row(app, -1), shift);
        break;
    case SDLK_DOWN:
        win_editor_place(e, win_field_row(app, 1), shift);
        break;
    case SDLK_HOME:
        win_editor_place(e, control ? 0 : win_field_edge(app, -1), shift);
        break;
    case SDLK_END:
        win_editor_place(e, control ? strlen(e->text) : win_field_edge(app, 1), shift);
        break;
    case SDLK_BACKSPACE:
        changed = win_editor_erase(e, -1, control);
        break;
    case SDLK_DELETE:
        changed = win_editor_erase(e, 1, control);
        break;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        changed = win_editor_insert(e, "\n", true);
        break;
    default:
        return;
    }
    touch_text(app, changed);
}

/* ---- keys ------------------------------------------------------------------------------------ */

static void step_focus(win_app *app, int way)
{
    int focus = app->focus;
    do {
        focus += way;
        if (focus >= WIN_CONTROLS)
            focus = WIN_FOCUS_TEXT;
        if (focus < WIN_FOCUS_TEXT)
            focus = WIN_CONTROLS - 1;
    } while (focus >= 0 && app->control_box[focus].w == 0);
    set_focus(app, focus);
}

static void value_key(win_app *app, win_value which, SDL_Keycode key)
{
    const win_setting *s = &win_settings[which];
    double value = app->value[which];
    switch (key) {
    case SDLK_LEFT:
    case SDLK_DOWN:
        win_app_set(app, which, value - s->step);
        break;
    case SDLK_RIGHT:
    case SDLK_UP:
        win_app_set(app, which, value + s->step);
        break;
    case SDLK_HOME:
        win_app_set(app, which, s->start);
        break;
    default:
        break;
    }
}

/* Another cell, or none, when the focus is on the cells. */
static void cell_key(win_app *app, SDL_Keycode key)
{
    int cells = app->sheet.layers * app->sheet.cells;
    int way = key == SDLK_DOWN || key == SDLK_RIGHT ? 1
              : key == SDLK_UP || key == SDLK_LEFT  ? -1
                                                    : 0;
    int next = key == SDLK_HOME ? -1 : app->cell + way;
    if (next != app->cell && next >= -1 && next < cells)
        win_app_pick(app, next);
}

/* What is marked, when the focus is on the search. */
static void find_key(win_app *app, SDL_Keycode key, bool shift)
{
    if (key == SDLK_LEFT || key == SDLK_RIGHT)
        win_marking_step(app, key == SDLK_LEFT ? -1 : 1, shift);
    else if (key == SDLK_UP || key == SDLK_DOWN)
        win_marking_layer(app, key == SDLK_UP ? -1 : 1);
    else if (key == SDLK_HOME)
        win_marking_step(app, 0, false);
}

static void control_key(win_app *app, SDL_Keycode key, bool shift)
{
    if (app->focus < WIN_VALUES)
        value_key(app, (win_value)app->focus, key);
    else if (key == SDLK_SPACE || key == SDLK_RETURN)
        win_app_do(app, (win_action)(app->focus - WIN_VALUES));
    else if (app->focus == WIN_VALUES + WIN_CELLS)
        cell_key(app, key);
    else if (app->focus == WIN_VALUES + WIN_FIND)
        find_key(app, key, shift);
}

static bool shortcut(win_app *app, SDL_Keycode key, bool control, bool shift)
{
    for (int i = 0; i < WIN_ACTIONS; i++) {
        const win_deed *deed = &win_deeds[i];
        bool any_shift = i == WIN_LARGER; /* '+' has it on some keyboards */
        if (deed->key == key && deed->control == control && (any_shift || deed->shift == shift)) {
            win_app_do(app, (win_action)i);
            return true;
        }
    }
    return false;
}

/* With Alt: a setting less or more; those with one key go round. */
static void alt_key(win_app *app, SDL_Keycode key)
{
    for (int i = 0; i < WIN_VALUES; i++) {
        const win_setting *s = &win_settings[i];
        double value = app->value[i];
        if (s->less && s->less == key)
            win_app_set(app, (win_value)i, value - s->step);
        else if (s->more && s->more == key)
            win_app_set(app, (win_value)i, !s->less && value >= s->high ? s->low : value + s->step);
    }
}

static void escape(win_app *app)
{
    if (app->on[WIN_HELP])
        win_app_do(app, WIN_HELP);
    else
        set_focus(app, WIN_FOCUS_TEXT);
}

static void key_down(win_app *app, const SDL_KeyboardEvent *event)
{
    SDL_Keycode key = event->keysym.sym;
    bool control = event->keysym.mod & (KMOD_CTRL | KMOD_GUI),
         shift = event->keysym.mod & KMOD_SHIFT, alt = event->keysym.mod & KMOD_LALT;
    bool in_text = app->focus == WIN_FOCUS_TEXT;
    if (*app->composing)
        return;
    if (alt && !control) {
        alt_key(app, key);
        return;
    }
    if (shortcut(app, key, control, shift))
        return;
    if (control && in_text && text_control(app, key, shift))
        return;
    if (key == SDLK_ESCAPE)
        escape(app);
    else if (key == SDLK_TAB)
        step_focus(app, shift ? -1 : 1);
    else if (app->on[WIN_HELP] && (key == SDLK_PAGEUP || key == SDLK_PAGEDOWN))
        win_help_turn(app, key == SDLK_PAGEUP ? -1 : 1);
    else if (key == SDLK_PAGEUP || key == SDLK_PAGEDOWN)
        scroll_by(app, (key == SDLK_PAGEUP ? -0.8 : 0.8) * app->paper_box.h);
    else if (in_text)
        text_key(app, key, control, shift);
    else if (key == SDLK_QUESTION || (key == SDLK_SLASH && shift))
        win_app_do(app, WIN_HELP);
    else
        control_key(app, key, shift);
}

/* ---- one's own hand: from mouse and touch -----------------------------------------------------
 */

/* A pen on the paper at a place of the window; `how` 0: put down, 1: moved, 2: lifted. */
static void draw_at(win_app *app, int how, double x, double y, double time, float pressure)
{
    double unit = win_paper_unit(app);
    float u = (float)((x - app->paper_box.x) / unit), v = (float)((y - app->paper_box.y) / unit);
    win_drawing *d = &app->drawing;
    bool kept = true;
    if (how == 0)
        kept = win_drawing_press(d, u, v, time, pressure);
    else if (how == 1 && d->down)
        kept = win_drawing_move(d, u, v, time, pressure);
    bool lifted = how == 2 && d->down;
    if (lifted)
        win_drawing_release(d);
    if (lifted || (d->down && win_drawing_ask(d, time)))
        win_app_order(app);
    if (!kept)
        win_app_say(app, true, "There is no memory left for more ink.");
    app->stale |= WIN_STALE_PAPER;
}

static void finger(win_app *app, const SDL_TouchFingerEvent *event)
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
    set_focus(app, at);
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
    set_focus(app, WIN_FOCUS_TEXT);
    end_composing(app);
    size_t byte = win_field_byte(app, x, y);
    if (clicks > 2)
        win_editor_select_all(app->editor);
    else if (clicks > 1)
        win_editor_select_word(app->editor, byte);
    else
        win_editor_place(app->editor, byte, SDL_GetModState() & KMOD_SHIFT);
    app->held = clicks > 1 ? HELD_NOTHING : HELD_TEXT;
    touch_text(app, false);
}

static void press(win_app *app, const SDL_MouseButtonEvent *event)
{
    double x = event->x / app->zoom, y = event->y / app->zoom;
    int at = win_panel_at(app, x, y), cell = win_dock_cell(app, x, y);
    if (app->on[WIN_HELP]) {
        win_app_do(app, WIN_HELP);
    } else if (at != WIN_FOCUS_TEXT) {
        press_control(app, at, x, y, event->clicks);
    } else if (cell >= 0) {
        set_focus(app, WIN_VALUES + WIN_CELLS);
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

static void drag(win_app *app, const SDL_MouseMotionEvent *event)
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
        touch_text(app, false);
    } else if (app->held == HELD_INK) {
        win_marking_drag(app, x, y);
    } else if (app->held == HELD_PAPER) {
        draw_at(app, 1, x, y, event->timestamp / 1000.0, 0.5f);
    }
}

static void release(win_app *app, const SDL_MouseButtonEvent *event)
{
    if (app->held == HELD_PAPER)
        draw_at(app, 2, event->x / app->zoom, event->y / app->zoom, event->timestamp / 1000.0,
                0.5f);
    app->held = HELD_NOTHING;
}

static void wheel(win_app *app, const SDL_MouseWheelEvent *event)
{
    int way = event->direction == SDL_MOUSEWHEEL_FLIPPED ? -event->y : event->y;
    bool panel = win_box_holds(app->panel_box, app->mouse_x, app->mouse_y);
    if (!panel && app->on[WIN_HELP])
        win_help_turn(app, way < 0 ? 1 : -1);
    else if (!panel)
        scroll_by(app, -48.0 * way);
    if (!panel)
        return;
    double most = fmax(0, app->panel_height - app->panel_box.h);
    app->panel_scroll = fmin(most, fmax(0, app->panel_scroll - 36.0 * way));
    app->stale |= WIN_STALE_PANEL;
}

static void drop(win_app *app, const SDL_DropEvent *event)
{
    if (event->type == SDL_DROPFILE)
        win_app_drop(app, event->file);
    else
        touch_text(app, win_editor_insert(app->editor, event->file, false));
    SDL_free(event->file);
}

/* ---- all ------------------------------------------------------------------------------------- */

static void window_event(win_app *app, const SDL_WindowEvent *event)
{
    if (event->event == SDL_WINDOWEVENT_SIZE_CHANGED && !win_frame_layout(app))
        win_app_say(app, true, "There is no memory for a window of this size.");
    if (event->event == SDL_WINDOWEVENT_EXPOSED)
        app->stale |= WIN_STALE_ALL & ~WIN_STALE_INK;
}

void win_app_event(win_app *app, const SDL_Event *event)
{
    switch (event->type) {
    case SDL_QUIT:
        app->quit = true;
        break;
    case SDL_WINDOWEVENT:
        window_event(app, &event->window);
        break;
    case SDL_KEYDOWN:
        key_down(app, &event->key);
        break;
    case SDL_TEXTEDITING:
        compose(app, event->edit.text);
        break;
    case SDL_TEXTINPUT:
        *app->composing = '\0';
        if (app->focus == WIN_FOCUS_TEXT)
            touch_text(app, win_editor_insert(app->editor, event->text.text, true));
        break;
    case SDL_MOUSEBUTTONDOWN:
        if (event->button.button == SDL_BUTTON_LEFT)
            press(app, &event->button);
        break;
    case SDL_MOUSEMOTION:
        drag(app, &event->motion);
        break;
    case SDL_MOUSEBUTTONUP:
        release(app, &event->button);
        break;
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
        finger(app, &event->tfinger);
        break;
    case SDL_DROPFILE:
    case SDL_DROPTEXT:
        drop(app, &event->drop);
        break;
    case SDL_MOUSEWHEEL:
        wheel(app, &event->wheel);
        break;
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
        win_frame_layout(app);
        break;
    default:
        break;
    }
}
