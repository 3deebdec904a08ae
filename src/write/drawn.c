/* Points as a network draws them: see drawn.h. */
#include "drawn.h"

#include "rest.h"

#include <math.h>

/* Normalised units, some 1,200 on the whiteboard. */
static const double offset_most = 30;

bool lh_drawn_strange(const lh_real x[3])
{
    return !(fabs((double)x[0]) <= offset_most && fabs((double)x[1]) <= offset_most);
}

lh_status lh_drawn_fail(const lh_model *model, const char *what, lh_error *error)
{
    return lh_fail(error, LH_ERROR_NUMERIC, "%.300s: the network %.150s", lh_model_name(model),
                   what);
}

lh_status lh_tip_draw(lh_tip *tip, const lh_model *model, const lh_state *state, int row,
                      double bias, int draws, lh_rng *rng, lh_drawn *drawn, lh_error *error)
{
    lh_mixture mixture;
    lh_real *x = tip->x;
    lh_pen_mixture(lh_state_output(state, row), lh_network_architecture(model->network)->mixtures,
                   bias, tip->rested, &mixture);
    *drawn = (lh_drawn){.end = (float)mixture.end, .rested = tip->rested, .strange = true};
    for (int i = 0; i < draws && drawn->strange; i++) {
        lh_mixture_sample(&mixture, rng, x, &drawn->component);
        drawn->strange = lh_drawn_strange(x);
    }
    if (!(isfinite(x[0]) && isfinite(x[1]) && isfinite(x[2])))
        return lh_drawn_fail(model, "draws what is no number: its weights are of no use", error);
    tip->pen_x += (double)x[0] * model->scale_x;
    tip->pen_y += (double)x[1] * model->scale_y;
    tip->rested = lh_rest_count(tip->rested, x);
    return LH_OK;
}

lh_draft_row lh_tip_row(const lh_tip *tip, const lh_drawn *drawn, const lh_state *state, int row)
{
    return (lh_draft_row){
        .point = {.x = (float)tip->pen_x, .y = (float)tip->pen_y, .end = tip->x[2] > 0},
        .trace = {.dx = (float)tip->x[0],
                  .dy = (float)tip->x[1],
                  .end = drawn->end,
                  .component = drawn->component,
                  .rested = drawn->rested},
        .state = state,
        .row = row,
    };
}
