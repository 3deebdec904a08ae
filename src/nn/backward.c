/* Backpropagation through time over a batch, exact over the whole length.
 *
 * Steps are taken in chunks from the last to the first. Within a chunk the layers go from the
 * output down, each through its steps backwards; what a layer hands to itself at an earlier step
 * (dL/dh, dL/dc, dL/dw, dL/dkappa) is carried from chunk to chunk. dL/d sums takes the place of the
 * gate activations; weight gradients are large products over a chunk's rows. Where layers go in
 * both directions all steps are one chunk. */
#include "backward.h"

#include "dropout.h"
#include "flush.h"
#include "kernels.h"
#include "learnt.h"
#include "pairs.h"
#include "profile.h"

#include <math.h>
#include <string.h>

/* What the functions below share: a chunk of steps [first, end) and where things lie. */
typedef struct lh_chunk {
    lh_workspace *s;
    const lh_network *n;
    lh_real *gradient;
    lh_real clip;
    int steps; /* of a stretch that derivatives do not leave; 0: the whole line is one */
    int first, end;
    size_t row, rows; /* first row and number of rows */
} chunk;

static const lh_real *arena(const chunk *k, size_t offset)
{
    return k->n->arena + offset;
}

/* The last of the steps from `t` on whose rows lie one behind the other, as do their pasts: as long
 * as no sequence of the `rows` begins or ends. */
static int last_of_run(const chunk *k, bool reverse, int t, int rows)
{
    const lh_batch *batch = &k->s->batch;
    int last = t, from;
    while (last + 1 < k->end && batch->active[last] == rows &&
           batch->active[reverse ? last + 1 : last - 1] == rows &&
           lh_batch_past(batch, last + 1, reverse, &from) == rows)
        last++;
    return last;
}

/* dL/dW of W [width][columns] at `offset` from `rows` rows of x [stride] and of d [columns]. */
static void learn(const chunk *k, size_t offset, size_t width, size_t columns, size_t rows,
                  const lh_real *x, size_t stride, const lh_real *d)
{
    lh_learnt_weights(k->s,
                      &(lh_learnt_product){.offset = offset,
                                           .width = width,
                                           .columns = columns,
                                           .rows = rows,
                                           .x = x,
                                           .stride = stride,
                                           .d = d},
                      k->gradient);
}

/* The same for W [width][G H] by past_{t-1} and d_t, summed over the chunk's steps t that have a
 * past, a product for each run of steps. `past` is [R][stride], `d` [R][G H]. */
static void past_gradient(const chunk *k, bool reverse, const lh_real *past, size_t stride,
                          size_t width, const lh_real *d, size_t offset)
{
    const lh_workspace *s = k->s;
    size_t gates = k->n->size.gates;
    for (int t = k->first; t < k->end; t++) {
        int from, rows = lh_batch_past(&s->batch, t, reverse, &from);
        if (rows == 0)
            continue;
        int last = last_of_run(k, reverse, t, rows);
        learn(k, offset, width, gates, (size_t)rows * (size_t)(last - t + 1),
              past + s->batch.start[from] * stride, stride, d + s->batch.start[t] * gates);
        t = last;
    }
}

