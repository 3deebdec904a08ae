/* What waits for several threads to deal with it: see queue.h. */
#include "document/queue.h"

#include <pthread.h>
#include <stdlib.h>

struct lh_queue {
    void (*work)(void *user, void *item);
    void *user;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    void **item; /* [capacity], a ring: [count] from `first` on */
    size_t capacity, first, count;
    bool ending;
    pthread_t *thread; /* [threads] */
    size_t threads;
};

/* NULL: there will be no more. */
static void *take(lh_queue *q)
{
    void *item = NULL;
    pthread_mutex_lock(&q->mutex);
    while (q->count == 0 && !q->ending)
        pthread_cond_wait(&q->changed, &q->mutex);
    if (q->count > 0) {
        item = q->item[q->first];
        q->first = (q->first + 1) % q->capacity;
        q->count--;
        pthread_cond_broadcast(&q->changed);
    }
    pthread_mutex_unlock(&q->mutex);
    return item;
}

static void *work(void *argument)
{
    lh_queue *q = argument;
    for (void *item; (item = take(q)) != NULL;)
        q->work(q->user, item);
    return NULL;
}

lh_queue *lh_queue_new(int threads, void (*each)(void *user, void *item), void *user,
                       lh_error *error)
{
    lh_queue *q = calloc(1, sizeof *q);
    if (q) {
        *q = (lh_queue){.work = each, .user = user, .capacity = (size_t)threads};
        q->item = calloc(q->capacity, sizeof *q->item);
        q->thread = calloc(q->capacity, sizeof *q->thread);
        pthread_mutex_init(&q->mutex, NULL);
        pthread_cond_init(&q->changed, NULL);
    }
    if (!q || !q->item || !q->thread) {
        lh_fail_memory(error, "threads");
        lh_queue_end(q);
        return NULL;
    }
    while (q->threads < q->capacity && pthread_create(&q->thread[q->threads], NULL, work, q) == 0)
        q->threads++;
    return q;
}

void lh_queue_put(lh_queue *q, void *item)
{
    if (q->threads == 0) { /* the system gave none */
        q->work(q->user, item);
        return;
    }
    pthread_mutex_lock(&q->mutex);
    while (q->count == q->capacity)
        pthread_cond_wait(&q->changed, &q->mutex);
    q->item[(q->first + q->count++) % q->capacity] = item;
    pthread_cond_broadcast(&q->changed);
    pthread_mutex_unlock(&q->mutex);
}

void lh_queue_end(lh_queue *q)
{
    if (!q)
        return;
    pthread_mutex_lock(&q->mutex);
    q->ending = true;
    pthread_cond_broadcast(&q->changed);
    pthread_mutex_unlock(&q->mutex);
    for (size_t i = 0; i < q->threads; i++)
        pthread_join(q->thread[i], NULL);
    pthread_mutex_destroy(&q->mutex);
    pthread_cond_destroy(&q->changed);
    free(q->item);
    free(q->thread);
    free(q);
}
