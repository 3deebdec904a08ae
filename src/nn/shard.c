/* The layout of a shard and its memory; the loss over it. */
#include "shard.h"

#include "base/need.h"
#include "pairs.h"
#include "profile.h"

#include <stdlib.h>
#include <string.h>

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
    lh_pairs_free(s);
    for (size_t i = 0; i < sizeof s->memory / sizeof *s->memory; i++)
        free(s->memory[i]);
    free(s);
}

lh_status lh_workspace_set_products(lh_workspace *s, lh_products products, lh_error *error)
{
    LH_NEED(error, s && (unsigned)products <= LH_PRODUCTS_BFLOAT16, LH_ERROR_ARGUMENT);
    s->pairs.kernels = products == LH_PRODUCTS_BFLOAT16 ? lh_bfloat16_get() : NULL;
    return lh_products_check(products, error);
}

void *lh_shard_room(lh_workspace *s, int slot, size_t count, size_t size)
{
    size_t bytes = (count * size + 63) / 64 * 64 + 64;
    if (s->size[slot] < bytes) {
        free(s->memory[slot]);
        bytes = (bytes + bytes / 16 + 63) / 64 * 64;
        s->memory[slot] = aligned_alloc(64, bytes);
        s->size[slot] = s->memory[slot] ? bytes : 0;
    }
    return s->memory[slot];
}

static lh_status check_sequence(const lh_architecture *a, const lh_sequence *q, int index,
                                lh_error *error)
{
    if (q->steps < 1 || !q->x)
        return lh_fail(error, LH_ERROR_ARGUMENT, "sequence %d has no steps", index);
    if (a->kind == LH_PREDICTION)
        return LH_OK;
    if (q->characters < 1 || !q->text)
        return lh_fail(error, LH_ERROR_ARGUMENT, "sequence %d has no text", index);
    for (int u = 0; u < q->characters; u++)
        if (q->text[u] < 0 || q->text[u] >= a->alphabet)
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "sequence %d: character %d has index %d outside an alphabet of %d",
                           index, u + 1, (int)q->text[u], a->alphabet);
    return LH_OK;
}

/* Insertion sort, longest first and stable: shards are small and mostly sorted already. */
static void sort_by_length(lh_workspace *s, const lh_sequence *sequences)
{
    for (int b = 0; b < s->sequences; b++) {
        int at = b;
        for (; at > 0 && s->sorted[at - 1]->steps < sequences[b].steps; at--) {
            s->sorted[at] = s->sorted[at - 1];
            s->order[at] = s->order[at - 1];
        }
        s->sorted[at] = &sequences[b];
        s->order[at] = b;
    }
}

static lh_status lay_out(lh_workspace *s, const lh_sequence *sequences, int count, lh_error *error)
{
    s->sequences = count;
    s->order = lh_shard_room(s, 0, (size_t)count, sizeof *s->order);
    s->sorted = lh_shard_room(s, 1, (size_t)count, sizeof *s->sorted);
    if (!s->order || !s->sorted)
        return lh_fail_memory(error, "a batch");
    sort_by_length(s, sequences);
    s->steps = s->sorted[0]->steps;
    s->active = lh_shard_room(s, 2, (size_t)s->steps + 1, sizeof *s->active);
    s->start = lh_shard_room(s, 3, (size_t)s->steps + 1, sizeof *s->start);
    if (!s->active || !s->start)
        return lh_fail_memory(error, "a batch");
    int running = count;
    s->rows = 0;
    for (int t = 0; t <= s->steps; t++) {
        while (running > 0 && s->sorted[running - 1]->steps <= t)
            running--;
        s->active[t] = running;
        s->start[t] = s->rows;
        s->rows += (size_t)running;
    }
    return LH_OK;
}

int lh_shard_chunk(const lh_workspace *s, int end)
{
    int first = end - 1;
    while (first > 0 && s->start[end] - s->start[first - 1] <= LH_CHUNK_ROWS)
        first--;
    return first;
}

static size_t largest_chunk(const lh_workspace *s)
{
    size_t most = 0;
    for (int end = s->steps; end > 0;) {
        int first = lh_shard_chunk(s, end);
        size_t rows = s->start[end] - s->start[first];
        most = rows > most ? rows : most;
        end = first;
    }
    return most;
}

static int longest_text(const lh_workspace *s)
{
    int most = 0;
    for (int b = 0; b < s->sequences; b++)
        most = s->sorted[b]->characters > most ? s->sorted[b]->characters : most;
    return most;
}

