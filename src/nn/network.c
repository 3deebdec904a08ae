/* Architecture, the parameter arena and its named tensors, the random start. */
#include "network.h"

#include "base/need.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int lh_output_size(const lh_architecture *architecture)
{
    return architecture ? 1 + 6 * architecture->mixtures : 0;
}

static lh_status check_architecture(const lh_architecture *a, lh_error *error)
{
    bool synthesis = a->kind == LH_SYNTHESIS;
    if (a->kind != LH_PREDICTION && !synthesis)
        return lh_fail(error, LH_ERROR_ARGUMENT, "a network is for prediction or synthesis");
    const struct {
        const char *what;
        int value, low, high;
    } sizes[] = {
        {"layers", a->layers, 1, LH_LAYERS_MAX},
        {"cells", a->cells, 1, 8192},
        {"mixtures", a->mixtures, 1, LH_MIXTURES_MAX},
        {"windows", a->windows, synthesis, synthesis ? 256 : 0},
        {"characters in the alphabet", a->alphabet, synthesis, synthesis ? LH_ALPHABET_MAX : 0},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (sizes[i].value < sizes[i].low || sizes[i].value > sizes[i].high)
            return lh_fail(error, LH_ERROR_ARGUMENT, "a %s network has %d to %d %s, not %d",
                           synthesis ? "synthesis" : "prediction", sizes[i].low, sizes[i].high,
                           sizes[i].what, sizes[i].value);
    return LH_OK;
}

/* Every tensor starts on a cache line; what lies between two stays zero. */
static size_t add_tensor(lh_network *n, int rows, int columns, const char *name)
{
    const size_t line = 64 / sizeof(float);
    lh_tensor *tensor = &n->tensors[n->tensor_count++];
    snprintf(tensor->name, sizeof tensor->name, "%s", name);
    tensor->rows = rows;
    tensor->columns = columns;
    tensor->offset = n->arena_size;
    size_t count = (size_t)rows * (size_t)columns;
    n->weight_count += count;
    n->arena_size += (count + line - 1) / line * line;
    return tensor->offset;
}

static size_t add_layer_tensor(lh_network *n, int layer, int rows, int columns, const char *part)
{
    char name[32];
    snprintf(name, sizeof name, "layer%d.%s", layer + 1, part);
    return add_tensor(n, rows, columns, name);
}

static void lay_out(lh_network *n)
{
    const lh_architecture *a = &n->architecture;
    int cells = a->cells, gates = lh_gates_size(a);
    for (int l = 0; l < a->layers; l++) {
        lh_layer_view *view = &n->layer[l];
        view->below = l > 0 ? cells : 0;
        view->input = add_layer_tensor(n, l, LH_INPUTS + a->alphabet + view->below, gates, "input");
        view->recurrent = add_layer_tensor(n, l, cells, gates, "recurrent");
        view->peephole = add_layer_tensor(n, l, 3, cells, "peephole");
        view->bias = add_layer_tensor(n, l, 1, gates, "bias");
    }
    if (a->kind == LH_SYNTHESIS) {
        n->window_weight = add_tensor(n, cells, 3 * a->windows, "window.weight");
        n->window_bias = add_tensor(n, 1, 3 * a->windows, "window.bias");
    }
    n->output_weight = add_tensor(n, a->layers * cells, lh_output_size(a), "output.weight");
    n->output_bias = add_tensor(n, 1, lh_output_size(a), "output.bias");
}

lh_network *lh_network_new_unset(const lh_architecture *architecture, lh_error *error)
{
    if (check_architecture(architecture, error) != LH_OK)
        return NULL;
    lh_network *n = calloc(1, sizeof *n);
    if (n) {
        n->architecture = *architecture;
        n->tensors = calloc((size_t)architecture->layers * 4 + 4, sizeof *n->tensors);
    }
    if (n && n->tensors) {
        lay_out(n);
        n->arena = lh_aligned_alloc(n->arena_size * sizeof *n->arena);
        n->packed = lh_packed_new();
    }
    if (!n || !n->arena || !n->packed) {
        lh_fail_memory(error, "a network");
        lh_network_free(n);
        return NULL;
    }
    return n;
}

lh_network *lh_network_new(const lh_architecture *architecture, lh_error *error)
{
    LH_NEED(error, architecture, NULL);
    lh_network *n = lh_network_new_unset(architecture, error);
    if (n)
        memset(n->arena, 0, n->arena_size * sizeof *n->arena);
    return n;
}

void lh_network_free(lh_network *n)
{
    if (!n)
        return;
    lh_packed_free(n->packed);
    free(n->tensors);
    free(n->arena);
    free(n);
}

static void fill_normal(lh_real *values, size_t count, double deviation, lh_rng *rng)
{
    for (size_t i = 0; i < count; i++)
        values[i] = (lh_real)(deviation * lh_rng_normal(rng));
}

void lh_network_init(lh_network *n, lh_rng *rng)
{
    if (!(n && rng))
        return;
    const lh_architecture *a = &n->architecture;
    size_t cells = (size_t)a->cells, gates = 4 * cells;
    memset(n->arena, 0, n->arena_size * sizeof *n->arena);
    for (int l = 0; l < a->layers; l++) {
        const lh_layer_view *view = &n->layer[l];
        size_t inputs = (size_t)(LH_INPUTS + a->alphabet + view->below);
        /* The three pen inputs and the window (which sums to about one character) carry as much as
         * hundreds of cells do: they are not scaled down by the number of rows. */
        size_t direct = (size_t)(LH_INPUTS + a->alphabet) * gates;
        double deviation = 1 / sqrt((double)cells + (double)view->below);
        fill_normal(n->arena + view->input, direct, 0.3, rng);
        fill_normal(n->arena + view->input + direct, inputs * gates - direct, deviation, rng);
        fill_normal(n->arena + view->recurrent, cells * gates, deviation, rng);
        for (size_t j = 0; j < cells; j++)
            n->arena[view->bias + cells + j] = 1;
    }
    if (a->kind == LH_SYNTHESIS) {
        size_t windows = (size_t)a->windows;
        fill_normal(n->arena + n->window_weight, cells * 3 * windows, 0.1 / sqrt((double)cells),
                    rng);
        lh_real *bias = n->arena + n->window_bias;
        for (size_t k = 0; k < windows; k++) {
            bias[k] = (lh_real)log(1.0 / (double)windows);
            bias[windows + k] = (lh_real)log(0.5 + (double)k / (double)windows);
            bias[2 * windows + k] = (lh_real)log(1.0 / 21); /* about 21 points a character */
        }
    }
    size_t hidden = (size_t)a->layers * cells;
    fill_normal(n->arena + n->output_weight, hidden * (size_t)lh_output_size(a),
                1 / sqrt((double)hidden), rng);
    /* Components that start apart in mean take different parts of the data sooner. */
    size_t mixtures = (size_t)a->mixtures;
    fill_normal(n->arena + n->output_bias + 1 + mixtures, 2 * mixtures, 0.5, rng);
    lh_network_changed(n);
}

const lh_architecture *lh_network_architecture(const lh_network *network)
{
    return network ? &network->architecture : NULL;
}

lh_real *lh_network_parameters(lh_network *network)
{
    return network ? network->arena : NULL;
}

const lh_real *lh_network_parameters_const(const lh_network *network)
{
    return network ? network->arena : NULL;
}

size_t lh_network_arena_size(const lh_network *network)
{
    return network ? network->arena_size : 0;
}

size_t lh_network_weight_count(const lh_network *network)
{
    return network ? network->weight_count : 0;
}

size_t lh_network_tensor_count(const lh_network *network)
{
    return network ? network->tensor_count : 0;
}

const lh_tensor *lh_network_tensor(const lh_network *network, size_t index)
{
    return network && index < network->tensor_count ? &network->tensors[index] : NULL;
}

const lh_tensor *lh_network_find(const lh_network *network, const char *name)
{
    if (!(network && name))
        return NULL;
    for (size_t i = 0; i < network->tensor_count; i++)
        if (strcmp(network->tensors[i].name, name) == 0)
            return &network->tensors[i];
    return NULL;
}
