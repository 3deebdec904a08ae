/* The large products, which elsewhere are those of a BLAS: plain loops over rows that the compiler
 * makes vectors of. Reading over and learning from ink need them. */
#include "nn/blas.h"

#include <stdio.h>

/* C's row gets B's row times a factor: the innermost loop of nn and tn. */
static inline void add_rows(size_t n, const lh_real *a, size_t step, const lh_real *b, size_t ldb,
                            size_t k, lh_real *restrict c)
{
    size_t l = 0;
    for (; l + 4 <= k; l += 4) {
        const lh_real a0 = a[l * step], a1 = a[(l + 1) * step], a2 = a[(l + 2) * step],
                      a3 = a[(l + 3) * step];
        const lh_real *b0 = b + l * ldb, *b1 = b0 + ldb, *b2 = b1 + ldb, *b3 = b2 + ldb;
        for (size_t j = 0; j < n; j++)
            c[j] += (a0 * b0[j] + a1 * b1[j]) + (a2 * b2[j] + a3 * b3[j]);
    }
    for (; l < k; l++) {
        const lh_real factor = a[l * step];
        const lh_real *row = b + l * ldb;
        for (size_t j = 0; j < n; j++)
            c[j] += factor * row[j];
    }
}

static void nn(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
               size_t ldb, lh_real *c, size_t ldc)
{
    for (size_t i = 0; i < m; i++)
        add_rows(n, a + i * lda, 1, b, ldb, k, c + i * ldc);
}

static void tn(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
               size_t ldb, lh_real *c, size_t ldc)
{
    for (size_t i = 0; i < m; i++)
        add_rows(n, a + i, lda, b, ldb, k, c + i * ldc);
}

static void nt(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
               size_t ldb, lh_real *c, size_t ldc)
{
    enum { LANES = 8 };
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            const lh_real *row = a + i * lda, *column = b + j * ldb;
            lh_real sum[LANES] = {0}, rest = 0;
            size_t l = 0;
            for (; l + LANES <= k; l += LANES)
                for (size_t v = 0; v < LANES; v++)
                    sum[v] += row[l + v] * column[l + v];
            for (; l < k; l++)
                rest += row[l] * column[l];
            for (size_t v = 0; v < LANES; v++)
                rest += sum[v];
            c[i * ldc + j] += rest;
        }
}

static void set_threads(int threads)
{
    (void)threads; /* there is one */
}

static void describe(char *name, size_t size)
{
    snprintf(name, size, "none, plain loops");
}

const lh_blas *lh_blas_get(lh_error *error)
{
    static const lh_blas blas = {nn, tn, nt, set_threads, describe};
    (void)error; /* it is there */
    return &blas;
}
