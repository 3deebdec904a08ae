/* The inner loops of the networks: small products with packed weights, LSTM gates, soft window and
 * mixture density loss. Formulas: Graves 2013, equations 7-11, 18-28, 46-53.
 *
 * Compiled once for each instruction set (LH_KERNELS_NAME); see kernels.h. Elementwise loops are
 * plain C without branches, which the compiler turns into vectors; only the product spells out its
 * registers. */
#include "kernels.h"

#include "bounds.h"

#include <math.h>
#include <string.h>
#ifdef __F16C__
#include <immintrin.h>
#endif

#ifndef LH_KERNELS_NAME
#define LH_KERNELS_NAME plain
#endif
#define PASTE_(a, b) a##b
#define PASTE(a, b) PASTE_(a, b)
#define QUOTE_(a) #a
#define QUOTE(a) QUOTE_(a)

#if defined(__AVX512F__)
enum { VECTOR_BYTES = 64, TILE_ROWS = 14 };
#elif defined(__AVX__)
enum { VECTOR_BYTES = 32, TILE_ROWS = 6 };
#else
enum { VECTOR_BYTES = 16, TILE_ROWS = 6 };
#endif
enum { LANES = VECTOR_BYTES / (int)sizeof(lh_real), PANEL = 2 * LANES };

typedef lh_real vector __attribute__((vector_size(VECTOR_BYTES)));
typedef lh_real vector_unaligned
    __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(lh_real)), may_alias));

static inline int round_up(int n)
{
    return (n + LANES - 1) / LANES * LANES;
}

/* ---- elementary functions ----------------------------------------------------------------------
 */

#ifdef LH_FLOAT64
static inline lh_real f_exp(lh_real x)
{
    return exp(x);
}
static inline lh_real f_tanh(lh_real x)
{
    return tanh(x);
}
static inline lh_real f_sigmoid(lh_real x)
{
    return 1 / (1 + exp(-x));
}
#else
/* exp by x = n ln 2 + r and a polynomial of degree 6 on |r| <= ln 2 / 2 (Cephes' coefficients);
 * relative error under 2e-7; arguments are clamped to [-87.3, 88.3], so that the result is a normal
 * number. A NaN stays one. */
static inline float f_exp(float x)
{
    x = x > 88.3f ? 88.3f : x;
    x = x < -87.3f ? -87.3f : x;
    /* The sum's last bits are n: what of it stays in the exponent below, whatever x is. */
    union {
        float value;
        uint32_t bits;
    } sum = {.value = x * 1.44269504089f + 12582912.0f}; /* 1.5 * 2^23 */
    float n = sum.value - 12582912.0f;
    float r = x - n * 0.693359375f + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    union {
        uint32_t bits;
        float value;
    } power = {.bits = (sum.bits + 127) << 23};
    return p * power.value;
}

/* Relative error under 4e-7: through exp away from zero, an odd polynomial (Cephes) near it. */
static inline float f_tanh(float x)
{
    float a = x < 0 ? -x : x;
    float e = f_exp(-2 * a);
    float far = (1 - e) / (1 + e);
    far = x < 0 ? -far : far;
    float z = x * x;
    float p = -5.70498872745e-3f;
    p = p * z + 2.06390887954e-2f;
    p = p * z - 5.37397155531e-2f;
    p = p * z + 1.33314422036e-1f;
    p = p * z - 3.33332819422e-1f;
    float near = x + x * z * p;
    return a < 0.625f ? near : far;
}

/* Relative error under 4e-7. */
static inline float f_sigmoid(float x)
{
    return 1 / (1 + f_exp(-x));
}
#endif

static inline lh_real clamp(lh_real x, lh_real low, lh_real high)
{
    x = x < low ? low : x;
    return x > high ? high : x;
}

static void k_exp(int n, const lh_real *x, lh_real *y)
{
    for (int i = 0; i < n; i++)
        y[i] = f_exp(x[i]);
}

static void k_tanh(int n, const lh_real *x, lh_real *y)
{
    for (int i = 0; i < n; i++)
        y[i] = f_tanh(x[i]);
}

