/* A batch's products in bfloat16: see pairs.h. */
#include "pairs.h"

/* Pairs in a row of each kind. */
static size_t x_width(const lh_network *n)
{
    return lh_pairs(n->size.inputs);
}

static size_t h_width(const lh_network *n)
{
    return lh_pairs(n->size.cells);
}

static size_t w_width(const lh_network *n)
{
    return lh_pairs(n->size.shown);
}

static size_t dgates_width(const lh_network *n)
{
    return lh_pairs(n->size.gates);
}

static lh_pair *h_at(const lh_workspace *s, const lh_network *n, size_t layer, size_t row)
{
    return s->pairs.h + (layer * s->batch.rows + row) * h_width(n);
}

static size_t active(const lh_workspace *s, int t)
{
    return (size_t)s->batch.active[t];
}

/* ---- memory -------------------------------------------------------------------------------------
 */

lh_status lh_pairs_check(const lh_network *n, lh_error *error)
{
    if (!n->cell->bfloat16)
        return lh_fail(error, LH_ERROR_ARGUMENT, "cells of kind %s have no products in bfloat16",
                       n->cell->name);
    if (lh_directions(&n->architecture) > 1)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "layers that go in both directions have no products in bfloat16");
    if (n->memory)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "a network with a memory has no products in bfloat16");
    return LH_OK;
}

/* The row of the same sequence one step earlier, or -1. */
static void fill_past(lh_workspace *s)
{
    const lh_batch *batch = &s->batch;
    for (int t = 0; t < batch->steps; t++)
        for (int b = 0; b < batch->active[t]; b++)
            s->pairs.past[batch->start[t] + (size_t)b] =
                t > 0 ? (int32_t)(batch->start[t - 1] + (size_t)b) : -1;
}

lh_status lh_pairs_begin(lh_workspace *s, const lh_network *n, bool backward, lh_error *error)
{
    lh_workspace_pairs *p = &s->pairs;
    const lh_sizes *z = &n->size;
    size_t rows = s->batch.rows, chunk = backward ? lh_batch_largest_chunk(&s->batch) : 0;
    size_t widest = z->shown > z->cells ? z->shown : z->cells;
    widest = z->inputs > widest ? z->inputs : widest;
    lh_rooms_begin(&p->rooms);
    p->x = lh_rooms_take(&p->rooms, (uint64_t)rows * x_width(n), sizeof *p->x);
    p->h = lh_rooms_take(&p->rooms, (uint64_t)z->layers * rows * h_width(n), sizeof *p->h);
    p->w = lh_rooms_take(&p->rooms, (uint64_t)rows * w_width(n), sizeof *p->w);
    p->dgates = lh_rooms_take(&p->rooms, (uint64_t)chunk * dgates_width(n), sizeof *p->dgates);
    p->drecurrent = n->cell->apart ? lh_rooms_take(&p->rooms, (uint64_t)chunk * dgates_width(n),
                                                   sizeof *p->drecurrent)
                                   : p->dgates;
    p->past = lh_rooms_take(&p->rooms, rows, sizeof *p->past);
    if (p->rooms.failed)
        return lh_fail_memory(error, "the activations of a batch");
    lh_status status = lh_pair_panels_reserve(&p->dgates_panels, chunk, z->gates, error);
    if (status == LH_OK)
        status = lh_pair_panels_reserve(&p->factor_panels, chunk, widest, error);
    if (status != LH_OK)
        return status;
    p->kernels->convert(rows, z->inputs, s->x, z->inputs, p->x, x_width(n));
    fill_past(s);
    return LH_OK;
}

/* ---- forward ------------------------------------------------------------------------------------
 */

void lh_pairs_keep_h(lh_workspace *s, const lh_network *n, size_t layer, int t)
{
    s->pairs.kernels->convert(active(s, t), n->size.cells,
                              lh_at_step(s, s->h, t, n->size.hidden) + n->layer[layer].column,
                              n->size.hidden, h_at(s, n, layer, s->batch.start[t]), h_width(n));
}

void lh_pairs_keep_w(lh_workspace *s, const lh_network *n, int t)
{
    size_t shown = n->size.shown;
    s->pairs.kernels->convert(active(s, t), shown, lh_at_step(s, s->w, t, shown), shown,
                              s->pairs.w + s->batch.start[t] * w_width(n), w_width(n));
}

void lh_pairs_recurrent(const lh_workspace *s, const lh_network *n, size_t layer, int t,
                        lh_real *gates)
{
    s->pairs.kernels->product(active(s, t), h_at(s, n, layer, s->batch.start[t - 1]), h_width(n),
                              &n->packed->pairs[layer].recurrent, gates, n->size.gates);
}

void lh_pairs_window_input(const lh_workspace *s, const lh_network *n, int t, lh_real *gates)
{
    s->pairs.kernels->product(active(s, t), s->pairs.w + s->batch.start[t - 1] * w_width(n),
                              w_width(n), &n->packed->pairs[0].window, gates, n->size.gates);
}

