/* Copy: random vectors of eight bits, a delimiter on an input of its own, then the same are asked
 * for while nothing enters. (Graves, Wayne and Danihelka 2014, arXiv 1410.5401, section 4.1.) */
#include "task.h"

enum { BITS = 8, DELIMITER = BITS };

static lh_status make(const lh_task *task, int shortest, int longest, lh_rng *rng,
                      lh_example *example, lh_error *error)
{
    const int count = lh_draw(rng, shortest, longest);
    const lh_status status = lh_example_begin(task, 2 * count + 1, example, error);
    if (status != LH_OK)
        return status;
    lh_draw_bits(task, example, 0, count, BITS, rng);
    lh_enters(task, example, count)[DELIMITER] = 1;
    lh_ask_bits(task, example, count + 1, count, BITS, 0);
    return LH_OK;
}

const lh_task lh_task_copy = {
    .name = "copy",
    .about = "say a sequence of random vectors again",
    .paper = "Graves, Wayne and Danihelka 2014, section 4.1",
    .unit = "vectors",
    .least = 1,
    .most = 1000,
    .head = "bits",
    .inputs = BITS + 1,
    .outputs = BITS,
    .usual = {1, 5, 1, 128, 60000, 20, 2e-3, 10},
    .with_memory = {1, 20, 1, 100, 60000, 16, 3e-3, 10},
    .make = make,
};
