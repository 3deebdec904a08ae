/* The network's inside, for the files of this room: where each matrix lies in the parameter arena,
 * and the copies of the weights packed for the small products. */
#ifndef LONGHAND_NN_NETWORK_H
#define LONGHAND_NN_NETWORK_H

#include "bfloat16.h"
#include "kernels.h"
#include <longhand/nn.h>

#include <pthread.h>

/* Offsets of one LSTM layer's parameters in an arena (of parameters or of a gradient). With
 * I = 3 + A + (H below, in layers above the first): */
typedef struct lh_layer_view {
    size_t input;     /* [I][4H]: rows x, then w, then h of the layer below */
    size_t recurrent; /* [H][4H] */
    size_t peephole;  /* [3][H]: w_ci, w_cf, w_co */
    size_t bias;      /* [4H] */
    int below;        /* H, or 0 in the first layer */
} lh_layer_view;

/* Products inside the time loop are small and their matrix is the same for hundreds of steps: it
 * is packed once per update, by the first thread that needs it. */
typedef struct lh_packed_layer {
    lh_panels recurrent;           /* [H][4H] */
    lh_panels recurrent_transpose; /* [4H][H] */
} lh_packed_layer;

/* The same in bfloat16, for which the large products need packed weights as well. */
typedef struct lh_pair_layer {
    lh_pair_panels recurrent, recurrent_transpose;
    lh_pair_panels window, window_transpose; /* [A][4H]: w into the layer */
    lh_pair_panels below, below_transpose;   /* [H][4H]: h of the layer below; not in the first */
} lh_pair_layer;

typedef struct lh_packed {
    pthread_mutex_t lock;
    bool fresh; /* the panels below are those of the present weights */
    lh_packed_layer layer[LH_LAYERS_MAX];
    lh_panels window_input;           /* [A][4H]: w_{t-1} into the first layer */
    lh_panels window_input_transpose; /* [4H][A] */

    bool window_fresh;
    lh_panels window;           /* [H][3K] */
    lh_panels window_transpose; /* [3K][H] */

    bool pairs_fresh;
    lh_pair_layer pairs[LH_LAYERS_MAX];

    bool step_fresh;
    lh_panels step_layer[LH_LAYERS_MAX]; /* [3 + A + H below + H][4H]: all inputs of a layer */
    lh_panels step_window, step_output;  /* [H][3K], [N H][1 + 6M] */

    bool fingerprint_fresh;
    uint64_t fingerprint;
} lh_packed;

struct lh_network {
    lh_architecture architecture;
    lh_real *arena;
    size_t arena_size, weight_count;
    lh_tensor *tensors;
    size_t tensor_count;
    lh_layer_view layer[LH_LAYERS_MAX];
    size_t window_weight, window_bias; /* [H][3K], [3K] */
    size_t output_weight, output_bias; /* [N H][1 + 6M], [1 + 6M] */

    lh_packed *packed; /* a cache: changes under a const network */
};

/* A network whose arena is not even cleared: all of it, gaps between tensors too, is for the caller
 * to fill. */
lh_network *lh_network_new_unset(const lh_architecture *architecture, lh_error *error);
lh_packed *lh_packed_new(void);
void lh_packed_free(lh_packed *packed);
/* The panels for batches (the layers' in bfloat16 with `pairs`, else in float32), or those for
 * writing a step at a time, made fresh if they are not. */
lh_status lh_network_pack(const lh_network *network, bool pairs, lh_error *error);
lh_status lh_network_pack_steps(const lh_network *network, lh_error *error);
/* Bytes of packed weights that a step reads, once each; 0 before they are packed. */
size_t lh_network_step_bytes(const lh_network *network);

static inline int lh_gates_size(const lh_architecture *a)
{
    return 4 * a->cells;
}

#endif
