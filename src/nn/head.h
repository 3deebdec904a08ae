/* What a network's head is: what its outputs y^ mean, their loss and its derivative. The layer of
 * weights between the cells and y^ is the same for every head and belongs to those who call.
 *
 * A head is a file, head_NAME.c, and a row in heads.c. */
#ifndef LONGHAND_NN_HEAD_H
#define LONGHAND_NN_HEAD_H

#include "batch_rows.h"

/* The outputs of a batch, and where its losses go. */
typedef struct lh_head_loss {
    const lh_architecture *architecture;
    const lh_batch *batch;
    lh_real *output; /* [R][outputs] y^; with `gradient` dL/dy^ takes its place */
    bool gradient;
    lh_real clip;    /* limit on dL/dy^; 0: none */
    lh_loss *losses; /* [B], all 0, in the order in which the sequences were given */
} lh_head_loss;

typedef struct lh_head {
    const char *name; /* in model files */
    /* y^ at t tells of x_t, and what enters at t is x_{t-1}; else x_t enters. */
    bool foretells;
    /* The loss is one of the sequence, not a sum of losses of its steps. */
    bool whole;
    /* Whether the sizes of the architecture are such as this head can have; `status` is what
     * others are. */
    lh_status (*check)(const lh_architecture *a, lh_status status, lh_error *error);
    /* Whether a sequence, which has steps, has what the loss asks for; NULL: always. `index` is for
     * the message. */
    lh_status (*check_sequence)(const lh_architecture *a, const lh_sequence *sequence, int index,
                                lh_error *error);
    int (*outputs)(const lh_architecture *a);
    /* A start of the bias of y^ that is not 0; or NULL. */
    void (*init)(const lh_architecture *a, lh_real *bias, lh_rng *rng);
    /* Adds to the losses, and turns y^ into derivatives if asked to. Fails for want of memory. */
    lh_status (*loss)(const lh_head_loss *l, lh_error *error);
} lh_head;

/* The check of a head that tells A symbols apart; `what` it is called in messages: "ctc". */
lh_status lh_check_symbols(const lh_architecture *a, const char *what, lh_status status,
                           lh_error *error);

/* The check of a sequence that is asked for targets [T][A]: each NaN, or finite and from `low` to
 * `high`. */
lh_status lh_check_targets(const lh_architecture *a, const lh_sequence *sequence, int index,
                           double low, double high, lh_error *error);

/* Whether any of a step's targets z [count] is asked for. */
static inline bool lh_asks(const lh_real *z, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (z[k] == z[k])
            return true;
    return false;
}

/* A derivative within the limit; 0: none. */
static inline lh_real lh_clipped(double derivative, lh_real limit)
{
    if (limit > 0 && (derivative > (double)limit || derivative < -(double)limit))
        return derivative > 0 ? limit : -limit;
    return (lh_real)derivative;
}

/* Row `head` of the table of heads; NULL when there is none. */
const lh_head *lh_head_at(int head);

#endif