void lh_pairs_inputs(const lh_workspace *s, const lh_network *n, size_t layer, lh_real *gates)
{
    const lh_pair_layer *weights = &n->packed->pairs[layer];
    size_t width = n->size.gates, rows = s->batch.rows;
    s->pairs.kernels->product(rows, s->pairs.w, w_width(n), &weights->window, gates, width);
    s->pairs.kernels->product(rows, h_at(s, n, layer - 1, 0), h_width(n), &weights->below, gates,
                              width);
}

/* ---- backward -----------------------------------------------------------------------------------
 */

/* Of derivatives `kept`, those of step t in a chunk that begins at `row`. */
static lh_pair *kept_at(const lh_workspace *s, const lh_network *n, lh_pair *kept, size_t row,
                        int t)
{
    return kept + (s->batch.start[t] - row) * dgates_width(n);
}

void lh_pairs_keep_dgates(lh_workspace *s, const lh_network *n, size_t layer, size_t row, int t)
{
    const lh_workspace_pairs *p = &s->pairs;
    const size_t width = n->size.gates, rows = active(s, t);
    p->kernels->convert(rows, width, lh_at_layer_step(s, s->gates, layer, t, width), width,
                        kept_at(s, n, p->dgates, row, t), dgates_width(n));
    if (n->cell->apart)
        p->kernels->convert(rows, width, lh_at_layer_step(s, s->recurrent, layer, t, width), width,
                            kept_at(s, n, p->drecurrent, row, t), dgates_width(n));
}

void lh_pairs_recurrent_back(const lh_workspace *s, const lh_network *n, size_t layer, size_t row,
                             int t, lh_real *dh)
{
    s->pairs.kernels->product(active(s, t), kept_at(s, n, s->pairs.drecurrent, row, t),
                              dgates_width(n), &n->packed->pairs[layer].recurrent_transpose, dh,
                              n->size.cells);
}

void lh_pairs_window_input_back(const lh_workspace *s, const lh_network *n, size_t row, int t,
                                lh_real *dw)
{
    s->pairs.kernels->product(active(s, t), kept_at(s, n, s->pairs.dgates, row, t), dgates_width(n),
                              &n->packed->pairs[0].window_transpose, dw, n->size.shown);
}

void lh_pairs_inputs_back(const lh_workspace *s, const lh_network *n, size_t layer, size_t rows,
                          lh_real *dw, lh_real *dh)
{
    const lh_pair_layer *weights = &n->packed->pairs[layer];
    s->pairs.kernels->product(rows, s->pairs.dgates, dgates_width(n), &weights->window_transpose,
                              dw, n->size.shown);
    s->pairs.kernels->product(rows, s->pairs.dgates, dgates_width(n), &weights->below_transpose, dh,
                              n->size.hidden);
}

/* C [width][G H] += factor^T dgates over the chunk. `factor` has rows of lh_pairs(width) pairs, of
 * which `row_of` [rows] names the chunk's, or of which they are the first. */
static void weights_of(lh_workspace_pairs *p, const lh_pair *factor, size_t width,
                       const int32_t *row_of, lh_real *c)
{
    lh_pair_panels *panels = &p->factor_panels;
    panels->k = p->dgates_panels.k;
    panels->n = width;
    p->kernels->gather(factor, lh_pairs(width), row_of, panels);
    p->kernels->product_transposed(panels, &p->dgates_panels, c, p->dgates_panels.n);
}

void lh_pairs_weights(lh_workspace *s, const lh_network *n, size_t layer, size_t row, size_t rows,
                      lh_real *gradient)
{
    const lh_sizes *z = &n->size;
    lh_workspace_pairs *p = &s->pairs;
    const int32_t *past = p->past + row;
    p->dgates_panels.k = rows;
    p->dgates_panels.n = z->gates;
    p->kernels->gather(p->dgates, dgates_width(n), NULL, &p->dgates_panels);

    lh_real *input = gradient + n->layer[layer].input;
    const size_t entering = n->layer[layer].entering;
    if (entering > 0)
        weights_of(p, p->x + row * x_width(n), entering, NULL, input);
    input += entering * z->gates;
    if (z->shown > 0 && layer == 0)
        weights_of(p, p->w, z->shown, past, input);
    else if (z->shown > 0)
        weights_of(p, p->w + row * w_width(n), z->shown, NULL, input);
    input += z->shown * z->gates;
    if (layer > 0)
        weights_of(p, h_at(s, n, layer - 1, row), z->cells, NULL, input);
    if (n->cell->apart)
        p->kernels->gather(p->drecurrent, dgates_width(n), NULL, &p->dgates_panels);
    weights_of(p, h_at(s, n, layer, 0), z->cells, past, gradient + n->layer[layer].recurrent);
}
