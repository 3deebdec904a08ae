/* How far back the loss of a step reaches: |dL_t / dh_s| of the fast networks, built with double
 * for lh_real, against the plain reference, whose gradients test_gradient.c holds against slopes,
 * and against slopes themselves. */
#include "architectures.h"
#include "base/extremes.h"
#include "check.h"
#include "nn_compare.h"

#include <math.h>
#include <stdlib.h>

enum { LINES = 5 };
static const int steps[LINES] = {9, 1, 23, 4, 23};
static const int characters[LINES] = {3, 1, 8, 5, 2};
static const int at[LINES] = {8, 0, 22, 1, 10};

static void check_network(const lh_architecture *architecture, uint64_t seed)
{
    nn_bench bench = nn_bench_new(architecture, seed, 0.8);
    nn_lines lines = nn_lines_for(architecture, LINES, steps, characters, 31);
    double *norms[LINES], plain[4 * 23];
    lh_error error = {0};
    for (int i = 0; i < LINES; i++)
        norms[i] = calloc((size_t)(architecture->layers * steps[i]), sizeof **norms);
    check_ok(
        lh_network_reach(bench.network, bench.workspace, lines.sequence, at, LINES, norms, &error),
        &error);
    for (int i = 0; i < LINES; i++) {
        double largest = 0;
        reference_reach(bench.plain, &lines.sequence[i], at[i] + 1, plain);
        for (int k = 0; k < architecture->layers * steps[i]; k++) {
            if (!(fabs(norms[i][k] - plain[k]) <= 1e-10 * fmax(plain[k], 1e-6)))
                fail_msg("line %d, place %d: %.15g, not %.15g", i, k, norms[i][k], plain[k]);
            if (k % steps[i] > at[i])
                assert_true(norms[i][k] == 0);
            lh_raise(&largest, norms[i][k]);
        }
        /* One symbol in five is not asked for, and then nothing reaches anywhere. */
        if (!lines.sequence[i].text || architecture->mixtures > 0 ||
            lines.sequence[i].text[at[i]] >= 0)
            assert_true(largest > 1e-6);
        free(norms[i]);
    }
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

static void norms_are_those_of_the_equations_for_every_cell(void **state)
{
    (void)state;
    const lh_architecture networks[] = {PREDICTION(1, 7, 3), PREDICTION(3, 5, 2),
                                        SYNTHESIS(2, 7, 3, 2, 5)};
    for (int cell = 0; lh_cell_name(cell); cell++) {
        for (size_t i = 0; i < sizeof networks / sizeof *networks; i++) {
            lh_architecture a = networks[i];
            a.cell = cell;
            check_network(&a, 11 + i);
        }
        lh_architecture reads = {.layers = 2, .cells = 7, .alphabet = 5, .inputs = 4, .cell = cell};
        reads.head = lh_head_find("softmax");
        check_network(&reads, 17);
    }
}

static double loss_at(const nn_bench *bench, const lh_sequence *line)
{
    lh_loss loss;
    lh_error error = {0};
    check_ok(lh_network_loss(bench->network, bench->workspace, line, 1, &loss, &error), &error);
    return lh_loss_total(&loss);
}

/* One tanh cell and nothing that enters but at one step: h there is tanh(w x), and the slope of the
 * loss by x is dL/dh (1 - h^2) w. */
static void norms_are_slopes_of_the_loss(void **state)
{
    (void)state;
    enum { STEPS = 6 };
    lh_architecture a = {.layers = 1, .cells = 1, .alphabet = 3, .inputs = 1};
    a.cell = lh_cell_find("tanh");
    a.head = lh_head_find("softmax");
    nn_bench bench = nn_bench_new(&a, 5, 0.8);
    const int32_t text[STEPS] = {-1, -1, -1, -1, -1, 2};
    const lh_tensor *input = lh_network_find(bench.network, "layer1.input");
    const lh_tensor *bias = lh_network_find(bench.network, "layer1.bias");
    lh_network_parameters(bench.network)[bias->offset] = 0;
    lh_network_changed(bench.network);
    const double w = (double)lh_network_parameters(bench.network)[input->offset];
    for (int s = 0; s < STEPS; s++) {
        const double step = 1e-5;
        lh_real x[STEPS] = {0};
        double norm[STEPS], *norms[] = {norm};
        const int last = STEPS - 1;
        const lh_sequence line = {.x = x, .steps = STEPS, .text = text, .characters = STEPS};
        lh_error error = {0};
        x[s] = (lh_real)step;
        const double above = loss_at(&bench, &line);
        x[s] = (lh_real)-step;
        const double slope = (above - loss_at(&bench, &line)) / (2 * step);
        x[s] = 0; /* h = 0 all along, and 1 - h^2 = 1 */
        check_ok(lh_network_reach(bench.network, bench.workspace, &line, &last, 1, norms, &error),
                 &error);
        if (!(fabs(norm[s] - fabs(slope / w)) <= 1e-8 * norm[s] + 1e-12))
            fail_msg("step %d: %.12g, the slope says %.12g", s, norm[s], fabs(slope / w));
        assert_true(norm[s] > 0);
    }
    nn_bench_free(&bench);
}

static void what_has_no_loss_at_a_step_is_refused(void **state)
{
    (void)state;
    lh_architecture a = {.layers = 1, .cells = 3, .alphabet = 5, .inputs = 4};
    const int far = 9;
    double norm[9], *norms[] = {norm};
    lh_error error = {0};
    a.head = lh_head_find("ctc");
    nn_bench bench = nn_bench_new(&a, 5, 0.8);
    nn_lines lines = nn_lines_for(&a, 1, steps, characters, 31);
    check_fails(
        LH_ERROR_ARGUMENT,
        lh_network_reach(bench.network, bench.workspace, lines.sequence, at, 1, norms, &error),
        &error, "the loss of ctc is that of a line");
    nn_lines_free(&lines);
    nn_bench_free(&bench);
    a.head = lh_head_find("softmax");
    bench = nn_bench_new(&a, 5, 0.8);
    lines = nn_lines_for(&a, 1, steps, characters, 31);
    check_fails(
        LH_ERROR_ARGUMENT,
        lh_network_reach(bench.network, bench.workspace, lines.sequence, &far, 1, norms, &error),
        &error, "sequence 0 of 9 steps is asked at step 10");
    nn_bench_free(&bench);
    a.directions = 2;
    bench = nn_bench_new(&a, 5, 0.8);
    check_fails(
        LH_ERROR_ARGUMENT,
        lh_network_reach(bench.network, bench.workspace, lines.sequence, at, 1, norms, &error),
        &error, "both directions");
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(norms_are_those_of_the_equations_for_every_cell),
        cmocka_unit_test(norms_are_slopes_of_the_loss),
        cmocka_unit_test(what_has_no_loss_at_a_step_is_refused),
    };
    return cmocka_run_group_tests_name("reach", tests, NULL, NULL);
}
