/* The inner loops one at a time, for every instruction set that this processor has, against the
 * same in plain float64. Built for float and for double. */
#include "check.h"
#include "reference.h"

#include "nn/bounds.h"
#include "nn/half.h"
#include "nn/kernels.h"
#include "nn/memory.h"
#include "nn/panels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"plain", "avx2", "avx512", "neon", "wasm"};
static const bool narrow = sizeof(lh_real) == sizeof(float);
/* Of a sum of some tens of terms of about 1, or of a function of one. */
static double tolerance;

enum { TABLES = sizeof names / sizeof *names, MOST = 20000 };

static const lh_kernels *table_in_use;
static lh_rng rng;

static void for_each_table(void (*check)(const lh_kernels *))
{
    tolerance = narrow ? 1e-5 : 1e-12;
    for (int i = 0; i < TABLES; i++) {
        table_in_use = lh_kernels_find(names[i]);
        lh_rng_seed(&rng, 12, 0);
        if (table_in_use)
            check(table_in_use);
    }
}

/* Fails naming the kernels, what was computed and its index. */
static void check_close(const char *what, int index, double value, double expected, double scale)
{
    if (!(fabs(value - expected) <= tolerance * (scale + fabs(expected))))
        fail_msg("%s: %s [%d] is %.9g, expected %.9g", table_in_use->name, what, index, value,
                 expected);
}

static void fill(lh_real *values, int count, double deviation)
{
    for (int k = 0; k < count; k++)
        values[k] = (lh_real)(deviation * lh_rng_normal(&rng));
}

static lh_real *array(size_t count)
{
    lh_real *values = lh_real_alloc(count);
    assert_non_null(values);
    return values;
}

/* ---- elementary functions ----------------------------------------------------------------------
 */

static double sigma(double x)
{
    return 1 / (1 + exp(-x));
}

static void check_function(const char *what, void (*function)(int, const lh_real *, lh_real *),
                           double (*exact)(double), double reach, double bound)
{
    static lh_real x[MOST], y[MOST];
    for (int k = 0; k < MOST; k++) {
        /* Evenly over the range, and from tiny to large. */
        double even = reach * (2.0 * k / (MOST - 1) - 1), small = reach * pow(10, -8.0 * k / MOST);
        x[k] = (lh_real)(k % 2 ? even : k % 4 ? small : -small);
    }
    function(MOST, x, y);
    for (int k = 0; k < MOST; k++) {
        double expected = exact((double)x[k]);
        if (!(fabs((double)y[k] - expected) <= bound * fabs(expected)))
            fail_msg("%s: %s(%.9g) is %.9g, expected %.9g, relative error %.2g", table_in_use->name,
                     what, (double)x[k], (double)y[k], expected,
                     fabs((double)y[k] - expected) / fabs(expected));
    }
    /* Far out, and what is no number. */
    lh_real far[4] = {(lh_real)1e5, (lh_real)-1e5, (lh_real)1e30, (lh_real)-1e30};
    function(4, far, y);
    for (int k = 0; k < 4; k++)
        assert_true(narrow ? isfinite((double)y[k]) : !isnan((double)y[k]));
    /* Alone, and in the vectors of a longer row, beside what is a number. */
    for (int k = 0; k < MOST; k++)
        x[k] = k % 3 == 0 ? (lh_real)NAN : (lh_real)0.5;
    for (int n = 1; n <= MOST; n *= 2) {
        function(n, x, y);
        for (int k = 0; k < n; k++)
            assert_true(!isnan((double)y[k]) == (k % 3 != 0));
    }
}

static void check_functions(const lh_kernels *kernels)
{
    /* The bounds of the comments in kernels_math.h. */
    check_function("exp", kernels->exp, exp, 87, narrow ? 2e-7 : 1e-15);
    check_function("tanh", kernels->tanh, tanh, 87, narrow ? 4e-7 : 1e-15);
    check_function("sigmoid", kernels->sigmoid, sigma, 87, narrow ? 4e-7 : 1e-15);
}

static void elementary_functions_keep_their_error_bounds(void **state)
{
    (void)state;
    for_each_table(check_functions);
}

/* ---- products ----------------------------------------------------------------------------------
 */

typedef enum packing { STRAIGHT, TRANSPOSED, HALF } packing;

