/* The one place that knows CBLAS: row-major products in the working precision. */
#ifndef LONGHAND_NN_BLAS_H
#define LONGHAND_NN_BLAS_H

#include <longhand/nn.h>

/* C [m][n] += A [m][k] x B [k][n]. */
void lh_blas_nn(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
                size_t ldb, lh_real *c, size_t ldc);
/* C [m][n] += A^T x B with A [k][m]. */
void lh_blas_tn(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
                size_t ldb, lh_real *c, size_t ldc);
/* C [m][n] += A x B^T with B [n][k]. */
void lh_blas_nt(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
                size_t ldb, lh_real *c, size_t ldc);

/* Makes BLAS run on the thread that calls it: parallel work is cut into shards above it. */
void lh_blas_single_threaded(void);

#endif