static void k_sigmoid(int n, const lh_real *x, lh_real *y)
{
    for (int i = 0; i < n; i++)
        y[i] = f_sigmoid(x[i]);
}

/* ---- product with packed weights ----------------------------------------------------------------
 */

#if defined(__F16C__) && !defined(LH_FLOAT64)
#define HALVES true
static inline vector widen(const uint16_t *half)
{
#if defined(__AVX512F__)
    return (vector)_mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)half));
#else
    return (vector)_mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)half));
#endif
}

static void k_halve(size_t n, const lh_real *x, uint16_t *y)
{
    size_t i = 0;
    for (; i + 8 <= n; i += 8)
        _mm_storeu_si128((__m128i *)(y + i), _mm256_cvtps_ph(_mm256_loadu_ps(x + i), 0));
    for (; i < n; i++)
        y[i] = _cvtss_sh(x[i], 0);
}

static void k_widen(size_t n, const void *halves, lh_real *y)
{
    const char *x = halves;
    uint16_t last;
    size_t i = 0;
    for (; i + 8 <= n; i += 8, x += 8 * sizeof last)
        _mm256_storeu_ps(y + i, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)x)));
    for (; i < n; i++, x += sizeof last) {
        memcpy(&last, x, sizeof last);
        y[i] = _cvtsh_ss(last);
    }
}
#else
#define HALVES false
#define k_halve NULL
#define k_widen NULL
static inline vector widen(const uint16_t *half)
{
    (void)half;
    return (vector){0};
}
#endif

/* One vector of weights at `index` of panels in either precision; `half` is a constant. */
static inline __attribute__((always_inline)) vector weights_at(const lh_panels *b, size_t index,
                                                               const bool half)
{
    return half ? widen(b->half + index) : *(const vector *)(b->data + index);
}

/* C [rows][PANEL] += A [rows][k] x the panel at `panel`. `rows` and `half` are constants where this
 * is inlined, so that the sums stay in registers for the whole of k. */
static inline __attribute__((always_inline)) void tile(const int rows, const bool half, int k,
                                                       const lh_real *a, size_t lda,
                                                       const lh_panels *b, size_t panel, lh_real *c,
                                                       size_t ldc)
{
    vector sum[TILE_ROWS][2];
    for (int i = 0; i < rows; i++)
        sum[i][0] = sum[i][1] = (vector){0};
    for (int l = 0; l < k; l++) {
        const vector left = weights_at(b, panel + (size_t)l * PANEL, half);
        const vector right = weights_at(b, panel + (size_t)l * PANEL + LANES, half);
#pragma GCC unroll 14
        for (int i = 0; i < rows; i++) {
            const lh_real factor = a[i * lda + (size_t)l];
            sum[i][0] += factor * left;
            sum[i][1] += factor * right;
        }
    }
    for (int i = 0; i < rows; i++) {
        *(vector_unaligned *)(c + i * ldc) += sum[i][0];
        *(vector_unaligned *)(c + i * ldc + LANES) += sum[i][1];
    }
}

static inline __attribute__((always_inline)) void tile_in(const bool half, int rows, int k,
                                                          const lh_real *a, size_t lda,
                                                          const lh_panels *b, size_t panel,
                                                          lh_real *c, size_t ldc)
{
    switch (rows) {
#define CASE(n)                                     \
    case n:                                         \
        tile(n, half, k, a, lda, b, panel, c, ldc); \
        break;
        CASE(1)
        CASE(2)
        CASE(3)
        CASE(4)
        CASE(5)
        CASE(6)
#if defined(__AVX512F__)
        CASE(7)
        CASE(8)
        CASE(9)
        CASE(10)
        CASE(11)
        CASE(12)
        CASE(13)
        CASE(14)
#endif
#undef CASE
    }
}

static void tile_of(int rows, int k, const lh_real *a, size_t lda, const lh_panels *b, size_t panel,
                    lh_real *c, size_t ldc)
{
    if (HALVES && b->half)
        tile_in(true, rows, k, a, lda, b, panel, c, ldc);
    else
        tile_in(false, rows, k, a, lda, b, panel, c, ldc);
}

