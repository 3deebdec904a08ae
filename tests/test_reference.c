/* The measuring stick measured: the plain reference against differences of its own loss and
 * against what can be worked out on paper. */
#include "architectures.h"
#include "check.h"
#include "golden.h"
#include "nn_lines.h"
#include "reference.h"

#include "base/extremes.h"

#include <math.h>

static double total(lh_loss loss)
{
    return loss.mixture + loss.end_of_stroke;
}

static void fill(reference *net, uint64_t seed, double deviation)
{
    lh_rng rng;
    lh_rng_seed(&rng, seed, 0);
    for (int i = 0; i < net->count; i++)
        for (int k = 0; k < net->tensor[i].rows * net->tensor[i].columns; k++)
            net->tensor[i].value[k] = deviation * lh_rng_normal(&rng);
}

/* Fourth-order central differences: the error is of the order of step^4 times the fifth
 * derivative, and rounding adds about 1e-16 |f| / step. */
static double slope_of_mixture(double *y, int M, const double x[3], int at)
{
    static const double offset[] = {-2, -1, 1, 2}, weight[] = {1, -8, 8, -1};
    const double step = 1e-3, before = y[at];
    double sum = 0;
    for (int k = 0; k < 4; k++) {
        lh_loss loss = {0};
        y[at] = before + offset[k] * step;
        reference_mixture(y, M, x, &loss, NULL);
        sum += weight[k] * total(loss);
    }
    y[at] = before;
    return sum / (12 * step);
}

static double slope_of_network(reference *net, const lh_sequence *line, double *parameter)
{
    static const double offset[] = {-2, -1, 1, 2}, weight[] = {1, -8, 8, -1};
    const double step = 1e-3, before = *parameter;
    double sum = 0;
    for (int k = 0; k < 4; k++) {
        *parameter = before + offset[k] * step;
        sum += weight[k] * total(reference_loss(net, line));
    }
    *parameter = before;
    return sum / (12 * step);
}

static void the_papers_mixture_derivatives_are_slopes(void **state)
{
    (void)state;
    enum { M = 3, OUTPUTS = 1 + 6 * M };
    lh_rng rng;
    lh_rng_seed(&rng, 11, 0);
    for (int trial = 0; trial < 200; trial++) {
        double y[OUTPUTS], dy[OUTPUTS];
        for (int k = 0; k < OUTPUTS; k++)
            y[k] = 0.7 * lh_rng_normal(&rng);
        double x[3] = {lh_rng_normal(&rng), lh_rng_normal(&rng), trial % 2};
        lh_loss loss = {0};
        reference_mixture(y, M, x, &loss, dy);
        for (int k = 0; k < OUTPUTS; k++) {
            double slope = slope_of_mixture(y, M, x, k);
            if (!(fabs(slope - dy[k]) < 1e-7 * (1 + fabs(slope))))
                fail_msg("trial %d, output %d: derivative %.12g, slope %.12g", trial, k, dy[k],
                         slope);
        }
    }
}

static void one_gaussian_has_the_loss_of_the_textbook(void **state)
{
    (void)state;
    /* Independent, deviations e^0.5 and e^-0.25, mean (1, -2), at (2, -1.5); e = 1/(1 + e^2). */
    double y[7] = {2, 123, 1, -2, 0.5, -0.25, 0}, x[3] = {2, -1.5, 1};
    lh_loss loss = {0};
    reference_mixture(y, 1, x, &loss, NULL);
    double expected = log(2 * acos(-1.0)) + 0.25 + 0.5 / exp(1.0) + 0.125 * exp(0.5);
    assert_true(fabs(loss.mixture - expected) < 1e-14);
    assert_true(fabs(loss.end_of_stroke - log(1 + exp(2.0))) < 1e-14);
    assert_true(fabs(loss.squared_error - 1.25) < 1e-14);
    assert_int_equal(loss.points, 1);
}