static void check_product(const lh_kernels *kernels, int rows, int k, int n, packing how)
{
    enum { GUARD = 3 };
    size_t lda = (size_t)k + 2, ldc = (size_t)n + GUARD;
    lh_real *a = array((size_t)rows * lda), *b = array((size_t)k * (size_t)n);
    lh_real *c = array((size_t)rows * ldc), *before = array((size_t)rows * ldc);
    fill(a, rows * (int)lda, 1);
    fill(b, k * n, 1);
    for (int j = 0; how == HALF && j < k * n; j++)
        b[j] = (lh_real)(round((double)b[j] * 256) / 256); /* a float16 number */
    fill(c, rows * (int)ldc, 1);
    memcpy(before, c, (size_t)rows * ldc * sizeof *c);
    lh_panels panels = {0};
    lh_error error = {0};
    check_ok(lh_panels_reserve(&panels, k, n, how == HALF, &error), &error);
    assert_true((panels.half != NULL) == (how == HALF && kernels->halves));
    if (how == TRANSPOSED)
        lh_panels_fill_transpose(&panels, b);
    else
        lh_panels_fill(&panels, 0, k, b);
    kernels->product(rows, a, lda, &panels, c, ldc);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < (int)ldc; j++) {
            size_t at = (size_t)i * ldc + (size_t)j;
            double sum = (double)before[at];
            for (int l = 0; j < n && l < k; l++)
                sum += (double)a[(size_t)i * lda + (size_t)l] *
                       (double)b[how == TRANSPOSED ? j * k + l : l * n + j];
            check_close("product", (int)at, (double)c[at], sum, j < n ? sqrt(k) : 0);
        }
    lh_panels_free(&panels);
    free(a);
    free(b);
    free(c);
    free(before);
}

/* Panels are made as wide as those of the kernels in use, so only these can be asked. */
static void products_of_all_sizes_are_right_and_stay_in_their_rows(void **state)
{
    (void)state;
    static const int depths[] = {1, 2, 7, 33},
                     widths[] = {1, 3, 8, 15, 16, 17, 31, 32, 33, 64, 100, 300};
    tolerance = narrow ? 1e-5 : 1e-12;
    table_in_use = lh_kernels_get();
    lh_rng_seed(&rng, 13, 0);
    for (int rows = 0; rows <= 31; rows++)
        for (size_t d = 0; d < sizeof depths / sizeof *depths; d++)
            for (size_t w = 0; w < sizeof widths / sizeof *widths; w++)
                for (packing how = STRAIGHT; how <= HALF; how++)
                    check_product(table_in_use, rows, depths[d], widths[w], how);
}

/* All that there are, from an odd place, in pieces that no vector divides. */
static void check_halves(const lh_kernels *kernels)
{
    enum { ALL = 1 << 16, PIECE = 1021 };
    static char halves[2 * ALL + 1];
    static lh_real floats[ALL];
    if (!kernels->widen)
        return;
    for (uint32_t i = 0; i < ALL; i++) {
        uint16_t half = (uint16_t)i;
        memcpy(halves + 1 + 2 * i, &half, sizeof half);
    }
    for (size_t at = 0; at < ALL; at += PIECE)
        kernels->widen(ALL - at < PIECE ? ALL - at : PIECE, halves + 1 + 2 * at, floats + at);
    for (uint32_t i = 0; i < ALL; i++) {
        float expected = lh_half_to_float((uint16_t)i);
        bool same = isnan(expected) ? isnan(floats[i]) : floats[i] == (lh_real)expected;
        if (!same)
            fail_msg("%s: half 0x%04x became %g, not %g", kernels->name, i, (double)floats[i],
                     (double)expected);
    }
}

static void halves_are_widened_exactly(void **state)
{
    (void)state;
    for_each_table(check_halves);
}

/* ---- LSTM --------------------------------------------------------------------------------------
 */

/* One cell, forward and backward, in the letters of equations 7-11. */
typedef struct cell {
    double a[4], w[3], c_before; /* in: sums without peepholes; w_ci, w_cf, w_co */
    double i, f, g, o, c, h;
    double dh, dc; /* in */
    double da[4], dc_before;
} cell;

static double limited(double value, double limit)
{
    return limit > 0 ? fmax(-limit, fmin(limit, value)) : value;
}

static void plain_cell(cell *p, double limit)
{
    p->i = sigma(p->a[0] + p->w[0] * p->c_before);
    p->f = sigma(p->a[1] + p->w[1] * p->c_before);
    p->g = tanh(p->a[2]);
    p->c = p->f * p->c_before + p->i * p->g;
    p->o = sigma(p->a[3] + p->w[2] * p->c);
    p->h = p->o * tanh(p->c);
    p->da[3] = limited(p->dh * tanh(p->c) * p->o * (1 - p->o), limit);
    double dc = p->dc + p->dh * p->o * (1 - tanh(p->c) * tanh(p->c)) + p->da[3] * p->w[2];
    p->da[0] = limited(dc * p->g * p->i * (1 - p->i), limit);
    p->da[1] = limited(dc * p->c_before * p->f * (1 - p->f), limit);
    p->da[2] = limited(dc * p->i * (1 - p->g * p->g), limit);
    p->dc_before = dc * p->f + p->da[0] * p->w[0] + p->da[1] * p->w[1];
}

