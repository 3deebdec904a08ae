/* Which of A bits are set, each for itself: p = sigma(y^), L = -sum log p(bit), as the copy tasks
 * of Graves, Wayne and Danihelka 2014 (arXiv 1410.5401, section 4) have it. The bits asked for are
 * the sequence's targets z, from 0 to 1; one that is NaN is not asked for. */
#include "head.h"

#include <math.h>

static lh_status check(const lh_architecture *a, lh_status status, lh_error *error)
{
    return lh_check_symbols(a, "a head of bits", status, error);
}

static lh_status check_sequence(const lh_architecture *a, const lh_sequence *q, int index,
                                lh_error *error)
{
    return lh_check_targets(a, q, index, 0, 1, error);
}

static int outputs(const lh_architecture *a)
{
    return a->alphabet;
}

/* -z log p - (1 - z) log (1 - p) = log (1 + exp(y^)) - z y^, written so that nothing overflows, and
 * with `gradient` dL/dy^ = p - z in place of y^. */
static double row_loss(int bits, lh_real *y, const lh_real *z, bool gradient, lh_real clip)
{
    double sum = 0;
    for (int k = 0; k < bits; k++) {
        const double at = (double)y[k], bit = (double)z[k];
        const bool asked = !isnan(z[k]);
        if (asked)
            sum += fmax(at, 0) + log1p(exp(-fabs(at))) - bit * at;
        if (gradient)
            y[k] = asked ? lh_clipped(1 / (1 + exp(-at)) - bit, clip) : 0;
    }
    return sum;
}

static lh_status loss(const lh_head_loss *l, lh_error *error)
{
    const lh_batch *batch = l->batch;
    const size_t bits = (size_t)outputs(l->architecture);
    for (int t = 0; t < batch->steps; t++)
        for (int b = 0; b < batch->active[t]; b++) {
            const lh_real *z = batch->sorted[b]->targets + (size_t)t * bits;
            lh_loss *sum = &l->losses[batch->order[b]];
            sum->symbols += row_loss((int)bits, l->output + (batch->start[t] + (size_t)b) * bits, z,
                                     l->gradient, l->clip);
            sum->points += lh_asks(z, bits);
        }
    (void)error;
    return LH_OK;
}

const lh_head lh_head_bits = {
    .name = "bits",
    .check = check,
    .check_sequence = check_sequence,
    .outputs = outputs,
    .loss = loss,
};
