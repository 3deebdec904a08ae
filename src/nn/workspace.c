/* Memory for a batch's activations: see workspace.h. */
#include "workspace.h"
#include "adaptation.h"
#include "base/need.h"
#include "dropout.h"

#include <stdlib.h>
#include <string.h>

/* Rows of a chunk: large enough for full speed of the big products, small enough that their
 * operands stay in the caches. */
enum { CHUNK_ROWS = 2048 };

lh_workspace *lh_workspace_new(lh_error *error)
{
    const lh_blas *blas = lh_blas_get(error);
    if (!blas)
        return NULL;
    lh_workspace *s = calloc(1, sizeof *s);
    if (s)
        s->blas = blas;
    else
        lh_fail_memory(error, "a workspace");
    return s;
}

void lh_workspace_free(lh_workspace *s)
{
    if (!s)
        return;
    lh_pair_panels_free(&s->pairs.dgates_panels);
    lh_pair_panels_free(&s->pairs.factor_panels);
    lh_rooms_free(&s->pairs.rooms);
    lh_rooms_free(&s->rooms);
    lh_batch_free(&s->batch);
    free(s);
}

lh_status lh_workspace_set_products(lh_workspace *s, lh_products products, lh_error *error)
{
    LH_NEED(error, s && (unsigned)products <= LH_PRODUCTS_BFLOAT16, LH_ERROR_ARGUMENT);
    s->pairs.kernels = products == LH_PRODUCTS_BFLOAT16 ? lh_bfloat16_get() : NULL;
    return lh_products_check(products, error);
}

lh_status lh_workspace_set_learnt(lh_workspace *s, const lh_adaptation *adaptation, lh_error *error)
{
    LH_NEED(error, s, LH_ERROR_ARGUMENT);
    s->learnt = adaptation;
    return LH_OK;
}

static lh_status check_text(const lh_architecture *a, const lh_sequence *q, int index,
                            lh_error *error)
{
    if (q->characters < 1 || !q->text)
        return lh_fail(error, LH_ERROR_ARGUMENT, "sequence %d has no text", index);
    for (int u = 0; u < q->characters; u++)
        if (q->text[u] < 0 || q->text[u] >= a->alphabet)
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "sequence %d: character %d has index %d outside an alphabet of %d",
                           index, u + 1, (int)q->text[u], a->alphabet);
    return LH_OK;
}

static lh_status check_sequence(const lh_network *n, const lh_sequence *q, int index,
                                lh_error *error)
{
    lh_status status = LH_OK;
    if (q->steps < 1 || !q->x)
        return lh_fail(error, LH_ERROR_ARGUMENT, "sequence %d has no steps", index);
    if (!(q->dropout >= 0 && q->dropout < 1))
        return lh_fail(error, LH_ERROR_ARGUMENT, "sequence %d: a dropout of %g, not of 0 to 1",
                       index, q->dropout);
    if (lh_network_has_window(n))
        status = check_text(&n->architecture, q, index, error);
    if (status == LH_OK && n->head->check_sequence)
        status = n->head->check_sequence(&n->architecture, q, index, error);
    return status;
}

static lh_real *take(lh_workspace *s, uint64_t count)
{
    return lh_rooms_take(&s->rooms, count, sizeof(lh_real));
}

