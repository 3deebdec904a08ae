/* Dropout: see dropout.h. */
#include "dropout.h"

/* A random number of 64 bits serves for so many cells, with 16 bits each. */
enum { SHARES = 4, BITS = 16 };

bool lh_dropout_is_on(const lh_batch *batch)
{
    bool on = false;
    for (int i = 0; i < batch->sequences; i++)
        on = on || batch->sorted[i]->dropout > 0;
    return on;
}

static void draw_row(lh_rng *rng, double dropout, size_t count, lh_real *mask)
{
    const uint64_t limit = (uint64_t)(dropout * (1 << BITS) + 0.5);
    const lh_real kept = (lh_real)(1 / (1 - dropout));
    uint64_t bits = 0;
    for (size_t i = 0; i < count; i++, bits >>= BITS) {
        if (i % SHARES == 0)
            bits = lh_rng_next(rng);
        mask[i] = (bits & (((uint64_t)1 << BITS) - 1)) < limit ? 0 : kept;
    }
}

void lh_dropout_draw(const lh_batch *batch, size_t hidden, lh_real *mask)
{
    for (int b = 0; b < batch->sequences; b++) {
        const lh_sequence *line = batch->sorted[b];
        lh_rng rng = line->dropped;
        for (int t = 0; t < line->steps; t++)
            draw_row(&rng, line->dropout, hidden, mask + (batch->start[t] + (size_t)b) * hidden);
    }
}

void lh_dropout_apply(size_t rows, size_t hidden, size_t count, const lh_real *from,
                      const lh_real *mask, lh_real *to)
{
    for (size_t row = 0; row < rows; row++)
        for (size_t i = row * hidden; i < row * hidden + count; i++)
            to[i] = from[i] * mask[i];
}
