/* The regulariser against vanishing gradients (Pascanu, Mikolov and Bengio 2012, arXiv 1211.5063,
 * equations 9 and 10). With x_k the sums of a layer's cells at step k, x_{k+1} = h_k U + ..., and
 * d_k = dE/dx_k the whole derivative of the loss E of a sequence:
 *
 *     Omega = sum_k (r_k - 1)^2      r_k = |v_k| / |d_{k+1}|      v_k = d_{k+1} dx_{k+1}/dx_k
 *     v_k(i) = s_k(i) sum_j U(i, j) d_{k+1}(j)                    s_k = tanh'(x_k) = 1 - h_k^2
 *
 * A gradient that keeps its length on its way back has r = 1. Only U itself is varied in the
 * derivative; d_{k+1} and h_k count as given (the paper's "immediate" partial derivative):
 *
 *     dOmega/dU(i, j) = sum_k 2 (r_k - 1) v_k(i) / |v_k| s_k(i) d_{k+1}(j) / |d_{k+1}|
 *
 * A step whose d_{k+1} is 0, or too small to be told from it, is left out: it has no direction. */
#include "vanishing.h"

#include <float.h>
#include <math.h>
#include <string.h>

lh_status lh_vanishing_check(const lh_network *n, double weight, lh_error *error)
{
    if (!(weight >= 0 && isfinite(weight)))
        return lh_fail(error, LH_ERROR_ARGUMENT, "a regulariser of weight %g", weight);
    if (weight > 0 && (strcmp(n->cell->name, "tanh") != 0 || lh_network_reads(n) ||
                       lh_directions(&n->architecture) > 1))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "the regulariser is for layers of tanh cells that go in one direction, "
                       "without a window or a memory");
    return LH_OK;
}

static double length(const lh_real *values, size_t count)
{
    double square = 0;
    for (size_t i = 0; i < count; i++)
        square += (double)values[i] * (double)values[i];
    return sqrt(square);
}

/* d becomes d / |d|, or 0. */
static void take_direction(lh_real *d, size_t count)
{
    const double least = sizeof(lh_real) == sizeof(float) ? (double)FLT_MIN : DBL_MIN;
    const double size = length(d, count);
    for (size_t i = 0; i < count; i++)
        d[i] = size > least ? (lh_real)((double)d[i] / size) : 0;
}

/* From d_{k+1} U^T / |d_{k+1}| in `v` to weight 2 (r - 1) v / |v| s; returns (r - 1)^2. */
static double turn(lh_real *v, const lh_real *h, size_t count, double weight)
{
    for (size_t i = 0; i < count; i++)
        v[i] *= 1 - h[i] * h[i];
    const double r = length(v, count);
    const double factor = r > 0 ? weight * 2 * (r - 1) / r : 0;
    for (size_t i = 0; i < count; i++)
        v[i] *= (lh_real)factor * (1 - h[i] * h[i]);
    return (r - 1) * (r - 1);
}

static bool is_zero(const lh_real *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (values[i] != 0)
            return false;
    return true;
}

/* A layer's steps from..end - 1, each with the one before it. */
static void take_steps(lh_workspace *s, const lh_network *n, size_t l, int from, int end,
                       double weight, lh_real *gradient, lh_loss *losses)
{
    const lh_batch *batch = &s->batch;
    const size_t cells = n->size.cells, first = batch->start[from];
    const size_t rows = batch->start[end] - first, offset = n->layer[l].recurrent;
    lh_real *d = lh_at_layer_step(s, s->gates, l, from, cells), *v = s->dh;
    for (size_t row = 0; row < rows; row++)
        take_direction(d + row * cells, cells);
    memset(v, 0, rows * cells * sizeof *v);
    s->blas->nt(rows, cells, cells, d, cells, n->arena + offset, cells, v, cells);
    for (int t = from; t < end; t++)
        for (int b = 0; b < batch->active[t]; b++) {
            const size_t row = batch->start[t] + (size_t)b - first;
            if (is_zero(d + row * cells, cells))
                continue;
            const lh_real *h = lh_at_step(s, s->h, t - 1, n->size.hidden) +
                               (size_t)b * n->size.hidden + n->layer[l].column;
            losses[batch->order[b]].vanishing += turn(v + row * cells, h, cells, weight);
        }
    s->blas->tn(cells, cells, rows, v, cells, d, cells, gradient + offset, cells);
}

void lh_vanishing_add(lh_workspace *s, const lh_network *n, double weight, lh_real *gradient,
                      lh_loss *losses)
{
    for (int end = s->batch.steps; end > 1;) {
        const int chunk = lh_batch_chunk(&s->batch, end);
        const int from = chunk > 1 ? chunk : 1; /* the first step has none before it */
        for (size_t l = 0; l < n->size.layers; l++)
            take_steps(s, n, l, from, end, weight, gradient, losses);
        end = chunk;
    }
}
