/* The scribe's thread, and what goes in and out of it: see scribe.h. */
#include "scribe.h"

#include "penman.h"

#include <pthread.h>
#include <stdlib.h>

enum { SAMPLES = 80 };

struct win_scribe {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    void (*wake)(void *data);
    void *data;
    bool quit, asked, working;
    bool held; /* it works when win_scribe_settle waits for it, and only then */
    win_order order;
    win_sample sample[SAMPLES]; /* owned; asked for, and not yet begun */
    int samples;
    win_news *first, *last;
    win_penman *penman; /* the thread's own, no lock needed */
};

/* ---- the thread ------------------------------------------------------------------------------ */

/* Posts `news`; NULL, for want of memory, is lost. */
static void post(void *to, win_news *news)
{
    win_scribe *s = to;
    if (!news)
        return;
    pthread_mutex_lock(&s->lock);
    if (news->kind == WIN_NEWS_INK && news->points_kept + news->points == 0)
        s->order.shown = 0; /* the pen begins anew, whether or not the window knows it yet */
    if (s->last)
        s->last->next = news;
    else
        s->first = news;
    s->last = news;
    pthread_mutex_unlock(&s->lock);
    s->wake(s->data);
}

/* Takes the sample that is due next out of those asked for; the lowest slot comes first. */
static win_sample take_sample(win_scribe *s)
{
    int next = 0;
    for (int i = 1; i < s->samples; i++)
        if (s->sample[i].slot < s->sample[next].slot)
            next = i;
    win_sample sample = s->sample[next];
    s->sample[next] = s->sample[--s->samples];
    return sample;
}

/* Writes one, without the lock. */
static void write_sample(win_scribe *s)
{
    win_sample sample = take_sample(s);
    s->working = true;
    pthread_mutex_unlock(&s->lock);
    win_penman_sample(s->penman, &sample);
    win_sample_clear(&sample);
    pthread_mutex_lock(&s->lock);
}

static void *run(void *data)
{
    win_scribe *s = data;
    bool failed = false; /* nothing to go on with until another order comes */
    pthread_mutex_lock(&s->lock);
    while (!s->quit) {
        bool idle = !s->asked && (failed || !win_penman_wants_ink(s->penman, s->order.shown));
        bool sample = s->samples > 0 && win_penman_can_sample(s->penman);
        if (!s->held && idle && sample) {
            write_sample(s);
            continue;
        }
        if (s->held || idle) {
            s->working = !idle || sample;
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
        if (!copied) {
            lh_fail_memory(&error, "the text");
            post(s, win_news_fault(WIN_FAULT_OTHER, &error));
        }
        failed = !copied || !win_penman_write(s->penman, &order, fresh);
        win_order_clear(&order);
        pthread_mutex_lock(&s->lock);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

static void free_scribe(win_scribe *s)
{
    win_penman_free(s->penman);
    win_order_clear(&s->order);
    while (s->samples > 0)
        win_sample_clear(&s->sample[--s->samples]);
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    free(s);
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
    s->penman = win_penman_new(post, s, error);
    if (s->penman && pthread_create(&s->thread, NULL, run, s) == 0)
        return s;
    if (s->penman)
        lh_fail(error, LH_ERROR_MEMORY, "cannot start a thread to write in");
    free_scribe(s);
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
    free_scribe(s);
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

bool win_scribe_sample(win_scribe *s, const win_sample *sample)
{
    win_sample copy;
    if (!win_sample_copy(&copy, sample))
        return false;
    pthread_mutex_lock(&s->lock);
    int at = 0;
    while (at < s->samples && s->sample[at].slot != copy.slot)
        at++;
    bool room = at < SAMPLES;
    if (room && at < s->samples)
        win_sample_clear(&s->sample[at]);
    if (room) {
        s->sample[at] = copy;
        s->samples += at == s->samples;
        s->working = true;
    }
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
    if (!room)
        win_sample_clear(&copy);
    return room;
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
    s->held = false;
    s->working = true; /* as far as we know */
    pthread_cond_broadcast(&s->changed);
    while (s->asked || s->working)
        pthread_cond_wait(&s->changed, &s->lock);
    s->held = true;
    pthread_mutex_unlock(&s->lock);
}
