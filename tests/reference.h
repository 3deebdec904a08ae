/* The networks of Graves 2013 (arXiv 1308.0850) as plainly as they can be written: scalar loops in
 * float64, one sequence at a time, every formula under its number in the paper. It shares no line
 * with src/nn and is what src/nn is measured against; read it first to understand the other.
 *
 * It knows nothing of lh_network: parameters are found by the tensor names of the model file and
 * are copied in by whoever compares (nn_fixture.h). Being a measuring stick of the tests it
 * aborts when there is no memory, and does not guard against extreme numbers. */
#ifndef LONGHAND_TESTS_REFERENCE_H
#define LONGHAND_TESTS_REFERENCE_H

#include <longhand/nn.h>

/* A matrix of parameters [rows][columns], input index first, and dL/d(each of them). */
typedef struct reference_tensor {
    char name[32];
    int rows, columns;
    double *value, *gradient; /* [rows][columns] */
} reference_tensor;

/* A kind of cell: what becomes of the sums of a layer's products, G blocks of H. `in` are those of
 * the bias and of what enters from elsewhere, `back` those of the recurrent weights, [G H]. */
typedef struct reference_cell {
    const char *name;
    int blocks; /* G */
    const char *own;
    int own_rows; /* weights of its own [rows][H] */
    void (*forward)(int H, const double *in, const double *back, const double *own,
                    const double *h_before, const double *c_before, double *gates, double *c,
                    double *h);
    /* From dL/dh and dL/dc (what layers above and the step after left there) to d_in, d_back [G H];
     * adds to d_own, dh_before and dc_before. */
    void (*backward)(int H, const double *back, const double *own, const double *h_before,
                     const double *c_before, const double *gates, const double *c, const double *dh,
                     double *dc, double clip, double *d_in, double *d_back, double *d_own,
                     double *dh_before, double *dc_before);
} reference_cell;

/* reference_cells.c; NULL when there is none of that name. */
const reference_cell *reference_cell_find(const char *name);

/* N layers of H cells, M mixture components, K window components, A characters, I numbers that
 * enter, G blocks of sums in a layer. A layer that goes from the last step to the first is called
 * layer{n}.reverse and stands behind its twin.
 *
 *   layer{n}.input     [I + A + H][G H]  rows: x (I); w (A, synthesis only); h of the layers below
 *                                        (H or 2 H, not in layer 1). Columns of LSTM: i, f, g, o
 *   layer{n}.recurrent [H][G H]
 *   layer{n}.peephole  [3][H]            w_ci, w_cf, w_co; or what another kind of cell has
 *   layer{n}.bias      [1][G H]
 *   window.weight      [H][3 K]          columns: alpha^, beta^, kappa^   (synthesis only)
 *   window.bias        [1][3 K]
 *   output.weight      [N H][outputs]    rows: h of layer 1, 2, ...
 *   output.bias        [1][outputs]      e^, pi^, mu_x, mu_y, sigma^_x, sigma^_y, rho^; or A
 *                                        symbols, of ctc A + 1
 */
typedef struct reference {
    lh_architecture architecture;
    const reference_cell *cell;
    int count; /* tensors, in the order of the list above */
    reference_tensor tensor[4 * LH_DIRECTIONS_MAX * LH_LAYERS_MAX + 4];
} reference;

reference *reference_new(const lh_architecture *architecture);
void reference_free(reference *net);
/* NULL when there is none of that name. */
reference_tensor *reference_find(reference *net, const char *name);
void reference_clear_gradient(reference *net);

/* The loss of one sequence. */
lh_loss reference_loss(reference *net, const lh_sequence *line);
/* The loss, and its gradient added to that of every tensor. */
lh_loss reference_gradient(reference *net, const lh_sequence *line, const lh_clipping *clipping);

/* |dL_t / dh_s| of layer n = 1..N at s = 1..t, to norms[(n - 1) T + s - 1], 0 behind t; t is
 * counted from 1. L_t is the loss of step t alone. One direction. */
void reference_reach(reference *net, const lh_sequence *line, int t, double *norms);

/* Section 4.1 for one step: what the raw outputs y^ [1 + 6 M] say about the point x[3]. Adds to
 * `loss` and, unless NULL, sets dy [1 + 6 M] = dL/dy^. */
void reference_mixture(const double *y, int M, const double x[3], lh_loss *loss, double *dy);
/* The same for a softmax over A symbols, of which `symbol` is asked for (-1: none). */
void reference_softmax(const double *y, int A, int symbol, lh_loss *loss, double *dy);
/* The same for A numbers, or bits, of which z [A] are asked for (NaN: not). */
void reference_targets(const double *y, int A, bool bits, const lh_real *z, lh_loss *loss,
                       double *dy);
/* The same for connectionist temporal classification: y^ of all steps u [T][A + 1], the text [U]
 * that is asked for; sets du [T][A + 1]. */
void reference_ctc(const double *u, int A, int T, const int32_t *text, int U, lh_loss *loss,
                   double *du);

#endif
