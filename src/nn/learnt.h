/* What a batch's gradient is of: all weights of the network, or the numbers of an adaptation beside
 * it. Backpropagation hands over what it finds; here it is put in its place. */
#ifndef LONGHAND_NN_LEARNT_H
#define LONGHAND_NN_LEARNT_H

#include "workspace.h"

/* A matrix W [width][columns] at `offset` in the arena, or its upper or lower rows: of the `rows`
 * rows of a product y = x W what went in, `x` [rows][stride], and dL/dy `d` [rows][columns]. */
typedef struct lh_learnt_product {
    size_t offset, width, columns, rows;
    const lh_real *x;
    size_t stride;
    const lh_real *d;
} lh_learnt_product;

/* dL/dW += x^T d; of an adaptation A B, dL/dB += (x A)^T d, which takes r products a number of d
 * where dL/dW takes `width`. */
void lh_learnt_weights(const lh_workspace *workspace, const lh_learnt_product *product,
                       lh_real *gradient);
/* Where dL/d of the bias or the own weights at `offset` is added up; NULL: they are not learnt. */
lh_real *lh_learnt_freely(const lh_workspace *workspace, size_t offset, lh_real *gradient);

#endif
