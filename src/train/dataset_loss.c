/* The loss of every sequence of a dataset on all cores: what validation and evaluation measure.
 * Sequences of like length are put through the network together, in groups that depend neither on
 * the number of threads nor of ranks. Ranks take turns with the groups; the threads of one take the
 * next of its groups when they are free. */
#include "dataset_loss.h"

#include "base/need.h"
#include "epoch.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum { GROUP_LINES = 32, GROUP_POINTS = 25000 };

/* What the threads share. */
typedef struct measurement {
    const lh_network *network;
    const lh_sequence *sequences;
    const size_t *order; /* by length, longest first */
    size_t count;
    size_t next; /* place in `order` of the next group */
    int turn;    /* groups until one is for this rank */
    int ranks;
    lh_stop *stop;
    void *user;
    lh_loss *losses;
    lh_status status;
    lh_error error;
} measurement;

/* The lines in the group at `start`; 0 at the end. */
static int group_size(const measurement *m, size_t start)
{
    int size = 0;
    size_t points = 0;
    while (start + (size_t)size < m->count && size < GROUP_LINES) {
        points += (size_t)m->sequences[m->order[start + (size_t)size]].steps;
        if (size > 0 && points > GROUP_POINTS)
            break;
        size++;
    }
    return size;
}

/* Takes the next group of this rank off the work: its place and size; 0 when there is none or it
 * must end. */
static int take_group(measurement *m, size_t *start)
{
    int size = 0;
#pragma omp critical(lh_dataset_loss)
    {
        if (m->status == LH_OK && m->stop && m->stop(m->user))
            m->status =
                lh_fail(&m->error, LH_ERROR_INTERRUPTED, "stopped while measuring the loss");
        for (; m->status == LH_OK && m->turn > 0; m->turn--)
            m->next += (size_t)group_size(m, m->next);
        *start = m->next;
        if (m->status == LH_OK)
            size = group_size(m, m->next);
        m->next += (size_t)size;
        m->turn = m->ranks - 1;
    }
    return size;
}

static void give_up(measurement *m, const lh_error *error)
{
#pragma omp critical(lh_dataset_loss)
    if (m->status == LH_OK) {
        m->error = *error;
        m->status = error->status;
    }
}

static void measure_groups(measurement *m)
{
    lh_error error = {0};
    lh_workspace *workspace = lh_workspace_new(&error);
    if (!workspace)
        give_up(m, &error);
    size_t start;
    for (int size; workspace && (size = take_group(m, &start)) > 0;) {
        lh_sequence group[GROUP_LINES];
        lh_loss losses[GROUP_LINES];
        for (int i = 0; i < size; i++)
            group[i] = m->sequences[m->order[start + (size_t)i]];
        if (lh_network_loss(m->network, workspace, group, size, losses, &error) != LH_OK)
            give_up(m, &error);
        else
            for (int i = 0; i < size; i++)
                m->losses[m->order[start + (size_t)i]] = losses[i];
    }
    lh_workspace_free(workspace);
}

/* Measures the part of this rank; what others measure is 0 in `losses`. */
static lh_status measure_part(lh_ranks *ranks, const lh_network *network, const lh_dataset *dataset,
                              int threads, lh_stop *stop, void *user, lh_loss *losses,
                              lh_error *error)
{
    size_t count = lh_dataset_count(dataset);
    const lh_sequence *sequences = lh_dataset_sequences(dataset);
    size_t *order = malloc(count * sizeof *order);
    if (!order)
        return lh_fail_memory(error, "the order of lines");
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    lh_sort_by_length(sequences, order, count);
    memset(losses, 0, count * sizeof *losses);
    measurement m = {.network = network,
                     .sequences = sequences,
                     .order = order,
                     .count = count,
                     .turn = lh_ranks_rank(ranks),
                     .ranks = lh_ranks_count(ranks),
                     .stop = stop,
                     .user = user,
                     .losses = losses};
    if (threads <= 0)
        threads = omp_get_num_procs();
#pragma omp parallel num_threads(threads)
    measure_groups(&m);
    free(order);
    if (m.status != LH_OK && error)
        *error = m.error;
    return m.status;
}

lh_status lh_ranks_share_losses(lh_ranks *ranks, lh_loss *losses, size_t count, lh_error *error)
{
    size_t parts = (size_t)lh_ranks_count(ranks);
    if (parts == 1)
        return LH_OK;
    lh_loss *all = malloc(parts * count * sizeof *all);
    lh_status status = lh_ranks_agree(
        ranks, all ? LH_OK : lh_fail_memory(error, "losses of other processes"), error);
    if (status == LH_OK)
        status = lh_ranks_gather(ranks, losses, count * sizeof *losses, all, error);
    for (size_t i = 0; i < count && status == LH_OK; i++)
        for (size_t r = 0; r < parts; r++)
            if (all[r * count + i].points > 0)
                losses[i] = all[r * count + i];
    free(all);
    return status;
}

lh_status lh_ranks_loss(lh_ranks *ranks, const lh_network *network, const lh_dataset *dataset,
                        int threads, lh_stop *stop, void *user, lh_loss *losses, lh_error *error)
{
    lh_status status = measure_part(ranks, network, dataset, threads, stop, user, losses, error);
    status = lh_ranks_agree(ranks, status, error);
    if (status == LH_OK)
        status = lh_ranks_share_losses(ranks, losses, lh_dataset_count(dataset), error);
    return status;
}

lh_status lh_dataset_loss(const lh_network *network, const lh_dataset *dataset, int threads,
                          lh_stop *stop, void *user, lh_loss *losses, lh_error *error)
{
    LH_NEED(error, network && dataset && threads >= 0 && losses, LH_ERROR_ARGUMENT);
    return lh_ranks_loss(NULL, network, dataset, threads, stop, user, losses, error);
}

lh_loss lh_loss_sum(const lh_loss *losses, size_t count)
{
    if (!losses)
        return (lh_loss){0};
    lh_loss sum = {0};
    for (size_t i = 0; i < count; i++) {
        sum.mixture += losses[i].mixture;
        sum.end_of_stroke += losses[i].end_of_stroke;
        sum.squared_error += losses[i].squared_error;
        sum.symbols += losses[i].symbols;
        sum.squares += losses[i].squares;
        sum.points += losses[i].points;
    }
    return sum;
}
