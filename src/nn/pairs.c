/* A shard's products in bfloat16: see pairs.h. */
#include "pairs.h"

/* Pairs in a row of each kind. */
static size_t h_width(const lh_network *n)
{
    return lh_pairs((size_t)n->architecture.cells);
}

static size_t w_width(const lh_network *n)
{
    return lh_pairs((size_t)n->architecture.alphabet);
}

static size_t dgates_width(const lh_network *n)
{
    return 2 * (size_t)n->architecture.cells;
}

enum { X_WIDTH = (LH_INPUTS + 1) / 2 };

static lh_pair *h_at(const lh_workspace *s, const lh_network *n, int layer, size_t row)
{
    return s->pairs.h + ((size_t)layer * s->rows + row) * h_width(n);
}

/* ---- memory -------------------------------------------------------------------------------------
 */

/* The row of the same sequence one step earlier, or -1. */
static void fill_past(lh_workspace *s)
{
    for (int t = 0; t < s->steps; t++)
        for (int b = 0; b < s->active[t]; b++)
            s->pairs.past[s->start[t] + (size_t)b] =
                t > 0 ? (int32_t)(s->start[t - 1] + (size_t)b) : -1;
}

lh_status lh_pairs_begin(lh_workspace *s, const lh_network *n, size_t chunk, lh_error *error)
{
    const lh_architecture *a = &n->architecture;
    lh_shard_pairs *p = &s->pairs;
    size_t cells = (size_t)a->cells, alphabet = (size_t)a->alphabet;
    size_t widest = alphabet > cells ? alphabet : cells;
    const struct {
        void **place;
        size_t count, size;
    } parts[] = {
        {(void **)&p->x, s->rows * X_WIDTH, sizeof *p->x},
        {(void **)&p->h, (size_t)a->layers * s->rows * h_width(n), sizeof *p->h},
        {(void **)&p->w, s->rows * w_width(n), sizeof *p->w},
        {(void **)&p->dgates, chunk * dgates_width(n), sizeof *p->dgates},
        {(void **)&p->past, s->rows, sizeof *p->past},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        *parts[i].place =
            lh_shard_room(s, LH_SHARD_SLOTS_PAIRS + (int)i, parts[i].count, parts[i].size);
        if (!*parts[i].place)
            return lh_fail_memory(error, "the activations of a batch");
    }
    lh_status status = lh_pair_panels_reserve(&p->dgates_panels, chunk, 4 * cells, error);
    if (status == LH_OK)
        status = lh_pair_panels_reserve(&p->factor_panels, chunk, widest, error);
    if (status != LH_OK)
        return status;
    p->kernels->convert(s->rows, LH_INPUTS, s->x, LH_INPUTS, p->x, X_WIDTH);
    fill_past(s);
    return LH_OK;
}

void lh_pairs_free(lh_workspace *s)
{
    lh_pair_panels_free(&s->pairs.dgates_panels);
    lh_pair_panels_free(&s->pairs.factor_panels);
}

/* ---- forward ------------------------------------------------------------------------------------
 */

void lh_pairs_keep_h(lh_workspace *s, const lh_network *n, int layer, int t)
{
    size_t cells = (size_t)n->architecture.cells, stride = (size_t)n->architecture.layers * cells;
    s->pairs.kernels->convert((size_t)s->active[t], cells,
                              s->h + s->start[t] * stride + (size_t)layer * cells, stride,
                              h_at(s, n, layer, s->start[t]), h_width(n));
}

void lh_pairs_keep_w(lh_workspace *s, const lh_network *n, int t)
{
    size_t alphabet = (size_t)n->architecture.alphabet;
    s->pairs.kernels->convert((size_t)s->active[t], alphabet, s->w + s->start[t] * alphabet,
                              alphabet, s->pairs.w + s->start[t] * w_width(n), w_width(n));
}

void lh_pairs_recurrent(const lh_workspace *s, const lh_network *n, int layer, int t,
                        lh_real *gates)
{
    s->pairs.kernels->product((size_t)s->active[t], h_at(s, n, layer, s->start[t - 1]), h_width(n),
                              &n->packed->pairs[layer].recurrent, gates,
                              (size_t)lh_gates_size(&n->architecture));
}

void lh_pairs_window_input(const lh_workspace *s, const lh_network *n, int t, lh_real *gates)
{
    s->pairs.kernels->product((size_t)s->active[t], s->pairs.w + s->start[t - 1] * w_width(n),
                              w_width(n), &n->packed->pairs[0].window, gates,
                              (size_t)lh_gates_size(&n->architecture));
}

