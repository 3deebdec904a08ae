/* The inner loops that CBLAS does not have, in one table for each instruction set.
 *
 * kernels.c is one source, compiled once plainly and, on x86-64 with float32, once each for AVX2
 * and AVX-512; lh_kernels_get() picks the widest the processor has. Plain C and vector extensions
 * (but for the conversions of float16), so that what an instruction set gets is what everybody
 * reads. */
#ifndef LONGHAND_NN_KERNELS_H
#define LONGHAND_NN_KERNELS_H

#include <longhand/nn.h>

#include "memory.h"

/* A matrix B [k][n] cut into panels of `width` columns, each stored row after row, the last padded
 * with zeros: [ceil(n / width)][k][width]. In float32, or, for writing a line at a time, which
 * reads every weight once a step and is bound by that, in float16. */
typedef struct lh_panels {
    lh_real *data;
    uint16_t *half; /* in place of data, or NULL */
    int k, n;
} lh_panels;

/* Pointers to one row of LSTM gates [4][H], blocks side by side: i, f, g (tanh input), o. */
typedef struct lh_lstm_backward_rows {
    lh_real *gates;            /* [n][4H] in: activations i, f, g, o; out: dL/d pre-squashing */
    const lh_real *c;          /* [n][H] */
    const lh_real *c_previous; /* [n][H], or NULL at the first step (zeros) */
    const lh_real *dh;         /* [n][dh_stride]: from the layers above and the output */
    size_t dh_stride;
    const lh_real *dh_carry; /* [n][H]: from step t + 1 through the recurrent weights */
    lh_real *dc_carry;       /* [n][H]: in from step t + 1, out for step t - 1 */
    const lh_real *peephole; /* [3][H] */
    lh_real *d_peephole;     /* [3][H], added to */
    lh_real *d_bias;         /* [4H], added to */
    lh_real clip;            /* limit on dL/d pre-squashing; 0: none */
} lh_lstm_backward_rows;

typedef struct lh_kernels {
    const char *name;
    int panel_width;
    bool halves; /* product takes panels in float16, and halve makes them */

    /* C [rows][n] += A [rows][k] x B (panels). */
    void (*product)(int rows, const lh_real *a, size_t lda, const lh_panels *b, lh_real *c,
                    size_t ldc);

    /* gates [n][4H] = bias + x W_x: x [n][3], W_x [3][4H]. */
    void (*gates_start)(int rows, int width, const lh_real *x, const lh_real *weights,
                        const lh_real *bias, lh_real *gates);

    /* One LSTM step for n rows: gates [n][4H] hold the sums of all products and the bias without
     * peepholes, and become activations. c, h [n][H] out (h with a stride). */
    void (*lstm_forward)(int rows, int cells, lh_real *gates, const lh_real *c_previous, lh_real *c,
                         lh_real *h, size_t h_stride, const lh_real *peephole);
    void (*lstm_backward)(int rows, int cells, const lh_lstm_backward_rows *b);

    /* Soft window of one row. hat [3K] raw outputs (alpha^, beta^, kappa^); kappa_previous, kappa
     * [K]; text [U]; phi [U + 1], the last being the place behind the text; w [A] out. */
    void (*window_forward)(int windows, int characters, int alphabet, const int32_t *text,
                           const lh_real *hat, const lh_real *kappa_previous, lh_real *kappa,
                           lh_real *phi, lh_real *w);
    /* dw [A] in; d_hat [3K] out; d_kappa [K] in from step t + 1, out for step t - 1. */
    void (*window_backward)(int windows, int characters, const int32_t *text, const lh_real *hat,
                            const lh_real *kappa, const lh_real *dw, lh_real *d_hat,
                            lh_real *d_kappa);

    /* Loss of one row: y^ [1 + 6M], target x [3], whose dx and dy were clipped to +-limit [2] (0:
     * not); adds to `loss` (not its points). With d_output not NULL, dL/dy^ [1 + 6M] clipped to
     * +-clip (0: none); it may be y^ itself. */
    void (*mixture_loss)(int mixtures, const lh_real *output, const lh_real *x,
                         const lh_real *limit, lh_real clip, lh_real *d_output, lh_loss *loss);

    /* float32 to float16, to nearest even; NULL without `halves`. */
    void (*halve)(size_t n, const lh_real *x, uint16_t *y);
    /* float16 to float32, exactly; x keeps no boundary. NULL without `halves`. */
    void (*widen)(size_t n, const void *x, lh_real *y);

    /* Elementwise, for the tests of their error bounds and for others in the room. */
    void (*exp)(int n, const lh_real *x, lh_real *y);
    void (*tanh)(int n, const lh_real *x, lh_real *y);
    void (*sigmoid)(int n, const lh_real *x, lh_real *y);
} lh_kernels;

/* The table in use: the widest the processor has, or what LONGHAND_KERNELS names. */
const lh_kernels *lh_kernels_get(void);
/* The table called `name`, or NULL when this build or this processor does not have it. */
const lh_kernels *lh_kernels_find(const char *name);

extern const lh_kernels lh_kernels_plain;
#ifdef LH_KERNELS_X86
extern const lh_kernels lh_kernels_avx2;
extern const lh_kernels lh_kernels_avx512;
#endif

/* Makes room for a B [k][n] where there is none yet; later calls with the same sizes cannot fail.
 * With `half`, in float16 where the kernels have it. */
lh_status lh_panels_reserve(lh_panels *b, int k, int n, bool half, lh_error *error);
/* Rows row..row + rows - 1 of B from `matrix` [rows][n]. */
void lh_panels_fill(lh_panels *b, int row, int rows, const lh_real *matrix);
/* All of B, in the working precision, the transpose of `matrix` [n][k]. */
void lh_panels_fill_transpose(lh_panels *b, const lh_real *matrix);
void lh_panels_free(lh_panels *b);

#endif
