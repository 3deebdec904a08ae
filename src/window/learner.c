/* The learner's thread: see learner.h. */
#include "learner.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* Beside those who draw and write the learner waits: its threads are that much nicer. */
enum { NICE = 10 };

struct win_learner {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    void (*wake)(void *data);
    void *data;
    win_lesson lesson; /* the thread's own until it has ended */
    lh_error error;
    win_learning now;
    bool stop;
    bool held, going; /* held: it rests behind each step until it is let go on */
};

/* ---- the thread ------------------------------------------------------------------------------ */

/* With the lock. */
static void rest(win_learner *l)
{
    l->going = false;
    pthread_cond_broadcast(&l->changed);
    while (l->held && !l->going && !l->stop)
        pthread_cond_wait(&l->changed, &l->lock);
}

static void on_step(void *user, int step, int steps, double nats)
{
    win_learner *l = user;
    (void)nats;
    pthread_mutex_lock(&l->lock);
    l->now.step = step;
    l->now.steps = steps;
    pthread_mutex_unlock(&l->lock);
    l->wake(l->data);
    pthread_mutex_lock(&l->lock);
    rest(l);
    pthread_mutex_unlock(&l->lock);
}

static bool is_to_stop(void *user)
{
    win_learner *l = user;
    pthread_mutex_lock(&l->lock);
    bool stop = l->stop;
    pthread_mutex_unlock(&l->lock);
    return stop;
}

static void *run(void *data)
{
    win_learner *l = data;
    setpriority(PRIO_PROCESS, 0, NICE); /* on Linux this thread's, and of those it starts */
    pthread_mutex_lock(&l->lock);
    rest(l);
    pthread_mutex_unlock(&l->lock);
    lh_status status = win_lesson_learn(&l->lesson, &l->error);
    pthread_mutex_lock(&l->lock);
    l->now.path = status == LH_OK ? l->lesson.path : NULL;
    l->now.primed = l->lesson.primed;
    l->now.stopped = status == LH_ERROR_INTERRUPTED;
    l->now.message = status == LH_OK ? "" : l->error.message;
    l->now.ended = true;
    pthread_cond_broadcast(&l->changed);
    pthread_mutex_unlock(&l->lock);
    l->wake(l->data);
    return NULL;
}

/* ---- from the window's side ------------------------------------------------------------------ */

static void free_learner(win_learner *l)
{
    win_lesson_clear(&l->lesson);
    pthread_cond_destroy(&l->changed);
    pthread_mutex_destroy(&l->lock);
    free(l);
}

win_learner *win_learner_start(win_lesson *lesson, bool held, void (*wake)(void *data), void *data,
                               lh_error *error)
{
    win_learner *l = calloc(1, sizeof *l);
    if (!l) {
        win_lesson_clear(lesson);
        lh_fail_memory(error, "a thread");
        return NULL;
    }
    l->lesson = *lesson;
    *lesson = (win_lesson){0};
    l->lesson.options.progress = on_step;
    l->lesson.options.stop = is_to_stop;
    l->lesson.options.user = l;
    l->wake = wake;
    l->data = data;
    l->held = held;
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->changed, NULL);
    if (pthread_create(&l->thread, NULL, run, l) == 0)
        return l;
    lh_fail(error, LH_ERROR_MEMORY, "cannot start a thread to learn in");
    free_learner(l);
    return NULL;
}

void win_learner_stop(win_learner *l)
{
    pthread_mutex_lock(&l->lock);
    l->stop = true;
    pthread_cond_broadcast(&l->changed);
    pthread_mutex_unlock(&l->lock);
}

void win_learner_free(win_learner *l)
{
    if (!l)
        return;
    win_learner_stop(l);
    pthread_join(l->thread, NULL);
    free_learner(l);
}

win_learning win_learner_look(win_learner *l)
{
    pthread_mutex_lock(&l->lock);
    win_learning now = l->now;
    pthread_mutex_unlock(&l->lock);
    return now;
}

void win_learner_settle(win_learner *l)
{
    pthread_mutex_lock(&l->lock);
    l->going = true;
    pthread_cond_broadcast(&l->changed);
    while (l->going && !l->now.ended)
        pthread_cond_wait(&l->changed, &l->lock);
    pthread_mutex_unlock(&l->lock);
}
