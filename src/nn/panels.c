/* Packing matrices into the panels that the kernels read: see panels.h. */
#include "panels.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>

lh_status lh_panels_reserve(lh_panels *b, int k, int n, bool half, lh_error *error)
{
    size_t width = (size_t)lh_kernels_get()->panel_width;
    size_t count = ((size_t)n + width - 1) / width * (size_t)k * width;
    b->k = k;
    b->n = n;
    if (b->data || b->half)
        return LH_OK;
    if (half && lh_kernels_get()->halves) {
        b->half = lh_aligned_alloc(count * sizeof *b->half);
        if (b->half && count > 0) { /* the rest is filled */
            size_t last = (size_t)k * width;
            memset(b->half + count - last, 0, last * sizeof *b->half);
        }
    } else {
        b->data = lh_real_alloc(count);
    }
    return b->data || b->half ? LH_OK : lh_fail_memory(error, "packed weights");
}

/* Where panel p of B begins, and how many of its columns are B's. */
static size_t panel_at(const lh_panels *b, size_t p, size_t *columns)
{
    size_t width = (size_t)lh_kernels_get()->panel_width, left = (size_t)b->n - p * width;
    *columns = left < width ? left : width;
    return p * (size_t)b->k * width;
}

void lh_panels_fill(lh_panels *b, int row, int rows, const lh_real *matrix)
{
    const lh_kernels *kernels = lh_kernels_get();
    size_t width = (size_t)kernels->panel_width, n = (size_t)b->n, columns;
    for (size_t p = 0; p * width < n; p++) {
        size_t panel = panel_at(b, p, &columns) + (size_t)row * width;
        for (size_t l = 0; l < (size_t)rows; l++) {
            const lh_real *from = matrix + l * n + p * width;
            if (b->half)
                kernels->halve(columns, from, b->half + panel + l * width);
            else
                memcpy(b->data + panel + l * width, from, columns * sizeof *from);
        }
    }
}

void lh_panels_fill_transpose(lh_panels *b, const lh_real *matrix)
{
    size_t width = (size_t)lh_kernels_get()->panel_width, k = (size_t)b->k, columns;
    for (size_t p = 0; p * width < (size_t)b->n; p++) {
        lh_real *panel = b->data + panel_at(b, p, &columns);
        for (size_t j = 0; j < columns; j++)
            for (size_t l = 0; l < k; l++)
                panel[l * width + j] = matrix[(p * width + j) * k + l];
    }
}

void lh_panels_free(lh_panels *b)
{
    free(b->data);
    free(b->half);
    b->data = NULL;
    b->half = NULL;
}
