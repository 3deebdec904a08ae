/* The optimisers against their papers, a weight at a time in float64. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = 1037, STEPS = 25 };

static lh_optimizer *optimizer_new(lh_optimizer_kind kind, size_t parameters)
{
    lh_error error = {0};
    lh_optimizer *optimizer = lh_optimizer_new(kind, parameters, &error);
    if (!optimizer)
        fail_msg("%s", error.message);
    return optimizer;
}

/* A gradient of every size, some of it zero, that changes from step to step. */
static void gradient_at(int step, lh_real *gradient)
{
    lh_rng rng;
    lh_rng_seed(&rng, 21, step);
    for (int k = 0; k < N; k++)
        gradient[k] = k % 7 == 3 ? 0 : (lh_real)(lh_rng_normal(&rng) * pow(10, k % 9 - 4));
}

static void check_close(const char *what, int step, int k, double value, double expected)
{
    /* Weights start at about 1, so that a relative error is one of the weight's rounding. */
    if (!(fabs(value - expected) <= 2e-6 * (1 + fabs(expected))))
        fail_msg("%s %d after step %d is %.9g, expected %.9g", what, k, step, value, expected);
}

/* Kingma and Ba 2015, algorithm 1, with their constants. */
static void adam_step(double *w, double *m, double *v, double g, int t, double rate)
{
    *m = 0.9 * *m + (1 - 0.9) * g;
    *v = 0.999 * *v + (1 - 0.999) * g * g;
    double m_hat = *m / (1 - pow(0.9, t)), v_hat = *v / (1 - pow(0.999, t));
    *w -= rate * m_hat / (sqrt(v_hat) + 1e-8);
}

/* Graves 2013, equations 38-45: aleph = 0.95, beth = 0.9, gimel = 1e-4 (the rate), daleth = 1e-4.
 */
static void graves_step(double *w, double *n, double *g_mean, double *delta, double g, double rate)
{
    *n = 0.95 * *n + (1 - 0.95) * g * g;
    *g_mean = 0.95 * *g_mean + (1 - 0.95) * g;
    *delta = 0.9 * *delta - rate * g / sqrt(*n - *g_mean * *g_mean + 1e-4);
    *w += *delta;
}

static void adam_takes_the_steps_of_its_paper(void **state)
{
    (void)state;
    /* By hand: the first step is the rate, against the gradient, whatever its size. */
    lh_real one[2] = {1, -1}, first[2] = {100, (lh_real)-0.01};
    lh_optimizer *optimizer = optimizer_new(LH_ADAM, 2);
    lh_optimizer_step(optimizer, one, first, 0.125, 1);
    check_close("weight", 1, 0, (double)one[0], 0.875);
    check_close("weight", 1, 1, (double)one[1], -0.875);
    /* The second, with a gradient of zero: m^ = 0.09 g / 0.19, v^ = 0.000999 g^2 / 0.001999. */
    lh_real zero[2] = {0, 0};
    lh_optimizer_step(optimizer, one, zero, 0.125, 1);
    double second = 0.125 * (0.09 / 0.19) / sqrt(0.000999 / 0.001999);
    check_close("weight", 2, 0, (double)one[0], 0.875 - second);
    check_close("weight", 2, 1, (double)one[1], -0.875 + second);
    lh_optimizer_free(optimizer);
}

static void check_run(lh_optimizer_kind kind, double rate)
{
    static lh_real weights[N], gradient[N];
    static double w[N], a[N], b[N], c[N];
    memset(a, 0, sizeof a);
    memset(b, 0, sizeof b);
    memset(c, 0, sizeof c);
    for (int k = 0; k < N; k++)
        weights[k] = (lh_real)(w[k] = sin(k));
    lh_optimizer *optimizer = optimizer_new(kind, N);
    for (int t = 1; t <= STEPS; t++) {
        gradient_at(t, gradient);
        lh_optimizer_step(optimizer, weights, gradient, rate, 1 + t % 2);
        for (int k = 0; k < N; k++) {
            if (kind == LH_ADAM)
                adam_step(&w[k], &a[k], &b[k], (double)gradient[k], t, rate);
            else
                graves_step(&w[k], &a[k], &b[k], &c[k], (double)gradient[k], rate);
            check_close("weight", t, k, (double)weights[k], w[k]);
        }
        assert_int_equal(lh_optimizer_steps(optimizer), t);
    }
    lh_optimizer_free(optimizer);
}

static void adam_follows_its_algorithm(void **state)
{
    (void)state;
    check_run(LH_ADAM, 1e-3);
}

