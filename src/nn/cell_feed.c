/* Cells that do not look back: h_t = tanh(W x_t + b), a layer of a feed-forward network. Only a
 * memory beside them knows of the past (Graves, Wayne and Danihelka 2014, section 3.4). */
#include "kernels_math.h"
#include "kernels_set.h"

static void forward(int rows, int cells, const lh_cell_forward *s)
{
    for (size_t row = 0; row < (size_t)rows; row++) {
        lh_real *restrict gates = s->gates + row * (size_t)cells;
        lh_real *restrict h = s->h + row * s->h_stride;
        for (int j = 0; j < cells; j++)
            h[j] = gates[j] = f_tanh(gates[j]);
    }
}

/* d^ = dh (1 - h^2), clipped. */
static void backward(int rows, int cells, const lh_cell_backward *b)
{
    const lh_real limit = lh_limit(b->clip);
    for (size_t row = 0; row < (size_t)rows; row++) {
        lh_real *restrict gates = b->gates + row * (size_t)cells;
        lh_real *restrict d_bias = b->d_bias;
        const lh_real *dh = b->dh + row * b->dh_stride;
        for (int j = 0; j < cells; j++) {
            lh_real d = clamp(dh[j] * (1 - gates[j] * gates[j]), -limit, limit);
            gates[j] = d;
            d_bias[j] += d;
        }
    }
}

const lh_cell LH_OF_SET(lh_cell_feed) = {
    .name = "feed",
    .blocks = 1,
    .forgetful = true,
    .forward = forward,
    .backward = backward,
};
