/* Backpropagation through time over a shard, exact over the whole length.
 *
 * Steps are taken in chunks from the last to the first. Within a chunk the layers go from the
 * output down, each through its steps backwards; what a layer hands to itself at an earlier step
 * (dL/dh, dL/dc, dL/dw, dL/dkappa) is carried from chunk to chunk. dL/d pre-squashing takes the
 * place of the gate activations; weight gradients are large products over a chunk's rows. */
#include "shard.h"

#include "blas.h"
#include "pairs.h"
#include "profile.h"

#include <string.h>

/* What the functions below share: a chunk of steps [first, end) and where things lie. */
typedef struct lh_chunk {
    lh_workspace *s;
    const lh_network *n;
    lh_real *gradient;
    lh_real clip;
    int first, end;
    size_t row, rows; /* first row and number of rows */
} chunk;

static const lh_real *arena(const chunk *k, size_t offset)
{
    return k->n->arena + offset;
}

/* Sum over the chunk's steps t >= 1 of past_{t-1}^T dgates_t into `gradient` [width][4H]. Steps
 * with the same number of active rows lie one behind the other, and so do their pasts: each run of
 * them is one product. `past` is [R][stride]. */
static void past_gradient(const chunk *k, const lh_real *past, size_t stride, size_t width,
                          const lh_real *dgates, lh_real *gradient)
{
    const lh_workspace *s = k->s;
    size_t gates = 4 * (size_t)k->n->architecture.cells;
    for (int t = k->first > 0 ? k->first : 1; t < k->end;) {
        int last = t;
        if (s->active[t - 1] == s->active[t])
            while (last + 1 < k->end && s->active[last + 1] == s->active[t])
                last++;
        s->blas->tn(width, gates, s->start[last + 1] - s->start[t], past + s->start[t - 1] * stride,
                    stride, dgates + s->start[t] * gates, gates, gradient, gates);
        t = last + 1;
    }
}

/* One step of one layer backwards: dL/d pre-squashing in place of the gates, then
 * dL/dh_{t-1} = dgates_t W_h^T as the carry. */
static void lstm_step(const chunk *k, int layer, int t)
{
    const lh_kernels *kernels = lh_kernels_get();
    lh_workspace *s = k->s;
    const lh_network *n = k->n;
    const lh_layer_view *view = &n->layer[layer];
    size_t cells = (size_t)n->architecture.cells, stride = (size_t)n->architecture.layers * cells;
    size_t carried = (size_t)layer * (size_t)s->sequences * cells;
    lh_real *gates = s->gates + ((size_t)layer * s->rows + s->start[t]) * 4 * cells;
    const lh_real *c = s->c + (size_t)layer * s->rows * cells;
    int rows = s->active[t];
    lh_real *dh_carry = s->dh_carry + carried;
    const lh_lstm_backward_rows step = {
        .gates = gates,
        .c = c + s->start[t] * cells,
        .c_previous = t > 0 ? c + s->start[t - 1] * cells : s->zeros,
        .dh = s->dh + (s->start[t] - k->row) * stride + (size_t)layer * cells,
        .dh_stride = stride,
        .dh_carry = dh_carry,
        .dc_carry = s->dc_carry + carried,
        .peephole = arena(k, view->peephole),
        .d_peephole = k->gradient + view->peephole,
        .d_bias = k->gradient + view->bias,
        .clip = k->clip,
    };
    lh_lap lap = lh_lap_start();
    kernels->lstm_backward(rows, (int)cells, &step);
    lh_lap_end(&lap, LH_PART_GATES);
    memset(dh_carry, 0, (size_t)rows * cells * sizeof *dh_carry);
    if (s->pairs.kernels)
        lh_pairs_keep_dgates(s, n, k->row, t, gates);
    if (t > 0 && s->pairs.kernels)
        lh_pairs_recurrent_back(s, n, layer, k->row, t, dh_carry);
    else if (t > 0)
        kernels->product(rows, gates, 4 * cells, &n->packed->layer[layer].recurrent_transpose,
                         dh_carry, cells);
    lh_lap_end(&lap, LH_PART_RECURRENT);
}

