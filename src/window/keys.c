/* What keys do: in the text, on a control, or wherever the focus is. */
#include "events.h"
#include "menu.h"

#include <stdlib.h>
#include <string.h>

/* ---- the text -------------------------------------------------------------------------------- */

void win_keys_copy(win_app *app, bool cut)
{
    char *text = win_editor_selection(app->core.editor);
    if (!text)
        return;
    SDL_SetClipboardText(text);
    free(text);
    win_text_touched(app, cut && win_editor_erase(app->core.editor, 1, false));
}

void win_keys_paste(win_app *app, bool primary)
{
    char *text = primary ? SDL_GetPrimarySelectionText() : SDL_GetClipboardText();
    win_core_end_welcome(&app->core); /* the mouse alone may have begun it */
    win_text_touched(app, text && win_editor_insert(app->core.editor, text, false));
    SDL_free(text);
}

void win_menu_do(win_app *app)
{
    int chosen = win_menu_chosen(&app->view);
    win_menu_close(&app->view);
    if (chosen < WIN_ACTIONS) {
        win_app_do(app, (win_action)chosen);
    } else if (chosen == WIN_ITEM_CUT || chosen == WIN_ITEM_COPY) {
        win_keys_copy(app, chosen == WIN_ITEM_CUT);
    } else if (chosen == WIN_ITEM_PASTE) {
        win_keys_paste(app, false);
    } else if (chosen == WIN_ITEM_ALL) {
        win_editor_select_all(app->core.editor);
        win_text_touched(app, false);
    }
}

/* A key while the menu is open; false: it is for others, and the menu is gone. */
static bool menu_key(win_app *app, SDL_Keycode key)
{
    if (key == SDLK_UP || key == SDLK_DOWN) {
        win_menu_step(&app->view, key == SDLK_UP ? -1 : 1);
        return true;
    }
    if (key == SDLK_RETURN || key == SDLK_KP_ENTER || key == SDLK_SPACE) {
        app->space_pressed = key == SDLK_SPACE;
        win_menu_do(app);
        return true;
    }
    win_menu_close(&app->view);
    return key == SDLK_ESCAPE;
}

/* The menu of the text, at the caret. */
static void open_menu(win_app *app)
{
    win_rect caret = win_field_caret(&app->view);
    win_menu_open(&app->view, true, caret.x / app->view.zoom, (caret.y + caret.h) / app->view.zoom);
    win_menu_step(&app->view, 1);
}

/* Control with a letter, for the text wherever the focus is; returns whether it meant something. */
static bool text_control(win_app *app, SDL_Keycode key)
{
    win_editor *e = app->core.editor;
    switch (key) {
    case SDLK_a:
        win_editor_select_all(e);
        win_text_touched(app, false);
        return true;
    case SDLK_c:
    case SDLK_x:
        win_keys_copy(app, key == SDLK_x);
        return true;
    case SDLK_v:
        win_keys_paste(app, false);
        return true;
    case SDLK_INSERT:
        win_keys_copy(app, false);
        return true;
    default:
        return false;
    }
}

static void text_key(win_app *app, SDL_Keycode key, bool control, bool shift)
{
    win_editor *e = app->core.editor;
    win_view_focus(&app->view, WIN_FOCUS_TEXT);
    bool changed = false;
    switch (key) {
    case SDLK_LEFT:
        win_editor_step(e, -1, control, shift);
        break;
    case SDLK_RIGHT:
        win_editor_step(e, 1, control, shift);
        break;
    case SDLK_UP:
        win_editor_place(e, win_field_row(&app->view, -1), shift);
        break;
    case SDLK_DOWN:
        win_editor_place(e, win_field_row(&app->view, 1), shift);
        break;
    case SDLK_HOME:
        win_editor_place(e, control ? 0 : win_field_edge(&app->view, -1), shift);
        break;
    case SDLK_END:
        win_editor_place(e, control ? strlen(e->text) : win_field_edge(&app->view, 1), shift);
        break;
    case SDLK_BACKSPACE:
        changed = win_editor_erase(e, -1, control);
        break;
    case SDLK_DELETE:
        if (shift && e->caret != e->anchor) {
            win_keys_copy(app, true);
            return;
        }
        changed = win_editor_erase(e, 1, control);
        break;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        changed = win_editor_insert(e, "\n", true);
        break;
    default:
        return;
    }
    win_text_touched(app, changed);
}

/* ---- controls -------------------------------------------------------------------------------- */

/* The text, time where there is ink to look at, and the controls. */
static void step_focus(win_app *app, int way)
{
    int focus = app->view.focus;
    bool time = app->core.sheet.shown > 0;
    do {
        focus += way;
        if (focus >= WIN_CONTROLS)
            focus = time ? WIN_FOCUS_TIME : WIN_FOCUS_TEXT;
        if (focus < (time ? WIN_FOCUS_TIME : WIN_FOCUS_TEXT))
            focus = WIN_CONTROLS - 1;
    } while (focus >= 0 && app->view.control_box[focus].w == 0);
    win_view_focus(&app->view, focus);
}

/* More by a step, and behind the most the least. */
static void go_round(win_app *app, win_value which)
{
    const win_setting *s = &win_settings[which];
    double value = app->core.value[which],
           most = which == WIN_STYLE ? app->core.styles.count : s->high;
    win_app_set(app, which, value >= most ? s->low : value + s->step);
}

