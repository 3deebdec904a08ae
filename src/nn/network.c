/* Architecture, the parameter arena and its named tensors, the random start. */
#include "network.h"

#include "base/need.h"
#include "bounds.h"
#include "kernels.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- architecture -------------------------------------------------------------------------------
 */

int lh_output_size(const lh_architecture *architecture)
{
    const lh_head *head = architecture ? lh_head_at(architecture->head) : NULL;
    return head ? head->outputs(architecture) : 0;
}

bool lh_architecture_same(const lh_architecture *a, const lh_architecture *b)
{
    return a && b && a->kind == b->kind && a->layers == b->layers && a->cells == b->cells &&
           a->mixtures == b->mixtures && a->windows == b->windows && a->alphabet == b->alphabet &&
           a->cell == b->cell && a->head == b->head && lh_inputs(a) == lh_inputs(b) &&
           lh_directions(a) == lh_directions(b) && a->memory == b->memory && a->slots == b->slots &&
           a->width == b->width && a->reads == b->reads && a->no_skips == b->no_skips;
}

/* What all networks have in common; the head knows of its own sizes. */
static lh_status check_common(const lh_architecture *a, lh_status status, lh_error *error)
{
    bool synthesis = a->kind == LH_SYNTHESIS, memory = a->memory != 0;
    if (a->kind != LH_PREDICTION && !synthesis)
        return lh_fail(error, status, "a network is for prediction or synthesis");
    if (synthesis && memory)
        return lh_fail(error, status, "a synthesis network has a window, and no memory beside it");
    const struct {
        const char *what;
        int value, low, high;
    } sizes[] = {
        {"layers", a->layers, 1, LH_LAYERS_MAX},
        {"cells", a->cells, 1, LH_CELLS_MAX},
        {"windows", a->windows, synthesis, synthesis ? 256 : 0},
        {"characters in the alphabet", a->alphabet, synthesis, LH_ALPHABET_MAX},
        {"numbers that enter at a step", lh_inputs(a), 1, LH_INPUTS_MAX},
        {"directions", lh_directions(a), 1, synthesis || memory ? 1 : LH_DIRECTIONS_MAX},
        {"no_skips", a->no_skips, 0, 1},
        {"slots in its memory", a->slots, memory, memory ? LH_SLOTS_MAX : 0},
        {"numbers in a slot of its memory", a->width, memory, memory ? LH_SLOT_WIDTH_MAX : 0},
        {"heads that read its memory", a->reads, memory, memory ? LH_READS_MAX : 0},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (sizes[i].value < sizes[i].low || sizes[i].value > sizes[i].high)
            return lh_fail(error, status, "a %s network has %d to %d %s, not %d",
                           synthesis ? "synthesis" : "prediction", sizes[i].low, sizes[i].high,
                           sizes[i].what, sizes[i].value);
    return LH_OK;
}

lh_status lh_architecture_check(const lh_architecture *a, lh_status status, lh_error *error)
{
    const lh_head *head = lh_head_at(a->head);
    if (!lh_cell_name(a->cell) || !head)
        return lh_fail(error, status, "there is no %s number %d", head ? "cell" : "head",
                       head ? a->cell : a->head);
    if (!lh_memory_name(a->memory))
        return lh_fail(error, status, "there is no memory number %d", a->memory);
    lh_status found = check_common(a, status, error);
    if (found == LH_OK && head->foretells && lh_directions(a) > 1)
        return lh_fail(error, status, "what is to be foretold must not be read from the end");
    return found == LH_OK ? head->check(a, status, error) : found;
}

double lh_architecture_least_weights(const lh_architecture *a)
{
    const lh_cell *cell = lh_kernels_get()->cell[a->cell];
    const double layers = (double)a->layers * lh_directions(a), cells = a->cells,
                 gates = cell->blocks * cells;
    return (cell->forgetful ? 0 : layers * gates * cells) +
           cells * (lh_output_size(a) + 3.0 * a->windows);
}

/* A window's or a memory's part of them. */
static void size_what_is_read(const lh_network *n, lh_sizes *z)
{
    const lh_architecture *a = &n->architecture;
    if (n->memory) {
        z->memory = (lh_memory_size){(size_t)a->slots, (size_t)a->width, (size_t)a->reads};
        z->shown = z->memory.reads * z->memory.width;
        z->told = n->memory->interface(&z->memory);
        z->kept = n->memory->state(&z->memory);
    } else if (lh_network_has_window(n)) {
        z->shown = (size_t)a->alphabet;
        z->told = 3 * z->windows;
    }
}

static lh_sizes sizes_of(const lh_network *n)
{
    const lh_architecture *a = &n->architecture;
    size_t layers = (size_t)(a->layers * lh_directions(a)), cells = (size_t)a->cells;
    lh_sizes z = {
        .inputs = (size_t)lh_inputs(a),
        .windows = (size_t)a->windows,
        .layers = layers,
        .cells = cells,
        .gates = (size_t)n->cell->blocks * cells,
        .carried = (size_t)n->cell->carried * cells,
        .hidden = layers * cells,
        .outputs = (size_t)n->head->outputs(a),
    };
    z.speaking = a->no_skips ? (size_t)lh_directions(a) * cells : z.hidden;
    z.speaks = z.hidden - z.speaking;
    size_what_is_read(n, &z);
    return z;
}

/* ---- the arena ----------------------------------------------------------------------------------
 */

/* Numbers that no memory has room for. */
#define TOO_LARGE (SIZE_MAX / sizeof(lh_real))

/* Every tensor starts on a cache line; what lies between two stays zero. */
static size_t add_tensor(lh_network *n, size_t rows, size_t columns, const char *name)
{
    const size_t line = 64 / sizeof(float);
    lh_tensor *tensor = &n->tensors[n->tensor_count++];
    snprintf(tensor->name, sizeof tensor->name, "%s", name);
    tensor->rows = (int)rows;
    tensor->columns = (int)columns;
    tensor->offset = n->arena_size;
    /* On a machine of 32 bits the largest networks have more weights than a size_t can count; they
     * then stay too large. */
    uint64_t count = (uint64_t)rows * columns;
    uint64_t size = n->arena_size + (count + line - 1) / line * line;
    n->weight_count += (size_t)count;
    n->arena_size = size < TOO_LARGE ? (size_t)size : TOO_LARGE;
    return tensor->offset;
}

/* "layer1.input"; of the second direction "layer1.reverse.input". */
static size_t add_layer_tensor(lh_network *n, int level, bool reverse, size_t rows, size_t columns,
                               const char *part)
{
    char name[sizeof n->tensors->name];
    snprintf(name, sizeof name, "layer%d.%s%s", (unsigned char)(level + 1),
             reverse ? "reverse." : "", part);
    return add_tensor(n, rows, columns, name);
}

/* The directions of a level lie side by side, and all of them feed each of the next. */
static void lay_out_layer(lh_network *n, int level, bool reverse)
{
    const lh_sizes *z = &n->size;
    size_t directions = (size_t)lh_directions(&n->architecture);
    size_t first = (size_t)level * directions;
    lh_layer *layer = &n->layer[first + reverse];
    layer->reverse = reverse;
    layer->column = (first + reverse) * z->cells;
    layer->below = level > 0 ? directions * z->cells : 0;
    layer->below_column = level > 0 ? (first - directions) * z->cells : 0;
    layer->entering = level > 0 && n->architecture.no_skips ? 0 : z->inputs;
    layer->input = add_layer_tensor(n, level, reverse, layer->entering + z->shown + layer->below,
                                    z->gates, "input");
    if (!n->cell->forgetful)
        layer->recurrent = add_layer_tensor(n, level, reverse, z->cells, z->gates, "recurrent");
    if (n->cell->own.rows > 0)
        layer->own = add_layer_tensor(n, level, reverse, (size_t)n->cell->own.rows, z->cells,
                                      n->cell->own.name);
    layer->bias = add_layer_tensor(n, level, reverse, 1, z->gates, "bias");
}

static void lay_out(lh_network *n)
{
    const lh_sizes *z = &n->size;
    for (int level = 0; level < n->architecture.layers; level++)
        for (int d = 0; d < lh_directions(&n->architecture); d++)
            lay_out_layer(n, level, d > 0);
    if (lh_network_reads(n)) {
        n->window_weight =
            add_tensor(n, z->cells, z->told, n->memory ? "memory.weight" : "window.weight");
        n->window_bias = add_tensor(n, 1, z->told, n->memory ? "memory.bias" : "window.bias");
    }
    n->output_weight =
        add_tensor(n, z->speaking + (n->memory ? z->shown : 0), z->outputs, "output.weight");
    n->output_bias = add_tensor(n, 1, z->outputs, "output.bias");
}

lh_network *lh_network_new_unset(const lh_architecture *architecture, lh_error *error)
{
    if (lh_architecture_check(architecture, LH_ERROR_ARGUMENT, error) != LH_OK)
        return NULL;
    lh_network *n = calloc(1, sizeof *n);
    if (n) {
        n->architecture = *architecture;
        n->cell = lh_kernels_get()->cell[architecture->cell];
        n->head = lh_head_at(architecture->head);
        n->memory = lh_memory_at(architecture->memory);
        n->size = sizes_of(n);
        n->tensors = calloc(n->size.layers * 4 + 4, sizeof *n->tensors);
    }
    if (n && n->tensors) {
        lay_out(n);
        if (n->arena_size < TOO_LARGE)
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

void lh_network_changed(lh_network *network)
{
    if (network)
        lh_packed_spoil(network->packed);
}

/* ---- the random start ---------------------------------------------------------------------------
 */

static void fill_normal(lh_real *values, size_t count, double deviation, lh_rng *rng)
{
    for (size_t i = 0; i < count; i++)
        values[i] = (lh_real)(deviation * lh_rng_normal(rng));
}

static void init_layer(lh_network *n, const lh_layer *layer, lh_rng *rng)
{
    const lh_sizes *z = &n->size;
    /* What enters from outside and the window (which sums to about one character) carry as much as
     * hundreds of cells do: they are not scaled down by the number of rows. */
    size_t direct = (layer->entering + z->shown) * z->gates;
    double deviation = 1 / sqrt((double)z->cells + (double)layer->below);
    fill_normal(n->arena + layer->input, direct, 0.3, rng);
    fill_normal(n->arena + layer->input + direct, layer->below * z->gates, deviation, rng);
    if (!n->cell->forgetful)
        fill_normal(n->arena + layer->recurrent, z->cells * z->gates, deviation, rng);
    if (n->cell->init)
        n->cell->init((int)z->cells, n->arena + layer->own, n->arena + layer->bias);
}

static void init_window(lh_network *n, lh_rng *rng)
{
    size_t cells = n->size.cells, windows = n->size.windows;
    fill_normal(n->arena + n->window_weight, cells * 3 * windows, 0.1 / sqrt((double)cells), rng);
    lh_real *bias = n->arena + n->window_bias;
    for (size_t k = 0; k < windows; k++) {
        bias[k] = (lh_real)log(1.0 / (double)windows);
        bias[windows + k] = (lh_real)log(0.5 + (double)k / (double)windows);
        bias[2 * windows + k] = (lh_real)log(1.0 / 21); /* about 21 points a character */
    }
}

static void init_memory(lh_network *n, lh_rng *rng)
{
    const lh_sizes *z = &n->size;
    fill_normal(n->arena + n->window_weight, z->cells * z->told, 1 / sqrt((double)z->cells), rng);
}

void lh_network_init(lh_network *n, lh_rng *rng)
{
    if (!(n && rng))
        return;
    const lh_sizes *z = &n->size;
    memset(n->arena, 0, n->arena_size * sizeof *n->arena);
    for (size_t l = 0; l < z->layers; l++)
        init_layer(n, &n->layer[l], rng);
    if (lh_network_has_window(n))
        init_window(n, rng);
    if (n->memory)
        init_memory(n, rng);
    const size_t feeding = z->speaking + (n->memory ? z->shown : 0);
    fill_normal(n->arena + n->output_weight, feeding * z->outputs, 1 / sqrt((double)z->speaking),
                rng);
    if (n->head->init)
        n->head->init(&n->architecture, n->arena + n->output_bias, rng);
    lh_network_changed(n);
}

/* ---- looking things up --------------------------------------------------------------------------
 */

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
