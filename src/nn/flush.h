/* Numbers too small to be normal, taken for 0 between the two calls, in the calling thread. Weights
 * on the slots of a memory become that small when it has learnt where to look, and gradients where
 * they vanish, and processors take a hundred times as long for such a number. Where there is no
 * such switch it is just slow. */
#ifndef LONGHAND_NN_FLUSH_H
#define LONGHAND_NN_FLUSH_H

#include <stdint.h>

#if defined(__SSE__)
/* Flush to zero, and denormals are zeros. */
static inline uint64_t lh_flush_begin(void)
{
    const unsigned before = __builtin_ia32_stmxcsr();
    __builtin_ia32_ldmxcsr(before | 0x8040);
    return before;
}
static inline void lh_flush_end(uint64_t before)
{
    __builtin_ia32_ldmxcsr((unsigned)before);
}
#elif defined(__aarch64__)
static inline uint64_t lh_flush_begin(void)
{
    uint64_t before;
    __asm__ volatile("mrs %0, fpcr" : "=r"(before));
    __asm__ volatile("msr fpcr, %0" : : "r"(before | ((uint64_t)1 << 24)));
    return before;
}
static inline void lh_flush_end(uint64_t before)
{
    __asm__ volatile("msr fpcr, %0" : : "r"(before));
}
#else
static inline uint64_t lh_flush_begin(void)
{
    return 0;
}
static inline void lh_flush_end(uint64_t before)
{
    (void)before;
}
#endif

#endif