/* The last panel may be wider than what is left of C: it goes through a buffer. */
static void narrow_tile(int rows, int columns, int k, const lh_real *a, size_t lda,
                        const lh_panels *b, size_t panel, lh_real *c, size_t ldc)
{
    lh_real buffer[TILE_ROWS * PANEL] = {0};
    tile_of(rows, k, a, lda, b, panel, buffer, PANEL);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            c[(size_t)i * ldc + (size_t)j] += buffer[i * PANEL + j];
}

/* A few rows would wait for the additions to their few sums: several panels at a time keep the
 * adders busy, and each sum is made in the order in which a tile makes it, so that a row's result
 * is the same to the last bit alone and among others. */
enum { FEW_ROWS = 3, PANELS_OF_ONE = 4, PANELS_OF_FEW = 2 };

static inline __attribute__((always_inline)) void low_tile(const int rows, const int panels,
                                                           const bool half, const lh_real *a,
                                                           size_t lda, const lh_panels *b,
                                                           size_t panel, lh_real *c, size_t ldc)
{
    vector sum[PANELS_OF_ONE][2][FEW_ROWS];
    const size_t apart = (size_t)b->k * PANEL;
    for (int p = 0; p < panels; p++)
        for (int i = 0; i < rows; i++)
            sum[p][0][i] = sum[p][1][i] = (vector){0};
    for (int l = 0; l < b->k; l++) {
#pragma GCC unroll 4
        for (int p = 0; p < panels; p++) {
            const size_t at = panel + (size_t)p * apart + (size_t)l * PANEL;
#pragma GCC unroll 2
            for (int v = 0; v < 2; v++) {
                const vector weights = weights_at(b, at + (size_t)v * LANES, half);
#pragma GCC unroll 3
                for (int i = 0; i < rows; i++)
                    sum[p][v][i] += a[i * lda + (size_t)l] * weights;
            }
        }
    }
    for (int p = 0; p < panels; p++)
        for (int i = 0; i < rows; i++) {
            lh_real *to = c + i * ldc + p * PANEL;
            *(vector_unaligned *)to += sum[p][0][i];
            *(vector_unaligned *)(to + LANES) += sum[p][1][i];
        }
}

static inline __attribute__((always_inline)) void low_tile_in(const bool half, int rows,
                                                              const lh_real *a, size_t lda,
                                                              const lh_panels *b, size_t panel,
                                                              lh_real *c, size_t ldc)
{
    if (rows == 1)
        low_tile(1, PANELS_OF_ONE, half, a, lda, b, panel, c, ldc);
    else if (rows == 2)
        low_tile(2, PANELS_OF_FEW, half, a, lda, b, panel, c, ldc);
    else
        low_tile(FEW_ROWS, PANELS_OF_FEW, half, a, lda, b, panel, c, ldc);
}

/* The columns of a product of 1 to FEW_ROWS rows that come in whole groups of panels; returns how
 * many. */
static int product_of_few(int rows, const lh_real *a, size_t lda, const lh_panels *b, lh_real *c,
                          size_t ldc)
{
    const int wide = (rows == 1 ? PANELS_OF_ONE : PANELS_OF_FEW) * PANEL;
    int column = 0;
    for (; column + wide <= b->n; column += wide) {
        size_t panel = (size_t)column * (size_t)b->k;
        if (HALVES && b->half)
            low_tile_in(true, rows, a, lda, b, panel, c + column, ldc);
        else
            low_tile_in(false, rows, a, lda, b, panel, c + column, ldc);
    }
    return column;
}

