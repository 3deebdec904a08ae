/* The regulariser against vanishing gradients, built with double for lh_real: plain loops find h
 * and dL/d sums of tanh networks, and the derivative is held against differences of Omega in which
 * the recurrent weights alone are varied. */
#include "check.h"

#include <math.h>
#include <stdlib.h>

enum { H = 5, I = 3, A = 4, N_MAX = 2, STEPS = 14, LINES = 4 };

/* What a line did in a network of `layers` of H tanh cells, all of which x enters and which all
 * feed the output. */
typedef struct plain_line {
    double h[N_MAX][STEPS + 1][H]; /* of step -1 in place 0 */
    double d[N_MAX][STEPS + 1][H]; /* dL/d sums; of the step behind the last 0 */
} plain_line;

static lh_network *new_network(int layers, uint64_t seed)
{
    const lh_architecture a = {.layers = layers,
                               .cells = H,
                               .alphabet = A,
                               .inputs = I,
                               .cell = lh_cell_find("tanh"),
                               .head = lh_head_find("softmax")};
    lh_error error;
    lh_rng rng;
    lh_network *network = lh_network_new(&a, &error);
    assert_non_null(network);
    lh_rng_seed(&rng, seed, 0);
    lh_network_init(network, &rng);
    return network;
}

static lh_real *find(lh_network *network, int layer, const char *part)
{
    char name[40];
    if (layer < 0)
        snprintf(name, sizeof name, "output.%s", part);
    else
        snprintf(name, sizeof name, "layer%d.%s", layer + 1, part);
    const lh_tensor *tensor = lh_network_find(network, name);
    assert_non_null(tensor);
    return lh_network_parameters(network) + tensor->offset;
}

/* ---- the plain network ---- */

static void forward(lh_network *network, int layers, const lh_sequence *line, plain_line *p)
{
    for (int t = 0; t < line->steps; t++)
        for (int l = 0; l < layers; l++) {
            const lh_real *in = find(network, l, "input"), *back = find(network, l, "recurrent");
            for (int j = 0; j < H; j++) {
                double sum = find(network, l, "bias")[j];
                for (int i = 0; i < I; i++)
                    sum += line->x[t * I + i] * in[i * H + j];
                for (int i = 0; i < H; i++)
                    sum += p->h[l][t][i] * back[i * H + j] +
                           (l > 0 ? p->h[l - 1][t + 1][i] * in[(I + i) * H + j] : 0);
                p->h[l][t + 1][j] = tanh(sum);
            }
        }
}

/* dL/dy^ of a step, y - [symbol asked for]. */
static void output_back(lh_network *network, int layers, const lh_sequence *line, int t,
                        const plain_line *p, double dy[A])
{
    double total = 0;
    for (int k = 0; k < A; k++) {
        double y = find(network, -1, "bias")[k];
        for (int i = 0; i < layers * H; i++)
            y += p->h[i / H][t + 1][i % H] * find(network, -1, "weight")[i * A + k];
        total += dy[k] = exp(y);
    }
    for (int k = 0; k < A; k++)
        dy[k] = line->text[t] < 0 ? 0 : dy[k] / total - (line->text[t] == k);
}

static void backward(lh_network *network, int layers, const lh_sequence *line, plain_line *p)
{
    for (int t = line->steps - 1; t >= 0; t--) {
        double dy[A];
        output_back(network, layers, line, t, p, dy);
        for (int l = layers - 1; l >= 0; l--)
            for (int i = 0; i < H; i++) {
                double dh = 0;
                for (int k = 0; k < A; k++)
                    dh += dy[k] * find(network, -1, "weight")[(l * H + i) * A + k];
                for (int j = 0; j < H; j++)
                    dh += p->d[l][t + 1][j] * find(network, l, "recurrent")[i * H + j] +
                          (l + 1 < layers
                               ? p->d[l + 1][t][j] * find(network, l + 1, "input")[(I + i) * H + j]
                               : 0);
                p->d[l][t][i] = dh * (1 - p->h[l][t + 1][i] * p->h[l][t + 1][i]);
            }
    }
}

