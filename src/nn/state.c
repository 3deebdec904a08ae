/* A network's state while it writes: its memory, its rows' texts, and looking into it. */
#include "state.h"

#include "base/need.h"
#include "bounds.h"
#include "memory.h"
#include "pack.h"
#include "state_memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A new array with a row for each line; NULL on failure. */
static lh_real *add_array(lh_state *s, size_t width)
{
    lh_state_array *array = &s->array[s->arrays++];
    array->data = lh_real_alloc((uint64_t)s->rows * width);
    array->width = width;
    return array->data;
}

static bool allocate(lh_state *s, const lh_network *n)
{
    const lh_sizes *z = &n->size;
    for (size_t l = 0; l < z->layers; l++) {
        s->width[l] = n->layer[l].entering + z->shown + n->layer[l].below + z->cells;
        s->input[l] = add_array(s, s->width[l]);
        s->gates[l] = add_array(s, z->gates);
        s->recurrent[l] = add_array(s, n->cell->apart ? z->gates : 0);
        s->carried[l] = add_array(s, z->carried);
    }
    s->h = add_array(s, z->hidden);
    s->w = add_array(s, z->shown);
    s->hat = add_array(s, 3 * z->windows);
    s->kappa = add_array(s, z->windows);
    s->alpha = add_array(s, z->windows);
    s->beta = add_array(s, z->windows);
    s->output = add_array(s, z->outputs);
    s->text = calloc((size_t)s->rows, sizeof *s->text);
    s->adaptation = calloc((size_t)s->rows, sizeof *s->adaptation);
    bool all = s->text && s->adaptation;
    for (size_t i = 0; i < s->arrays; i++)
        all = all && s->array[i].data;
    return all;
}

lh_state *lh_state_new(const lh_network *network, int rows, lh_error *error)
{
    LH_NEED(error, network, NULL);
    if (rows < 1) {
        lh_fail(error, LH_ERROR_ARGUMENT, "a state of %d rows", rows);
        return NULL;
    }
    if (lh_directions(&network->architecture) > 1) {
        lh_fail(error, LH_ERROR_ARGUMENT,
                "a network that reads its line from both ends cannot go a step at a time");
        return NULL;
    }
    if (network->memory) {
        lh_fail(error, LH_ERROR_ARGUMENT, "a network with a memory cannot go a step at a time");
        return NULL;
    }
    if (lh_network_pack_steps(network, error) != LH_OK)
        return NULL;
    lh_state *s = calloc(1, sizeof *s);
    if (s) {
        s->architecture = network->architecture;
        s->cell = network->cell;
        s->size = network->size;
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
    for (size_t i = 0; i < s->arrays; i++)
        free(s->array[i].data);
    for (int r = 0; s->text && r < s->rows; r++) {
        free(s->text[r].index);
        free(s->text[r].phi);
    }
    free(s->text);
    free(s->adaptation);
    free(s);
}

static bool has_row(const lh_state *s, int row)
{
    return s && row >= 0 && row < s->rows;
}

static bool has_layer(const lh_state *s, int row, int layer)
{
    return has_row(s, row) && layer >= 0 && (size_t)layer < s->size.layers;
}

void lh_state_reset(lh_state *s, int row)
{
    if (!has_row(s, row))
        return;
    for (size_t i = 0; i < s->arrays; i++) {
        size_t width = s->array[i].width;
        memset(s->array[i].data + (size_t)row * width, 0, width * sizeof *s->array[i].data);
    }
    s->adaptation[row] = NULL;
    if (s->text[row].phi)
        memset(s->text[row].phi, 0, ((size_t)s->text[row].count + 1) * sizeof(lh_real));
}

void lh_state_set_adaptation(lh_state *s, int row, const lh_adaptation *adaptation)
{
    if (has_row(s, row) &&
        (!adaptation || lh_architecture_same(&s->architecture, &adaptation->architecture)))
        s->adaptation[row] = adaptation;
}

const lh_adaptation *lh_state_adaptation(const lh_state *s, int row)
{
    return has_row(s, row) ? s->adaptation[row] : NULL;
}

static lh_status text_room(lh_state_text_row *text, int characters, lh_error *error)
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
    lh_state_text_row *own = &s->text[row];
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
    size_t windows = s->size.windows;
    for (size_t k = 0; k < windows; k++)
        s->kappa[(size_t)row * windows + k] += (lh_real)by;
}

