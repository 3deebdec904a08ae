/* Row-major products through CBLAS. */
#include "blas.h"

#include <cblas.h>

#ifdef LH_FLOAT64
#define GEMM cblas_dgemm
#else
#define GEMM cblas_sgemm
#endif

static void product(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, size_t m, size_t n, size_t k,
                    const lh_real *a, size_t lda, const lh_real *b, size_t ldb, lh_real *c,
                    size_t ldc)
{
    if (m && n && k)
        GEMM(CblasRowMajor, ta, tb, (blasint)m, (blasint)n, (blasint)k, 1, a, (blasint)lda, b,
             (blasint)ldb, 1, c, (blasint)ldc);
}

void lh_blas_nn(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
                size_t ldb, lh_real *c, size_t ldc)
{
    product(CblasNoTrans, CblasNoTrans, m, n, k, a, lda, b, ldb, c, ldc);
}

void lh_blas_tn(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
                size_t ldb, lh_real *c, size_t ldc)
{
    product(CblasTrans, CblasNoTrans, m, n, k, a, lda, b, ldb, c, ldc);
}

void lh_blas_nt(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
                size_t ldb, lh_real *c, size_t ldc)
{
    product(CblasNoTrans, CblasTrans, m, n, k, a, lda, b, ldb, c, ldc);
}

void lh_blas_single_threaded(void)
{
    openblas_set_num_threads(1);
}
