/* The predicted density as writing uses it: parameters, bias, samples and their statistics. */
#include "check.h"
#include "nn_lines.h"
#include "reference.h"

#include <math.h>

enum { M = 4, OUTPUTS = 1 + 6 * M, SAMPLES = 200000 };

/* Raw outputs of a mixture of four Gaussians apart from each other, unlike in everything. */
static const lh_real output[OUTPUTS] = {
    (lh_real)0.8, /* e^ */
    (lh_real)0.2,
    (lh_real)-0.6,
    (lh_real)1.1,
    (lh_real)-0.1, /* pi^ */
    0,
    5,
    -3,
    (lh_real)0.5, /* mu_x */
    1,
    -2,
    4,
    (lh_real)-6, /* mu_y */
    (lh_real)-0.4,
    (lh_real)0.3,
    (lh_real)-1.2,
    (lh_real)0.1, /* sigma^_x */
    (lh_real)0.2,
    (lh_real)-0.7,
    (lh_real)0.4,
    (lh_real)-0.3, /* sigma^_y */
    (lh_real)0.9,
    (lh_real)-0.4,
    0,
    (lh_real)-1.5, /* rho^ */
};

static void check_close(const char *what, int j, double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%s of component %d is %.9g, expected %.9g", what, j, value, expected);
}

static void parameters_follow_section_4_1_and_the_bias_5_4(void **state)
{
    (void)state;
    static const double biases[] = {0, 0.5, 1, 5};
    for (int i = 0; i < 4; i++) {
        double b = biases[i], sum = 0;
        lh_mixture mixture;
        lh_mixture_read(output, M, b, &mixture);
        for (int j = 0; j < M; j++)
            sum += exp((double)output[1 + j] * (1 + b));
        assert_int_equal(mixture.count, M);
        check_close("e", 0, mixture.end, 1 / (1 + exp((double)output[0])), 1e-12);
        for (int j = 0; j < M; j++) {
            const lh_real *y = output + 1 + j;
            check_close("pi", j, mixture.pi[j], exp((double)y[0] * (1 + b)) / sum, 1e-12);
            check_close("mu_x", j, mixture.mu_x[j], (double)y[M], 0);
            check_close("mu_y", j, mixture.mu_y[j], (double)y[2 * M], 0);
            check_close("sigma_x", j, mixture.sigma_x[j], exp((double)y[3 * M] - b), 1e-12);
            check_close("sigma_y", j, mixture.sigma_y[j], exp((double)y[4 * M] - b), 1e-12);
            check_close("rho", j, mixture.rho[j], tanh((double)y[5 * M]), 1e-12);
        }
    }
}

/* Sums over the samples of one component. */
typedef struct moments {
    double n, x, y, xx, yy, xy;
} moments;

static void samples_have_the_moments_of_the_mixture(void **state)
{
    (void)state;
    static const double biases[] = {0, 0.75};
    for (int i = 0; i < 2; i++) {
        lh_mixture mixture;
        lh_mixture_read(output, M, biases[i], &mixture);
        lh_rng rng;
        lh_rng_seed(&rng, 4, i);
        moments sums[M] = {0};
        double ends = 0;
        for (int s = 0; s < SAMPLES; s++) {
            lh_real x[3];
            int j = -1;
            lh_mixture_sample(&mixture, &rng, x, &j);
            assert_in_range(j, 0, M - 1);
            assert_true(x[2] == 0 || x[2] == 1);
            ends += (double)x[2];
            double dx = (double)x[0] - mixture.mu_x[j], dy = (double)x[1] - mixture.mu_y[j];
            moments *m = &sums[j];
            *m = (moments){m->n + 1,        m->x + dx,       m->y + dy,
                           m->xx + dx * dx, m->yy + dy * dy, m->xy + dx * dy};
        }
        /* Five standard errors of the mean of n numbers. */
        check_close("end of stroke", 0, ends / SAMPLES, mixture.end, 5 * 0.5 / sqrt(SAMPLES));
        for (int j = 0; j < M; j++) {
            moments m = sums[j];
            double s1 = mixture.sigma_x[j], s2 = mixture.sigma_y[j], error = 5 / sqrt(m.n);
            check_close("share", j, m.n / SAMPLES, mixture.pi[j], 5 * 0.5 / sqrt(SAMPLES));
            check_close("mean x", j, m.x / m.n / s1, 0, error);
            check_close("mean y", j, m.y / m.n / s2, 0, error);
            check_close("variance x", j, m.xx / m.n / (s1 * s1), 1, error * sqrt(2));
            check_close("variance y", j, m.yy / m.n / (s2 * s2), 1, error * sqrt(2));
            check_close("correlation", j, m.xy / m.n / (s1 * s2), mixture.rho[j], error * sqrt(2));
        }
    }
}

