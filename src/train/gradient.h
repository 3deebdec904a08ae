/* The gradient of a batch on several threads: each takes its shards through forward and backward
 * with memory of its own, then all add up the threads' gradients, always in the same order. */
#ifndef LONGHAND_TRAIN_GRADIENT_H
#define LONGHAND_TRAIN_GRADIENT_H

#include "batch.h"

typedef struct lh_batch_gradient lh_batch_gradient;

/* For batches of at most `batch` lines on `threads` threads. NULL on failure. */
lh_batch_gradient *lh_batch_gradient_new(const lh_network *network, int batch, int threads,
                                         lh_error *error);
void lh_batch_gradient_free(lh_batch_gradient *gradient);

/* Forward and backward over the lines `batch` [count] of `sequences`; `batch` is sorted on the way.
 * Leaves the mean gradient a line in lh_batch_gradient_values and the sum of losses in `loss`. */
lh_status lh_batch_gradient_compute(lh_batch_gradient *gradient, const lh_network *network,
                                    const lh_sequence *sequences, size_t *batch, int count,
                                    const lh_clipping *clipping, lh_loss *loss, lh_error *error);
/* [arena size] of the network. */
lh_real *lh_batch_gradient_values(lh_batch_gradient *gradient);

#endif