/* Equation 9 for the recurrent weights U [layers][H][H], all else held fast. */
static double omega(lh_network *network, int layers, int steps, const plain_line *p)
{
    double sum = 0;
    for (int l = 0; l < layers; l++)
        for (int k = 0; k + 1 < steps; k++) {
            const double *d = p->d[l][k + 1], *h = p->h[l][k + 1];
            double whole = 0, back = 0;
            for (int i = 0; i < H; i++) {
                double v = 0;
                for (int j = 0; j < H; j++)
                    v += d[j] * find(network, l, "recurrent")[i * H + j];
                v *= 1 - h[i] * h[i];
                back += v * v;
                whole += d[i] * d[i];
            }
            if (whole > 0)
                sum += pow(sqrt(back / whole) - 1, 2);
        }
    return sum;
}

/* ---- the tests ---- */

typedef struct lines {
    lh_real x[LINES][STEPS * I];
    int32_t text[LINES][STEPS];
    lh_sequence line[LINES];
} lines;

/* Of unequal lengths; the second asks at its last step alone, the third before its last two, so
 * that nothing is to be found there. */
static void make_lines(lines *all)
{
    static const int steps[LINES] = {9, STEPS, 8, 1};
    lh_rng rng;
    lh_rng_seed(&rng, 3, 0);
    for (int n = 0; n < LINES; n++) {
        for (int i = 0; i < STEPS * I; i++)
            all->x[n][i] = (lh_real)lh_rng_normal(&rng);
        for (int t = 0; t < STEPS; t++)
            all->text[n][t] = (n == 1 && t < STEPS - 1) || (n == 2 && t > 5)
                                  ? -1
                                  : (int32_t)lh_rng_below(&rng, A);
        all->line[n] = (lh_sequence){
            .x = all->x[n], .steps = steps[n], .text = all->text[n], .characters = steps[n]};
    }
}

static lh_real *gradient_of(lh_network *network, const lines *all, double weight,
                            lh_loss losses[LINES])
{
    lh_error error;
    lh_workspace *workspace = lh_workspace_new(&error);
    lh_real *gradient = calloc(lh_network_arena_size(network), sizeof *gradient);
    assert_true(workspace && gradient);
    const lh_clipping clipping = {.regulariser = weight};
    check_ok(lh_network_gradient(network, workspace, all->line, LINES, &clipping, gradient, losses,
                                 &error),
             &error);
    lh_workspace_free(workspace);
    return gradient;
}

static void check_network(int layers, uint64_t seed)
{
    const double weight = 0.7, step = 1e-5;
    lh_network *network = new_network(layers, seed);
    lines all;
    make_lines(&all);
    lh_loss losses[LINES], without[LINES];
    lh_real *gradient = gradient_of(network, &all, weight, losses);
    lh_real *plain = gradient_of(network, &all, 0, without);
    plain_line *p = calloc(LINES, sizeof *p);
    assert_non_null(p);
    for (int n = 0; n < LINES; n++) {
        forward(network, layers, &all.line[n], &p[n]);
        backward(network, layers, &all.line[n], &p[n]);
        const double expected = omega(network, layers, all.line[n].steps, &p[n]);
        if (!(fabs(losses[n].vanishing - expected) <= 1e-10 * (1 + expected)))
            fail_msg("line %d: Omega is %.15g, not %.15g", n, losses[n].vanishing, expected);
        assert_true(n == 3 ? expected == 0 : expected > 0.1);
        assert_true(lh_loss_total(&losses[n]) == lh_loss_total(&without[n]));
        assert_true(without[n].vanishing == 0);
    }
    const lh_real *arena = lh_network_parameters(network);
    for (size_t i = 0; i < lh_network_arena_size(network); i++)
        gradient[i] -= plain[i];
    for (int l = 0; l < layers; l++) {
        lh_real *u = find(network, l, "recurrent"), *found = gradient + (u - arena);
        for (int i = 0; i < H * H; i++) {
            const lh_real before = u[i];
            double slope = 0;
            for (int side = -1; side <= 1; side += 2) {
                u[i] = before + side * step;
                for (int n = 0; n < LINES; n++)
                    slope += side * omega(network, layers, all.line[n].steps, &p[n]) / (2 * step);
            }
            u[i] = before;
            if (!(fabs(found[i] - weight * slope) <= 1e-7 * (1 + fabs(slope))))
                fail_msg("layer %d, weight %d: %.12g, the slope is %.12g", l + 1, i, found[i],
                         weight * slope);
            found[i] = 0;
        }
    }
    for (size_t i = 0; i < lh_network_arena_size(network); i++)
        assert_true(gradient[i] == 0); /* of all other weights nothing is asked */
    free(p);
    free(plain);
    free(gradient);
    lh_network_free(network);
}

