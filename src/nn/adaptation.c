/* Adaptations: which parts of a network they change, and what that is as weights, as a gradient and
 * in a step. See nn.h. */
#include "adaptation.h"

#include "base/need.h"
#include "memory.h"
#include "panels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- parts ------------------------------------------------------------------------------------
 */

/* Those of the layers, two each, then those of the window and of the output; what a network does
 * not have has no rows or no numbers. */
enum { OF_LAYER = 2 };

static lh_low_rank *low_at(lh_adaptation *a, size_t i)
{
    const size_t of_layers = OF_LAYER * a->layers;
    if (i < of_layers)
        return i % OF_LAYER == 0 ? &a->layer[i / OF_LAYER].inputs
                                 : &a->layer[i / OF_LAYER].recurrent;
    return i < of_layers + LH_ADAPTED_COUNT ? &a->sums[i - of_layers].weight : NULL;
}

static lh_free_part *free_at(lh_adaptation *a, size_t i)
{
    const size_t of_layers = OF_LAYER * a->layers;
    if (i < of_layers)
        return i % OF_LAYER == 0 ? &a->layer[i / OF_LAYER].bias : &a->layer[i / OF_LAYER].own;
    return i < of_layers + LH_ADAPTED_COUNT ? &a->sums[i - of_layers].bias : NULL;
}

static size_t rows_of(const lh_low_rank *part)
{
    return part->rows[0] + part->rows[1];
}

static void find_layer(lh_adapted_layer *to, const lh_network *n, size_t l)
{
    const lh_layer *layer = &n->layer[l];
    const size_t gates = n->size.gates, inputs = layer->entering + n->size.shown + layer->below;
    const bool joined = !n->cell->apart && !n->cell->forgetful;
    to->inputs = (lh_low_rank){.offset = {layer->input, layer->recurrent},
                               .rows = {inputs, joined ? n->size.cells : 0},
                               .columns = gates};
    if (n->cell->apart)
        to->recurrent = (lh_low_rank){
            .offset = {layer->recurrent, 0}, .rows = {n->size.cells, 0}, .columns = gates};
    to->bias = (lh_free_part){.offset = layer->bias, .count = gates};
    to->own =
        (lh_free_part){.offset = layer->own, .count = (size_t)n->cell->own.rows * n->size.cells};
}

static void find_parts(lh_adaptation *a, const lh_network *n)
{
    const lh_sizes *z = &n->size;
    for (size_t l = 0; l < z->layers; l++)
        find_layer(&a->layer[l], n, l);
    if (lh_network_has_window(n))
        a->sums[LH_ADAPTED_WINDOW] = (lh_adapted_sums){
            {.offset = {n->window_weight, 0}, .rows = {z->cells, 0}, .columns = z->told},
            {.offset = n->window_bias, .count = z->told}};
    a->sums[LH_ADAPTED_OUTPUT] = (lh_adapted_sums){
        {.offset = {n->output_weight, 0}, .rows = {z->speaking, 0}, .columns = z->outputs},
        {.offset = n->output_bias, .count = z->outputs}};
    lh_free_part *freely;
    for (size_t i = 0; (freely = free_at(a, i)) != NULL; i++) {
        freely->first = a->count;
        a->count += freely->count;
    }
    lh_low_rank *low;
    for (size_t i = 0; (low = low_at(a, i)) != NULL; i++) {
        low->first = a->count;
        a->count += rows_of(low) > 0 ? a->rank * low->columns : 0;
    }
}

/* ---- A ----------------------------------------------------------------------------------------
 */

/* Signs over sqrt(rows), into `matrix` [rows][rank]: exactly the same everywhere, and for a part
 * that is known by its place. Those of a lower rank are the first columns of a higher. */
static void draw_signs(size_t place, size_t rows, size_t rank, lh_real *matrix)
{
    lh_rng rng;
    lh_rng_seed(&rng, 0x4c6f5241, place);
    const lh_real size = (lh_real)(1 / sqrt((double)rows));
    for (size_t i = 0; i < rows; i++) {
        const uint64_t bits = lh_rng_next(&rng);
        for (size_t k = 0; k < rank; k++)
            matrix[i * rank + k] = bits >> k & 1 ? size : -size;
    }
}

