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

static void layer_step(const lh_network *n, lh_state *s, size_t layer, int rows)
{
    const lh_kernels *kernels = lh_kernels_get();
    const lh_sizes *z = &s->size;
    const lh_step_layer *packed = &n->packed->step_layer[layer];
    lh_real *h = s->h + n->layer[layer].column, *own_h = lh_state_own_h(s, layer, 0);
    begin_sums(n->arena + n->layer[layer].bias, s->gates[layer], z->gates, rows);
    kernels->product(rows, s->input[layer], s->width[layer], &packed->inputs, s->gates[layer],
                     z->gates);
    if (n->cell->apart) {
        memset(s->recurrent[layer], 0, (size_t)rows * z->gates * sizeof *h);
        kernels->product(rows, own_h, s->width[layer], &packed->recurrent, s->recurrent[layer],
                         z->gates);
    }
    n->cell->forward(rows, (int)z->cells,
                     &(lh_cell_forward){
                         .gates = s->gates[layer],
                         .recurrent = s->recurrent[layer],
                         .h_previous = own_h,
                         .h_previous_stride = s->width[layer],
                         .carried_previous = s->carried[layer],
                         .carried = s->carried[layer],
                         .h = h,
                         .h_stride = z->hidden,
                         .own = n->arena + n->layer[layer].own,
                     });
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
}
