/* Noise on the weights and changed lines: what they do is what their headers say. */
#include "check.h"

#include "train/augment.h"
#include "train/noise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what the tests share ---- */

/* A network with weights of normal numbers around 0.3. */
static lh_network *network_new(int cells)
{
    lh_architecture a = {.kind = LH_PREDICTION, .layers = 2, .cells = cells, .mixtures = 4};
    lh_network *network = lh_network_new(&a, NULL);
    assert_non_null(network);
    lh_rng rng;
    lh_rng_seed(&rng, 5, 0);
    lh_real *w = lh_network_parameters(network);
    for (size_t k = 0; k < lh_network_tensor_count(network); k++) {
        const lh_tensor *t = lh_network_tensor(network, k);
        for (size_t i = 0; i < (size_t)t->rows * (size_t)t->columns; i++)
            w[t->offset + i] = (lh_real)(0.3 + 0.5 * lh_rng_normal(&rng));
    }
    lh_network_changed(network);
    return network;
}

static lh_real *copy_of(const lh_real *values, size_t count)
{
    lh_real *copy = malloc(count * sizeof *copy);
    assert_non_null(copy);
    memcpy(copy, values, count * sizeof *copy);
    return copy;
}

/* Lists where in the arena each weight is; the caller frees. */
static size_t weights_of(const lh_network *network, size_t **indices)
{
    size_t count = 0;
    *indices = malloc(lh_network_weight_count(network) * sizeof **indices);
    assert_non_null(*indices);
    for (size_t k = 0; k < lh_network_tensor_count(network); k++) {
        const lh_tensor *t = lh_network_tensor(network, k);
        for (size_t i = 0; i < (size_t)t->rows * (size_t)t->columns; i++)
            (*indices)[count++] = t->offset + i;
    }
    assert_int_equal(count, lh_network_weight_count(network));
    return count;
}

/* ---- noise ---- */

static void noise_has_its_deviation_and_leaves_no_trace(void **state)
{
    (void)state;
    lh_network *network = network_new(40);
    size_t size = lh_network_arena_size(network), *at, count = weights_of(network, &at);
    lh_real *before = copy_of(lh_network_parameters(network), size);
    lh_weight_noise *noise = lh_weight_noise_new(network, LH_NOISE_FIXED, 0.1, NULL);
    assert_non_null(noise);
    lh_weight_noise_add(noise, network, 1, 7, 1);
    lh_real *noisy = copy_of(lh_network_parameters(network), size);
    double sum = 0, squares = 0, cubes = 0;
    for (size_t i = 0; i < count; i++) {
        double e = ((double)noisy[at[i]] - (double)before[at[i]]) / 0.1;
        sum += e;
        squares += e * e;
        cubes += fabs(e) > 2;
    }
    /* About 20,000 weights: these bounds are five deviations of each statistic. */
    double n = (double)count;
    assert_true(n > 15000);
    assert_true(fabs(sum / n) < 5 / sqrt(n));
    assert_true(fabs(squares / n - 1) < 5 * sqrt(2 / n));
    assert_true(fabs(cubes / n - 0.0455) < 5 * sqrt(0.0455 / n));
    lh_weight_noise_remove(noise, network);
    assert_memory_equal(before, lh_network_parameters(network), size * sizeof *before);
    /* The same for any number of threads, another in the next step. */
    lh_weight_noise_add(noise, network, 1, 7, 2);
    assert_memory_equal(noisy, lh_network_parameters(network), size * sizeof *noisy);
    lh_weight_noise_remove(noise, network);
    lh_weight_noise_add(noise, network, 1, 8, 2);
    assert_true(memcmp(noisy, lh_network_parameters(network), size * sizeof *noisy) != 0);
    lh_weight_noise_free(noise);
    lh_network_free(network);
    free(noisy);
    free(before);
    free(at);
}

/* sum_i KL(N(mu_i, sigma_i^2) || prior) as the header's formula has it. */
static double description(const lh_network *network, const lh_real *log_sigma, const size_t *at,
                          size_t count)
{
    const lh_real *mu = lh_network_parameters_const(network);
    double mean = 0, variance = 0, nats = 0;
    for (size_t i = 0; i < count; i++)
        mean += (double)mu[at[i]] / (double)count;
    for (size_t i = 0; i < count; i++)
        variance +=
            (exp(2 * (double)log_sigma[at[i]]) + pow((double)mu[at[i]] - mean, 2)) / (double)count;
    for (size_t i = 0; i < count; i++) {
        double s = exp((double)log_sigma[at[i]]), m = (double)mu[at[i]] - mean;
        nats += log(sqrt(variance) / s) + (m * m + s * s - variance) / (2 * variance);
    }
    return nats;
}