/* y^ = b + h W: dL/dW, dL/db, dL/dh of all layers. */
static void output_layer(const chunk *k)
{
    lh_workspace *s = k->s;
    const lh_architecture *a = &k->n->architecture;
    size_t hidden = (size_t)a->layers * (size_t)a->cells, outputs = (size_t)lh_output_size(a);
    const lh_real *dy = s->output + k->row * outputs;
    lh_real *d_bias = k->gradient + k->n->output_bias;
    lh_lap lap = lh_lap_start();
    for (size_t row = 0; row < k->rows; row++)
        for (size_t j = 0; j < outputs; j++)
            d_bias[j] += dy[row * outputs + j];
    s->blas->tn(hidden, outputs, k->rows, s->h + k->row * hidden, hidden, dy, outputs,
                k->gradient + k->n->output_weight, outputs);
    lh_lap_end(&lap, LH_PART_WEIGHTS);
    memset(s->dh, 0, k->rows * hidden * sizeof *s->dh);
    s->blas->nt(k->rows, hidden, outputs, dy, outputs, arena(k, k->n->output_weight), outputs,
                s->dh, hidden);
    lh_lap_end(&lap, LH_PART_OUTPUT);
}

/* Gradient of the three rows for the pen inputs. `dgates` and `gradient` are a whole layer's. */
static void pen_gradient(const chunk *k, const lh_real *dgates, lh_real *gradient)
{
    lh_workspace *s = k->s;
    size_t gates = 4 * (size_t)k->n->architecture.cells;
    s->blas->tn(LH_INPUTS, gates, k->rows, s->x + k->row * LH_INPUTS, LH_INPUTS,
                dgates + k->row * gates, gates, gradient, gates);
}

/* What a layer above the first hands to its inputs: dw [chunk rows][A] and dh of the layer below.
 */
static void inputs_back(const chunk *k, int layer, const lh_real *dgates)
{
    lh_workspace *s = k->s;
    const lh_architecture *a = &k->n->architecture;
    size_t cells = (size_t)a->cells, gates = 4 * cells, alphabet = (size_t)a->alphabet;
    lh_real *dh = s->dh + (size_t)(layer - 1) * cells;
    if (s->pairs.kernels) {
        lh_pairs_inputs_back(s, k->n, layer, k->rows, s->dw, dh);
        return;
    }
    const lh_real *weights = arena(k, k->n->layer[layer].input) + LH_INPUTS * gates;
    s->blas->nt(k->rows, alphabet, gates, dgates, gates, weights, gates, s->dw, alphabet);
    weights += alphabet * gates;
    s->blas->nt(k->rows, cells, gates, dgates, gates, weights, gates, dh,
                (size_t)a->layers * cells);
}

/* The gradient of a layer's input and recurrent weights; `dgates` is the whole layer's. */
static void layer_gradient(const chunk *k, int layer, const lh_real *dgates)
{
    lh_workspace *s = k->s;
    const lh_architecture *a = &k->n->architecture;
    size_t cells = (size_t)a->cells, gates = 4 * cells, alphabet = (size_t)a->alphabet;
    size_t stride = (size_t)a->layers * cells;
    if (s->pairs.kernels) {
        lh_pairs_weights(s, k->n, layer, k->row, k->rows, k->gradient);
        return;
    }
    lh_real *gradient = k->gradient + k->n->layer[layer].input;
    pen_gradient(k, dgates, gradient);
    gradient += LH_INPUTS * gates;
    if (layer == 0) {
        past_gradient(k, s->w, alphabet, alphabet, dgates, gradient);
    } else {
        const lh_real *own = dgates + k->row * gates;
        s->blas->tn(alphabet, gates, k->rows, s->w + k->row * alphabet, alphabet, own, gates,
                    gradient, gates);
        gradient += alphabet * gates;
        s->blas->tn(cells, gates, k->rows, s->h + k->row * stride + (size_t)(layer - 1) * cells,
                    stride, own, gates, gradient, gates);
    }
    past_gradient(k, s->h + (size_t)layer * cells, stride, cells, dgates,
                  k->gradient + k->n->layer[layer].recurrent);
}

static void upper_layer(const chunk *k, int layer)
{
    lh_workspace *s = k->s;
    size_t gates = 4 * (size_t)k->n->architecture.cells;
    for (int t = k->end; t-- > k->first;)
        lstm_step(k, layer, t);
    const lh_real *all = s->gates + (size_t)layer * s->rows * gates;
    lh_lap lap = lh_lap_start();
    layer_gradient(k, layer, all);
    lh_lap_end(&lap, LH_PART_WEIGHTS);
    inputs_back(k, layer, all + k->row * gates);
    lh_lap_end(&lap, LH_PART_INPUT);
}

/* dL/dw_t from the layers above at t and from the first layer at t + 1, through the window to
 * dL/dh1_t. */