static void k_product(int rows, const lh_real *a, size_t lda, const lh_panels *b, lh_real *c,
                      size_t ldc)
{
    /* Tiles of nearly equal height: a short last one would leave the multipliers idle. */
    int tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
    int done = rows > 0 && rows <= FEW_ROWS ? product_of_few(rows, a, lda, b, c, ldc) : 0;
    for (int column = done; column < b->n; column += PANEL) {
        size_t panel = (size_t)column * (size_t)b->k;
        int columns = b->n - column;
        for (int t = 0; t < tiles; t++) {
            int first = rows * t / tiles, height = rows * (t + 1) / tiles - first;
            const lh_real *from = a + (size_t)first * lda;
            lh_real *to = c + (size_t)first * ldc + column;
            if (columns >= PANEL)
                tile_of(height, b->k, from, lda, b, panel, to, ldc);
            else
                narrow_tile(height, columns, b->k, from, lda, b, panel, to, ldc);
        }
    }
}

/* ---- LSTM -------------------------------------------------------------------------------------
 */

static void k_gates_start(int rows, int width, const lh_real *x, const lh_real *weights,
                          const lh_real *bias, lh_real *gates)
{
    const lh_real *w0 = weights, *w1 = weights + width, *w2 = weights + 2 * (size_t)width;
    for (int i = 0; i < rows; i++) {
        const lh_real *p = x + (size_t)i * LH_INPUTS;
        lh_real *restrict g = gates + (size_t)i * (size_t)width;
        for (int j = 0; j < width; j++)
            g[j] = bias[j] + p[0] * w0[j] + p[1] * w1[j] + p[2] * w2[j];
    }
}

/* i = sigma(. + w_ci c'), f = sigma(. + w_cf c'), c = f c' + i tanh(.), o = sigma(. + w_co c),
 * h = o tanh(c), with c' the cell of the step before. */
static void lstm_forward_row(int cells, lh_real *restrict gates, const lh_real *c_previous,
                             lh_real *restrict c, lh_real *restrict h, const lh_real *peephole)
{
    lh_real *gi = gates, *gf = gates + cells, *gg = gates + 2 * cells, *go = gates + 3 * cells;
    const lh_real *wi = peephole, *wf = peephole + cells, *wo = peephole + 2 * cells;
#pragma GCC ivdep
    for (int j = 0; j < cells; j++) {
        lh_real i = f_sigmoid(gi[j] + wi[j] * c_previous[j]);
        lh_real f = f_sigmoid(gf[j] + wf[j] * c_previous[j]);
        lh_real g = f_tanh(gg[j]);
        lh_real cell = f * c_previous[j] + i * g;
        lh_real o = f_sigmoid(go[j] + wo[j] * cell);
        gi[j] = i;
        gf[j] = f;
        gg[j] = g;
        go[j] = o;
        c[j] = cell;
        h[j] = o * f_tanh(cell);
    }
}

static void k_lstm_forward(int rows, int cells, lh_real *gates, const lh_real *c_previous,
                           lh_real *c, lh_real *h, size_t h_stride, const lh_real *peephole)
{
    size_t width = (size_t)cells;
    for (int i = 0; i < rows; i++) {
        size_t row = (size_t)i;
        lstm_forward_row(cells, gates + row * 4 * width, c_previous + row * width, c + row * width,
                         h + row * h_stride, peephole);
    }
}

/* With d for dL/d and ^ for before squashing, all derivatives ^ clipped:
 *   do^ = dh tanh(c) o (1 - o)           dc = dh o (1 - tanh(c)^2) + do^ w_co + carry
 *   di^ = dc g i (1 - i)                 df^ = dc c' f (1 - f)          dg^ = dc i (1 - g^2)
 *   carry for the step before = dc f + di^ w_ci + df^ w_cf                                      */
