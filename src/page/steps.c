/* How each point of a line came about: see steps.h. */
#include "page/steps.h"

#include <stdlib.h>
#include <string.h>

/* `size` bytes, copied; NULL for NULL or without memory. */
static void *copy_rows(const void *rows, size_t size)
{
    void *copy = rows ? malloc(size + 1) : NULL;
    return copy ? memcpy(copy, rows, size) : NULL;
}

static void count_from_zero(lh_steps *steps, lh_trace *trace, lh_window_view *window, int32_t *word)
{
    for (size_t i = 0; i < steps->count; i++) {
        trace[i].character -= steps->character;
        trace[i].place -= (float)steps->character;
        if (window)
            window[i].first -= steps->character;
        if (word)
            word[i] -= steps->character;
    }
    steps->character = 0;
}

lh_steps lh_steps_of(const lh_written *written)
{
    if (!written)
        return (lh_steps){0};
    return (lh_steps){
        .count = written->ink->count,
        .trace = written->trace,
        .output = written->output,
        .window = written->window,
        .mixtures = written->mixtures,
        .bias = written->bias,
        .scale_x = written->scale_x,
        .scale_y = written->scale_y,
    };
}

lh_steps *lh_steps_copy(const lh_steps *steps, lh_error *error)
{
    size_t n = steps->count, outputs = 1 + 6 * (size_t)steps->mixtures;
    lh_steps *copy = malloc(sizeof *copy);
    lh_trace *trace = copy_rows(steps->trace, n * sizeof *trace);
    float *output = copy_rows(steps->output, n * outputs * sizeof *output);
    lh_window_view *window = copy_rows(steps->window, n * sizeof *window);
    int32_t *word = copy_rows(steps->word, n * sizeof *word);
    if (!copy || !trace != !steps->trace || !output != !steps->output ||
        !window != !steps->window || !word != !steps->word) {
        free(copy);
        free(trace);
        free(output);
        free(window);
        free(word);
        lh_fail_memory(error, "the steps of a line");
        return NULL;
    }
    *copy = *steps;
    copy->trace = trace;
    copy->output = output;
    copy->window = window;
    copy->word = word;
    count_from_zero(copy, trace, window, word);
    return copy;
}

void lh_steps_free(lh_steps *steps)
{
    if (!steps)
        return;
    free((void *)(uintptr_t)steps->trace);
    free((void *)(uintptr_t)steps->output);
    free((void *)(uintptr_t)steps->window);
    free((void *)(uintptr_t)steps->word);
    free(steps);
}
