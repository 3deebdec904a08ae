/* Errors of writing that cannot go on: see drawn.h. */
#include "drawn.h"

#include <math.h>

lh_status lh_drawn_fail(const lh_model *model, const char *what, lh_error *error)
{
    return lh_fail(error, LH_ERROR_NUMERIC, "%.300s: the network %.150s",
                   model->path ? model->path : "the model", what);
}

lh_status lh_drawn_check(const lh_model *model, const lh_real x[3], lh_error *error)
{
    if (isfinite(x[0]) && isfinite(x[1]) && isfinite(x[2]))
        return LH_OK;
    return lh_drawn_fail(model, "draws what is no number: its weights are of no use", error);
}
