/* Which of A symbols each step is: a softmax over them. The symbols asked for are those of the
 * sequence's text, one a step; at a step whose symbol is -1 nothing is asked. */
#include "head.h"

#include <math.h>

static lh_status check(const lh_architecture *a, lh_status status, lh_error *error)
{
    return lh_check_symbols(a, "a softmax", status, error);
}

static lh_status check_sequence(const lh_architecture *a, const lh_sequence *q, int index,
                                lh_error *error)
{
    if (q->characters != q->steps || !q->text)
        return lh_fail(error, LH_ERROR_ARGUMENT, "sequence %d has %d symbols for its %d steps",
                       index, q->text ? q->characters : 0, q->steps);
    for (int t = 0; t < q->steps; t++)
        if (q->text[t] < -1 || q->text[t] >= a->alphabet)
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "sequence %d: symbol %d has index %d outside an alphabet of %d", index,
                           t + 1, (int)q->text[t], a->alphabet);
    return LH_OK;
}

static int outputs(const lh_architecture *a)
{
    return a->alphabet;
}

/* -log p(symbol), p = softmax(y^), and with `gradient` dL/dy^ = p - [symbol] in place of y^. */
static double row_loss(int symbols, lh_real *y, int symbol, bool gradient, lh_real clip)
{
    double most = -INFINITY, total = 0, asked = symbol >= 0 ? (double)y[symbol] : 0;
    for (int k = 0; k < symbols; k++)
        most = (double)y[k] > most ? (double)y[k] : most;
    for (int k = 0; k < symbols; k++)
        total += exp((double)y[k] - most);
    for (int k = 0; gradient && k < symbols; k++) {
        double p = exp((double)y[k] - most) / total;
        y[k] = symbol < 0 ? 0 : lh_clipped(p - (k == symbol), clip);
    }
    return symbol < 0 ? 0 : most + log(total) - asked;
}

static lh_status loss(const lh_head_loss *l, lh_error *error)
{
    const lh_batch *batch = l->batch;
    int symbols = l->architecture->alphabet;
    for (int t = 0; t < batch->steps; t++) {
        for (int b = 0; b < batch->active[t]; b++) {
            lh_real *y = l->output + (batch->start[t] + (size_t)b) * (size_t)symbols;
            lh_loss *sum = &l->losses[batch->order[b]];
            int symbol = (int)batch->sorted[b]->text[t];
            sum->symbols += row_loss(symbols, y, symbol, l->gradient, l->clip);
            sum->points += symbol >= 0;
        }
    }
    (void)error;
    return LH_OK;
}

const lh_head lh_head_softmax = {
    .name = "softmax",
    .check = check,
    .check_sequence = check_sequence,
    .outputs = outputs,
    .loss = loss,
};