/* The cells of rows first..last - 1 of step t, whose past is at step `from`, or nothing (-1). */
static void cells(const chunk *k, size_t l, int t, int first, int last, int from)
{
    lh_workspace *s = k->s;
    const lh_network *n = k->n;
    const lh_layer *layer = &n->layer[l];
    const lh_sizes *z = &n->size;
    size_t row = (size_t)first, carry = l * (size_t)s->batch.sequences + row;
    size_t local = s->batch.start[t] - k->row + row;
    bool past = from >= 0;
    if (last > first)
        n->cell->backward(
            last - first, (int)z->cells,
            &(lh_cell_backward){
                .gates = lh_at_layer_step(s, s->gates, l, t, z->gates) + row * z->gates,
                .recurrent = n->cell->apart ? lh_at_layer_step(s, s->recurrent, l, t, z->gates) +
                                                  row * z->gates
                                            : NULL,
                .h_previous =
                    past ? lh_at_step(s, s->h, from, z->hidden) + layer->column : s->zeros,
                .h_previous_stride = past ? z->hidden : z->cells,
                .carried = lh_at_layer_step(s, s->carried, l, t, z->carried) + row * z->carried,
                .carried_previous =
                    past ? lh_at_layer_step(s, s->carried, l, from, z->carried) : s->zeros,
                .dh = s->dh + local * z->hidden + layer->column,
                .dh_stride = z->hidden,
                .dh_carry = s->dh_carry + carry * z->cells,
                .d_carried = s->d_carried + carry * z->carried,
                .own = arena(k, layer->own),
                .d_own = lh_learnt_freely(s, layer->own, k->gradient),
                .d_bias = lh_learnt_freely(s, layer->bias, k->gradient),
                .clip = k->clip,
            });
}

/* |dL/dh_t| of each row: by what is above at t and by the step after. */
static void keep_norms(const chunk *k, size_t layer, int t, const lh_real *carry)
{
    const lh_sizes *z = &k->n->size;
    const lh_batch *batch = &k->s->batch;
    for (int b = 0; b < batch->active[t]; b++) {
        const size_t row = batch->start[t] + (size_t)b;
        const lh_real *above = k->s->dh + (row - k->row) * z->hidden + k->n->layer[layer].column;
        double sum = 0;
        for (size_t i = 0; i < z->cells; i++) {
            const double d = (double)above[i] + (double)carry[(size_t)b * z->cells + i];
            sum += d * d;
        }
        k->s->dh_norm[layer * batch->rows + row] = sqrt(sum);
    }
}

/* dL/d sums of the recurrent products of a layer, [R][G H]. */
static lh_real *recurrent_sums(const chunk *k, size_t layer)
{
    lh_workspace *s = k->s;
    lh_real *all = k->n->cell->apart ? s->recurrent : s->gates;
    return all + layer * s->batch.rows * k->n->size.gates;
}

/* Whether a stretch ends with step t: what the step after hands back counts for nothing. */
static bool ends_stretch(const chunk *k, int t)
{
    return k->steps > 0 && (t + 1) % k->steps == 0;
}

static void forget_layer(const chunk *k, size_t layer)
{
    const lh_sizes *z = &k->n->size;
    const size_t rows = (size_t)k->s->batch.sequences, first = layer * rows;
    memset(k->s->dh_carry + first * z->cells, 0, rows * z->cells * sizeof(lh_real));
    memset(k->s->d_carried + first * z->carried, 0, rows * z->carried * sizeof(lh_real));
}

static void forget_window(const chunk *k)
{
    const lh_sizes *z = &k->n->size;
    const size_t rows = (size_t)k->s->batch.sequences;
    memset(k->s->dw_carry, 0, rows * z->shown * sizeof(lh_real));
    memset(k->s->d_kappa, 0, rows * z->windows * sizeof(lh_real));
    memset(k->s->d_store, 0, rows * z->kept * sizeof(lh_real));
}

/* One step of one layer backwards: dL/d sums in place of the gates, then
 * dL/dh_{t-1} += d_t W_h^T as the carry. */
