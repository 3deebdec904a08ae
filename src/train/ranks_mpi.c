/* Ranks through MPI; the only file that sees it. Open MPI 4 is what it is tried with.
 *
 * All calls are non-blocking and waited for in one place, which naps rather than spins (cores may
 * be shared) and gives up on processes that do not answer (MPI itself would wait for ever). Sums
 * are ours rather than MPI_Allreduce's, which may add in any order: each rank adds up one slice of
 * the numbers in the order of the ranks and sends the sums round. That moves as few bytes as can
 * be: each rank sends 2 (R - 1) / R of its numbers. */
#include "ranks.h"

#include "base/need.h"

#include <mpi.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Seconds of silence after which the others count as lost: much longer than one of them may
 * take to save, or to finish its part of a step. */
static const double SILENCE = 600;
/* The same once a stop was asked for, if no wait has yet been longer. */
static const double SILENCE_STOPPING = 10;
/* Seconds a wait spins before it naps: most of what is waited for comes sooner. */
static const double SPIN = 2e-3;

enum {
    SLICE = 1 << 20,       /* numbers a rank adds up at a time: bounds its memory */
    SPREAD_MOST = 1 << 28, /* bytes spread at a time; MPI counts with int */
};

struct lh_ranks {
    int count, rank;
    bool lost;
    double longest; /* wait so far, in seconds */
    lh_stop *stop;
    void *user;
    lh_real *parts; /* [count][SLICE] what others have for the slice of this rank */
    /* Layout of a block of numbers, [count] each: slices of all ranks in place, and the parts of
     * the own slice. */
    int *slice, *slice_at, *part, *part_at;
};

/* ---- coming and going ---- */

static lh_status make_room(lh_ranks *ranks, lh_error *error)
{
    size_t count = (size_t)ranks->count;
    ranks->parts = malloc(count * SLICE * sizeof *ranks->parts);
    ranks->slice = calloc(4 * count, sizeof *ranks->slice);
    if (!ranks->parts || !ranks->slice)
        return lh_fail_memory(error, "what other processes send");
    ranks->slice_at = ranks->slice + count;
    ranks->part = ranks->slice_at + count;
    ranks->part_at = ranks->part + count;
    return LH_OK;
}

lh_status lh_ranks_join(lh_ranks **joined, lh_error *error)
{
    LH_NEED(error, joined, LH_ERROR_ARGUMENT);
    *joined = NULL;
    /* Without a launcher MPI would only take time to start. */
    if (!lh_ranks_launched())
        return LH_OK;
    int threads;
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &threads) != MPI_SUCCESS)
        return lh_fail(error, LH_ERROR_IO, "MPI does not start");
    lh_ranks *ranks = calloc(1, sizeof *ranks);
    if (!ranks)
        return lh_fail_memory(error, "the processes that train together");
    MPI_Comm_size(MPI_COMM_WORLD, &ranks->count);
    MPI_Comm_rank(MPI_COMM_WORLD, &ranks->rank);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    lh_status status = make_room(ranks, error);
    if (status == LH_OK)
        *joined = ranks;
    else
        lh_ranks_leave(ranks);
    return status;
}

void lh_ranks_leave(lh_ranks *ranks)
{
    if (!ranks)
        return;
    /* The lost would be waited for again. A process that ends without this call tells the launcher
     * that something is amiss, and it ends the rest. */
    if (!ranks->lost)
        MPI_Finalize();
    free(ranks->parts);
    free(ranks->slice);
    free(ranks);
}

int lh_ranks_count(const lh_ranks *ranks)
{
    return ranks ? ranks->count : 1;
}

int lh_ranks_rank(const lh_ranks *ranks)
{
    return ranks ? ranks->rank : 0;
}

bool lh_ranks_lost(const lh_ranks *ranks)
{
    return ranks && ranks->lost;
}

void lh_ranks_set_stop(lh_ranks *ranks, lh_stop *stop, void *user)
{
    if (!ranks)
        return;
    ranks->stop = stop;
    ranks->user = user;
}

/* ---- waiting ---- */

static lh_status lose(lh_ranks *ranks, double waited, lh_error *error)
{
    ranks->lost = true;
    return lh_fail(error, LH_ERROR_IO,
                   "lost the other processes: one of the %d has ended, or did not answer for "
                   "%.0f s; what was saved last is whole",
                   ranks->count, waited);
}

