/* Ranks in a build without MPI: a process is alone. */
#include "ranks.h"

#include "base/need.h"

#include <string.h>

lh_status lh_ranks_join(lh_ranks **ranks, lh_error *error)
{
    LH_NEED(error, ranks, LH_ERROR_ARGUMENT);
    *ranks = NULL;
    /* Each would train the whole and write over the others' files. */
    if (lh_ranks_launched())
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "started as one of several processes, but this build knows nothing of the "
                       "others: meson setup build-mpi -Dmpi=enabled makes one that does");
    return LH_OK;
}

void lh_ranks_leave(lh_ranks *ranks)
{
    (void)ranks;
}

int lh_ranks_count(const lh_ranks *ranks)
{
    (void)ranks;
    return 1;
}

int lh_ranks_rank(const lh_ranks *ranks)
{
    (void)ranks;
    return 0;
}

bool lh_ranks_lost(const lh_ranks *ranks)
{
    (void)ranks;
    return false;
}

void lh_ranks_set_stop(lh_ranks *ranks, lh_stop *stop, void *user)
{
    (void)ranks;
    (void)stop;
    (void)user;
}

lh_status lh_ranks_gather(lh_ranks *ranks, const void *mine, size_t size, void *all,
                          lh_error *error)
{
    (void)ranks;
    (void)error;
    memcpy(all, mine, size);
    return LH_OK;
}

lh_status lh_ranks_spread(lh_ranks *ranks, void *data, size_t size, lh_error *error)
{
    (void)ranks;
    (void)data;
    (void)size;
    (void)error;
    return LH_OK;
}

lh_status lh_ranks_sum(lh_ranks *ranks, lh_real *values, size_t count, lh_error *error)
{
    (void)ranks;
    (void)values;
    (void)count;
    (void)error;
    return LH_OK;
}