static void lstm_backward_row(int cells, const lh_lstm_backward_rows *b, size_t row, lh_real limit)
{
    size_t width = (size_t)cells;
    lh_real *restrict gi = b->gates + row * 4 * width;
    lh_real *gf = gi + cells, *gg = gi + 2 * cells, *go = gi + 3 * cells;
    const lh_real *c = b->c + row * width, *c_previous = b->c_previous + row * width;
    const lh_real *dh_above = b->dh + row * b->dh_stride, *dh_carry = b->dh_carry + row * width;
    lh_real *restrict dc_carry = b->dc_carry + row * width;
    const lh_real *wi = b->peephole, *wf = wi + cells, *wo = wi + 2 * cells;
    lh_real *restrict dwi = b->d_peephole;
    lh_real *dwf = dwi + cells, *dwo = dwi + 2 * cells;
    lh_real *restrict dbi = b->d_bias;
    lh_real *dbf = dbi + cells, *dbg = dbi + 2 * cells, *dbo = dbi + 3 * cells;
#pragma GCC ivdep
    for (int j = 0; j < cells; j++) {
        lh_real i = gi[j], f = gf[j], g = gg[j], o = go[j];
        lh_real tc = f_tanh(c[j]), dh = dh_above[j] + dh_carry[j];
        lh_real d_o = clamp(dh * tc * o * (1 - o), -limit, limit);
        lh_real dc = dh * o * (1 - tc * tc) + d_o * wo[j] + dc_carry[j];
        lh_real d_i = clamp(dc * g * i * (1 - i), -limit, limit);
        lh_real d_f = clamp(dc * c_previous[j] * f * (1 - f), -limit, limit);
        lh_real d_g = clamp(dc * i * (1 - g * g), -limit, limit);
        dc_carry[j] = dc * f + d_i * wi[j] + d_f * wf[j];
        gi[j] = d_i;
        gf[j] = d_f;
        gg[j] = d_g;
        go[j] = d_o;
        dwi[j] += d_i * c_previous[j];
        dwf[j] += d_f * c_previous[j];
        dwo[j] += d_o * c[j];
        dbi[j] += d_i;
        dbf[j] += d_f;
        dbg[j] += d_g;
        dbo[j] += d_o;
    }
}

static void k_lstm_backward(int rows, int cells, const lh_lstm_backward_rows *b)
{
    const lh_real no_limit = (lh_real)1e30;
    for (int i = 0; i < rows; i++)
        lstm_backward_row(cells, b, (size_t)i, b->clip > 0 ? b->clip : no_limit);
}

/* ---- soft window ------------------------------------------------------------------------------
 */

/* phi(u) = sum_k alpha_k exp(-beta_k (kappa_k - u)^2), u = 1..U+1; w = sum_u phi(u) c_u. */
static void k_window_forward(int windows, int characters, int alphabet, const int32_t *text,
                             const lh_real *hat, const lh_real *kappa_previous, lh_real *kappa,
                             lh_real *phi, lh_real *w)
{
    int places = characters + 1;
    memset(phi, 0, (size_t)places * sizeof *phi);
    for (int k = 0; k < windows; k++) {
        lh_real alpha = f_exp(clamp(hat[k], LH_ALPHA_HAT_MIN, LH_ALPHA_HAT_MAX));
        lh_real beta = f_exp(clamp(hat[windows + k], LH_BETA_HAT_MIN, LH_BETA_HAT_MAX));
        lh_real step = f_exp(clamp(hat[2 * windows + k], LH_KAPPA_HAT_MIN, LH_KAPPA_HAT_MAX));
        lh_real at = kappa_previous[k] + step;
        kappa[k] = at;
        for (int u = 0; u < places; u++) {
            lh_real distance = at - (lh_real)(u + 1);
            phi[u] += alpha * f_exp(-beta * distance * distance);
        }
    }
    memset(w, 0, (size_t)alphabet * sizeof *w);
    for (int u = 0; u < characters; u++)
        w[text[u]] += phi[u];
}

enum { STRETCH = 64 }; /* characters at a time */

/* Adds to `sums` [3][windows] what `n` characters behind the first `start` have in sum v E,
 * sum v E d^2 and sum v E d (below); `v` [STRETCH] is 0 from n on. */
