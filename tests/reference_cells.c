/* The kinds of cell as their papers write them, a step forward and its derivatives. */
#include "reference.h"

#include <math.h>
#include <string.h>

static double sigma(double a)
{
    return 1 / (1 + exp(-a));
}

static double clipped(double derivative, double limit)
{
    return limit > 0 ? fmax(-limit, fmin(limit, derivative)) : derivative;
}

/* ---- LSTM: Graves 2013, equations 7-11 --------------------------------------------------------
 */

static void lstm_forward(int H, const double *in, const double *back, const double *own,
                         const double *h_before, const double *c_before, double *gates, double *c,
                         double *h)
{
    const double *w_ci = own, *w_cf = w_ci + H, *w_co = w_cf + H;
    double *i = gates, *f = i + H, *g = f + H, *o = g + H;
    (void)h_before;
    for (int k = 0; k < H; k++) {
        double a_i = in[k] + back[k], a_f = in[H + k] + back[H + k];
        double a_c = in[2 * H + k] + back[2 * H + k], a_o = in[3 * H + k] + back[3 * H + k];
        i[k] = sigma(a_i + w_ci[k] * c_before[k]); /* (7) */
        f[k] = sigma(a_f + w_cf[k] * c_before[k]); /* (8) */
        g[k] = tanh(a_c);
        c[k] = f[k] * c_before[k] + i[k] * g[k]; /* (9) */
        o[k] = sigma(a_o + w_co[k] * c[k]);      /* (10) */
        h[k] = o[k] * tanh(c[k]);                /* (11) */
    }
}

/*   da_o    = dh tanh(c) o (1 - o)              dc     += dh o (1 - tanh(c)^2) + da_o w_co
 *   da_i    = dc g i (1 - i)                    da_f    = dc c_{t-1} f (1 - f)
 *   da_c    = dc i (1 - g^2)                    dc_{t-1} = dc f + da_i w_ci + da_f w_cf
 * The da are the derivatives by the pre-squashing inputs that section 2.1 clips: each is clipped
 * as soon as it is known, and only the clipped value goes further. */
static void lstm_backward(int H, const double *back, const double *own, const double *h_before,
                          const double *c_before, const double *gates, const double *c,
                          const double *dh, double *dc, double clip, double *d_in, double *d_back,
                          double *d_own, double *dh_before, double *dc_before)
{
    const double *w_ci = own, *w_cf = w_ci + H, *w_co = w_cf + H;
    double *dw_ci = d_own, *dw_cf = dw_ci + H, *dw_co = dw_cf + H;
    const double *i = gates, *f = i + H, *g = f + H, *o = g + H;
    (void)back;
    (void)h_before;
    (void)dh_before;
    for (int k = 0; k < H; k++) {
        double *da_i = d_in + k, *da_f = d_in + H + k, *da_c = d_in + 2 * H + k;
        double *da_o = d_in + 3 * H + k, tanh_c = tanh(c[k]);
        *da_o = clipped(dh[k] * tanh_c * o[k] * (1 - o[k]), clip);
        dc[k] += dh[k] * o[k] * (1 - tanh_c * tanh_c) + *da_o * w_co[k];
        *da_i = clipped(dc[k] * g[k] * i[k] * (1 - i[k]), clip);
        *da_f = clipped(dc[k] * c_before[k] * f[k] * (1 - f[k]), clip);
        *da_c = clipped(dc[k] * i[k] * (1 - g[k] * g[k]), clip);
        dc_before[k] += dc[k] * f[k] + *da_i * w_ci[k] + *da_f * w_cf[k];
        dw_ci[k] += *da_i * c_before[k];
        dw_cf[k] += *da_f * c_before[k];
        dw_co[k] += *da_o * c[k];
    }
    memcpy(d_back, d_in, sizeof *d_in * 4 * H);
}

/* ---- tanh: h = tanh(W x + U h_{t-1} + b) ------------------------------------------------------
 */

static void tanh_forward(int H, const double *in, const double *back, const double *own,
                         const double *h_before, const double *c_before, double *gates, double *c,
                         double *h)
{
    (void)own;
    (void)h_before;
    (void)c_before;
    (void)c;
    for (int k = 0; k < H; k++)
        h[k] = gates[k] = tanh(in[k] + back[k]);
}

