/* Choosing kernels, and packing matrices into the panels they read. */
#include "kernels.h"

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
    /* Set once; several threads that come first at the same time find the same answer. */
    static const lh_kernels *chosen;
    if (!chosen) {
        static const char *const order[] = {"avx512", "avx2", "plain"};
        const char *wanted = getenv("LONGHAND_KERNELS");
        const lh_kernels *found = wanted ? lh_kernels_find(wanted) : NULL;
        for (size_t i = 0; !found; i++)
            found = lh_kernels_find(order[i]);
        chosen = found;
    }
    return chosen;
}

const char *lh_kernels_name(void)
{
    return lh_kernels_get()->name;
}

lh_status lh_panels_pack(lh_panels *b, int k, int n, const lh_real *matrix, size_t stride,
                         bool transposed, lh_error *error)
{
    size_t width = (size_t)lh_kernels_get()->panel_width;
    size_t panels = ((size_t)n + width - 1) / width;
    if (!b->data) {
        b->data = lh_real_alloc(panels * (size_t)k * width);
        if (!b->data)
            return lh_fail_memory(error, "packed weights");
    }
    b->k = k;
    b->n = n;
    for (size_t p = 0; p < panels; p++) {
        lh_real *panel = b->data + p * (size_t)k * width;
        size_t first = p * width, columns = (size_t)n - first < width ? (size_t)n - first : width;
        if (transposed) {
            for (size_t j = 0; j < columns; j++)
                for (size_t l = 0; l < (size_t)k; l++)
                    panel[l * width + j] = matrix[(first + j) * stride + l];
        } else {
            for (size_t l = 0; l < (size_t)k; l++)
                memcpy(panel + l * width, matrix + l * stride + first, columns * sizeof(lh_real));
        }
    }
    return LH_OK;
}

lh_status lh_panels_pack_half(lh_panels *b, int k, int n, const lh_real *matrix, size_t stride,
                              lh_error *error)
{
    const lh_kernels *kernels = lh_kernels_get();
    if (!kernels->halves)
        return lh_panels_pack(b, k, n, matrix, stride, false, error);
    size_t width = (size_t)kernels->panel_width;
    size_t panels = ((size_t)n + width - 1) / width, panel_size = (size_t)k * width;
    if (!b->half) {
        b->half = lh_aligned_alloc(panels * panel_size * sizeof *b->half);
        if (!b->half)
            return lh_fail_memory(error, "packed weights");
        memset(b->half, 0, panels * panel_size * sizeof *b->half);
    }
    b->k = k;
    b->n = n;
    for (size_t p = 0; p < panels; p++) {
        size_t first = p * width, columns = (size_t)n - first < width ? (size_t)n - first : width;
        for (size_t l = 0; l < (size_t)k; l++)
            kernels->halve(columns, matrix + l * stride + first,
                           b->half + p * panel_size + l * width);
    }
    return LH_OK;
}

void lh_panels_free(lh_panels *b)
{
    free(b->data);
    free(b->half);
    b->data = NULL;
    b->half = NULL;
}
