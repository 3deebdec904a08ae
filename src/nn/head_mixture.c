/* Where the pen goes next: a mixture of bivariate Gaussians and the probability that its stroke
 * ends (Graves 2013, section 4.1). mixture.c has what writing needs of it, kernels_mixture.c the
 * loss of a row. */
#include "head.h"
#include "kernels.h"

static lh_status check(const lh_architecture *a, lh_status status, lh_error *error)
{
    if (a->inputs != 0 && a->inputs != LH_INPUTS)
        return lh_fail(error, status, "a mixture foretells the pen's %d numbers, not %d", LH_INPUTS,
                       a->inputs);
    if (a->mixtures < 1 || a->mixtures > LH_MIXTURES_MAX)
        return lh_fail(error, status, "a mixture has 1 to %d components, not %d", LH_MIXTURES_MAX,
                       a->mixtures);
    if (a->kind == LH_PREDICTION && a->alphabet != 0)
        return lh_fail(error, status, "a network without a window has no alphabet, not one of %d",
                       a->alphabet);
    return LH_OK;
}

static int outputs(const lh_architecture *a)
{
    return 1 + 6 * a->mixtures;
}

/* Components that start apart in mean take different parts of the data sooner. */
static void init(const lh_architecture *a, lh_real *bias, lh_rng *rng)
{
    lh_real *mu = bias + 1 + a->mixtures;
    for (int i = 0; i < 2 * a->mixtures; i++)
        mu[i] = (lh_real)(0.5 * lh_rng_normal(rng));
}

static lh_status loss(const lh_head_loss *l, lh_error *error)
{
    const lh_kernels *kernels = lh_kernels_get();
    const lh_batch *batch = l->batch;
    int mixtures = l->architecture->mixtures;
    size_t width = (size_t)outputs(l->architecture);
    for (int t = 0; t < batch->steps; t++) {
        for (int b = 0; b < batch->active[t]; b++) {
            lh_real *y = l->output + (batch->start[t] + (size_t)b) * width;
            const lh_sequence *sequence = batch->sorted[b];
            lh_loss *sum = &l->losses[batch->order[b]];
            kernels->mixture_loss(mixtures, y, sequence->x + (size_t)t * LH_INPUTS, sequence->limit,
                                  l->clip, l->gradient ? y : NULL, sum);
            sum->points++;
        }
    }
    (void)error;
    return LH_OK;
}

const lh_head lh_head_mixture = {
    .name = "mixture",
    .foretells = true,
    .check = check,
    .outputs = outputs,
    .init = init,
    .loss = loss,
};
