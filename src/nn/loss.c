/* The loss of a batch and its gradient: laid out, forward, the head's loss, backward. */
#include "backward.h"
#include "base/need.h"
#include "forward.h"
#include "pack.h"
#include "pairs.h"
#include "profile.h"
#include "workspace.h"

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

lh_status lh_network_gradient(const lh_network *network, lh_workspace *workspace,
                              const lh_sequence *sequences, int count, const lh_clipping *clipping,
                              lh_real *gradient, lh_loss *losses, lh_error *error)
{
    LH_NEED(error, network && workspace && sequences && gradient && losses, LH_ERROR_ARGUMENT);
    lh_status status = begin(network, workspace, sequences, count, true, error);
    if (status != LH_OK)
        return status;
    lh_forward(workspace, network);
    status = head_loss(network, workspace, clipping, true, losses, error);
    if (status == LH_OK)
        lh_backward(workspace, network, clipping ? clipping->cell : 0, gradient);
    return status;
}
