/* Packing a transpose for the products of bfloat16.h, alike on every processor. Part of each
 * kernels_bfloat16*.c, which defines PANEL before it and k_convert() after it. */
#ifndef LONGHAND_NN_BFLOAT16_PACK_H
#define LONGHAND_NN_BFLOAT16_PACK_H

#include "bfloat16.h"

static void k_convert(size_t rows, size_t n, const lh_real *x, size_t ldx, lh_pair *y, size_t ldy);

/* A row of the transpose's source is a column of pairs already. */
static void k_pack_transpose(const lh_real *x, lh_pair_panels *b)
{
    size_t pairs = lh_pairs(b->k), k = b->k;
    enum { BATCH = 64 };
    lh_pair rows[PANEL][BATCH] = {0};
    for (size_t p = 0; p * PANEL < b->n; p++) {
        size_t columns = b->n - p * PANEL < PANEL ? b->n - p * PANEL : PANEL;
        for (size_t first = 0; first < pairs; first += BATCH) {
            size_t count = pairs - first < BATCH ? pairs - first : BATCH;
            size_t numbers = 2 * (first + count) > k ? k - 2 * first : 2 * count;
            k_convert(columns, numbers, x + p * PANEL * k + 2 * first, k, rows[0], BATCH);
            lh_pair *to = b->data + (p * pairs + first) * PANEL;
            for (size_t l = 0; l < count; l++)
                for (size_t j = 0; j < columns; j++)
                    to[l * PANEL + j] = rows[j][l];
        }
    }
}

#endif
