/* The forward pass over a batch: the picture of the network, a function a layer.
 *
 *     x --+--> layer 1 --> layer 2 --> ... --> layer N      (x and w feed every layer,
 *         |      | ^          ^                   |          every layer feeds y^)
 *         |      v |          |                   v
 *         +-->  window w -----+---------------> output y^
 *
 * Where layers go in both directions, each of these is two, one from the first step to the last and
 * one from the last to the first, and both feed both of the next. */
#include "forward.h"

#include "dropout.h"
#include "hands.h"
#include "kernels.h"
#include "pairs.h"
#include "profile.h"

#include <string.h>

/* h_{t-1} W_h for the first `rows` rows, on top of the sums in `sums`; `from` is the step before.
 */
static void recurrent(lh_workspace *s, const lh_network *n, size_t layer, int t, int rows, int from,
                      lh_real *sums)
{
    if (s->pairs.kernels)
        lh_pairs_recurrent(s, n, layer, t, sums);
    else
        lh_kernels_get()->product(
            rows, lh_at_step(s, s->h, from, n->size.hidden) + n->layer[layer].column,
            n->size.hidden, &n->packed->layer[layer].recurrent, sums, n->size.gates);
}

/* The cells of rows first..last - 1 of step t, whose past is at step `from`, or nothing (-1). */
static void cells(lh_workspace *s, const lh_network *n, size_t layer, int t, int first, int last,
                  int from)
{
    const lh_sizes *z = &n->size;
    size_t row = (size_t)first, column = n->layer[layer].column;
    bool past = from >= 0;
    if (last > first)
        n->cell->forward(
            last - first, (int)z->cells,
            &(lh_cell_forward){
                .gates = lh_at_layer_step(s, s->gates, layer, t, z->gates) + row * z->gates,
                .recurrent =
                    n->cell->apart
                        ? lh_at_layer_step(s, s->recurrent, layer, t, z->gates) + row * z->gates
                        : NULL,
                .h_previous = past ? lh_at_step(s, s->h, from, z->hidden) + column : s->zeros,
                .h_previous_stride = past ? z->hidden : z->cells,
                .carried_previous =
                    past ? lh_at_layer_step(s, s->carried, layer, from, z->carried) : s->zeros,
                .carried = lh_at_layer_step(s, s->carried, layer, t, z->carried) + row * z->carried,
                .h = lh_at_step(s, s->h, t, z->hidden) + row * z->hidden + column,
                .h_stride = z->hidden,
                .own = n->arena + n->layer[layer].own,
            });
}

/* What remains when the sums of what enters a layer are in its gates. */
static void layer_step(lh_workspace *s, const lh_network *n, size_t layer, int t)
{
    const lh_sizes *z = &n->size;
    int from, past = lh_batch_past(&s->batch, t, n->layer[layer].reverse, &from);
    int rows = s->batch.active[t];
    lh_real *sums = lh_at_layer_step(s, s->gates, layer, t, z->gates);
    lh_lap lap = lh_lap_start();
    if (n->cell->apart) {
        sums = lh_at_layer_step(s, s->recurrent, layer, t, z->gates);
        memset(sums, 0, (size_t)rows * z->gates * sizeof *sums);
    }
    if (past > 0)
        recurrent(s, n, layer, t, past, from, sums);
    lh_lap_end(&lap, LH_PART_RECURRENT);
    cells(s, n, layer, t, 0, past, from);
    cells(s, n, layer, t, past, rows, -1);
    if (s->pairs.kernels)
        lh_pairs_keep_h(s, n, layer, t);
    lh_lap_end(&lap, LH_PART_GATES);
}

/* Rows [rows][width] all alike. */
static void broadcast(lh_real *to, size_t rows, const lh_real *row, size_t width)
{
    for (size_t r = 0; r < rows; r++)
        memcpy(to + r * width, row, width * sizeof *row);
}

/* The sums of a layer's gates at steps first to end - 1: bias + x W_x. */
static void start_gates(lh_workspace *s, const lh_network *n, size_t layer, int first_step, int end)
{
    const lh_sizes *z = &n->size;
    const size_t first = s->batch.start[first_step], rows = s->batch.start[end] - first;
    const lh_real *weights = n->arena + n->layer[layer].input;
    const lh_real *bias = n->arena + n->layer[layer].bias, *x = s->x + first * z->inputs;
    lh_real *gates = s->gates + (layer * s->batch.rows + first) * z->gates;
    if (z->inputs == LH_INPUTS) {
        lh_kernels_get()->gates_start((int)rows, (int)z->gates, x, weights, bias, gates);
    } else {
        broadcast(gates, rows, bias, z->gates);
        s->blas->nn(rows, z->gates, z->inputs, x, z->inputs, weights, z->gates, gates, z->gates);
    }
    lh_hands_add(s, n, lh_hand_of_layer(n, layer), first_step, end, gates);
}

