/* The gated recurrent unit (Cho et al. 2014), its reset gate behind the recurrent product, so that
 * this is one product with all of U:
 *
 *     r = sigma(W_r x + U_r h' + b_r)      z = sigma(W_z x + U_z h' + b_z)      h' = h_{t-1}
 *     n = tanh(W_n x + b_n + r q)          q = U_n h' + c_n
 *     h = (1 - z) n + z h'
 *
 * Blocks r, z, n. */
#include "kernels_math.h"
#include "kernels_set.h"

static void forward_row(int cells, lh_real *restrict gates, lh_real *restrict recurrent,
                        const lh_real *h_previous, lh_real *restrict h, const lh_real *c)
{
    lh_real *gr = gates, *gz = gates + cells, *gn = gates + 2 * cells;
    lh_real *ur = recurrent, *uz = recurrent + cells, *q = recurrent + 2 * cells;
    for (int j = 0; j < cells; j++) {
        lh_real r = f_sigmoid(gr[j] + ur[j]), z = f_sigmoid(gz[j] + uz[j]);
        q[j] += c[j];
        lh_real n = f_tanh(gn[j] + r * q[j]);
        gr[j] = r;
        gz[j] = z;
        gn[j] = n;
        h[j] = (1 - z) * n + z * h_previous[j];
    }
}

static void forward(int rows, int cells, const lh_cell_forward *s)
{
    for (size_t row = 0; row < (size_t)rows; row++)
        forward_row(cells, s->gates + row * 3 * (size_t)cells,
                    s->recurrent + row * 3 * (size_t)cells,
                    s->h_previous + row * s->h_previous_stride, s->h + row * s->h_stride, s->own);
}

/* With d for dL/d and ^ for before squashing, all derivatives ^ clipped:
 *   dn^ = dh (1 - z) (1 - n^2)      dr^ = dn^ q r (1 - r)      dz^ = dh (h' - n) z (1 - z)
 * The recurrent sums get dr^, dz^ and dq = dn^ r; h' also gets dh z. */
static void backward_row(int cells, const lh_cell_backward *b, size_t row)
{
    size_t width = (size_t)cells;
    const lh_real limit = lh_limit(b->clip);
    lh_real *restrict gr = b->gates + row * 3 * width, *gz = gr + cells, *gn = gz + cells;
    lh_real *restrict ur = b->recurrent + row * 3 * width, *uz = ur + cells, *q = uz + cells;
    lh_real *restrict carry = b->dh_carry + row * width;
    lh_real *restrict dbr = b->d_bias, *dbz = dbr + cells, *dbn = dbz + cells;
    lh_real *restrict dc = b->d_own;
    const lh_real *dh_above = b->dh + row * b->dh_stride;
    const lh_real *h_previous = b->h_previous + row * b->h_previous_stride;
    for (int j = 0; j < cells; j++) {
        lh_real r = gr[j], z = gz[j], n = gn[j], dh = dh_above[j] + carry[j];
        lh_real d_n = clamp(dh * (1 - z) * (1 - n * n), -limit, limit);
        lh_real d_r = clamp(d_n * q[j] * r * (1 - r), -limit, limit);
        lh_real d_z = clamp(dh * (h_previous[j] - n) * z * (1 - z), -limit, limit);
        carry[j] = dh * z;
        gr[j] = ur[j] = d_r;
        gz[j] = uz[j] = d_z;
        gn[j] = d_n;
        q[j] = d_n * r;
        dbr[j] += d_r;
        dbz[j] += d_z;
        dbn[j] += d_n;
        dc[j] += d_n * r;
    }
}

static void backward(int rows, int cells, const lh_cell_backward *b)
{
    for (int i = 0; i < rows; i++)
        backward_row(cells, b, (size_t)i);
}

const lh_cell LH_OF_SET(lh_cell_gru) = {
    .name = "gru",
    .blocks = 3,
    .apart = true,
    .bfloat16 = true,
    .own = {"recurrent_bias", 1}, /* c_n */
    .forward = forward,
    .backward = backward,
};
