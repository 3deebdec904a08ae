/* What ranks do together that needs no more than gathering. */
#include "ranks.h"

#include "base/need.h"

#include <stdlib.h>
#include <string.h>

/* Which of two failures is told: a true one rather than a wish to stop, then the lower rank's. */
static bool weighs_more(const lh_error *a, const lh_error *b)
{
    if (a->status == LH_OK || b->status == LH_OK)
        return a->status != LH_OK;
    return a->status != LH_ERROR_INTERRUPTED && b->status == LH_ERROR_INTERRUPTED;
}

lh_status lh_ranks_agree(lh_ranks *ranks, lh_status status, lh_error *error)
{
    if ((unsigned)status > LH_ERROR_INTERRUPTED) /* the others are told, who wait */
        status = lh_refuse(error, __func__, "status is an lh_status");
    int count = lh_ranks_count(ranks);
    if (count == 1 || lh_ranks_lost(ranks))
        return status;
    lh_error mine = {.status = status};
    if (status != LH_OK && error)
        memcpy(mine.message, error->message, sizeof mine.message);
    lh_error *all = calloc((size_t)count, sizeof *all);
    if (!all)
        return lh_fail_memory(error, "the words of other processes");
    lh_status heard = lh_ranks_gather(ranks, &mine, sizeof mine, all, error);
    if (heard == LH_OK) {
        int told = 0;
        for (int r = 1; r < count; r++)
            if (weighs_more(&all[r], &all[told]))
                told = r;
        heard = all[told].status;
        if (heard != LH_OK && told > 0)
            lh_fail(error, heard, "process %d of %d: %.400s", told + 1, count, all[told].message);
        else if (heard != LH_OK && error)
            *error = all[told];
    }
    free(all);
    return heard;
}

lh_status lh_ranks_workers(lh_ranks *ranks, int threads, lh_workers *workers, lh_error *error)
{
    int count = lh_ranks_count(ranks), rank = lh_ranks_rank(ranks);
    *workers = (lh_workers){.ranks = ranks, .threads = threads};
    int *all = calloc((size_t)count, sizeof *all);
    if (!all)
        return lh_fail_memory(error, "the threads of other processes");
    lh_status status = lh_ranks_gather(ranks, &threads, sizeof threads, all, error);
    for (int r = 0; r < count; r++) {
        if (r == rank)
            workers->first = workers->all;
        workers->all += all[r];
    }
    free(all);
    return status;
}

bool lh_ranks_launched(void)
{
    /* Open MPI; MPICH, Intel MPI and Slurm's PMI. */
    static const char *const sizes[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const char *size = getenv(sizes[i]);
        if (size && atoi(size) > 1)
            return true;
    }
    return false;
}
