/* LSTM with peepholes (Graves 2013, equations 7-11): blocks i, f, g (tanh input), o; c is carried.
 * "lstm_plain" is the same without peepholes, w_ci, w_cf and w_co, of which the compiler leaves out
 * all that they would do. */
#include "kernels_math.h"
#include "kernels_set.h"

#include <string.h>

/* i = sigma(. + w_ci c'), f = sigma(. + w_cf c'), c = f c' + i tanh(.), o = sigma(. + w_co c),
 * h = o tanh(c), with c' the cell of the step before. */
static inline __attribute__((always_inline)) void forward_row(
    bool peeps, int cells, lh_real *restrict gates, const lh_real *c_previous, lh_real *restrict c,
    lh_real *restrict h, const lh_real *peephole)
{
    lh_real *gi = gates, *gf = gates + cells, *gg = gates + 2 * cells, *go = gates + 3 * cells;
    const lh_real *wi = peephole, *wf = peephole + cells, *wo = peephole + 2 * cells;
#pragma GCC ivdep
    for (int j = 0; j < cells; j++) {
        lh_real i = f_sigmoid(peeps ? gi[j] + wi[j] * c_previous[j] : gi[j]);
        lh_real f = f_sigmoid(peeps ? gf[j] + wf[j] * c_previous[j] : gf[j]);
        lh_real g = f_tanh(gg[j]);
        lh_real cell = f * c_previous[j] + i * g;
        lh_real o = f_sigmoid(peeps ? go[j] + wo[j] * cell : go[j]);
        gi[j] = i;
        gf[j] = f;
        gg[j] = g;
        go[j] = o;
        c[j] = cell;
        h[j] = o * f_tanh(cell);
    }
}

static inline __attribute__((always_inline)) void forward_rows(bool peeps, int rows, int cells,
                                                               const lh_cell_forward *s)
{
    size_t width = (size_t)cells;
    for (int i = 0; i < rows; i++) {
        size_t row = (size_t)i;
        forward_row(peeps, cells, s->gates + row * 4 * width, s->carried_previous + row * width,
                    s->carried + row * width, s->h + row * s->h_stride, s->own);
    }
}

static void forward(int rows, int cells, const lh_cell_forward *s)
{
    forward_rows(true, rows, cells, s);
}

static void forward_plain(int rows, int cells, const lh_cell_forward *s)
{
    forward_rows(false, rows, cells, s);
}

/* With d for dL/d and ^ for before squashing, all derivatives ^ clipped:
 *   do^ = dh tanh(c) o (1 - o)           dc = dh o (1 - tanh(c)^2) + do^ w_co + carry
 *   di^ = dc g i (1 - i)                 df^ = dc c' f (1 - f)          dg^ = dc i (1 - g^2)
 *   carry for the step before = dc f + di^ w_ci + df^ w_cf                                      */
static inline __attribute__((always_inline)) void backward_row(bool peeps, int cells,
                                                               const lh_cell_backward *b,
                                                               size_t row)
{
    size_t width = (size_t)cells;
    lh_real *restrict gi = b->gates + row * 4 * width;
    lh_real *gf = gi + cells, *gg = gi + 2 * cells, *go = gi + 3 * cells;
    const lh_real *c = b->carried + row * width, *c_previous = b->carried_previous + row * width;
    const lh_real *dh_above = b->dh + row * b->dh_stride, *dh_carry = b->dh_carry + row * width;
    lh_real *restrict dc_carry = b->d_carried + row * width;
    const lh_real limit = lh_limit(b->clip), *wi = b->own, *wf = wi + cells, *wo = wi + 2 * cells;
    lh_real *restrict dwi = b->d_own;
    lh_real *dwf = dwi + cells, *dwo = dwi + 2 * cells;
    lh_real *restrict dbi = b->d_bias;
    lh_real *dbf = dbi + cells, *dbg = dbi + 2 * cells, *dbo = dbi + 3 * cells;
#pragma GCC ivdep
    for (int j = 0; j < cells; j++) {
        lh_real i = gi[j], f = gf[j], g = gg[j], o = go[j];
        lh_real tc = f_tanh(c[j]), dh = dh_above[j] + dh_carry[j];
        lh_real d_o = clamp(dh * tc * o * (1 - o), -limit, limit);
        lh_real dc = dh * o * (1 - tc * tc) + (peeps ? d_o * wo[j] : 0) + dc_carry[j];
        lh_real d_i = clamp(dc * g * i * (1 - i), -limit, limit);
        lh_real d_f = clamp(dc * c_previous[j] * f * (1 - f), -limit, limit);
        lh_real d_g = clamp(dc * i * (1 - g * g), -limit, limit);
        dc_carry[j] = peeps ? dc * f + d_i * wi[j] + d_f * wf[j] : dc * f;
        gi[j] = d_i;
        gf[j] = d_f;
        gg[j] = d_g;
        go[j] = d_o;
        if (peeps) {
            dwi[j] += d_i * c_previous[j];
            dwf[j] += d_f * c_previous[j];
            dwo[j] += d_o * c[j];
        }
        dbi[j] += d_i;
        dbf[j] += d_f;
        dbg[j] += d_g;
        dbo[j] += d_o;
    }
}

static inline __attribute__((always_inline)) void backward_rows(bool peeps, int rows, int cells,
                                                                const lh_cell_backward *b)
{
    for (int i = 0; i < rows; i++)
        backward_row(peeps, cells, b, (size_t)i);
    /* h of the step before is reached through the products alone. */
    memset(b->dh_carry, 0, (size_t)rows * (size_t)cells * sizeof *b->dh_carry);
}

static void backward(int rows, int cells, const lh_cell_backward *b)
{
    backward_rows(true, rows, cells, b);
}

static void backward_plain(int rows, int cells, const lh_cell_backward *b)
{
    backward_rows(false, rows, cells, b);
}

/* A cell that forgets nothing at first learns long lines sooner. */
static void init(int cells, lh_real *own, lh_real *bias)
{
    (void)own;
    for (int j = 0; j < cells; j++)
        bias[cells + j] = 1;
}

const lh_cell LH_OF_SET(lh_cell_lstm) = {
    .name = "lstm",
    .blocks = 4,
    .carried = 1,
    .gate = {[LH_GATE_INPUT] = 1, [LH_GATE_FORGET] = 2, [LH_GATE_OUTPUT] = 4},
    .bfloat16 = true,
    .own = {"peephole", 3}, /* w_ci, w_cf, w_co */
    .init = init,
    .forward = forward,
    .backward = backward,
};

const lh_cell LH_OF_SET(lh_cell_lstm_plain) = {
    .name = "lstm_plain",
    .blocks = 4,
    .carried = 1,
    .gate = {[LH_GATE_INPUT] = 1, [LH_GATE_FORGET] = 2, [LH_GATE_OUTPUT] = 4},
    .bfloat16 = true,
    .init = init,
    .forward = forward_plain,
    .backward = backward_plain,
};
