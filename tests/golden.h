/* Losses and gradients of two small fixed networks that were computed outside of C: in numpy, the
 * gradients by complex steps. tools/golden.py makes golden_values.c and documents the patterns:
 *
 *   parameters  p[i] = 0.3 sin(i), i = 0.. running on through the tensors in the reference's
 *               order, row by row
 *   points      x_t = (cos t, sin(2 t) / 2, 1 if 3 divides t), t = 1..T
 *   text        (3 u + 1) mod A, u = 0..U-1 */
#ifndef LONGHAND_TESTS_GOLDEN_H
#define LONGHAND_TESTS_GOLDEN_H

#include "nn_lines.h"
#include "reference.h"

enum { GOLDEN_TENSORS_MAX = 16 };

typedef struct golden_network {
    lh_architecture architecture;
    int steps, characters;
    double loss[3]; /* mixture, end of stroke, squared error */
    /* Of each tensor sum_k cos(k) dL/dp[k], k = 0.. in the tensor, row by row. */
    struct {
        const char *name; /* NULL behind the last */
        double checksum;
    } tensor[GOLDEN_TENSORS_MAX];
} golden_network;

/* A synthesis network of two layers and a prediction network of three. */
extern const golden_network golden_networks[2];

void golden_fill(reference *net);
/* The one line of `golden`, to be freed with nn_lines_free. */
nn_lines golden_line(const golden_network *golden);
/* Fails the test unless `loss` and the gradients in `net` are the golden ones but for a relative
 * error of `tolerance`. */
void golden_check(const golden_network *golden, const reference *net, lh_loss loss,
                  double tolerance);

#endif
