/* The scribe's thread: see scribe.h. */
#include "scribe.h"

#include "controls.h"
#include "free.h"
#include "news.h"
#include "order.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    AHEAD = 1500,        /* points written ahead of the pen: half a minute of ink */
    FREE_SHEET = 9000,   /* points after which writing of no text begins on a new sheet */
    FIRST_PIECE = 4,     /* characters that are written first, so that ink shows soon */
    WAY_POINTS = 90,     /* of each way to go on */
    FOLLOWED_MAX = 4000, /* points of drawn ink that the network follows, with its text ... */
    FREE_FOLLOWED = 600  /* ... and without: more is not remembered anyway */
};

/* A hand is found once for each seed, in these words, so that it is the same whatever is typed. */
static const char FIRST_WORDS[] = "the quick fox";

struct win_scribe {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    void (*wake)(void *data);
    void *data;
    bool quit, asked, working;
    win_order order;
    win_news *first, *last;

    /* The thread's own, no lock needed. */
    win_order now;
    lh_model *model, *free_model;
    char *tried, *free_tried; /* owned; the files last named, whether or not they could be loaded */
    lh_writer *writer;
    char *learnt; /* owned; the style that the writer has learnt, or NULL */
    lh_pen *pen;
    win_free free;
    size_t sent_words, sent_points;
};

/* ---- news ------------------------------------------------------------------------------------ */

/* Takes `news`; NULL, for want of memory, is lost. */
static void tell(win_scribe *s, win_news *news)
{
    if (!news)
        return;
    pthread_mutex_lock(&s->lock);
    if (s->last)
        s->last->next = news;
    else
        s->first = news;
    s->last = news;
    pthread_mutex_unlock(&s->lock);
    s->wake(s->data);
}

static void tell_fault(win_scribe *s, const lh_error *error)
{
    win_news *news = win_news_new(WIN_NEWS_FAULT);
    if (news)
        memcpy(news->message, error->message, sizeof news->message);
    tell(s, news);
}

static void tell_nothing_stands(win_scribe *s)
{
    static lh_ink none;
    lh_written empty = {.ink = &none};
    s->sent_words = s->sent_points = 0;
    pthread_mutex_lock(&s->lock);
    s->order.shown = 0;
    pthread_mutex_unlock(&s->lock);
    tell(s, win_news_ink(&empty, 0, 0));
}

/* Tells what has been taken back and written since last told. */
static void tell_ink(win_scribe *s, const lh_written *w)
{
    size_t words = w->words < s->sent_words ? w->words : s->sent_words;
    size_t points = w->ink->count < s->sent_points ? w->ink->count : s->sent_points;
    if (words == s->sent_words && w->words == words && w->ink->count == points)
        return;
    win_news *news = win_news_ink(w, words, points);
    if (!news)
        return;
    s->sent_words = w->words;
    s->sent_points = w->ink->count;
    tell(s, news);
}

/* ---- networks and hands ---------------------------------------------------------------------- */

static void drop_pen(win_scribe *s)
{
    lh_pen_free(s->pen);
    win_free_clear(&s->free);
    s->pen = NULL;
}

static void drop_hand(win_scribe *s)
{
    drop_pen(s);
    lh_writer_free(s->writer);
    free(s->learnt);
    s->writer = NULL;
    s->learnt = NULL;
}

static lh_model *load(const char *path, lh_network_kind kind, lh_error *error)
{
    lh_model *model = lh_model_load(path, error);
    if (!model || lh_network_architecture(model->network)->kind == kind)
        return model;
    lh_model_free(model);
    lh_fail(error, LH_ERROR_ARGUMENT,
            kind == LH_SYNTHESIS ? "%s is a prediction network: it writes of its own accord and "
                                   "cannot be given a text"
                                 : "%s is a synthesis network: it writes nothing without a text",
            path);
    return NULL;
}

static lh_status take_model(win_scribe *s, lh_error *error)
{
    lh_model *model = load(s->tried, LH_SYNTHESIS, error);
    if (!model)
        return error->status;
    drop_hand(s);
    lh_model_free(s->model);
    s->model = model;
    win_news *news = win_news_new(WIN_NEWS_MODEL);
    if (news)
        news->alphabet = model->alphabet;
    tell(s, news);
    return LH_OK;
}