static void tanh_backward(int H, const double *back, const double *own, const double *h_before,
                          const double *c_before, const double *gates, const double *c,
                          const double *dh, double *dc, double clip, double *d_in, double *d_back,
                          double *d_own, double *dh_before, double *dc_before)
{
    (void)back, (void)own, (void)h_before, (void)c_before, (void)c;
    (void)dc, (void)d_own, (void)dh_before, (void)dc_before;
    for (int k = 0; k < H; k++)
        d_in[k] = d_back[k] = clipped(dh[k] * (1 - gates[k] * gates[k]), clip);
}

/* ---- GRU: Cho et al. 2014, the reset gate behind the product ----------------------------------
 *
 *   r = sigma(W_r x + U_r h_{t-1} + b_r)     z = sigma(W_z x + U_z h_{t-1} + b_z)
 *   n = tanh(W_n x + b_n + r (U_n h_{t-1} + c_n))       h = (1 - z) n + z h_{t-1}
 */

static void gru_forward(int H, const double *in, const double *back, const double *own,
                        const double *h_before, const double *c_before, double *gates, double *c,
                        double *h)
{
    double *r = gates, *z = r + H, *n = z + H;
    (void)c_before;
    (void)c;
    for (int k = 0; k < H; k++) {
        r[k] = sigma(in[k] + back[k]);
        z[k] = sigma(in[H + k] + back[H + k]);
        n[k] = tanh(in[2 * H + k] + r[k] * (back[2 * H + k] + own[k]));
        h[k] = (1 - z[k]) * n[k] + z[k] * h_before[k];
    }
}

static void gru_backward(int H, const double *back, const double *own, const double *h_before,
                         const double *c_before, const double *gates, const double *c,
                         const double *dh, double *dc, double clip, double *d_in, double *d_back,
                         double *d_own, double *dh_before, double *dc_before)
{
    const double *r = gates, *z = r + H, *n = z + H;
    (void)c_before, (void)c, (void)dc, (void)dc_before;
    for (int k = 0; k < H; k++) {
        double da_n = clipped(dh[k] * (1 - z[k]) * (1 - n[k] * n[k]), clip);
        double dr = da_n * (back[2 * H + k] + own[k]), dz = dh[k] * (h_before[k] - n[k]);
        d_in[k] = d_back[k] = clipped(dr * r[k] * (1 - r[k]), clip);
        d_in[H + k] = d_back[H + k] = clipped(dz * z[k] * (1 - z[k]), clip);
        d_in[2 * H + k] = da_n;
        d_back[2 * H + k] = da_n * r[k];
        d_own[k] += da_n * r[k];
        dh_before[k] += dh[k] * z[k];
    }
}

/* ---- feed: h = tanh(W x + b); its network has no U --------------------------------------------
 */

/* ---- lstm_plain: as LSTM, w_ci = w_cf = w_co = 0 -----------------------------------------------
 */

enum { PLAIN_MOST = 64 };

static void plain_forward(int H, const double *in, const double *back, const double *own,
                          const double *h_before, const double *c_before, double *gates, double *c,
                          double *h)
{
    const double none[3 * PLAIN_MOST] = {0};
    (void)own;
    lstm_forward(H, in, back, none, h_before, c_before, gates, c, h);
}

static void plain_backward(int H, const double *back, const double *own, const double *h_before,
                           const double *c_before, const double *gates, const double *c,
                           const double *dh, double *dc, double clip, double *d_in, double *d_back,
                           double *d_own, double *dh_before, double *dc_before)
{
    const double none[3 * PLAIN_MOST] = {0};
    double nobody[3 * PLAIN_MOST] = {0};
    (void)own;
    (void)d_own;
    lstm_backward(H, back, none, h_before, c_before, gates, c, dh, dc, clip, d_in, d_back, nobody,
                  dh_before, dc_before);
}

static const reference_cell kinds[] = {
    {"lstm", 4, "peephole", 3, lstm_forward, lstm_backward},
    {"tanh", 1, NULL, 0, tanh_forward, tanh_backward},
    {"gru", 3, "recurrent_bias", 1, gru_forward, gru_backward},
    {"feed", 1, NULL, 0, tanh_forward, tanh_backward},
    {"lstm_plain", 4, NULL, 0, plain_forward, plain_backward},
};

const reference_cell *reference_cell_find(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}
