/* The loss of a batch and its gradient: laid out, forward, the head's loss, backward. */
#include "adaptation.h"
#include "backward.h"
#include "base/need.h"
#include "forward.h"
#include "pack.h"
#include "pairs.h"
#include "profile.h"
#include "vanishing.h"
#include "workspace.h"

#include <stdlib.h>
#include <string.h>

static lh_status begin(const lh_network *n, lh_workspace *s, const lh_sequence *sequences,
                       int count, bool backward, lh_error *error)
{
    bool pairs = s->pairs.kernels != NULL;
    lh_status status = pairs ? lh_pairs_check(n, error) : LH_OK;
    if (status == LH_OK)
        status = lh_workspace_begin(s, n, sequences, count, backward, error);
    lh_lap lap = lh_lap_start();
    if (status == LH_OK)
        status = lh_network_pack(n, pairs, error);
    lh_lap_end(&lap, LH_PART_UPDATE);
    if (status == LH_OK && pairs)
        status = lh_pairs_begin(s, n, backward, error);
    return status;
}

/* The loss of each sequence; with `gradient`, y^ becomes dL/dy^. */
static lh_status head_loss(const lh_network *n, lh_workspace *s, const lh_clipping *clipping,
                           bool gradient, lh_loss *losses, lh_error *error)
{
    lh_lap lap = lh_lap_start();
    memset(losses, 0, (size_t)s->batch.sequences * sizeof *losses);
    const lh_head_loss asked = {
        .architecture = &n->architecture,
        .batch = &s->batch,
        .output = s->output,
        .gradient = gradient,
        .clip = clipping ? (lh_real)clipping->output : 0,
        .losses = losses,
    };
    const lh_status status = n->head->loss(&asked, error);
    lh_lap_end(&lap, LH_PART_MIXTURE);
    return status;
}

lh_status lh_network_loss(const lh_network *network, lh_workspace *workspace,
                          const lh_sequence *sequences, int count, lh_loss *losses, lh_error *error)
{
    LH_NEED(error, network && workspace && sequences && losses, LH_ERROR_ARGUMENT);
    lh_status status = begin(network, workspace, sequences, count, false, error);
    if (status != LH_OK)
        return status;
    lh_forward(workspace, network);
    return head_loss(network, workspace, NULL, false, losses, error);
}

lh_status lh_network_outputs(const lh_network *network, lh_workspace *workspace,
                             const lh_sequence *sequences, int count, lh_real *const *outputs,
                             lh_error *error)
{
    LH_NEED(error, network && workspace && sequences && outputs, LH_ERROR_ARGUMENT);
    for (int i = 0; i < count; i++)
        LH_NEED(error, outputs[i], LH_ERROR_ARGUMENT);
    lh_status status = begin(network, workspace, sequences, count, false, error);
    if (status != LH_OK)
        return status;
    lh_forward(workspace, network);
    const lh_batch *batch = &workspace->batch;
    const size_t width = (size_t)lh_output_size(&network->architecture);
    for (int t = 0; t < batch->steps; t++)
        for (int b = 0; b < batch->active[t]; b++)
            memcpy(outputs[batch->order[b]] + (size_t)t * width,
                   workspace->output + (batch->start[t] + (size_t)b) * width,
                   width * sizeof(lh_real));
    return LH_OK;
}

lh_status lh_network_mean_hidden(const lh_network *network, lh_workspace *workspace,
                                 const lh_sequence *sequences, int count, lh_real *const *means,
                                 lh_error *error)
{
    LH_NEED(error, network && workspace && sequences && means, LH_ERROR_ARGUMENT);
    for (int i = 0; i < count; i++)
        LH_NEED(error, means[i], LH_ERROR_ARGUMENT);
    lh_status status = begin(network, workspace, sequences, count, false, error);
    if (status != LH_OK)
        return status;
    lh_forward(workspace, network);
    const lh_batch *batch = &workspace->batch;
    const size_t width = (size_t)lh_directions(&network->architecture) * network->size.cells;
    const size_t column = network->size.hidden - width;
    for (int i = 0; i < count; i++)
        memset(means[i], 0, width * sizeof *means[i]);
    for (int t = 0; t < batch->steps; t++)
        for (int b = 0; b < batch->active[t]; b++) {
            const lh_real *h =
                workspace->h + (batch->start[t] + (size_t)b) * network->size.hidden + column;
            lh_real *mean = means[batch->order[b]];
            for (size_t j = 0; j < width; j++)
                mean[j] += h[j] / (lh_real)batch->sorted[b]->steps;
        }
    return LH_OK;
}

static lh_status check_learnt(const lh_network *n, const lh_workspace *s, double regulariser,
                              lh_error *error)
{
    if (!s->learnt)
        return LH_OK;
    const lh_status status = lh_adaptation_check(s->learnt, n, error);
    if (status == LH_OK && (s->pairs.kernels || regulariser > 0))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "an adaptation is learnt with products in float32 "
                       "and without a regulariser");
    return status;
}

