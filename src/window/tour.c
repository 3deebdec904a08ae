/* The tour, as it is gone through: see tour.h. What was set before it comes back behind it. */
#include "tour.h"

#include "app.h"
#include "script.h"
#include "script_keys.h"

#include <math.h>
#include <string.h>

/* Written where there is no text to show anything on. */
static const char SOME_TEXT[] = "The quick brown fox jumps over the lazy dog";

static const win_action views[] = {WIN_LIFTS, WIN_AHEAD, WIN_ATTENTION, WIN_CELLS,
                                   WIN_GATES, WIN_FIND,  WIN_TELLING};
enum { VIEWS = sizeof views / sizeof *views };

static void close_script(win_app *app)
{
    win_script_close(app->tour.script);
    app->tour.script = NULL;
}

/* As each stop begins: in Write, no view, the pen at the beginning or at the end. */
static void clear_stage(win_app *app, bool replays)
{
    win_core *core = &app->core;
    win_compare_end(core);
    win_moment_drop(core);
    for (int i = 0; i < VIEWS; i++)
        core->on[views[i]] = false;
    core->cell = -1;
    core->on[WIN_PAUSE] = core->on[WIN_HELP] = false;
    if (replays)
        win_core_rewind(core);
    else
        win_sheet_finish(&core->sheet);
    app->view.dock_end = SIZE_MAX;
    win_view_focus(&app->view, WIN_FOCUS_TEXT);
    win_app_layout(app);
}

static void come_to(win_app *app, int stop)
{
    lh_error error;
    close_script(app);
    app->view.tour_stop = stop;
    clear_stage(app, win_tour[stop].replays);
    app->tour.script =
        win_script_of(app, win_tour[stop].script, "the tour", app->core.time, &error);
    if (!app->tour.script)
        win_core_say(&app->core, true, "%s", error.message);
}

static void begin(win_app *app)
{
    win_core *core = &app->core;
    win_core_end_welcome(core);
    win_form_close(&app->view.form);
    app->tour.mode = core->value[WIN_MODE];
    app->tour.cell = core->cell;
    app->tour.paused = core->on[WIN_PAUSE];
    memcpy(app->tour.on, core->on, sizeof app->tour.on);
    win_app_set(app, WIN_MODE, WIN_MODE_WRITE);
    core->on[WIN_TOUR] = true;
    if (!*core->text.text) {
        app->tour.playing = true;
        win_script_type(app, SOME_TEXT);
        app->tour.playing = false;
        core->finish_at = core->time;
    }
    come_to(app, 0);
}

static void end(win_app *app)
{
    win_core *core = &app->core;
    close_script(app);
    clear_stage(app, false);
    core->on[WIN_TOUR] = false;
    for (int i = 0; i < VIEWS; i++)
        core->on[views[i]] = app->tour.on[views[i]];
    win_core_show_cell(core, app->tour.cell);
    core->on[WIN_PAUSE] = app->tour.paused;
    win_app_set(app, WIN_MODE, app->tour.mode);
    win_app_layout(app);
}

void win_tour_toggle(win_app *app)
{
    (app->core.on[WIN_TOUR] ? end : begin)(app);
}

void win_tour_step(win_app *app, int way)
{
    int next = app->view.tour_stop + way;
    if (next >= WIN_TOUR_STOPS)
        end(app);
    else
        come_to(app, next < 0 ? 0 : next);
}

void win_tour_play(win_app *app)
{
    lh_error error;
    if (!app->tour.script)
        return;
    app->tour.playing = true; /* these keys are the tour's own */
    if (win_script_play(app->tour.script, &error) != LH_OK)
        close_script(app);
    app->tour.playing = false;
}

double win_tour_due(const win_app *app)
{
    return app->tour.script ? win_script_due(app->tour.script) : INFINITY;
}

bool win_tour_key(win_app *app, const SDL_KeyboardEvent *event)
{
    SDL_Keycode key = event->keysym.sym;
    bool held = event->keysym.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI);
    if (!app->core.on[WIN_TOUR] || app->tour.playing || held)
        return false;
    app->space_pressed = key == SDLK_SPACE;
    if (key == SDLK_SPACE || key == SDLK_RETURN || key == SDLK_KP_ENTER || key == SDLK_RIGHT ||
        key == SDLK_PAGEDOWN)
        win_tour_step(app, 1);
    else if (key == SDLK_LEFT || key == SDLK_PAGEUP || key == SDLK_BACKSPACE)
        win_tour_step(app, -1);
    else if (key == SDLK_ESCAPE)
        end(app);
    else
        return false;
    return true;
}

void win_tour_letters(win_app *app)
{
    if (app->core.on[WIN_TOUR] && !app->tour.playing)
        end(app);
}

bool win_tour_press(win_app *app, double x, double y)
{
    int button = win_tour_button(&app->view, x, y);
    if (!app->core.on[WIN_TOUR] || button == WIN_TOUR_ELSEWHERE || app->tour.playing)
        return false;
    if (button == WIN_TOUR_END)
        end(app);
    else if (button != WIN_TOUR_CARD)
        win_tour_step(app, button == WIN_TOUR_NEXT ? 1 : -1);
    return true;
}