static void the_weights_description_is_the_divergence_from_the_best_prior(void **state)
{
    (void)state;
    lh_network *network = network_new(40);
    size_t *at, count = weights_of(network, &at);
    lh_weight_noise *noise = lh_weight_noise_new(network, LH_NOISE_ADAPTIVE, 0.075, NULL);
    lh_real *log_sigma = lh_weight_noise_log_sigma(noise);
    lh_rng rng;
    lh_rng_seed(&rng, 3, 0);
    for (size_t i = 0; i < count; i++)
        log_sigma[at[i]] = (lh_real)(-2 + 0.5 * lh_rng_normal(&rng));
    double expected = description(network, log_sigma, at, count);
    double got = lh_weight_noise_description(noise, network, 2);
    if (fabs(got - expected) > 1e-6 * expected)
        fail_msg("%.9g nats, not %.9g", got, expected);
    lh_weight_noise_free(noise);
    lh_network_free(network);
    free(at);
}

/* Without a loss the prior's pull on the means is the derivative of the description by them. */
static void the_priors_pull_is_the_descriptions_derivative(void **state)
{
    (void)state;
    const double lines = 50, step = 1e-2;
    lh_network *network = network_new(40);
    size_t size = lh_network_arena_size(network), *at, count = weights_of(network, &at);
    lh_weight_noise *noise = lh_weight_noise_new(network, LH_NOISE_ADAPTIVE, 0.2, NULL);
    lh_real *log_sigma = lh_weight_noise_log_sigma(noise);
    lh_real *gradient = calloc(size, sizeof *gradient);
    assert_non_null(gradient);
    lh_weight_noise_learn(noise, network, gradient, 8, lines, 0, 2);
    lh_real *mu = lh_network_parameters(network);
    for (size_t i = 0; i < count; i += count / 7) {
        lh_real *w = &mu[at[i]], kept = *w;
        *w = kept + (lh_real)step;
        double above = description(network, log_sigma, at, count);
        double up = (double)*w;
        *w = kept - (lh_real)step;
        double below = description(network, log_sigma, at, count);
        double expected = (above - below) / (up - (double)*w) / lines;
        *w = kept;
        if (fabs((double)gradient[at[i]] - expected) > 1e-3 * (fabs(expected) + 1e-3))
            fail_msg("weight %zu: %.6g, not %.6g", i, (double)gradient[at[i]], expected);
    }
    lh_weight_noise_free(noise);
    lh_network_free(network);
    free(gradient);
    free(at);
}

/* A loss of h (w - mu)^2 / 2 a line has the posterior variance 1 / (N h + 1 / sigma_a^2); weights
 * that the loss does not know take the prior's. */
static void deviations_settle_where_description_is_shortest(void **state)
{
    (void)state;
    const double lines = 50, batch = 4, curvature[2] = {0, 30};
    lh_network *network = network_new(10);
    size_t size = lh_network_arena_size(network), *at, count = weights_of(network, &at);
    lh_weight_noise *noise = lh_weight_noise_new(network, LH_NOISE_ADAPTIVE, 0.075, NULL);
    lh_real *log_sigma = lh_weight_noise_log_sigma(noise);
    lh_real *gradient = calloc(size, sizeof *gradient);
    assert_non_null(gradient);
    lh_rng rng;
    lh_rng_seed(&rng, 9, 0);
    for (int step = 0; step < 900; step++) {
        /* Lines whose gradients at the optimum have the variance h, as the Fisher information of a
         * likelihood has: a batch's mean has h / batch. */
        for (size_t i = 0; i < count; i++)
            gradient[at[i]] = (lh_real)(sqrt(curvature[i % 2] / batch) * lh_rng_normal(&rng));
        lh_weight_noise_learn(noise, network, gradient, batch, lines, step < 600 ? 1e-2 : 1e-3, 1);
    }
    double spread = 0, mean[2] = {0, 0};
    for (size_t i = 0; i < count; i++) {
        mean[i % 2] += 2 * (double)log_sigma[at[i]] / (double)count;
        spread += exp(2 * (double)log_sigma[at[i]]) / (double)count;
    }
    /* The means have a deviation of 0.5. */
    double v = 0.25 + spread;
    double expected[2] = {0.5 * log(v), -0.5 * log(lines * curvature[1] + 1 / v)};
    for (int k = 0; k < 2; k++)
        if (fabs(mean[k] - expected[k]) > 0.05)
            fail_msg("curvature %g: ln sigma is %.3f, not %.3f", curvature[k], mean[k],
                     expected[k]);
    lh_weight_noise_free(noise);
    lh_network_free(network);
    free(gradient);
    free(at);
}

