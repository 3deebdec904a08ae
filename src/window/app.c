/* What happens in the window: time, orders, news. See app.h. */
#include "app.h"

#include "base/visible.h"

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
    char raw[sizeof app->message];
    va_list list;
    va_start(list, format);
    vsnprintf(raw, sizeof raw, format, list);
    va_end(list);
    visible_text(raw, app->message, sizeof app->message);
    app->trouble = trouble;
    app->message_until = app->time + MESSAGE_STANDS;
    app->stale |= WIN_STALE_PAPER;
}

lh_status win_app_start(win_app *app, const char *text, lh_error *error)
{
    wake_event = SDL_RegisterEvents(1);
    app->focus = app->hover = WIN_FOCUS_TEXT;
    app->held = -1;
    app->marked = SIZE_MAX;
    app->follow = true;
    app->sheet.resume = -1;
    app->cell = app->search.shown = -1;
    app->search.again = true;
    app->stale = WIN_STALE_ALL;
    if (!win_editor_start(&app->text, text) || !win_editor_start(&app->caption, ""))
        return lh_fail_memory(error, "a text");
    app->text.step = app->caption.step = app->drawing.step = &app->step;
    app->editor = win_mode(app) == WIN_MODE_DRAW ? &app->caption : &app->text;
    app->scribe = win_scribe_start(wake, NULL, error);
    if (!app->scribe)
        return error->status;
    win_app_text_changed(app);
    app->finish_at = app->time;
    win_app_update(app, 0);
    return LH_OK;
}

void win_app_stop(win_app *app)
{
    win_scribe_stop(app->scribe);
    win_frame_free(app);
    if (app->field_layout)
        g_object_unref(app->field_layout);
    win_editor_clear(&app->text);
    win_editor_clear(&app->caption);
    win_plain_clear(&app->plain);
    win_sheet_clear(&app->sheet);
    win_freehand_clear(&app->drawing);
    win_styles_clear(&app->styles);
    free(app->model);
    free(app->free_model);
}

/* ---- to the scribe --------------------------------------------------------------------------- */

/* What the drawn ink says, the first row, and what shall follow: the rows below, or else the text
 * that is written in the other mode. Made plain; the caller frees. NULL: nothing, or no memory. */
static char *plain_caption(const win_app *app)
{
    enum { FOLLOWING = 40 };
    win_plain plain = {0};
    const char *caption = app->caption.text, *row = strchr(caption, '\n');
    const char *more = row && row[1] ? "" : *app->text.text ? app->text.text : "and so on";
    char *all = malloc(strlen(caption) + FOLLOWING + 2);
    if (!all || !*caption) {
        free(all);
        return NULL;
    }
    strcpy(all, caption);
    strcat(all, " ");
    strncat(all, more, FOLLOWING);
    bool read = win_plain_read(&plain, all, &app->alphabet);
    free(all);
    if (!read)
        return NULL;
    char *text = plain.text;
    plain.text = NULL;
    win_plain_clear(&plain);
    size_t length = strlen(text);
    if (length > 0 && text[length - 1] == ' ')
        text[length - 1] = '\0';
    return text;
}

void win_app_order(win_app *app)
{
    int style = (int)app->value[WIN_STYLE];
    bool draw = win_mode(app) == WIN_MODE_DRAW;
    char *caption = draw && app->ready ? plain_caption(app) : NULL;
    win_order o = {
        .mode = win_mode(app),
        .model = app->model,
        .free_model = app->free_model,
        .style = style > 0 && style <= app->styles.count ? app->styles.path[style - 1] : NULL,
        .text = draw ? caption : app->plain.text,
        .finished = app->finished,
        .bias = app->value[WIN_BIAS],
        .seed = (uint64_t)app->value[WIN_SEED],
        .turn = app->drawing.turn,
        .shown = app->sheet.shown,
    };
    if (draw) {
        o.drawn = app->drawing.ink;
        o.down = app->drawing.down;
    }
    if (!win_scribe_ask(app->scribe, &o))
        win_app_say(app, true, "There is no memory left to write this text.");
    free(caption);
}

static void read_text(win_app *app)
{
    size_t unknown = app->plain.unknown;
    if (app->ready && !win_plain_read(&app->plain, app->text.text, &app->alphabet))
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
    app->stale |= WIN_STALE_BAR; /* there may be something to undo */
    app->finished = false;
    app->finish_at = app->time + PAUSE_AFTER_WORD;
    app->follow = true;
    app->stale |= *app->text.text ? 0 : WIN_STALE_PAPER;
    win_app_order(app);
}