static void layer_step(const chunk *k, size_t layer, int t)
{
    lh_workspace *s = k->s;
    const lh_network *n = k->n;
    const lh_sizes *z = &n->size;
    int from, past = lh_batch_past(&s->batch, t, n->layer[layer].reverse, &from);
    lh_real *carry = s->dh_carry + layer * (size_t)s->batch.sequences * z->cells;
    if (ends_stretch(k, t))
        forget_layer(k, layer);
    if (s->dh_norm)
        keep_norms(k, layer, t, carry);
    lh_lap lap = lh_lap_start();
    cells(k, layer, t, 0, past, from);
    cells(k, layer, t, past, s->batch.active[t], -1);
    lh_lap_end(&lap, LH_PART_GATES);
    if (s->pairs.kernels)
        lh_pairs_keep_dgates(s, n, layer, k->row, t);
    if (past > 0 && s->pairs.kernels)
        lh_pairs_recurrent_back(s, n, layer, k->row, t, carry);
    else if (past > 0 && !n->cell->forgetful)
        lh_kernels_get()->product(past, lh_at_step(s, recurrent_sums(k, layer), t, z->gates),
                                  z->gates, &n->packed->layer[layer].recurrent_transpose, carry,
                                  z->cells);
    lh_lap_end(&lap, LH_PART_RECURRENT);
}

/* The chunk's steps of a layer, from the last that it takes to the first. */
static int step_back(const chunk *k, size_t layer, int i)
{
    return k->n->layer[layer].reverse ? k->first + i : k->end - 1 - i;
}

/* What of y^ is w W: dL/dW, dL/dw. */
static void output_of_memory(const chunk *k, const lh_real *dy)
{
    lh_workspace *s = k->s;
    size_t shown = k->n->size.shown, outputs = k->n->size.outputs;
    const size_t weight = k->n->output_weight + k->n->size.speaking * outputs;
    learn(k, weight, shown, outputs, k->rows, s->w + k->row * shown, shown, dy);
    s->blas->nt(k->rows, shown, outputs, dy, outputs, arena(k, weight), outputs, s->dw, shown);
}

/* y^ = b + h W: dL/dW, dL/db, dL/dh of all layers. */
static void output_layer(const chunk *k)
{
    lh_workspace *s = k->s;
    const lh_sizes *z = &k->n->size;
    size_t hidden = z->hidden, outputs = z->outputs;
    const lh_real *dy = s->output + k->row * outputs;
    lh_real *d_bias = lh_learnt_freely(s, k->n->output_bias, k->gradient);
    lh_lap lap = lh_lap_start();
    for (size_t row = 0; row < k->rows; row++)
        for (size_t j = 0; j < outputs; j++)
            d_bias[j] += dy[row * outputs + j];
    learn(k, k->n->output_weight, z->speaking, outputs, k->rows,
          s->passed + k->row * hidden + z->speaks, hidden, dy);
    lh_lap_end(&lap, LH_PART_WEIGHTS);
    memset(s->dh, 0, k->rows * hidden * sizeof *s->dh);
    s->blas->nt(k->rows, z->speaking, outputs, dy, outputs, arena(k, k->n->output_weight), outputs,
                s->dh + z->speaks, hidden);
    if (k->n->memory)
        output_of_memory(k, dy);
    lh_lap_end(&lap, LH_PART_OUTPUT);
}

/* What a layer above the first hands to its inputs: dw [chunk rows][A] and dh of the layer below.
 * `d` is dL/d sums of the chunk. */
static void inputs_back(const chunk *k, size_t l, const lh_real *d)
{
    lh_workspace *s = k->s;
    const lh_sizes *z = &k->n->size;
    const lh_layer *layer = &k->n->layer[l];
    lh_real *dh = s->dh + layer->below_column;
    if (s->pairs.kernels) {
        lh_pairs_inputs_back(s, k->n, l, k->rows, s->dw, dh);
        return;
    }
    const lh_real *weights = arena(k, layer->input) + layer->entering * z->gates;
    s->blas->nt(k->rows, z->shown, z->gates, d, z->gates, weights, z->gates, s->dw, z->shown);
    weights += z->shown * z->gates;
    s->blas->nt(k->rows, layer->below, z->gates, d, z->gates, weights, z->gates, dh, z->hidden);
}

