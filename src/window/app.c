/* What happens in the window: time, orders, news, settings. See app.h. */
#include "app.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Seconds without a key after which the last word typed counts as whole. */
#define PAUSE_AFTER_WORD 0.6
/* Seconds for which a message stands. */
#define MESSAGE_STANDS 6
/* The caret blinks for so long after the last key, then stands: what rests costs nothing. */
#define CARET_BLINKS 10

static Uint32 wake_event;

static void wake(void *data)
{
    (void)data;
    SDL_Event event = {.type = wake_event};
    SDL_PushEvent(&event);
}

void win_app_say(win_app *app, bool trouble, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(app->message, sizeof app->message, format, list);
    va_end(list);
    app->trouble = trouble;
    app->message_until = app->time + MESSAGE_STANDS;
    app->stale |= WIN_STALE_PAPER;
}

lh_status win_app_start(win_app *app, const char *text, const char *model, lh_error *error)
{
    wake_event = SDL_RegisterEvents(1);
    app->focus = WIN_FOCUS_TEXT;
    app->held = -1;
    app->marked = SIZE_MAX;
    app->follow = true;
    app->sheet.resume = -1;
    app->stale = WIN_STALE_ALL;
    app->model = model ? strdup(model) : NULL;
    if ((model && !app->model) || !win_editor_start(&app->editor, text))
        return lh_fail_memory(error, "a text");
    app->scribe = win_scribe_start(wake, NULL, error);
    if (!app->scribe)
        return error->status;
    if (!model)
        win_app_say(app, true, "No model is installed. Name one with --model.");
    win_app_text_changed(app);
    app->finish_at = app->time;
    win_app_update(app, 0);
    return LH_OK;
}

void win_app_stop(win_app *app)
{
    win_scribe_stop(app->scribe);
    win_frame_free(app);
    win_editor_clear(&app->editor);
    win_plain_clear(&app->plain);
    win_sheet_clear(&app->sheet);
    free(app->model);
}

/* ---- to the scribe --------------------------------------------------------------------------- */

static void order(win_app *app)
{
    win_order o = {
        .model = app->model,
        .text = app->plain.text,
        .finished = app->finished,
        .bias = app->value[WIN_BIAS],
        .seed = (uint64_t)app->value[WIN_SEED],
        .anew = app->anew,
        .shown = app->sheet.shown,
    };
    if (!win_scribe_ask(app->scribe, &o))
        win_app_say(app, true, "There is no memory left to write this text.");
}

static void read_text(win_app *app)
{
    size_t unknown = app->plain.unknown;
    if (app->ready && !win_plain_read(&app->plain, app->editor.text, &app->alphabet))
        win_app_say(app, true, "There is no memory left to write this text.");
    if (app->plain.unknown > unknown) {
        char letter[5];
        lh_utf8_encode(app->plain.unknown_letter, letter);
        win_app_say(app, true, "This hand has not learned to write \u201c%s\u201d; it is left out.",
                    letter);
    }
    app->stale |= WIN_STALE_FIELD;
}

void win_app_text_changed(win_app *app)
{
    read_text(app);
    app->finished = false;
    app->finish_at = app->time + PAUSE_AFTER_WORD;
    app->follow = true;
    order(app);
}

/* ---- from the scribe ------------------------------------------------------------------------- */

static void take_ink(win_app *app, const win_news *news)
{
    size_t shown = app->sheet.shown;
    if (!win_sheet_take(&app->sheet, news) ||
        !win_sheet_break(&app->sheet, news->words_kept, &app->plain, app->editor.text))
        win_app_say(app, true, "There is no memory left for more ink.");
    if (news->points_kept < shown || news->points_kept == 0)
        app->stale |= WIN_STALE_INK | WIN_STALE_PAPER;
}

static void take_news(win_app *app)
{
    for (win_news *news; (news = win_scribe_news(app->scribe)); win_news_free(news)) {
        if (news->kind == WIN_NEWS_INK) {
            take_ink(app, news);
        } else if (news->kind == WIN_NEWS_FAULT) {
            win_app_say(app, true, "%s", news->message);
        } else {
            app->alphabet = news->alphabet;
            app->scale_x = news->scale_x;
            app->scale_y = news->scale_y;
            app->ready = true;
            read_text(app);
            order(app);
        }
    }
}

/* ---- time ------------------------------------------------------------------------------------ */

static void mark_letter(win_app *app)
{
    const win_sheet *s = &app->sheet;
    size_t marked = SIZE_MAX;
    if (win_sheet_moving(s)) {
        size_t c = (size_t)s->trace[s->shown].character;
        if (c < app->plain.count)
            marked = app->plain.byte[c];
    }
    if (marked != app->marked)
        app->stale |= WIN_STALE_FIELD;
    app->marked = marked;
}

static void scroll(win_app *app)
{
    if (app->follow) {
        double over = win_sheet_height(&app->sheet) - app->paper_box.h;
        app->scroll_goal = over > 0 && app->sheet.points > 0 ? (int)ceil(over * app->scale) : 0;
    }
}

