/* Any bytes as a script for the window, which is not there: what it would take in is looked at
 * here. */
#include "fuzz.h"

#include "window/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PLAYS_MAX = 200 };

const char *const fuzz_goals[] = {"keys and mouse",        "a finger", "what an input method says",
                                  "a script's rows again", "its end",  NULL};

void fuzz_seeds(fuzz_take *take, void *user)
{
    fuzz_seed_file(take, user, "tools/window.script");
    fuzz_seed_file(take, user, "tools/window_minute.script");
    fuzz_seed_file(take, user, "tools/window_hour.script");
    fuzz_seed_text(take, user,
                   "# all\n0 type H\xc3\xa9llo\\n\n0.5 key ctrl+shift+n\n1 click 700 40\n"
                   "1 double 1 2\n1 press 3 4\n1 move 5 6\n1 release 5 6\n2 wheel -3\n"
                   "2 touch down 700 40 0.8\n2.1 touch move 1 2 0.5 3\n2.2 touch up 1 2 0 3\n"
                   "2.5 compose ni\n2.6 compose\n3 size 640 480\n3 drop some/file.xml\n"
                   "3.5 focus text\n5 frames 20\n6 state\n7 stats name\n8 again 2 30\n31 close\n");
    fuzz_seed_text(take, user, "0 shot a\n");
    /* Numbers that no place, size or time can be. */
    fuzz_seed_text(take, user, "0 click 1e30 nan\n");
    fuzz_seed_text(take, user, "0 size -1e9 1e9\n");
    fuzz_seed_text(take, user, "0 wheel 1e300\n");
    fuzz_seed_text(take, user, "0 touch down inf 1 1 -1\n");
    fuzz_seed_text(take, user, "1e300 close\n");
    fuzz_seed_text(take, user, "0.9999999999999999 state\n1 again 0.9999999999999999 1e300\n");
    fuzz_seed_text(take, user, "2 state\n6 again 2 36\n6 again 2 36\n");
}

/* ---- in place of the window -------------------------------------------------------------------
 */

/* A string in an event is whole and valid, as SDL gives them. */
static void check_string(const char *text, size_t size)
{
    if (!memchr(text, '\0', size) || !lh_utf8_valid(text))
        abort();
}

/* The tab key moves no focus here. */
const char *win_focus_name(const win_view *view)
{
    (void)view;
    return "text";
}

void win_app_event(win_app *app, const SDL_Event *event)
{
    (void)app;
    switch (event->type) {
    case SDL_TEXTINPUT:
        check_string(event->text.text, sizeof event->text.text);
        break;
    case SDL_TEXTEDITING:
        check_string(event->edit.text, sizeof event->edit.text);
        fuzz_reach(2);
        break;
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
        if (!isfinite(event->tfinger.x) || !isfinite(event->tfinger.y) ||
            !isfinite(event->tfinger.pressure))
            abort();
        fuzz_reach(1);
        break;
    case SDL_DROPFILE:
        if (!lh_utf8_valid(event->drop.file))
            abort();
        SDL_free(event->drop.file);
        break;
    default:
        fuzz_reach(0);
    }
}

void win_app_print(const win_app *app, FILE *stream)
{
    (void)app;
    (void)stream;
}

void win_stats_print(win_stats *stats, const char *name, FILE *stream)
{
    (void)stats;
    (void)name;
    (void)stream;
}

void win_app_layout(win_app *app)
{
    (void)app;
}

/* ---- playing ----------------------------------------------------------------------------------
 */

static void play(win_app *app, win_script *script)
{
    lh_error error;
    double before = -INFINITY;
    for (int i = 0; i < PLAYS_MAX && !app->quit && isfinite(win_script_due(script)); i++) {
        app->core.time = win_script_due(script) < before ? before : win_script_due(script);
        if (i > 50 && app->core.time > before)
            fuzz_reach(3);
        before = app->core.time;
        if (win_script_play(script, &error) != LH_OK || win_script_record(script, &error) != LH_OK)
            return;
    }
    fuzz_reach(4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static win_app app;
    static win_stats stats;
    lh_error error;
    app = (win_app){.view = {.zoom = 1, .scale = 1, .width = 1000, .height = 700}};
    win_script *script =
        win_script_open(&app, fuzz_put("script", data, size), NULL, &stats, &error);
    if (script)
        play(&app, script);
    win_script_close(script);
    return 0;
}
