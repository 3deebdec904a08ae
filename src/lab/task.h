/* What the files of tasks share. A task draws an example from its random numbers alone, so that the
 * same stream gives the same example. */
#ifndef LONGHAND_LAB_TASK_H
#define LONGHAND_LAB_TASK_H

#include <longhand/lab.h>

#include <math.h>

/* Makes room for so many steps: x is all 0, and nothing is asked. */
lh_status lh_example_begin(const lh_task *task, int steps, lh_example *example, lh_error *error);

/* A whole number from `low` to `high`, both among them. */
static inline int lh_draw(lh_rng *rng, int low, int high)
{
    return low + (int)lh_rng_below(rng, (uint64_t)(high - low) + 1);
}

/* What enters at step t [I], and what is asked there [A]. */
static inline lh_real *lh_enters(const lh_task *task, const lh_example *example, int t)
{
    return example->x + (size_t)t * (size_t)task->inputs;
}
static inline lh_real *lh_asked(const lh_task *task, const lh_example *example, int t)
{
    return example->targets + (size_t)t * (size_t)task->outputs;
}

/* `count` vectors of random bits enter at steps `first` and on. */
void lh_draw_bits(const lh_task *task, const lh_example *example, int first, int count, int bits,
                  lh_rng *rng);
/* The bits that entered at steps `from` and on are asked for at `first` and on. */
void lh_ask_bits(const lh_task *task, const lh_example *example, int first, int count, int bits,
                 int from);

#endif
