/* Ink through a network that reads: see outputs.h. */
#include "outputs.h"

#include "nn/ctc.h"

#include <stdlib.h>

/* y^ of all steps, as logarithms of probabilities. */
static lh_status run_network(const lh_model *model, read_outputs *o, lh_error *error)
{
    const size_t width = (size_t)o->symbols + 1, steps = o->features.count;
    lh_workspace *workspace = lh_workspace_new(error);
    lh_real *y = malloc(steps * width * sizeof *y);
    o->log_y = malloc(steps * width * sizeof *o->log_y);
    const lh_sequence sequence = {.x = o->features.x, .steps = (int)steps};
    lh_status status = LH_OK;
    if (!workspace)
        status = error->status;
    else if (!y || !o->log_y)
        status = lh_fail_memory(error, "the outputs of a network");
    else
        status = lh_network_outputs(model->network, workspace, &sequence, 1, (lh_real *const[]){y},
                                    error);
    for (size_t t = 0; t < steps && status == LH_OK; t++)
        lh_log_softmax(y + t * width, (int)width, o->log_y + t * width);
    free(y);
    lh_workspace_free(workspace);
    return status;
}

lh_status read_outputs_find(const lh_model *model, const lh_ink *ink,
                            const lh_read_options *options, read_outputs *o, lh_error *error)
{
    const lh_baseline baseline = options->baseline ? *options->baseline : lh_features_baseline(ink);
    o->symbols = model->alphabet.count;
    lh_status status = lh_features_of(ink->points, ink->count, &baseline, LH_FEATURES_TOLERANCE,
                                      &o->features, error);
    return status == LH_OK && o->features.count > 0 ? run_network(model, o, error) : status;
}

void read_outputs_release(read_outputs *o)
{
    lh_features_free(&o->features);
    free(o->log_y);
    *o = (read_outputs){0};
}
