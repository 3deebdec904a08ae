/* Row-major products through CBLAS (OpenBLAS). */
#include "blas.h"

#include <cblas.h>
#include <stdio.h>
#include <string.h>

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

static void nn(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
               size_t ldb, lh_real *c, size_t ldc)
{
    product(CblasNoTrans, CblasNoTrans, m, n, k, a, lda, b, ldb, c, ldc);
}

static void tn(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
               size_t ldb, lh_real *c, size_t ldc)
{
    product(CblasTrans, CblasNoTrans, m, n, k, a, lda, b, ldb, c, ldc);
}

static void nt(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
               size_t ldb, lh_real *c, size_t ldc)
{
    product(CblasNoTrans, CblasTrans, m, n, k, a, lda, b, ldb, c, ldc);
}

static void set_threads(int threads)
{
    openblas_set_num_threads(threads);
}

static void describe(char *name, size_t size)
{
    /* The configuration begins with name and version: "OpenBLAS 0.3.21 NO_LAPACKE ...". */
    const char *config = openblas_get_config();
    size_t end = strcspn(config, " ");
    if (config[end] == ' ')
        end += 1 + strcspn(config + end + 1, " ");
    snprintf(name, size, "%.*s, kernels %s", (int)end, config, openblas_get_corename());
}

const lh_blas *lh_blas_get(lh_error *error)
{
    static const lh_blas blas = {nn, tn, nt, set_threads, describe};
    (void)error; /* what is linked is there */
    set_threads(1);
    return &blas;
}
