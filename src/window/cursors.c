/* The mouse's own pointer, which tells what a press would do. */
#include "app.h"

static SDL_SystemCursor cursor_at(const win_app *app, double x, double y)
{
    const win_view *v = &app->view;
    int mode = win_mode(&app->core), control = win_panel_at(v, x, y);
    if (app->core.on[WIN_HELP])
        return SDL_SYSTEM_CURSOR_ARROW;
    if (control >= WIN_VALUES)
        return win_deed_works((win_action)(control - WIN_VALUES), mode) ? SDL_SYSTEM_CURSOR_HAND
                                                                        : SDL_SYSTEM_CURSOR_NO;
    if (control >= 0)
        return win_value_works((win_value)control, mode) ? SDL_SYSTEM_CURSOR_HAND
                                                         : SDL_SYSTEM_CURSOR_NO;
    int which;
    win_found_part part = win_dock_found(v, x, y, &which);
    if (part == WIN_FOUND_ON)
        return SDL_SYSTEM_CURSOR_SIZENS;
    if (part == WIN_FOUND_FROM || part == WIN_FOUND_TO)
        return SDL_SYSTEM_CURSOR_SIZEWE;
    if (win_dock_told(v, x, y) >= 0 || (part != WIN_FOUND_NOTHING && part != WIN_FOUND_CURVES))
        return SDL_SYSTEM_CURSOR_HAND;
    if (win_box_holds(v->field_box, x, y))
        return SDL_SYSTEM_CURSOR_IBEAM;
    if (mode == WIN_MODE_DRAW && win_box_holds(v->paper_box, x, y))
        return SDL_SYSTEM_CURSOR_CROSSHAIR;
    return SDL_SYSTEM_CURSOR_ARROW;
}

void win_cursor_show(win_app *app)
{
    SDL_SystemCursor which = cursor_at(app, app->view.mouse_x, app->view.mouse_y);
    if (app->cursor[which] && which == app->cursor_shown)
        return;
    if (!app->cursor[which])
        app->cursor[which] = SDL_CreateSystemCursor(which);
    if (app->cursor[which])
        SDL_SetCursor(app->cursor[which]);
    app->cursor_shown = which;
}

void win_cursors_free(win_app *app)
{
    for (int i = 0; i < SDL_NUM_SYSTEM_CURSORS; i++)
        SDL_FreeCursor(app->cursor[i]);
}
