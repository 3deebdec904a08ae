/* Where a hand lies among others, as a network that reads sees it: see longhand/read.h. */
#include "base/need.h"

#include <longhand/read.h>

size_t lh_reader_hand_size(const lh_reader *reader)
{
    if (!reader)
        return 0;
    const lh_architecture *a = lh_network_architecture(lh_reader_model(reader)->network);
    return (size_t)lh_directions(a) * (size_t)a->cells;
}

lh_status lh_reader_hand(const lh_reader *reader, const lh_ink *ink, const lh_baseline *baseline,
                         lh_real *hand, lh_error *error)
{
    LH_NEED(error, reader && ink && hand, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    const lh_baseline found = baseline ? *baseline : lh_features_baseline(ink);
    lh_features features = {0};
    lh_status status =
        lh_features_of(ink->points, ink->count, &found, LH_FEATURES_TOLERANCE, &features, error);
    if (status == LH_OK && features.count == 0)
        status = lh_fail(error, LH_ERROR_ARGUMENT, "there is no ink to see a hand in");
    lh_workspace *workspace = status == LH_OK ? lh_workspace_new(error) : NULL;
    if (status == LH_OK && !workspace)
        status = error->status;
    if (status == LH_OK) {
        const lh_sequence sequence = {.x = features.x, .steps = (int)features.count};
        status = lh_network_mean_hidden(lh_reader_model(reader)->network, workspace, &sequence, 1,
                                        &hand, error);
    }
    lh_workspace_free(workspace);
    lh_features_free(&features);
    return status;
}
