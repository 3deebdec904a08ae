/* A crew of hands writing in step: see crew.h. */
#include "crew.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* The hands that have no row yet; crews on several threads take from it. */
typedef struct queue {
    lh_hand *next;
    size_t left;
} queue;

typedef struct crew {
    const lh_model *model;
    lh_state *state; /* [rows] */
    lh_proof *proof; /* NULL: nothing is read over */
    lh_real *x;      /* [rows][3] */
    lh_hand **at;    /* [rows]: who writes in the row */
    int busy;        /* rows 0..busy-1 are being written in */
    queue *waiting;
} crew;

static lh_hand *take_waiting(queue *waiting)
{
    lh_hand *hand = NULL;
#pragma omp critical(longhand_crew)
    if (waiting->left > 0) {
        hand = waiting->next++;
        waiting->left--;
    }
    return hand;
}

/* Gives row `row` to the next hand that waits; false when none does. */
static bool employ(crew *c, int row, lh_status *status, lh_error *error)
{
    lh_hand *hand = take_waiting(c->waiting);
    if (!hand)
        return false;
    c->at[row] = hand;
    *status = lh_hand_begin(hand, c->state, row, c->proof, error);
    return true;
}

/* The hand of row `row` is done: another takes the row, or the last busy row moves here. */
static lh_status release(crew *c, int row, lh_error *error)
{
    lh_status status = LH_OK;
    if (employ(c, row, &status, error))
        return status;
    int last = --c->busy;
    if (row == last)
        return LH_OK;
    c->at[row] = c->at[last];
    return lh_state_copy(c->state, row, c->state, last, error);
}

static lh_status step(crew *c, lh_error *error)
{
    lh_status status = LH_OK;
    for (int r = 0; r < c->busy; r++)
        memcpy(c->x + (size_t)r * LH_INPUTS, c->at[r]->now.x, sizeof c->at[r]->now.x);
    lh_network_step(c->model->network, c->state, c->x, c->busy);
    /* Backwards, so that a row that moves into a freed one has had its turn. */
    for (int r = c->busy - 1; r >= 0 && status == LH_OK; r--) {
        status = lh_hand_take(c->at[r], c->state, r, error);
        if (status == LH_OK && c->at[r]->done)
            status = release(c, r, error);
    }
    return status;
}

/* One thread's work. */
static lh_status write_all(const lh_model *model, queue *waiting, int rows, bool proofread,
                           lh_error *error)
{
    crew c = {.model = model, .waiting = waiting};
    if (proofread && !(c.proof = lh_proof_new(model, error)))
        return error->status;
    c.state = lh_state_new(model->network, rows, error);
    c.x = calloc((size_t)rows * LH_INPUTS, sizeof *c.x);
    c.at = calloc((size_t)rows, sizeof *c.at);
    lh_status status = !c.state ? error->status : LH_OK;
    if (status == LH_OK && (!c.x || !c.at))
        status = lh_fail_memory(error, "writing in step");
    while (status == LH_OK && c.busy < rows && employ(&c, c.busy, &status, error))
        c.busy++;
    while (status == LH_OK && c.busy > 0)
        status = step(&c, error);
    lh_state_free(c.state);
    lh_proof_free(c.proof);
    free(c.x);
    free(c.at);
    return status;
}

lh_status lh_crew_write(const lh_model *model, lh_hand *hands, size_t count, int rows, int threads,
                        lh_error *error)
{
    if (count == 0)
        return LH_OK;
    queue waiting = {.next = hands, .left = count};
    bool proofread = hands->options->proofread;
    size_t together = (size_t)rows < count ? (size_t)rows : count;
    if (threads == 0 && together > 1) /* a lone hand must not wait for threads to start */
        threads = omp_get_max_threads();
    if ((size_t)threads > together)
        threads = (int)together;
    if (threads <= 1)
        return write_all(model, &waiting, (int)together, proofread, error);
    int each = (int)((together + (size_t)threads - 1) / (size_t)threads);
    lh_status status = LH_OK;
#pragma omp parallel num_threads(threads)
    {
        lh_error own_error;
        lh_status own = write_all(model, &waiting, each, proofread, &own_error);
#pragma omp critical(longhand_crew_status)
        if (own != LH_OK) {
            status = own;
            *error = own_error;
        }
    }
    return status;
}
