/* The forward pass over a batch: the picture of the network, a function a layer.
 *
 *     x --+--> layer 1 --> layer 2 --> ... --> layer N      (x and w feed every layer,
 *         |      | ^          ^                   |          every layer feeds y^)
 *         |      v |          |                   v
 *         +-->  window w -----+---------------> output y^
 *
 * In the place of the window there may be a memory; what it shows then feeds y^ as well.
 *
 * Where layers go in both directions, each of these is two, one from the first step to the last and
 * one from the last to the first, and both feed both of the next. */
#include "forward.h"

#include "dropout.h"
#include "flush.h"
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
    if (past > 0 && !n->cell->forgetful)
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

/* The sums of a layer's gates at rows first..: bias + x W_x. */
static void start_gates(lh_workspace *s, const lh_network *n, size_t layer, size_t first,
                        size_t rows)
{
    const lh_sizes *z = &n->size;
    const lh_real *weights = n->arena + n->layer[layer].input;
    const lh_real *bias = n->arena + n->layer[layer].bias, *x = s->x + first * z->inputs;
    lh_real *gates = s->gates + (layer * s->batch.rows + first) * z->gates;
    if (n->layer[layer].entering == LH_INPUTS) {
        lh_kernels_get()->gates_start((int)rows, (int)z->gates, x, weights, bias, gates);
    } else {
        broadcast(gates, rows, bias, z->gates);
        if (n->layer[layer].entering > 0)
            s->blas->nn(rows, z->gates, z->inputs, x, z->inputs, weights, z->gates, gates,
                        z->gates);
    }
}

static void move_windows(lh_workspace *s, const lh_network *n, int t)
{
    const lh_kernels *kernels = lh_kernels_get();
    const lh_sizes *z = &n->size;
    size_t windows = z->windows, alphabet = z->shown, hats = z->told;
    const lh_real *hat = lh_at_step(s, s->hat, t, hats);
    for (int b = 0; b < s->batch.active[t]; b++) {
        size_t row = (size_t)b;
        const lh_sequence *line = s->batch.sorted[b];
        const lh_real *previous =
            t > 0 ? lh_at_step(s, s->kappa, t - 1, windows) + row * windows : s->zeros;
        kernels->window_forward((int)windows, line->characters, (int)alphabet, line->text,
                                hat + row * hats, previous,
                                lh_at_step(s, s->kappa, t, windows) + row * windows, s->phi,
                                lh_at_step(s, s->w, t, alphabet) + row * alphabet);
    }
}

static void move_memories(lh_workspace *s, const lh_network *n, int t)
{
    const lh_sizes *z = &n->size;
    const uint64_t flush = lh_flush_begin();
    for (int b = 0; b < s->batch.active[t]; b++)
        n->memory->forward(&z->memory,
                           &(lh_memory_forward){
                               .interface = lh_at_step(s, s->hat, t, z->told) + (size_t)b * z->told,
                               .before = lh_store_at(s, t - 1, b, z->kept),
                               .state = lh_store_at(s, t, b, z->kept),
                               .read = lh_at_step(s, s->w, t, z->shown) + (size_t)b * z->shown,
                               .scratch = s->within,
                           });
    lh_flush_end(flush);
}

/* (alpha^, beta^, kappa^), or the interface of a memory, = h1_t W_p + b_p, then w_t. */
static void window_step(lh_workspace *s, const lh_network *n, int t)
{
    const size_t told = n->size.told;
    lh_real *hat = lh_at_step(s, s->hat, t, told);
    int rows = s->batch.active[t];
    lh_lap lap = lh_lap_start();
    broadcast(hat, (size_t)rows, n->arena + n->window_bias, told);
    lh_kernels_get()->product(rows, lh_at_step(s, s->h, t, n->size.hidden), n->size.hidden,
                              &n->packed->window, hat, told);
    if (n->memory)
        move_memories(s, n, t);
    else
        move_windows(s, n, t);
    if (s->pairs.kernels)
        lh_pairs_keep_w(s, n, t);
    lh_lap_end(&lap, LH_PART_WINDOW);
}

/* A first layer meets the window of the step before, so it goes step by step throughout. More than
 * the pen's few numbers are worth a large product ahead of that. */
static void first_layer(lh_workspace *s, const lh_network *n, size_t layer)
{
    const lh_sizes *z = &n->size;
    bool window = lh_network_reads(n), ahead = z->inputs != LH_INPUTS;
    int steps = s->batch.steps;
    lh_lap lap = lh_lap_start();
    if (ahead)
        start_gates(s, n, layer, 0, s->batch.rows);
    lh_lap_end(&lap, LH_PART_INPUT);
    for (int i = 0; i < steps; i++) {
        int t = n->layer[layer].reverse ? steps - 1 - i : i, rows = s->batch.active[t];
        lh_real *gates = lh_at_layer_step(s, s->gates, layer, t, z->gates);
        lap = lh_lap_start();
        if (!ahead)
            start_gates(s, n, layer, s->batch.start[t], (size_t)rows);
        if (window && t > 0 && s->pairs.kernels)
            lh_pairs_window_input(s, n, t, gates);
        else if (window && t > 0)
            lh_kernels_get()->product(rows, lh_at_step(s, s->w, t - 1, z->shown), z->shown,
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
    const lh_real *weights = n->arena + layer->input + layer->entering * z->gates;
    lh_lap lap = lh_lap_start();
    start_gates(s, n, l, 0, rows);
    if (s->pairs.kernels) {
        lh_pairs_inputs(s, n, l, gates);
    } else {
        s->blas->nn(rows, z->gates, z->shown, s->w, z->shown, weights, z->gates, gates, z->gates);
        weights += z->shown * z->gates;
        s->blas->nn(rows, z->gates, layer->below, s->passed + layer->below_column, z->hidden,
                    weights, z->gates, gates, z->gates);
    }
    lh_lap_end(&lap, LH_PART_INPUT);
    for (int t = 0; t < steps; t++)
        layer_step(s, n, l, layer->reverse ? steps - 1 - t : t);
}

/* y^ = b + (h1, .., hN) W, and with a memory + w W. */
static void output_layer(lh_workspace *s, const lh_network *n)
{
    const lh_sizes *z = &n->size;
    size_t speaking = z->speaking, outputs = z->outputs, rows = s->batch.rows;
    lh_lap lap = lh_lap_start();
    broadcast(s->output, rows, n->arena + n->output_bias, outputs);
    s->blas->nn(rows, outputs, speaking, s->passed + z->speaks, z->hidden,
                n->arena + n->output_weight, outputs, s->output, outputs);
    if (n->memory)
        s->blas->nn(rows, outputs, z->shown, s->w, z->shown,
                    n->arena + n->output_weight + speaking * outputs, outputs, s->output, outputs);
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
    for (size_t layer = 0; layer < n->size.layers; layer++) {
        if (n->layer[layer].below > 0)
            upper_layer(s, n, layer);
        else
            first_layer(s, n, layer);
        drop_out(s, n, layer);
    }
    output_layer(s, n);
}
