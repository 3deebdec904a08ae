/* What the user does: see events.h. Here: focus, text that comes, drops, the window. */
#include "events.h"

#include <math.h>
#include <string.h>

/* ---- the text -------------------------------------------------------------------------------- */

void win_text_touched(win_app *app, bool changed)
{
    app->core.last_input = app->core.time;
    if (changed)
        win_core_text_changed(&app->core);
}

/* What an input method is composing; as with letters typed, it takes the place of a selection. */
static void compose(win_app *app, const char *text)
{
    win_editor *e = app->core.editor;
    if ((!*text && !*app->core.composing) || app->view.form.kind != 0)
        return;
    win_view_focus(&app->view, WIN_FOCUS_TEXT);
    snprintf(app->core.composing, sizeof app->core.composing, "%s", text);
    win_text_touched(app, *text && e->caret != e->anchor && win_editor_erase(e, 1, false));
}

void win_app_end_composing(win_app *app)
{
    if (!*app->core.composing)
        return;
    *app->core.composing = '\0';
    SDL_StopTextInput();
    SDL_StartTextInput();
}

/* Letters go to the text wherever the focus is. Not so those of a shortcut, which keyboards send as
 * well; what an input method composed is no shortcut whatever is held down. And not the space of
 * the space bar that pressed a control. */
static void take_letters(win_app *app, const char *letters)
{
    bool composed = *app->core.composing;
    *app->core.composing = '\0';
    bool shortcut = win_keys_modifiers(app->modifiers) & (KMOD_CTRL | KMOD_LALT | KMOD_GUI);
    bool pressed = app->space_pressed && strcmp(letters, " ") == 0;
    if ((!composed && (shortcut || pressed)) || win_forms_letters(app, letters))
        return;
    win_tour_letters(app);
    win_view_focus(&app->view, WIN_FOCUS_TEXT);
    win_text_touched(app, win_editor_insert(app->core.editor, letters, true));
}

static void drop(win_app *app, const SDL_DropEvent *event)
{
    win_view_focus(&app->view, WIN_FOCUS_TEXT);
    if (event->type == SDL_DROPFILE)
        win_app_drop(app, event->file);
    else
        win_text_touched(app, win_editor_insert(app->core.editor, event->file, false));
    SDL_free(event->file);
}

/* ---- all ------------------------------------------------------------------------------------- */

static void window_event(win_app *app, const SDL_WindowEvent *event)
{
    if (event->event == SDL_WINDOWEVENT_SIZE_CHANGED)
        win_app_layout(app);
    if (event->event == SDL_WINDOWEVENT_EXPOSED)
        app->view.exposed = true;
}

/* Is it the user, who begins? Keys that only go with others do not. */
static bool begins(const SDL_Event *event)
{
    SDL_Keycode key = event->key.keysym.sym;
    bool modifier = key >= SDLK_LCTRL && key <= SDLK_RGUI;
    return event->type == SDL_TEXTINPUT || event->type == SDL_DROPFILE ||
           event->type == SDL_DROPTEXT || (event->type == SDL_KEYDOWN && !modifier) ||
           (event->type == SDL_TEXTEDITING && *event->edit.text);
}

void win_app_event(win_app *app, const SDL_Event *event)
{
    app->core.step++;
    if (begins(event))
        win_core_end_welcome(&app->core);
    switch (event->type) {
    case SDL_QUIT:
        app->quit = true;
        break;
    case SDL_WINDOWEVENT:
        window_event(app, &event->window);
        break;
    case SDL_KEYDOWN:
        app->modifiers = event->key.keysym.mod;
        win_keys_press(app, &event->key);
        break;
    case SDL_KEYUP:
        app->modifiers = event->key.keysym.mod;
        break;
    case SDL_TEXTEDITING:
        compose(app, event->edit.text);
        break;
    case SDL_TEXTINPUT:
        take_letters(app, event->text.text);
        break;
    case SDL_MOUSEBUTTONDOWN:
        if (event->button.button == SDL_BUTTON_LEFT)
            win_pointer_press(app, &event->button);
        else
            win_pointer_other(app, &event->button);
        break;
    case SDL_MOUSEMOTION:
        win_pointer_move(app, &event->motion);
        break;
    case SDL_MOUSEBUTTONUP:
        if (event->button.button == SDL_BUTTON_LEFT)
            win_pointer_release(app, &event->button);
        break;
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
        win_pointer_finger(app, &event->tfinger);
        break;
    case SDL_DROPFILE:
    case SDL_DROPTEXT:
        drop(app, &event->drop);
        break;
    case SDL_MOUSEWHEEL:
        win_pointer_wheel(app, &event->wheel);
        break;
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
        win_app_layout(app);
        break;
    default:
        break;
    }
}
