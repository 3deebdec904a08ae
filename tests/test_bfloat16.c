/* Products in bfloat16: each kernel beside sums in float64 of the same rounded numbers, the
 * networks beside the float64 reference as near as 8 bits of precision allow. Skipped where the
 * processor has none. */
#include "architectures.h"
#include "check.h"
#include "nn/bfloat16.h"
#include "nn_compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- kernels --------------------------------------------------------------------------------- */

/* The upper half of x, to nearest even; x is finite. */
static float rounded(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits += 0x7fff + (bits >> 16 & 1);
    bits &= 0xffff0000;
    memcpy(&x, &bits, sizeof bits);
    return x;
}

static float *random_matrix(size_t rows, size_t columns, uint64_t seed)
{
    float *x = calloc(rows * columns + 1, sizeof *x);
    assert_non_null(x);
    lh_rng rng;
    lh_rng_seed(&rng, seed, 0);
    for (size_t i = 0; i < rows * columns; i++)
        x[i] = (float)lh_rng_normal(&rng);
    return x;
}

static float half_of(lh_pair pair, size_t which)
{
    uint32_t bits = which ? pair & 0xffff0000 : pair << 16;
    float x;
    memcpy(&x, &bits, sizeof bits);
    return x;
}

static void conversion_rounds_to_nearest_even(void **state)
{
    (void)state;
    enum { MOST = 70 };
    for (size_t n = 1; n <= MOST; n++) {
        float *x = random_matrix(2, MOST, n);
        lh_pair y[2][MOST / 2];
        memset(y, 0xff, sizeof y);
        x[0] = 1.00390625f;    /* halfway between two: to the even one, 1 */
        x[MOST] = 1.01171875f; /* halfway, the even one is above: 1.015625 */
        lh_bfloat16_get()->convert(2, n, x, MOST, y[0], MOST / 2);
        for (size_t r = 0; r < 2; r++) {
            for (size_t j = 0; j < n; j++)
                assert_true(half_of(y[r][j / 2], j % 2) == rounded(x[r * MOST + j]));
            if (n % 2)
                assert_int_equal(y[r][n / 2] >> 16, 0);
            for (size_t j = lh_pairs(n); j < MOST / 2; j++)
                assert_int_equal(y[r][j], 0xffffffff);
        }
        assert_true(half_of(y[0][0], 0) == 1);
        assert_true(half_of(y[1][0], 0) == 1.015625f);
        free(x);
    }
}

static void what_is_not_finite_stays_so(void **state)
{
    (void)state;
    const float x[4] = {INFINITY, -INFINITY, NAN, -NAN};
    lh_pair y[2];
    lh_bfloat16_get()->convert(1, 4, x, 4, y, 2);
    assert_true(half_of(y[0], 0) == INFINITY);
    assert_true(half_of(y[0], 1) == -INFINITY);
    assert_true(isnan(half_of(y[1], 0)) && isnan(half_of(y[1], 1)));
}

/* Fails unless C = start + A B, with A [rows][k] and B [k][n] rounded, but for float32's sums. */
static void check_product(const float *c, const float *start, const float *a, const float *b,
                          size_t rows, size_t k, size_t n)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < n; j++) {
            double sum = (double)start[i * n + j], size = 1;
            for (size_t l = 0; l < k; l++) {
                double term = (double)rounded(a[i * k + l]) * (double)rounded(b[l * n + j]);
                sum += term;
                size += fabs(term);
            }
            double difference = (double)c[i * n + j] - sum;
            if (!(fabs(difference) < 1e-6 * size))
                fail_msg("[%zu][%zu][%zu], row %zu, column %zu: %g, not %g", rows, k, n, i, j,
                         (double)c[i * n + j], sum);
        }
}

static float *transposed(const float *x, size_t rows, size_t columns)
{
    float *t = calloc(rows * columns + 1, sizeof *t);
    assert_non_null(t);
    for (size_t r = 0; r < rows; r++)
        for (size_t j = 0; j < columns; j++)
            t[j * rows + r] = x[r * columns + j];
    return t;
}

static lh_pair *pairs_of(const float *x, size_t rows, size_t n)
{
    lh_pair *y = calloc(rows * lh_pairs(n) + 1, sizeof *y);
    assert_non_null(y);
    lh_bfloat16_get()->convert(rows, n, x, n, y, lh_pairs(n));
    return y;
}

