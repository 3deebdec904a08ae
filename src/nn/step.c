/* A step at a time: the network as it writes. Same equations as forward.c, for the rows of a state
 * instead of a recorded batch; each layer's inputs lie side by side, so that a layer is one product
 * with all its weights. */
#include "step.h"

#include "base/need.h"
#include "bounds.h"
#include "network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct lh_state_text {
    int32_t *index; /* [U], owned */
    int count, capacity;
    lh_real *phi; /* [U + 1], owned */
} state_text;

struct lh_state {
    lh_architecture architecture;
    int rows;
    /* The input of layer l: (x, w, h of the layer below, h of its own) [rows][width[l]]. */
    lh_real *input[LH_LAYERS_MAX];
    size_t width[LH_LAYERS_MAX];
    lh_real *gates[LH_LAYERS_MAX]; /* [rows][4H] */
    lh_real *c[LH_LAYERS_MAX];     /* [rows][H] */
    lh_real *h;                    /* [rows][N H] */
    lh_real *w;                    /* [rows][A] */
    lh_real *hat, *kappa;          /* [rows][3K], [rows][K] */
    lh_real *alpha, *beta;         /* [rows][K] */
    lh_real *output;               /* [rows][1 + 6M] */
    state_text *text;              /* [rows] */
};

static bool allocate(lh_state *s, const lh_network *n)
{
    const lh_architecture *a = &s->architecture;
    size_t rows = (size_t)s->rows, cells = (size_t)a->cells, windows = (size_t)a->windows;
    bool all = true;
    for (int l = 0; l < a->layers; l++) {
        s->width[l] = (size_t)(LH_INPUTS + a->alphabet + n->layer[l].below + a->cells);
        s->input[l] = lh_real_alloc(rows * s->width[l]);
        s->gates[l] = lh_real_alloc(rows * 4 * cells);
        s->c[l] = lh_real_alloc(rows * cells);
        all = all && s->input[l] && s->gates[l] && s->c[l];
    }
    s->h = lh_real_alloc(rows * (size_t)a->layers * cells);
    s->w = lh_real_alloc(rows * (size_t)a->alphabet);
    s->hat = lh_real_alloc(rows * 3 * windows);
    s->kappa = lh_real_alloc(rows * windows);
    s->alpha = lh_real_alloc(rows * windows);
    s->beta = lh_real_alloc(rows * windows);
    s->output = lh_real_alloc(rows * (size_t)lh_output_size(a));
    s->text = calloc(rows, sizeof *s->text);
    return all && s->h && s->w && s->hat && s->kappa && s->alpha && s->beta && s->output && s->text;
}

lh_state *lh_state_new(const lh_network *network, int rows, lh_error *error)
{
    LH_NEED(error, network, NULL);
    if (rows < 1) {
        lh_fail(error, LH_ERROR_ARGUMENT, "a state of %d rows", rows);
        return NULL;
    }
    if (lh_network_pack_steps(network, error) != LH_OK)
        return NULL;
    lh_state *s = calloc(1, sizeof *s);
    if (s) {
        s->architecture = network->architecture;
        s->rows = rows;
    }
    if (!s || !allocate(s, network)) {
        lh_fail_memory(error, "a network's state");
        lh_state_free(s);
        return NULL;
    }
    return s;
}

void lh_state_free(lh_state *s)
{
    if (!s)
        return;
    for (int l = 0; l < LH_LAYERS_MAX; l++) {
        free(s->input[l]);
        free(s->gates[l]);
        free(s->c[l]);
    }
    for (int r = 0; s->text && r < s->rows; r++) {
        free(s->text[r].index);
        free(s->text[r].phi);
    }
    free(s->text);
    free(s->h);
    free(s->w);
    free(s->hat);
    free(s->kappa);
    free(s->alpha);
    free(s->beta);
    free(s->output);
    free(s);
}

/* Calls `visit` for every array with a row for each line: what reset and copy walk over. */
static void each_array(lh_state *s, void (*visit)(lh_real *array, size_t width, void *user),
                       void *user)
{
    const lh_architecture *a = &s->architecture;
    size_t cells = (size_t)a->cells, windows = (size_t)a->windows;
    for (int l = 0; l < a->layers; l++) {
        visit(s->input[l], s->width[l], user);
        visit(s->gates[l], 4 * cells, user);
        visit(s->c[l], cells, user);
    }
    visit(s->h, (size_t)a->layers * cells, user);
    visit(s->w, (size_t)a->alphabet, user);
    visit(s->hat, 3 * windows, user);
    visit(s->kappa, windows, user);
    visit(s->alpha, windows, user);
    visit(s->beta, windows, user);
    visit(s->output, (size_t)lh_output_size(a), user);
}