static void rmsprop_follows_equations_38_to_45(void **state)
{
    (void)state;
    check_run(LH_RMSPROP_GRAVES, 1e-4);
}

/* The difference n - m^2 of a steady gradient is rounding around zero, and may not turn the root
 * into NaN or a leap. */
static void rmsprop_survives_a_steady_gradient(void **state)
{
    (void)state;
    lh_real weight[3] = {0, 0, 0};
    const lh_real gradient[3] = {1000, 1, -300};
    lh_optimizer *optimizer = optimizer_new(LH_RMSPROP_GRAVES, 3);
    for (int t = 0; t < 2000; t++) {
        lh_real before[3];
        memcpy(before, weight, sizeof before);
        lh_optimizer_step(optimizer, weight, gradient, 1e-4, 1);
        for (int k = 0; k < 3; k++) {
            assert_true(isfinite((double)weight[k]));
            /* At most rate |g| / sqrt(1e-4), ten times over by the momentum. */
            double limit = 1e-4 * fabs((double)gradient[k]) / 1e-2 * 10 * 1.001;
            assert_true(fabs((double)(weight[k] - before[k])) <= limit);
        }
    }
    lh_optimizer_free(optimizer);
}

/* What a resumed run does: moments and step count into a fresh optimiser. */
static void a_restored_optimizer_goes_on_with_the_same_bytes(void **state)
{
    (void)state;
    static const lh_optimizer_kind kinds[] = {LH_ADAM, LH_RMSPROP_GRAVES};
    static lh_real straight[N], stopped[N], gradient[N];
    for (int i = 0; i < 2; i++) {
        lh_optimizer *a = optimizer_new(kinds[i], N), *b = optimizer_new(kinds[i], N);
        memset(straight, 0, sizeof straight);
        for (int t = 1; t <= 10; t++) {
            gradient_at(t, gradient);
            lh_optimizer_step(a, straight, gradient, 1e-3, 2);
        }
        memcpy(stopped, straight, sizeof stopped);
        assert_int_equal(lh_optimizer_moment_count(a), lh_optimizer_moment_count(b));
        assert_true(lh_optimizer_moment_count(a) >= 2);
        for (int m = 0; m < lh_optimizer_moment_count(a); m++) {
            memcpy(lh_optimizer_moment(b, m), lh_optimizer_moment(a, m), sizeof gradient);
            assert_non_null(lh_optimizer_moment_name(a, m));
            for (int other = 0; other < m; other++)
                assert_string_not_equal(lh_optimizer_moment_name(a, m),
                                        lh_optimizer_moment_name(a, other));
        }
        lh_optimizer_set_steps(b, lh_optimizer_steps(a));
        for (int t = 11; t <= 20; t++) {
            gradient_at(t, gradient);
            lh_optimizer_step(a, straight, gradient, 1e-3, 2);
            lh_optimizer_step(b, stopped, gradient, 1e-3, 1);
        }
        assert_memory_equal(straight, stopped, sizeof straight);
        lh_optimizer_free(a);
        lh_optimizer_free(b);
    }
}

static void the_norm_is_exact_and_the_same_every_time(void **state)
{
    (void)state;
    enum { LONG = 100003 };
    lh_real *gradient = calloc(LONG, sizeof *gradient);
    assert_non_null(gradient);
    double square = 0;
    for (int k = 0; k < LONG; k++) {
        gradient[k] = (lh_real)sin(k);
        square += (double)gradient[k] * (double)gradient[k];
    }
    double norm = lh_gradient_norm(gradient, LONG, 2);
    assert_true(fabs(norm - sqrt(square)) < 1e-12 * norm);
    assert_true(lh_gradient_norm(gradient, LONG, 2) == norm);
    assert_true(lh_gradient_norm(gradient, 0, 1) == 0);
    gradient[7] = (lh_real)INFINITY;
    assert_false(isfinite(lh_gradient_norm(gradient, LONG, 1)));
    free(gradient);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adam_takes_the_steps_of_its_paper),
        cmocka_unit_test(adam_follows_its_algorithm),
        cmocka_unit_test(rmsprop_follows_equations_38_to_45),
        cmocka_unit_test(rmsprop_survives_a_steady_gradient),
        cmocka_unit_test(a_restored_optimizer_goes_on_with_the_same_bytes),
        cmocka_unit_test(the_norm_is_exact_and_the_same_every_time),
    };
    return cmocka_run_group_tests_name("optimizer", tests, NULL, NULL);
}