static void check_gradient(lh_architecture architecture)
{
    const int steps = 6, characters = 4;
    reference *net = reference_new(&architecture);
    fill(net, 5, 0.5);
    nn_lines lines = nn_lines_new(1, &steps, &characters, architecture.alphabet, 17);
    reference_gradient(net, lines.sequence, NULL);
    for (int i = 0; i < net->count; i++) {
        reference_tensor *tensor = &net->tensor[i];
        for (int k = 0; k < tensor->rows * tensor->columns; k++) {
            double slope = slope_of_network(net, lines.sequence, &tensor->value[k]);
            double gradient = tensor->gradient[k];
            if (!(fabs(slope - gradient) < 1e-7 * fabs(slope) + 1e-9))
                fail_msg("%d layers, %s[%d][%d]: gradient %.12g, slope %.12g", architecture.layers,
                         tensor->name, k / tensor->columns, k % tensor->columns, gradient, slope);
        }
    }
    nn_lines_free(&lines);
    reference_free(net);
}

static void the_gradient_is_the_slope_of_the_loss(void **state)
{
    (void)state;
    for (int layers = 1; layers <= 3; layers++) {
        check_gradient((lh_architecture)PREDICTION(layers, 3, 2));
        check_gradient((lh_architecture)SYNTHESIS(layers, 3, 2, 2, 3));
    }
}

static void clipping_binds_only_what_is_over_the_limit(void **state)
{
    (void)state;
    const lh_architecture architecture = SYNTHESIS(2, 3, 2, 2, 3);
    const int steps = 9, characters = 4;
    reference *free_net = reference_new(&architecture), *net = reference_new(&architecture);
    fill(free_net, 5, 0.5);
    fill(net, 5, 0.5);
    nn_lines lines = nn_lines_new(1, &steps, &characters, 3, 17);
    reference_gradient(free_net, lines.sequence, NULL);
    reference_gradient(net, lines.sequence, &(lh_clipping){.output = 1e9, .cell = 1e9});
    for (int i = 0; i < net->count; i++)
        for (int k = 0; k < net->tensor[i].rows * net->tensor[i].columns; k++)
            assert_true(net->tensor[i].gradient[k] == free_net->tensor[i].gradient[k]);

    /* A bias sees the clipped derivatives themselves, T of them. */
    const double limit = 1e-3;
    reference_clear_gradient(net);
    reference_gradient(net, lines.sequence, &(lh_clipping){.output = limit});
    reference_tensor *bias = reference_find(net, "output.bias");
    for (int k = 0; k < bias->columns; k++)
        assert_true(fabs(bias->gradient[k]) <= steps * limit * (1 + 1e-12));
    reference_clear_gradient(net);
    reference_gradient(net, lines.sequence, &(lh_clipping){.cell = limit});
    bias = reference_find(net, "layer1.bias");
    double largest = 0;
    for (int k = 0; k < bias->columns; k++)
        lh_raise(&largest, fabs(bias->gradient[k]));
    assert_true(largest <= steps * limit * (1 + 1e-12) && largest > limit);
    /* The output lies above the LSTM and must not notice its clipping. */
    reference_tensor *output = reference_find(net, "output.weight");
    reference_tensor *expected = reference_find(free_net, "output.weight");
    for (int k = 0; k < output->rows * output->columns; k++)
        assert_true(output->gradient[k] == expected->gradient[k]);
    nn_lines_free(&lines);
    reference_free(net);
    reference_free(free_net);
}

static void numpy_has_the_same_loss_and_gradient(void **state)
{
    (void)state;
    /* With a float lh_real the points are rounded, nothing else. */
    const double tolerance = sizeof(lh_real) == sizeof(double) ? 1e-12 : 1e-5;
    for (int i = 0; i < 2; i++) {
        reference *net = reference_new(&golden_networks[i].architecture);
        nn_lines lines = golden_line(&golden_networks[i]);
        golden_fill(net);
        lh_loss loss = reference_gradient(net, lines.sequence, NULL);
        golden_check(&golden_networks[i], net, loss, tolerance);
        nn_lines_free(&lines);
        reference_free(net);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_papers_mixture_derivatives_are_slopes),
        cmocka_unit_test(one_gaussian_has_the_loss_of_the_textbook),
        cmocka_unit_test(the_gradient_is_the_slope_of_the_loss),
        cmocka_unit_test(numpy_has_the_same_loss_and_gradient),
        cmocka_unit_test(clipping_binds_only_what_is_over_the_limit),
    };
    return cmocka_run_group_tests_name("reference", tests, NULL, NULL);
}
