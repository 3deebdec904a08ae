/* Made-up training lines: see nn_lines.h. */
#include "nn_lines.h"

#include <math.h>
#include <stdlib.h>

static void *allocate(size_t count, size_t size)
{
    void *array = calloc(count ? count : 1, size);
    if (!array)
        abort();
    return array;
}

nn_lines nn_lines_new(int count, const int *steps, const int *characters, int alphabet,
                      uint64_t seed)
{
    nn_lines lines = {count, allocate(count, sizeof *lines.sequence)};
    for (int i = 0; i < count; i++) {
        /* A stream a line: the same line comes out whatever stands beside it in the batch. */
        lh_rng rng;
        lh_rng_seed(&rng, seed, i);
        int T = steps[i], U = alphabet > 0 ? characters[i] : 0;
        lh_real *x = allocate((size_t)3 * T, sizeof *x);
        for (int t = 0; t < T; t++) {
            x[3 * t] = (lh_real)lh_rng_normal(&rng);
            x[3 * t + 1] = (lh_real)lh_rng_normal(&rng);
            x[3 * t + 2] = t == T - 1 || lh_rng_uniform(&rng) < 0.1;
        }
        int32_t *text = U > 0 ? allocate(U, sizeof *text) : NULL;
        for (int u = 0; u < U; u++)
            text[u] = (int32_t)lh_rng_below(&rng, alphabet);
        lines.sequence[i] = (lh_sequence){.x = x, .steps = T, .text = text, .characters = U};
    }
    return lines;
}

static nn_lines symbol_lines(const lh_architecture *a, int count, const int *steps, uint64_t seed)
{
    nn_lines lines = {count, allocate(count, sizeof *lines.sequence)};
    for (int i = 0; i < count; i++) {
        lh_rng rng;
        lh_rng_seed(&rng, seed, i);
        lh_real *x = allocate((size_t)lh_inputs(a) * steps[i], sizeof *x);
        int32_t *text = allocate(steps[i], sizeof *text);
        for (int k = 0; k < lh_inputs(a) * steps[i]; k++)
            x[k] = (lh_real)lh_rng_normal(&rng);
        for (int t = 0; t < steps[i]; t++)
            text[t] = lh_rng_below(&rng, 5) == 0
                          ? -1
                          : (int32_t)lh_rng_below(&rng, (uint64_t)a->alphabet);
        lines.sequence[i] =
            (lh_sequence){.x = x, .steps = steps[i], .text = text, .characters = steps[i]};
    }
    return lines;
}

/* Texts that fit: no more symbols than every other step has room for. */
static nn_lines ctc_lines(const lh_architecture *a, int count, const int *steps,
                          const int *characters, uint64_t seed)
{
    nn_lines lines = {count, allocate(count, sizeof *lines.sequence)};
    for (int i = 0; i < count; i++) {
        lh_rng rng;
        lh_rng_seed(&rng, seed, i);
        int U = characters[i] < (steps[i] + 1) / 2 ? characters[i] : (steps[i] + 1) / 2;
        lh_real *x = allocate((size_t)lh_inputs(a) * steps[i], sizeof *x);
        int32_t *text = allocate(U, sizeof *text);
        for (int k = 0; k < lh_inputs(a) * steps[i]; k++)
            x[k] = (lh_real)lh_rng_normal(&rng);
        for (int u = 0; u < U; u++)
            text[u] = (int32_t)lh_rng_below(&rng, (uint64_t)a->alphabet);
        lines.sequence[i] = (lh_sequence){.x = x, .steps = steps[i], .text = text, .characters = U};
    }
    return lines;
}

/* Numbers, or for bits 0 or 1; about one in five not asked for. */
static nn_lines target_lines(const lh_architecture *a, int count, const int *steps, uint64_t seed)
{
    const bool bits = a->head == lh_head_find("bits");
    nn_lines lines = symbol_lines(a, count, steps, seed);
    for (int i = 0; i < count; i++) {
        lh_sequence *sequence = &lines.sequence[i];
        const int size = sequence->steps * a->alphabet;
        lh_rng rng;
        lh_rng_seed(&rng, seed + 1, i);
        lh_real *targets = allocate((size_t)size, sizeof *targets);
        for (int k = 0; k < size; k++) {
            const double number = lh_rng_normal(&rng);
            targets[k] = (lh_real)(lh_rng_below(&rng, 5) == 0 ? NAN : bits ? number > 0 : number);
        }
        free((void *)sequence->text);
        sequence->text = NULL;
        sequence->characters = 0;
        sequence->targets = targets;
    }
    return lines;
}

nn_lines nn_lines_for(const lh_architecture *a, int count, const int *steps, const int *characters,
                      uint64_t seed)
{
    if (a->mixtures > 0)
        return nn_lines_new(count, steps, characters, a->alphabet, seed);
    if (a->head == lh_head_find("square") || a->head == lh_head_find("bits"))
        return target_lines(a, count, steps, seed);
    return a->head == lh_head_find("ctc") ? ctc_lines(a, count, steps, characters, seed)
                                          : symbol_lines(a, count, steps, seed);
}

void nn_lines_free(nn_lines *lines)
{
    for (int i = 0; i < lines->count; i++) {
        free((void *)lines->sequence[i].x);
        free((void *)lines->sequence[i].text);
        free((void *)lines->sequence[i].targets);
    }
    free(lines->sequence);
}

lh_loss nn_loss_add(lh_loss a, lh_loss b)
{
    return (lh_loss){.mixture = a.mixture + b.mixture,
                     .end_of_stroke = a.end_of_stroke + b.end_of_stroke,
                     .squared_error = a.squared_error + b.squared_error,
                     .symbols = a.symbols + b.symbols,
                     .squares = a.squares + b.squares,
                     .points = a.points + b.points};
}
