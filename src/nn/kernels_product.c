/* Products with packed weights. Only here are the registers spelt out: GCC would not keep the sums
 * of a tile in them otherwise. */
#include "kernels_half.h"
#include "kernels_set.h"

#include <string.h>

/* As many as the registers hold sums of: there are 32, or 16. */
#if defined(__AVX512F__)
#define TILE_ROWS 14
#elif defined(__aarch64__)
#define TILE_ROWS 12 /* of more, GCC 12 keeps some in memory */
#else
#define TILE_ROWS 6
#endif

#if LH_HALVES
void LH_OF_SET(lh_halve)(size_t n, const lh_real *x, uint16_t *y)
{
    size_t i = 0;
    for (; i + 8 <= n; i += 8)
        narrow_eight(x + i, y + i);
    for (; i < n; i++)
        y[i] = narrow_one(x[i]);
}

void LH_OF_SET(lh_widen)(size_t n, const void *halves, lh_real *y)
{
    const char *x = halves;
    uint16_t last;
    size_t i = 0;
    for (; i + 8 <= n; i += 8, x += 8 * sizeof last)
        widen_eight(x, y + i);
    for (; i < n; i++, x += sizeof last) {
        memcpy(&last, x, sizeof last);
        y[i] = widen_one(last);
    }
}
#endif

/* One vector of weights at `index` of panels in either precision; `half` is a constant. */
static inline __attribute__((always_inline)) vector weights_at(const lh_panels *b, size_t index,
                                                               const bool half)
{
    return half ? widen(b->half + index) : *(const vector *)(b->data + index);
}

/* C [rows][PANEL] += A [rows][k] x the panel at `panel`. `rows` and `half` are constants where this
 * is inlined, so that the sums stay in registers for the whole of k. */
static inline __attribute__((always_inline)) void tile(const int rows, const bool half, int k,
                                                       const lh_real *a, size_t lda,
                                                       const lh_panels *b, size_t panel, lh_real *c,
                                                       size_t ldc)
{
    vector sum[TILE_ROWS][2];
    for (int i = 0; i < rows; i++)
        sum[i][0] = sum[i][1] = (vector){0};
    for (int l = 0; l < k; l++) {
        const vector left = weights_at(b, panel + (size_t)l * PANEL, half);
        const vector right = weights_at(b, panel + (size_t)l * PANEL + LANES, half);
#pragma GCC unroll 14
        for (int i = 0; i < rows; i++) {
            const lh_real factor = a[i * lda + (size_t)l];
            sum[i][0] += factor * left;
            sum[i][1] += factor * right;
        }
    }
    for (int i = 0; i < rows; i++) {
        *(vector_unaligned *)(c + i * ldc) += sum[i][0];
        *(vector_unaligned *)(c + i * ldc + LANES) += sum[i][1];
    }
}

static inline __attribute__((always_inline)) void tile_in(const bool half, int rows, int k,
                                                          const lh_real *a, size_t lda,
                                                          const lh_panels *b, size_t panel,
                                                          lh_real *c, size_t ldc)
{
    switch (rows) {
#define CASE(n)                                     \
    case n:                                         \
        tile(n, half, k, a, lda, b, panel, c, ldc); \
        break;
        CASE(1)
        CASE(2)
        CASE(3)
        CASE(4)
        CASE(5)
        CASE(6)
#if TILE_ROWS > 6
        CASE(7)
        CASE(8)
        CASE(9)
        CASE(10)
        CASE(11)
        CASE(12)
#endif
#if TILE_ROWS > 12
        CASE(13)
        CASE(14)
#endif
#undef CASE
    }
}

static void tile_of(int rows, int k, const lh_real *a, size_t lda, const lh_panels *b, size_t panel,
                    lh_real *c, size_t ldc)
{
    if (LH_HALVES && b->half)
        tile_in(true, rows, k, a, lda, b, panel, c, ldc);
    else
        tile_in(false, rows, k, a, lda, b, panel, c, ldc);
}

/* The last panel may be wider than what is left of C: it goes through a buffer. */
static void narrow_tile(int rows, int columns, int k, const lh_real *a, size_t lda,
                        const lh_panels *b, size_t panel, lh_real *c, size_t ldc)
{
    lh_real buffer[TILE_ROWS * PANEL] = {0};
    tile_of(rows, k, a, lda, b, panel, buffer, PANEL);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            c[(size_t)i * ldc + (size_t)j] += buffer[i * PANEL + j];
}

/* A few rows would wait for the additions to their few sums: several panels at a time keep the
 * adders busy, and each sum is made in the order in which a tile makes it, so that a row's result
 * is the same to the last bit alone and among others. */