/* The caller frees; NULL without memory. */
static lh_real *signs_of(const lh_adaptation *a, const lh_low_rank *part, size_t place)
{
    lh_real *matrix = malloc((rows_of(part) * a->rank + 1) * sizeof *matrix);
    if (matrix)
        draw_signs(place, rows_of(part), a->rank, matrix);
    return matrix;
}

/* ---- making -----------------------------------------------------------------------------------
 */

static lh_status make_panels(lh_adaptation *a, lh_error *error)
{
    lh_status status = LH_OK;
    lh_low_rank *part;
    for (size_t i = 0; a->rank > 0 && status == LH_OK && (part = low_at(a, i)) != NULL; i++) {
        const int rows = (int)rows_of(part), rank = (int)a->rank;
        if (rows == 0)
            continue;
        lh_real *signs = signs_of(a, part, i);
        status = signs ? lh_panels_reserve(&part->a, rows, rank, false, error)
                       : lh_fail_memory(error, "an adaptation");
        if (status == LH_OK)
            status = lh_panels_reserve(&part->b, rank, (int)part->columns, false, error);
        if (status == LH_OK)
            lh_panels_fill(&part->a, 0, rows, signs);
        free(signs);
    }
    for (size_t l = 0; l < a->layers && status == LH_OK; l++)
        if (!(a->layer[l].own_weights = lh_real_alloc(a->layer[l].own.count)))
            status = lh_fail_memory(error, "an adaptation");
    return status;
}

lh_adaptation *lh_adaptation_new(const lh_network *n, int rank, lh_error *error)
{
    LH_NEED(error, n && rank >= 0 && rank <= LH_ADAPTATION_RANK_MAX, NULL);
    if (n->memory || lh_directions(&n->architecture) > 1) {
        lh_fail(error, LH_ERROR_ARGUMENT,
                "networks with a memory, or of both directions, are not adapted");
        return NULL;
    }
    lh_adaptation *a = calloc(1, sizeof *a);
    if (a) {
        *a = (lh_adaptation){
            .layers = n->size.layers, .rank = (size_t)rank, .architecture = n->architecture};
        find_parts(a, n);
        a->number = lh_real_alloc(a->count);
    }
    lh_status status =
        a && a->number ? make_panels(a, error) : lh_fail_memory(error, "an adaptation");
    if (status == LH_OK)
        status = lh_adaptation_changed(a, n, error);
    if (status == LH_OK)
        return a;
    lh_adaptation_free(a);
    return NULL;
}

void lh_adaptation_free(lh_adaptation *a)
{
    if (!a)
        return;
    lh_low_rank *part;
    for (size_t i = 0; (part = low_at(a, i)) != NULL; i++) {
        lh_panels_free(&part->a);
        lh_panels_free(&part->b);
    }
    for (size_t l = 0; l < a->layers; l++)
        free(a->layer[l].own_weights);
    free(a->number);
    free(a);
}

size_t lh_adaptation_count(const lh_adaptation *a)
{
    return a ? a->count : 0;
}

lh_real *lh_adaptation_numbers(lh_adaptation *a)
{
    return a ? a->number : NULL;
}

static lh_status check_network(const lh_adaptation *a, const lh_network *n, lh_error *error)
{
    return lh_architecture_same(&a->architecture, &n->architecture)
               ? LH_OK
               : lh_fail(error, LH_ERROR_ARGUMENT, "an adaptation of another network");
}

lh_status lh_adaptation_changed(lh_adaptation *a, const lh_network *n, lh_error *error)
{
    LH_NEED(error, a && n, LH_ERROR_ARGUMENT);
    const lh_status status = check_network(a, n, error);
    if (status != LH_OK)
        return status;
    lh_low_rank *part;
    for (size_t i = 0; a->rank > 0 && (part = low_at(a, i)) != NULL; i++)
        if (rows_of(part) > 0)
            lh_panels_fill(&part->b, 0, (int)a->rank, a->number + part->first);
    for (size_t l = 0; l < a->layers; l++) {
        const lh_free_part *own = &a->layer[l].own;
        for (size_t i = 0; i < own->count; i++)
            a->layer[l].own_weights[i] = n->arena[own->offset + i] + a->number[own->first + i];
    }
    return LH_OK;
}

/* ---- as weights, and their gradient ------------------------------------------------------------
 */

