/* The latch, or two-sequence problem: the first three values are 1 or -1, by the class, with noise
 * of variance 0.2; then comes such noise alone. The class is asked for at the last step.
 * (Hochreiter and Schmidhuber 1997, experiment 3b, after Bengio, Simard and Frasconi 1994.) */
#include "task.h"

enum { TELLING = 3 }; /* values that tell of the class */

static lh_status make(const lh_task *task, int shortest, int longest, lh_rng *rng,
                      lh_example *example, lh_error *error)
{
    const int steps = lh_draw(rng, shortest, longest), class = lh_draw(rng, 0, 1);
    const double deviation = sqrt(0.2);
    const lh_status status = lh_example_begin(task, steps, example, error);
    for (int t = 0; t < steps && status == LH_OK; t++) {
        const double mean = t >= TELLING ? 0 : class ? 1 : -1;
        *lh_enters(task, example, t) = (lh_real)(mean + deviation * lh_rng_normal(rng));
    }
    if (status == LH_OK)
        example->symbols[steps - 1] = class;
    return status;
}

const lh_task lh_task_latch = {
    .name = "latch",
    .about = "remember which of two classes the first values told of, through noise",
    .paper = "Bengio, Simard and Frasconi 1994; Hochreiter and Schmidhuber 1997, experiment 3",
    .unit = "steps",
    .least = 4,
    .most = 10000,
    .head = "softmax",
    .inputs = 1,
    .outputs = 2,
    .usual = {100, 100, 1, 16, 40000, 20, 1e-2, 1},
    .make = make,
};