static lh_status take_free_model(win_scribe *s, lh_error *error)
{
    lh_model *model = load(s->free_tried, LH_PREDICTION, error);
    if (!model)
        return error->status;
    win_free_clear(&s->free);
    lh_model_free(s->free_model);
    s->free_model = model;
    return LH_OK;
}

static lh_write_options options_of(const win_order *order)
{
    lh_write_options options = lh_write_defaults;
    options.bias = order->bias;
    options.seed = order->seed;
    options.threads = 1;
    options.proofread = false; /* neither the words that find a hand, nor the first on the paper */
    options.keep = LH_KEEP_OUTPUT | LH_KEEP_WINDOW | LH_KEEP_CELLS;
    return options;
}

static lh_status make_writer(win_scribe *s, const lh_write_options *options, lh_error *error)
{
    drop_hand(s);
    lh_style *style = s->now.style ? lh_style_read(s->now.style, NULL, error) : NULL;
    if (s->now.style && !style)
        return error->status;
    s->writer = lh_writer_new(s->model, style, error);
    lh_style_free(style);
    if (!s->writer)
        return error->status;
    s->learnt = s->now.style ? strdup(s->now.style) : NULL;
    lh_error ignored; /* an alphabet without these letters: each text finds a hand of its own */
    if (s->now.style || lh_writer_check(s->writer, FIRST_WORDS, &ignored) != LH_OK)
        return LH_OK;
    return lh_writer_find_hand(s->writer, options, FIRST_WORDS, 0, error);
}

/* A style that was learnt does for every bias and seed; a hand that the network finds is of both. */
static lh_status take_hand(win_scribe *s, lh_error *error)
{
    drop_pen(s);
    lh_write_options options = options_of(&s->now);
    lh_status status = s->learnt && !win_order_text_differs(s->learnt, s->now.style)
                           ? LH_OK
                           : make_writer(s, &options, error);
    if (status == LH_OK && !(s->pen = lh_pen_new(s->writer, &options, 0, error)))
        status = error->status;
    return status;
}

/* ---- writing a text -------------------------------------------------------------------------- */

/* Where the first words end that make a piece of their own. */
static size_t first_piece(const char *text)
{
    size_t length = strlen(text), at = FIRST_PIECE < length ? FIRST_PIECE : length;
    return at + strcspn(text + at, " ");
}

/* Makes the pen's text begin as the first `length` bytes of `text`, leaving alone what both begin
 * with. */
static lh_status give_text(win_scribe *s, const char *text, size_t length, lh_error *error)
{
    const char *a = lh_pen_text(s->pen), *b = text;
    size_t same = 0;
    for (; *a && (size_t)(b - text) < length; same++) {
        const char *x = a, *y = b;
        if (lh_utf8_next(&x) != lh_utf8_next(&y))
            break;
        a = x;
        b = y;
    }
    lh_status status = *a ? lh_pen_truncate(s->pen, same, error) : LH_OK;
    char *rest = strndup(b, length - (size_t)(b - text));
    if (!rest)
        return lh_fail_memory(error, "a text");
    if (status == LH_OK && *rest)
        status = lh_pen_append(s->pen, rest, error);
    free(rest);
    if (status == LH_OK && (s->now.finished || text[length]))
        lh_pen_finish(s->pen);
    return status;
}

static lh_status write_text(win_scribe *s, const win_order *order, bool fresh, lh_error *error)
{
    bool hand = !s->pen || s->now.mode != order->mode || s->now.bias != order->bias ||
                s->now.seed != order->seed || win_order_text_differs(s->now.style, order->style);
    lh_status status = LH_OK;
    if (fresh && !win_order_copy(&s->now, order))
        return lh_fail_memory(error, "a text");
    if (!s->model)
        return LH_OK;
    const char *text = s->now.text ? s->now.text : "";
    if (fresh && hand) {
        status = take_hand(s, error);
        tell_nothing_stands(s);
    }
    if (status != LH_OK || !s->pen)
        return status;
    if (lh_pen_written(s->pen)->words == 0 && text[first_piece(text)]) {
        status = give_text(s, text, first_piece(text), error);
    } else if (fresh || !lh_pen_behind(s->pen)) {
        lh_pen_proofread(s->pen, lh_pen_written(s->pen)->words > 0);
        status = give_text(s, text, strlen(text), error);
    }
    tell_ink(s, lh_pen_written(s->pen)); /* what was taken back */
    if (status == LH_OK)
        status = lh_pen_write(s->pen, error);
    if (status == LH_OK) {
        tell_ink(s, lh_pen_written(s->pen));
        lh_pen_forget(s->pen);
    }
    return status;
}

