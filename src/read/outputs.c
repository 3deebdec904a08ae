/* Ink through a network that reads: see outputs.h. */
#include "outputs.h"

#include "nn/ctc.h"

#include <math.h>
#include <stdlib.h>

static lh_status make_room(read_outputs *o, size_t count, lh_error *error)
{
    if (!o->workspace && !(o->workspace = lh_workspace_new(error)))
        return error->status;
    if (count <= o->capacity)
        return LH_OK;
    free(o->y);
    free(o->log_y);
    o->y = malloc(count * sizeof *o->y);
    o->log_y = malloc(count * sizeof *o->log_y);
    o->capacity = o->y && o->log_y ? count : 0;
    return o->capacity ? LH_OK : lh_fail_memory(error, "the outputs of a network");
}

/* y^ of all steps, as logarithms of probabilities. */
static lh_status run_network(const lh_model *model, read_outputs *o, lh_error *error)
{
    const size_t width = (size_t)o->symbols + 1, steps = o->features.count;
    const lh_sequence sequence = {.x = o->features.x, .steps = (int)steps};
    lh_status status = make_room(o, steps * width, error);
    if (status == LH_OK)
        status = lh_network_outputs(model->network, o->workspace, &sequence, 1,
                                    (lh_real *const[]){o->y}, error);
    for (size_t t = 0; t < steps && status == LH_OK; t++)
        lh_log_softmax(o->y + t * width, (int)width, o->log_y + t * width);
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

void read_outputs_dot(read_outputs *o, const lh_alphabet *alphabet)
{
    const int dotted = lh_alphabet_index(alphabet, 'i'),
              dotless = lh_alphabet_index(alphabet, READ_DOTLESS_I);
    for (size_t t = 0; dotted >= 0 && dotless >= 0 && t < o->features.count; t++) {
        double *at = &o->log_y[t * ((size_t)o->symbols + 1)];
        at[dotted] = lh_log_add(at[dotted], at[dotless]);
        at[dotless] = -INFINITY;
    }
}

void read_outputs_release(read_outputs *o)
{
    lh_features_free(&o->features);
    free(o->y);
    free(o->log_y);
    lh_workspace_free(o->workspace);
    *o = (read_outputs){0};
}
