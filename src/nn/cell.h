/* What a kind of recurrent cell is. A layer is H cells; its weights' products with what enters,
 * with h of the layers below and with h of the step before are the same for every kind and are made
 * by those who call: G blocks of H sums a row, the bias [G H] among them. A kind says what becomes
 * of the sums.
 *
 * A kind is a file, cell_NAME.c, or in that of the kind that it is a case of, and a row in LH_CELLS
 * below. It is compiled once for each instruction set, like all loops that weigh. */
#ifndef LONGHAND_NN_CELL_H
#define LONGHAND_NN_CELL_H

#include <longhand/nn.h>

/* The kinds there are; the first is what an lh_architecture of zeros has. */
#define LH_CELLS(ROW) ROW(lstm) ROW(tanh) ROW(gru) ROW(feed) ROW(lstm_plain)

/* A step of n rows. */
typedef struct lh_cell_forward {
    lh_real *gates;            /* [n][G H] in: the sums; out: what `backward` needs of them */
    lh_real *recurrent;        /* [n][G H] the sums of the recurrent products, if `apart` */
    const lh_real *h_previous; /* [n][H] with a stride: h of the step before */
    size_t h_previous_stride;
    const lh_real *carried_previous; /* [n][S H]: the step before; may be `carried` itself */
    lh_real *carried;                /* [n][S H] out */
    lh_real *h;                      /* [n][H] out, with a stride */
    size_t h_stride;
    const lh_real *own; /* the kind's own weights [rows][H] */
} lh_cell_forward;

/* The same step backwards; "pre-squashing" is what section 2.1 of Graves 2013 clips. */
typedef struct lh_cell_backward {
    lh_real *gates;            /* [n][G H] in: as `forward` left them; out: dL/d sums */
    lh_real *recurrent;        /* [n][G H] the same, if `apart`: dL/d sums of recurrent products */
    const lh_real *h_previous; /* [n][H] with a stride */
    size_t h_previous_stride;
    const lh_real *carried, *carried_previous; /* [n][S H] */
    const lh_real *dh; /* [n][H] with a stride: from the layers above and the output */
    size_t dh_stride;
    /* [n][H] in: what the step after hands to h through its recurrent weights; out: what reaches h
     * of the step before by other ways than these. */
    lh_real *dh_carry;
    lh_real *d_carried; /* [n][S H] in: from the step after; out: for the step before */
    const lh_real *own;
    lh_real *d_own, *d_bias; /* added to */
    lh_real clip;            /* limit on dL/d pre-squashing; 0: none */
} lh_cell_backward;

typedef struct lh_cell {
    const char *name; /* in model files */
    int blocks;       /* G */
    int carried;      /* S: vectors [H] that a step hands to the next besides h */
    bool apart;       /* the recurrent products are not added to the others: see `recurrent` */
    bool forgetful;   /* there are no recurrent products, nor weights for them */
    int gate[LH_GATE_COUNT]; /* blocks that are such gates, counted from 1; 0: none is */
    bool bfloat16;           /* the products may be in bfloat16 */
    /* Weights that only this kind has, [rows][H], in tensors "layer1.NAME"; no rows: none. */
    struct {
        const char *name;
        int rows;
    } own;
    /* A start of `own` [rows][H] and of the bias [G H] that is not 0; or NULL. */
    void (*init)(int cells, lh_real *own, lh_real *bias);
    /* Used for batches and for writing a step at a time alike. */
    void (*forward)(int rows, int cells, const lh_cell_forward *step);
    void (*backward)(int rows, int cells, const lh_cell_backward *step);
} lh_cell;

/* `clip`, or a number that limits nothing. */
static inline lh_real lh_limit(lh_real clip)
{
    return clip > 0 ? clip : (lh_real)1e30;
}

#endif
