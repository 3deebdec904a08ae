/* Filling the store of packed weights: see pack.h. */
#include "pack.h"

#include "panels.h"

/* Packs the [rows][columns] matrix at `offset` of the arena, and its transpose if wanted. */
static lh_status pack(const lh_network *n, size_t offset, int rows, int columns, lh_panels *panels,
                      lh_panels *transpose, lh_error *error)
{
    const lh_real *matrix = n->arena + offset;
    lh_status status = lh_panels_reserve(panels, rows, columns, false, error);
    if (status == LH_OK)
        lh_panels_fill(panels, 0, rows, matrix);
    if (status == LH_OK && transpose)
        status = lh_panels_reserve(transpose, columns, rows, false, error);
    if (status == LH_OK && transpose)
        lh_panels_fill_transpose(transpose, matrix);
    return status;
}

static lh_status pack_layers(const lh_network *n, lh_error *error)
{
    lh_packed *p = n->packed;
    int cells = (int)n->size.cells, gates = (int)n->size.gates;
    lh_status status = LH_OK;
    for (size_t l = 0; l < n->size.layers && status == LH_OK && !n->cell->forgetful; l++)
        status = pack(n, n->layer[l].recurrent, cells, gates, &p->layer[l].recurrent,
                      &p->layer[l].recurrent_transpose, error);
    if (lh_network_reads(n) && status == LH_OK)
        status = pack(n, n->layer[0].input + n->size.inputs * n->size.gates, (int)n->size.shown,
                      gates, &p->window_input, &p->window_input_transpose, error);
    return status;
}

static lh_status pack_window(const lh_network *n, lh_error *error)
{
    if (!lh_network_reads(n))
        return LH_OK;
    return pack(n, n->window_weight, (int)n->size.cells, (int)n->size.told, &n->packed->window,
                &n->packed->window_transpose, error);
}

/* The [rows][columns] matrix at `offset` of the arena, and its transpose, in bfloat16. */
static lh_status pack_pairs(const lh_network *n, size_t offset, size_t rows, size_t columns,
                            lh_pair_panels *panels, lh_pair_panels *transpose, lh_error *error)
{
    const lh_bfloat16_kernels *kernels = lh_bfloat16_get();
    lh_status status = lh_pair_panels_reserve(panels, rows, columns, error);
    if (status == LH_OK)
        status = lh_pair_panels_reserve(transpose, columns, rows, error);
    if (status != LH_OK)
        return status;
    kernels->pack(n->arena + offset, panels);
    kernels->pack_transpose(n->arena + offset, transpose);
    return LH_OK;
}

static lh_status pack_layers_in_pairs(const lh_network *n, lh_error *error)
{
    const lh_sizes *z = &n->size;
    lh_status status = LH_OK;
    for (size_t l = 0; l < z->layers && status == LH_OK; l++) {
        const lh_layer *layer = &n->layer[l];
        lh_pair_layer *p = &n->packed->pairs[l];
        size_t window = layer->input + layer->entering * z->gates;
        size_t below = window + z->shown * z->gates;
        status = pack_pairs(n, layer->recurrent, z->cells, z->gates, &p->recurrent,
                            &p->recurrent_transpose, error);
        if (z->shown > 0 && status == LH_OK)
            status =
                pack_pairs(n, window, z->shown, z->gates, &p->window, &p->window_transpose, error);
        if (layer->below > 0 && status == LH_OK)
            status =
                pack_pairs(n, below, layer->below, z->gates, &p->below, &p->below_transpose, error);
    }
    return status;
}

/* A layer's input and recurrent matrices, one below the other, as one, unless the cell keeps them
 * apart. */
static lh_status pack_step_layer(const lh_network *n, size_t l, lh_error *error)
{
    const lh_layer *layer = &n->layer[l];
    lh_step_layer *p = &n->packed->step_layer[l];
    int gates = (int)n->size.gates, cells = (int)n->size.cells;
    int inputs = (int)(layer->entering + n->size.shown + layer->below);
    lh_panels *recurrent = n->cell->apart ? &p->recurrent : &p->inputs;
    int first = n->cell->apart ? 0 : inputs;
    const bool joined = !n->cell->apart && !n->cell->forgetful;
    lh_status status =
        lh_panels_reserve(&p->inputs, inputs + (joined ? cells : 0), gates, true, error);
    if (status == LH_OK && n->cell->apart)
        status = lh_panels_reserve(&p->recurrent, cells, gates, true, error);
    if (status != LH_OK)
        return status;
    lh_panels_fill(&p->inputs, 0, inputs, n->arena + layer->input);
    if (!n->cell->forgetful)
        lh_panels_fill(recurrent, first, cells, n->arena + layer->recurrent);
    return LH_OK;
}

static lh_status pack_step_matrix(const lh_network *n, size_t offset, int rows, int columns,
                                  lh_panels *panels, lh_error *error)
{
    lh_status status = lh_panels_reserve(panels, rows, columns, true, error);
    if (status == LH_OK)
        lh_panels_fill(panels, 0, rows, n->arena + offset);
    return status;
}

static lh_status pack_for_steps(const lh_network *n, lh_error *error)
{
    const lh_sizes *z = &n->size;
    lh_status status = LH_OK;
    for (size_t l = 0; l < z->layers && status == LH_OK; l++)
        status = pack_step_layer(n, l, error);
    if (lh_network_has_window(n) && status == LH_OK)
        status = pack_step_matrix(n, n->window_weight, (int)z->cells, (int)(3 * z->windows),
                                  &n->packed->step_window, error);
    if (status == LH_OK)
        status = pack_step_matrix(n, n->output_weight, (int)z->speaking, (int)z->outputs,
                                  &n->packed->step_output, error);
    return status;
}

static lh_status make_fresh(const lh_network *n, bool *fresh,
                            lh_status (*make)(const lh_network *, lh_error *), lh_error *error)
{
    lh_status status = LH_OK;
    pthread_mutex_lock(&n->packed->lock);
    if (!*fresh)
        status = make(n, error);
    *fresh = status == LH_OK;
    pthread_mutex_unlock(&n->packed->lock);
    return status;
}

lh_status lh_network_pack(const lh_network *n, bool pairs, lh_error *error)
{
    lh_status status = make_fresh(n, &n->packed->window_fresh, pack_window, error);
    if (status != LH_OK)
        return status;
    return pairs ? make_fresh(n, &n->packed->pairs_fresh, pack_layers_in_pairs, error)
                 : make_fresh(n, &n->packed->layers_fresh, pack_layers, error);
}

lh_status lh_network_pack_steps(const lh_network *n, lh_error *error)
{
    return make_fresh(n, &n->packed->steps_fresh, pack_for_steps, error);
}

static size_t panel_bytes(const lh_panels *b)
{
    return (size_t)b->k * (size_t)b->n * (b->half ? sizeof *b->half : sizeof *b->data);
}

size_t lh_network_step_bytes(const lh_network *n)
{
    const lh_packed *p = n->packed;
    size_t bytes = panel_bytes(&p->step_window) + panel_bytes(&p->step_output);
    for (size_t l = 0; l < n->size.layers; l++)
        bytes += panel_bytes(&p->step_layer[l].inputs) + panel_bytes(&p->step_layer[l].recurrent);
    return bytes;
}
