/* The gradient of a batch on several threads, of one process or of several ranks: each takes its
 * shards through forward and backward with memory of its own, then all add up the threads'
 * gradients and those of the ranks, always in the same order. */
#ifndef LONGHAND_TRAIN_GRADIENT_H
#define LONGHAND_TRAIN_GRADIENT_H

#include "epoch.h"
#include "ranks.h"

typedef struct lh_batch_gradient lh_batch_gradient;

/* For batches of at most `batch` lines. Of all weights, or of the numbers of the adaptation
 * `learnt`, which must stay. NULL on failure. */
lh_batch_gradient *lh_batch_gradient_new(const lh_network *network, const lh_adaptation *learnt,
                                         int batch, const lh_workers *workers, lh_error *error);
void lh_batch_gradient_free(lh_batch_gradient *gradient);

/* Forward and backward over the lines `batch` [count] of `sequences`; `batch` is sorted on the way.
 * Leaves the mean gradient a line in lh_batch_gradient_values and the sum of losses in `loss`: in
 * every rank those of the whole batch, of which it computed a part. */
lh_status lh_batch_gradient_compute(lh_batch_gradient *gradient, const lh_network *network,
                                    const lh_sequence *sequences, size_t *batch, int count,
                                    const lh_clipping *clipping, lh_loss *loss, lh_error *error);
/* [arena size] of the network, or [C] of what is learnt. */
lh_real *lh_batch_gradient_values(lh_batch_gradient *gradient);

#endif
