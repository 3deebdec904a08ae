/* The processes that train one network together, on one machine or several: what they need of each
 * other, and nothing of how it is done. Each has a rank, from 0 up; rank 0 alone reads and writes
 * files and talks to people.
 *
 * ranks_mpi.c does it with MPI. ranks_alone.c takes its place in a build without, where a process
 * is always alone. A process that is alone has NULL for its ranks, and every function here takes
 * that.
 *
 * All ranks call the functions that take an error in the same order and with like sizes. One that
 * fails has lost the others, for they ended or do not answer: only lh_ranks_leave may follow. */
#ifndef LONGHAND_TRAIN_RANKS_H
#define LONGHAND_TRAIN_RANKS_H

#include <longhand/train.h>

typedef struct lh_ranks lh_ranks;

/* Joins the processes that mpirun or the like started with this one; alone, *ranks is NULL.
 * A process joins once in its life. */
lh_status lh_ranks_join(lh_ranks **ranks, lh_error *error);
/* Ends the companionship. */
void lh_ranks_leave(lh_ranks *ranks);

int lh_ranks_count(const lh_ranks *ranks);
int lh_ranks_rank(const lh_ranks *ranks);
/* Whether a function here has failed. */
bool lh_ranks_lost(const lh_ranks *ranks);
/* Polled while waiting. When a process has died, its launcher asks the others to end, in vain where
 * they wait for what it will never send: once `stop` asks, they wait only a little longer. */
void lh_ranks_set_stop(lh_ranks *ranks, lh_stop *stop, void *user);

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

/* Every rank tells how it fares: when all are LH_OK so is the result, else all get the status and
 * the message of the first rank that failed, LH_ERROR_INTERRUPTED after all others. */
lh_status lh_ranks_agree(lh_ranks *ranks, lh_status status, lh_error *error);

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

/* lh_train in company: every rank gives its own copy of the corpus and its own callbacks, of which
 * `watch` is called in rank 0 alone; options, but for `threads`, and files are those of rank 0. All
 * end with the same status. */
lh_status lh_train_together(lh_ranks *ranks, const lh_corpus *corpus,
                            const lh_train_options *options, const lh_train_files *files,
                            bool resume, const lh_train_callbacks *callbacks, lh_error *error);

#endif
