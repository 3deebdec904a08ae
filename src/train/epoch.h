/* Batches of an epoch and shards of a batch: which lines are learnt together, and on which thread.
 * All of it follows from (seed, epoch) and lengths alone, so that a resumed run finds its place by
 * counting. */
#ifndef LONGHAND_TRAIN_EPOCH_H
#define LONGHAND_TRAIN_EPOCH_H

#include <longhand/train.h>

/* Sorts `order` [count] of sequence indices by length, longest first; equals by index. */
void lh_sort_by_length(const lh_sequence *sequences, size_t *order, size_t count);

/* ---- an epoch ---- */

/* Batches in an epoch: count / batch, rounded up. */
size_t lh_batches(size_t count, int batch);

/* Fills `order` [count] with every sequence once, so that batch b is order[b * batch] and the
 * batch - 1 after it; the last batch has what is left. Lines are shuffled, sorted by length within
 * chunks of many batches, cut into batches, and the batches shuffled: lengths in a batch are alike,
 * and each epoch mixes anew. */
void lh_plan_epoch(const lh_sequence *sequences, size_t count, int batch, uint64_t seed,
                   uint64_t epoch, size_t *order);

/* ---- shards ---- */

enum {
    LH_SHARD_POINTS = 25000, /* bounds the activations a thread holds: 3 x 400 cells: 700 MB */
};

/* A batch dealt to `threads` threads. */
typedef struct lh_shards {
    int count;             /* a multiple of the threads, unless there are fewer lines */
    int *start;            /* [count + 1]: shard s is sequences start[s] .. start[s+1] - 1 */
    lh_sequence *sequence; /* [lines of the batch], grouped by shard, longest first in each */
    int capacity;
} lh_shards;

/* Makes room for batches of at most `batch` lines. */
lh_status lh_shards_reserve(lh_shards *shards, int batch, lh_error *error);
void lh_shards_release(lh_shards *shards);

/* Deals `batch` [count] to shards of balanced total length: sorted by length and dealt in snake
 * order. Shard s belongs to thread s % threads. */
void lh_deal_shards(const lh_sequence *sequences, size_t *batch, int count, int threads,
                    lh_shards *shards);

#endif
