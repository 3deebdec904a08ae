/* What keys do while the focus is on a view, on time, or while ways are compared. */
#include "events.h"

bool win_keys_compare(win_app *app, SDL_Keycode key, bool shift)
{
    win_core *core = &app->core;
    const win_compare *c = &core->compare;
    bool back = key == SDLK_LEFT || key == SDLK_UP || key == SDLK_PAGEUP;
    if (!core->on[WIN_COMPARE])
        return false;
    app->space_pressed = key == SDLK_SPACE;
    if (key == SDLK_UP || key == SDLK_DOWN)
        win_compare_choose(core, (c->chosen + (back ? WIN_COMPARED - 1 : 1)) % WIN_COMPARED);
    else if (key == SDLK_LEFT || key == SDLK_RIGHT)
        win_compare_by(core, back ? -1 : 1);
    else if (key == SDLK_TAB)
        win_compare_by(core, shift ? -1 : 1);
    else if (key == SDLK_SPACE || key == SDLK_PAGEDOWN || key == SDLK_PAGEUP)
        win_compare_page(core, back ? -1 : 1);
    else if (key == SDLK_RETURN || key == SDLK_KP_ENTER)
        win_compare_pick(core);
    else if (key == SDLK_ESCAPE)
        win_compare_end(core);
    else
        return false;
    return true;
}

void win_keys_time(win_app *app, SDL_Keycode key)
{
    enum { MANY = 10 };
    win_core *core = &app->core;
    app->space_pressed = key == SDLK_SPACE;
    switch (key) {
    case SDLK_LEFT:
    case SDLK_RIGHT:
        win_moment_step(core, key == SDLK_LEFT ? -1 : 1);
        break;
    case SDLK_UP:
    case SDLK_DOWN:
        win_moment_step(core, key == SDLK_UP ? -MANY : MANY);
        break;
    case SDLK_HOME:
        win_moment_pin(core, 0);
        break;
    case SDLK_END:
        win_moment_drop(core);
        break;
    case SDLK_SPACE:
    case SDLK_RETURN:
        win_moment_play(core);
        break;
    default:
        break;
    }
}

/* Another cell, or none, when the focus is on the cells. */
static void cell_key(win_app *app, SDL_Keycode key)
{
    int cells = app->core.sheet.layers * app->core.sheet.cells;
    int way = key == SDLK_DOWN || key == SDLK_RIGHT ? 1
              : key == SDLK_UP || key == SDLK_LEFT  ? -1
                                                    : 0;
    int next = key == SDLK_HOME ? -1 : app->core.cell + way;
    if (next != app->core.cell && next >= -1 && next < cells)
        win_core_pick(&app->core, next);
}

/* With Control held down: the end of what is marked, with Shift its beginning, and the threshold.
 */
static void find_control_key(win_app *app, SDL_Keycode key, bool shift)
{
    win_search *search = &app->core.search;
    bool back = key == SDLK_LEFT || key == SDLK_DOWN;
    if (key == SDLK_LEFT || key == SDLK_RIGHT)
        win_marking_move(&app->core, !shift, shift ? search->span.from : search->span.to - 1,
                         back ? -1 : 1);
    else if (key == SDLK_UP || key == SDLK_DOWN)
        win_search_set_on(search, win_search_on(search) / 127.0 + (back ? -0.05 : 0.05));
}

/* What is marked, when the focus is on the search. */
static void find_key(win_app *app, SDL_Keycode key, bool shift)
{
    if (key == SDLK_LEFT || key == SDLK_RIGHT)
        win_marking_step(&app->core, key == SDLK_LEFT ? -1 : 1, shift);
    else if (key == SDLK_UP || key == SDLK_DOWN)
        win_marking_layer(&app->core, key == SDLK_UP ? -1 : 1);
    else if (key == SDLK_HOME)
        win_marking_step(&app->core, 0, false);
}

void win_keys_view(win_app *app, SDL_Keycode key, bool control, bool shift)
{
    if (app->view.focus == WIN_VALUES + WIN_CELLS)
        cell_key(app, key);
    else if (app->view.focus == WIN_VALUES + WIN_GATES && (key == SDLK_UP || key == SDLK_DOWN))
        win_core_step_gates(&app->core, key == SDLK_UP ? -1 : 1);
    else if (app->view.focus == WIN_VALUES + WIN_TELLING && key == SDLK_HOME)
        app->core.cell = -1;
    else if (app->view.focus == WIN_VALUES + WIN_TELLING && (key == SDLK_UP || key == SDLK_DOWN))
        win_core_step_telling(&app->core, key == SDLK_UP ? -1 : 1);
    else if (app->view.focus == WIN_VALUES + WIN_FIND && control)
        find_control_key(app, key, shift);
    else if (app->view.focus == WIN_VALUES + WIN_FIND)
        find_key(app, key, shift);
}
