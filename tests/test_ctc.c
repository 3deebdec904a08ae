/* Connectionist temporal classification against what it means: all paths, written out. The networks
 * are held to tests/reference_ctc.c by the other tests of nn; here that is held to the paths. */
#include "check.h"
#include "reference.h"

#include <math.h>
#include <string.h>

enum { SYMBOLS = 3, OUTPUTS = SYMBOLS + 1, STEPS = 6 };

/* B: repeats go, then blanks. Returns the length. */
static int spell(const int *path, int steps, int32_t text[STEPS])
{
    int length = 0;
    for (int t = 0; t < steps; t++)
        if (path[t] != SYMBOLS && (t == 0 || path[t] != path[t - 1]))
            text[length++] = path[t];
    return length;
}

static bool next_path(int *path, int steps)
{
    for (int t = 0; t < steps; t++) {
        if (++path[t] < OUTPUTS)
            return true;
        path[t] = 0;
    }
    return false;
}

/* p(text) by adding up the paths that spell it, and dL/du^t_k = y^t_k - p(path goes through k at
 * t). */
static double enumerate(const double *u, int steps, const int32_t *text, int length,
                        double du[STEPS * OUTPUTS])
{
    double y[STEPS][OUTPUTS], through[STEPS][OUTPUTS] = {{0}}, p = 0;
    for (int t = 0; t < steps; t++) {
        double sum = 0;
        for (int k = 0; k < OUTPUTS; k++)
            sum += exp(u[t * OUTPUTS + k]);
        for (int k = 0; k < OUTPUTS; k++)
            y[t][k] = exp(u[t * OUTPUTS + k]) / sum;
    }
    int path[STEPS] = {0};
    do {
        int32_t spelt[STEPS];
        if (spell(path, steps, spelt) != length || memcmp(spelt, text, sizeof *text * length) != 0)
            continue;
        double probability = 1;
        for (int t = 0; t < steps; t++)
            probability *= y[t][path[t]];
        p += probability;
        for (int t = 0; t < steps; t++)
            through[t][path[t]] += probability;
    } while (next_path(path, steps));
    for (int t = 0; t < steps; t++)
        for (int k = 0; k < OUTPUTS; k++)
            du[t * OUTPUTS + k] = y[t][k] - through[t][k] / p;
    return p;
}

static const struct {
    int steps, length;
    int32_t text[STEPS];
} cases[] = {{1, 0, {0}},       {1, 1, {2}},       {2, 2, {0, 1}},
             {3, 2, {1, 1}},    {6, 0, {0}},       {6, 1, {0}},
             {6, 2, {2, 0}},    {6, 3, {1, 1, 1}}, {6, 4, {0, 0, 1, 1}},
             {6, 3, {0, 1, 0}}, {5, 3, {2, 2, 1}}, {6, 6, {0, 1, 2, 0, 1, 2}}};
enum { CASES = sizeof cases / sizeof *cases };

static void random_outputs(double u[STEPS * OUTPUTS], int seed)
{
    lh_rng rng;
    lh_rng_seed(&rng, 7, seed);
    for (int i = 0; i < STEPS * OUTPUTS; i++)
        u[i] = 2 * lh_rng_normal(&rng);
}

static void the_reference_adds_up_all_paths(void **state)
{
    (void)state;
    for (int i = 0; i < CASES; i++) {
        double u[STEPS * OUTPUTS], du[STEPS * OUTPUTS], expected[STEPS * OUTPUTS];
        lh_loss loss = {0};
        random_outputs(u, i);
        const double p = enumerate(u, cases[i].steps, cases[i].text, cases[i].length, expected);
        reference_ctc(u, SYMBOLS, cases[i].steps, cases[i].text, cases[i].length, &loss, du);
        if (!(fabs(loss.symbols + log(p)) < 1e-12))
            fail_msg("case %d: loss %.15g, not %.15g", i, loss.symbols, -log(p));
        for (int k = 0; k < cases[i].steps * OUTPUTS; k++)
            if (!(fabs(du[k] - expected[k]) < 1e-12))
                fail_msg("case %d, output %d: %.15g, not %.15g", i, k, du[k], expected[k]);
    }
}

/* A network of one cell that writes hardly anything but its bias into y^. */
static lh_network *biased_network(const double *bias, lh_error *error)
{
    const lh_architecture a = {.layers = 1,
                               .cells = 1,
                               .alphabet = SYMBOLS,
                               .inputs = 1,
                               .directions = 2,
                               .head = lh_head_find("ctc")};
    lh_network *network = lh_network_new(&a, error);
    assert_non_null(network);
    assert_int_equal(lh_output_size(&a), OUTPUTS);
    const lh_tensor *tensor = lh_network_find(network, "output.bias");
    for (int k = 0; k < OUTPUTS; k++)
        lh_network_parameters(network)[tensor->offset + (size_t)k] = (lh_real)bias[k];
    lh_network_changed(network);
    return network;
}

static lh_status loss_of(const lh_network *network, const int32_t *text, int length, int steps,
                         lh_loss *loss, lh_error *error)
{
    static const lh_real x[4000];
    lh_workspace *workspace = lh_workspace_new(error);
    const lh_sequence q = {.x = x, .steps = steps, .text = text, .characters = length};
    lh_status status = lh_network_loss(network, workspace, &q, 1, loss, error);
    lh_workspace_free(workspace);
    return status;
}

/* Where probabilities are below the smallest number, their logarithms are none too small. */
static void the_most_unlikely_text_has_a_loss(void **state)
{
    (void)state;
    static const double bias[OUTPUTS] = {-300, 0, 0, 300};
    static const int32_t zeros[20] = {0};
    lh_error error;
    lh_loss loss;
    lh_network *network = biased_network(bias, &error);
    check_ok(loss_of(network, zeros, 20, 4000, &loss, &error), &error);
    /* Twenty symbols at 600 nats each, in one of C(3980, 20) places or a little more: a run of two
     * costs 600 more. */
    const double places = lgamma(3981 + 1) - lgamma(20 + 1) - lgamma(3981 - 20 + 1);
    assert_true(fabs(loss.symbols - (20 * 600 - places)) < 0.1);
    assert_int_equal(loss.points, 20);
    lh_network_free(network);
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    static const double bias[OUTPUTS] = {0};
    static const int32_t same[] = {1, 1, 1}, outside[] = {0, 3}, negative[] = {-1};
    lh_error error;
    lh_loss loss;
    lh_network *network = biased_network(bias, &error);
    const struct {
        const int32_t *text;
        int length, steps;
        const char *message;
    } wrong[] = {{same, 3, 4, "sequence 0 has 4 steps, and its text of 3 symbols takes 5"},
                 {outside, 2, 9, "symbol 2 has index 3 outside an alphabet of 3"},
                 {negative, 1, 9, "symbol 1 has index -1"},
                 {NULL, 1, 9, "has no text of 1 symbols"},
                 {same, -1, 9, "has no text of -1 symbols"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(
            loss_of(network, wrong[i].text, wrong[i].length, wrong[i].steps, &loss, &error),
            LH_ERROR_ARGUMENT);
        if (!strstr(error.message, wrong[i].message))
            fail_msg("\"%s\" does not say \"%s\"", error.message, wrong[i].message);
    }
    check_ok(loss_of(network, same, 3, 5, &loss, &error), &error);
    check_ok(loss_of(network, NULL, 0, 5, &loss, &error), &error);
    lh_network_free(network);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reference_adds_up_all_paths),
        cmocka_unit_test(the_most_unlikely_text_has_a_loss),
        cmocka_unit_test(what_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
