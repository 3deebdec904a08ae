/* Products of bfloat16 numbers summed in float32, for training where the processor has them
 * (AVX512_BF16, AMX_BF16, arm64's FEAT_BF16): twice the multiplications of float32 in the same
 * time, with AMX many times as many, from half the memory.
 *
 * A bfloat16 is the upper half of a float32: the same range, 8 bits of precision. Values are
 * rounded to nearest even; subnormal ones count as 0. The instructions multiply two neighbours of a
 * sum at once, so that everything is stored in pairs. */
#ifndef LONGHAND_NN_BFLOAT16_H
#define LONGHAND_NN_BFLOAT16_H

#include <longhand/nn.h>

/* Two bfloat16, the first in the lower half. */
typedef uint32_t lh_pair;

static inline size_t lh_pairs(size_t n)
{
    return (n + 1) / 2;
}

/* A matrix [k][n] as the second factor of a product: panels of LH_PAIR_PANEL columns, each stored
 * pair of rows after pair of rows, what is missing filled with zeros:
 * [ceil(n / width)][ceil(k / 2)][width]. */
enum { LH_PAIR_PANEL = 32 };
typedef struct lh_pair_panels {
    lh_pair *data;
    size_t k, n;
    size_t room; /* pairs that `data` holds */
} lh_pair_panels;

typedef struct lh_bfloat16_kernels {
    /* y [rows][lh_pairs(n)] (stride ldy) = x [rows][n], pairs along the rows; an odd n ends with a
     * pair whose second is 0. */
    void (*convert)(size_t rows, size_t n, const lh_real *x, size_t ldx, lh_pair *y, size_t ldy);

    /* Panels of the matrix x [k][n] (in float32), or of its transpose, x being [n][k]. */
    void (*pack)(const lh_real *x, lh_pair_panels *b);
    void (*pack_transpose)(const lh_real *x, lh_pair_panels *b);
    /* Panels of the rows x[row_of[0]], x[row_of[1]], ... made by `convert`; -1 is a row of zeros.
     * row_of [b->k]; NULL: rows 0, 1, ... */
    void (*gather)(const lh_pair *x, size_t ldx, const int32_t *row_of, lh_pair_panels *b);

    /* C [rows][n] += A [rows][k] x B, A made by `convert`. */
    void (*product)(size_t rows, const lh_pair *a, size_t lda, const lh_pair_panels *b, lh_real *c,
                    size_t ldc);
    /* C [m][n] += A^T x B, with panels of A [k][m] and of B [k][n]. */
    void (*product_transposed)(const lh_pair_panels *a, const lh_pair_panels *b, lh_real *c,
                               size_t ldc);
} lh_bfloat16_kernels;

/* The kernels that this build has and this processor can run, the quickest first: number `index`,
 * NULL behind the last. */
const lh_bfloat16_kernels *lh_bfloat16_at(int index);
/* The quickest; NULL where there are none. */
const lh_bfloat16_kernels *lh_bfloat16_get(void);

/* Makes room for a matrix [k][n]; what was in the panels is lost when they grow. */
lh_status lh_pair_panels_reserve(lh_pair_panels *b, size_t k, size_t n, lh_error *error);
void lh_pair_panels_free(lh_pair_panels *b);

#ifdef LH_BFLOAT16_X86
extern const lh_bfloat16_kernels lh_bfloat16_avx512;
#endif
#ifdef LH_BFLOAT16_AMX
/* Has the processor products of whole tiles, and does the system allow them? Then they take the
 * place of those of AVX512_BF16 in `kernels`. */
bool lh_bfloat16_amx(lh_bfloat16_kernels *kernels);
#endif
#ifdef LH_BFLOAT16_NEON
extern const lh_bfloat16_kernels lh_bfloat16_neon;
#endif

#endif
