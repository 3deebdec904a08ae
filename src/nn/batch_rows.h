/* A batch: sequences laid out without padding.
 *
 * Sequences are sorted by length, longest first, so that at step t the first active[t] of them
 * still run. Rows of activations are time-major: step t has its rows at start[t], one for each
 * active sequence, in the same order at every step; R rows in all. A finished sequence has no rows
 * and costs nothing, and row b of step t - 1 is the past of row b of step t; or, where a layer
 * reads from the end, row b of step t + 1 is. */
#ifndef LONGHAND_NN_BATCH_ROWS_H
#define LONGHAND_NN_BATCH_ROWS_H

#include "memory.h"

typedef struct lh_batch {
    int sequences, steps;       /* B, T of the longest */
    size_t rows;                /* R */
    int *order;                 /* [B] index of the sequence at sorted place b */
    const lh_sequence **sorted; /* [B] */
    int *active;                /* [T + 1]; active[T] == 0 */
    size_t *start;              /* [T + 1] */
    size_t chunk_rows;          /* see lh_batch_chunk */
    lh_rooms rooms;             /* what these lie in */
} lh_batch;

/* A batch of zeros is an empty one; it holds pointers to the sequences, which must stay. */
lh_status lh_batch_lay_out(lh_batch *batch, const lh_sequence *sequences, int count,
                           size_t chunk_rows, lh_error *error);
void lh_batch_free(lh_batch *batch);
int lh_batch_longest_text(const lh_batch *batch);

/* The rows of step t, which are the first, that have a past; `*from` is the step it is at. 0 where
 * the line begins (with `reverse`, ends). */
static inline int lh_batch_past(const lh_batch *batch, int t, bool reverse, int *from)
{
    *from = reverse ? t + 1 : t - 1;
    if (*from < 0 || *from >= batch->steps)
        return 0;
    return batch->active[*from] < batch->active[t] ? batch->active[*from] : batch->active[t];
}

/* Steps are worked through backwards in chunks of about `chunk_rows` rows. The first step of the
 * chunk that ends before step `end`. */
int lh_batch_chunk(const lh_batch *batch, int end);
/* Rows of the largest chunk. */
size_t lh_batch_largest_chunk(const lh_batch *batch);

#endif
