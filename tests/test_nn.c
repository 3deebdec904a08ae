/* The networks as they are shipped, with float for lh_real: as near to the float64 reference as
 * float allows, and the same bytes every time. Meson runs this once for each set of kernels. */
#include "architectures.h"
#include "check.h"
#include "nn_compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 5 };
static const int steps[LINES] = {311, 290, 1, 305, 64}, characters[LINES] = {31, 24, 1, 40, 6};

static const lh_architecture real_sizes[] = {PREDICTION(3, 64, 20), SYNTHESIS(3, 64, 20, 10, 61)};
/* Every remainder that a block of 8 or 16 can leave. */
static const lh_architecture odd_sizes[] = {SYNTHESIS(2, 1, 1, 1, 1), SYNTHESIS(1, 7, 3, 2, 5),
                                            PREDICTION(2, 15, 17), SYNTHESIS(3, 33, 9, 3, 11),
                                            SYNTHESIS(2, 50, 20, 10, 80)};

static void check_near_reference(const lh_architecture *architecture, const int *line_steps,
                                 const lh_clipping *clipping)
{
    nn_bench bench = nn_bench_new(architecture, 13, 0.8);
    nn_lines lines = nn_lines_for(architecture, LINES, line_steps, characters, 29);
    lh_loss expected = nn_plain_gradient(&bench, lines.sequence, LINES, clipping);
    lh_loss loss = nn_fast_gradient(&bench, lines.sequence, LINES, clipping, NULL);
    nn_check_loss(loss, expected, 1e-4);
    nn_check_gradient_norms(bench.fast, bench.plain, 1e-3);
    nn_check_padding(&bench);
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

static void real_sizes_are_near_the_reference(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++)
        check_near_reference(&real_sizes[i], steps, &(lh_clipping){.output = 100, .cell = 10});
}

static void odd_sizes_are_near_the_reference(void **state)
{
    (void)state;
    static const int short_steps[LINES] = {5, 17, 1, 30, 16};
    for (size_t i = 0; i < sizeof odd_sizes / sizeof *odd_sizes; i++)
        check_near_reference(&odd_sizes[i], short_steps, NULL);
}

static void cells_of_every_kind_are_near_the_reference(void **state)
{
    (void)state;
    static const int short_steps[LINES] = {5, 17, 1, 30, 16};
    assert_true(lh_cell_find("lstm") >= 0 && lh_cell_find("gru") >= 0 && lh_cell_find("tanh") >= 0);
    for (int cell = 0; lh_cell_name(cell); cell++) {
        lh_architecture writes = odd_sizes[3];
        lh_architecture reads = {.layers = 2, .cells = 19, .alphabet = 6, .inputs = 7};
        reads.head = lh_head_find("softmax");
        reads.directions = 2;
        writes.cell = reads.cell = cell;
        check_near_reference(&writes, short_steps, NULL);
        check_near_reference(&reads, short_steps, NULL);
        reads.head = lh_head_find("ctc");
        check_near_reference(&reads, short_steps, NULL);
    }
}

