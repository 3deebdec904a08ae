/* How well a network does a task, and the batches of examples that learning and testing share. */
#ifndef LONGHAND_LAB_SCORE_H
#define LONGHAND_LAB_SCORE_H

#include "task.h"

/* Examples and the sequences that are views of them. */
typedef struct lh_examples {
    lh_example *example;   /* [count] */
    lh_sequence *sequence; /* [count] */
    int count;
} lh_examples;

/* Example i is drawn from stream first + i of the seed, whatever stands beside it. Fills
 * `examples`, which the caller frees with lh_examples_free, also on failure. */
lh_status lh_examples_draw(const lh_task *task, int shortest, int longest, int count, uint64_t seed,
                           uint64_t first, lh_examples *examples, lh_error *error);
void lh_examples_free(lh_examples *examples);

/* Streams of a seed: training examples are 0, 1, ...; others lie behind them. */
#define LH_STREAM_TESTS ((uint64_t)1 << 62)
#define LH_STREAM_WEIGHTS ((uint64_t)1 << 63)

/* What sums of losses over so many sequences are for one: see lh_learn_score. `numbers` is how many
 * were asked for, of all. */
double lh_task_loss(const lh_task *task, double total, size_t sequences, size_t numbers);

#endif
