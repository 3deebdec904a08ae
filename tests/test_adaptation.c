/* Adaptations: a row that steps in one does what the network does to which it was applied; its
 * gradient is the slope of the loss; rows know nothing of each other's. */
#include "check.h"
#include "nn_compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 4, RANK = 3 };

static const lh_architecture writes = {
    .kind = LH_SYNTHESIS, .layers = 3, .cells = 7, .mixtures = 2, .windows = 3, .alphabet = 5};
static const lh_architecture draws = {
    .kind = LH_PREDICTION, .layers = 2, .cells = 9, .mixtures = 1, .no_skips = 1};

static const int steps[LINES] = {23, 19, 11, 6};
static const int characters[LINES] = {6, 9, 3, 2};
static const double tolerance = sizeof(lh_real) == sizeof(double) ? 1e-11 : 3e-4;

/* Parameters of 11 significant bits: writing reads them as float16 numbers. */
static void round_weights(nn_bench *bench)
{
    for (int i = 0; i < bench->plain->count; i++) {
        reference_tensor *tensor = &bench->plain->tensor[i];
        for (int k = 0; k < tensor->rows * tensor->columns; k++) {
            int exponent;
            const double fraction = frexp(tensor->value[k], &exponent);
            tensor->value[k] = ldexp(round(fraction * 2048) / 2048, exponent);
        }
    }
    nn_bench_set(bench);
}

static lh_adaptation *random_adaptation(const lh_network *network, int rank, uint64_t seed)
{
    lh_error error = {0};
    lh_rng rng;
    lh_adaptation *a = lh_adaptation_new(network, rank, &error);
    assert_non_null(a);
    lh_rng_seed(&rng, seed, 0);
    for (size_t i = 0; i < lh_adaptation_count(a); i++)
        lh_adaptation_numbers(a)[i] = (lh_real)(0.2 * lh_rng_normal(&rng));
    check_ok(lh_adaptation_changed(a, network, &error), &error);
    return a;
}

static lh_network *adapted(const lh_adaptation *a, const lh_network *network)
{
    lh_error error = {0};
    lh_network *changed = lh_network_new(lh_network_architecture(network), &error);
    assert_non_null(changed);
    check_ok(lh_adaptation_apply(a, network, changed, &error), &error);
    return changed;
}

/* The loss of line `n` by steps of row `n`. */
static void step_losses(const nn_bench *bench, const nn_lines *lines,
                        const lh_adaptation *const *adaptation, lh_loss losses[LINES])
{
    lh_error error = {0};
    const lh_architecture *a = lh_network_architecture(bench->network);
    lh_state *state = lh_state_new(bench->network, LINES, &error);
    assert_non_null(state);
    for (int n = 0; n < LINES; n++) {
        if (a->kind == LH_SYNTHESIS)
            check_ok(lh_state_set_text(state, n, lines->sequence[n].text,
                                       lines->sequence[n].characters, &error),
                     &error);
        lh_state_set_adaptation(state, n, adaptation[n]);
    }
    int rows = LINES;
    for (int t = 0; t < steps[0]; t++) {
        while (steps[rows - 1] <= t)
            rows--;
        lh_real x[LH_INPUTS * LINES] = {0};
        for (int n = 0; n < rows && t > 0; n++)
            memcpy(x + LH_INPUTS * n, lines->sequence[n].x + (ptrdiff_t)LH_INPUTS * (t - 1),
                   LH_INPUTS * sizeof *x);
        lh_network_step(bench->network, state, x, rows);
        for (int n = 0; n < rows; n++) {
            const lh_real *output = lh_state_output(state, n);
            double y[1 + 6 * LH_MIXTURES_MAX], target[3];
            for (int k = 0; k < lh_output_size(a); k++)
                y[k] = (double)output[k];
            for (int k = 0; k < 3; k++)
                target[k] = (double)lines->sequence[n].x[3 * t + k];
            reference_mixture(y, a->mixtures, target, &losses[n], NULL);
        }
    }
    lh_state_free(state);
}