static void check_lstm_of(const lh_kernels *kernels, int rows, int H, double limit)
{
    int n = rows * H, stride = 2 * H + 1;
    lh_real *gates = array(4 * n), *sums = array(4 * n), *before = array(n), *c = array(n);
    lh_real *h = array(rows * stride), *dh = array(rows * stride), *carry = array(n);
    lh_real *dc = array(n), *dc_in = array(n), *w = array(3 * H), *dw = array(3 * H);
    lh_real *db = array(4 * H);
    double *expected_dw = calloc(7 * (size_t)H, sizeof *expected_dw);
    assert_non_null(expected_dw);
    fill(sums, 4 * n, 2);
    fill(before, n, 1);
    fill(dh, rows * stride, 1);
    fill(carry, n, 1);
    fill(dc_in, n, 1);
    fill(w, 3 * H, 0.5);
    memcpy(gates, sums, 4 * n * sizeof *gates);
    memcpy(dc, dc_in, n * sizeof *dc);
    const lh_cell *lstm = kernels->cell[lh_cell_find("lstm")];
    lstm->forward(rows, H,
                  &(lh_cell_forward){.gates = gates,
                                     .carried_previous = before,
                                     .carried = c,
                                     .h = h,
                                     .h_stride = stride,
                                     .own = w});
    lh_real *activations = array(4 * n);
    memcpy(activations, gates, 4 * n * sizeof *gates);
    lh_real *carry_in = array(n);
    memcpy(carry_in, carry, n * sizeof *carry);
    lstm->backward(rows, H,
                   &(lh_cell_backward){.gates = gates,
                                       .carried = c,
                                       .carried_previous = before,
                                       .dh = dh,
                                       .dh_stride = stride,
                                       .dh_carry = carry,
                                       .d_carried = dc,
                                       .own = w,
                                       .d_own = dw,
                                       .d_bias = db,
                                       .clip = (lh_real)limit});
    for (int k = 0; k < n; k++) {
        int row = k / H, j = k % H;
        cell p = {.c_before = before[k], .dc = dc_in[k]};
        p.dh = (double)dh[row * stride + j] + (double)carry_in[k];
        for (int gate = 0; gate < 4; gate++)
            p.a[gate] = sums[(4 * row + gate) * H + j];
        for (int peephole = 0; peephole < 3; peephole++)
            p.w[peephole] = w[peephole * H + j];
        plain_cell(&p, limit);
        const double gate_values[] = {p.i, p.f, p.g, p.o};
        for (int gate = 0; gate < 4; gate++) {
            int at = (4 * row + gate) * H + j;
            check_close("gate", at, activations[at], gate_values[gate], 1);
            check_close("dL/d gate", at, gates[at], p.da[gate], 1);
            expected_dw[(3 + gate) * H + j] += p.da[gate];
        }
        check_close("c", k, c[k], p.c, 1);
        check_close("h", k, h[row * stride + j], p.h, 1);
        check_close("dL/dc", k, dc[k], p.dc_before, 1);
        assert_true(carry[k] == 0);
        expected_dw[j] += p.da[0] * p.c_before;
        expected_dw[H + j] += p.da[1] * p.c_before;
        expected_dw[2 * H + j] += p.da[3] * p.c;
    }
    for (int k = 0; k < 3 * H; k++)
        check_close("dL/d peephole", k, dw[k], expected_dw[k], rows);
    for (int k = 0; k < 4 * H; k++)
        check_close("dL/d bias", k, db[k], expected_dw[3 * H + k], rows);
    lh_real *all[] = {gates,    sums, before, c, h,  dh, carry,
                      carry_in, dc,   dc_in,  w, dw, db, activations};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
    free(expected_dw);
}

static void check_lstm(const lh_kernels *kernels)
{
    static const int cells[] = {1, 3, 8, 15, 16, 17, 33, 100};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        for (int rows = 1; rows <= 3; rows++) {
            check_lstm_of(kernels, rows, cells[i], 0);
            check_lstm_of(kernels, rows, cells[i], 0.05);
        }
}

static void lstm_steps_are_equations_7_to_11(void **state)
{
    (void)state;
    for_each_table(check_lstm);
}

