/* The loss of a dataset, shared out to ranks. */
#ifndef LONGHAND_TRAIN_DATASET_LOSS_H
#define LONGHAND_TRAIN_DATASET_LOSS_H

#include "ranks.h"

/* lh_dataset_loss, of which each rank does a part; all get all `losses`, and the same status. */
lh_status lh_ranks_loss(lh_ranks *ranks, const lh_network *network, const lh_dataset *dataset,
                        int threads, lh_stop *stop, void *user, lh_loss *losses, lh_error *error);
/* Fills in what other ranks have of `losses` [count]; a loss that a rank has not is all 0. */
lh_status lh_ranks_share_losses(lh_ranks *ranks, lh_loss *losses, size_t count, lh_error *error);
/* Adds up `losses` [count]. */
lh_loss lh_loss_sum(const lh_loss *losses, size_t count);

#endif
