/* The large products, which elsewhere are those of a BLAS. Reading over needs them, and learning.
 * As Goto and van de Geijn (2008) do, pieces of A and B are laid out side by side as they are used,
 * and sums of a tile of C stay in registers for a whole piece. Every function is there once, as the
 * page is to be small. */
#include "nn/blas.h"

#include <stdio.h>
#include <string.h>

#define ONCE __attribute__((noinline))

enum { LANES = 4, TILE_ROWS = 6, TILE_COLUMNS = 2 * LANES, PIECE = 256, PIECE_COLUMNS = 128 };

typedef lh_real vector __attribute__((vector_size(LANES * sizeof(lh_real))));

/* A matrix of which element i, j lies at `at` + i * row + j * column. */
typedef struct matrix {
    const lh_real *at;
    size_t row, column;
} matrix;

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* `wide` columns of k rows, of which `columns` are there and the others 0, row after row. */
static ONCE void lay_out(matrix from, size_t columns, size_t wide, size_t k, lh_real *to)
{
    for (size_t l = 0; l < k; l++)
        for (size_t j = 0; j < wide; j++)
            *to++ = j < columns ? from.at[l * from.row + j * from.column] : 0;
}

/* C [TILE_ROWS][TILE_COLUMNS] += A^T B; a [k][TILE_ROWS], b [k][TILE_COLUMNS] */
static ONCE void add_tile(size_t k, const lh_real *a, const lh_real *b, lh_real *c, size_t ldc)
{
    vector sum[TILE_ROWS][2] = {{{0}}};
    for (size_t l = 0; l < k; l++, a += TILE_ROWS, b += TILE_COLUMNS) {
        vector left, right;
        memcpy(&left, b, sizeof left);
        memcpy(&right, b + LANES, sizeof right);
#pragma clang loop unroll(full)
        for (int i = 0; i < TILE_ROWS; i++) {
            sum[i][0] += a[i] * left;
            sum[i][1] += a[i] * right;
        }
    }
    for (size_t i = 0; i < TILE_ROWS; i++)
        for (size_t j = 0; j < TILE_COLUMNS; j++)
            c[i * ldc + j] += sum[i][j / LANES][j % LANES];
}

/* A tile of which only `rows` and `columns` are there. */
static void add_edge(size_t k, const lh_real *a, const lh_real *b, size_t rows, size_t columns,
                     lh_real *c, size_t ldc)
{
    lh_real tile[TILE_ROWS * TILE_COLUMNS] = {0};
    add_tile(k, a, b, tile, TILE_COLUMNS);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            c[i * ldc + j] += tile[i * TILE_COLUMNS + j];
}

/* C += A B of a piece; `b_laid` [columns of tiles][k][TILE_COLUMNS] */
static ONCE void add_piece(size_t m, size_t n, size_t k, matrix a, const lh_real *b_laid,
                           lh_real *c, size_t ldc)
{
    lh_real a_laid[PIECE * TILE_ROWS];
    for (size_t i = 0; i < m; i += TILE_ROWS) {
        const size_t rows = least(TILE_ROWS, m - i);
        lay_out((matrix){a.at + i * a.row, a.column, a.row}, rows, TILE_ROWS, k, a_laid);
        for (size_t j = 0; j < n; j += TILE_COLUMNS) {
            const size_t columns = least(TILE_COLUMNS, n - j);
            lh_real *to = c + i * ldc + j;
            if (rows == TILE_ROWS && columns == TILE_COLUMNS)
                add_tile(k, a_laid, b_laid + j * k, to, ldc);
            else
                add_edge(k, a_laid, b_laid + j * k, rows, columns, to, ldc);
        }
    }
}

/* C [m][n] += A [m][k] B [k][n] */
static ONCE void add_product(size_t m, size_t n, size_t k, matrix a, matrix b, lh_real *c,
                             size_t ldc)
{
    lh_real b_laid[PIECE * PIECE_COLUMNS];
    for (size_t l = 0; l < k; l += PIECE)
        for (size_t j = 0; j < n; j += PIECE_COLUMNS) {
            const size_t deep = least(PIECE, k - l), wide = least(PIECE_COLUMNS, n - j);
            for (size_t tile = 0; tile < wide; tile += TILE_COLUMNS)
                lay_out((matrix){b.at + l * b.row + (j + tile) * b.column, b.row, b.column},
                        least(TILE_COLUMNS, wide - tile), TILE_COLUMNS, deep, b_laid + tile * deep);
            add_piece(m, wide, deep, (matrix){a.at + l * a.column, a.row, a.column}, b_laid, c + j,
                      ldc);
        }
}

static void nn(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
               size_t ldb, lh_real *c, size_t ldc)
{
    add_product(m, n, k, (matrix){a, lda, 1}, (matrix){b, ldb, 1}, c, ldc);
}

static void tn(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
               size_t ldb, lh_real *c, size_t ldc)
{
    add_product(m, n, k, (matrix){a, 1, lda}, (matrix){b, ldb, 1}, c, ldc);
}

static void nt(size_t m, size_t n, size_t k, const lh_real *a, size_t lda, const lh_real *b,
               size_t ldb, lh_real *c, size_t ldc)
{
    add_product(m, n, k, (matrix){a, lda, 1}, (matrix){b, 1, ldb}, c, ldc);
}

static void set_threads(int threads)
{
    (void)threads; /* there is one */
}

static void describe(char *name, size_t size)
{
    snprintf(name, size, "none, tiles of its own");
}

const lh_blas *lh_blas_get(lh_error *error)
{
    static const lh_blas blas = {nn, tn, nt, set_threads, describe};
    (void)error; /* it is there */
    return &blas;
}
