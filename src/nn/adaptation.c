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

static void list_parts(lh_adaptation *a)
{
    for (size_t l = 0; l < a->layers; l++) {
        a->low[a->lows++] = &a->layer[l].inputs;
        a->low[a->lows++] = &a->layer[l].recurrent;
        a->free[a->frees++] = &a->layer[l].bias;
        a->free[a->frees++] = &a->layer[l].own;
    }
    for (size_t i = 0; i < LH_ADAPTED_COUNT; i++) {
        a->low[a->lows++] = &a->sums[i].weight;
        a->free[a->frees++] = &a->sums[i].bias;
    }
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
    list_parts(a);
    for (size_t i = 0; i < a->frees; i++) {
        a->free[i]->first = a->count;
        a->count += a->free[i]->count;
    }
    for (size_t i = 0; i < a->lows; i++) {
        a->low[i]->first = a->count;
        a->count += rows_of(a->low[i]) > 0 ? a->rank * a->low[i]->columns : 0;
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

/* ---- making -----------------------------------------------------------------------------------
 */

static lh_status make_part(lh_low_rank *part, size_t place, size_t rank, lh_error *error)
{
    const size_t rows = rows_of(part);
    if (rows == 0 || rank == 0)
        return LH_OK;
    part->signs = lh_real_alloc((uint64_t)rows * rank);
    if (!part->signs)
        return lh_fail_memory(error, "an adaptation");
    draw_signs(place, rows, rank, part->signs);
    lh_status status = lh_panels_reserve(&part->a, (int)rows, (int)rank, false, error);
    if (status == LH_OK)
        status = lh_panels_reserve(&part->b, (int)rank, (int)part->columns, false, error);
    if (status == LH_OK)
        lh_panels_fill(&part->a, 0, (int)rows, part->signs);
    return status;
}

static lh_status make_parts(lh_adaptation *a, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < a->lows && status == LH_OK; i++)
        status = make_part(a->low[i], i, a->rank, error);
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
        a && a->number ? make_parts(a, error) : lh_fail_memory(error, "an adaptation");
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
    for (size_t i = 0; i < a->lows; i++) {
        lh_panels_free(&a->low[i]->a);
        lh_panels_free(&a->low[i]->b);
        free(a->low[i]->signs);
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

lh_status lh_adaptation_check(const lh_adaptation *a, const lh_network *n, lh_error *error)
{
    return lh_architecture_same(&a->architecture, &n->architecture)
               ? LH_OK
               : lh_fail(error, LH_ERROR_ARGUMENT, "an adaptation of another network");
}

lh_status lh_adaptation_changed(lh_adaptation *a, const lh_network *n, lh_error *error)
{
    LH_NEED(error, a && n, LH_ERROR_ARGUMENT);
    const lh_status status = lh_adaptation_check(a, n, error);
    if (status != LH_OK)
        return status;
    for (size_t i = 0; i < a->lows && a->rank > 0; i++)
        if (rows_of(a->low[i]) > 0)
            lh_panels_fill(&a->low[i]->b, 0, (int)a->rank, a->number + a->low[i]->first);
    for (size_t l = 0; l < a->layers; l++) {
        const lh_free_part *own = &a->layer[l].own;
        for (size_t i = 0; i < own->count; i++)
            a->layer[l].own_weights[i] = n->arena[own->offset + i] + a->number[own->first + i];
    }
    return LH_OK;
}

/* ---- as weights --------------------------------------------------------------------------------
 */

/* Adds row `r` of A B to `to` [columns]. */
static void add_row(const lh_adaptation *a, const lh_low_rank *part, size_t r, lh_real *to)
{
    const lh_real *signs = part->signs + r * a->rank;
    for (size_t k = 0; k < a->rank; k++) {
        const lh_real *b = a->number + part->first + k * part->columns;
        for (size_t j = 0; j < part->columns; j++)
            to[j] += signs[k] * b[j];
    }
}

static void add_part(const lh_adaptation *a, const lh_low_rank *part, lh_real *arena)
{
    for (size_t r = 0; r < rows_of(part) && a->rank > 0; r++) {
        const bool upper = r < part->rows[0];
        const size_t row = upper ? r : r - part->rows[0];
        add_row(a, part, r, arena + part->offset[upper ? 0 : 1] + row * part->columns);
    }
}

lh_status lh_adaptation_apply(const lh_adaptation *a, const lh_network *from, lh_network *to,
                              lh_error *error)
{
    LH_NEED(error, a && from && to && from != to, LH_ERROR_ARGUMENT);
    lh_status status = lh_adaptation_check(a, from, error);
    if (status == LH_OK)
        status = lh_adaptation_check(a, to, error);
    if (status != LH_OK)
        return status;
    memcpy(to->arena, from->arena, from->arena_size * sizeof *to->arena);
    for (size_t i = 0; i < a->frees; i++)
        for (size_t j = 0; j < a->free[i]->count; j++)
            to->arena[a->free[i]->offset + j] += a->number[a->free[i]->first + j];
    for (size_t i = 0; i < a->lows; i++)
        add_part(a, a->low[i], to->arena);
    lh_network_changed(to);
    return LH_OK;
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