/* ---- window ------------------------------------------------------------------------------------
 */

static void check_window_of(const lh_kernels *kernels, int K, int U)
{
    enum { A = 11 };
    int32_t *text = calloc(U, sizeof *text);
    assert_non_null(text);
    for (int u = 0; u < U; u++)
        text[u] = (int32_t)lh_rng_below(&rng, A);
    lh_real *hat = array(3 * K), *kappa = array(K), *before = array(K), *phi = array(U + 1);
    lh_real *w = array(A), *dw = array(A), *d_hat = array(3 * K), *d_kappa = array(K);
    lh_real *d_kappa_in = array(K);
    fill(hat, 3 * K, 0.7);
    fill(dw, A, 1);
    fill(d_kappa_in, K, 1);
    memcpy(d_kappa, d_kappa_in, K * sizeof *d_kappa);
    for (int k = 0; k < K; k++)
        before[k] = (lh_real)(lh_rng_uniform(&rng) * U);
    kernels->window_forward(K, U, A, text, hat, before, kappa, phi, w);
    kernels->window_backward(K, U, text, hat, kappa, dw, d_hat, d_kappa);
    double *expected_phi = calloc((size_t)U + 1, sizeof *expected_phi), expected_w[A] = {0};
    assert_non_null(expected_phi);
    for (int k = 0; k < K; k++) {
        double alpha = exp(hat[k]), beta = exp(hat[K + k]), advance = exp(hat[2 * K + k]);
        double at = (double)before[k] + advance, sum = 0, sum1 = 0, sum2 = 0;
        for (int u = 1; u <= U + 1; u++) {
            double E = exp(-beta * (at - u) * (at - u)), v = u <= U ? dw[text[u - 1]] : 0;
            expected_phi[u - 1] += alpha * E;
            sum += v * E;
            sum1 += v * E * (at - u);
            sum2 += v * E * (at - u) * (at - u);
        }
        double expected = (double)d_kappa_in[k] - 2 * alpha * beta * sum1;
        /* Float rounds kappa itself, near U, before the difference to u is taken. */
        double scale = U * alpha * beta;
        check_close("kappa", k, kappa[k], at, 1);
        check_close("dL/dkappa", k, d_kappa[k], expected, scale);
        check_close("dL/dalpha^", k, d_hat[k], alpha * sum, scale);
        check_close("dL/dbeta^", k, d_hat[K + k], -alpha * beta * sum2, scale);
        check_close("dL/dkappa^", k, d_hat[2 * K + k], advance * expected, scale * advance);
    }
    for (int u = 0; u <= U; u++)
        check_close("phi", u, phi[u], expected_phi[u], U);
    for (int u = 0; u < U; u++)
        expected_w[text[u]] += expected_phi[u];
    for (int j = 0; j < A; j++)
        check_close("w", j, w[j], expected_w[j], U);
    lh_real *all[] = {hat, kappa, before, phi, w, dw, d_hat, d_kappa, d_kappa_in};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
    free(expected_phi);
    free(text);
}

static void check_window(const lh_kernels *kernels)
{
    static const int characters[] = {1, 2, 15, 16, 17, 63, 64, 65, 129};
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
        for (int K = 1; K <= 10; K += 3)
            check_window_of(kernels, K, characters[i]);
}

static void windows_are_equations_46_to_51(void **state)
{
    (void)state;
    for_each_table(check_window);
}

/* ---- mixture -----------------------------------------------------------------------------------
 */

static const lh_real no_limit[2];

static void check_mixture_of(const lh_kernels *kernels, int M, bool end)
{
    enum { MOST_OUTPUTS = 1 + 6 * LH_MIXTURES_MAX };
    int outputs = 1 + 6 * M;
    lh_real y[MOST_OUTPUTS], dy[MOST_OUTPUTS], clipped[MOST_OUTPUTS];
    double exact[MOST_OUTPUTS], expected[MOST_OUTPUTS];
    fill(y, outputs, 0.8);
    lh_real x[3] = {(lh_real)lh_rng_normal(&rng), (lh_real)lh_rng_normal(&rng), end};
    for (int k = 0; k < outputs; k++)
        exact[k] = (double)y[k];
    lh_loss loss = {0}, silent = {0}, expected_loss = {0};
    reference_mixture(exact, M, (double[3]){(double)x[0], (double)x[1], (double)x[2]},
                      &expected_loss, expected);
    kernels->mixture_loss(M, y, x, no_limit, 0, dy, &loss);
    kernels->mixture_loss(M, y, x, no_limit, 0, NULL, &silent);
    assert_memory_equal(&loss, &silent, sizeof loss);
    check_close("mixture loss", M, loss.mixture, expected_loss.mixture, 1);
    check_close("end-of-stroke loss", M, loss.end_of_stroke, expected_loss.end_of_stroke, 1);
    check_close("squared error", M, loss.squared_error, expected_loss.squared_error, 1);
    for (int k = 0; k < outputs; k++)
        check_close("dL/dy^", k, (double)dy[k], expected[k], 1);
    /* Clipped, and over y^ itself. */
    const lh_real limit = (lh_real)0.1;
    memcpy(clipped, y, sizeof y);
    kernels->mixture_loss(M, clipped, x, no_limit, limit, clipped, &loss);
    for (int k = 0; k < outputs; k++)
        assert_true(clipped[k] == (lh_real)limited((double)dy[k], (double)limit));
}