static void clear_row(lh_real *array, size_t width, void *user)
{
    size_t row = *(const size_t *)user;
    memset(array + row * width, 0, width * sizeof *array);
}

static bool has_row(const lh_state *s, int row)
{
    return s && row >= 0 && row < s->rows;
}

static bool has_layer(const lh_state *s, int row, int layer)
{
    return has_row(s, row) && layer >= 0 && layer < s->architecture.layers;
}

void lh_state_reset(lh_state *s, int row)
{
    if (!has_row(s, row))
        return;
    size_t r = (size_t)row;
    each_array(s, clear_row, &r);
    if (s->text[row].phi)
        memset(s->text[row].phi, 0, ((size_t)s->text[row].count + 1) * sizeof(lh_real));
}

static lh_status text_room(state_text *text, int characters, lh_error *error)
{
    if (characters <= text->capacity)
        return LH_OK;
    int32_t *index = malloc((size_t)characters * sizeof *index);
    lh_real *phi = lh_real_alloc((size_t)characters + 1);
    if (!index || !phi) {
        free(index);
        free(phi);
        return lh_fail_memory(error, "a text");
    }
    free(text->index);
    free(text->phi);
    text->index = index;
    text->phi = phi;
    text->capacity = characters;
    return LH_OK;
}

lh_status lh_state_set_text(lh_state *s, int row, const int32_t *text, int characters,
                            lh_error *error)
{
    LH_NEED(error, has_row(s, row) && characters >= 0 && (text || characters == 0),
            LH_ERROR_ARGUMENT);
    state_text *own = &s->text[row];
    for (int u = 0; u < characters; u++)
        if (text[u] < 0 || text[u] >= s->architecture.alphabet)
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "character %d has index %d outside an alphabet of %d", u + 1,
                           (int)text[u], s->architecture.alphabet);
    lh_status status = text_room(own, characters, error);
    if (status != LH_OK || characters < 0)
        return status;
    if (characters > 0) {
        memcpy(own->index, text, (size_t)characters * sizeof *text);
        memset(own->phi, 0, ((size_t)characters + 1) * sizeof *own->phi);
    }
    own->count = characters;
    return LH_OK;
}

void lh_state_shift_kappa(lh_state *s, int row, double by)
{
    if (!(has_row(s, row) && isfinite(by)))
        return;
    int windows = s->architecture.windows;
    for (int k = 0; k < windows; k++)
        s->kappa[row * windows + k] += (lh_real)by;
}

typedef struct copying {
    lh_real *from[3 * LH_LAYERS_MAX + 8];
    int next, from_row, to_row;
} copying;

static void note_array(lh_real *array, size_t width, void *user)
{
    (void)width;
    copying *c = user;
    c->from[c->next++] = array;
}

static void copy_row(lh_real *array, size_t width, void *user)
{
    copying *c = user;
    const lh_real *from = c->from[c->next++];
    memmove(array + (size_t)c->to_row * width, from + (size_t)c->from_row * width,
            width * sizeof *array);
}

lh_status lh_state_copy(lh_state *to, int to_row, const lh_state *from, int from_row,
                        lh_error *error)
{
    LH_NEED(error, has_row(to, to_row) && has_row(from, from_row), LH_ERROR_ARGUMENT);
    if (memcmp(&to->architecture, &from->architecture, sizeof to->architecture) != 0)
        return lh_fail(error, LH_ERROR_ARGUMENT, "states of different networks");
    if (to == from && to_row == from_row)
        return LH_OK;
    const state_text *source = &from->text[from_row];
    lh_status status = lh_state_set_text(to, to_row, source->index, source->count, error);
    if (status != LH_OK)
        return status;
    if (source->count > 0)
        memcpy(to->text[to_row].phi, source->phi, ((size_t)source->count + 1) * sizeof(lh_real));
    copying c = {.from_row = from_row, .to_row = to_row};
    each_array((lh_state *)from, note_array, &c); /* only reads the pointers */
    c.next = 0;
    each_array(to, copy_row, &c);
    return LH_OK;
}

/* ---- memory ------------------------------------------------------------------------------------
 */

size_t lh_state_memory_size(const lh_state *s)
{
    const lh_architecture *a = &s->architecture;
    return (size_t)(2 * a->layers * a->cells + a->windows + a->alphabet);
}

