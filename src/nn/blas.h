/* Row-major products in the working precision through CBLAS, which blas.c alone knows. A table of
 * functions, for the program `longhand` opens it only when it trains or evaluates: OpenBLAS takes
 * longer to load than a word takes to write. */
#ifndef LONGHAND_NN_BLAS_H
#define LONGHAND_NN_BLAS_H

#include <longhand/nn.h>

/* C [m][n] += a product of A and B; lda, ldb, ldc: from row to row as they lie in memory. */
typedef void lh_blas_product(size_t m, size_t n, size_t k, const lh_real *a, size_t lda,
                             const lh_real *b, size_t ldb, lh_real *c, size_t ldc);

typedef struct lh_blas {
    lh_blas_product *nn; /* A [m][k] x B [k][n] */
    lh_blas_product *tn; /* A^T x B with A [k][m] */
    lh_blas_product *nt; /* A x B^T with B [n][k] */
    /* Threads of one product. One, wherever parallel work is cut into shards above it. */
    void (*set_threads)(int threads);
    /* Name and version, and the kernels that it chose. */
    void (*describe)(char *name, size_t size);
} lh_blas;

/* BLAS, set to one thread; NULL where it cannot be opened. Never freed. */
const lh_blas *lh_blas_get(lh_error *error);

#endif