void win_app_update(win_app *app, double seconds)
{
    double typed = app->time - app->last_input;
    app->time += seconds;
    if (typed < CARET_BLINKS && floor(2 * typed) != floor(2 * (app->time - app->last_input)))
        app->stale |= WIN_STALE_FIELD;
    take_news(app);
    if (app->time >= app->finish_at) {
        app->finish_at = INFINITY;
        app->finished = true;
        order(app);
    }
    if (!app->paused) {
        double pace = win_pace(app->value[WIN_SPEED]);
        size_t shown = app->sheet.shown;
        if (isinf(pace))
            win_sheet_finish(&app->sheet);
        else
            win_sheet_advance(&app->sheet, seconds * pace);
        if (app->sheet.shown != shown)
            order(app);
    }
    mark_letter(app);
    scroll(app);
    if (*app->message && app->time >= app->message_until) {
        *app->message = '\0';
        app->stale |= WIN_STALE_PAPER;
    }
}

double win_app_rest(const win_app *app)
{
    if ((win_sheet_moving(&app->sheet) && !app->paused) || app->scroll != app->scroll_goal)
        return 0;
    double rest = INFINITY;
    if (*app->message)
        rest = fmin(rest, app->message_until - app->time);
    rest = fmin(rest, app->finish_at - app->time);
    if (app->time - app->last_input < CARET_BLINKS)
        rest = fmin(rest, 0.5 - fmod(app->time - app->last_input, 0.5));
    return isinf(rest) ? -1 : fmax(rest, 0.005);
}

/* ---- settings and deeds ---------------------------------------------------------------------- */

/* What is written anew begins where the pen is now. */
static void keep_place(win_app *app)
{
    const win_sheet *s = &app->sheet;
    if (s->resume < 0 && s->shown > 0)
        app->sheet.resume = s->trace[s->shown - 1].character;
}

void win_app_set(win_app *app, win_value which, double value)
{
    value = win_value_fit(which, value);
    if (value == app->value[which])
        return;
    app->value[which] = value;
    app->stale |= WIN_STALE_PANEL;
    if (which == WIN_BIAS || which == WIN_SEED) {
        keep_place(app);
        order(app);
    } else if (which == WIN_SIZE) {
        app->sheet.pitch = (float)value;
        win_sheet_break(&app->sheet, 0, &app->plain, app->editor.text);
    }
    if (which != WIN_SPEED)
        app->stale |= WIN_STALE_INK | WIN_STALE_PAPER;
}

static void step_once(win_app *app)
{
    app->paused = true;
    win_sheet *s = &app->sheet;
    if (s->shown < s->points)
        win_sheet_advance(s, s->point[s->shown].time - s->now + 1e-6);
    order(app);
}

static void rewind_sheet(win_app *app)
{
    win_sheet_rewind(&app->sheet);
    app->paused = false;
    app->follow = true;
    app->stale |= WIN_STALE_INK | WIN_STALE_PAPER;
}

static void zoom(win_app *app, double by)
{
    app->zoom = fmin(4, fmax(0.5, app->zoom * by));
    win_frame_layout(app);
}

static void write_anew(win_app *app)
{
    const win_setting *seed = &win_settings[WIN_SEED];
    double next = app->value[WIN_SEED] + 1;
    win_app_set(app, WIN_SEED, next > seed->high ? seed->low : next);
    rewind_sheet(app);
}

static void clear(win_app *app)
{
    win_editor_select_all(&app->editor);
    if (win_editor_erase(&app->editor, 1, false))
        win_app_text_changed(app);
    app->paused = false;
}

static void toggle_full(win_app *app)
{
    Uint32 full = SDL_GetWindowFlags(app->window) & SDL_WINDOW_FULLSCREEN_DESKTOP;
    SDL_SetWindowFullscreen(app->window, full ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP);
}

void win_app_do(win_app *app, win_action action)
{
    app->stale |= WIN_STALE_PANEL;
    switch (action) {
    case WIN_PAUSE:
        app->paused = !app->paused;
        break;
    case WIN_STEP:
        step_once(app);
        break;
    case WIN_REPLAY:
        rewind_sheet(app);
        break;
    case WIN_ANEW:
        write_anew(app);
        break;
    case WIN_CLEAR:
        clear(app);
        break;
    case WIN_LIFTS:
        app->lifts = !app->lifts;
        app->stale |= WIN_STALE_INK | WIN_STALE_PAPER;
        break;
    case WIN_HELP:
        app->help = !app->help;
        app->stale |= WIN_STALE_ALL & ~WIN_STALE_INK;
        break;
    case WIN_FULL:
        toggle_full(app);
        break;
    case WIN_LARGER:
        zoom(app, 1.25);
        break;
    case WIN_SMALLER:
        zoom(app, 0.8);
        break;
    case WIN_QUIT:
        app->quit = true;
        break;
    case WIN_ACTIONS:
        break;
    }
}
