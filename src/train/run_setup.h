/* Setting up a training run: files and locks, data and network, and what there is to go on from. */
#ifndef LONGHAND_TRAIN_RUN_SETUP_H
#define LONGHAND_TRAIN_RUN_SETUP_H

#include "run.h"

/* Sets everything up, and from the state file when `resume`. NULL on failure, which all ranks then
 * share. */
lh_run *lh_run_new(lh_ranks *ranks, const lh_corpus *corpus, const lh_train_options *options,
                   const lh_train_files *files, bool resume, lh_error *error);

#endif
