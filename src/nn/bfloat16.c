/* Choosing bfloat16 kernels, and memory for their panels: see bfloat16.h. */
#include "bfloat16.h"

#include "base/need.h"
#include "memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#ifdef LH_BFLOAT16_NEON
#include <sys/auxv.h>
#endif

/* Those that this processor can run, the quickest first. */
static const lh_bfloat16_kernels *there[2];
static int kinds;

static void find(void)
{
#ifdef LH_BFLOAT16_X86
    if (!__builtin_cpu_supports("avx512bf16") || !__builtin_cpu_supports("avx512vl") ||
        !__builtin_cpu_supports("avx512bw"))
        return;
#ifdef LH_BFLOAT16_AMX
    static lh_bfloat16_kernels amx;
    amx = lh_bfloat16_avx512;
    if (lh_bfloat16_amx(&amx))
        there[kinds++] = &amx;
#endif
    there[kinds++] = &lh_bfloat16_avx512;
#endif
#ifdef LH_BFLOAT16_NEON
    if (getauxval(AT_HWCAP2) & HWCAP2_BF16)
        there[kinds++] = &lh_bfloat16_neon;
#endif
}

const lh_bfloat16_kernels *lh_bfloat16_at(int index)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, find);
    return index < kinds ? there[index] : NULL;
}

const lh_bfloat16_kernels *lh_bfloat16_get(void)
{
    return lh_bfloat16_at(0);
}

lh_status lh_products_check(lh_products products, lh_error *error)
{
    LH_NEED(error, (unsigned)products <= LH_PRODUCTS_BFLOAT16, LH_ERROR_ARGUMENT);
    if (products == LH_PRODUCTS_FLOAT32 || lh_bfloat16_get())
        return LH_OK;
    return lh_fail(
        error, LH_ERROR_ARGUMENT,
        "this processor, or this build, has no products in bfloat16 (AVX512_BF16, AMX_BF16, "
        "arm64's BF16)");
}

lh_status lh_pair_panels_reserve(lh_pair_panels *b, size_t k, size_t n, lh_error *error)
{
    size_t panels = (n + LH_PAIR_PANEL - 1) / LH_PAIR_PANEL;
    size_t count = panels * lh_pairs(k) * LH_PAIR_PANEL;
    if (count > b->room) {
        lh_pair_panels_free(b);
        b->data = lh_aligned_alloc(count * sizeof *b->data);
        if (!b->data)
            return lh_fail_memory(error, "a matrix in bfloat16");
        /* What lies beside the matrix in the last panel is multiplied too. */
        memset(b->data, 0, count * sizeof *b->data);
        b->room = count;
    }
    b->k = k;
    b->n = n;
    return LH_OK;
}

void lh_pair_panels_free(lh_pair_panels *b)
{
    free(b->data);
    *b = (lh_pair_panels){0};
}