static void steps_do_what_the_changed_network_does(void **unused)
{
    (void)unused;
    for (int cell = 0; lh_cell_name(cell); cell++)
        for (int kind = 0; kind < 2; kind++) {
            lh_architecture a = kind ? writes : draws;
            a.cell = cell;
            nn_bench bench = nn_bench_new(&a, 5 + (uint64_t)cell, 0.4);
            round_weights(&bench);
            nn_lines lines = nn_lines_for(&a, LINES, steps, characters, 77);
            lh_adaptation *one = random_adaptation(bench.network, RANK, 1),
                          *other = random_adaptation(bench.network, 0, 2);
            const lh_adaptation *const of_row[LINES] = {one, one, NULL, other};
            lh_loss losses[LINES] = {0};
            step_losses(&bench, &lines, of_row, losses);
            for (int n = 0; n < LINES; n++) {
                lh_error error = {0};
                lh_network *changed = of_row[n] ? adapted(of_row[n], bench.network) : NULL;
                lh_workspace *workspace = lh_workspace_new(&error);
                lh_loss expected, without;
                check_ok(lh_network_loss(changed ? changed : bench.network, workspace,
                                         &lines.sequence[n], 1, &expected, &error),
                         &error);
                check_ok(lh_network_loss(bench.network, workspace, &lines.sequence[n], 1, &without,
                                         &error),
                         &error);
                nn_check_loss(losses[n], expected, tolerance);
                assert_true((fabs(nn_total(without) - nn_total(expected)) > 0.01) == (n != 2));
                lh_workspace_free(workspace);
                lh_network_free(changed);
            }
            lh_adaptation_free(one);
            lh_adaptation_free(other);
            nn_lines_free(&lines);
            nn_bench_free(&bench);
        }
}

static double loss_in(const lh_adaptation *a, const lh_network *network, const nn_lines *lines)
{
    lh_error error = {0};
    lh_network *changed = adapted(a, network);
    lh_workspace *workspace = lh_workspace_new(&error);
    lh_loss losses[LINES];
    check_ok(lh_network_loss(changed, workspace, lines->sequence, LINES, losses, &error), &error);
    double sum = 0;
    for (int n = 0; n < LINES; n++)
        sum += nn_total(losses[n]);
    lh_workspace_free(workspace);
    lh_network_free(changed);
    return sum;
}

