/* The loss of every sequence of a dataset on all cores: what validation and evaluation measure.
 * Sequences of like length are put through the network together, in groups that do not depend on
 * the number of threads; threads take the next group when they are free. */
#include <longhand/train.h>

#include "batch.h"

#include <omp.h>
#include <stdlib.h>

enum { GROUP_LINES = 32, GROUP_POINTS = 25000 };

/* What the threads share. */
typedef struct measurement {
    const lh_network *network;
    const lh_sequence *sequences;
    const size_t *order; /* by length, longest first */
    size_t count;
    size_t next; /* place in `order` of the next group */
    lh_stop *stop;
    void *user;
    lh_loss *losses;
    lh_status status;
    lh_error error;
} measurement;

/* Takes the next group off the work: its place and size; 0 when there is none or it must end. */
static int take_group(measurement *m, size_t *start)
{
    int size = 0;
#pragma omp critical(lh_dataset_loss)
    {
        if (m->status == LH_OK && m->stop && m->stop(m->user))
            m->status =
                lh_fail(&m->error, LH_ERROR_INTERRUPTED, "stopped while measuring the loss");
        *start = m->next;
        size_t points = 0;
        while (m->status == LH_OK && m->next < m->count && size < GROUP_LINES) {
            points += (size_t)m->sequences[m->order[m->next]].steps;
            if (size > 0 && points > GROUP_POINTS)
                break;
            size++;
            m->next++;
        }
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

lh_status lh_dataset_loss(const lh_network *network, const lh_dataset *dataset, int threads,
                          lh_stop *stop, void *user, lh_loss *losses, lh_error *error)
{
    size_t count = lh_dataset_count(dataset);
    const lh_sequence *sequences = lh_dataset_sequences(dataset);
    size_t *order = malloc(count * sizeof *order);
    if (!order)
        return lh_fail_memory(error, "the order of lines");
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    lh_sort_by_length(sequences, order, count);
    measurement m = {.network = network,
                     .sequences = sequences,
                     .order = order,
                     .count = count,
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

lh_loss lh_loss_sum(const lh_loss *losses, size_t count)
{
    lh_loss sum = {0};
    for (size_t i = 0; i < count; i++) {
        sum.mixture += losses[i].mixture;
        sum.end_of_stroke += losses[i].end_of_stroke;
        sum.squared_error += losses[i].squared_error;
        sum.points += losses[i].points;
    }
    return sum;
}
