/* The network's weights in the order in which the small products read them; see network.h. */
#include "network.h"

#include <stdlib.h>

lh_packed *lh_packed_new(void)
{
    lh_packed *p = calloc(1, sizeof *p);
    if (p && pthread_mutex_init(&p->lock, NULL) != 0) {
        free(p);
        return NULL;
    }
    return p;
}

void lh_packed_free(lh_packed *p)
{
    if (!p)
        return;
    for (int l = 0; l < LH_LAYERS_MAX; l++) {
        lh_panels_free(&p->layer[l].recurrent);
        lh_panels_free(&p->layer[l].recurrent_transpose);
        lh_panels_free(&p->step_layer[l]);
        lh_pair_panels_free(&p->pairs[l].recurrent);
        lh_pair_panels_free(&p->pairs[l].recurrent_transpose);
        lh_pair_panels_free(&p->pairs[l].window);
        lh_pair_panels_free(&p->pairs[l].window_transpose);
        lh_pair_panels_free(&p->pairs[l].below);
        lh_pair_panels_free(&p->pairs[l].below_transpose);
    }
    lh_panels_free(&p->window_input);
    lh_panels_free(&p->window_input_transpose);
    lh_panels_free(&p->window);
    lh_panels_free(&p->window_transpose);
    lh_panels_free(&p->step_window);
    lh_panels_free(&p->step_output);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

void lh_network_changed(lh_network *network)
{
    if (!network)
        return;
    lh_packed *p = network->packed;
    p->fresh = p->window_fresh = p->pairs_fresh = p->step_fresh = p->fingerprint_fresh = false;
}

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
    const lh_architecture *a = &n->architecture;
    lh_packed *p = n->packed;
    int cells = a->cells, gates = lh_gates_size(a);
    lh_status status = LH_OK;
    for (int l = 0; l < a->layers && status == LH_OK; l++)
        status = pack(n, n->layer[l].recurrent, cells, gates, &p->layer[l].recurrent,
                      &p->layer[l].recurrent_transpose, error);
    if (a->kind == LH_SYNTHESIS && status == LH_OK)
        status = pack(n, n->layer[0].input + (size_t)(LH_INPUTS * gates), a->alphabet, gates,
                      &p->window_input, &p->window_input_transpose, error);
    return status;
}

static lh_status pack_window(const lh_network *n, lh_error *error)
{
    const lh_architecture *a = &n->architecture;
    if (a->kind != LH_SYNTHESIS)
        return LH_OK;
    return pack(n, n->window_weight, a->cells, 3 * a->windows, &n->packed->window,
                &n->packed->window_transpose, error);
}

/* The [rows][columns] matrix at `offset` of the arena, and its transpose, in bfloat16. */
static lh_status pack_pairs(const lh_network *n, size_t offset, int rows, int columns,
                            lh_pair_panels *panels, lh_pair_panels *transpose, lh_error *error)
{
    const lh_bfloat16_kernels *kernels = lh_bfloat16_get();
    lh_status status = lh_pair_panels_reserve(panels, (size_t)rows, (size_t)columns, error);
    if (status == LH_OK)
        status = lh_pair_panels_reserve(transpose, (size_t)columns, (size_t)rows, error);
    if (status != LH_OK)
        return status;
    kernels->pack(n->arena + offset, panels);
    kernels->pack_transpose(n->arena + offset, transpose);
    return LH_OK;
}

static lh_status pack_layers_in_pairs(const lh_network *n, lh_error *error)
{
    const lh_architecture *a = &n->architecture;
    int cells = a->cells, gates = lh_gates_size(a);
    lh_status status = LH_OK;
    for (int l = 0; l < a->layers && status == LH_OK; l++) {
        const lh_layer_view *view = &n->layer[l];
        lh_pair_layer *p = &n->packed->pairs[l];
        size_t window = view->input + (size_t)(LH_INPUTS * gates);
        size_t below = window + (size_t)(a->alphabet * gates);
        status = pack_pairs(n, view->recurrent, cells, gates, &p->recurrent,
                            &p->recurrent_transpose, error);
        if (a->alphabet > 0 && status == LH_OK)
            status =
                pack_pairs(n, window, a->alphabet, gates, &p->window, &p->window_transpose, error);
        if (l > 0 && status == LH_OK)
            status = pack_pairs(n, below, cells, gates, &p->below, &p->below_transpose, error);
    }
    return status;
}

/* A layer's input and recurrent matrices, one below the other, as one. */
static lh_status pack_step_layer(const lh_network *n, int l, lh_error *error)
{
    const lh_architecture *a = &n->architecture;
    lh_panels *panels = &n->packed->step_layer[l];
    int inputs = LH_INPUTS + a->alphabet + n->layer[l].below;
    lh_status status = lh_panels_reserve(panels, inputs + a->cells, lh_gates_size(a), true, error);
    if (status != LH_OK)
        return status;
    lh_panels_fill(panels, 0, inputs, n->arena + n->layer[l].input);
    lh_panels_fill(panels, inputs, a->cells, n->arena + n->layer[l].recurrent);
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
    const lh_architecture *a = &n->architecture;
    lh_status status = LH_OK;
    for (int l = 0; l < a->layers && status == LH_OK; l++)
        status = pack_step_layer(n, l, error);
    if (a->kind == LH_SYNTHESIS && status == LH_OK)
        status = pack_step_matrix(n, n->window_weight, a->cells, 3 * a->windows,
                                  &n->packed->step_window, error);
    if (status == LH_OK)
        status = pack_step_matrix(n, n->output_weight, a->layers * a->cells, lh_output_size(a),
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
                 : make_fresh(n, &n->packed->fresh, pack_layers, error);
}

lh_status lh_network_pack_steps(const lh_network *n, lh_error *error)
{
    return make_fresh(n, &n->packed->step_fresh, pack_for_steps, error);
}

static size_t panel_bytes(const lh_panels *b)
{
    return (size_t)b->k * (size_t)b->n * (b->half ? sizeof *b->half : sizeof *b->data);
}

size_t lh_network_step_bytes(const lh_network *n)
{
    const lh_packed *p = n->packed;
    size_t bytes = panel_bytes(&p->step_window) + panel_bytes(&p->step_output);
    for (int l = 0; l < n->architecture.layers; l++)
        bytes += panel_bytes(&p->step_layer[l]);
    return bytes;
}