/* Differences of the loss tell in float64 alone. */
static void the_gradient_is_the_slope_of_the_loss(void **unused)
{
    (void)unused;
    if (sizeof(lh_real) < sizeof(double))
        skip();
    for (int cell = 0; lh_cell_name(cell); cell++) {
        lh_error error = {0};
        lh_architecture a = writes;
        a.cell = cell;
        nn_bench bench = nn_bench_new(&a, 8, 0.4);
        nn_lines lines = nn_lines_for(&a, LINES, steps, characters, 78);
        lh_adaptation *adaptation = random_adaptation(bench.network, RANK, 3);
        lh_network *changed = adapted(adaptation, bench.network);
        lh_workspace *workspace = lh_workspace_new(&error);
        lh_real *d = calloc(lh_adaptation_count(adaptation), sizeof *d),
                *number = lh_adaptation_numbers(adaptation);
        lh_loss losses[LINES];
        check_ok(lh_workspace_set_learnt(workspace, adaptation, &error), &error);
        check_ok(
            lh_network_gradient(changed, workspace, lines.sequence, LINES, NULL, d, losses, &error),
            &error);
        for (size_t i = 0; i < lh_adaptation_count(adaptation); i += 7) {
            const lh_real kept = number[i], h = (lh_real)1e-6;
            number[i] = kept + h;
            const double above = loss_in(adaptation, bench.network, &lines);
            number[i] = kept - h;
            const double below = loss_in(adaptation, bench.network, &lines);
            number[i] = kept;
            const double slope = (above - below) / (2 * (double)h);
            if (!(fabs(slope - (double)d[i]) <= 1e-6 * (1 + fabs(slope))))
                fail_msg("number %zu: gradient %.12g, slope %.12g", i, (double)d[i], slope);
        }
        free(d);
        lh_workspace_free(workspace);
        lh_network_free(changed);
        lh_adaptation_free(adaptation);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

/* The signs of A are part of what a file of numbers means: they never change. */
static void the_signs_are_the_same_for_ever(void **unused)
{
    (void)unused;
    lh_error error = {0};
    nn_bench bench = nn_bench_new(&writes, 8, 0.4);
    lh_adaptation *one = lh_adaptation_new(bench.network, 1, &error);
    const lh_tensor *output = lh_network_find(bench.network, "output.weight");
    const size_t count = lh_adaptation_count(one);
    lh_adaptation_numbers(one)[count - 1] = 1; /* of B of the output, its last column */
    lh_network *changed = adapted(one, bench.network);
    char signs[32] = "";
    for (int r = 0; r < output->rows; r++) {
        const size_t at =
            output->offset + (size_t)r * (size_t)output->columns + (size_t)output->columns - 1;
        const double change = (double)lh_network_parameters(changed)[at] -
                              (double)lh_network_parameters(bench.network)[at];
        assert_true(fabs(fabs(change) - 1 / sqrt(output->rows)) < 1e-6);
        signs[r] = change > 0 ? '+' : '-';
    }
    assert_string_equal(signs, "-++-++-+----+++++++--");
    lh_network_free(changed);
    lh_adaptation_free(one);
    nn_bench_free(&bench);
}

static void learning_beside_another_network_is_refused(const lh_network *network,
                                                       const lh_network *other)
{
    lh_error error = {0};
    lh_adaptation *a = lh_adaptation_new(other, 1, &error);
    lh_workspace *workspace = lh_workspace_new(&error);
    nn_lines lines = nn_lines_for(lh_network_architecture(network), 1, steps, characters, 5);
    lh_real *numbers = calloc(lh_network_arena_size(network), sizeof *numbers);
    lh_loss loss;
    check_ok(lh_workspace_set_learnt(workspace, a, &error), &error);
    check_fails(
        LH_ERROR_ARGUMENT,
        lh_network_gradient(network, workspace, lines.sequence, 1, NULL, numbers, &loss, &error),
        &error, "another network");
    check_ok(lh_workspace_set_learnt(workspace, NULL, &error), &error);
    check_ok(
        lh_network_gradient(network, workspace, lines.sequence, 1, NULL, numbers, &loss, &error),
        &error);
    free(numbers);
    nn_lines_free(&lines);
    lh_workspace_free(workspace);
    lh_adaptation_free(a);
}

static void what_cannot_be_adapted_is_refused(void **unused)
{
    (void)unused;
    lh_error error = {0};
    lh_architecture both = {.layers = 1,
                            .cells = 3,
                            .alphabet = 4,
                            .inputs = 2,
                            .directions = 2,
                            .head = lh_head_find("ctc")};
    lh_network *reads = lh_network_new(&both, &error), *small = NULL, *large = NULL;
    assert_non_null(reads);
    check_none(LH_ERROR_ARGUMENT, lh_adaptation_new(reads, 1, &error), &error, "directions");
    small = lh_network_new(&draws, &error);
    large = lh_network_new(&writes, &error);
    lh_adaptation *a = lh_adaptation_new(small, 1, &error);
    assert_non_null(a);
    check_fails(LH_ERROR_ARGUMENT, lh_adaptation_changed(a, large, &error), &error,
                "another network");
    check_fails(LH_ERROR_ARGUMENT, lh_adaptation_apply(a, large, small, &error), &error,
                "another network");
    check_none(LH_ERROR_ARGUMENT, lh_adaptation_new(small, LH_ADAPTATION_RANK_MAX + 1, &error),
               &error, "");
    lh_adaptation_free(a);
    learning_beside_another_network_is_refused(small, large);
    lh_network_free(reads);
    lh_network_free(small);
    lh_network_free(large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_do_what_the_changed_network_does),
        cmocka_unit_test(the_gradient_is_the_slope_of_the_loss),
        cmocka_unit_test(the_signs_are_the_same_for_ever),
        cmocka_unit_test(what_cannot_be_adapted_is_refused),
    };
    return cmocka_run_group_tests_name("adaptation", tests, NULL, NULL);
}
