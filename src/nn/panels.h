/* Packing matrices into the panels that the kernels read. */
#ifndef LONGHAND_NN_PANELS_H
#define LONGHAND_NN_PANELS_H

#include "kernels.h"

/* Makes room for a B [k][n] where there is none yet; later calls with the same sizes cannot fail.
 * With `half`, in float16 where the kernels have it. */
lh_status lh_panels_reserve(lh_panels *b, int k, int n, bool half, lh_error *error);
/* Rows row..row + rows - 1 of B from `matrix` [rows][n]. */
void lh_panels_fill(lh_panels *b, int row, int rows, const lh_real *matrix);
/* All of B, in the working precision, the transpose of `matrix` [n][k]. */
void lh_panels_fill_transpose(lh_panels *b, const lh_real *matrix);
void lh_panels_free(lh_panels *b);

#endif
