/* Temporal order: of T symbols, each one of six, one from T/10 to 2T/10 and one from 4T/10 to 5T/10
 * is A or B, the others are c, d, e or f. Which two they were, AA, AB, BA or BB, is asked for at
 * the last step. (Hochreiter and Schmidhuber 1997, experiment 6a, as Pascanu, Mikolov and Bengio
 * 2012 have it, arXiv 1211.5063, section 4.1.) */
#include "task.h"

static lh_status make(const lh_task *task, int shortest, int longest, lh_rng *rng,
                      lh_example *example, lh_error *error)
{
    const int steps = lh_draw(rng, shortest, longest);
    const int place[] = {lh_draw(rng, steps / 10, 2 * steps / 10),
                         lh_draw(rng, 4 * steps / 10, 5 * steps / 10)};
    const int which[] = {lh_draw(rng, 0, 1), lh_draw(rng, 0, 1)};
    const lh_status status = lh_example_begin(task, steps, example, error);
    for (int t = 0; t < steps && status == LH_OK; t++) {
        int symbol = lh_draw(rng, 2, 5);
        for (int i = 0; i < 2; i++)
            symbol = t == place[i] ? which[i] : symbol;
        lh_enters(task, example, t)[symbol] = 1;
    }
    if (status == LH_OK)
        example->symbols[steps - 1] = 2 * which[0] + which[1];
    return status;
}

const lh_task lh_task_order = {
    .name = "order",
    .about = "tell in which order two symbols came among others",
    .paper = "Hochreiter and Schmidhuber 1997, experiment 6a; Pascanu, Mikolov and Bengio 2012",
    .unit = "steps",
    .least = 10,
    .most = 10000,
    .head = "softmax",
    .inputs = 6,
    .outputs = 4,
    .usual = {50, 50, 1, 50, 60000, 20, 2e-3, 1},
    .make = make,
};
