/* The inner loops that CBLAS does not have, in one table for each instruction set.
 *
 * The sources kernels_*.c, cell_*.c and memory_ntm.c and the like, of which kernels_table.c makes
 * the table, are compiled once plainly and, with float32, on x86-64 once each for AVX2 and AVX-512,
 * on arm64 once for NEON; lh_kernels_get() picks the widest the processor has. Plain C and vector
 * extensions (but for the conversions of float16, kernels_half.h), so that what an instruction set
 * gets is what everybody reads. Every arm64 processor has NEON, and its compilers use it plainly
 * too: there the set differs by float16. */
#ifndef LONGHAND_NN_KERNELS_H
#define LONGHAND_NN_KERNELS_H

#include <longhand/nn.h>

#include "cell.h"
#include "memory_kind.h"

/* A matrix B [k][n] cut into panels of `panel_width` columns, each stored row after row, the last
 * padded with zeros: [ceil(n / width)][k][width]. In float32, or, for writing a line at a time,
 * which reads every weight once a step and is bound by that, in float16. See panels.h. */
typedef struct lh_panels {
    lh_real *data;
    uint16_t *half; /* in place of data, or NULL */
    int k, n;
} lh_panels;

/* C [rows][n] += A [rows][k] x B (panels). */
typedef void lh_kernel_product(int rows, const lh_real *a, size_t lda, const lh_panels *b,
                               lh_real *c, size_t ldc);

/* gates [n][width] = bias + x W_x: x [n][3], W_x [3][width]. */
typedef void lh_kernel_gates_start(int rows, int width, const lh_real *x, const lh_real *weights,
                                   const lh_real *bias, lh_real *gates);

/* Soft window of one row. hat [3K] raw outputs (alpha^, beta^, kappa^); kappa_previous, kappa [K];
 * text [U]; phi [U + 1], the last being the place behind the text; w [A] out. */
typedef void lh_kernel_window_forward(int windows, int characters, int alphabet,
                                      const int32_t *text, const lh_real *hat,
                                      const lh_real *kappa_previous, lh_real *kappa, lh_real *phi,
                                      lh_real *w);
/* dw [A] in; d_hat [3K] out; d_kappa [K] in from step t + 1, out for step t - 1. */
typedef void lh_kernel_window_backward(int windows, int characters, const int32_t *text,
                                       const lh_real *hat, const lh_real *kappa, const lh_real *dw,
                                       lh_real *d_hat, lh_real *d_kappa);

/* Loss of one row: y^ [1 + 6M], target x [3], whose dx and dy were clipped to +-limit [2] (0: not);
 * adds to `loss` (not its points). With d_output not NULL, dL/dy^ [1 + 6M] clipped to +-clip (0:
 * none); it may be y^ itself. */
typedef void lh_kernel_mixture_loss(int mixtures, const lh_real *output, const lh_real *x,
                                    const lh_real *limit, lh_real clip, lh_real *d_output,
                                    lh_loss *loss);

/* float32 to float16, to nearest even. */
typedef void lh_kernel_halve(size_t n, const lh_real *x, uint16_t *y);
/* float16 to float32, exactly; x keeps no boundary. */
typedef void lh_kernel_widen(size_t n, const void *x, lh_real *y);

/* A function of each of n numbers. */
typedef void lh_kernel_function(int n, const lh_real *x, lh_real *y);

typedef struct lh_kernels {
    const char *name;
    int panel_width;
    bool halves;                    /* product takes panels in float16, and halve makes them */
    const lh_cell *const *cell;     /* a row each of LH_CELLS, then NULL */
    const lh_memory *const *memory; /* a row each of LH_MEMORIES, then NULL */

    lh_kernel_product *product;
    lh_kernel_gates_start *gates_start;
    lh_kernel_window_forward *window_forward;
    lh_kernel_window_backward *window_backward;
    lh_kernel_mixture_loss *mixture_loss;
    lh_kernel_halve *halve; /* NULL without `halves`, as is widen */
    lh_kernel_widen *widen;
    lh_kernel_function *exp, *tanh, *sigmoid;
} lh_kernels;

/* The table in use: the widest the processor has, or what LONGHAND_KERNELS names. */
const lh_kernels *lh_kernels_get(void);
/* The table called `name`, or NULL when this build or this processor does not have it. */
const lh_kernels *lh_kernels_find(const char *name);

/* Of WebAssembly's machine there are those with vectors alone. */
#ifdef LH_KERNELS_WASM
extern const lh_kernels lh_kernels_wasm;
#else
extern const lh_kernels lh_kernels_plain;
#endif
#ifdef LH_KERNELS_X86
extern const lh_kernels lh_kernels_avx2;
extern const lh_kernels lh_kernels_avx512;
#endif
#ifdef LH_KERNELS_NEON
extern const lh_kernels lh_kernels_neon;
#endif

#endif
