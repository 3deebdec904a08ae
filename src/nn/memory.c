/* Memory for weights and activations: see memory.h. */
#include "memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

void *lh_aligned_alloc(size_t bytes)
{
    enum { BOUNDARY = 64, LARGE = 1 << 20, HUGE_PAGE = 2 << 20 };
    if (bytes > SIZE_MAX - HUGE_PAGE)
        return NULL;
    if (bytes < LARGE)
        return aligned_alloc(BOUNDARY, (bytes / BOUNDARY + 1) * BOUNDARY);
    size_t whole = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    void *memory = aligned_alloc(HUGE_PAGE, whole);
    if (memory)
        madvise(memory, whole, MADV_HUGEPAGE); /* a wish: without it the memory is as good */
    return memory;
}

lh_real *lh_real_alloc(uint64_t count)
{
    if (count > SIZE_MAX / sizeof(lh_real) - 64)
        return NULL;
    size_t bytes = (size_t)count * sizeof(lh_real);
    lh_real *memory = lh_aligned_alloc(bytes);
    if (memory)
        memset(memory, 0, bytes);
    return memory;
}
