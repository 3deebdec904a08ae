/* Choosing the kernels, and the kinds of cell and of memory that they hold. */
#include "kernels.h"

#ifdef LH_KERNELS_X86
#include <cpuid.h>
#endif
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#ifdef LH_KERNELS_X86
/* Halves of floats, which not every compiler's __builtin_cpu_supports knows by name. */
static bool has_f16c(void)
{
    unsigned a, b, c = 0, d;
    return __get_cpuid(1, &a, &b, &c, &d) && c & bit_F16C;
}
#endif

static bool processor_has(const char *name)
{
#ifdef LH_KERNELS_X86
    __builtin_cpu_init(); /* a program's constructors may ask */
    if (strcmp(name, "avx512") == 0)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("fma") && has_f16c();
    if (strcmp(name, "avx2") == 0)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && has_f16c();
#endif
#ifdef LH_KERNELS_NEON
    if (strcmp(name, "neon") == 0)
        return true;
#endif
#ifdef LH_KERNELS_WASM
    return strcmp(name, "wasm") == 0;
#else
    return strcmp(name, "plain") == 0;
#endif
}

const lh_kernels *lh_kernels_find(const char *name)
{
    static const lh_kernels *const tables[] = {
#ifdef LH_KERNELS_X86
        &lh_kernels_avx512, &lh_kernels_avx2,
#endif
#ifdef LH_KERNELS_NEON
        &lh_kernels_neon,
#endif
#ifdef LH_KERNELS_WASM
        &lh_kernels_wasm};
#else
        &lh_kernels_plain};
#endif
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
        static const char *const order[] = {"avx512", "avx2", "neon", "wasm", "plain"};
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

int lh_cell_find(const char *name)
{
    const lh_cell *const *cells = lh_kernels_get()->cell;
    for (int i = 0; cells[i]; i++)
        if (name && strcmp(cells[i]->name, name) == 0)
            return i;
    return -1;
}

const char *lh_cell_name(int cell)
{
    const lh_cell *const *cells = lh_kernels_get()->cell;
    for (int i = 0; cells[i]; i++)
        if (i == cell)
            return cells[i]->name;
    return NULL;
}

const lh_memory *lh_memory_at(int memory)
{
    const lh_memory *const *memories = lh_kernels_get()->memory;
    for (int i = 0; memories[i]; i++)
        if (i + 1 == memory)
            return memories[i];
    return NULL;
}

static const char no_memory[] = "none";

int lh_memory_find(const char *name)
{
    if (name && strcmp(name, no_memory) == 0)
        return 0;
    for (int i = 1; name && lh_memory_at(i); i++)
        if (strcmp(lh_memory_at(i)->name, name) == 0)
            return i;
    return -1;
}

const char *lh_memory_name(int memory)
{
    const lh_memory *kind = lh_memory_at(memory);
    return memory == 0 ? no_memory : kind ? kind->name : NULL;
}
