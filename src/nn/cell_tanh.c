/* The plain recurrent cell: h_t = tanh(W x_t + U h_{t-1} + b); and the same without U, a layer of a
 * feed-forward network, whose carry stays 0: only a memory beside it knows of the past (Graves,
 * Wayne and Danihelka 2014, section 3.4). */
#include "kernels_math.h"
#include "kernels_set.h"

#include <string.h>

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
        lh_real *restrict carry = b->dh_carry + row * (size_t)cells;
        lh_real *restrict d_bias = b->d_bias;
        const lh_real *dh = b->dh + row * b->dh_stride;
        for (int j = 0; j < cells; j++) {
            lh_real h = gates[j];
            lh_real d = clamp((dh[j] + carry[j]) * (1 - h * h), -limit, limit);
            gates[j] = d;
            d_bias[j] += d;
            carry[j] = 0;
        }
    }
}

const lh_cell LH_OF_SET(lh_cell_tanh) = {
    .name = "tanh",
    .blocks = 1,
    .bfloat16 = true,
    .forward = forward,
    .backward = backward,
};

const lh_cell LH_OF_SET(lh_cell_feed) = {
    .name = "feed",
    .blocks = 1,
    .forgetful = true,
    .forward = forward,
    .backward = backward,
};