/* ---- changed lines ---- */

static const lh_real made_up[] = {1, 0, 0, 0, -2, 0, 0.5, 0.25, 1, -1, 3, 1};
static const int32_t text[] = {2, 0};
static const lh_sequence lines[] = {
    {.x = made_up, .steps = 4, .text = text, .characters = 2},
    {.x = made_up + 3, .steps = 2, .text = text, .characters = 1},
};

static void a_line_is_sheared_and_scaled_as_a_whole(void **state)
{
    (void)state;
    const lh_augmentation how = {.slant = 0.2, .size = 0.3, .aspect = 0.9, .seed = 4};
    lh_augmenter *augmenter = lh_augmenter_new(NULL);
    const size_t batch[] = {1, 0};
    double slants = 0, sizes = 0;
    enum { EPOCHS = 400 };
    for (uint64_t epoch = 0; epoch < EPOCHS; epoch++) {
        const lh_sequence *changed = lh_augment(augmenter, &how, lines, batch, 2, epoch, NULL);
        assert_non_null(changed);
        assert_int_equal(changed[0].steps, 2);
        assert_int_equal(changed[1].steps, 4);
        assert_ptr_equal(changed[1].text, text);
        const lh_real *x = changed[1].x;
        double size = (double)x[0], shear = (double)x[3] / (-2 * size);
        for (int t = 0; t < 4; t++) {
            const lh_real *raw = made_up + 3 * t, *now = x + 3 * t;
            double expected = size * ((double)raw[0] + shear * (double)raw[1]);
            assert_true(fabs((double)now[0] - expected) < 1e-5);
            assert_true(fabs((double)now[1] - size * (double)raw[1]) < 1e-5);
            assert_true(now[2] == raw[2]);
        }
        slants += pow(shear / 0.9, 2) / EPOCHS;
        sizes += pow(log(size), 2) / EPOCHS;
    }
    /* The deviation of a normal number that is cut at 2 is 0.880. */
    assert_true(fabs(sqrt(slants) / 0.2 - 0.88) < 0.1);
    assert_true(fabs(sqrt(sizes) / 0.3 - 0.88) < 0.1);
    lh_augmenter_free(augmenter);
}

static void what_becomes_of_a_line_does_not_depend_on_its_batch(void **state)
{
    (void)state;
    const lh_augmentation how = {.slant = 0.2, .size = 0.3, .aspect = 1, .seed = 4};
    lh_augmenter *augmenter = lh_augmenter_new(NULL);
    const size_t both[] = {1, 0}, alone[] = {0};
    lh_real first[12];
    const lh_sequence *changed = lh_augment(augmenter, &how, lines, both, 2, 3, NULL);
    memcpy(first, changed[1].x, sizeof first);
    changed = lh_augment(augmenter, &how, lines, alone, 1, 3, NULL);
    assert_memory_equal(first, changed[0].x, sizeof first);
    changed = lh_augment(augmenter, &how, lines, alone, 1, 4, NULL);
    assert_true(memcmp(first, changed[0].x, sizeof first) != 0);
    lh_augmenter_free(augmenter);
}

static void slant_alone_keeps_heights_and_leans_to_both_sides(void **state)
{
    (void)state;
    const lh_augmentation how = {.slant = 0.2, .size = 0, .aspect = 1, .seed = 4};
    lh_augmenter *augmenter = lh_augmenter_new(NULL);
    const size_t alone[] = {1};
    int right = 0;
    for (uint64_t epoch = 0; epoch < 100; epoch++) {
        const lh_sequence *changed = lh_augment(augmenter, &how, lines, alone, 1, epoch, NULL);
        assert_true(changed[0].x[1] == -2);
        right += changed[0].x[0] > 0;
    }
    assert_in_range(right, 30, 70);
    lh_augmenter_free(augmenter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(noise_has_its_deviation_and_leaves_no_trace),
        cmocka_unit_test(the_weights_description_is_the_divergence_from_the_best_prior),
        cmocka_unit_test(the_priors_pull_is_the_descriptions_derivative),
        cmocka_unit_test(deviations_settle_where_description_is_shortest),
        cmocka_unit_test(a_line_is_sheared_and_scaled_as_a_whole),
        cmocka_unit_test(what_becomes_of_a_line_does_not_depend_on_its_batch),
        cmocka_unit_test(slant_alone_keeps_heights_and_leans_to_both_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
