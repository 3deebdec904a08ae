/* What a learner is asked for: what is usual, what cannot be, and the network that it is. */
#include "learn_setting.h"
#include "score.h"

#include <math.h>

lh_learn_options lh_learn_usual(const lh_task *task, int memory)
{
    if (!task)
        return (lh_learn_options){0};
    const bool own = memory && task->with_memory.cells > 0;
    return (lh_learn_options){.task = task,
                              .memory = memory,
                              .slots = 128,
                              .width = 20,
                              .reads = 1,
                              .setting = own ? task->with_memory : task->usual,
                              .test_every = 2000,
                              .tests = 200,
                              .goal = 0.99,
                              .seed = 1,
                              .threads = 2};
}

lh_status lh_learn_check(const lh_learn_options *o, lh_error *error)
{
    const lh_task_usual *s = &o->setting;
    lh_example example = {0};
    lh_rng rng;
    if (s->sequences < 1 || s->batch < 1 || s->batch > 10000 || o->tests < 1 || o->test_every < 1 ||
        o->threads < 1)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "a network learns from at least 1 sequence, in batches of 1 to 10000, and "
                       "is tested on at least 1");
    if (!(s->rate > 0 && isfinite(s->rate)) || !(s->clip > 0))
        return lh_fail(error, LH_ERROR_ARGUMENT, "a rate of %g and a gradient of at most %g",
                       s->rate, s->clip);
    if (o->resume && !o->state)
        return lh_fail(error, LH_ERROR_ARGUMENT, "a run is resumed from the file of its state");
    /* Refuses lengths that cannot be. */
    const lh_task *tasks[] = {o->task, o->task->tests};
    lh_status status = LH_OK;
    for (int i = 0; i < 2 && tasks[i] && status == LH_OK; i++) {
        lh_rng_seed(&rng, o->seed, 0);
        status = lh_example_draw(tasks[i], s->shortest, s->length, &rng, &example, error);
        lh_example_free(&example);
    }
    return status;
}

lh_network *lh_learn_network(const lh_learn_options *o, lh_error *error)
{
    const lh_architecture architecture = {.kind = LH_PREDICTION,
                                          .layers = o->setting.layers,
                                          .cells = o->setting.cells,
                                          .alphabet = o->task->outputs,
                                          .cell = o->cell,
                                          .head = lh_head_find(o->task->head),
                                          .inputs = o->task->inputs,
                                          .memory = o->memory,
                                          .slots = o->memory ? o->slots : 0,
                                          .width = o->memory ? o->width : 0,
                                          .reads = o->memory ? o->reads : 0};
    lh_network *network = lh_network_new(&architecture, error);
    lh_rng rng;
    lh_rng_seed(&rng, o->seed, LH_STREAM_WEIGHTS);
    if (network)
        lh_network_init(network, &rng);
    return network;
}