/* (alpha^, beta^, kappa^) = h1_t W_p + b_p, then w_t. */
static void window_step(lh_workspace *s, const lh_network *n, int t)
{
    const lh_kernels *kernels = lh_kernels_get();
    const lh_sizes *z = &n->size;
    size_t windows = z->windows, alphabet = z->alphabet, hats = 3 * windows;
    lh_real *hat = lh_at_step(s, s->hat, t, hats);
    int rows = s->batch.active[t];
    lh_lap lap = lh_lap_start();
    broadcast(hat, (size_t)rows, n->arena + n->window_bias, hats);
    lh_hands_add(s, n, lh_hand_of_window(n), t, t + 1, hat);
    kernels->product(rows, lh_at_step(s, s->h, t, z->hidden), z->hidden, &n->packed->window, hat,
                     hats);
    for (int b = 0; b < rows; b++) {
        size_t row = (size_t)b;
        const lh_sequence *line = s->batch.sorted[b];
        const lh_real *previous =
            t > 0 ? lh_at_step(s, s->kappa, t - 1, windows) + row * windows : s->zeros;
        kernels->window_forward((int)windows, line->characters, (int)alphabet, line->text,
                                hat + row * hats, previous,
                                lh_at_step(s, s->kappa, t, windows) + row * windows, s->phi,
                                lh_at_step(s, s->w, t, alphabet) + row * alphabet);
    }
    if (s->pairs.kernels)
        lh_pairs_keep_w(s, n, t);
    lh_lap_end(&lap, LH_PART_WINDOW);
}

/* A first layer meets the window of the step before, so it goes step by step throughout. More than
 * the pen's few numbers are worth a large product ahead of that. */
static void first_layer(lh_workspace *s, const lh_network *n, size_t layer)
{
    const lh_sizes *z = &n->size;
    bool window = lh_network_has_window(n), ahead = z->inputs != LH_INPUTS;
    int steps = s->batch.steps;
    lh_lap lap = lh_lap_start();
    if (ahead)
        start_gates(s, n, layer, 0, steps);
    lh_lap_end(&lap, LH_PART_INPUT);
    for (int i = 0; i < steps; i++) {
        int t = n->layer[layer].reverse ? steps - 1 - i : i, rows = s->batch.active[t];
        lh_real *gates = lh_at_layer_step(s, s->gates, layer, t, z->gates);
        lap = lh_lap_start();
        if (!ahead)
            start_gates(s, n, layer, t, t + 1);
        if (window && t > 0 && s->pairs.kernels)
            lh_pairs_window_input(s, n, t, gates);
        else if (window && t > 0)
            lh_kernels_get()->product(rows, lh_at_step(s, s->w, t - 1, z->alphabet), z->alphabet,
                                      &n->packed->window_input, gates, z->gates);
        lh_lap_end(&lap, LH_PART_INPUT);
        layer_step(s, n, layer, t);
        if (window)
            window_step(s, n, t);
    }
}

/* A higher layer's inputs are known for all steps: x W_x + w_t W_w + h_t (below) W_h as large
 * products, then the recurrence. */
static void upper_layer(lh_workspace *s, const lh_network *n, size_t l)
{
    const lh_sizes *z = &n->size;
    const lh_layer *layer = &n->layer[l];
    size_t rows = s->batch.rows;
    int steps = s->batch.steps;
    lh_real *gates = s->gates + l * rows * z->gates;
    const lh_real *weights = n->arena + layer->input + z->inputs * z->gates;
    lh_lap lap = lh_lap_start();
    start_gates(s, n, l, 0, steps);
    if (s->pairs.kernels) {
        lh_pairs_inputs(s, n, l, gates);
    } else {
        s->blas->nn(rows, z->gates, z->alphabet, s->w, z->alphabet, weights, z->gates, gates,
                    z->gates);
        weights += z->alphabet * z->gates;
        s->blas->nn(rows, z->gates, layer->below, s->passed + layer->below_column, z->hidden,
                    weights, z->gates, gates, z->gates);
    }
    lh_lap_end(&lap, LH_PART_INPUT);
    for (int t = 0; t < steps; t++)
        layer_step(s, n, l, layer->reverse ? steps - 1 - t : t);
}

/* y^ = b + (h1, .., hN) W. */
static void output_layer(lh_workspace *s, const lh_network *n)
{
    size_t hidden = n->size.hidden, outputs = n->size.outputs, rows = s->batch.rows;
    lh_lap lap = lh_lap_start();
    broadcast(s->output, rows, n->arena + n->output_bias, outputs);
    lh_hands_add(s, n, lh_hand_of_output(n), 0, s->batch.steps, s->output);
    s->blas->nn(rows, outputs, hidden, s->passed, hidden, n->arena + n->output_weight, outputs,
                s->output, outputs);
    lh_lap_end(&lap, LH_PART_OUTPUT);
}

/* What of a layer's h goes up. */
static void drop_out(lh_workspace *s, const lh_network *n, size_t layer)
{
    const size_t column = n->layer[layer].column;
    if (s->mask)
        lh_dropout_apply(s->batch.rows, n->size.hidden, n->size.cells, s->h + column,
                         s->mask + column, s->passed + column);
}

void lh_forward(lh_workspace *s, const lh_network *n)
{
    lh_hands_begin(s, n);
    for (size_t layer = 0; layer < n->size.layers; layer++) {
        if (n->layer[layer].below > 0)
            upper_layer(s, n, layer);
        else
            first_layer(s, n, layer);
        drop_out(s, n, layer);
    }
    output_layer(s, n);
}