static lh_status make_room(lh_workspace *s, const lh_network *n, bool backward, lh_error *error)
{
    const lh_sizes *z = &n->size;
    uint64_t sequences = (uint64_t)s->batch.sequences, rows = s->batch.rows;
    uint64_t chunk = backward ? lh_batch_largest_chunk(&s->batch) : 0;
    uint64_t ends = backward ? sequences : 0; /* rows that a chunk hands to the one before */
    uint64_t widest = z->carried > z->cells ? z->carried : z->cells;
    uint64_t zeros = sequences * widest > z->windows ? sequences * widest : z->windows;
    lh_rooms_begin(&s->rooms);
    s->x = take(s, rows * z->inputs);
    s->gates = take(s, z->layers * rows * z->gates);
    s->recurrent = take(s, n->cell->apart ? z->layers * rows * z->gates : 0);
    s->carried = take(s, z->layers * rows * z->carried);
    s->h = take(s, rows * z->hidden);
    s->passed = s->mask = NULL;
    if (lh_dropout_is_on(&s->batch)) {
        s->passed = take(s, rows * z->hidden);
        s->mask = take(s, rows * z->hidden);
    }
    s->w = take(s, rows * z->shown);
    s->hat = take(s, rows * z->told);
    s->kappa = take(s, rows * z->windows);
    s->output = take(s, rows * z->outputs);
    s->zeros = take(s, zeros);
    s->phi = take(s, (uint64_t)lh_batch_longest_text(&s->batch) + 1);
    s->dh = take(s, chunk * z->hidden);
    s->dw = take(s, chunk * z->shown);
    s->d_hat = take(s, chunk * z->told);
    s->within_rank = take(s, s->learnt ? chunk * s->learnt->rank : 0);
    s->dh_carry = take(s, z->layers * ends * z->cells);
    s->d_carried = take(s, z->layers * ends * z->carried);
    s->dw_carry = take(s, ends * z->shown);
    s->d_kappa = take(s, ends * z->windows);
    s->store_all = backward;
    s->store = take(s, (backward ? rows : 2 * sequences) * z->kept);
    s->first = take(s, z->kept);
    s->d_store = take(s, ends * z->kept);
    s->within = take(s, n->memory ? n->memory->scratch(&z->memory) : 0);
    if (s->rooms.failed)
        return lh_fail_memory(error, "the activations of a batch");
    memset(s->zeros, 0, (size_t)zeros * sizeof *s->zeros);
    memset(s->first, 0, z->kept * sizeof *s->first);
    if (n->memory && n->memory->begin)
        n->memory->begin(&z->memory, s->first);
    if (!s->passed)
        s->passed = s->h;
    return LH_OK;
}

/* What enters, in the batch's row order: x_t, or, where that is to be foretold, x_{t-1}, which is
 * null at the first step. */
static void fill_inputs(lh_workspace *s, const lh_network *n)
{
    const lh_batch *batch = &s->batch;
    size_t width = n->size.inputs;
    for (int t = 0; t < batch->steps; t++) {
        for (int b = 0; b < batch->active[t]; b++) {
            lh_real *to = s->x + (batch->start[t] + (size_t)b) * width;
            const lh_real *x = batch->sorted[b]->x + (size_t)t * width;
            if (!n->head->foretells)
                memcpy(to, x, width * sizeof *x);
            else if (t > 0)
                memcpy(to, x - width, width * sizeof *x);
            else
                memset(to, 0, width * sizeof *x);
        }
    }
}

lh_status lh_workspace_begin(lh_workspace *s, const lh_network *n, const lh_sequence *sequences,
                             int count, bool backward, lh_error *error)
{
    if (count < 1)
        return lh_fail(error, LH_ERROR_ARGUMENT, "a batch without sequences");
    lh_status status = LH_OK;
    for (int i = 0; i < count && status == LH_OK; i++)
        status = check_sequence(n, &sequences[i], i, error);
    /* Layers that go in both directions meet the whole line at once. */
    size_t chunk = lh_directions(&n->architecture) > 1 ? SIZE_MAX : CHUNK_ROWS;
    if (status == LH_OK)
        status = lh_batch_lay_out(&s->batch, sequences, count, chunk, error);
    if (status == LH_OK)
        status = make_room(s, n, backward, error);
    if (status == LH_OK && s->mask && s->pairs.kernels)
        status = lh_fail(error, LH_ERROR_ARGUMENT, "dropout needs products in float32");
    if (status == LH_OK) {
        fill_inputs(s, n);
        if (s->mask)
            lh_dropout_draw(&s->batch, n->size.hidden, s->mask);
    }
    return status;
}