/* The gradient of a layer's input and recurrent weights; `d` is dL/d sums of the whole layer. */
static void layer_gradient(const chunk *k, size_t l, const lh_real *d)
{
    lh_workspace *s = k->s;
    const lh_sizes *z = &k->n->size;
    const lh_layer *layer = &k->n->layer[l];
    size_t gates = z->gates;
    if (s->pairs.kernels) {
        lh_pairs_weights(s, k->n, l, k->row, k->rows, k->gradient);
        return;
    }
    const lh_real *own = d + k->row * gates;
    const size_t shown = layer->input + layer->entering * gates;
    if (layer->entering > 0)
        learn(k, layer->input, z->inputs, gates, k->rows, s->x + k->row * z->inputs, z->inputs,
              own);
    if (layer->below == 0) {
        past_gradient(k, false, s->w, z->shown, z->shown, d, shown);
    } else {
        learn(k, shown, z->shown, gates, k->rows, s->w + k->row * z->shown, z->shown, own);
        learn(k, shown + z->shown * gates, layer->below, gates, k->rows,
              s->passed + k->row * z->hidden + layer->below_column, z->hidden, own);
    }
    if (!k->n->cell->forgetful)
        past_gradient(k, layer->reverse, s->h + layer->column, z->hidden, z->cells,
                      recurrent_sums(k, l), layer->recurrent);
}

static void upper_layer(const chunk *k, size_t layer)
{
    lh_workspace *s = k->s;
    size_t gates = k->n->size.gates;
    for (int i = 0; i < k->end - k->first; i++)
        layer_step(k, layer, step_back(k, layer, i));
    const lh_real *all = s->gates + layer * s->batch.rows * gates;
    lh_lap lap = lh_lap_start();
    layer_gradient(k, layer, all);
    lh_lap_end(&lap, LH_PART_WEIGHTS);
    inputs_back(k, layer, all + k->row * gates);
    lh_lap_end(&lap, LH_PART_INPUT);
}

/* The window of sequence b, from dL/dw to dL/d(alpha^, beta^, kappa^). */
static void window_back(const chunk *k, int t, int b, const lh_real *dw, lh_real *d_hat)
{
    const lh_workspace *s = k->s;
    const size_t windows = k->n->size.windows, row = s->batch.start[t] + (size_t)b;
    const lh_sequence *line = s->batch.sorted[b];
    lh_kernels_get()->window_backward((int)windows, line->characters, line->text,
                                      s->hat + row * 3 * windows, s->kappa + row * windows, dw,
                                      d_hat, s->d_kappa + (size_t)b * windows);
}

static void memory_back(const chunk *k, int t, int b, const lh_real *dw, lh_real *d_hat)
{
    const lh_workspace *s = k->s;
    const lh_sizes *z = &k->n->size;
    k->n->memory->backward(&z->memory,
                           &(lh_memory_backward){
                               .interface = s->hat + (s->batch.start[t] + (size_t)b) * z->told,
                               .before = lh_store_at(s, t - 1, b, z->kept),
                               .state = lh_store_at(s, t, b, z->kept),
                               .d_read = dw,
                               .d_state = s->d_store + (size_t)b * z->kept,
                               .d_interface = d_hat,
                               .scratch = s->within,
                           });
}

/* dL/dw_t from the layers above at t and from the first layer at t + 1, through the window to
 * dL/dh1_t. */
static void window_step(const chunk *k, int t)
{
    lh_workspace *s = k->s;
    const lh_sizes *z = &k->n->size;
    size_t shown = z->shown, told = z->told, local = s->batch.start[t] - k->row;
    lh_real *d_hat = s->d_hat + local * told;
    lh_lap lap = lh_lap_start();
    for (int b = 0; b < s->batch.active[t]; b++) {
        lh_real *dw = s->dw + (local + (size_t)b) * shown;
        lh_real *carry = s->dw_carry + (size_t)b * shown;
        for (size_t j = 0; j < shown; j++)
            dw[j] += carry[j];
        (k->n->memory ? memory_back : window_back)(k, t, b, dw, d_hat + (size_t)b * told);
    }
    lh_kernels_get()->product(s->batch.active[t], d_hat, told, &k->n->packed->window_transpose,
                              s->dh + local * z->hidden, z->hidden);
    lh_lap_end(&lap, LH_PART_WINDOW);
}