static lh_pair_panels panels_of(size_t k, size_t n)
{
    lh_pair_panels b = {0};
    lh_error error = {0};
    check_ok(lh_pair_panels_reserve(&b, k, n, &error), &error);
    return b;
}

/* A [rows][k] x B [k][n] in every way that the kernels offer. */
static void check_products(const lh_bfloat16_kernels *kernels, size_t rows, size_t k, size_t n)
{
    float *a = random_matrix(rows, k, 1), *b = random_matrix(k, n, 2);
    float *start = random_matrix(rows, n, 3), *c = malloc((rows * n + 1) * sizeof *c);
    float *a_transpose = transposed(a, rows, k), *b_transpose = transposed(b, k, n);
    lh_pair *a_pairs = pairs_of(a, rows, k), *b_pairs = pairs_of(b, k, n);
    lh_pair *a_columns = pairs_of(a_transpose, k, rows);
    lh_pair_panels left = panels_of(k, rows), right = panels_of(k, n);
    assert_non_null(c);
    for (int way = 0; way < 4; way++) {
        memcpy(c, start, rows * n * sizeof *c);
        if (way == 0)
            kernels->pack(b, &right);
        else if (way == 1)
            kernels->pack_transpose(b_transpose, &right);
        else
            kernels->gather(b_pairs, lh_pairs(n), NULL, &right);
        if (way == 3) {
            kernels->gather(a_columns, lh_pairs(rows), NULL, &left);
            kernels->product_transposed(&left, &right, c, n);
        } else {
            kernels->product(rows, a_pairs, lh_pairs(k), &right, c, n);
        }
        check_product(c, start, a, b, rows, k, n);
    }
    lh_pair_panels_free(&left);
    lh_pair_panels_free(&right);
    free(a), free(b), free(start), free(c), free(a_transpose), free(b_transpose);
    free(a_pairs), free(b_pairs), free(a_columns);
}

static void products_are_sums_of_rounded_products(void **state)
{
    (void)state;
    static const size_t sizes[][3] = {{1, 1, 1},      {8, 400, 96},   {3, 1024, 33},
                                      {300, 7, 31},   {270, 33, 64},  {40, 1111, 32},
                                      {15, 130, 129}, {16, 64, 1600}, {33, 529, 48}};
    const lh_bfloat16_kernels *kernels;
    for (int which = 0; (kernels = lh_bfloat16_at(which)); which++) {
        for (size_t rows = 1; rows <= 33; rows++)
            check_products(kernels, rows, 1 + rows * 5 % 23, 1 + rows * 7 % 70);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            check_products(kernels, sizes[i][0], sizes[i][1], sizes[i][2]);
    }
}

static void rows_are_gathered_by_their_numbers(void **state)
{
    (void)state;
    enum { ROWS = 6, N = 21, K = 5 };
    static const int32_t row_of[K] = {-1, 4, 0, 0, 5};
    float *x = random_matrix(ROWS, N, 4);
    lh_pair *pairs = pairs_of(x, ROWS, N);
    lh_pair_panels b = panels_of(K, N);
    memset(b.data, 0xff, b.room * sizeof *b.data);
    lh_bfloat16_get()->gather(pairs, lh_pairs(N), row_of, &b);
    for (size_t l = 0; l < 6; l++)
        for (size_t j = 0; j < N; j++) {
            bool none = l == K || row_of[l] < 0;
            float expected = none ? 0 : rounded(x[(size_t)row_of[l] * N + j]);
            assert_true(half_of(b.data[l / 2 * LH_PAIR_PANEL + j], l % 2) == expected);
        }
    lh_pair_panels_free(&b);
    free(pairs), free(x);
}

/* ---- networks -------------------------------------------------------------------------------- */

enum { LINES = 5 };
static const int characters[LINES] = {31, 24, 1, 40, 6};

static const lh_architecture architectures[] = {
    SYNTHESIS(2, 1, 1, 1, 1),     SYNTHESIS(1, 7, 3, 2, 5), PREDICTION(2, 15, 17),
    SYNTHESIS(3, 33, 9, 3, 11),   PREDICTION(3, 64, 20),    SYNTHESIS(3, 64, 20, 10, 61),
    SYNTHESIS(3, 100, 20, 10, 80)};
enum { ARCHITECTURES = sizeof architectures / sizeof *architectures };

static nn_bench bfloat16_bench(const lh_architecture *a)
{
    nn_bench bench = nn_bench_new(a, 13, 0.5);
    lh_error error = {0};
    check_ok(lh_workspace_set_products(bench.workspace, LH_PRODUCTS_BFLOAT16, &error), &error);
    return bench;
}

