/* A crew of clerks writing in step: see crew.h. */
#include "crew.h"

#include "clerk_work.h"

#include <omp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* What the threads of a crew share. */
typedef struct crew {
    const lh_model *model;
    const lh_write_options *options;
    const lh_crew_source *source;
    int threads;
    pthread_mutex_t mutex; /* for all below, and to ask the source and `stop` */
    pthread_cond_t changed;
    lh_clerk *waiting; /* was given by the source when no row was free for it, or NULL */
    int writing;       /* clerks that the source gave and that are not yet brought back */
    lh_status status;  /* the first failure */
    lh_error error;
} crew;

/* One thread of it, with rows of its own. */
typedef struct member {
    crew *crew;
    lh_state *state; /* [rows] */
    lh_proof *proof; /* NULL: nothing is read over */
    lh_real *x;      /* [rows][3] */
    lh_clerk **at;   /* [rows]: who writes in the row */
    int rows, busy;  /* rows 0..busy-1 are being written in */
} member;

/* ---- sharing ----------------------------------------------------------------------------------
 */

static void fail(crew *c, lh_status status, const lh_error *error)
{
    if (c->status == LH_OK) {
        c->status = status;
        c->error = *error;
    }
    pthread_cond_broadcast(&c->changed);
}

static void fail_locked(crew *c, lh_status status, const lh_error *error)
{
    pthread_mutex_lock(&c->mutex);
    fail(c, status, error);
    pthread_mutex_unlock(&c->mutex);
}

/* A clerk for a thread that has `busy` already; NULL: none now. Threads that have more than others
 * wait, so that few clerks are shared out as many are. */
static lh_clerk *ask(crew *c, int busy)
{
    lh_clerk *clerk = c->waiting;
    if (busy * c->threads > c->writing - (clerk != NULL))
        return NULL;
    c->waiting = NULL;
    if (clerk)
        return clerk;
    lh_error error;
    lh_status status = c->source->next(c->source->user, &clerk, &error);
    if (status != LH_OK) {
        fail(c, status, &error);
        return NULL;
    }
    c->writing += clerk != NULL;
    return clerk;
}

/* Has something failed, or does the caller want it to end? Taken at each step. */
static bool ended(crew *c)
{
    const lh_write_options *options = c->options;
    lh_error error;
    if (c->status == LH_OK && options->stop && options->stop(options->stop_user))
        fail(c, lh_fail(&error, LH_ERROR_INTERRUPTED, "stopped before all was written"), &error);
    return c->status != LH_OK;
}

/* The next clerk for `m`, which is to have no more than `most`. Without one it is NULL; a thread
 * that has no other waits until there is one, or until there can be none. */
static lh_clerk *take(member *m, int most)
{
    crew *c = m->crew;
    lh_clerk *clerk = NULL;
    pthread_mutex_lock(&c->mutex);
    while (!ended(c) && m->busy < most && !(clerk = ask(c, m->busy)) && m->busy == 0 &&
           c->writing > 0 && c->status == LH_OK)
        pthread_cond_wait(&c->changed, &c->mutex);
    pthread_mutex_unlock(&c->mutex);
    return clerk;
}

static lh_status bring_back(crew *c, lh_clerk *clerk, lh_error *error)
{
    lh_status status = c->source->done(c->source->user, clerk, error);
    pthread_mutex_lock(&c->mutex);
    c->writing--;
    pthread_cond_broadcast(&c->changed);
    pthread_mutex_unlock(&c->mutex);
    return status;
}

static bool has_failed(crew *c)
{
    pthread_mutex_lock(&c->mutex);
    bool failed = c->status != LH_OK;
    pthread_mutex_unlock(&c->mutex);
    return failed;
}

/* ---- writing ----------------------------------------------------------------------------------
 */

static lh_status begin(member *m, int row, lh_clerk *clerk, lh_error *error)
{
    m->at[row] = clerk;
    return lh_clerk_begin(clerk, m->state, row, m->proof, error);
}

/* The clerk of row `row` is done: another takes the row, or the last busy row moves here. */
static lh_status release(member *m, int row, lh_error *error)
{
    lh_status status = bring_back(m->crew, m->at[row], error);
    if (status != LH_OK)
        return status;
    int last = --m->busy;
    lh_clerk *next =
        m->busy > 0 ? take(m, m->rows) : NULL; /* with no row busy it would wait here */
    if (next) {
        m->busy++;
        return begin(m, row, next, error);
    }
    if (row == last)
        return LH_OK;
    m->at[row] = m->at[last];
    return lh_state_copy(m->state, row, m->state, last, error);
}

