/* The gradient of a batch on several threads and ranks. */
#include "gradient.h"

#include "dataset_loss.h"
#include "nn/profile.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 };

/* What one thread works with. */
typedef struct worker {
    lh_workspace *workspace;
    lh_real *sum; /* [size] gradient of its shards */
    lh_status status;
    lh_error error;
} worker;

struct lh_batch_gradient {
    lh_workers share;
    size_t size;     /* of the arena, or how many numbers are learnt */
    worker *workers; /* [share.threads], those of this process */
    lh_shards shards;
    lh_loss *losses; /* [batch], in the order of shards.sequence */
};

/* ---- memory ---- */

static lh_status worker_start(worker *w, size_t size, lh_products products,
                              const lh_adaptation *learnt, lh_error *error)
{
    size_t bytes = (size * sizeof *w->sum + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    w->workspace = lh_workspace_new(error);
    if (!w->workspace)
        return error->status;
    lh_status status = lh_workspace_set_products(w->workspace, products, error);
    if (status == LH_OK)
        status = lh_workspace_set_learnt(w->workspace, learnt, error);
    if (status != LH_OK)
        return status;
    w->sum = aligned_alloc(ALIGNMENT, bytes);
    return w->sum ? LH_OK : lh_fail_memory(error, "a gradient");
}

lh_batch_gradient *lh_batch_gradient_new(const lh_network *network, const lh_adaptation *learnt,
                                         int batch, const lh_workers *workers, lh_error *error)
{
    lh_batch_gradient *g = calloc(1, sizeof *g);
    if (g) {
        g->share = *workers;
        g->size = learnt ? lh_adaptation_count(learnt) : lh_network_arena_size(network);
        g->workers = calloc((size_t)workers->threads, sizeof *g->workers);
        g->losses = calloc((size_t)batch, sizeof *g->losses);
    }
    lh_status status = LH_OK;
    if (!g || !g->workers || !g->losses)
        status = lh_fail_memory(error, "the gradient of a batch");
    else
        status = lh_shards_reserve(&g->shards, batch, error);
    for (int i = 0; i < workers->threads && status == LH_OK; i++)
        status = worker_start(&g->workers[i], g->size, workers->products, learnt, error);
    if (status == LH_OK)
        return g;
    lh_batch_gradient_free(g);
    return NULL;
}

void lh_batch_gradient_free(lh_batch_gradient *g)
{
    if (!g)
        return;
    for (int i = 0; i < g->share.threads && g->workers; i++) {
        lh_workspace_free(g->workers[i].workspace);
        free(g->workers[i].sum);
    }
    lh_shards_release(&g->shards);
    free(g->workers);
    free(g->losses);
    free(g);
}

lh_real *lh_batch_gradient_values(lh_batch_gradient *g)
{
    return g->workers[0].sum;
}

/* ---- a batch ---- */

/* Forward and backward over the shards of worker `index`. */
static void work(lh_batch_gradient *g, int index, const lh_network *network,
                 const lh_clipping *clipping)
{
    worker *w = &g->workers[index];
    const lh_shards *shards = &g->shards;
    lh_lap lap = lh_lap_start();
    memset(w->sum, 0, g->size * sizeof *w->sum);
    lh_lap_end(&lap, LH_PART_REDUCTION);
    w->status = LH_OK;
    int step = g->share.all;
    for (int s = g->share.first + index; s < shards->count && w->status == LH_OK; s += step) {
        int first = shards->start[s];
        w->status = lh_network_gradient(network, w->workspace, shards->sequence + first,
                                        shards->start[s + 1] - first, clipping, w->sum,
                                        g->losses + first, &w->error);
    }
}

/* Adds the gradients of all workers to the first one's and divides by `lines`. Element by element
 * in the order of the workers, so that it does not matter which thread does which slice. */
static void reduce(lh_batch_gradient *g, int lines)
{
    const lh_real scale = (lh_real)1 / (lh_real)lines;
    lh_real *total = g->workers[0].sum;
    enum { SLICE = 4096 };
    lh_lap lap = lh_lap_start();
#pragma omp for schedule(static)
    for (size_t start = 0; start < g->size; start += SLICE) {
        size_t end = start + SLICE < g->size ? start + SLICE : g->size;
        for (int w = 1; w < g->share.threads; w++) {
            const lh_real *part = g->workers[w].sum;
            for (size_t i = start; i < end; i++)
                total[i] += part[i];
        }
        for (size_t i = start; i < end; i++)
            total[i] *= scale;
    }
    lh_lap_end(&lap, LH_PART_REDUCTION);
}

static lh_status first_failure(const lh_batch_gradient *g, lh_error *error)
{
    for (int w = 0; w < g->share.threads; w++)
        if (g->workers[w].status != LH_OK) {
            if (error)
                *error = g->workers[w].error;
            return g->workers[w].status;
        }
    return LH_OK;
}

lh_status lh_batch_gradient_compute(lh_batch_gradient *g, const lh_network *network,
                                    const lh_sequence *sequences, size_t *batch, int count,
                                    const lh_clipping *clipping, lh_loss *loss, lh_error *error)
{
    int threads = g->share.threads;
    lh_deal_shards(sequences, batch, count, g->share.all, &g->shards);
    memset(g->losses, 0, (size_t)count * sizeof *g->losses);
#pragma omp parallel num_threads(threads)
    {
        /* The system may grant fewer threads than asked: the work is dealt by worker all the same,
         * so that the sums come out alike. */
#pragma omp for schedule(static, 1)
        for (int w = 0; w < threads; w++)
            work(g, w, network, clipping);
        reduce(g, count);
    }
    lh_status status = lh_ranks_agree(g->share.ranks, first_failure(g, error), error);
    if (status == LH_OK)
        status = lh_ranks_share_losses(g->share.ranks, g->losses, (size_t)count, error);
    if (status == LH_OK)
        status = lh_ranks_sum(g->share.ranks, lh_batch_gradient_values(g), g->size, error);
    if (status == LH_OK)
        *loss = lh_loss_sum(g->losses, (size_t)count);
    return status;
}
