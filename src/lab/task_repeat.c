/* Repeat copy: random vectors of eight bits, then on inputs of their own a delimiter and how often
 * they are to be said, that with mean 0 and variance 1 over 1 to 10; they are asked for so often,
 * then an end marker on an output of its own. Both numbers are drawn. (Graves, Wayne and Danihelka
 * 2014, section 4.2.) */
#include "task.h"

enum { BITS = 8, DELIMITER = BITS, NUMBER = BITS + 1, END = BITS };

static lh_status make(const lh_task *task, int shortest, int longest, lh_rng *rng,
                      lh_example *example, lh_error *error)
{
    const int count = lh_draw(rng, shortest, longest), times = lh_draw(rng, shortest, longest);
    const int steps = count + 1 + count * times + 1;
    const lh_status status = lh_example_begin(task, steps, example, error);
    if (status != LH_OK)
        return status;
    lh_draw_bits(task, example, 0, count, BITS, rng);
    lh_enters(task, example, count)[DELIMITER] = 1;
    lh_enters(task, example, count)[NUMBER] = (lh_real)((times - 5.5) / sqrt(8.25));
    for (int i = 0; i < times; i++)
        lh_ask_bits(task, example, count + 1 + i * count, count, BITS, 0);
    for (int t = count + 1; t < steps; t++)
        lh_asked(task, example, t)[END] = t == steps - 1;
    for (int k = 0; k < BITS; k++)
        lh_asked(task, example, steps - 1)[k] = 0;
    return LH_OK;
}

const lh_task lh_task_repeat = {
    .name = "repeat",
    .about = "say a sequence of random vectors again, as often as is told",
    .paper = "Graves, Wayne and Danihelka 2014, section 4.2",
    .unit = "vectors, and times",
    .least = 1,
    .most = 100,
    .head = "bits",
    .inputs = BITS + 2,
    .outputs = BITS + 1,
    .usual = {1, 3, 1, 128, 60000, 20, 2e-3, 10},
    .with_memory = {1, 10, 1, 100, 60000, 16, 3e-3, 10},
    .make = make,
};