/* ---- writing of no text, and going on from drawn ink ------------------------------------------
 */

static lh_status write_freely(win_scribe *s, const win_order *order, bool fresh, lh_error *error)
{
    bool anew = s->now.mode != order->mode || s->now.bias != order->bias ||
                s->now.seed != order->seed || s->free.ink.count == 0 ||
                s->free.ink.count > FREE_SHEET;
    if (fresh && !win_order_copy(&s->now, order))
        return lh_fail_memory(error, "an order");
    if (!s->free_model)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "Writing of no text needs a prediction network, and none is installed. "
                       "Drop a model file on the window, or name one with --prediction.");
    if (anew) {
        uint64_t piece = s->free.ink.count > FREE_SHEET ? s->free.piece : 0;
        win_free_clear(&s->free);
        s->free.piece = piece;
        tell_nothing_stands(s);
    }
    lh_write_options options = options_of(&s->now);
    lh_status status = win_free_write(&s->free, s->free_model, &options, error);
    if (status == LH_OK)
        tell_ink(s, &s->free.shown);
    return status;
}

/* The network that goes on from the drawn ink; NULL: none can. With the text of the ink it is the
 * one that writes texts, unless there is so much ink that following it would take too long. */
static const lh_model *model_of_ways(const win_scribe *s)
{
    bool text = s->now.text && *s->now.text;
    if (s->model && text && (s->now.drawn.count <= FOLLOWED_MAX || !s->free_model))
        return s->now.drawn.count <= FOLLOWED_MAX ? s->model : NULL;
    return s->free_model;
}

/* The ink to follow, for the caller to free: all of it for a text, else the last strokes. */
static lh_ink *ink_to_follow(const win_scribe *s, const lh_model *model, lh_error *error)
{
    lh_ink drawn = s->now.drawn;
    if (model == s->free_model && drawn.count > FREE_FOLLOWED) {
        size_t from = drawn.count - FREE_FOLLOWED;
        while (from + 1 < drawn.count && !drawn.points[from - 1].end)
            from++;
        from = from + 1 < drawn.count ? from : drawn.count - FREE_FOLLOWED;
        drawn.points += from;
        drawn.count -= from;
    }
    lh_ink *ink = lh_ink_copy(&drawn, error);
    if (ink && lh_ink_clean(ink, &lh_cleaning_default, NULL, error) != LH_OK) {
        lh_ink_free(ink);
        return NULL;
    }
    if (ink && ink->count > 0 && s->now.down)
        ink->points[ink->count - 1].end = 0;
    return ink;
}

static lh_status find_ways(win_scribe *s, const win_order *order, lh_error *error)
{
    if (s->now.mode != order->mode)
        tell_nothing_stands(s);
    if (!win_order_copy(&s->now, order))
        return lh_fail_memory(error, "an order");
    const lh_model *model = model_of_ways(s);
    if (!model || s->now.drawn.count == 0) {
        tell(s, win_news_ways(NULL, 0, &s->now));
        return LH_OK;
    }
    lh_written *way[WIN_WAYS];
    lh_write_options options = options_of(&s->now);
    options.keep = 0;
    lh_ink *ink = ink_to_follow(s, model, error);
    if (!ink)
        return error->status;
    lh_status status = lh_complete(model, ink, model == s->model ? s->now.text : NULL, &options,
                                   WAY_POINTS, WIN_WAYS, way, error);
    lh_ink_free(ink);
    if (status != LH_OK)
        return status;
    tell(s, win_news_ways(way, WIN_WAYS, &s->now));
    for (int i = 0; i < WIN_WAYS; i++)
        lh_written_free(way[i]);
    return LH_OK;
}

/* ---- the thread ------------------------------------------------------------------------------ */

/* Is this a file that has not been tried yet? Then it is from now on. */
static bool is_new(char **tried, const char *path)
{
    if (!path || !win_order_text_differs(*tried, path))
        return false;
    char *copy = strdup(path);
    if (!copy)
        return false;
    free(*tried);
    *tried = copy;
    return true;
}

/* Loads what the order names, needs, and is not loaded: writing of a text is not to wait for the
 * network that writes without one. */