/* Waits until the call that started `request`, and returned `code`, is done. */
static lh_status finish(lh_ranks *ranks, int code, MPI_Request *request, lh_error *error)
{
    const struct timespec nap = {0, 50000};
    double begun = MPI_Wtime(), stopping = 0, waited = 0;
    int done = 0;
    while (code == MPI_SUCCESS && !done) {
        code = MPI_Test(request, &done, MPI_STATUS_IGNORE);
        waited = MPI_Wtime() - begun;
        if (done || waited < SPIN)
            continue;
        nanosleep(&nap, NULL);
        if (stopping == 0 && ranks->stop && ranks->stop(ranks->user))
            stopping = waited;
        double grace =
            ranks->longest > SILENCE_STOPPING / 3 ? 3 * ranks->longest : SILENCE_STOPPING;
        if (waited > SILENCE || (stopping > 0 && waited - stopping > grace))
            return lose(ranks, waited, error);
    }
    if (code != MPI_SUCCESS)
        return lose(ranks, waited, error);
    ranks->longest = waited > ranks->longest ? waited : ranks->longest;
    return LH_OK;
}

/* ---- sending ---- */

lh_status lh_ranks_gather(lh_ranks *ranks, const void *mine, size_t size, void *all,
                          lh_error *error)
{
    if (!ranks) {
        memcpy(all, mine, size);
        return LH_OK;
    }
    MPI_Request request;
    int code = MPI_Iallgather(mine, (int)size, MPI_BYTE, all, (int)size, MPI_BYTE, MPI_COMM_WORLD,
                              &request);
    return finish(ranks, code, &request, error);
}

lh_status lh_ranks_spread(lh_ranks *ranks, void *data, size_t size, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t start = 0; ranks && start < size && status == LH_OK; start += SPREAD_MOST) {
        MPI_Request request;
        int count = size - start < SPREAD_MOST ? (int)(size - start) : SPREAD_MOST;
        int code = MPI_Ibcast((char *)data + start, count, MPI_BYTE, 0, MPI_COMM_WORLD, &request);
        status = finish(ranks, code, &request, error);
    }
    return status;
}

/* Cuts a block of `count` numbers into slices, one a rank. */
static void cut(lh_ranks *ranks, int count)
{
    int each = count / ranks->count, more = count % ranks->count, at = 0;
    for (int r = 0; r < ranks->count; r++) {
        ranks->slice[r] = each + (r < more);
        ranks->slice_at[r] = at;
        at += ranks->slice[r];
    }
    int mine = ranks->slice[ranks->rank];
    for (int r = 0; r < ranks->count; r++) {
        ranks->part[r] = mine;
        ranks->part_at[r] = r * mine;
    }
}

static lh_status sum_block(lh_ranks *ranks, lh_real *values, int count, lh_error *error)
{
    const MPI_Datatype real = _Generic((lh_real)0, float : MPI_FLOAT, double : MPI_DOUBLE);
    MPI_Request request;
    cut(ranks, count);
    int code = MPI_Ialltoallv(values, ranks->slice, ranks->slice_at, real, ranks->parts,
                              ranks->part, ranks->part_at, real, MPI_COMM_WORLD, &request);
    lh_status status = finish(ranks, code, &request, error);
    if (status != LH_OK)
        return status;
    int mine = ranks->slice[ranks->rank];
    lh_real *sum = values + ranks->slice_at[ranks->rank];
    memcpy(sum, ranks->parts, (size_t)mine * sizeof *sum);
    for (int r = 1; r < ranks->count; r++) {
        const lh_real *part = ranks->parts + ranks->part_at[r];
        for (int i = 0; i < mine; i++)
            sum[i] += part[i];
    }
    code = MPI_Iallgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, values, ranks->slice,
                           ranks->slice_at, real, MPI_COMM_WORLD, &request);
    return finish(ranks, code, &request, error);
}

lh_status lh_ranks_sum(lh_ranks *ranks, lh_real *values, size_t count, lh_error *error)
{
    lh_status status = LH_OK;
    size_t most = ranks ? (size_t)ranks->count * SLICE : 0;
    for (size_t start = 0; ranks && start < count && status == LH_OK; start += most)
        status = sum_block(ranks, values + start,
                           (int)(count - start < most ? count - start : most), error);
    return status;
}