lh_status lh_state_copy(lh_state *to, int to_row, const lh_state *from, int from_row,
                        lh_error *error)
{
    LH_NEED(error, has_row(to, to_row) && has_row(from, from_row), LH_ERROR_ARGUMENT);
    if (!lh_architecture_same(&to->architecture, &from->architecture))
        return lh_fail(error, LH_ERROR_ARGUMENT, "states of different networks");
    if (to == from && to_row == from_row)
        return LH_OK;
    const lh_state_text_row *source = &from->text[from_row];
    lh_status status = lh_state_set_text(to, to_row, source->index, source->count, error);
    if (status != LH_OK)
        return status;
    if (source->count > 0)
        memcpy(to->text[to_row].phi, source->phi, ((size_t)source->count + 1) * sizeof(lh_real));
    to->adaptation[to_row] = from->adaptation[from_row];
    for (size_t i = 0; i < to->arrays; i++) {
        size_t width = to->array[i].width;
        memcpy(to->array[i].data + (size_t)to_row * width,
               from->array[i].data + (size_t)from_row * width, width * sizeof(lh_real));
    }
    return LH_OK;
}

/* ---- memory ------------------------------------------------------------------------------------
 */

size_t lh_state_memory_size(const lh_state *s)
{
    const lh_sizes *z = &s->size;
    return z->hidden + z->layers * z->carried + z->windows + z->shown;
}

/* Calls `visit` for every array that a row remembers, with the place of its part in the memory. */
static void each_remembered(lh_state *s, int row, lh_real *memory,
                            void (*visit)(lh_real *own, lh_real *memory, size_t count))
{
    const lh_sizes *z = &s->size;
    size_t r = (size_t)row;
    visit(s->h + r * z->hidden, memory, z->hidden);
    memory += z->hidden;
    for (size_t l = 0; l < z->layers; l++, memory += z->carried)
        visit(s->carried[l] + r * z->carried, memory, z->carried);
    visit(s->kappa + r * z->windows, memory, z->windows);
    visit(s->w + r * z->shown, memory + z->windows, z->shown);
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
    size_t cells = s->size.cells;
    if (count != lh_state_memory_size(s))
        return lh_fail(error, LH_ERROR_FORMAT, "a network's memory has %zu numbers, not %zu",
                       lh_state_memory_size(s), count);
    /* Written so that NaN is out of bounds. */
    for (size_t i = 0; i < count; i++)
        if (!(fabs((double)memory[i]) <= LH_SIGNAL_MOST))
            return lh_fail(error, LH_ERROR_FORMAT,
                           "number %zu of a network's memory is %g, which no network remembers",
                           i + 1, (double)memory[i]);
    lh_state_reset(s, row);
    each_remembered(s, row, (lh_real *)memory, set); /* only reads the memory */
    for (size_t l = 0; l < s->size.layers; l++)
        memcpy(lh_state_own_h(s, l, row), lh_state_hidden(s, row, (int)l), cells * sizeof *memory);
    return LH_OK;
}

/* ---- views --------------------------------------------------------------------------------------
 */

const lh_real *lh_state_output(const lh_state *s, int row)
{
    return has_row(s, row) ? s->output + (size_t)row * s->size.outputs : NULL;
}

const lh_real *lh_state_hidden(const lh_state *s, int row, int layer)
{
    return has_layer(s, row, layer)
               ? s->h + (size_t)row * s->size.hidden + (size_t)layer * s->size.cells
               : NULL;
}

const lh_real *lh_state_cell(const lh_state *s, int row, int layer)
{
    return has_layer(s, row, layer) && s->size.carried > 0
               ? s->carried[layer] + (size_t)row * s->size.carried
               : NULL;
}

const lh_real *lh_state_gate(const lh_state *s, int row, int layer, lh_gate gate)
{
    if (!has_layer(s, row, layer) || (unsigned)gate >= LH_GATE_COUNT)
        return NULL;
    int block = s->cell->gate[gate];
    return block > 0
               ? s->gates[layer] + (size_t)row * s->size.gates + (size_t)(block - 1) * s->size.cells
               : NULL;
}

const lh_real *lh_state_kappa(const lh_state *s, int row)
{
    return has_row(s, row) ? s->kappa + (size_t)row * s->size.windows : NULL;
}

const lh_real *lh_state_phi(const lh_state *s, int row)
{
    return has_row(s, row) ? s->text[row].phi : NULL;
}

int lh_state_characters(const lh_state *s, int row)
{
    return has_row(s, row) ? s->text[row].count : 0;
}