enum { FEW_ROWS = 3, PANELS_OF_ONE = 4, PANELS_OF_FEW = 2 };

static inline __attribute__((always_inline)) void low_tile(const int rows, const int panels,
                                                           const bool half, const lh_real *a,
                                                           size_t lda, const lh_panels *b,
                                                           size_t panel, lh_real *c, size_t ldc)
{
    vector sum[PANELS_OF_ONE][2][FEW_ROWS];
    const size_t apart = (size_t)b->k * PANEL;
    for (int p = 0; p < panels; p++)
        for (int i = 0; i < rows; i++)
            sum[p][0][i] = sum[p][1][i] = (vector){0};
    for (int l = 0; l < b->k; l++) {
#pragma GCC unroll 4
        for (int p = 0; p < panels; p++) {
            const size_t at = panel + (size_t)p * apart + (size_t)l * PANEL;
#pragma GCC unroll 2
            for (int v = 0; v < 2; v++) {
                const vector weights = weights_at(b, at + (size_t)v * LANES, half);
#pragma GCC unroll 3
                for (int i = 0; i < rows; i++)
                    sum[p][v][i] += a[i * lda + (size_t)l] * weights;
            }
        }
    }
    for (int p = 0; p < panels; p++)
        for (int i = 0; i < rows; i++) {
            lh_real *to = c + i * ldc + p * PANEL;
            *(vector_unaligned *)to += sum[p][0][i];
            *(vector_unaligned *)(to + LANES) += sum[p][1][i];
        }
}

static inline __attribute__((always_inline)) void low_tile_in(const bool half, int rows,
                                                              const lh_real *a, size_t lda,
                                                              const lh_panels *b, size_t panel,
                                                              lh_real *c, size_t ldc)
{
    if (rows == 1)
        low_tile(1, PANELS_OF_ONE, half, a, lda, b, panel, c, ldc);
    else if (rows == 2)
        low_tile(2, PANELS_OF_FEW, half, a, lda, b, panel, c, ldc);
    else
        low_tile(FEW_ROWS, PANELS_OF_FEW, half, a, lda, b, panel, c, ldc);
}

/* The columns of a product of 1 to FEW_ROWS rows that come in whole groups of panels; returns how
 * many. */
static int product_of_few(int rows, const lh_real *a, size_t lda, const lh_panels *b, lh_real *c,
                          size_t ldc)
{
    const int wide = (rows == 1 ? PANELS_OF_ONE : PANELS_OF_FEW) * PANEL;
    int column = 0;
    for (; column + wide <= b->n; column += wide) {
        size_t panel = (size_t)column * (size_t)b->k;
        if (LH_HALVES && b->half)
            low_tile_in(true, rows, a, lda, b, panel, c + column, ldc);
        else
            low_tile_in(false, rows, a, lda, b, panel, c + column, ldc);
    }
    return column;
}

void LH_OF_SET(lh_product)(int rows, const lh_real *a, size_t lda, const lh_panels *b, lh_real *c,
                           size_t ldc)
{
    /* Tiles of nearly equal height: a short last one would leave the multipliers idle. */
    int tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
    int done = rows > 0 && rows <= FEW_ROWS ? product_of_few(rows, a, lda, b, c, ldc) : 0;
    for (int column = done; column < b->n; column += PANEL) {
        size_t panel = (size_t)column * (size_t)b->k;
        int columns = b->n - column;
        for (int t = 0; t < tiles; t++) {
            int first = rows * t / tiles, height = rows * (t + 1) / tiles - first;
            const lh_real *from = a + (size_t)first * lda;
            lh_real *to = c + (size_t)first * ldc + column;
            if (columns >= PANEL)
                tile_of(height, b->k, from, lda, b, panel, to, ldc);
            else
                narrow_tile(height, columns, b->k, from, lda, b, panel, to, ldc);
        }
    }
}

void LH_OF_SET(lh_gates_start)(int rows, int width, const lh_real *x, const lh_real *weights,
                               const lh_real *bias, lh_real *gates)
{
    const lh_real *w0 = weights, *w1 = weights + width, *w2 = weights + 2 * (size_t)width;
    for (int i = 0; i < rows; i++) {
        const lh_real *p = x + (size_t)i * LH_INPUTS;
        lh_real *restrict g = gates + (size_t)i * (size_t)width;
        for (int j = 0; j < width; j++)
            g[j] = bias[j] + p[0] * w0[j] + p[1] * w1[j] + p[2] * w2[j];
    }
}