static lh_status take_models(win_scribe *s, const win_order *order, lh_error *error)
{
    bool model = is_new(&s->tried, order->model);
    bool other = order->mode != WIN_MODE_WRITE && is_new(&s->free_tried, order->free_model);
    if (model || other)
        s->now.mode = -1; /* all is written anew */
    lh_status status = model ? take_model(s, error) : LH_OK;
    if (!other)
        return status;
    if (status != LH_OK)
        tell_fault(s, error);
    return take_free_model(s, error);
}

/* Does what changed between the order before and `order`, then writes one piece. */
static lh_status work(win_scribe *s, const win_order *order, bool fresh, lh_error *error)
{
    lh_status status = fresh ? take_models(s, order, error) : LH_OK;
    if (status != LH_OK)
        return status;
    if (order->mode == WIN_MODE_FREE)
        return write_freely(s, order, fresh, error);
    if (order->mode == WIN_MODE_DRAW)
        return find_ways(s, order, error);
    return write_text(s, order, fresh, error);
}

/* With the lock held: is there a piece to write, within reach of the pen? */
static bool wants_ink(const win_scribe *s)
{
    if (s->now.mode == WIN_MODE_DRAW || s->sent_points >= s->order.shown + AHEAD)
        return false;
    if (s->now.mode == WIN_MODE_FREE)
        return s->free_model && (s->sent_points <= FREE_SHEET || s->order.shown >= s->sent_points);
    if (!s->pen)
        return false;
    const char *text = s->now.text ? s->now.text : "";
    return lh_pen_behind(s->pen) || (text[first_piece(text)] && lh_pen_written(s->pen)->words > 0 &&
                                     strlen(lh_pen_text(s->pen)) <= first_piece(text));
}

static void *run(void *data)
{
    win_scribe *s = data;
    bool failed = false; /* nothing to go on with until another order comes */
    pthread_mutex_lock(&s->lock);
    while (!s->quit) {
        if (!s->asked && (failed || !wants_ink(s))) {
            s->working = false;
            pthread_cond_broadcast(&s->changed);
            pthread_cond_wait(&s->changed, &s->lock);
            continue;
        }
        bool fresh = s->asked;
        s->asked = false;
        s->working = true;
        win_order order = {0};
        bool copied = win_order_copy(&order, &s->order);
        pthread_mutex_unlock(&s->lock);
        lh_error error;
        lh_status status = copied ? work(s, &order, fresh, &error) : lh_fail_memory(&error, "text");
        failed = status != LH_OK;
        if (failed)
            tell_fault(s, &error);
        win_order_clear(&order);
        pthread_mutex_lock(&s->lock);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* ---- from the window's side ------------------------------------------------------------------ */

win_scribe *win_scribe_start(void (*wake)(void *data), void *data, lh_error *error)
{
    win_scribe *s = calloc(1, sizeof *s);
    if (!s) {
        lh_fail_memory(error, "a thread");
        return NULL;
    }
    s->wake = wake;
    s->data = data;
    s->now.mode = -1;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->changed, NULL);
    if (pthread_create(&s->thread, NULL, run, s) == 0)
        return s;
    lh_fail(error, LH_ERROR_MEMORY, "cannot start a thread to write in");
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    free(s);
    return NULL;
}

void win_scribe_stop(win_scribe *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->quit = true;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    for (win_news *news; (news = win_scribe_news(s));)
        win_news_free(news);
    drop_hand(s);
    lh_model_free(s->model);
    lh_model_free(s->free_model);
    free(s->tried);
    free(s->free_tried);
    win_order_clear(&s->order);
    win_order_clear(&s->now);
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

bool win_scribe_ask(win_scribe *s, const win_order *order)
{
    pthread_mutex_lock(&s->lock);
    /* The pen's place alone is no new order: it only lets the writing go on. */
    bool same = win_order_same(&s->order, order), copied = true;
    if (same)
        s->order.shown = order->shown;
    else
        copied = win_order_copy(&s->order, order);
    s->asked |= !same && copied;
    s->working = true;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
    return copied;
}

win_news *win_scribe_news(win_scribe *s)
{
    pthread_mutex_lock(&s->lock);
    win_news *news = s->first;
    if (news)
        s->first = news->next;
    if (!s->first)
        s->last = NULL;
    pthread_mutex_unlock(&s->lock);
    return news;
}

void win_scribe_settle(win_scribe *s)
{
    pthread_mutex_lock(&s->lock);
    while (s->asked || s->working)
        pthread_cond_wait(&s->changed, &s->lock);
    pthread_mutex_unlock(&s->lock);
}