static void check_near_reference(const lh_architecture *a)
{
    static const int steps[LINES] = {25, 17, 1, 30, 16};
    nn_bench bench = bfloat16_bench(a);
    nn_lines lines = nn_lines_for(a, LINES, steps, characters, 29);
    lh_loss expected = nn_plain_gradient(&bench, lines.sequence, LINES, NULL);
    lh_loss loss = nn_fast_gradient(&bench, lines.sequence, LINES, NULL, NULL);
    nn_check_loss(loss, expected, 1e-2);
    nn_check_gradient_norms(bench.fast, bench.plain, 4e-2);
    nn_check_padding(&bench);
    nn_check_loss(nn_fast_loss(&bench, lines.sequence, LINES), loss, 1e-12);
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

static void networks_are_near_the_reference(void **state)
{
    (void)state;
    for (int i = 0; i < ARCHITECTURES; i++)
        check_near_reference(&architectures[i]);
}

static lh_architecture of_cell(lh_architecture a, const char *cell)
{
    a.cell = lh_cell_find(cell);
    return a;
}

static void other_cells_and_inputs_are_near_the_reference(void **state)
{
    (void)state;
    lh_architecture plain = of_cell(architectures[3], "tanh");
    lh_architecture reader = {.layers = 2, .cells = 21, .alphabet = 6, .inputs = 40};
    reader.head = lh_head_find("softmax");
    lh_architecture apart = of_cell(architectures[3], "gru");
    check_near_reference(&plain);
    check_near_reference(&apart);
    check_near_reference(&reader);
}

/* Those without recurrent products, and layers in both directions. */
static void what_has_no_such_products_is_refused(void **state)
{
    (void)state;
    lh_architecture both = {.layers = 1, .cells = 5, .alphabet = 3, .directions = 2};
    both.head = lh_head_find("softmax");
    const lh_architecture without[] = {of_cell(architectures[1], "feed"), both};
    static const int steps[] = {5};
    for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
        nn_bench bench = bfloat16_bench(&without[i]);
        nn_lines lines = nn_lines_for(&without[i], 1, steps, characters, 3);
        lh_loss loss;
        lh_error error = {0};
        assert_int_equal(
            lh_network_loss(bench.network, bench.workspace, lines.sequence, 1, &loss, &error),
            LH_ERROR_ARGUMENT);
        assert_non_null(strstr(error.message, "bfloat16"));
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

static void chunks_and_changes_of_weights_are_heeded(void **state)
{
    (void)state;
    /* Lines of more rows than a chunk has; then other weights, then float32 in the same workspace.
     */
    static const int steps[LINES] = {700, 690, 311, 705, 64};
    const lh_architecture *a = &architectures[1];
    nn_bench bench = bfloat16_bench(a);
    nn_lines lines = nn_lines_new(LINES, steps, characters, a->alphabet, 31);
    lh_error error = {0};
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < bench.plain->count; i++)
            bench.plain->tensor[i].value[0] += 0.25 * round;
        nn_bench_set(&bench);
        if (round == 2)
            check_ok(lh_workspace_set_products(bench.workspace, LH_PRODUCTS_FLOAT32, &error),
                     &error);
        const lh_clipping clipping = {.output = 100, .cell = 10};
        lh_loss expected = nn_plain_gradient(&bench, lines.sequence, LINES, &clipping);
        lh_loss loss = nn_fast_gradient(&bench, lines.sequence, LINES, &clipping, NULL);
        nn_check_loss(loss, expected, round == 2 ? 1e-4 : 1e-2);
        nn_check_gradient_norms(bench.fast, bench.plain, round == 2 ? 1e-3 : 4e-2);
    }
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

int main(void)
{
    if (!lh_bfloat16_get()) {
        printf("this processor has no products in bfloat16\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conversion_rounds_to_nearest_even),
        cmocka_unit_test(what_is_not_finite_stays_so),
        cmocka_unit_test(products_are_sums_of_rounded_products),
        cmocka_unit_test(rows_are_gathered_by_their_numbers),
        cmocka_unit_test(networks_are_near_the_reference),
        cmocka_unit_test(other_cells_and_inputs_are_near_the_reference),
        cmocka_unit_test(what_has_no_such_products_is_refused),
        cmocka_unit_test(chunks_and_changes_of_weights_are_heeded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