void lh_pairs_inputs(const lh_workspace *s, const lh_network *n, int layer, lh_real *gates)
{
    const lh_pair_layer *weights = &n->packed->pairs[layer];
    size_t width = (size_t)lh_gates_size(&n->architecture);
    s->pairs.kernels->product(s->rows, s->pairs.w, w_width(n), &weights->window, gates, width);
    s->pairs.kernels->product(s->rows, h_at(s, n, layer - 1, 0), h_width(n), &weights->below, gates,
                              width);
}

/* ---- backward -----------------------------------------------------------------------------------
 */

/* The kept derivatives of step t, in a chunk that begins at `row`. */
static lh_pair *dgates_at(const lh_workspace *s, const lh_network *n, size_t row, int t)
{
    return s->pairs.dgates + (s->start[t] - row) * dgates_width(n);
}

void lh_pairs_keep_dgates(lh_workspace *s, const lh_network *n, size_t row, int t,
                          const lh_real *dgates)
{
    size_t width = (size_t)lh_gates_size(&n->architecture);
    s->pairs.kernels->convert((size_t)s->active[t], width, dgates, width, dgates_at(s, n, row, t),
                              dgates_width(n));
}

void lh_pairs_recurrent_back(const lh_workspace *s, const lh_network *n, int layer, size_t row,
                             int t, lh_real *dh)
{
    s->pairs.kernels->product((size_t)s->active[t], dgates_at(s, n, row, t), dgates_width(n),
                              &n->packed->pairs[layer].recurrent_transpose, dh,
                              (size_t)n->architecture.cells);
}

void lh_pairs_window_input_back(const lh_workspace *s, const lh_network *n, size_t row, int t,
                                lh_real *dw)
{
    s->pairs.kernels->product((size_t)s->active[t], dgates_at(s, n, row, t), dgates_width(n),
                              &n->packed->pairs[0].window_transpose, dw,
                              (size_t)n->architecture.alphabet);
}

void lh_pairs_inputs_back(const lh_workspace *s, const lh_network *n, int layer, size_t rows,
                          lh_real *dw, lh_real *dh)
{
    const lh_architecture *a = &n->architecture;
    const lh_pair_layer *weights = &n->packed->pairs[layer];
    s->pairs.kernels->product(rows, s->pairs.dgates, dgates_width(n), &weights->window_transpose,
                              dw, (size_t)a->alphabet);
    s->pairs.kernels->product(rows, s->pairs.dgates, dgates_width(n), &weights->below_transpose, dh,
                              (size_t)(a->layers * a->cells));
}

/* C [width][4H] += factor^T dgates over the chunk. `factor` has rows of lh_pairs(width) pairs, of
 * which `row_of` [rows] names the chunk's, or of which they are the first. */
static void weights_of(lh_shard_pairs *p, const lh_pair *factor, size_t width,
                       const int32_t *row_of, lh_real *c)
{
    lh_pair_panels *panels = &p->factor_panels;
    panels->k = p->dgates_panels.k;
    panels->n = width;
    p->kernels->gather(factor, lh_pairs(width), row_of, panels);
    p->kernels->product_transposed(panels, &p->dgates_panels, c, p->dgates_panels.n);
}

void lh_pairs_weights(lh_workspace *s, const lh_network *n, int layer, size_t row, size_t rows,
                      lh_real *gradient)
{
    const lh_architecture *a = &n->architecture;
    lh_shard_pairs *p = &s->pairs;
    size_t cells = (size_t)a->cells, gates = 4 * cells, alphabet = (size_t)a->alphabet;
    const int32_t *past = p->past + row;
    p->dgates_panels.k = rows;
    p->dgates_panels.n = gates;
    p->kernels->gather(p->dgates, dgates_width(n), NULL, &p->dgates_panels);

    lh_real *input = gradient + n->layer[layer].input;
    weights_of(p, p->x + row * X_WIDTH, LH_INPUTS, NULL, input);
    input += LH_INPUTS * gates;
    if (alphabet > 0 && layer == 0)
        weights_of(p, p->w, alphabet, past, input);
    else if (alphabet > 0)
        weights_of(p, p->w + row * w_width(n), alphabet, NULL, input);
    input += alphabet * gates;
    if (layer > 0)
        weights_of(p, h_at(s, n, layer - 1, row), cells, NULL, input);
    weights_of(p, h_at(s, n, layer, 0), cells, past, gradient + n->layer[layer].recurrent);
}
