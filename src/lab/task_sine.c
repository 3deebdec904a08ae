/* The sine: x_t = sin(2 pi t / period + phase), the period from 10 to 40 steps and the phase drawn
 * for each sequence. The next value is asked for at every step of the last three quarters: two
 * values tell the phase, some more the period. */
#include "task.h"

static lh_status make(const lh_task *task, int shortest, int longest, lh_rng *rng,
                      lh_example *example, lh_error *error)
{
    const double turn = 2 * 3.14159265358979323846;
    const int steps = lh_draw(rng, shortest, longest);
    const double period = 10 + 30 * lh_rng_uniform(rng), phase = turn * lh_rng_uniform(rng);
    const lh_status status = lh_example_begin(task, steps, example, error);
    for (int t = 0; t < steps && status == LH_OK; t++) {
        *lh_enters(task, example, t) = (lh_real)sin(turn * t / period + phase);
        if (t >= steps / 4)
            *lh_asked(task, example, t) = (lh_real)sin(turn * (t + 1) / period + phase);
    }
    return status;
}

const lh_task lh_task_sine = {
    .name = "sine",
    .about = "foretell the next value of a sine of some period",
    .paper = "Jaeger and Haas 2004, Science 304, foretell a series and let the network run on",
    .unit = "steps",
    .least = 8,
    .most = 10000,
    .head = "square",
    .inputs = 1,
    .outputs = 1,
    .within = 0.1,
    .usual = {100, 100, 1, 32, 20000, 20, 5e-3, 1},
    .make = make,
};
