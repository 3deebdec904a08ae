/* What A numbers are: y^ itself, by its squared error L = sum_t |y_t - z_t|^2. The numbers asked
 * for are the sequence's targets z; one that is NaN is not asked for. */
#include "head.h"

#include <math.h>

static lh_status check(const lh_architecture *a, lh_status status, lh_error *error)
{
    return lh_check_symbols(a, "a squared error", status, error);
}

static lh_status check_sequence(const lh_architecture *a, const lh_sequence *q, int index,
                                lh_error *error)
{
    return lh_check_targets(a, q, index, -INFINITY, INFINITY, error);
}

static int outputs(const lh_architecture *a)
{
    return a->alphabet;
}

/* (y - z)^2, and with `gradient` dL/dy = 2 (y - z) in place of y. */
static double row_loss(int numbers, lh_real *y, const lh_real *z, bool gradient, lh_real clip)
{
    double sum = 0;
    for (int k = 0; k < numbers; k++) {
        const double off = isnan(z[k]) ? 0 : (double)y[k] - (double)z[k];
        sum += off * off;
        if (gradient)
            y[k] = lh_clipped(2 * off, clip);
    }
    return sum;
}

static lh_status loss(const lh_head_loss *l, lh_error *error)
{
    const lh_batch *batch = l->batch;
    const size_t numbers = (size_t)outputs(l->architecture);
    for (int t = 0; t < batch->steps; t++)
        for (int b = 0; b < batch->active[t]; b++) {
            const lh_real *z = batch->sorted[b]->targets + (size_t)t * numbers;
            lh_loss *sum = &l->losses[batch->order[b]];
            sum->squares +=
                row_loss((int)numbers, l->output + (batch->start[t] + (size_t)b) * numbers, z,
                         l->gradient, l->clip);
            sum->points += lh_asks(z, numbers);
        }
    (void)error;
    return LH_OK;
}

const lh_head lh_head_square = {
    .name = "square",
    .check = check,
    .check_sequence = check_sequence,
    .outputs = outputs,
    .loss = loss,
};
