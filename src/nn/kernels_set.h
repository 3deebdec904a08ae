/* For the sources that are compiled once for each instruction set: the set's name in what they
 * define, and its vectors. */
#ifndef LONGHAND_NN_KERNELS_SET_H
#define LONGHAND_NN_KERNELS_SET_H

#include "kernels.h"

#ifndef LH_KERNELS_NAME
#define LH_KERNELS_NAME plain
#endif
#define LH_PASTE_(a, b) a##_##b
#define LH_PASTE(a, b) LH_PASTE_(a, b)
/* The name that `name` has in this set: lh_product_avx2. */
#define LH_OF_SET(name) LH_PASTE(name, LH_KERNELS_NAME)

lh_kernel_product LH_OF_SET(lh_product);
lh_kernel_gates_start LH_OF_SET(lh_gates_start);
lh_kernel_window_forward LH_OF_SET(lh_window_forward);
lh_kernel_window_backward LH_OF_SET(lh_window_backward);
lh_kernel_mixture_loss LH_OF_SET(lh_mixture_loss);
lh_kernel_halve LH_OF_SET(lh_halve);
lh_kernel_widen LH_OF_SET(lh_widen);
lh_kernel_function LH_OF_SET(lh_exp), LH_OF_SET(lh_tanh), LH_OF_SET(lh_sigmoid);
#define ROW(name) extern const lh_cell LH_OF_SET(lh_cell_##name);
LH_CELLS(ROW)
#undef ROW
#define ROW(name) extern const lh_memory LH_OF_SET(lh_memory_##name);
LH_MEMORIES(ROW)
#undef ROW

/* Whether the set converts float16. */
#if (defined(__F16C__) || defined(LH_SET_NEON)) && !defined(LH_FLOAT64)
#define LH_HALVES 1
#else
#define LH_HALVES 0
#endif

#if defined(__AVX512F__)
enum { VECTOR_BYTES = 64 };
#elif defined(__AVX__)
enum { VECTOR_BYTES = 32 };
#else
enum { VECTOR_BYTES = 16 };
#endif
enum { LANES = VECTOR_BYTES / (int)sizeof(lh_real), PANEL = 2 * LANES };

typedef lh_real vector __attribute__((vector_size(VECTOR_BYTES)));
typedef lh_real vector_unaligned
    __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(lh_real)), may_alias));

static inline int round_up(int n)
{
    return (n + LANES - 1) / LANES * LANES;
}

#endif