static void batches_of_every_size_are_near_the_reference(void **state)
{
    (void)state;
    enum { MOST = 35 };
    int all_steps[MOST], all_characters[MOST];
    for (int n = 0; n < MOST; n++) {
        all_steps[n] = 1 + n * 7 % 12;
        all_characters[n] = 1 + n % 6;
    }
    const lh_architecture *a = &odd_sizes[3];
    nn_bench bench = nn_bench_new(a, 14, 0.8);
    nn_lines lines = nn_lines_new(MOST, all_steps, all_characters, a->alphabet, 30);
    for (int count = 1; count <= MOST; count += count < 18 ? 1 : 6) {
        lh_loss expected = nn_plain_gradient(&bench, lines.sequence, count, NULL);
        lh_loss loss = nn_fast_gradient(&bench, lines.sequence, count, NULL, NULL);
        nn_check_loss(loss, expected, 1e-5);
        nn_check_gradient_norms(bench.fast, bench.plain, 1e-4);
    }
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

static void a_call_gives_the_same_bytes_whatever_came_before(void **state)
{
    (void)state;
    const lh_architecture *a = &real_sizes[1];
    nn_bench bench = nn_bench_new(a, 15, 0.8);
    nn_lines lines = nn_lines_new(LINES, steps, characters, a->alphabet, 31);
    lh_loss losses[LINES], again[LINES];
    nn_fast_gradient(&bench, lines.sequence + 1, 2, NULL, NULL);
    nn_fast_gradient(&bench, lines.sequence + 1, 3, NULL, losses);
    lh_real *gradient = malloc(bench.size * sizeof *gradient);
    assert_non_null(gradient);
    memcpy(gradient, bench.gradient, bench.size * sizeof *gradient);
    /* A larger and a smaller batch in the same workspace, then the first. */
    nn_fast_gradient(&bench, lines.sequence, LINES, NULL, NULL);
    nn_fast_loss(&bench, lines.sequence + 2, 1);
    nn_fast_gradient(&bench, lines.sequence + 1, 3, NULL, again);
    assert_memory_equal(gradient, bench.gradient, bench.size * sizeof *gradient);
    assert_memory_equal(losses, again, 3 * sizeof *losses);
    free(gradient);
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

static void threads_with_their_own_workspace_do_not_meet(void **state)
{
    (void)state;
    enum { THREADS = 4 };
    const lh_architecture *a = &odd_sizes[4];
    nn_bench bench = nn_bench_new(a, 16, 0.8);
    nn_lines lines = nn_lines_new(LINES, steps, characters, a->alphabet, 32);
    lh_workspace *workspace[THREADS];
    lh_real *gradient[THREADS];
    lh_status status[THREADS];
    for (int n = 0; n < THREADS; n++) {
        workspace[n] = lh_workspace_new(NULL);
        gradient[n] = calloc(bench.size, sizeof **gradient);
        assert_non_null(workspace[n]);
        assert_non_null(gradient[n]);
    }
#pragma omp parallel for num_threads(THREADS)
    for (int n = 0; n < THREADS; n++) {
        lh_loss losses[LINES];
        status[n] = lh_network_gradient(bench.network, workspace[n], lines.sequence + n, 1,
                                        &(lh_clipping){.output = 100, .cell = 10}, gradient[n],
                                        losses, NULL);
    }
    for (int n = 0; n < THREADS; n++) {
        assert_int_equal(status[n], LH_OK);
        nn_fast_gradient(&bench, lines.sequence + n, 1, &(lh_clipping){.output = 100, .cell = 10},
                         NULL);
        assert_memory_equal(bench.gradient, gradient[n], bench.size * sizeof **gradient);
        lh_workspace_free(workspace[n]);
        free(gradient[n]);
    }
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

/* Fails unless a block of a tensor, rows and columns [from, to), looks drawn from a normal
 * distribution of that mean and deviation. */
static void check_block(const lh_network *network, const char *name, const int rows[2],
                        const int columns[2], double mean, double deviation)
{
    const lh_tensor *tensor = lh_network_find(network, name);
    assert_non_null(tensor);
    const lh_real *value = lh_network_parameters_const(network) + tensor->offset;
    double sum = 0, square = 0, n = (double)(rows[1] - rows[0]) * (columns[1] - columns[0]);
    for (int r = rows[0]; r < rows[1]; r++)
        for (int c = columns[0]; c < columns[1]; c++) {
            double off = (double)value[r * tensor->columns + c] - mean;
            sum += off;
            square += off * off;
        }
    double error = deviation * 4 / sqrt(n) + 1e-6;
    if (fabs(sum / n) > error || fabs(sqrt(square / n) - deviation) > error)
        fail_msg("%s from row %d, column %d: mean %g, deviation %g, expected %g and %g", name,
                 rows[0], columns[0], mean + sum / n, sqrt(square / n), mean, deviation);
}

static void a_network_starts_as_the_header_says(void **state)
{
    (void)state;
    enum { H = 64, A = 61, K = 10, M = 20, ABOVE = 3 + A };
    lh_error error = {0};
    lh_network *network = lh_network_new(&real_sizes[1], &error);
    lh_rng rng;
    assert_non_null(network);
    for (size_t k = 0; k < lh_network_arena_size(network); k++)
        assert_true(lh_network_parameters(network)[k] == 0);
    lh_rng_seed(&rng, 1, 0);
    lh_network_init(network, &rng);
    const struct {
        const char *name;
        int rows[2], columns[2];
        double mean, deviation;
    } blocks[] = {
        {"layer1.input", {0, ABOVE}, {0, 4 * H}, 0, 0.3},
        {"layer1.recurrent", {0, H}, {0, 4 * H}, 0, 1 / sqrt(H)},
        {"layer2.input", {0, ABOVE}, {0, 4 * H}, 0, 0.3},
        {"layer2.input", {ABOVE, ABOVE + H}, {0, 4 * H}, 0, 1 / sqrt(2 * H)},
        {"layer2.recurrent", {0, H}, {0, 4 * H}, 0, 1 / sqrt(2 * H)},
        {"layer2.peephole", {0, 3}, {0, H}, 0, 0},
        {"layer2.bias", {0, 1}, {0, H}, 0, 0},
        {"layer2.bias", {0, 1}, {H, 2 * H}, 1, 0},
        {"layer2.bias", {0, 1}, {2 * H, 4 * H}, 0, 0},
        {"window.weight", {0, H}, {0, 3 * K}, 0, 0.1 / sqrt(H)},
        {"output.weight", {0, 3 * H}, {0, 1 + 6 * M}, 0, 1 / sqrt(3 * H)},
        {"output.bias", {0, 1}, {0, 1 + M}, 0, 0},
        {"output.bias", {0, 1}, {1 + M, 1 + 3 * M}, 0, 0.5},
        {"output.bias", {0, 1}, {1 + 3 * M, 1 + 6 * M}, 0, 0},
    };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        check_block(network, blocks[i].name, blocks[i].rows, blocks[i].columns, blocks[i].mean,
                    blocks[i].deviation);
    /* IAM-OnDB has about 21 points a character. */
    const lh_real *bias = lh_network_parameters(network);
    bias += lh_network_find(network, "window.bias")->offset;
    for (int k = 2 * K; k < 3 * K; k++)
        assert_true(exp((double)bias[k]) > 0.03 && exp((double)bias[k]) < 0.08);
    lh_network_free(network);
}

static void impossible_architectures_are_refused(void **state)
{
    (void)state;
    static const lh_architecture bad[] = {
        PREDICTION(0, 8, 2),
        PREDICTION(LH_LAYERS_MAX + 1, 8, 2),
        PREDICTION(1, 0, 2),
        PREDICTION(1, -5, 2),
        PREDICTION(1, 8, 0),
        PREDICTION(1, 8, LH_MIXTURES_MAX + 1),
        SYNTHESIS(1, 8, 2, 0, 5),
        SYNTHESIS(1, 8, 2, 2, 0),
        SYNTHESIS(1, 8, 2, -1, 5),
        SYNTHESIS(1, 8, 2, 2, LH_ALPHABET_MAX + 1),
        PREDICTION(16, 2147483647, 2),
        {.layers = 1, .cells = 8, .mixtures = 2, .cell = 99},
        {.layers = 1, .cells = 8, .mixtures = 2, .cell = -1},
        {.layers = 1, .cells = 8, .mixtures = 2, .head = 99},
        {.layers = 1, .cells = 8, .mixtures = 2, .inputs = 4},
        {.layers = 1, .cells = 8, .mixtures = 2, .inputs = -1},
        {.layers = 1, .cells = 8, .mixtures = 2, .directions = 2},
        {.layers = 1, .cells = 8, .mixtures = 2, .alphabet = 3},
        {.layers = 1, .cells = 8, .head = 1},
        {.layers = 1, .cells = 8, .head = 1, .mixtures = 2, .alphabet = 3},
        {.layers = 1, .cells = 8, .head = 1, .alphabet = 3, .directions = 3},
        {LH_SYNTHESIS, .layers = 1, .cells = 8, .windows = 2, .head = 1, .alphabet = 3}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        lh_error error = {0};
        lh_network *network = lh_network_new(&bad[i], &error);
        if (network)
            fail_msg("architecture %zu was accepted", i);
        assert_int_equal(error.status, LH_ERROR_ARGUMENT);
        assert_true(strlen(error.message) > 10);
    }
}

/* Makes the window show the first character of a text of one, whole, at all steps (but for w_0 = 0,
 * which the first layer sees at t = 1 and then ignores here). */
static void hold_the_window_still(nn_bench *bench, int windows)
{
    reference_tensor *input = reference_find(bench->plain, "layer1.input");
    for (int i = LH_INPUTS * input->columns; i < input->rows * input->columns; i++)
        input->value[i] = 0;
    reference_tensor *weight = reference_find(bench->plain, "window.weight");
    memset(weight->value, 0, (size_t)(weight->rows * weight->columns) * sizeof *weight->value);
    double *bias = reference_find(bench->plain, "window.bias")->value;
    for (int k = 0; k < windows; k++) {
        bias[k] = log(1.0 / windows);
        bias[windows + k] = -40; /* as wide as can be */
        bias[2 * windows + k] = -10;
    }
    nn_bench_set(bench);
}

static void without_its_window_it_is_as_if_that_stood_still(void **state)
{
    (void)state;
    const lh_architecture *a = &odd_sizes[3];
    static const int one[LINES] = {1, 1, 1, 1, 1};
    nn_bench bench = nn_bench_new(a, 21, 0.8);
    hold_the_window_still(&bench, a->windows);
    nn_lines lines = nn_lines_new(1, steps, one, a->alphabet, 5);
    lh_loss expected = nn_fast_loss(&bench, lines.sequence, 1), loss;
    lh_real window[61] = {0};
    window[lines.sequence[0].text[0]] = 1;
    lh_error error;
    lh_network *network = lh_network_without_window(bench.network, window, &error);
    assert_non_null(network);
    lh_sequence line = lines.sequence[0];
    line.text = NULL;
    line.characters = 0;
    check_ok(lh_network_loss(network, bench.workspace, &line, 1, &loss, &error), &error);
    nn_check_loss(loss, expected, 1e-5);
    check_none(LH_ERROR_ARGUMENT, lh_network_without_window(network, window, &error), &error,
               "no window to leave out");
    lh_network_free(network);
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

int main(void)
{
    const char *wanted = getenv("LONGHAND_KERNELS");
    if (wanted && strcmp(wanted, lh_kernels_name()) != 0) {
        print_message("skipped: this processor has no kernels \"%s\"\n", wanted);
        return 77; /* meson's sign for it */
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_sizes_are_near_the_reference),
        cmocka_unit_test(odd_sizes_are_near_the_reference),
        cmocka_unit_test(cells_of_every_kind_are_near_the_reference),
        cmocka_unit_test(batches_of_every_size_are_near_the_reference),
        cmocka_unit_test(a_call_gives_the_same_bytes_whatever_came_before),
        cmocka_unit_test(threads_with_their_own_workspace_do_not_meet),
        cmocka_unit_test(a_network_starts_as_the_header_says),
        cmocka_unit_test(impossible_architectures_are_refused),
        cmocka_unit_test(without_its_window_it_is_as_if_that_stood_still),
    };
    return cmocka_run_group_tests_name("nn", tests, NULL, NULL);
}