static void value_key(win_app *app, win_value which, SDL_Keycode key)
{
    const win_setting *s = &win_settings[which];
    double value = app->core.value[which];
    /* In a grid up and down go to another row, and down is further on. */
    int columns = win_panel_columns(&app->view, which);
    double row = s->step * (columns > 1 ? -columns : 1);
    double most = which == WIN_STYLE ? app->core.styles.count : s->high;
    switch (key) {
    case SDLK_LEFT:
        win_app_set(app, which, value - s->step);
        break;
    case SDLK_RIGHT:
        win_app_set(app, which, value + s->step);
        break;
    case SDLK_DOWN:
    case SDLK_UP:
        value += key == SDLK_UP ? row : -row;
        if (columns == 1 || (value >= s->low && value <= most))
            win_app_set(app, which, value);
        break;
    case SDLK_HOME:
        win_app_set(app, which, s->start);
        break;
    case SDLK_SPACE:
        if (s->look != WIN_SLIDER)
            go_round(app, which);
        break;
    default:
        break;
    }
}

static void control_key(win_app *app, SDL_Keycode key, bool control, bool shift)
{
    app->space_pressed = key == SDLK_SPACE;
    if (app->view.focus < WIN_VALUES)
        value_key(app, (win_value)app->view.focus, key);
    else if (key == SDLK_SPACE || key == SDLK_RETURN)
        win_app_do(app, (win_action)(app->view.focus - WIN_VALUES));
    else
        win_keys_view(app, key, control, shift);
}

static bool shortcut(win_app *app, SDL_Keycode key, bool control, bool shift)
{
    if (control && key == SDLK_y) {
        win_app_do(app, WIN_REDO);
        return true;
    }
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
        double value = app->core.value[i];
        if (s->less && s->less == key)
            win_app_set(app, (win_value)i, value - s->step);
        else if (s->more && s->more == key && s->less)
            win_app_set(app, (win_value)i, value + s->step);
        else if (s->more && s->more == key)
            go_round(app, (win_value)i);
    }
}

static void escape(win_app *app)
{
    if (win_learning_stop(app))
        return;
    win_moment_drop(&app->core);
    app->view.dock_end = SIZE_MAX;
    if (app->core.on[WIN_HELP])
        win_app_do(app, WIN_HELP);
    else if (app->core.on[WIN_FULL])
        win_app_do(app, WIN_FULL);
    else
        win_view_focus(&app->view, WIN_FOCUS_TEXT);
}

Uint16 win_keys_modifiers(Uint16 held)
{
    bool letters = held & (KMOD_RALT | KMOD_MODE);
    return letters ? held & ~(KMOD_CTRL | KMOD_ALT) : held;
}

/* What is read of the drawn ink becomes its caption. */
static void take_reading(win_app *app)
{
    win_text_touched(app,
                     win_editor_insert(app->core.editor, app->core.drawing.reading.text, false));
}

void win_keys_press(win_app *app, const SDL_KeyboardEvent *event)
{
    SDL_Keycode key = event->keysym.sym;
    Uint16 held = win_keys_modifiers(event->keysym.mod);
    bool control = held & (KMOD_CTRL | KMOD_GUI), shift = held & KMOD_SHIFT, alt = held & KMOD_LALT;
    bool in_text = app->view.focus == WIN_FOCUS_TEXT || key == SDLK_BACKSPACE || key == SDLK_DELETE;
    app->space_pressed = false;
    app->view.tip_due = INFINITY; /* who uses keys does not look for tips */
    if (*app->core.composing || win_forms_key(app, event) || win_tour_key(app, event))
        return;
    if (app->view.menu_open && menu_key(app, key))
        return;
    if (key == SDLK_APPLICATION || key == SDLK_MENU || (shift && key == SDLK_F10)) {
        open_menu(app);
        return;
    }
    if (alt && !control) {
        alt_key(app, key);
        return;
    }
    if (!control && win_keys_compare(app, key, shift))
        return;
    if (shortcut(app, key, control, shift))
        return;
    if (control && text_control(app, key)) {
        win_view_focus(&app->view, WIN_FOCUS_TEXT);
        return;
    }
    if (shift && key == SDLK_INSERT) {
        win_view_focus(&app->view, WIN_FOCUS_TEXT);
        win_keys_paste(app, false);
    } else if (key == SDLK_ESCAPE)
        escape(app);
    else if (key == SDLK_TAB && !shift && in_text && win_core_can_caption(&app->core))
        take_reading(app);
    else if (key == SDLK_TAB)
        step_focus(app, shift ? -1 : 1);
    else if (app->core.on[WIN_HELP] && (key == SDLK_PAGEUP || key == SDLK_PAGEDOWN))
        win_help_turn(&app->view, key == SDLK_PAGEUP ? -1 : 1);
    else if (key == SDLK_PAGEUP || key == SDLK_PAGEDOWN)
        win_paper_scroll_by(&app->view, (key == SDLK_PAGEUP ? -0.8 : 0.8) * app->view.paper_box.h);
    else if (in_text)
        text_key(app, key, control, shift);
    else if (app->view.focus == WIN_FOCUS_TIME)
        win_keys_time(app, key);
    else
        control_key(app, key, control, shift);
}
