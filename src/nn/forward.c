/* The forward pass over a shard: the picture of the network, a function a layer.
 *
 *     x --+--> layer 1 --> layer 2 --> ... --> layer N      (x and w feed every layer,
 *         |      | ^          ^                   |          every layer feeds y^)
 *         |      v |          |                   v
 *         +-->  window w -----+---------------> output y^
 */
#include "shard.h"

#include "blas.h"
#include "pairs.h"
#include "profile.h"

/* Rows of step t of an array [R][width]. */
static lh_real *at_step(lh_real *array, const lh_workspace *s, int t, size_t width)
{
    return array + s->start[t] * width;
}

/* h_{t-1} W_h on top of the sums in `gates`, then the step. */
static void lstm_step(lh_workspace *s, const lh_network *n, int layer, int t)
{
    const lh_kernels *kernels = lh_kernels_get();
    size_t cells = (size_t)n->architecture.cells, layers = (size_t)n->architecture.layers;
    size_t stride = layers * cells, column = (size_t)layer * cells;
    lh_real *gates = at_step(s->gates + (size_t)layer * s->rows * 4 * cells, s, t, 4 * cells);
    lh_real *c_all = s->c + (size_t)layer * s->rows * cells;
    const lh_real *c_previous = s->zeros;
    int rows = s->active[t];
    lh_lap lap = lh_lap_start();
    if (t > 0 && s->pairs.kernels)
        lh_pairs_recurrent(s, n, layer, t, gates);
    else if (t > 0)
        kernels->product(rows, at_step(s->h, s, t - 1, stride) + column, stride,
                         &n->packed->layer[layer].recurrent, gates, 4 * cells);
    if (t > 0)
        c_previous = at_step(c_all, s, t - 1, cells);
    lh_lap_end(&lap, LH_PART_RECURRENT);
    kernels->lstm_forward(rows, (int)cells, gates, c_previous, at_step(c_all, s, t, cells),
                          at_step(s->h, s, t, stride) + column, stride,
                          n->arena + n->layer[layer].peephole);
    if (s->pairs.kernels)
        lh_pairs_keep_h(s, n, layer, t);
    lh_lap_end(&lap, LH_PART_GATES);
}

/* (alpha^, beta^, kappa^) = h1_t W_p + b_p, then w_t. */
static void window_step(lh_workspace *s, const lh_network *n, int t)
{
    const lh_kernels *kernels = lh_kernels_get();
    const lh_architecture *a = &n->architecture;
    size_t windows = (size_t)a->windows, alphabet = (size_t)a->alphabet, hats = 3 * windows;
    size_t stride = (size_t)a->layers * (size_t)a->cells;
    lh_real *hat = at_step(s->hat, s, t, hats);
    int rows = s->active[t];
    lh_lap lap = lh_lap_start();
    for (int b = 0; b < rows; b++)
        for (size_t k = 0; k < hats; k++)
            hat[(size_t)b * hats + k] = n->arena[n->window_bias + k];
    kernels->product(rows, at_step(s->h, s, t, stride), stride, &n->packed->window, hat, hats);
    for (int b = 0; b < rows; b++) {
        size_t row = (size_t)b;
        const lh_real *previous =
            t > 0 ? at_step(s->kappa, s, t - 1, windows) + row * windows : s->zeros;
        kernels->window_forward((int)windows, s->sorted[b]->characters, (int)alphabet,
                                s->sorted[b]->text, hat + row * hats, previous,
                                at_step(s->kappa, s, t, windows) + row * windows, s->phi,
                                at_step(s->w, s, t, alphabet) + row * alphabet);
    }
    if (s->pairs.kernels)
        lh_pairs_keep_w(s, n, t);
    lh_lap_end(&lap, LH_PART_WINDOW);
}

/* The first layer meets the window of the step before, so it goes step by step throughout. */
static void first_layer(lh_workspace *s, const lh_network *n)
{
    const lh_kernels *kernels = lh_kernels_get();
    const lh_architecture *a = &n->architecture;
    size_t width = 4 * (size_t)a->cells, alphabet = (size_t)a->alphabet;
    bool window = a->kind == LH_SYNTHESIS;
    for (int t = 0; t < s->steps; t++) {
        lh_real *gates = at_step(s->gates, s, t, width);
        lh_lap lap = lh_lap_start();
        kernels->gates_start(s->active[t], (int)width, at_step(s->x, s, t, LH_INPUTS),
                             n->arena + n->layer[0].input, n->arena + n->layer[0].bias, gates);
        if (window && t > 0 && s->pairs.kernels)
            lh_pairs_window_input(s, n, t, gates);
        else if (window && t > 0)
            kernels->product(s->active[t], at_step(s->w, s, t - 1, alphabet), alphabet,
                             &n->packed->window_input, gates, width);
        lh_lap_end(&lap, LH_PART_INPUT);
        lstm_step(s, n, 0, t);
        if (window)
            window_step(s, n, t);
    }
}

/* A higher layer's inputs are known for all steps: x W_x + w_t W_w + h_t (below) W_h as large
 * products, then the recurrence. */
static void upper_layer(lh_workspace *s, const lh_network *n, int layer)
{
    const lh_architecture *a = &n->architecture;
    size_t cells = (size_t)a->cells, width = 4 * cells, alphabet = (size_t)a->alphabet;
    size_t stride = (size_t)a->layers * cells;
    const lh_real *weights = n->arena + n->layer[layer].input;
    lh_real *gates = s->gates + (size_t)layer * s->rows * width;
    lh_lap lap = lh_lap_start();
    lh_kernels_get()->gates_start((int)s->rows, (int)width, s->x, weights,
                                  n->arena + n->layer[layer].bias, gates);
    if (s->pairs.kernels) {
        lh_pairs_inputs(s, n, layer, gates);
    } else {
        weights += LH_INPUTS * width;
        s->blas->nn(s->rows, width, alphabet, s->w, alphabet, weights, width, gates, width);
        weights += alphabet * width;
        s->blas->nn(s->rows, width, cells, s->h + (size_t)(layer - 1) * cells, stride, weights,
                    width, gates, width);
    }
    lh_lap_end(&lap, LH_PART_INPUT);
    for (int t = 0; t < s->steps; t++)
        lstm_step(s, n, layer, t);
}

/* y^ = b + (h1, .., hN) W. */
static void output_layer(lh_workspace *s, const lh_network *n)
{
    const lh_architecture *a = &n->architecture;
    size_t hidden = (size_t)a->layers * (size_t)a->cells, outputs = (size_t)lh_output_size(a);
    const lh_real *bias = n->arena + n->output_bias;
    lh_lap lap = lh_lap_start();
    for (size_t row = 0; row < s->rows; row++)
        for (size_t j = 0; j < outputs; j++)
            s->output[row * outputs + j] = bias[j];
    s->blas->nn(s->rows, outputs, hidden, s->h, hidden, n->arena + n->output_weight, outputs,
                s->output, outputs);
    lh_lap_end(&lap, LH_PART_OUTPUT);
}

void lh_shard_forward(lh_workspace *s, const lh_network *n)
{
    first_layer(s, n);
    for (int layer = 1; layer < n->architecture.layers; layer++)
        upper_layer(s, n, layer);
    output_layer(s, n);
}
