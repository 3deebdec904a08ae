/* A step at a time: the network as it writes. Same equations as forward.c, for the rows of a state
 * instead of a recorded batch; each layer's inputs lie side by side, so that a layer is one product
 * with all its weights, or two where its cells keep the recurrent one apart. */
#include "bounds.h"
#include "kernels.h"
#include "pack.h"
#include "state.h"

#include <string.h>

/* Sums [rows][width] begin with the bias. */
static void begin_sums(const lh_real *bias, lh_real *sums, size_t width, int rows)
{
    for (int r = 0; r < rows; r++)
        memcpy(sums + (size_t)r * width, bias, width * sizeof *bias);
}

/* Puts `values` [rows][value_width] into the inputs of layer `layer` at column `column`. */
static void put(lh_state *s, size_t layer, size_t column, const lh_real *values, size_t stride,
                size_t value_width, int rows)
{
    for (int r = 0; r < rows; r++)
        memcpy(s->input[layer] + (size_t)r * s->width[layer] + column, values + (size_t)r * stride,
               value_width * sizeof *values);
}

/* What the rows' adaptations add to the sums of a layer. */
static void adapt_layer(lh_state *s, size_t layer, int rows)
{
    const size_t gates = s->size.gates;
    for (int r = 0; r < rows; r++) {
        const lh_adaptation *a = s->adaptation[r];
        if (!a)
            continue;
        const lh_adapted_layer *part = &a->layer[layer];
        lh_real *sums = s->gates[layer] + (size_t)r * gates;
        lh_adapted_bias(a, &part->bias, sums);
        lh_adapted_product(a, &part->inputs, s->input[layer] + (size_t)r * s->width[layer], sums);
        if (s->cell->apart)
            lh_adapted_product(a, &part->recurrent, lh_state_own_h(s, layer, r),
                               s->recurrent[layer] + (size_t)r * gates);
    }
}

/* Likewise to sums [rows][columns] of the window or of the output. */
static void adapt_sums(const lh_state *s, lh_adapted which, const lh_real *x, int rows,
                       lh_real *sums, size_t columns)
{
    for (int r = 0; r < rows; r++, sums += columns, x += s->size.hidden) {
        const lh_adaptation *a = s->adaptation[r];
        if (!a)
            continue;
        lh_adapted_bias(a, &a->sums[which].bias, sums);
        lh_adapted_product(a, &a->sums[which].weight, x, sums);
    }
}

/* The cells of rows first to end - 1, which have the same adaptation. */
static void cells(const lh_network *n, lh_state *s, size_t layer, int first, int end)
{
    const lh_sizes *z = &s->size;
    const size_t row = (size_t)first;
    const lh_adaptation *a = s->adaptation[first];
    lh_real *carried = s->carried[layer] + row * z->carried;
    n->cell->forward(end - first, (int)z->cells,
                     &(lh_cell_forward){
                         .gates = s->gates[layer] + row * z->gates,
                         .recurrent = n->cell->apart ? s->recurrent[layer] + row * z->gates : NULL,
                         .h_previous = lh_state_own_h(s, layer, first),
                         .h_previous_stride = s->width[layer],
                         .carried_previous = carried,
                         .carried = carried,
                         .h = s->h + row * z->hidden + n->layer[layer].column,
                         .h_stride = z->hidden,
                         .own = a ? a->layer[layer].own_weights : n->arena + n->layer[layer].own,
                     });
}