static lh_status make_room(lh_workspace *s, const lh_network *network, bool backward,
                           lh_error *error)
{
    const lh_architecture *a = &network->architecture;
    size_t layers = (size_t)a->layers, cells = (size_t)a->cells, windows = (size_t)a->windows;
    size_t alphabet = (size_t)a->alphabet, sequences = (size_t)s->sequences, rows = s->rows;
    size_t chunk = backward ? largest_chunk(s) : 0, carried = backward ? sequences : 0;
    const struct {
        lh_real **place;
        size_t count;
    } parts[] = {
        {&s->x, rows * LH_INPUTS},
        {&s->target, rows * LH_INPUTS},
        {&s->gates, layers * rows * 4 * cells},
        {&s->c, layers * rows * cells},
        {&s->h, rows * layers * cells},
        {&s->w, rows * alphabet},
        {&s->hat, rows * 3 * windows},
        {&s->kappa, rows * windows},
        {&s->output, rows * (size_t)lh_output_size(a)},
        {&s->zeros, sequences * cells > windows ? sequences * cells : windows},
        {&s->phi, (size_t)longest_text(s) + 1},
        {&s->dh, chunk * layers * cells},
        {&s->dw, chunk * alphabet},
        {&s->d_hat, chunk * 3 * windows},
        {&s->dh_carry, layers * carried * cells},
        {&s->dc_carry, layers * carried * cells},
        {&s->dw_carry, carried * alphabet},
        {&s->d_kappa, carried * windows},
    };
    _Static_assert(4 + sizeof parts / sizeof *parts == LH_SHARD_SLOTS_PAIRS, "a slot for each");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        *parts[i].place = lh_shard_room(s, 4 + (int)i, parts[i].count, sizeof(lh_real));
        if (!*parts[i].place)
            return lh_fail_memory(error, "the activations of a batch");
    }
    memset(s->zeros, 0, parts[9].count * sizeof(lh_real));
    return LH_OK;
}

/* x_t and its successor, in the shard's row order; the input at the first step is null. */
static void fill_inputs(lh_workspace *s)
{
    for (int t = 0; t < s->steps; t++) {
        for (int b = 0; b < s->active[t]; b++) {
            size_t row = (s->start[t] + (size_t)b) * LH_INPUTS;
            const lh_real *x = s->sorted[b]->x + (size_t)t * LH_INPUTS;
            memcpy(s->target + row, x, LH_INPUTS * sizeof *x);
            if (t > 0)
                memcpy(s->x + row, x - LH_INPUTS, LH_INPUTS * sizeof *x);
            else
                memset(s->x + row, 0, LH_INPUTS * sizeof *x);
        }
    }
}

lh_status lh_shard_begin(lh_workspace *s, const lh_network *network, const lh_sequence *sequences,
                         int count, bool backward, lh_error *error)
{
    if (count < 1)
        return lh_fail(error, LH_ERROR_ARGUMENT, "a batch without sequences");
    lh_status status = LH_OK;
    for (int i = 0; i < count && status == LH_OK; i++)
        status = check_sequence(&network->architecture, &sequences[i], i, error);
    if (status == LH_OK)
        status = lay_out(s, sequences, count, error);
    if (status == LH_OK)
        status = make_room(s, network, backward, error);
    lh_lap lap = lh_lap_start();
    if (status == LH_OK)
        status = lh_network_pack(network, s->pairs.kernels != NULL, error);
    lh_lap_end(&lap, LH_PART_UPDATE);
    if (status == LH_OK)
        fill_inputs(s);
    if (status == LH_OK && s->pairs.kernels)
        status = lh_pairs_begin(s, network, backward ? largest_chunk(s) : 0, error);
    return status;
}

/* The loss of each sequence; with `gradient`, y^ becomes dL/dy^. */
static void sum_losses(lh_workspace *s, const lh_network *network, const lh_sequence *sequences,
                       const lh_clipping *clipping, bool gradient, lh_loss *losses)
{
    const lh_kernels *kernels = lh_kernels_get();
    int mixtures = network->architecture.mixtures;
    size_t outputs = (size_t)lh_output_size(&network->architecture);
    lh_real clip = clipping ? (lh_real)clipping->output : 0;
    lh_lap lap = lh_lap_start();
    memset(losses, 0, (size_t)s->sequences * sizeof *losses);
    for (int t = 0; t < s->steps; t++) {
        for (int b = 0; b < s->active[t]; b++) {
            size_t row = s->start[t] + (size_t)b;
            lh_real *y = s->output + row * outputs;
            lh_loss *loss = &losses[s->order[b]];
            kernels->mixture_loss(mixtures, y, s->target + row * LH_INPUTS,
                                  sequences[s->order[b]].limit, clip, gradient ? y : NULL, loss);
            loss->points++;
        }
    }
    lh_lap_end(&lap, LH_PART_MIXTURE);
}

lh_status lh_network_loss(const lh_network *network, lh_workspace *workspace,
                          const lh_sequence *sequences, int count, lh_loss *losses, lh_error *error)
{
    LH_NEED(error, network && workspace && sequences && losses, LH_ERROR_ARGUMENT);
    lh_status status = lh_shard_begin(workspace, network, sequences, count, false, error);
    if (status != LH_OK)
        return status;
    lh_shard_forward(workspace, network);
    sum_losses(workspace, network, sequences, NULL, false, losses);
    return LH_OK;
}

lh_status lh_network_gradient(const lh_network *network, lh_workspace *workspace,
                              const lh_sequence *sequences, int count, const lh_clipping *clipping,
                              lh_real *gradient, lh_loss *losses, lh_error *error)
{
    LH_NEED(error, network && workspace && sequences && gradient && losses, LH_ERROR_ARGUMENT);
    lh_status status = lh_shard_begin(workspace, network, sequences, count, true, error);
    if (status != LH_OK)
        return status;
    lh_shard_forward(workspace, network);
    sum_losses(workspace, network, sequences, clipping, true, losses);
    lh_shard_backward(workspace, network, clipping ? clipping->lstm : 0, gradient);
    return LH_OK;
}
