/* The scribe's thread: see scribe.h. */
#include "scribe.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Points written ahead of the pen: half a minute of ink. */
enum { AHEAD = 1500 };

/* A hand is found once for each seed, in these words, so that it is the same whatever is typed. */
static const char FIRST_WORDS[] = "the quick brown fox jumps over it";

struct win_scribe {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    void (*wake)(void *data);
    void *data;
    bool quit, asked, working;
    win_order order; /* its strings are owned */
    win_news *first, *last;

    /* The thread's own, no lock needed. */
    win_order now;
    lh_model *model;
    lh_writer *writer;
    lh_pen *pen;
    size_t sent_words, sent_points;
};

static char *copy_string(const char *text)
{
    return text ? strdup(text) : NULL;
}

static bool copy_order(win_order *to, const win_order *from)
{
    win_order copy = *from;
    copy.model = copy_string(from->model);
    copy.text = copy_string(from->text);
    if ((from->model && !copy.model) || (from->text && !copy.text)) {
        free((char *)copy.model);
        free((char *)copy.text);
        return false;
    }
    free((char *)to->model);
    free((char *)to->text);
    *to = copy;
    return true;
}

/* ---- news ------------------------------------------------------------------------------------ */

void win_news_free(win_news *news)
{
    if (!news)
        return;
    free(news->word);
    free(news->point);
    free(news->trace);
    free(news->window);
    free(news->output);
    free(news);
}

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

static win_news *new_news(win_news_kind kind)
{
    win_news *news = calloc(1, sizeof *news);
    if (news)
        news->kind = kind;
    return news;
}

static void tell_fault(win_scribe *s, const lh_error *error)
{
    win_news *news = new_news(WIN_NEWS_FAULT);
    if (news)
        memcpy(news->message, error->message, sizeof news->message);
    tell(s, news);
}

static void *copy_rows(const void *rows, size_t count, size_t size)
{
    void *copy = malloc(count * size + 1);
    if (copy && count > 0)
        memcpy(copy, rows, count * size);
    return copy;
}

/* Copies what the pen wrote from word `words` and point `points` on. */
static win_news *ink_news(const lh_written *w, size_t words, size_t points)
{
    win_news *news = new_news(WIN_NEWS_INK);
    if (!news)
        return NULL;
    size_t count = w->ink->count - points, outputs = 1 + 6 * (size_t)w->mixtures;
    news->words_kept = words;
    news->points_kept = points;
    news->words = w->words - words;
    news->points = count;
    news->mixtures = w->mixtures;
    news->word = copy_rows(w->word + words, news->words, sizeof *w->word);
    news->point = copy_rows(w->ink->points + points, count, sizeof *w->ink->points);
    news->trace = copy_rows(w->trace + points, count, sizeof *w->trace);
    news->window = copy_rows(w->window + points, count, sizeof *w->window);
    news->output = copy_rows(w->output + points * outputs, count, outputs * sizeof *w->output);
    if (news->word && news->point && news->trace && news->window && news->output)
        return news;
    win_news_free(news);
    return NULL;
}

/* Tells what the pen has taken back and written since last told. */
static void tell_ink(win_scribe *s)
{
    const lh_written *w = lh_pen_written(s->pen);
    size_t words = w->words < s->sent_words ? w->words : s->sent_words;
    size_t points = w->ink->count < s->sent_points ? w->ink->count : s->sent_points;
    if (words == s->sent_words && w->words == words)
        return;
    win_news *news = ink_news(w, words, points);
    if (!news)
        return;
    s->sent_words = w->words;
    s->sent_points = w->ink->count;
    tell(s, news);
}

/* ---- the work -------------------------------------------------------------------------------- */

static void drop_hand(win_scribe *s)
{
    lh_pen_free(s->pen);
    lh_writer_free(s->writer);
    s->pen = NULL;
    s->writer = NULL;
}

static lh_status take_model(win_scribe *s, const char *path, lh_error *error)
{
    lh_model *model = lh_model_load(path, error);
    if (!model)
        return error->status;
    if (lh_network_architecture(model->network)->kind != LH_SYNTHESIS) {
        lh_model_free(model);
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s writes of its own accord and cannot be given a text", path);
    }
    drop_hand(s);
    lh_model_free(s->model);
    s->model = model;
    win_news *news = new_news(WIN_NEWS_MODEL);
    if (news) {
        news->alphabet = model->alphabet;
        news->scale_x = model->scale_x;
        news->scale_y = model->scale_y;
    }
    tell(s, news);
    return LH_OK;
}

