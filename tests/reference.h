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

/* N layers of H cells, M mixture components, K window components, A characters.
 *
 *   layer{n}.input     [3 + A + H][4 H]  rows: x (3); w (A, synthesis only); h of the layer below
 *                                        (H, not in layer 1). Columns: i, f, g, o, each H wide
 *   layer{n}.recurrent [H][4 H]
 *   layer{n}.peephole  [3][H]            w_ci, w_cf, w_co
 *   layer{n}.bias      [1][4 H]
 *   window.weight      [H][3 K]          columns: alpha^, beta^, kappa^   (synthesis only)
 *   window.bias        [1][3 K]
 *   output.weight      [N H][1 + 6 M]    rows: h of layer 1, 2, ...
 *   output.bias        [1][1 + 6 M]      e^, pi^, mu_x, mu_y, sigma^_x, sigma^_y, rho^ */
typedef struct reference {
    lh_architecture architecture;
    int count; /* tensors, in the order of the list above */
    reference_tensor tensor[4 * LH_LAYERS_MAX + 4];
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

/* Section 4.1 for one step: what the raw outputs y^ [1 + 6 M] say about the point x[3]. Adds to
 * `loss` and, unless NULL, sets dy [1 + 6 M] = dL/dy^. */
void reference_mixture(const double *y, int M, const double x[3], lh_loss *loss, double *dy);

#endif
