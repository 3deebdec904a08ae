/* Examples of tasks: their memory, drawing them, and whether outputs are right. */
#include "task.h"

#include "base/need.h"

#include <stdlib.h>
#include <string.h>

lh_status lh_example_begin(const lh_task *task, int steps, lh_example *e, lh_error *error)
{
    const size_t count = (size_t)steps, asked = count * (size_t)task->outputs;
    const bool symbols = strcmp(task->head, "softmax") == 0;
    *e = (lh_example){.steps = steps};
    e->x = calloc(count * (size_t)task->inputs, sizeof *e->x);
    if (symbols)
        e->symbols = malloc(count * sizeof *e->symbols);
    else
        e->targets = malloc(asked * sizeof *e->targets);
    if (!e->x || !(symbols ? (void *)e->symbols : (void *)e->targets)) {
        lh_example_free(e);
        return lh_fail_memory(error, "an example of a task");
    }
    for (size_t i = 0; symbols && i < count; i++)
        e->symbols[i] = -1;
    for (size_t i = 0; !symbols && i < asked; i++)
        e->targets[i] = (lh_real)NAN;
    return LH_OK;
}

void lh_example_free(lh_example *e)
{
    if (!e)
        return;
    free(e->x);
    free(e->targets);
    free(e->symbols);
    *e = (lh_example){0};
}

lh_status lh_example_draw(const lh_task *task, int shortest, int longest, lh_rng *rng,
                          lh_example *example, lh_error *error)
{
    LH_NEED(error, task && rng && example, LH_ERROR_ARGUMENT);
    *example = (lh_example){0};
    if (shortest < task->least || longest > task->most || shortest > longest)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s has lengths of %d to %d %s, the shortest first, not of %d to %d",
                       task->name, task->least, task->most, task->unit, shortest, longest);
    return task->make(task, shortest, longest, rng, example, error);
}

lh_sequence lh_example_sequence(const lh_example *e)
{
    if (!e)
        return (lh_sequence){0};
    return (lh_sequence){.x = e->x,
                         .steps = e->steps,
                         .text = e->symbols,
                         .characters = e->symbols ? e->steps : 0,
                         .targets = e->targets};
}

static bool symbol_is_right(const lh_task *task, const lh_real *y, int symbol)
{
    for (int k = 0; k < task->outputs; k++)
        if (k != symbol && !(y[k] < y[symbol]))
            return false;
    return true;
}

static bool number_is_right(const lh_task *task, bool bits, lh_real y, lh_real z)
{
    if (isnan(z))
        return true;
    return bits ? (y > 0) == (z > (lh_real)0.5) && !isnan(y)
                : fabs((double)y - (double)z) <= task->within;
}

bool lh_example_is_right(const lh_task *task, const lh_example *e, const lh_real *y)
{
    if (!task || !e || !y)
        return false;
    const bool bits = strcmp(task->head, "bits") == 0;
    const size_t width = (size_t)task->outputs;
    for (int t = 0; e->symbols && t < e->steps; t++)
        if (e->symbols[t] >= 0 && !symbol_is_right(task, y + (size_t)t * width, (int)e->symbols[t]))
            return false;
    for (size_t i = 0; e->targets && i < (size_t)e->steps * width; i++)
        if (!number_is_right(task, bits, y[i], e->targets[i]))
            return false;
    return true;
}

void lh_draw_bits(const lh_task *task, const lh_example *e, int first, int count, int bits,
                  lh_rng *rng)
{
    for (int t = first; t < first + count; t++)
        for (int k = 0; k < bits; k++)
            lh_enters(task, e, t)[k] = (lh_real)lh_draw(rng, 0, 1);
}

void lh_ask_bits(const lh_task *task, const lh_example *e, int first, int count, int bits, int from)
{
    for (int t = 0; t < count; t++)
        for (int k = 0; k < bits; k++)
            lh_asked(task, e, first + t)[k] = lh_enters(task, e, from + t)[k];
}
