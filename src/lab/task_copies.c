/* Copies: copy three times over in one sequence, each time another number of random vectors of
 * eight bits, a delimiter, and the same asked for. A memory of fewer slots than there are vectors
 * in all must be freed and taken again, as the Differentiable Neural Computer can. (After Graves et
 * al. 2016, Nature 538, extended data figure 1, which does so with a memory that is too small.) */
#include "task.h"

enum { BITS = 8, DELIMITER = BITS, TIMES = 3 };

static lh_status make(const lh_task *task, int shortest, int longest, lh_rng *rng,
                      lh_example *example, lh_error *error)
{
    int count[TIMES], steps = 0, at = 0;
    for (int i = 0; i < TIMES; i++) {
        count[i] = lh_draw(rng, shortest, longest);
        steps += 2 * count[i] + 1;
    }
    const lh_status status = lh_example_begin(task, steps, example, error);
    for (int i = 0; i < TIMES && status == LH_OK; i++) {
        lh_draw_bits(task, example, at, count[i], BITS, rng);
        lh_enters(task, example, at + count[i])[DELIMITER] = 1;
        lh_ask_bits(task, example, at + count[i] + 1, count[i], BITS, at);
        at += 2 * count[i] + 1;
    }
    return status;
}

const lh_task lh_task_copies = {
    .name = "copies",
    .about = "copy three times over, in one memory",
    .paper = "after Graves et al. 2016, extended data figure 1",
    .unit = "vectors each time",
    .least = 1,
    .most = 300,
    .head = "bits",
    .inputs = BITS + 1,
    .outputs = BITS,
    .usual = {1, 5, 1, 128, 60000, 20, 2e-3, 10},
    .with_memory = {1, 8, 1, 100, 60000, 16, 3e-3, 10},
    .make = make,
};
