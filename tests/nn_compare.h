/* The networks of src/nn beside the plain reference: the same parameters in both, and the
 * comparison of what they make of a batch. */
#ifndef LONGHAND_TESTS_NN_COMPARE_H
#define LONGHAND_TESTS_NN_COMPARE_H

#include "nn_lines.h"
#include "reference.h"

/* A network and all that a gradient of it needs; fails the test when something cannot be made. */
typedef struct nn_bench {
    lh_network *network;
    lh_workspace *workspace;
    lh_real *gradient; /* [arena size] */
    size_t size;       /* of the arena */
    reference *plain;  /* the same parameters; its gradient is the expected one */
    reference *fast;   /* gets the network's gradient in the reference's order */
} nn_bench;

/* Parameters normal with the deviation `scale` (biases, peepholes) or scale / sqrt(rows) (weight
 * matrices), kappa^ lowered so that the window takes several steps a character. */
nn_bench nn_bench_new(const lh_architecture *architecture, uint64_t seed, double scale);
void nn_bench_free(nn_bench *bench);

/* Parameters from bench->plain to the network (rounding them to lh_real in both). */
void nn_bench_set(nn_bench *bench);
/* The network's loss over the lines and its gradient, which is also copied to bench->fast.
 * `losses` [count] or NULL. */
lh_loss nn_fast_gradient(nn_bench *bench, const lh_sequence *lines, int count,
                         const lh_clipping *clipping, lh_loss *losses);
lh_loss nn_fast_loss(nn_bench *bench, const lh_sequence *lines, int count);
/* The same from the reference; the gradient is left in bench->plain. */
lh_loss nn_plain_gradient(nn_bench *bench, const lh_sequence *lines, int count,
                          const lh_clipping *clipping);

double nn_total(lh_loss loss);
/* Fails unless all three sums agree but for a relative error of `tolerance`. */
void nn_check_loss(lh_loss loss, lh_loss expected, double tolerance);
/* Fails unless each derivative agrees: |difference| < tolerance x the larger of the two and of a
 * hundredth of the root mean square of its tensor (a sum that cancels cannot be better). */
void nn_check_gradient(const reference *gradient, const reference *expected, double tolerance);
/* |gradient - expected| / |expected| over a tensor, Euclidean norms; fails over `tolerance`. */
void nn_check_gradient_norms(const reference *gradient, const reference *expected,
                             double tolerance);
/* Fails unless parameters outside of all tensors have no gradient. */
void nn_check_padding(const nn_bench *bench);

#endif
