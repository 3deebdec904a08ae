/* The state of a learner on the disk: what it takes to go on with a run that was interrupted. */
#ifndef LONGHAND_LAB_LEARN_STATE_H
#define LONGHAND_LAB_LEARN_STATE_H

#include <longhand/lab.h>

/* Sums over what was trained on since the last row, of which the next is told. */
typedef struct lh_learn_sums {
    double total, norm, vanishing;
    size_t count, numbers;
} lh_learn_sums;

typedef struct lh_learn_state {
    lh_network *network;
    lh_optimizer *optimizer;
    lh_real *best; /* [arena size] weights of the best test, or NULL */
    double best_loss;
    size_t done;    /* sequences */
    size_t tested;  /* sequences at the last test */
    double seconds; /* of learning */
    lh_learn_sums since;
    int reached;       /* tests in a row that reached the goal */
    lh_learn_row *row; /* [rows] told so far, none before the first test; owned */
    size_t rows;
} lh_learn_state;

/* Writes it whole or not at all. */
lh_status lh_learn_state_save(const lh_learn_options *options, const lh_learn_state *state,
                              lh_error *error);
/* Fills in what the file of the options has. LH_ERROR_ARGUMENT where it is of a run with other
 * options. */
lh_status lh_learn_state_load(const lh_learn_options *options, lh_learn_state *state,
                              lh_error *error);

#endif
