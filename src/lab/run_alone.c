/* A network that goes on by itself: what it foretells enters at the next step. */
#include "base/need.h"

#include <longhand/lab.h>

lh_status lh_run_alone(const lh_network *network, const lh_real *x, int shown, int steps,
                       lh_real *y, lh_error *error)
{
    LH_NEED(error, network && x && y && shown > 0 && steps >= shown, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    const lh_architecture *a = lh_network_architecture(network);
    if (a->head != lh_head_find("square") || lh_inputs(a) != 1 || lh_output_size(a) != 1)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "only a network that takes and foretells one number can run on by itself");
    lh_state *state = lh_state_new(network, 1, error);
    if (!state)
        return error->status;
    for (int t = 0; t < steps; t++) {
        lh_network_step(network, state, t < shown ? x + t : y + t - 1, 1);
        y[t] = *lh_state_output(state, 0);
    }
    lh_state_free(state);
    return LH_OK;
}
