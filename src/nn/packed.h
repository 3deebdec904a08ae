/* The store of a network's weights in the order in which the small products read them, and of its
 * fingerprint: what is made of the weights when it is first needed. pack.c fills it.
 *
 * Products inside the time loop are small and their matrix is the same for hundreds of steps: it is
 * packed once per update, by the first thread that needs it. */
#ifndef LONGHAND_NN_PACKED_H
#define LONGHAND_NN_PACKED_H

#include "bfloat16.h"
#include "kernels.h"

#include <pthread.h>

/* Layers of a network in all directions. */
enum { LH_DIRECTED_LAYERS_MAX = LH_DIRECTIONS_MAX * LH_LAYERS_MAX };

typedef struct lh_packed_layer {
    lh_panels recurrent;           /* [H][G H] */
    lh_panels recurrent_transpose; /* [G H][H] */
} lh_packed_layer;

/* The same in bfloat16, for which the large products need packed weights as well. */
typedef struct lh_pair_layer {
    lh_pair_panels recurrent, recurrent_transpose;
    lh_pair_panels window, window_transpose; /* [A][G H]: w into the layer */
    lh_pair_panels below, below_transpose;   /* [below][G H]: h below; not in the first */
} lh_pair_layer;

/* What the steps of writing read: all that enters a layer side by side, or, where the cell keeps
 * its recurrent products apart, these in a matrix of their own. */
typedef struct lh_step_layer {
    lh_panels inputs;    /* [I + A + below + H or 0][G H] */
    lh_panels recurrent; /* [H][G H], or none */
} lh_step_layer;

typedef struct lh_packed {
    pthread_mutex_t lock;

    bool layers_fresh; /* what follows is of the present weights */
    lh_packed_layer layer[LH_DIRECTED_LAYERS_MAX];
    lh_panels window_input;           /* [A][G H]: w_{t-1} into the first layer */
    lh_panels window_input_transpose; /* [G H][A] */

    bool window_fresh;
    lh_panels window;           /* [H][3K] */
    lh_panels window_transpose; /* [3K][H] */

    bool pairs_fresh;
    lh_pair_layer pairs[LH_DIRECTED_LAYERS_MAX];

    bool steps_fresh;
    lh_step_layer step_layer[LH_DIRECTED_LAYERS_MAX];
    lh_panels step_window, step_output; /* [H][3K], [N H][outputs] */

    bool fingerprint_fresh;
    uint64_t fingerprint;
} lh_packed;

lh_packed *lh_packed_new(void);
void lh_packed_free(lh_packed *packed);
/* The weights have changed: nothing is fresh. */
void lh_packed_spoil(lh_packed *packed);

#endif