/* dL/dw_{t-1} = d_t W_w^T. */
static void window_input_back(const chunk *k, int t)
{
    lh_workspace *s = k->s;
    size_t shown = k->n->size.shown, gates = k->n->size.gates;
    lh_lap lap = lh_lap_start();
    memset(s->dw_carry, 0, (size_t)s->batch.active[t] * shown * sizeof *s->dw_carry);
    if (s->pairs.kernels)
        lh_pairs_window_input_back(s, k->n, k->row, t, s->dw_carry);
    else
        lh_kernels_get()->product(s->batch.active[t], lh_at_step(s, s->gates, t, gates), gates,
                                  &k->n->packed->window_input_transpose, s->dw_carry, shown);
    lh_lap_end(&lap, LH_PART_INPUT);
}

static void window_gradient(const chunk *k)
{
    lh_workspace *s = k->s;
    const lh_sizes *z = &k->n->size;
    size_t hats = z->told;
    lh_real *d_bias = lh_learnt_freely(s, k->n->window_bias, k->gradient);
    for (size_t row = 0; row < k->rows; row++)
        for (size_t j = 0; j < hats; j++)
            d_bias[j] += s->d_hat[row * hats + j];
    learn(k, k->n->window_weight, z->cells, hats, k->rows, s->h + k->row * z->hidden, z->hidden,
          s->d_hat);
}

static void first_layer(const chunk *k, size_t layer)
{
    lh_workspace *s = k->s;
    bool window = lh_network_reads(k->n);
    for (int i = 0; i < k->end - k->first; i++) {
        int t = step_back(k, layer, i);
        if (window && ends_stretch(k, t))
            forget_window(k);
        if (window)
            window_step(k, t);
        layer_step(k, layer, t);
        if (window && t > 0)
            window_input_back(k, t);
    }
    lh_lap lap = lh_lap_start();
    if (window)
        window_gradient(k);
    layer_gradient(k, layer, s->gates + layer * s->batch.rows * k->n->size.gates);
    lh_lap_end(&lap, LH_PART_WEIGHTS);
}

/* dL/dh of a layer, of which the layers above saw what did not drop out. */
static void drop_out(const chunk *k, size_t layer)
{
    const lh_sizes *z = &k->n->size;
    const size_t column = k->n->layer[layer].column;
    lh_real *dh = k->s->dh + column;
    if (k->s->mask)
        lh_dropout_apply(k->rows, z->hidden, z->cells, dh, k->s->mask + k->row * z->hidden + column,
                         dh);
}

void lh_backward(lh_workspace *s, const lh_network *n, const lh_clipping *clipping,
                 lh_real *gradient)
{
    const lh_batch *batch = &s->batch;
    const uint64_t flush = lh_flush_begin();
    for (size_t layer = 0; layer < n->size.layers; layer++)
        forget_layer(&(chunk){.s = s, .n = n}, layer);
    forget_window(&(chunk){.s = s, .n = n});
    for (int end = batch->steps; end > 0;) {
        int first = lh_batch_chunk(batch, end);
        const chunk k = {.s = s,
                         .n = n,
                         .gradient = gradient,
                         .clip = (lh_real)(clipping ? clipping->cell : 0),
                         .steps = clipping ? clipping->steps : 0,
                         .first = first,
                         .end = end,
                         .row = batch->start[first],
                         .rows = batch->start[end] - batch->start[first]};
        memset(s->dw, 0, k.rows * n->size.shown * sizeof *s->dw);
        output_layer(&k);
        for (size_t layer = n->size.layers; layer-- > 0;) {
            drop_out(&k, layer);
            if (n->layer[layer].below > 0)
                upper_layer(&k, layer);
            else
                first_layer(&k, layer);
        }
        end = first;
    }
    lh_flush_end(flush);
}