/* ---- from the scribe ------------------------------------------------------------------------- */

static void take_ink(win_app *app, win_news *news)
{
    size_t shown = app->sheet.shown;
    int layers = app->sheet.layers;
    if (!win_sheet_take(&app->sheet, news) ||
        !win_sheet_break(&app->sheet, news->words_kept, &app->plain, app->text.text))
        win_app_say(app, true, "There is no memory left for more ink.");
    if (news->words > 0 && news->points == 0)
        win_app_say(app, true,
                    "The network finds no way to write this in this hand. Another style, "
                    "seed or neatness may do.");
    if (news->points_kept < shown || news->points_kept == 0)
        app->stale |= WIN_STALE_INK | WIN_STALE_PAPER | WIN_STALE_DOCK;
    if (app->sheet.layers != layers)
        app->stale |= WIN_STALE_DOCK;
    app->docked = app->docked < app->sheet.points ? app->docked : 0;
    if (news->points_kept < app->search.span.to)
        win_search_mark(&app->search, (win_span){0, 0}); /* that ink is gone */
    app->search.again |= news->points_kept < app->search.searched;
    int cells = app->sheet.layers * app->sheet.cells;
    if (cells > 0 && app->cell >= cells)
        app->cell = -1;
}

static void take_news(win_app *app)
{
    for (win_news *news; (news = win_scribe_news(app->scribe)); win_news_free(news)) {
        if (news->kind == WIN_NEWS_INK) {
            take_ink(app, news);
        } else if (news->kind == WIN_NEWS_WAYS) {
            win_freehand_take_ways(&app->drawing, news, app->time);
            app->stale |= WIN_STALE_PAPER;
        } else if (news->kind == WIN_NEWS_FAULT) {
            win_app_say(app, true, "%s", news->message);
        } else {
            app->alphabet = news->alphabet;
            app->ready = true;
            read_text(app);
            win_app_order(app);
        }
    }
}

/* ---- time ------------------------------------------------------------------------------------ */

static void mark_letter(win_app *app)
{
    const win_sheet *s = &app->sheet;
    size_t marked = SIZE_MAX;
    if (win_mode(app) == WIN_MODE_WRITE && win_sheet_moving(s)) {
        size_t c = (size_t)s->character[s->shown];
        if (c < app->plain.count)
            marked = app->plain.byte[c];
    }
    if (marked != app->marked)
        app->stale |= WIN_STALE_FIELD;
    app->marked = marked;
}

static void scroll(win_app *app)
{
    double all = win_sheet_height(&app->sheet);
    if (win_mode(app) == WIN_MODE_DRAW)
        app->scroll_goal = 0;
    else if (app->follow)
        app->scroll_goal = app->sheet.points > 0 && all > app->paper_box.h
                               ? (int)ceil((all - app->paper_box.h) * app->scale)
                               : 0;
}

static void move_pen(win_app *app, double seconds)
{
    double pace = win_pace(app->value[WIN_SPEED]);
    size_t shown = app->sheet.shown;
    if (isinf(pace))
        win_sheet_finish(&app->sheet);
    else
        win_sheet_advance(&app->sheet, seconds * pace);
    if (app->sheet.shown != shown)
        win_app_order(app);
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
        win_app_order(app);
    }
    if (!app->on[WIN_PAUSE] && win_mode(app) != WIN_MODE_DRAW)
        move_pen(app, seconds);
    if (win_mode(app) == WIN_MODE_DRAW && win_freehand_fades(&app->drawing, app->time - seconds))
        app->stale |= WIN_STALE_PAPER;
    mark_letter(app);
    win_marking_update(app);
    scroll(app);
    if (*app->message && app->time >= app->message_until) {
        *app->message = '\0';
        app->stale |= WIN_STALE_PAPER;
    }
}

double win_app_rest(const win_app *app)
{
    bool moves =
        win_sheet_moving(&app->sheet) && !app->on[WIN_PAUSE] && win_mode(app) != WIN_MODE_DRAW;
    bool fades = win_mode(app) == WIN_MODE_DRAW && win_freehand_fades(&app->drawing, app->time);
    if (moves || fades || app->scroll != app->scroll_goal)
        return 0;
    double rest = INFINITY;
    if (*app->message)
        rest = fmin(rest, app->message_until - app->time);
    rest = fmin(rest, app->finish_at - app->time);
    if (app->time - app->last_input < CARET_BLINKS)
        rest = fmin(rest, 0.5 - fmod(app->time - app->last_input, 0.5));
    return isinf(rest) ? -1 : fmax(rest, 0.005);
}