static void the_derivative_is_the_slope_of_omega(void **state)
{
    (void)state;
    for (int layers = 1; layers <= N_MAX; layers++)
        for (uint64_t seed = 1; seed <= 3; seed++)
            check_network(layers, seed);
}

/* Among them batches that are gone through in several stretches. */
static void a_batch_is_its_lines_one_at_a_time(void **state)
{
    (void)state;
    enum { MANY = 9, LONG = 700 };
    lh_network *network = new_network(2, 5);
    lh_error error;
    lh_rng rng;
    lh_workspace *workspace = lh_workspace_new(&error);
    const size_t size = lh_network_arena_size(network);
    lh_real *together = calloc(size, sizeof *together), *alone = calloc(size, sizeof *alone);
    lh_real *x = calloc(LONG * I, sizeof *x);
    int32_t *text = calloc(LONG, sizeof *text);
    assert_true(workspace && together && alone && x && text);
    lh_rng_seed(&rng, 4, 0);
    for (int i = 0; i < LONG * I; i++)
        x[i] = (lh_real)lh_rng_normal(&rng);
    const lh_clipping clipping = {.regulariser = 0.3};
    lh_sequence line[MANY];
    lh_loss losses[MANY], loss;
    for (int n = 0; n < MANY; n++)
        line[n] = (lh_sequence){.x = x, .steps = LONG - n, .text = text, .characters = LONG - n};
    check_ok(
        lh_network_gradient(network, workspace, line, MANY, &clipping, together, losses, &error),
        &error);
    for (int n = 0; n < MANY; n++) {
        check_ok(
            lh_network_gradient(network, workspace, &line[n], 1, &clipping, alone, &loss, &error),
            &error);
        assert_true(fabs(loss.vanishing - losses[n].vanishing) <= 1e-9 * loss.vanishing);
    }
    for (size_t i = 0; i < size; i++)
        if (!(fabs(together[i] - alone[i]) <= 1e-8 * (1 + fabs(alone[i]))))
            fail_msg("weight %zu: %.12g together, %.12g alone", i, together[i], alone[i]);
    free(text);
    free(x);
    free(alone);
    free(together);
    lh_workspace_free(workspace);
    lh_network_free(network);
}

static void other_networks_are_refused(void **state)
{
    (void)state;
    const lh_architecture tanh_cells = {.layers = 1,
                                        .cells = H,
                                        .alphabet = A,
                                        .inputs = I,
                                        .cell = lh_cell_find("tanh"),
                                        .head = lh_head_find("softmax")};
    lh_architecture other[4] = {tanh_cells, tanh_cells, tanh_cells, tanh_cells};
    other[0].cell = lh_cell_find("lstm");
    other[1].cell = lh_cell_find("feed");
    other[2].directions = 2;
    other[3].memory = lh_memory_find("ntm");
    other[3].slots = other[3].width = other[3].reads = 2;
    lines all;
    make_lines(&all);
    lh_loss losses[LINES];
    lh_error error;
    lh_workspace *workspace = lh_workspace_new(&error);
    lh_real *gradient = NULL;
    for (int i = 0; i < 4; i++) {
        lh_network *network = lh_network_new(&other[i], &error);
        assert_non_null(network);
        gradient = calloc(lh_network_arena_size(network), sizeof *gradient);
        const lh_clipping clipping = {.regulariser = 1};
        check_fails(LH_ERROR_ARGUMENT,
                    lh_network_gradient(network, workspace, all.line, LINES, &clipping, gradient,
                                        losses, &error),
                    &error, "is for layers of tanh cells");
        lh_network_free(network);
        free(gradient);
    }
    lh_network *network = new_network(1, 1);
    gradient = calloc(lh_network_arena_size(network), sizeof *gradient);
    static const double weights[] = {-1, NAN, INFINITY};
    for (int i = 0; i < 3; i++)
        check_fails(LH_ERROR_ARGUMENT,
                    lh_network_gradient(network, workspace, all.line, LINES,
                                        &(lh_clipping){.regulariser = weights[i]}, gradient, losses,
                                        &error),
                    &error, "a regulariser of weight");
    free(gradient);
    lh_network_free(network);
    lh_workspace_free(workspace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_derivative_is_the_slope_of_omega),
        cmocka_unit_test(a_batch_is_its_lines_one_at_a_time),
        cmocka_unit_test(other_networks_are_refused),
    };
    return cmocka_run_group_tests_name("vanishing", tests, NULL, NULL);
}
