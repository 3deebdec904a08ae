/* The state file of a training run: a safetensors file with the tensors
 *
 *   weight/NAME      the network's parameters, NAME as in lh_network_tensor
 *   MOMENT/NAME      each moment array of the optimiser, MOMENT as in lh_optimizer_moment_name
 *   average/NAME     averaged weights, when the run has them
 *   noise.X/NAME     with adaptive noise: X = log_sigma, and the moments that move it, m and v
 *
 * and the metadata
 *
 *   format           "longhand training state 1"
 *   options          JSON object of the options (train_options.c)
 *   place            JSON object of where the run is (lh_place)
 *   corpus           checksum of the corpus, 16 hexadecimal digits
 *   alphabet, scale  as in a model file: those of the model that the run began with, or else of
 *                    the corpus. Files of an earlier version lack both: the corpus's
 *   from             the history of the model that the run began with, where it did
 *   license          the licence note of the model, where there is one
 *
 * Tensors are stored by name, not as the arena lies in memory, so that another build can go on.
 * Random numbers need no place here: all of them are drawn from streams that are
 * numbered by place (random_streams.h). */
#ifndef LONGHAND_TRAIN_CHECKPOINT_H
#define LONGHAND_TRAIN_CHECKPOINT_H

#include "noise.h"
#include "ranks.h"

/* Where a run is. */
typedef struct lh_place {
    uint64_t step;        /* steps done */
    double seconds;       /* trained */
    uint64_t validations; /* done; the next three mean something only after the first */
    uint64_t validated;   /* step of the last validation */
    double best;          /* nats a line, the least of all validations */
    uint64_t best_step;   /* step of that one */
    int waited;           /* validations since */
} lh_place;

/* What is saved; the arrays belong to the caller. */
typedef struct lh_training_state {
    const lh_network *layout; /* names and shapes of tensors */
    lh_real *weights;         /* [arena size], also the next */
    lh_real *average;         /* NULL: the run has none */
    lh_optimizer *optimizer;
    lh_weight_noise *noise; /* NULL: the run has no adaptive noise */
    lh_place place;
    uint64_t corpus;
    const lh_alphabet *alphabet;
    lh_scale scale;
    const char *from;    /* JSON object; may be NULL */
    const char *license; /* may be NULL */
} lh_training_state;

/* What could not be restored is refused: LH_ERROR_NUMERIC. */
lh_status lh_checkpoint_save(const lh_training_state *state, const lh_train_options *options,
                             const char *path, lh_error *error);

/* An opened state file: first its options, with which the caller makes network and optimiser, then
 * the rest. NULL on failure. */
typedef struct lh_checkpoint lh_checkpoint;
lh_checkpoint *lh_checkpoint_open(const char *path, lh_error *error);
void lh_checkpoint_close(lh_checkpoint *file);
const lh_train_options *lh_checkpoint_options(const lh_checkpoint *file);
/* NULL when there is none; valid until the file is closed. */
const char *lh_checkpoint_license(const lh_checkpoint *file);
const char *lh_checkpoint_from(const lh_checkpoint *file);
/* Reads alphabet and scale, where the file has them. */
lh_status lh_checkpoint_coding(const lh_checkpoint *file, lh_alphabet *alphabet, lh_scale *scale,
                               lh_error *error);
uint64_t lh_checkpoint_corpus(const lh_checkpoint *file);
/* Fills the arrays, the optimiser and the place of `state`. A number that no training comes to (not
 * finite, a weight that no model may have, a mean of squares below 0) is LH_ERROR_FORMAT. */
lh_status lh_checkpoint_restore(const lh_checkpoint *file, lh_training_state *state,
                                lh_error *error);

/* Fills those of every rank with what rank 0 has. */
lh_status lh_training_state_spread(lh_ranks *ranks, lh_training_state *state, lh_error *error);

#endif