/* Calls `visit` for every array that a row remembers, with the place of its part in the memory. */
static void each_remembered(lh_state *s, int row, lh_real *memory,
                            void (*visit)(lh_real *own, lh_real *memory, size_t count))
{
    const lh_architecture *a = &s->architecture;
    size_t r = (size_t)row, cells = (size_t)a->cells, hidden = (size_t)a->layers * cells;
    size_t windows = (size_t)a->windows, alphabet = (size_t)a->alphabet;
    visit(s->h + r * hidden, memory, hidden);
    memory += hidden;
    for (int l = 0; l < a->layers; l++, memory += cells)
        visit(s->c[l] + r * cells, memory, cells);
    visit(s->kappa + r * windows, memory, windows);
    visit(s->w + r * alphabet, memory + windows, alphabet);
}

static void get(lh_real *own, lh_real *memory, size_t count)
{
    memcpy(memory, own, count * sizeof *own);
}

static void set(lh_real *own, lh_real *memory, size_t count)
{
    memcpy(own, memory, count * sizeof *own);
}

void lh_state_get_memory(const lh_state *s, int row, lh_real *memory)
{
    each_remembered((lh_state *)s, row, memory, get); /* only reads the state */
}

lh_status lh_state_set_memory(lh_state *s, int row, const lh_real *memory, size_t count,
                              lh_error *error)
{
    const lh_architecture *a = &s->architecture;
    size_t cells = (size_t)a->cells;
    if (count != lh_state_memory_size(s))
        return lh_fail(error, LH_ERROR_FORMAT, "a network's memory has %zu numbers, not %zu",
                       lh_state_memory_size(s), count);
    for (size_t i = 0; i < count; i++)
        if (!isfinite(memory[i]))
            return lh_fail(error, LH_ERROR_FORMAT, "number %zu of a network's memory is not finite",
                           i + 1);
    lh_state_reset(s, row);
    each_remembered(s, row, (lh_real *)memory, set); /* only reads the memory */
    for (int l = 0; l < a->layers; l++)
        memcpy(s->input[l] + (size_t)(row + 1) * s->width[l] - cells, lh_state_hidden(s, row, l),
               cells * sizeof *memory);
    return LH_OK;
}

/* ---- the step -----------------------------------------------------------------------------------
 */

static void broadcast(lh_real *rows, int count, const lh_real *bias, size_t width)
{
    for (int r = 0; r < count; r++)
        memcpy(rows + (size_t)r * width, bias, width * sizeof *bias);
}

/* Puts `values` [rows][value_width] into the inputs of layer `layer` at column `column`. */
static void put(lh_state *s, int layer, size_t column, const lh_real *values, size_t stride,
                size_t value_width, int rows)
{
    for (int r = 0; r < rows; r++)
        memcpy(s->input[layer] + (size_t)r * s->width[layer] + column, values + (size_t)r * stride,
               value_width * sizeof *values);
}

static void layer_step(const lh_network *n, lh_state *s, int layer, int rows)
{
    const lh_kernels *kernels = lh_kernels_get();
    const lh_architecture *a = &s->architecture;
    size_t cells = (size_t)a->cells, hidden = (size_t)a->layers * cells;
    lh_real *h = s->h + (size_t)layer * cells;
    broadcast(s->gates[layer], rows, n->arena + n->layer[layer].bias, 4 * cells);
    kernels->product(rows, s->input[layer], s->width[layer], &n->packed->step_layer[layer],
                     s->gates[layer], 4 * cells);
    kernels->lstm_forward(rows, a->cells, s->gates[layer], s->c[layer], s->c[layer], h, hidden,
                          n->arena + n->layer[layer].peephole);
    /* The hidden vector goes to this layer's next step and to the layer above. */
    put(s, layer, s->width[layer] - cells, h, hidden, cells, rows);
    if (layer + 1 < a->layers)
        put(s, layer + 1, (size_t)(LH_INPUTS + a->alphabet), h, hidden, cells, rows);
}

/* alpha and beta as the window's kernel sees them. */
static void bounded_exp(int count, const lh_real *hat, lh_real low, lh_real high, lh_real *value)
{
    for (int k = 0; k < count; k++)
        value[k] = hat[k] < low ? low : hat[k] > high ? high : hat[k];
    lh_kernels_get()->exp(count, value, value);
}

