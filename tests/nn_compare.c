/* The networks of src/nn beside the plain reference: see nn_compare.h. */
#include "nn_compare.h"
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int entries(const reference_tensor *tensor)
{
    return tensor->rows * tensor->columns;
}

static bool is_matrix(const reference_tensor *tensor)
{
    return tensor->rows > 1 && !strstr(tensor->name, "peephole");
}

static void fill(reference *net, uint64_t seed, double scale)
{
    lh_rng rng;
    lh_rng_seed(&rng, seed, 0);
    for (int i = 0; i < net->count; i++) {
        reference_tensor *tensor = &net->tensor[i];
        double deviation = is_matrix(tensor) ? scale / sqrt(tensor->rows) : scale;
        for (int k = 0; k < entries(tensor); k++)
            tensor->value[k] = deviation * lh_rng_normal(&rng);
    }
    reference_tensor *window = reference_find(net, "window.bias");
    for (int k = 0; window && k < net->architecture.windows; k++)
        window->value[2 * net->architecture.windows + k] -= 1;
}

nn_bench nn_bench_new(const lh_architecture *architecture, uint64_t seed, double scale)
{
    nn_bench bench = {0};
    lh_error error = {0};
    bench.network = lh_network_new(architecture, &error);
    if (!bench.network)
        fail_msg("network: %s", error.message);
    bench.workspace = lh_workspace_new(&error);
    if (!bench.workspace)
        fail_msg("workspace: %s", error.message);
    bench.size = lh_network_arena_size(bench.network);
    bench.gradient = calloc(bench.size, sizeof *bench.gradient);
    assert_non_null(bench.gradient);
    bench.plain = reference_new(architecture);
    bench.fast = reference_new(architecture);
    fill(bench.plain, seed, scale);
    nn_bench_set(&bench);
    return bench;
}

void nn_bench_free(nn_bench *bench)
{
    lh_network_free(bench->network);
    lh_workspace_free(bench->workspace);
    free(bench->gradient);
    reference_free(bench->plain);
    reference_free(bench->fast);
}

/* The tensor of the network that has the name and the shape of the reference's. */
static const lh_tensor *counterpart(const lh_network *network, const reference_tensor *tensor)
{
    const lh_tensor *found = lh_network_find(network, tensor->name);
    if (!found)
        fail_msg("the network has no tensor %s", tensor->name);
    if (found->rows != tensor->rows || found->columns != tensor->columns)
        fail_msg("%s is [%d][%d], expected [%d][%d]", tensor->name, found->rows, found->columns,
                 tensor->rows, tensor->columns);
    return found;
}

void nn_bench_set(nn_bench *bench)
{
    assert_int_equal(lh_network_tensor_count(bench->network), bench->plain->count);
    lh_real *arena = lh_network_parameters(bench->network);
    for (int i = 0; i < bench->plain->count; i++) {
        reference_tensor *tensor = &bench->plain->tensor[i];
        lh_real *target = arena + counterpart(bench->network, tensor)->offset;
        for (int k = 0; k < entries(tensor); k++) {
            target[k] = (lh_real)tensor->value[k];
            tensor->value[k] = (double)target[k];
            bench->fast->tensor[i].value[k] = (double)target[k];
        }
    }
    lh_network_changed(bench->network);
}

static lh_loss sum(const lh_loss *losses, int count)
{
    lh_loss total = {0};
    for (int i = 0; i < count; i++)
        total = nn_loss_add(total, losses[i]);
    return total;
}

static lh_loss *loss_array(int count)
{
    lh_loss *losses = calloc(count, sizeof *losses);
    assert_non_null(losses);
    return losses;
}

lh_loss nn_fast_gradient(nn_bench *bench, const lh_sequence *lines, int count,
                         const lh_clipping *clipping, lh_loss *losses)
{
    lh_error error = {0};
    lh_loss *own = loss_array(count);
    memset(bench->gradient, 0, bench->size * sizeof *bench->gradient);
    check_ok(lh_network_gradient(bench->network, bench->workspace, lines, count,
                                 clipping ? clipping : &(lh_clipping){0}, bench->gradient, own,
                                 &error),
             &error);
    for (int i = 0; i < bench->fast->count; i++) {
        reference_tensor *tensor = &bench->fast->tensor[i];
        const lh_real *source = bench->gradient + counterpart(bench->network, tensor)->offset;
        for (int k = 0; k < entries(tensor); k++)
            tensor->gradient[k] = (double)source[k];
    }
    lh_loss total = sum(own, count);
    if (losses)
        memcpy(losses, own, count * sizeof *own);
    free(own);
    return total;
}

