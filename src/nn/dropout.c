/* Dropout: see dropout.h. */
#include "dropout.h"

/* A random number of 64 bits serves for so many cells, with 16 bits each. */
enum { SHARES = 4, BITS = 16 };

bool lh_dropout_is_on(const lh_workspace *s)
{
    bool on = false;
    for (int i = 0; i < s->batch.sequences; i++)
        on = on || s->batch.sorted[i]->dropout > 0;
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

void lh_dropout_draw(lh_workspace *s, size_t hidden)
{
    if (!s->mask)
        return;
    for (int b = 0; b < s->batch.sequences; b++) {
        const lh_sequence *line = s->batch.sorted[b];
        lh_rng rng = line->dropped;
        for (int t = 0; t < line->steps; t++)
            draw_row(&rng, line->dropout, hidden,
                     s->mask + (s->batch.start[t] + (size_t)b) * hidden);
    }
}

void lh_dropout_forward(lh_workspace *s, const lh_network *n, size_t layer)
{
    const lh_sizes *z = &n->size;
    if (!s->mask)
        return;
    for (size_t row = 0; row < s->batch.rows; row++) {
        const size_t at = row * z->hidden + n->layer[layer].column;
        for (size_t i = 0; i < z->cells; i++)
            s->passed[at + i] = s->h[at + i] * s->mask[at + i];
    }
}

void lh_dropout_backward(lh_workspace *s, const lh_network *n, size_t layer, size_t first_row,
                         size_t rows)
{
    const lh_sizes *z = &n->size;
    if (!s->mask)
        return;
    for (size_t row = 0; row < rows; row++) {
        lh_real *dh = s->dh + row * z->hidden + n->layer[layer].column;
        const lh_real *mask = s->mask + (first_row + row) * z->hidden + n->layer[layer].column;
        for (size_t i = 0; i < z->cells; i++)
            dh[i] *= mask[i];
    }
}
