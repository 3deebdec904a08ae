/* The score of a network: see score.h. The examples of a test are dealt out in groups, and what
 * each gives is added up in their order, so that it does not depend on the threads. */
#include "score.h"

#include "base/need.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* ---- examples ---- */

lh_status lh_examples_draw(const lh_task *task, int shortest, int longest, int count, uint64_t seed,
                           uint64_t first, lh_examples *examples, lh_error *error)
{
    *examples = (lh_examples){.count = count};
    examples->example = calloc((size_t)count, sizeof *examples->example);
    examples->sequence = calloc((size_t)count, sizeof *examples->sequence);
    lh_status status = examples->example && examples->sequence
                           ? LH_OK
                           : lh_fail_memory(error, "examples of a task");
    for (int i = 0; i < count && status == LH_OK; i++) {
        lh_rng rng;
        lh_rng_seed(&rng, seed, first + (uint64_t)i);
        status = lh_example_draw(task, shortest, longest, &rng, &examples->example[i], error);
        examples->sequence[i] = lh_example_sequence(&examples->example[i]);
    }
    return status;
}

void lh_examples_free(lh_examples *examples)
{
    for (int i = 0; i < examples->count && examples->example; i++)
        lh_example_free(&examples->example[i]);
    free(examples->example);
    free(examples->sequence);
    *examples = (lh_examples){0};
}

/* ---- a group of a test ---- */

double lh_task_loss(const lh_task *task, double total, size_t sequences, size_t numbers)
{
    if (strcmp(task->head, "square") == 0)
        return total / (double)numbers;
    if (task->text) /* each character is one of `outputs` */
        return total / log(2) / (double)(numbers / (size_t)task->outputs);
    const double nats = total / (double)sequences;
    return strcmp(task->head, "bits") == 0 ? nats / log(2) : nats;
}

lh_status lh_task_fits(const lh_task *task, const lh_network *network, lh_error *error)
{
    LH_NEED(error, task && network, LH_ERROR_ARGUMENT);
    const lh_architecture *a = lh_network_architecture(network);
    if (lh_inputs(a) == task->inputs && a->alphabet == task->outputs &&
        a->head == lh_head_find(task->head))
        return LH_OK;
    return lh_fail(
        error, LH_ERROR_ARGUMENT,
        "a network for %s takes %d numbers and has %d outputs of kind %s, not %d, %d and "
        "%s",
        task->name, task->inputs, task->outputs, task->head, lh_inputs(a), a->alphabet,
        lh_head_name(a->head));
}

enum { GROUP = 50 };

typedef struct group {
    double total;
    size_t numbers;
    int right;
    lh_status status;
    lh_error error;
} group;

static lh_status judge(const lh_network *network, const lh_task *task, lh_workspace *workspace,
                       const lh_examples *examples, group *g)
{
    lh_loss loss[GROUP];
    lh_real *outputs[GROUP] = {NULL};
    const int count = examples->count;
    lh_status status =
        lh_network_loss(network, workspace, examples->sequence, count, loss, &g->error);
    for (int i = 0; i < count && status == LH_OK; i++) {
        g->total += lh_loss_total(&loss[i]);
        g->numbers += loss[i].points * (size_t)task->outputs;
        outputs[i] =
            malloc((size_t)examples->example[i].steps * (size_t)task->outputs * sizeof *outputs[i]);
        if (!outputs[i])
            status = lh_fail_memory(&g->error, "outputs of a network");
    }
    if (status == LH_OK)
        status =
            lh_network_outputs(network, workspace, examples->sequence, count, outputs, &g->error);
    for (int i = 0; i < count; i++) {
        g->right += status == LH_OK && lh_example_is_right(task, &examples->example[i], outputs[i]);
        free(outputs[i]);
    }
    return status;
}

typedef struct test {
    const lh_network *network;
    const lh_task *task;
    int shortest, longest, count;
    uint64_t seed;
} test;

static void run_group(const test *t, int index, group *g)
{
    const int first = index * GROUP, left = t->count - first;
    lh_examples examples = {0};
    lh_workspace *workspace = lh_workspace_new(&g->error);
    g->status = workspace ? LH_OK : g->error.status;
    if (g->status == LH_OK)
        g->status =
            lh_examples_draw(t->task, t->shortest, t->longest, left < GROUP ? left : GROUP, t->seed,
                             LH_STREAM_TESTS + (uint64_t)first, &examples, &g->error);
    if (g->status == LH_OK)
        g->status = judge(t->network, t->task, workspace, &examples, g);
    lh_examples_free(&examples);
    lh_workspace_free(workspace);
}

static lh_status add_up(const test *t, const group *groups, int count, lh_learn_score *score,
                        lh_error *error)
{
    double total = 0;
    size_t numbers = 0;
    int right = 0;
    for (int i = 0; i < count; i++) {
        if (groups[i].status != LH_OK) {
            *error = groups[i].error;
            return groups[i].status;
        }
        total += groups[i].total;
        numbers += groups[i].numbers;
        right += groups[i].right;
    }
    score->loss = lh_task_loss(t->task, total, (size_t)t->count, numbers);
    score->success = (double)right / t->count;
    return LH_OK;
}

lh_status lh_learn_test(const lh_network *network, const lh_task *task, int shortest, int longest,
                        int count, uint64_t seed, int threads, lh_learn_score *score,
                        lh_error *error)
{
    LH_NEED(error, network && task && count > 0 && threads > 0 && score, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    const lh_status fits = lh_task_fits(task, network, error);
    if (fits != LH_OK)
        return fits;
    const test t = {network, task->tests ? task->tests : task, shortest, longest, count, seed};
    const int groups = (count + GROUP - 1) / GROUP;
    group *each = calloc((size_t)groups, sizeof *each);
    if (!each)
        return lh_fail_memory(error, "a test");
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (int i = 0; i < groups; i++)
        run_group(&t, i, &each[i]);
    const lh_status status = add_up(&t, each, groups, score, error);
    free(each);
    return status;
}