static void layer_step(const lh_network *n, lh_state *s, size_t layer, int rows)
{
    const lh_kernels *kernels = lh_kernels_get();
    const lh_sizes *z = &s->size;
    const lh_step_layer *packed = &n->packed->step_layer[layer];
    const lh_real *h = s->h + n->layer[layer].column;
    begin_sums(n->arena + n->layer[layer].bias, s->gates[layer], z->gates, rows);
    kernels->product(rows, s->input[layer], s->width[layer], &packed->inputs, s->gates[layer],
                     z->gates);
    if (n->cell->apart) {
        memset(s->recurrent[layer], 0, (size_t)rows * z->gates * sizeof *h);
        kernels->product(rows, lh_state_own_h(s, layer, 0), s->width[layer], &packed->recurrent,
                         s->recurrent[layer], z->gates);
    }
    adapt_layer(s, layer, rows);
    for (int first = 0, end; first < rows; first = end) {
        for (end = first + 1; end < rows; end++)
            if (s->adaptation[end] != s->adaptation[first])
                break;
        cells(n, s, layer, first, end);
    }
    /* The hidden vector goes to this layer's next step and to the layer above. */
    put(s, layer, s->width[layer] - z->cells, h, z->hidden, z->cells, rows);
    if (layer + 1 < z->layers)
        put(s, layer + 1, n->layer[layer + 1].entering + z->shown, h, z->hidden, z->cells, rows);
}

/* alpha and beta as the window's kernel sees them. */
static void bounded_exp(int count, const lh_real *hat, lh_real low, lh_real high, lh_real *value)
{
    for (int k = 0; k < count; k++)
        value[k] = hat[k] < low ? low : hat[k] > high ? high : hat[k];
    lh_kernels_get()->exp(count, value, value);
}

static void window_step(const lh_network *n, lh_state *s, int rows)
{
    const lh_kernels *kernels = lh_kernels_get();
    const lh_sizes *z = &s->size;
    int windows = (int)z->windows;
    size_t hats = 3 * z->windows;
    begin_sums(n->arena + n->window_bias, s->hat, hats, rows);
    kernels->product(rows, s->h, z->hidden, &n->packed->step_window, s->hat, hats);
    adapt_sums(s, LH_ADAPTED_WINDOW, s->h, rows, s->hat, hats);
    for (int r = 0; r < rows; r++) {
        size_t row = (size_t)r;
        const lh_real *hat = s->hat + row * hats;
        lh_real *kappa = s->kappa + row * z->windows;
        const lh_state_text_row *text = &s->text[r];
        lh_real none[1];
        kernels->window_forward(windows, text->count, (int)z->shown, text->index, hat, kappa, kappa,
                                text->phi ? text->phi : none, s->w + row * z->shown);
        bounded_exp(windows, hat, LH_ALPHA_HAT_MIN, LH_ALPHA_HAT_MAX, s->alpha + row * z->windows);
        bounded_exp(windows, hat + z->windows, LH_BETA_HAT_MIN, LH_BETA_HAT_MAX,
                    s->beta + row * z->windows);
    }
}

void lh_network_step(const lh_network *n, lh_state *s, const lh_real *x, int rows)
{
    if (!(n && s && x && rows >= 1 && rows <= s->rows))
        return;
    const lh_sizes *z = &s->size;
    bool window = lh_network_has_window(n);
    /* Room for the packed weights was made with the state, so that this cannot fail. */
    lh_network_pack_steps(n, NULL);
    for (size_t layer = 0; layer < z->layers; layer++)
        put(s, layer, 0, x, z->inputs, n->layer[layer].entering, rows);
    if (window)
        put(s, 0, z->inputs, s->w, z->shown, z->shown, rows); /* w_{t-1} */
    layer_step(n, s, 0, rows);
    if (window) {
        window_step(n, s, rows);
        for (size_t layer = 1; layer < z->layers; layer++)
            put(s, layer, n->layer[layer].entering, s->w, z->shown, z->shown, rows);
    }
    for (size_t layer = 1; layer < z->layers; layer++)
        layer_step(n, s, layer, rows);
    begin_sums(n->arena + n->output_bias, s->output, z->outputs, rows);
    lh_kernels_get()->product(rows, s->h + z->speaks, z->hidden, &n->packed->step_output, s->output,
                              z->outputs);
    adapt_sums(s, LH_ADAPTED_OUTPUT, s->h + z->speaks, rows, s->output, z->outputs);
}