lh_status lh_network_gradient(const lh_network *network, lh_workspace *workspace,
                              const lh_sequence *sequences, int count, const lh_clipping *clipping,
                              lh_real *gradient, lh_loss *losses, lh_error *error)
{
    LH_NEED(error, network && workspace && sequences && gradient && losses, LH_ERROR_ARGUMENT);
    if (clipping && clipping->steps != 0 &&
        (clipping->steps < 0 || lh_directions(&network->architecture) > 1))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "derivatives cannot be cut every %d steps in %d directions", clipping->steps,
                       lh_directions(&network->architecture));
    const double regulariser = clipping ? clipping->regulariser : 0;
    lh_status status = lh_vanishing_check(network, regulariser, error);
    if (status == LH_OK)
        status = check_learnt(network, workspace, regulariser, error);
    if (status == LH_OK)
        status = begin(network, workspace, sequences, count, true, error);
    if (status != LH_OK)
        return status;
    lh_forward(workspace, network);
    status = head_loss(network, workspace, clipping, true, losses, error);
    if (status == LH_OK)
        lh_backward(workspace, network, clipping, gradient);
    if (status == LH_OK && regulariser > 0)
        lh_vanishing_add(workspace, network, regulariser, gradient, losses);
    return status;
}

/* ---- looking into a memory ---- */

lh_status lh_network_look(const lh_network *network, lh_workspace *workspace,
                          const lh_sequence *sequence, lh_memory_part part, int head,
                          lh_real *values, lh_error *error)
{
    LH_NEED(error, network && workspace && sequence && values, LH_ERROR_ARGUMENT);
    const lh_sizes *z = &network->size;
    lh_status status = LH_OK;
    if (!network->memory || head < 0 || (size_t)head >= z->memory.reads)
        status = lh_fail(error, LH_ERROR_ARGUMENT,
                         "the network has no memory with a head %d that reads", head);
    if (status == LH_OK) /* as if to go back: then the states of all steps are kept */
        status = begin(network, workspace, sequence, 1, true, error);
    if (status != LH_OK)
        return status;
    if (!network->memory->view(&z->memory, workspace->first, part, head))
        return lh_fail(error, LH_ERROR_ARGUMENT, "a memory of kind %s has no such part",
                       network->memory->name);
    lh_forward(workspace, network);
    const size_t count = z->memory.slots * (part == LH_MEMORY_LINKS ? z->memory.slots : 1);
    for (int t = 0; t < sequence->steps; t++)
        memcpy(values + (size_t)t * count,
               network->memory->view(&z->memory, lh_store_at(workspace, t, 0, z->kept), part, head),
               count * sizeof *values);
    return LH_OK;
}

/* ---- the loss of one step ---- */

/* Nothing is asked at other steps than `at`: dL/dy^ is 0 there. */
static void ask_at(lh_workspace *s, size_t outputs, const int *at)
{
    const lh_batch *batch = &s->batch;
    for (int t = 0; t < batch->steps; t++)
        for (int b = 0; b < batch->active[t]; b++)
            if (t != at[batch->order[b]])
                memset(s->output + (batch->start[t] + (size_t)b) * outputs, 0,
                       outputs * sizeof *s->output);
}

/* dh_norm [N][R], in the batch's order, to norms [N][T] of each sequence. */
static void deal_norms(const lh_workspace *s, size_t layers, double *const *norms)
{
    const lh_batch *batch = &s->batch;
    for (size_t layer = 0; layer < layers; layer++)
        for (int t = 0; t < batch->steps; t++)
            for (int b = 0; b < batch->active[t]; b++)
                norms[batch->order[b]][layer * (size_t)batch->sorted[b]->steps + (size_t)t] =
                    s->dh_norm[layer * batch->rows + batch->start[t] + (size_t)b];
}

static lh_status check_reach(const lh_network *n, const lh_sequence *sequences, const int *at,
                             int count, lh_error *error)
{
    if (n->head->whole)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "the loss of %s is that of a line: it has none at a step", n->head->name);
    if (lh_directions(&n->architecture) > 1)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "a network that goes in both directions has no one way back in time");
    for (int i = 0; i < count; i++)
        if (at[i] < 0 || at[i] >= sequences[i].steps)
            return lh_fail(error, LH_ERROR_ARGUMENT, "sequence %d of %d steps is asked at step %d",
                           i, sequences[i].steps, at[i] + 1);
    return LH_OK;
}

lh_status lh_network_reach(const lh_network *network, lh_workspace *workspace,
                           const lh_sequence *sequences, const int *at, int count,
                           double *const *norms, lh_error *error)
{
    LH_NEED(error, network && workspace && sequences && at && norms, LH_ERROR_ARGUMENT);
    lh_status status = check_reach(network, sequences, at, count, error);
    if (status == LH_OK)
        status = begin(network, workspace, sequences, count, true, error);
    if (status != LH_OK)
        return status;
    const size_t layers = network->size.layers;
    const lh_adaptation *learnt = workspace->learnt;
    workspace->learnt = NULL;
    lh_real *gradient = calloc(network->arena_size, sizeof *gradient);
    lh_loss *losses = calloc((size_t)count, sizeof *losses);
    workspace->dh_norm = calloc(layers * workspace->batch.rows, sizeof *workspace->dh_norm);
    if (!gradient || !losses || !workspace->dh_norm)
        status = lh_fail_memory(error, "gradients over time");
    if (status == LH_OK) {
        lh_forward(workspace, network);
        status = head_loss(network, workspace, NULL, true, losses, error);
    }
    if (status == LH_OK) {
        ask_at(workspace, network->size.outputs, at);
        lh_backward(workspace, network, NULL, gradient);
        deal_norms(workspace, layers, norms);
    }
    free(workspace->dh_norm);
    workspace->dh_norm = NULL;
    workspace->learnt = learnt;
    free(losses);
    free(gradient);
    return status;
}
