/* What the user does: keys, text, mouse. */
#include "app.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HELD_NOTHING = -1, HELD_TEXT = -2 };

static void set_focus(win_app *app, int focus)
{
    if (focus == app->focus)
        return;
    app->focus = focus;
    app->stale |= WIN_STALE_FIELD | WIN_STALE_PANEL;
    if (focus == WIN_FOCUS_TEXT)
        SDL_StartTextInput();
    else
        SDL_StopTextInput();
}

static void scroll_by(win_app *app, double pixels)
{
    double most = fmax(0, win_sheet_height(&app->sheet) - app->paper_box.h) * app->scale;
    if (app->sheet.points == 0)
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
    SDL_Rect caret = win_field_caret(app);
    SDL_SetTextInputRect(&caret);
}

static void copy_selection(win_app *app, bool cut)
{
    char *text = win_editor_selection(&app->editor);
    if (!text)
        return;
    SDL_SetClipboardText(text);
    free(text);
    touch_text(app, cut && win_editor_erase(&app->editor, 1, false));
}

static void paste(win_app *app)
{
    char *text = SDL_GetClipboardText();
    touch_text(app, text && win_editor_insert(&app->editor, text, false));
    SDL_free(text);
}

/* Control with a letter, in the text; returns whether it meant something. */
static bool text_control(win_app *app, SDL_Keycode key, bool shift)
{
    win_editor *e = &app->editor;
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
    win_editor *e = &app->editor;
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
    int last = WIN_VALUES + WIN_ACTIONS - 1, focus = app->focus;
    do {
        focus += way;
        if (focus > last)
            focus = WIN_FOCUS_TEXT;
        if (focus < WIN_FOCUS_TEXT)
            focus = last;
    } while (focus >= WIN_VALUES && !win_deeds[focus - WIN_VALUES].name);
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

static bool shortcut(win_app *app, SDL_Keycode key, bool control, bool shift)
{
    for (int i = 0; i < WIN_ACTIONS; i++) {
        const win_deed *deed = &win_deeds[i];
        if (deed->key == key && deed->control == control && deed->shift == shift) {
            win_app_do(app, (win_action)i);
            return true;
        }
    }
    return false;
}

static void escape(win_app *app)
{
    if (app->help)
        win_app_do(app, WIN_HELP);
    else
        set_focus(app, WIN_FOCUS_TEXT);
}

static void key_down(win_app *app, const SDL_KeyboardEvent *event)
{
    SDL_Keycode key = event->keysym.sym;
    bool control = event->keysym.mod & (KMOD_CTRL | KMOD_GUI),
         shift = event->keysym.mod & KMOD_SHIFT;
    bool in_text = app->focus == WIN_FOCUS_TEXT;
    if (*app->composing || shortcut(app, key, control, shift))
        return;
    if (control && in_text && text_control(app, key, shift))
        return;
    if (key == SDLK_ESCAPE)
        escape(app);
    else if (key == SDLK_TAB)
        step_focus(app, shift ? -1 : 1);
    else if (key == SDLK_PAGEUP || key == SDLK_PAGEDOWN)
        scroll_by(app, (key == SDLK_PAGEUP ? -0.8 : 0.8) * app->paper_box.h);
    else if (in_text)
        text_key(app, key, control, shift);
    else if (key == SDLK_QUESTION || (key == SDLK_SLASH && shift))
        win_app_do(app, WIN_HELP);
    else if (app->focus < WIN_VALUES)
        value_key(app, (win_value)app->focus, key);
    else if (key == SDLK_SPACE || key == SDLK_RETURN)
        win_app_do(app, (win_action)(app->focus - WIN_VALUES));
}

/* ---- mouse ----------------------------------------------------------------------------------- */

static void press_panel(win_app *app, double x, double y, int clicks)
{
    int at = win_panel_at(app, x, y);
    if (at == WIN_FOCUS_TEXT)
        return;
    if (at >= WIN_VALUES) {
        win_app_do(app, (win_action)(at - WIN_VALUES));
        return;
    }
    set_focus(app, at);
    win_value which = (win_value)at;
    app->held = at;
    if (clicks > 1) {
        app->held = HELD_NOTHING;
        win_app_set(app, which, win_settings[which].start);
    } else {
        win_app_set(app, which, win_panel_value(app, which, x));
    }
}

static void press(win_app *app, double x, double y, int clicks)
{
    if (app->help) {
        win_app_do(app, WIN_HELP);
    } else if (win_box_holds(app->panel_box, x, y)) {
        press_panel(app, x, y, clicks);
    } else if (win_box_holds(app->field_box, x, y)) {
        set_focus(app, WIN_FOCUS_TEXT);
        size_t byte = win_field_byte(app, x, y);
        if (clicks > 2)
            win_editor_select_all(&app->editor);
        else if (clicks > 1)
            win_editor_select_word(&app->editor, byte);
        else
            win_editor_place(&app->editor, byte, SDL_GetModState() & KMOD_SHIFT);
        app->held = clicks > 1 ? HELD_NOTHING : HELD_TEXT;
        touch_text(app, false);
    }
}

static void drag(win_app *app, double x, double y)
{
    if (app->held >= 0) {
        win_app_set(app, (win_value)app->held, win_panel_value(app, (win_value)app->held, x));
    } else if (app->held == HELD_TEXT) {
        win_editor_place(&app->editor, win_field_byte(app, x, y), true);
        touch_text(app, false);
    }
}

static void wheel(win_app *app, const SDL_MouseWheelEvent *event)
{
    int way = event->direction == SDL_MOUSEWHEEL_FLIPPED ? -event->y : event->y;
    scroll_by(app, -48.0 * way);
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
        snprintf(app->composing, sizeof app->composing, "%s", event->edit.text);
        touch_text(app, false);
        break;
    case SDL_TEXTINPUT:
        *app->composing = '\0';
        if (app->focus == WIN_FOCUS_TEXT)
            touch_text(app, win_editor_insert(&app->editor, event->text.text, true));
        break;
    case SDL_MOUSEBUTTONDOWN:
        if (event->button.button == SDL_BUTTON_LEFT)
            press(app, event->button.x / app->zoom, event->button.y / app->zoom,
                  event->button.clicks);
        break;
    case SDL_MOUSEMOTION:
        drag(app, event->motion.x / app->zoom, event->motion.y / app->zoom);
        break;
    case SDL_MOUSEBUTTONUP:
        app->held = HELD_NOTHING;
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