static void window_sums(int windows, int start, int n, const lh_real *v, const lh_real *hat,
                        const lh_real *kappa, lh_real *sums)
{
    int padded = round_up(n);
    for (int k = 0; k < windows; k++) {
        lh_real beta = f_exp(clamp(hat[windows + k], LH_BETA_HAT_MIN, LH_BETA_HAT_MAX));
        lh_real from = kappa[k] - (lh_real)(start + 1);
        vector sum0 = {0}, sum1 = {0}, sum2 = {0};
        for (int u = 0; u < padded; u += LANES) {
            vector d, e;
            for (int i = 0; i < LANES; i++) {
                d[i] = from - (lh_real)(u + i);
                e[i] = v[u + i] * f_exp(-beta * d[i] * d[i]);
            }
            sum0 += e;
            sum1 += e * d;
            sum2 += e * d * d;
        }
        for (int i = 0; i < LANES; i++) {
            sums[k] += sum0[i];
            sums[windows + k] += sum2[i];
            sums[2 * windows + k] += sum1[i];
        }
    }
}

/* With v_u = dL/dphi(u) = dw . c_u, E_u = exp(-beta (kappa - u)^2) and d_u = kappa - u:
 *   dalpha = sum v E      dbeta = -alpha sum v E d^2      dkappa = -2 alpha beta sum v E d + carry
 * and through the exponentials: dalpha^ = alpha dalpha, dbeta^ = beta dbeta,
 * dkappa^ = exp(kappa^) dkappa; 0 where a bound cut the value. */
static void k_window_backward(int windows, int characters, const int32_t *text, const lh_real *hat,
                              const lh_real *kappa, const lh_real *dw, lh_real *d_hat,
                              lh_real *d_kappa)
{
    for (int k = 0; k < 3 * windows; k++)
        d_hat[k] = 0;
    for (int start = 0; start < characters; start += STRETCH) {
        int n = characters - start < STRETCH ? characters - start : STRETCH;
        lh_real v[STRETCH] = {0};
        for (int u = 0; u < n; u++)
            v[u] = dw[text[start + u]];
        window_sums(windows, start, n, v, hat, kappa, d_hat);
    }
    for (int k = 0; k < windows; k++) {
        lh_real *da = &d_hat[k], *db = &d_hat[windows + k], *dk = &d_hat[2 * windows + k];
        lh_real a_hat = clamp(hat[k], LH_ALPHA_HAT_MIN, LH_ALPHA_HAT_MAX);
        lh_real b_hat = clamp(hat[windows + k], LH_BETA_HAT_MIN, LH_BETA_HAT_MAX);
        lh_real k_hat = clamp(hat[2 * windows + k], LH_KAPPA_HAT_MIN, LH_KAPPA_HAT_MAX);
        lh_real alpha = f_exp(a_hat), beta = f_exp(b_hat);
        d_kappa[k] += -2 * alpha * beta * *dk;
        *da = a_hat == hat[k] ? alpha * *da : 0;
        *db = b_hat == hat[windows + k] ? -alpha * beta * *db : 0;
        *dk = k_hat == hat[2 * windows + k] ? f_exp(k_hat) * d_kappa[k] : 0;
    }
}

/* ---- mixture density loss -----------------------------------------------------------------------
 */

/* One row's mixture in arrays padded to whole vectors, so that the loops have no rest. */
typedef struct mixture_row {
    lh_real log_weight[LH_MIXTURES_MAX]; /* pi^ - max, then log(pi_j N_j) */
    lh_real pi[LH_MIXTURES_MAX];
    lh_real sx[LH_MIXTURES_MAX], sy[LH_MIXTURES_MAX]; /* sigma^, bounded */
    lh_real zx[LH_MIXTURES_MAX], zy[LH_MIXTURES_MAX]; /* (x - mu) / sigma */
    lh_real rho[LH_MIXTURES_MAX], c[LH_MIXTURES_MAX]; /* rho and C = 1 / (1 - rho^2) */
    lh_real ix[LH_MIXTURES_MAX], iy[LH_MIXTURES_MAX]; /* 1 / sigma */
    lh_real gamma[LH_MIXTURES_MAX];
} mixture_row;

static lh_real maximum(const lh_real *values, int n)
{
    lh_real most = (lh_real)-1e30;
    for (int j = 0; j < n; j++)
        most = values[j] > most ? values[j] : most;
    return most;
}

