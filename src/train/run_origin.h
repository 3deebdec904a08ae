/* What a training run goes on from: the state of a run, or a model, or neither. The first rank
 * reads it; the others hear from that. */
#ifndef LONGHAND_TRAIN_RUN_ORIGIN_H
#define LONGHAND_TRAIN_RUN_ORIGIN_H

#include "run.h"

typedef struct lh_run_origin {
    lh_checkpoint *saved;
    lh_model *model;
} lh_run_origin;

/* Opens the run's state file, which must be of this corpus and of these options; the run takes
 * alphabet, scale and what it says of a model that came before. */
lh_status lh_origin_open_state(lh_run_origin *origin, lh_run *run, lh_error *error);
/* Opens a model; the run takes alphabet, scale, sizes and history. */
lh_status lh_origin_open_model(lh_run_origin *origin, lh_run *run, const lh_corpus *corpus,
                               const char *path, lh_error *error);
/* Sets the run's licence note: the one that is asked for, or that of the run or model gone on from,
 * or the corpus's. */
lh_status lh_origin_license(const lh_run_origin *origin, lh_run *run, const lh_corpus *corpus,
                            lh_error *error);
void lh_origin_forget(lh_run_origin *origin);

#endif
