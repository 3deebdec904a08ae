/* The network's inside, for the files of this room: its sizes, how its layers are joined, and where
 * each matrix lies in the parameter arena. */
#ifndef LONGHAND_NN_NETWORK_H
#define LONGHAND_NN_NETWORK_H

#include "cell.h"
#include "head.h"
#include "packed.h"
#include <longhand/nn.h>

/* The sizes that follow from an architecture. */
typedef struct lh_sizes {
    size_t inputs;   /* I */
    size_t alphabet; /* A of the window; 0 without */
    size_t windows;  /* K */
    size_t layers;   /* N, counting those of both directions */
    size_t cells;    /* H */
    size_t gates;    /* G H: sums that the products of a layer make */
    size_t carried;  /* S H: what a layer's cells carry besides h */
    size_t hidden;   /* N H: h of all layers side by side */
    size_t outputs;  /* of y^ */
    size_t hand;     /* D */
} lh_sizes;

/* A layer: what feeds it, and the offsets of its parameters in an arena (of parameters or of a
 * gradient). What enters it are x, w, and h of `below` cells. */
typedef struct lh_layer {
    bool reverse;        /* the step before is that at t + 1 */
    size_t column;       /* of its h among h of all layers */
    size_t below_column; /* of h that feed it; */
    size_t below;        /* how many: 0 in the first layer */
    size_t input;        /* [I + A + below][G H]: rows x, then w, then h below */
    size_t recurrent;    /* [H][G H] */
    size_t own;          /* the cell kind's own weights [rows][H] */
    size_t bias;         /* [G H] */
    size_t hand;         /* [D][G H] */
} lh_layer;

struct lh_network {
    lh_architecture architecture;
    const lh_cell *cell;
    const lh_head *head;
    lh_sizes size;
    lh_layer layer[LH_DIRECTED_LAYERS_MAX];
    size_t window_weight, window_bias; /* [H][3K], [3K] */
    size_t output_weight, output_bias; /* [N H][outputs], [outputs] */
    size_t window_hand, output_hand;   /* [D][3K], [D][outputs] */
    size_t people;                     /* [P][D] */

    lh_real *arena;
    size_t arena_size, weight_count;
    lh_tensor *tensors;
    size_t tensor_count;

    lh_packed *packed; /* a cache: changes under a const network */
};

static inline bool lh_network_has_window(const lh_network *network)
{
    return network->architecture.kind == LH_SYNTHESIS;
}

/* Whether there can be such a network; `status` is what it is where there cannot. */
lh_status lh_architecture_check(const lh_architecture *architecture, lh_status status,
                                lh_error *error);
/* A network whose arena is not even cleared: all of it, gaps between tensors too, is for the caller
 * to fill. */
lh_network *lh_network_new_unset(const lh_architecture *architecture, lh_error *error);
/* Weights that a network of this architecture (which may be any) has at least. */
double lh_architecture_least_weights(const lh_architecture *architecture);

#endif