static void window_step(const chunk *k, int t)
{
    const lh_kernels *kernels = lh_kernels_get();
    lh_workspace *s = k->s;
    const lh_architecture *a = &k->n->architecture;
    size_t alphabet = (size_t)a->alphabet, windows = (size_t)a->windows, hats = 3 * windows;
    size_t stride = (size_t)a->layers * (size_t)a->cells, local = s->start[t] - k->row;
    lh_real *d_hat = s->d_hat + local * hats;
    lh_lap lap = lh_lap_start();
    for (int b = 0; b < s->active[t]; b++) {
        size_t row = (size_t)b;
        lh_real *dw = s->dw + (local + row) * alphabet;
        lh_real *carry = s->dw_carry + row * alphabet;
        for (size_t j = 0; j < alphabet; j++)
            dw[j] += carry[j];
        kernels->window_backward((int)windows, s->sorted[b]->characters, s->sorted[b]->text,
                                 s->hat + (s->start[t] + row) * hats,
                                 s->kappa + (s->start[t] + row) * windows, dw, d_hat + row * hats,
                                 s->d_kappa + row * windows);
    }
    kernels->product(s->active[t], d_hat, hats, &k->n->packed->window_transpose,
                     s->dh + local * stride, stride);
    lh_lap_end(&lap, LH_PART_WINDOW);
}

static void window_gradient(const chunk *k)
{
    lh_workspace *s = k->s;
    const lh_architecture *a = &k->n->architecture;
    size_t cells = (size_t)a->cells, stride = (size_t)a->layers * cells;
    size_t hats = 3 * (size_t)a->windows;
    lh_real *d_bias = k->gradient + k->n->window_bias;
    for (size_t row = 0; row < k->rows; row++)
        for (size_t j = 0; j < hats; j++)
            d_bias[j] += s->d_hat[row * hats + j];
    s->blas->tn(cells, hats, k->rows, s->h + k->row * stride, stride, s->d_hat, hats,
                k->gradient + k->n->window_weight, hats);
}

static void first_layer(const chunk *k)
{
    const lh_kernels *kernels = lh_kernels_get();
    lh_workspace *s = k->s;
    const lh_architecture *a = &k->n->architecture;
    size_t cells = (size_t)a->cells, gates = 4 * cells, alphabet = (size_t)a->alphabet;
    bool window = a->kind == LH_SYNTHESIS;
    for (int t = k->end; t-- > k->first;) {
        if (window)
            window_step(k, t);
        lstm_step(k, 0, t);
        if (window && t > 0) {
            /* dL/dw_{t-1} = dgates_t W_w^T. */
            lh_lap lap = lh_lap_start();
            memset(s->dw_carry, 0, (size_t)s->active[t] * alphabet * sizeof *s->dw_carry);
            if (s->pairs.kernels)
                lh_pairs_window_input_back(s, k->n, k->row, t, s->dw_carry);
            else
                kernels->product(s->active[t], s->gates + s->start[t] * gates, gates,
                                 &k->n->packed->window_input_transpose, s->dw_carry, alphabet);
            lh_lap_end(&lap, LH_PART_INPUT);
        }
    }
    lh_lap lap = lh_lap_start();
    if (window)
        window_gradient(k);
    layer_gradient(k, 0, s->gates);
    lh_lap_end(&lap, LH_PART_WEIGHTS);
}

static void clear_carries(lh_workspace *s, const lh_architecture *a)
{
    size_t sequences = (size_t)s->sequences, cells = (size_t)a->cells;
    size_t carried = (size_t)a->layers * sequences * cells;
    memset(s->dh_carry, 0, carried * sizeof(lh_real));
    memset(s->dc_carry, 0, carried * sizeof(lh_real));
    memset(s->dw_carry, 0, sequences * (size_t)a->alphabet * sizeof(lh_real));
    memset(s->d_kappa, 0, sequences * (size_t)a->windows * sizeof(lh_real));
}

void lh_shard_backward(lh_workspace *s, const lh_network *n, double lstm_clip, lh_real *gradient)
{
    clear_carries(s, &n->architecture);
    for (int end = s->steps; end > 0;) {
        int first = lh_shard_chunk(s, end);
        const chunk k = {.s = s,
                         .n = n,
                         .gradient = gradient,
                         .clip = (lh_real)lstm_clip,
                         .first = first,
                         .end = end,
                         .row = s->start[first],
                         .rows = s->start[end] - s->start[first]};
        memset(s->dw, 0, k.rows * (size_t)n->architecture.alphabet * sizeof *s->dw);
        output_layer(&k);
        for (int layer = n->architecture.layers; layer-- > 1;)
            upper_layer(&k, layer);
        first_layer(&k);
        end = first;
    }
}
