/* Adaptations as steps use them; nn.h says what they are. */
#ifndef LONGHAND_NN_ADAPTATION_H
#define LONGHAND_NN_ADAPTATION_H

#include "network.h"

/* A matrix that changes by A B. It may be two that lie apart in the arena, one below the other. */
typedef struct lh_low_rank {
    size_t offset[2], rows[2], columns;
    size_t first;   /* of B among the numbers */
    lh_real *signs; /* A [rows][rank], owned */
    lh_panels a, b; /* A and B for steps */
} lh_low_rank;

/* What changes freely. */
typedef struct lh_free_part {
    size_t offset, count;
    size_t first; /* among the numbers */
} lh_free_part;

/* Parts of the window and of the output, which are sums alone. */
typedef struct lh_adapted_sums {
    lh_low_rank weight;
    lh_free_part bias;
} lh_adapted_sums;

typedef enum lh_adapted { LH_ADAPTED_WINDOW, LH_ADAPTED_OUTPUT, LH_ADAPTED_COUNT } lh_adapted;

/* Parts of a layer. */
typedef struct lh_adapted_layer {
    lh_low_rank inputs;    /* with the recurrent matrix, unless the cell keeps it apart, */
    lh_low_rank recurrent; /* which then is this; else of no rows */
    lh_free_part bias, own;
    lh_real *own_weights; /* [rows][H] the network's and the change together, owned */
} lh_adapted_layer;

/* Low-rank and free parts of a layer, two each. */
enum { LH_ADAPTED_PARTS = 2 * LH_LAYERS_MAX + LH_ADAPTED_COUNT };

struct lh_adaptation {
    size_t layers, rank, count;
    lh_architecture architecture;
    lh_adapted_layer layer[LH_LAYERS_MAX];
    lh_adapted_sums sums[LH_ADAPTED_COUNT]; /* the window of no rows where there is none */
    lh_real *number;                        /* [C], owned */

    /* All of these: those of the layers, then those of the window and of the output. What a network
     * does not have has no rows or no numbers. A low-rank part is known by its place: its signs
     * follow from it. */
    lh_low_rank *low[LH_ADAPTED_PARTS];
    lh_free_part *free[LH_ADAPTED_PARTS];
    size_t lows, frees;
};

/* LH_ERROR_ARGUMENT: it is not of the network's architecture. */
lh_status lh_adaptation_check(const lh_adaptation *adaptation, const lh_network *network,
                              lh_error *error);
/* What a row's adaptation adds to its sums: by a bias [count]; and by a matrix whose inputs are `x`
 * [rows], to sums [columns], nothing where it has no rows. */
void lh_adapted_bias(const lh_adaptation *adaptation, const lh_free_part *part, lh_real *sums);
void lh_adapted_product(const lh_adaptation *adaptation, const lh_low_rank *part, const lh_real *x,
                        lh_real *sums);

#endif