static lh_status step(member *m, lh_error *error)
{
    lh_status status = LH_OK;
    for (int r = 0; r < m->busy; r++)
        memcpy(m->x + (size_t)r * LH_INPUTS, m->at[r]->now.tip.x, sizeof m->at[r]->now.tip.x);
    lh_network_step(m->crew->model->network, m->state, m->x, m->busy);
    /* Backwards, so that a row that moves into a freed one has had its turn. */
    for (int r = m->busy - 1; r >= 0 && status == LH_OK; r--) {
        status = lh_clerk_take(m->at[r], m->state, r, error);
        if (status == LH_OK && m->at[r]->done)
            status = release(m, r, error);
    }
    return status;
}

/* Writes until there is nothing left to write. Before each step rows that are free are filled. */
static void write_all(member *m)
{
    lh_error error;
    lh_status status = LH_OK;
    for (lh_clerk *clerk; status == LH_OK;) {
        while (status == LH_OK && (clerk = take(m, m->rows)))
            status = begin(m, m->busy++, clerk, &error);
        if (status == LH_OK && (m->busy == 0 || has_failed(m->crew)))
            break;
        if (status == LH_OK)
            status = step(m, &error);
    }
    if (status != LH_OK)
        fail_locked(m->crew, status, &error);
}

/* Writes while there is never more than one clerk: it must not wait for threads to start. What came
 * beside it is left waiting. */
static void write_alone(member *m)
{
    crew *c = m->crew;
    lh_error error;
    lh_status status = LH_OK;
    for (lh_clerk *clerk; status == LH_OK;) {
        if (m->busy == 0 && (clerk = take(m, 1)))
            status = begin(m, m->busy++, clerk, &error);
        if (status != LH_OK || m->busy == 0 || (c->waiting = take(m, 2)) || c->status != LH_OK)
            break;
        status = step(m, &error);
    }
    if (status != LH_OK)
        fail_locked(c, status, &error);
}

/* ---- crews ------------------------------------------------------------------------------------
 */

static void member_free(member *m)
{
    lh_state_free(m->state);
    lh_proof_free(m->proof);
    free(m->x);
    free(m->at);
}

static lh_status member_init(member *m, crew *c, int rows, lh_error *error)
{
    *m = (member){.crew = c, .rows = rows};
    if (c->options->reader && !(m->proof = lh_proof_new(c->options->reader, error)))
        return error->status;
    m->state = lh_state_new(c->model->network, rows, error);
    m->x = calloc((size_t)rows * LH_INPUTS, sizeof *m->x);
    m->at = calloc((size_t)rows, sizeof *m->at);
    if (!m->state)
        return error->status;
    return m->x && m->at ? LH_OK : lh_fail_memory(error, "writing in step");
}

/* `first` goes on with what it has, beside `threads` - 1 others. */
static void write_together(crew *c, member *first, int threads)
{
    int rows = first->rows;
#pragma omp parallel num_threads(threads)
    {
#pragma omp single
        c->threads = omp_get_num_threads();
        if (omp_get_thread_num() == 0) {
            write_all(first);
        } else {
            lh_error error;
            member own;
            lh_status status = member_init(&own, c, rows, &error);
            if (status == LH_OK)
                write_all(&own);
            else
                fail_locked(c, status, &error);
            member_free(&own);
        }
    }
}

lh_status lh_crew_write(const lh_model *model, const lh_write_options *options,
                        const lh_crew_source *source, lh_error *error)
{
    int threads = options->threads > 0 ? options->threads : omp_get_max_threads();
    threads = threads < options->rows ? threads : options->rows;
    crew c = {.model = model, .options = options, .source = source, .threads = 1};
    pthread_mutex_init(&c.mutex, NULL);
    pthread_cond_init(&c.changed, NULL);
    member first;
    lh_error own;
    lh_status status = member_init(&first, &c, (options->rows + threads - 1) / threads, &own);
    if (status != LH_OK)
        fail_locked(&c, status, &own);
    else if (threads == 1)
        write_all(&first);
    else
        write_alone(&first);
    if (c.waiting && c.status == LH_OK)
        write_together(&c, &first, threads);
    member_free(&first);
    pthread_mutex_destroy(&c.mutex);
    pthread_cond_destroy(&c.changed);
    if (c.status != LH_OK)
        *error = c.error;
    return c.status;
}

/* ---- one clerk --------------------------------------------------------------------------------
 */

static lh_status give_once(void *user, lh_clerk **clerk, lh_error *error)
{
    (void)error;
    lh_clerk **left = user;
    *clerk = *left;
    *left = NULL;
    return LH_OK;
}

static lh_status take_back(void *user, lh_clerk *clerk, lh_error *error)
{
    (void)user, (void)clerk, (void)error;
    return LH_OK;
}

lh_status lh_crew_write_one(const lh_model *model, const lh_write_options *options, lh_clerk *clerk,
                            lh_error *error)
{
    lh_write_options alone = *options;
    alone.rows = alone.threads = 1;
    const lh_crew_source source = {give_once, take_back, &clerk};
    return lh_crew_write(model, &alone, &source, error);
}
