/* How far back a gradient reaches, over many sequences: |dL_t / dh_{t-k}| by layer and lag k, its
 * median and quartiles. (The picture of the vanishing gradient: Hochreiter 1991; Bengio, Simard and
 * Frasconi 1994.) */
#include "base/need.h"

#include <longhand/lab.h>

#include <math.h>
#include <stdlib.h>

/* Sequences that are taken at once. */
enum { GROUP = 16 };

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The value that a share `q` of the sorted values [count] lies below. */
static double quantile(const double *sorted, int count, double q)
{
    const double place = q * (count - 1);
    const int below = (int)place;
    return below + 1 < count ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below])
                             : sorted[below];
}

/* norms [places][count] -> quartiles [places]. */
static void sum_up(double *norms, lh_reach *reach)
{
    const size_t places = (size_t)reach->layers * ((size_t)reach->lags + 1);
    for (size_t p = 0; p < places; p++) {
        double *own = norms + p * (size_t)reach->count;
        qsort(own, (size_t)reach->count, sizeof *own, compare);
        reach->low[p] = quantile(own, reach->count, 0.25);
        reach->median[p] = quantile(own, reach->count, 0.5);
        reach->high[p] = quantile(own, reach->count, 0.75);
    }
}

/* The norms of sequences first..first + count - 1 to their places in norms [N][lags + 1][all]. */
static lh_status take_group(const lh_network *network, lh_workspace *workspace,
                            const lh_sequence *sequences, const int *at, int first, int count,
                            const lh_reach *reach, double *norms, lh_error *error)
{
    double *own[GROUP] = {NULL};
    const size_t width = (size_t)reach->lags + 1;
    lh_status status = LH_OK;
    for (int i = 0; i < count && status == LH_OK; i++) {
        const lh_sequence *q = &sequences[first + i];
        if (at[first + i] < reach->lags || at[first + i] >= q->steps)
            status = lh_fail(error, LH_ERROR_ARGUMENT,
                             "sequence %d of %d steps has no step %d with %d before it", first + i,
                             q->steps, at[first + i] + 1, reach->lags);
        else if (!(own[i] = malloc((size_t)reach->layers * (size_t)q->steps * sizeof *own[i])))
            status = lh_fail_memory(error, "gradients over time");
    }
    if (status == LH_OK)
        status =
            lh_network_reach(network, workspace, sequences + first, at + first, count, own, error);
    for (int i = 0; i < count; i++) {
        const size_t steps = (size_t)sequences[first + i].steps, t = (size_t)at[first + i];
        for (size_t n = 0; n < (size_t)reach->layers && status == LH_OK; n++)
            for (size_t k = 0; k < width; k++)
                norms[(n * width + k) * (size_t)reach->count + (size_t)(first + i)] =
                    own[i][n * steps + t - k];
        free(own[i]);
    }
    return status;
}

static lh_reach *reach_new(int layers, int lags, int count)
{
    const size_t places = (size_t)layers * ((size_t)lags + 1);
    lh_reach *reach = calloc(1, sizeof *reach);
    if (!reach)
        return NULL;
    *reach = (lh_reach){.layers = layers, .lags = lags, .count = count};
    reach->low = calloc(places, sizeof *reach->low);
    reach->median = calloc(places, sizeof *reach->median);
    reach->high = calloc(places, sizeof *reach->high);
    if (reach->low && reach->median && reach->high)
        return reach;
    lh_reach_free(reach);
    return NULL;
}

void lh_reach_free(lh_reach *reach)
{
    if (!reach)
        return;
    free(reach->low);
    free(reach->median);
    free(reach->high);
    free(reach);
}

lh_reach *lh_reach_over(const lh_network *network, const lh_sequence *sequences, const int *at,
                        int count, int lags, lh_error *error)
{
    LH_NEED(error, network && sequences && at && count > 0 && lags >= 0, NULL);
    LH_OWN_ERROR(error);
    const lh_architecture *a = lh_network_architecture(network);
    const size_t places = (size_t)a->layers * ((size_t)lags + 1);
    lh_workspace *workspace = lh_workspace_new(error);
    if (!workspace)
        return NULL;
    lh_reach *reach = reach_new(a->layers, lags, count);
    double *norms = calloc(places * (size_t)count, sizeof *norms);
    lh_status status = reach && norms ? LH_OK : lh_fail_memory(error, "gradients over time");
    for (int first = 0; first < count && status == LH_OK; first += GROUP)
        status = take_group(network, workspace, sequences, at, first,
                            count - first < GROUP ? count - first : GROUP, reach, norms, error);
    if (status == LH_OK)
        sum_up(norms, reach);
    free(norms);
    lh_workspace_free(workspace);
    if (status == LH_OK)
        return reach;
    lh_reach_free(reach);
    return NULL;
}
