/* Choosing kernels, and packing matrices into the panels they read. */
#include "kernels.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static bool processor_has(const char *name)
{
#ifdef LH_KERNELS_X86
    if (strcmp(name, "avx512") == 0)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("fma");
    if (strcmp(name, "avx2") == 0)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
    return strcmp(name, "plain") == 0;
}

const lh_kernels *lh_kernels_find(const char *name)
{
    static const lh_kernels *const tables[] = {
#ifdef LH_KERNELS_X86
        &lh_kernels_avx512, &lh_kernels_avx2,
#endif
        &lh_kernels_plain};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (strcmp(tables[i]->name, name) == 0 && processor_has(name))
            return tables[i];
    return NULL;
}

const lh_kernels *lh_kernels_get(void)
{
    /* Several threads that come first at the same time find the same answer. */
    static _Atomic(const lh_kernels *) chosen;
    const lh_kernels *found = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (!found) {
        static const char *const order[] = {"avx512", "avx2", "plain"};
        const char *wanted = getenv("LONGHAND_KERNELS");
        found = wanted ? lh_kernels_find(wanted) : NULL;
        for (size_t i = 0; !found; i++)
            found = lh_kernels_find(order[i]);
        atomic_store_explicit(&chosen, found, memory_order_relaxed);
    }
    return found;
}

const char *lh_kernels_name(void)
{
    return lh_kernels_get()->name;
}

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
