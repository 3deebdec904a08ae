/* The inside of a network's state while it writes, a step at a time. */
#ifndef LONGHAND_NN_STATE_H
#define LONGHAND_NN_STATE_H

#include "adaptation.h"

typedef struct lh_state_text_row {
    int32_t *index; /* [U], owned */
    int count, capacity;
    lh_real *phi; /* [U + 1], owned */
} lh_state_text_row;

/* An array [rows][width]. */
typedef struct lh_state_array {
    lh_real *data;
    size_t width;
} lh_state_array;

/* Arrays of a layer, and those besides. */
enum { LH_STATE_OF_LAYER = 4, LH_STATE_OTHERS = 7 };

struct lh_state {
    lh_architecture architecture;
    const lh_cell *cell;
    lh_sizes size;
    int rows;
    /* The input of layer l: (x, w, h of the layer below, h of its own) [rows][width[l]]. */
    lh_real *input[LH_LAYERS_MAX];
    size_t width[LH_LAYERS_MAX];
    lh_real *gates[LH_LAYERS_MAX];     /* [rows][G H] */
    lh_real *recurrent[LH_LAYERS_MAX]; /* [rows][G H], where the cell keeps them apart */
    lh_real *carried[LH_LAYERS_MAX];   /* [rows][S H] */
    lh_real *h;                        /* [rows][N H] */
    lh_real *w;                        /* [rows][A] */
    lh_real *hat, *kappa;              /* [rows][3K], [rows][K] */
    lh_real *alpha, *beta;             /* [rows][K] */
    lh_real *output;                   /* [rows][outputs] */
    lh_state_text_row *text;           /* [rows] */
    const lh_adaptation **adaptation;  /* [rows] the caller's, or NULL */

    /* All of the above with a row for each line: what a row is reset and copied by. */
    lh_state_array array[LH_STATE_OF_LAYER * LH_LAYERS_MAX + LH_STATE_OTHERS];
    size_t arrays;
};

/* h_{t-1} of a layer's own among its inputs. */
static inline lh_real *lh_state_own_h(const lh_state *state, size_t layer, int row)
{
    return state->input[layer] + (size_t)(row + 1) * state->width[layer] - state->size.cells;
}

#endif