/* Calls `visit` with each row of each low-rank part: its signs [rank], its place in the arena. */
static lh_status each_row(const lh_adaptation *a,
                          void (*visit)(const lh_adaptation *a, const lh_low_rank *part,
                                        const lh_real *signs, size_t offset, void *user),
                          void *user, lh_error *error)
{
    lh_low_rank *part;
    for (size_t i = 0; a->rank > 0 && (part = low_at((lh_adaptation *)(uintptr_t)a, i)); i++) {
        lh_real *signs = signs_of(a, part, i);
        if (!signs)
            return lh_fail_memory(error, "an adaptation");
        for (size_t r = 0; r < rows_of(part); r++) {
            const bool upper = r < part->rows[0];
            const size_t row = upper ? r : r - part->rows[0];
            visit(a, part, signs + r * a->rank, part->offset[upper ? 0 : 1] + row * part->columns,
                  user);
        }
        free(signs);
    }
    return LH_OK;
}

static void add_row(const lh_adaptation *a, const lh_low_rank *part, const lh_real *signs,
                    size_t offset, void *user)
{
    lh_real *to = (lh_real *)user + offset;
    for (size_t k = 0; k < a->rank; k++) {
        const lh_real *b = a->number + part->first + k * part->columns;
        for (size_t j = 0; j < part->columns; j++)
            to[j] += signs[k] * b[j];
    }
}

lh_status lh_adaptation_apply(const lh_adaptation *a, const lh_network *from, lh_network *to,
                              lh_error *error)
{
    LH_NEED(error, a && from && to && from != to, LH_ERROR_ARGUMENT);
    lh_status status = check_network(a, from, error);
    if (status == LH_OK)
        status = check_network(a, to, error);
    if (status != LH_OK)
        return status;
    memcpy(to->arena, from->arena, from->arena_size * sizeof *to->arena);
    lh_free_part *part;
    for (size_t i = 0; (part = free_at((lh_adaptation *)(uintptr_t)a, i)) != NULL; i++)
        for (size_t j = 0; j < part->count; j++)
            to->arena[part->offset + j] += a->number[part->first + j];
    status = each_row(a, add_row, to->arena, error);
    lh_network_changed(to);
    return status;
}

typedef struct gradients {
    const lh_real *weights; /* [arena size] */
    lh_real *numbers;       /* [C] */
} gradients;

/* dL/dB = A^T dL/dW, a row of W at a time. */
static void gather_row(const lh_adaptation *a, const lh_low_rank *part, const lh_real *signs,
                       size_t offset, void *user)
{
    const gradients *g = user;
    const lh_real *from = g->weights + offset;
    for (size_t k = 0; k < a->rank; k++) {
        lh_real *b = g->numbers + part->first + k * part->columns;
        for (size_t j = 0; j < part->columns; j++)
            b[j] += signs[k] * from[j];
    }
}

lh_status lh_adaptation_gradient(const lh_adaptation *a, const lh_real *gradient, lh_real *numbers,
                                 lh_error *error)
{
    LH_NEED(error, a && gradient && numbers, LH_ERROR_ARGUMENT);
    memset(numbers, 0, a->count * sizeof *numbers);
    lh_free_part *part;
    for (size_t i = 0; (part = free_at((lh_adaptation *)(uintptr_t)a, i)) != NULL; i++)
        memcpy(numbers + part->first, gradient + part->offset, part->count * sizeof *numbers);
    gradients g = {gradient, numbers};
    return each_row(a, gather_row, &g, error);
}

/* ---- in a step ---------------------------------------------------------------------------------
 */

void lh_adapted_bias(const lh_adaptation *a, const lh_free_part *part, lh_real *sums)
{
    for (size_t j = 0; j < part->count; j++)
        sums[j] += a->number[part->first + j];
}

void lh_adapted_product(const lh_adaptation *a, const lh_low_rank *part, const lh_real *x,
                        lh_real *sums)
{
    const lh_kernels *kernels = lh_kernels_get();
    lh_real between[LH_ADAPTATION_RANK_MAX] = {0};
    if (a->rank == 0 || rows_of(part) == 0)
        return;
    kernels->product(1, x, rows_of(part), &part->a, between, a->rank);
    kernels->product(1, between, a->rank, &part->b, sums, part->columns);
}