static void check_mixtures(const lh_kernels *kernels)
{
    static const int counts[] = {1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 20, 63, LH_MIXTURES_MAX};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (int trial = 0; trial < 20; trial++)
            check_mixture_of(kernels, counts[i], trial % 2);
}

static void mixture_losses_are_equations_18_to_37(void **state)
{
    (void)state;
    for_each_table(check_mixtures);
}

/* What lies behind a bound counts as the bound and has no derivative. */
static void check_bounds(const lh_kernels *kernels)
{
    const struct {
        int output;
        lh_real inside, outside;
    } bounds[] = {
        {4, LH_SIGMA_HAT_MIN, LH_SIGMA_HAT_MIN * 2}, {4, LH_SIGMA_HAT_MAX, LH_SIGMA_HAT_MAX * 2},
        {5, LH_SIGMA_HAT_MIN, LH_SIGMA_HAT_MIN * 2}, {5, LH_SIGMA_HAT_MAX, LH_SIGMA_HAT_MAX * 2},
        {6, LH_RHO_HAT_MAX, LH_RHO_HAT_MAX * 2},     {6, -LH_RHO_HAT_MAX, -LH_RHO_HAT_MAX * 2}};
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        lh_real y[7] = {0, 0, 0, 0, (lh_real)0.1, (lh_real)-0.2, (lh_real)0.3}, dy[7];
        const lh_real x[3] = {(lh_real)0.001, (lh_real)0.002, 0};
        lh_loss at = {0}, behind = {0};
        y[bounds[i].output] = bounds[i].inside;
        kernels->mixture_loss(1, y, x, no_limit, 0, dy, &at);
        y[bounds[i].output] = bounds[i].outside;
        kernels->mixture_loss(1, y, x, no_limit, 0, dy, &behind);
        assert_true(at.mixture == behind.mixture);
        assert_true(dy[bounds[i].output] == 0);
    }
}

static void values_behind_a_bound_have_no_derivative(void **state)
{
    (void)state;
    for_each_table(check_bounds);
}

static void check_limits(const lh_kernels *kernels)
{
    const lh_real y[7] = {0, 0, 3, -2, 0, 0, 0};
    const lh_real x[3] = {(lh_real)0.5, (lh_real)-0.5, 0}, limit[2] = {1, (lh_real)0.5};
    lh_real dy[7], free_dy[7];
    lh_loss loss = {0}, free_loss = {0};
    kernels->mixture_loss(1, y, x, limit, 0, dy, &loss);
    kernels->mixture_loss(1, y, x, no_limit, 0, free_dy, &free_loss);
    assert_true(loss.squared_error == 0.25);
    assert_true(free_loss.squared_error == 2.5 * 2.5 + 1.5 * 1.5);
    assert_true(loss.mixture == free_loss.mixture);
    assert_memory_equal(dy, free_dy, sizeof dy);
}

static void a_mean_is_clipped_as_the_offsets_were_in_the_squared_error_alone(void **state)
{
    (void)state;
    for_each_table(check_limits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elementary_functions_keep_their_error_bounds),
        cmocka_unit_test(products_of_all_sizes_are_right_and_stay_in_their_rows),
        cmocka_unit_test(halves_are_widened_exactly),
        cmocka_unit_test(lstm_steps_are_equations_7_to_11),
        cmocka_unit_test(windows_are_equations_46_to_51),
        cmocka_unit_test(mixture_losses_are_equations_18_to_37),
        cmocka_unit_test(a_mean_is_clipped_as_the_offsets_were_in_the_squared_error_alone),
        cmocka_unit_test(values_behind_a_bound_have_no_derivative),
    };
    return cmocka_run_group_tests_name("kernels", tests, NULL, NULL);
}