static lh_status take_hand(win_scribe *s, lh_error *error)
{
    drop_hand(s);
    lh_write_options options = lh_write_defaults;
    options.bias = s->now.bias;
    options.seed = s->now.seed;
    options.threads = 1;
    options.keep = LH_KEEP_OUTPUT | LH_KEEP_WINDOW;
    s->writer = lh_writer_new(s->model, NULL, error);
    if (!s->writer)
        return error->status;
    lh_error ignored; /* an alphabet without these letters: each text finds a hand of its own */
    if (lh_writer_check(s->writer, FIRST_WORDS, &ignored) == LH_OK) {
        lh_status status = lh_writer_find_hand(s->writer, &options, FIRST_WORDS, 0, error);
        if (status != LH_OK)
            return status;
    }
    s->pen = lh_pen_new(s->writer, &options, 0, error);
    return s->pen ? LH_OK : error->status;
}

/* Makes the pen's text that of the order, leaving alone what both begin with. */
static lh_status take_text(win_scribe *s, lh_error *error)
{
    const char *old = lh_pen_text(s->pen), *text = s->now.text ? s->now.text : "";
    const char *a = old, *b = text;
    size_t same = 0, bytes = 0;
    for (; *a && *b; same++) {
        const char *x = a, *y = b;
        if (lh_utf8_next(&x) != lh_utf8_next(&y))
            break;
        a = x;
        b = y;
        bytes = (size_t)(b - text);
    }
    lh_status status = *a ? lh_pen_truncate(s->pen, same, error) : LH_OK;
    if (status == LH_OK && text[bytes])
        status = lh_pen_append(s->pen, text + bytes, error);
    if (status == LH_OK && s->now.finished)
        lh_pen_finish(s->pen);
    return status;
}

static bool differs(const char *a, const char *b)
{
    return a != b && (!a || !b || strcmp(a, b) != 0);
}

/* Does what changed between the order before and `order`, then writes one piece. */
static lh_status work(win_scribe *s, win_order *order, bool fresh, lh_error *error)
{
    bool model = fresh && order->model && (!s->model || differs(s->now.model, order->model));
    bool hand = model || !s->pen || s->now.bias != order->bias || s->now.seed != order->seed ||
                s->now.anew != order->anew;
    lh_status status = LH_OK;
    if (fresh && !copy_order(&s->now, order))
        return lh_fail_memory(error, "a text");
    if (model)
        status = take_model(s, s->now.model, error);
    if (status != LH_OK || !s->model)
        return status;
    if (fresh && hand)
        status = take_hand(s, error);
    if (status == LH_OK && fresh && s->pen) {
        status = take_text(s, error);
        if (hand) { /* all that was told is gone */
            tell(s, ink_news(lh_pen_written(s->pen), 0, 0));
            s->sent_words = s->sent_points = 0;
        }
        tell_ink(s);
    }
    if (status == LH_OK && s->pen)
        status = lh_pen_write(s->pen, error);
    if (status == LH_OK && s->pen)
        tell_ink(s);
    return status;
}

/* With the lock held: is there a piece to write, within reach of the pen? */
static bool wants_ink(const win_scribe *s)
{
    return s->pen && lh_pen_behind(s->pen) && s->sent_points < s->order.shown + AHEAD;
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
        bool copied = copy_order(&order, &s->order);
        pthread_mutex_unlock(&s->lock);
        lh_error error;
        lh_status status = copied ? work(s, &order, fresh, &error) : lh_fail_memory(&error, "text");
        failed = status != LH_OK;
        if (failed)
            tell_fault(s, &error);
        free((char *)order.model);
        free((char *)order.text);
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
    free((char *)s->order.model);
    free((char *)s->order.text);
    free((char *)s->now.model);
    free((char *)s->now.text);
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

bool win_scribe_ask(win_scribe *s, const win_order *order)
{
    pthread_mutex_lock(&s->lock);
    /* The pen's place alone is no new order: it only lets the writing go on. */
    const win_order *old = &s->order;
    bool same = !differs(old->model, order->model) && !differs(old->text, order->text) &&
                old->finished == order->finished && old->bias == order->bias &&
                old->seed == order->seed && old->anew == order->anew;
    bool copied = true;
    if (same)
        s->order.shown = order->shown;
    else
        copied = copy_order(&s->order, order);
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

bool win_scribe_busy(win_scribe *s)
{
    pthread_mutex_lock(&s->lock);
    bool busy = s->asked || s->working;
    pthread_mutex_unlock(&s->lock);
    return busy;
}

void win_scribe_settle(win_scribe *s)
{
    pthread_mutex_lock(&s->lock);
    while (s->asked || s->working)
        pthread_cond_wait(&s->changed, &s->lock);
    pthread_mutex_unlock(&s->lock);
}