/* Fills all but gamma; log_weight_j = log(pi_j N_j) + log(sum_j exp pi^_j), a shift that the
 * responsibilities do not see. Returns the sum of exp(pi^_j - max). */
static lh_real mixture_terms(int m, const lh_real *output, const lh_real *x, mixture_row *r)
{
    const lh_real *pi_hat = output + 1, *mu_x = output + 1 + m, *mu_y = output + 1 + 2 * m;
    const lh_real *s_x = output + 1 + 3 * m, *s_y = output + 1 + 4 * m,
                  *rho_hat = output + 1 + 5 * m;
    int padded = round_up(m);
    for (int j = 0; j < padded; j++) {
        int in = j < m;
        r->log_weight[j] = in ? pi_hat[j] : (lh_real)-1e30;
        r->sx[j] = in ? clamp(s_x[j], LH_SIGMA_HAT_MIN, LH_SIGMA_HAT_MAX) : 0;
        r->sy[j] = in ? clamp(s_y[j], LH_SIGMA_HAT_MIN, LH_SIGMA_HAT_MAX) : 0;
        r->zx[j] = in ? x[0] - mu_x[j] : 0;
        r->zy[j] = in ? x[1] - mu_y[j] : 0;
        r->rho[j] = in ? clamp(rho_hat[j], -LH_RHO_HAT_MAX, LH_RHO_HAT_MAX) : 0;
    }
    lh_real most = maximum(r->log_weight, padded);
    lh_real total = 0;
    for (int j = 0; j < padded; j++) {
        r->log_weight[j] -= most;
        r->pi[j] = f_exp(r->log_weight[j]);
        r->pi[j] = r->log_weight[j] > -80 ? r->pi[j] : 0;
        total += r->pi[j];
    }
    const lh_real log_two_pi = (lh_real)1.8378770664093453;
    for (int j = 0; j < padded; j++) {
        lh_real rho = f_tanh(r->rho[j]);
        /* 1 - tanh^2 = 4 q / (1 + q)^2 with q = exp(-2 |rho^|): no cancellation. */
        lh_real q = f_exp(-2 * (r->rho[j] < 0 ? -r->rho[j] : r->rho[j]));
        lh_real free = 4 * q / ((1 + q) * (1 + q));
        r->ix[j] = f_exp(-r->sx[j]);
        r->iy[j] = f_exp(-r->sy[j]);
        r->zx[j] *= r->ix[j];
        r->zy[j] *= r->iy[j];
        r->c[j] = 1 / free;
        lh_real z = r->zx[j] * r->zx[j] + r->zy[j] * r->zy[j] - 2 * rho * r->zx[j] * r->zy[j];
        r->rho[j] = rho;
        r->gamma[j] = free; /* its log is taken below, outside the vector loop */
        r->log_weight[j] -= (lh_real)0.5 * z * r->c[j] + r->sx[j] + r->sy[j] + log_two_pi;
    }
    return total;
}