static void window_step(const lh_network *n, lh_state *s, int rows)
{
    const lh_kernels *kernels = lh_kernels_get();
    const lh_architecture *a = &s->architecture;
    size_t windows = (size_t)a->windows, alphabet = (size_t)a->alphabet, hats = 3 * windows;
    broadcast(s->hat, rows, n->arena + n->window_bias, hats);
    kernels->product(rows, s->h, (size_t)a->layers * (size_t)a->cells, &n->packed->step_window,
                     s->hat, hats);
    for (int r = 0; r < rows; r++) {
        size_t row = (size_t)r;
        const lh_real *hat = s->hat + row * hats;
        lh_real *kappa = s->kappa + row * windows;
        state_text *text = &s->text[r];
        lh_real none[1];
        kernels->window_forward(a->windows, text->count, a->alphabet, text->index, hat, kappa,
                                kappa, text->phi ? text->phi : none, s->w + row * alphabet);
        bounded_exp(a->windows, hat, LH_ALPHA_HAT_MIN, LH_ALPHA_HAT_MAX, s->alpha + row * windows);
        bounded_exp(a->windows, hat + windows, LH_BETA_HAT_MIN, LH_BETA_HAT_MAX,
                    s->beta + row * windows);
    }
}

void lh_network_step(const lh_network *n, lh_state *s, const lh_real *x, int rows)
{
    if (!(n && s && x && rows >= 1 && rows <= s->rows))
        return;
    const lh_architecture *a = &s->architecture;
    size_t alphabet = (size_t)a->alphabet;
    bool window = a->kind == LH_SYNTHESIS;
    /* Room for the packed weights was made with the state, so that this cannot fail. */
    lh_network_pack_steps(n, NULL);
    for (int layer = 0; layer < a->layers; layer++)
        put(s, layer, 0, x, LH_INPUTS, LH_INPUTS, rows);
    if (window)
        put(s, 0, LH_INPUTS, s->w, alphabet, alphabet, rows); /* w_{t-1} */
    layer_step(n, s, 0, rows);
    if (window) {
        window_step(n, s, rows);
        for (int layer = 1; layer < a->layers; layer++)
            put(s, layer, LH_INPUTS, s->w, alphabet, alphabet, rows);
    }
    for (int layer = 1; layer < a->layers; layer++)
        layer_step(n, s, layer, rows);
    size_t outputs = (size_t)lh_output_size(a), hidden = (size_t)(a->layers * a->cells);
    broadcast(s->output, rows, n->arena + n->output_bias, outputs);
    lh_kernels_get()->product(rows, s->h, hidden, &n->packed->step_output, s->output, outputs);
}

/* ---- views --------------------------------------------------------------------------------------
 */

const lh_real *lh_state_output(const lh_state *s, int row)
{
    return has_row(s, row) ? s->output + (size_t)row * (size_t)lh_output_size(&s->architecture)
                           : NULL;
}

const lh_real *lh_state_hidden(const lh_state *s, int row, int layer)
{
    if (!has_layer(s, row, layer))
        return NULL;
    size_t cells = (size_t)s->architecture.cells, layers = (size_t)s->architecture.layers;
    return s->h + ((size_t)row * layers + (size_t)layer) * cells;
}

const lh_real *lh_state_cell(const lh_state *s, int row, int layer)
{
    return has_layer(s, row, layer) ? s->c[layer] + (size_t)row * (size_t)s->architecture.cells
                                    : NULL;
}

const lh_real *lh_state_gates(const lh_state *s, int row, int layer)
{
    return has_layer(s, row, layer)
               ? s->gates[layer] + (size_t)row * 4 * (size_t)s->architecture.cells
               : NULL;
}

const lh_real *lh_state_kappa(const lh_state *s, int row)
{
    return has_row(s, row) ? s->kappa + (size_t)row * (size_t)s->architecture.windows : NULL;
}

const lh_real *lh_state_alpha(const lh_state *s, int row)
{
    return has_row(s, row) ? s->alpha + (size_t)row * (size_t)s->architecture.windows : NULL;
}

const lh_real *lh_state_beta(const lh_state *s, int row)
{
    return has_row(s, row) ? s->beta + (size_t)row * (size_t)s->architecture.windows : NULL;
}

const lh_real *lh_state_phi(const lh_state *s, int row)
{
    return has_row(s, row) ? s->text[row].phi : NULL;
}

int lh_state_characters(const lh_state *s, int row)
{
    return has_row(s, row) ? s->text[row].count : 0;
}

const int32_t *lh_state_text(const lh_state *s, int row)
{
    return has_row(s, row) ? s->text[row].index : NULL;
}