static void samples_may_be_drawn_without_their_component(void **state)
{
    (void)state;
    lh_mixture mixture;
    lh_mixture_read(output, M, 0, &mixture);
    lh_rng a, b;
    lh_rng_seed(&a, 8, 0);
    lh_rng_seed(&b, 8, 0);
    for (int s = 0; s < 100; s++) {
        lh_real x[3], y[3];
        int component;
        lh_mixture_sample(&mixture, &a, x, NULL);
        lh_mixture_sample(&mixture, &b, y, &component);
        assert_memory_equal(x, y, sizeof x);
    }
}

static void the_density_is_that_of_training(void **state)
{
    (void)state;
    lh_mixture mixture;
    lh_mixture_read(output, M, 0, &mixture);
    double y[OUTPUTS];
    for (int k = 0; k < OUTPUTS; k++)
        y[k] = (double)output[k];
    lh_rng rng;
    lh_rng_seed(&rng, 5, 0);
    for (int s = 0; s < 1000; s++) {
        double x[3] = {3 * lh_rng_normal(&rng), 3 * lh_rng_normal(&rng), 0};
        lh_loss loss = {0};
        reference_mixture(y, M, x, &loss, NULL);
        check_close("log density", s, lh_mixture_log_density(&mixture, x[0], x[1]), -loss.mixture,
                    1e-10 * (1 + fabs(loss.mixture)));
    }
}

static void a_strong_bias_leaves_the_mean_of_the_likeliest(void **state)
{
    (void)state;
    lh_mixture mixture;
    lh_mixture_read(output, M, 20, &mixture);
    lh_rng rng;
    lh_rng_seed(&rng, 6, 0);
    for (int s = 0; s < 1000; s++) {
        lh_real x[3];
        int component;
        lh_mixture_sample(&mixture, &rng, x, &component);
        assert_int_equal(component, 2); /* pi^ = 1.1 */
        check_close("x", component, (double)x[0], -3, 1e-6);
        check_close("y", component, (double)x[1], 4, 1e-6);
    }
}

static void extreme_outputs_can_be_sampled(void **state)
{
    (void)state;
    static const lh_real extreme[] = {-1000, -50, 50, 1000};
    lh_rng rng;
    lh_rng_seed(&rng, 7, 0);
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < OUTPUTS; k++) {
            lh_real raw[OUTPUTS], x[3];
            for (int n = 0; n < OUTPUTS; n++)
                raw[n] = n == k ? extreme[i] : output[n];
            lh_mixture mixture;
            lh_mixture_read(raw, M, 0.75, &mixture);
            for (int s = 0; s < 100; s++) {
                lh_mixture_sample(&mixture, &rng, x, NULL);
                if (!isfinite((double)x[0]) || !isfinite((double)x[1]))
                    fail_msg("output %d at %g gives the point (%g, %g)", k, (double)extreme[i],
                             (double)x[0], (double)x[1]);
                assert_true(isfinite(lh_mixture_log_density(&mixture, 0, 0)));
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_follow_section_4_1_and_the_bias_5_4),
        cmocka_unit_test(samples_have_the_moments_of_the_mixture),
        cmocka_unit_test(samples_may_be_drawn_without_their_component),
        cmocka_unit_test(the_density_is_that_of_training),
        cmocka_unit_test(a_strong_bias_leaves_the_mean_of_the_likeliest),
        cmocka_unit_test(extreme_outputs_can_be_sampled),
    };
    return cmocka_run_group_tests_name("mixture", tests, NULL, NULL);
}
