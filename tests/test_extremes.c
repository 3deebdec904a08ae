/* Far outside of what a hand does, losses and gradients stay finite: pens that jump a million
 * deviations, mixtures of vanishing width or full correlation, windows that are past their text.
 * Built for float and for double. */
#include "architectures.h"
#include "check.h"
#include "nn_compare.h"

#include <math.h>

static const lh_architecture synthesis = SYNTHESIS(2, 7, 3, 2, 5);
enum { LINES = 3 };
static const int steps[LINES] = {12, 1, 5}, characters[LINES] = {4, 1, 7};

/* Raw outputs by block of the output columns. */
typedef enum block { END, PI, MU_X, MU_Y, SIGMA_X, SIGMA_Y, RHO } block;

static nn_bench bench_new(void)
{
    return nn_bench_new(&synthesis, 9, 0.3);
}

static nn_lines batch(void)
{
    return nn_lines_new(LINES, steps, characters, synthesis.alphabet, 3);
}

/* Raw output number j (of M) of a block becomes about `value` at every step. */
static void set_output(nn_bench *bench, block of, int j, double value)
{
    double *bias = reference_find(bench->plain, "output.bias")->value;
    bias[of == END ? 0 : 1 + (of - 1) * synthesis.mixtures + j] = value;
}

static void set_window(nn_bench *bench, int of, double value)
{
    double *bias = reference_find(bench->plain, "window.bias")->value;
    for (int k = 0; k < synthesis.windows; k++)
        bias[of * synthesis.windows + k] = value;
}

static void set_points(nn_lines *lines, double value)
{
    for (int n = 0; n < lines->count; n++)
        for (int t = 0; t < lines->sequence[n].steps; t++)
            for (int k = 0; k < 2; k++)
                ((lh_real *)lines->sequence[n].x)[3 * t + k] = (lh_real)(t % 2 ? -value : value);
}

static void check_finite(const char *what, nn_bench *bench, const nn_lines *lines)
{
    static const lh_clipping clippings[] = {{0}, {.output = 100, .cell = 10}};
    nn_bench_set(bench);
    for (int c = 0; c < 2; c++) {
        lh_loss losses[LINES];
        nn_fast_gradient(bench, lines->sequence, lines->count, &clippings[c], losses);
        for (int n = 0; n < LINES; n++)
            if (!isfinite(losses[n].mixture) || !isfinite(losses[n].end_of_stroke) ||
                !isfinite(losses[n].squared_error))
                fail_msg("%s: line %d has mixture loss %g, end of stroke %g, squared error %g",
                         what, n, losses[n].mixture, losses[n].end_of_stroke,
                         losses[n].squared_error);
        for (int i = 0; i < bench->fast->count; i++) {
            reference_tensor *tensor = &bench->fast->tensor[i];
            for (int k = 0; k < tensor->rows * tensor->columns; k++)
                if (!isfinite(tensor->gradient[k]))
                    fail_msg("%s: gradient of %s[%d] is %g with clipping %g, %g", what,
                             tensor->name, k, tensor->gradient[k], clippings[c].output,
                             clippings[c].cell);
        }
    }
}

static void pens_that_jump(void **state)
{
    (void)state;
    static const double jump[] = {1e2, 1e4, 1e6};
    for (int i = 0; i < 3; i++) {
        nn_bench bench = bench_new();
        nn_lines lines = batch();
        set_points(&lines, jump[i]);
        check_finite("jumps", &bench, &lines);
        for (int j = 0; j < synthesis.mixtures; j++) {
            set_output(&bench, SIGMA_X, j, -50);
            set_output(&bench, SIGMA_Y, j, -50);
        }
        check_finite("jumps out of vanishing Gaussians", &bench, &lines);
        for (int j = 0; j < synthesis.mixtures; j++)
            set_output(&bench, RHO, j, 50);
        check_finite("jumps out of vanishing, correlated Gaussians", &bench, &lines);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

static void mixtures_without_measure(void **state)
{
    (void)state;
    static const struct {
        block of;
        double value;
    } extreme[] = {{END, 1000},  {END, -1000},  {PI, 1000},      {PI, -1000},     {MU_X, 1e6},
                   {MU_Y, -1e6}, {SIGMA_X, 50}, {SIGMA_X, -50},  {SIGMA_Y, 50},   {SIGMA_Y, -50},
                   {RHO, 50},    {RHO, -50},    {SIGMA_X, 1000}, {SIGMA_Y, -1000}};
    for (size_t i = 0; i < sizeof extreme / sizeof *extreme; i++)
        for (int all = 0; all < 2; all++) {
            nn_bench bench = bench_new();
            nn_lines lines = batch();
            for (int j = 0; j < (all ? synthesis.mixtures : 1); j++)
                set_output(&bench, extreme[i].of, j, extreme[i].value);
            char what[64];
            snprintf(what, sizeof what, "%s of output block %d at %g", all ? "all" : "one",
                     extreme[i].of, extreme[i].value);
            check_finite(what, &bench, &lines);
            nn_lines_free(&lines);
            nn_bench_free(&bench);
        }
}

static void a_point_in_the_middle_of_a_needle(void **state)
{
    (void)state;
    /* The best that a mixture can do: an endless density exactly at the point. */
    nn_bench bench = bench_new();
    nn_lines lines = batch();
    for (int i = 0; i < bench.plain->count; i++)
        for (int k = 0; k < bench.plain->tensor[i].rows * bench.plain->tensor[i].columns; k++)
            bench.plain->tensor[i].value[k] = 0;
    set_points(&lines, 0);
    for (int j = 0; j < synthesis.mixtures; j++) {
        set_output(&bench, SIGMA_X, j, -50);
        set_output(&bench, SIGMA_Y, j, -50);
        set_output(&bench, RHO, j, 50);
    }
    check_finite("needles", &bench, &lines);
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

static void windows_past_their_text(void **state)
{
    (void)state;
    static const struct {
        int of; /* alpha^, beta^, kappa^ */
        double value;
    } extreme[] = {{0, 50},   {0, -50}, {0, 1000}, {1, 50},   {1, -50},
                   {1, 1000}, {2, 20},  {2, 50},   {2, 1000}, {2, -1000}};
    for (size_t i = 0; i < sizeof extreme / sizeof *extreme; i++) {
        nn_bench bench = bench_new();
        nn_lines lines = batch();
        set_window(&bench, extreme[i].of, extreme[i].value);
        char what[64];
        snprintf(what, sizeof what, "window block %d at %g", extreme[i].of, extreme[i].value);
        check_finite(what, &bench, &lines);
        set_window(&bench, 0, 50);
        set_window(&bench, 1, 50);
        check_finite("window of large alpha and beta", &bench, &lines);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

static void saturated_cells(void **state)
{
    (void)state;
    static const double scale[] = {100, -100, 1e4};
    for (int i = 0; i < 3; i++) {
        nn_bench bench = bench_new();
        nn_lines lines = batch();
        for (int n = 0; n < bench.plain->count; n++) {
            reference_tensor *tensor = &bench.plain->tensor[n];
            for (int k = 0; tensor->name[0] == 'l' && k < tensor->rows * tensor->columns; k++)
                tensor->value[k] *= scale[i];
        }
        check_finite("saturated cells", &bench, &lines);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pens_that_jump),
        cmocka_unit_test(mixtures_without_measure),
        cmocka_unit_test(a_point_in_the_middle_of_a_needle),
        cmocka_unit_test(windows_past_their_text),
        cmocka_unit_test(saturated_cells),
    };
    return cmocka_run_group_tests_name("extremes", tests, NULL, NULL);
}