/* log(1 + exp(x)) without overflow. */
static inline double softplus(double x)
{
    return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

static void end_of_stroke_loss(const lh_real *output, const lh_real *x, lh_real *d_output,
                               lh_loss *loss)
{
    /* e = 1 / (1 + exp(e^)): -log e = softplus(e^), -log(1 - e) = softplus(-e^), d/de^ = x3 - e. */
    double e_hat = (double)output[0];
    loss->end_of_stroke += x[2] > (lh_real)0.5 ? softplus(e_hat) : softplus(-e_hat);
    if (d_output)
        d_output[0] = x[2] - (lh_real)(1 / (1 + exp(e_hat)));
}

static void mixture_gradient(int m, const lh_real *output, const mixture_row *r, lh_real total,
                             lh_real limit, lh_real *d)
{
    for (int j = 0; j < m; j++) {
        lh_real gamma = r->gamma[j], c = r->c[j], rho = r->rho[j], zx = r->zx[j], zy = r->zy[j];
        lh_real sx_hat = output[1 + 3 * m + j], sy_hat = output[1 + 4 * m + j];
        lh_real rho_hat = output[1 + 5 * m + j];
        lh_real ax = c * (zx - rho * zy), ay = c * (zy - rho * zx);
        lh_real z = zx * zx + zy * zy - 2 * rho * zx * zy;
        lh_real d_sx = -gamma * (ax * zx - 1), d_sy = -gamma * (ay * zy - 1);
        lh_real d_rho = -gamma * (zx * zy + rho * (1 - c * z));
        d[1 + j] = clamp(r->pi[j] / total - gamma, -limit, limit);
        d[1 + m + j] = clamp(-gamma * ax * r->ix[j], -limit, limit);
        d[1 + 2 * m + j] = clamp(-gamma * ay * r->iy[j], -limit, limit);
        /* A bound that cuts a value also cuts its derivative. */
        d[1 + 3 * m + j] = r->sx[j] == sx_hat ? clamp(d_sx, -limit, limit) : 0;
        d[1 + 4 * m + j] = r->sy[j] == sy_hat ? clamp(d_sy, -limit, limit) : 0;
        int inside = rho_hat > -LH_RHO_HAT_MAX && rho_hat < LH_RHO_HAT_MAX;
        d[1 + 5 * m + j] = inside ? clamp(d_rho, -limit, limit) : 0;
    }
}

/* An offset's mean, clipped as the offsets were. */
static lh_real within(lh_real mean, lh_real limit)
{
    return limit > 0 ? clamp(mean, -limit, limit) : mean;
}

static double squared(lh_real x)
{
    return (double)x * (double)x;
}

static void k_mixture_loss(int m, const lh_real *output, const lh_real *x, const lh_real *limit,
                           lh_real clip, lh_real *d_output, lh_loss *loss)
{
    mixture_row r;
    lh_real total = mixture_terms(m, output, x, &r);
    int padded = round_up(m);
    for (int j = 0; j < m; j++)
        r.log_weight[j] -= (lh_real)0.5 * (lh_real)log((double)r.gamma[j]);
    lh_real most = maximum(r.log_weight, padded);
    lh_real sum = 0, mean_x = 0, mean_y = 0;
    for (int j = 0; j < padded; j++) {
        lh_real term = f_exp(r.log_weight[j] - most);
        r.gamma[j] = r.log_weight[j] - most > -80 && j < m ? term : 0;
        sum += r.gamma[j];
    }
    for (int j = 0; j < padded; j++)
        r.gamma[j] /= sum;
    loss->mixture -= (double)most + log((double)sum) - log((double)total);
    for (int j = 0; j < m; j++) {
        mean_x += r.pi[j] * output[1 + m + j];
        mean_y += r.pi[j] * output[1 + 2 * m + j];
    }
    loss->squared_error += squared(x[0] - within(mean_x / total, limit[0])) +
                           squared(x[1] - within(mean_y / total, limit[1]));
    lh_real d[1 + 6 * LH_MIXTURES_MAX];
    const lh_real no_limit = (lh_real)1e30;
    lh_real most_d = clip > 0 ? clip : no_limit;
    end_of_stroke_loss(output, x, d_output ? d : NULL, loss);
    if (d_output) {
        mixture_gradient(m, output, &r, total, most_d, d);
        d[0] = clamp(d[0], -most_d, most_d);
        memcpy(d_output, d, (size_t)(1 + 6 * m) * sizeof *d);
    }
}

const lh_kernels PASTE(lh_kernels_, LH_KERNELS_NAME) = {
    .name = QUOTE(LH_KERNELS_NAME),
    .panel_width = PANEL,
    .halves = HALVES,
    .halve = k_halve,
    .widen = k_widen,
    .product = k_product,
    .gates_start = k_gates_start,
    .lstm_forward = k_lstm_forward,
    .lstm_backward = k_lstm_backward,
    .window_forward = k_window_forward,
    .window_backward = k_window_backward,
    .mixture_loss = k_mixture_loss,
    .exp = k_exp,
    .tanh = k_tanh,
    .sigmoid = k_sigmoid,
};
