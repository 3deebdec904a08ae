/* The scribe's thread, and what goes in and out of it: see scribe.h. */
#include "scribe.h"

#include "penman.h"

#include <pthread.h>
#include <stdlib.h>

struct win_scribe {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    void (*wake)(void *data);
    void *data;
    bool quit, asked, working;
    bool held; /* it works when win_scribe_settle waits for it, and only then */
    win_order order;
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

static void *run(void *data)
{
    win_scribe *s = data;
    bool failed = false; /* nothing to go on with until another order comes */
    pthread_mutex_lock(&s->lock);
    while (!s->quit) {
        bool idle = !s->asked && (failed || !win_penman_wants_ink(s->penman, s->order.shown));
        if (s->held || idle) {
            s->working = !idle;
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
