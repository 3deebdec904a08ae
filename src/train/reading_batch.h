/* The lines of a batch for a network that reads, changed anew in every epoch: see reading.h. */
#ifndef LONGHAND_TRAIN_READING_BATCH_H
#define LONGHAND_TRAIN_READING_BATCH_H

#include "dataset.h"

/* Room for the changed lines of one batch. */
typedef struct lh_reading_augmenter lh_reading_augmenter;

lh_reading_augmenter *lh_reading_augmenter_new(int batch, lh_error *error);
void lh_reading_augmenter_free(lh_reading_augmenter *augmenter);

/* Changed copies of the lines batch[0] .. batch[count - 1] of a dataset with features, in that
 * order, valid until the next call. What becomes of a line follows from (seed, epoch, its index)
 * alone. A line whose text no longer fits its steps is left as it is. NULL on failure. */
lh_sequence *lh_reading_augment(lh_reading_augmenter *augmenter, const lh_reading_change *how,
                                const lh_dataset *dataset, const size_t *batch, int count,
                                uint64_t epoch, int threads, lh_error *error);

#endif
