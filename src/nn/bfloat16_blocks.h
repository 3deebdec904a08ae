/* What the products of bfloat16.h do alike on every processor: in which order they go over their
 * factors, so that these stay in the caches. Part of each kernels_bfloat16*.c and of kernels_amx.c,
 * which define before it PANEL and
 *   BLOCK_PAIRS   of so many pairs a panel's part stays in the first cache
 *   BLOCK_ROWS    while this many rows of A, in the second, pass over it
 * and after it strip() and lay(), for its instructions. */
#ifndef LONGHAND_NN_BFLOAT16_BLOCKS_H
#define LONGHAND_NN_BFLOAT16_BLOCKS_H

#include "bfloat16.h"

/* Where the first factor of a tile lies: pair l of row i at data[i * row + l * pair]. */
typedef struct factor {
    const lh_pair *data;
    size_t row, pair;
} factor;

/* C [rows][columns] += A [rows] x `panel`, over `pairs` pairs; columns <= PANEL. */
static void strip(size_t rows, size_t pairs, factor a, const lh_pair *panel, size_t columns,
                  float *c, size_t ldc);

/* `a`, columns of a panel over `pairs` <= BLOCK_PAIRS, as strip() can take it; `room` is for one
 * that has to lie otherwise. */
static factor lay(size_t pairs, factor a, lh_pair *room);

/* Calls of strip() for all panels of B from pair `start` on. */
static void strips(size_t rows, size_t start, size_t pairs, factor a, const lh_pair_panels *b,
                   float *c, size_t ldc)
{
    size_t apart = lh_pairs(b->k) * PANEL;
    for (size_t j = 0; j < b->n; j += PANEL)
        strip(rows, pairs, a, b->data + j / PANEL * apart + start * PANEL,
              b->n - j < PANEL ? b->n - j : PANEL, c + j, ldc);
}

static void k_product(size_t rows, const lh_pair *a, size_t lda, const lh_pair_panels *b,
                      lh_real *c, size_t ldc)
{
    size_t pairs = lh_pairs(b->k);
    for (size_t row = 0; row < rows; row += BLOCK_ROWS) {
        size_t height = rows - row < BLOCK_ROWS ? rows - row : BLOCK_ROWS;
        for (size_t start = 0; start < pairs; start += BLOCK_PAIRS) {
            size_t depth = pairs - start < BLOCK_PAIRS ? pairs - start : BLOCK_PAIRS;
            factor from = {a + row * lda + start, lda, 1};
            strips(height, start, depth, from, b, c + row * ldc, ldc);
        }
    }
}

static void k_product_transposed(const lh_pair_panels *a, const lh_pair_panels *b, lh_real *c,
                                 size_t ldc)
{
    size_t pairs = lh_pairs(b->k);
    _Alignas(64) lh_pair room[PANEL * BLOCK_PAIRS];
    for (size_t start = 0; start < pairs; start += BLOCK_PAIRS) {
        size_t depth = pairs - start < BLOCK_PAIRS ? pairs - start : BLOCK_PAIRS;
        for (size_t i = 0; i < a->n; i += PANEL) {
            size_t height = a->n - i < PANEL ? a->n - i : PANEL;
            factor from = {a->data + (i / PANEL * pairs + start) * PANEL, 1, PANEL};
            strips(height, start, depth, lay(depth, from, room), b, c + i * ldc, ldc);
        }
    }
}

#endif
