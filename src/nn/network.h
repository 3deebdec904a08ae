/* The network's inside, for the files of this room: its sizes, how its layers are joined, and where
 * each matrix lies in the parameter arena. */
#ifndef LONGHAND_NN_NETWORK_H
#define LONGHAND_NN_NETWORK_H

#include "cell.h"
#include "head.h"
#include "memory_kind.h"
#include "packed.h"
#include <longhand/nn.h>

/* The sizes that follow from an architecture. */
typedef struct lh_sizes {
    size_t inputs;   /* I */
    size_t shown;    /* what the window or the memory shows the layers: A, or R W; 0 without */
    size_t windows;  /* K */
    size_t told;     /* what the first layer tells it: 3K, or the memory's interface */
    size_t kept;     /* of a memory's state; 0 without */
    size_t layers;   /* N, counting those of both directions */
    size_t cells;    /* H */
    size_t gates;    /* G H: sums that the products of a layer make */
    size_t carried;  /* S H: what a layer's cells carry besides h */
    size_t hidden;   /* N H: h of all layers side by side */
    size_t speaking; /* how many of h feed y^, */
    size_t speaks;   /* from this column on */
    size_t outputs;  /* of y^ */
    lh_memory_size memory;
} lh_sizes;

/* A layer: what feeds it, and the offsets of its parameters in an arena (of parameters or of a
 * gradient). What enters it are x, w, and h of `below` cells. */
typedef struct lh_layer {
    bool reverse;        /* the step before is that at t + 1 */
    size_t column;       /* of its h among h of all layers */
    size_t below_column; /* of h that feed it; */
    size_t below;        /* how many: 0 in the first layer */
    size_t entering;     /* numbers of x that feed it: I, or 0 */
    size_t input;        /* [entering + shown + below][G H]: rows x, then w, then h below */
    size_t recurrent;    /* [H][G H] */
    size_t own;          /* the cell kind's own weights [rows][H] */
    size_t bias;         /* [G H] */
} lh_layer;

struct lh_network {
    lh_architecture architecture;
    const lh_cell *cell;
    const lh_head *head;
    const lh_memory *memory; /* NULL: none */
    lh_sizes size;
    lh_layer layer[LH_DIRECTED_LAYERS_MAX];
    size_t window_weight, window_bias; /* [H][told], [told]; of a memory as well */
    size_t output_weight, output_bias; /* [speaking][outputs], then of a memory [R W]; [outputs] */

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

/* Something is read at every step, by what the first layer tells: a window, or a memory. */
static inline bool lh_network_reads(const lh_network *network)
{
    return network->size.told > 0;
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
