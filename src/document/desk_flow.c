/* A desk: texts in, documents out. A text is read when the network has a row for it, then its hand
 * is found, then it is written, in step with those before and behind it; then it is laid out. */
#include "document/desk_work.h"

#include "base/need.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* The documents that are being made. */
typedef struct flow {
    lh_desk *desk;
    const lh_document_flow *jobs;
    pthread_mutex_t mutex; /* for the list, and for what the works in it count */
    lh_work *first, **end;
} flow;

/* ---- writing ----------------------------------------------------------------------------------
 */

static void drop(const flow *f, lh_document_job *job)
{
    if (f->jobs->drop)
        f->jobs->drop(f->jobs->user, job);
}

/* Gives the job back and forgets the work. */
static lh_status end_work(flow *f, lh_work *w, lh_error *error)
{
    lh_document_job *job = w->job;
    if (w->failed) {
        lh_document_free(job->document);
        job->document = NULL;
    }
    lh_work_free(w);
    return f->jobs->done(f->jobs->user, job, error);
}

/* Takes it from the list. */
static void remove_work(flow *f, lh_work *w)
{
    pthread_mutex_lock(&f->mutex);
    lh_work **at = &f->first;
    while (*at != w)
        at = &(*at)->behind;
    *at = w->behind;
    f->end = *at ? f->end : at;
    pthread_mutex_unlock(&f->mutex);
}

/* Takes up the next job that can be written; those that cannot go straight back. NULL: there is
 * none. */
static lh_work *begin_work(flow *f, lh_status *status, lh_error *error)
{
    for (;;) {
        lh_document_job *job = NULL;
        *status = f->jobs->next(f->jobs->user, &job, error);
        if (*status != LH_OK || !job)
            return NULL;
        lh_work *w = calloc(1, sizeof *w);
        if (!w) {
            drop(f, job);
            *status = lh_fail_memory(error, "documents");
            return NULL;
        }
        lh_error inner;
        w->job = job;
        job->document = NULL;
        job->error = (lh_error){.status = LH_OK};
        lh_status read = lh_work_read(f->desk, w, &inner);
        if (read == LH_OK)
            return w;
        lh_work_fail(w, read, &inner);
        *status = end_work(f, w, error);
        if (*status != LH_OK)
            return NULL;
    }
}

static lh_status next_part(void *user, lh_errand **errand, lh_error *error)
{
    flow *f = user;
    pthread_mutex_lock(&f->mutex);
    for (lh_work *w = f->first; w && !*errand; w = w->behind)
        *errand = lh_work_part(w);
    pthread_mutex_unlock(&f->mutex);
    if (*errand)
        return LH_OK;
    lh_status status;
    lh_work *w = begin_work(f, &status, error);
    if (!w)
        return status;
    pthread_mutex_lock(&f->mutex);
    *f->end = w;
    f->end = &w->behind;
    *errand = lh_work_part(w);
    pthread_mutex_unlock(&f->mutex);
    return LH_OK;
}

/* All is written. */
static lh_status finish_work(flow *f, lh_work *w, lh_error *error)
{
    lh_error inner;
    lh_status status = lh_work_lay_out(f->desk, w, &inner);
    if (status != LH_OK)
        lh_work_fail(w, status, &inner);
    remove_work(f, w);
    return end_work(f, w, error);
}

static lh_status part_done(void *user, lh_errand *errand, lh_error *error)
{
    flow *f = user;
    lh_work *w = errand->owner;
    bool opening = errand->finds_hand;
    pthread_mutex_lock(&f->mutex);
    lh_work_take(w, errand);
    bool last = !opening && w->left == 0;
    pthread_mutex_unlock(&f->mutex);
    return last ? finish_work(f, w, error) : LH_OK;
}

/* Gives back what was under way when all failed. */
static void drop_works(flow *f)
{
    for (lh_work *w = f->first, *behind; w; w = behind) {
        lh_document_job *job = w->job;
        behind = w->behind;
        lh_work_free(w);
        drop(f, job);
    }
}

lh_status lh_desk_write_all(lh_desk *desk, const lh_document_flow *jobs, lh_error *error)
{
    LH_NEED(error, desk && jobs && jobs->next && jobs->done, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    flow f = {.desk = desk, .jobs = jobs};
    const lh_errand_source source = {next_part, part_done, &f};
    f.end = &f.first;
    pthread_mutex_init(&f.mutex, NULL);
    lh_status status = lh_errands_write(desk->model, &desk->options.write, &source, error);
    if (status != LH_OK)
        drop_works(&f);
    pthread_mutex_destroy(&f.mutex);
    return status;
}

/* ---- texts that are all there -----------------------------------------------------------------
 */

typedef struct array {
    lh_document_job *job; /* [count] */
    size_t count, next;
} array;

static lh_status next_of_array(void *user, lh_document_job **job, lh_error *error)
{
    (void)error;
    array *a = user;
    *job = a->next < a->count ? &a->job[a->next++] : NULL;
    return LH_OK;
}

static lh_status leave_in_array(void *user, lh_document_job *job, lh_error *error)
{
    (void)user, (void)job, (void)error;
    return LH_OK;
}

lh_status lh_desk_write(lh_desk *desk, lh_document_job *jobs, size_t count, lh_error *error)
{
    LH_NEED(error, desk && (jobs || count == 0), LH_ERROR_ARGUMENT);
    array a = {.job = jobs, .count = count};
    const lh_document_flow all = {next_of_array, leave_in_array, NULL, &a};
    for (size_t i = 0; i < count; i++)
        jobs[i].document = NULL;
    lh_status status = lh_desk_write_all(desk, &all, error);
    for (size_t i = 0; i < count && status != LH_OK; i++) {
        lh_document_free(jobs[i].document);
        jobs[i].document = NULL;
    }
    return status;
}

lh_document *lh_desk_write_one(lh_desk *desk, const char *text, uint64_t seed, lh_error *error)
{
    LH_NEED(error, desk && text, NULL);
    lh_document_job job = {.text = text, .seed = seed};
    if (lh_desk_write(desk, &job, 1, error) != LH_OK)
        return NULL;
    if (!job.document && error)
        *error = job.error;
    return job.document;
}
