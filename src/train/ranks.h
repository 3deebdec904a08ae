/* What the processes that train one network together (train.h) need of each other, and nothing of
 * how it is done.
 *
 * ranks_mpi.c does it with MPI. ranks_alone.c takes its place in a build without, where a process
 * is always alone. */
#ifndef LONGHAND_TRAIN_RANKS_H
#define LONGHAND_TRAIN_RANKS_H

#include <longhand/train.h>

/* Every rank gets `mine` [size] of all, in their order: `all` [count][size]. */
lh_status lh_ranks_gather(lh_ranks *ranks, const void *mine, size_t size, void *all,
                          lh_error *error);
/* Every rank gets the `data` [size] of rank 0. */
lh_status lh_ranks_spread(lh_ranks *ranks, void *data, size_t size, lh_error *error);
/* Adds up the `values` [count] of all ranks, each number in the order of the ranks: all get the
 * same bits, run after run. */
lh_status lh_ranks_sum(lh_ranks *ranks, lh_real *values, size_t count, lh_error *error);

/* ---- built on these (ranks.c) ------------------------------------------------------------------
 */

/* The threads of all ranks in a row, which share the work on a batch. */
typedef struct lh_workers {
    lh_ranks *ranks;
    int threads; /* of this process */
    int first;   /* the place of its first thread */
    int all;
    lh_products products; /* how they multiply */
} lh_workers;

/* The workers when each rank brings so many threads. */
lh_status lh_ranks_workers(lh_ranks *ranks, int threads, lh_workers *workers, lh_error *error);

/* Whether a launcher started this process as one of several. */
bool lh_ranks_launched(void);

#endif