lh_loss nn_fast_loss(nn_bench *bench, const lh_sequence *lines, int count)
{
    lh_error error = {0};
    lh_loss *losses = loss_array(count);
    check_ok(lh_network_loss(bench->network, bench->workspace, lines, count, losses, &error),
             &error);
    lh_loss total = sum(losses, count);
    free(losses);
    return total;
}

lh_loss nn_plain_gradient(nn_bench *bench, const lh_sequence *lines, int count,
                          const lh_clipping *clipping)
{
    lh_loss total = {0};
    reference_clear_gradient(bench->plain);
    for (int i = 0; i < count; i++)
        total = nn_loss_add(total, reference_gradient(bench->plain, &lines[i], clipping));
    return total;
}

double nn_total(lh_loss loss)
{
    return lh_loss_total(&loss);
}

static void check_sum(const char *what, double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance * fabs(expected)))
        fail_msg("%s is %.15g, expected %.15g, relative error %.2g", what, value, expected,
                 fabs(value - expected) / fabs(expected));
}

void nn_check_loss(lh_loss loss, lh_loss expected, double tolerance)
{
    check_sum("mixture loss", loss.mixture, expected.mixture, tolerance);
    check_sum("end-of-stroke loss", loss.end_of_stroke, expected.end_of_stroke, tolerance);
    check_sum("squared error", loss.squared_error, expected.squared_error, tolerance);
    check_sum("loss of symbols", loss.symbols, expected.symbols, tolerance);
    check_sum("loss of numbers", loss.squares, expected.squares, tolerance);
    assert_int_equal(loss.points, expected.points);
}

static double norm(const double *values, const double *minus, int count)
{
    double square = 0;
    for (int k = 0; k < count; k++) {
        double value = values[k] - (minus ? minus[k] : 0);
        square += value * value;
    }
    return sqrt(square);
}

void nn_check_gradient(const reference *gradient, const reference *expected, double tolerance)
{
    for (int i = 0; i < expected->count; i++) {
        const reference_tensor *e = &expected->tensor[i], *g = &gradient->tensor[i];
        double least = 0.01 * norm(e->gradient, NULL, entries(e)) / sqrt(entries(e));
        for (int k = 0; k < entries(e); k++) {
            double a = g->gradient[k], b = e->gradient[k];
            double size = fmax(least, fmax(fabs(a), fabs(b)));
            if (!(fabs(a - b) <= tolerance * size))
                fail_msg("gradient of %s[%d][%d] is %.15g, expected %.15g, relative error %.2g",
                         e->name, k / e->columns, k % e->columns, a, b, fabs(a - b) / size);
        }
    }
}

void nn_check_gradient_norms(const reference *gradient, const reference *expected, double tolerance)
{
    for (int i = 0; i < expected->count; i++) {
        const reference_tensor *e = &expected->tensor[i], *g = &gradient->tensor[i];
        double error = norm(g->gradient, e->gradient, entries(e));
        double size = norm(e->gradient, NULL, entries(e));
        if (!(error <= tolerance * size))
            fail_msg("gradient of %s: relative error %.3g, allowed %.3g", e->name, error / size,
                     tolerance);
    }
}

void nn_check_padding(const nn_bench *bench)
{
    bool *used = calloc(bench->size, sizeof *used);
    assert_non_null(used);
    size_t weights = 0;
    for (size_t i = 0; i < lh_network_tensor_count(bench->network); i++) {
        const lh_tensor *tensor = lh_network_tensor(bench->network, i);
        for (int k = 0; k < tensor->rows * tensor->columns; k++, weights++) {
            assert_true(tensor->offset + k < bench->size);
            assert_false(used[tensor->offset + k]);
            used[tensor->offset + k] = true;
        }
    }
    assert_int_equal(weights, lh_network_weight_count(bench->network));
    for (size_t k = 0; k < bench->size; k++)
        if (!used[k] && bench->gradient[k] != 0)
            fail_msg("padding at %zu has the gradient %g", k, (double)bench->gradient[k]);
    free(used);
}
