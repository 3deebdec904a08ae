/* A training run in memory: what its loop (train.c) works with. Saving state, model and log is
 * here; run_setup.h makes it; what a step and a validation do is the loop's. Of the ranks that
 * train together each has such a run; rank 0 alone reads and writes files. */
#ifndef LONGHAND_TRAIN_RUN_H
#define LONGHAND_TRAIN_RUN_H

#include "base/lock.h"

#include "augment.h"
#include "checkpoint.h"
#include "gradient.h"
#include "log_write.h"
#include "noise.h"
#include "reading_batch.h"

typedef struct lh_run {
    lh_train_options options; /* threads resolved; license as kept */
    char *model_path, *state_path, *log_path, *license;
    char *from; /* history of the model that the run began with, or NULL */
    lh_scale scale;
    lh_alphabet alphabet; /* empty in a prediction network */
    uint64_t corpus;      /* checksum */
    lh_dataset *train, *valid;
    lh_network *network; /* being trained */
    lh_network *average; /* what is validated and kept: averaged weights, or NULL: the above */
    lh_optimizer *optimizer;
    lh_weight_noise *noise;  /* NULL: none */
    lh_augmenter *augmenter; /* NULL: lines stay as they are; or of a network that reads: */
    lh_reading_augmenter *reading_augmenter;
    lh_batch_gradient *gradient;
    lh_workers workers; /* ranks and threads that share each batch */
    lh_loss *losses;    /* [valid] */
    size_t *order;      /* [train] of epoch `planned` */
    uint64_t planned;
    size_t batches; /* an epoch */
    lh_place place;
    lh_log_writer *log; /* NULL but in rank 0 */
    lh_lock *lock[3];   /* of model, state and log, likewise */
} lh_run;

void lh_run_free(lh_run *run);

/* Whether this process reads and writes the run's files. */
bool lh_run_has_files(const lh_run *run);
/* Gives all ranks the weights, moments and place of rank 0. Ranks on like processors have the same
 * weights for ever after; others round a step in their own ways, which this makes up for. */
lh_status lh_run_align(lh_run *run, lh_error *error);

/* Takes weights, moments and place from a state file. */
lh_status lh_run_restore(lh_run *run, const lh_checkpoint *saved, lh_error *error);

/* The network that is validated and kept. */
lh_network *lh_run_kept(lh_run *run);
/* These write in rank 0 and do nothing in others.
 *
 * The state file. */
lh_status lh_run_save_state(lh_run *run, lh_error *error);
/* The model file with what `validated` says of it in its history. */
lh_status lh_run_save_model(lh_run *run, const lh_train_event *validated, lh_error *error);
/* A row of the log. */
lh_status lh_run_log(lh_run *run, const lh_train_event *event, lh_error *error);

#endif
