/* The adding problem: x_t = (value from 0 to 1, marker), one step in each half of the sequence is
 * marked by 1; the sum of the two marked values is asked for at the last step. Always to say 1 has
 * a squared error of 1/6. (Hochreiter and Schmidhuber 1997, experiment 4, in the form used since.)
 */
#include "task.h"

static lh_status make(const lh_task *task, int shortest, int longest, lh_rng *rng,
                      lh_example *example, lh_error *error)
{
    const int steps = lh_draw(rng, shortest, longest), half = steps / 2;
    const int marked[] = {lh_draw(rng, 0, half - 1), lh_draw(rng, half, steps - 1)};
    const lh_status status = lh_example_begin(task, steps, example, error);
    for (int t = 0; t < steps && status == LH_OK; t++)
        lh_enters(task, example, t)[0] = (lh_real)lh_rng_uniform(rng);
    double sum = 0;
    for (int i = 0; i < 2 && status == LH_OK; i++) {
        lh_enters(task, example, marked[i])[1] = 1;
        sum += (double)lh_enters(task, example, marked[i])[0];
    }
    if (status == LH_OK)
        *lh_asked(task, example, steps - 1) = (lh_real)sum;
    return status;
}

const lh_task lh_task_adding = {
    .name = "adding",
    .about = "add the two values that were marked",
    .paper = "Hochreiter and Schmidhuber 1997, experiment 4",
    .unit = "steps",
    .least = 2,
    .most = 10000,
    .head = "square",
    .inputs = 2,
    .outputs = 1,
    .within = 0.04,
    .usual = {100, 100, 1, 64, 100000, 20, 2e-3, 1},
    .make = make,
};
