/* One step of the weights along the gradient of a batch. */
#ifndef LONGHAND_TRAIN_UPDATE_H
#define LONGHAND_TRAIN_UPDATE_H

#include <longhand/train.h>

typedef struct lh_update {
    lh_network *network; /* being trained */
    lh_network *average; /* its averaged weights, or NULL */
    lh_optimizer *optimizer;
    double clip_value; /* limit of each number of the gradient, applied first; 0: none */
    double clip;       /* limit of the gradient's Euclidean norm; 0: none */
    double rate;       /* learning rate */
    double decay;      /* d of average <- d average + (1 - d) weights */
    int threads;
} lh_update;

/* Clips `gradient` [arena size], takes the step and moves the average. Returns the gradient's norm
 * before clipping; when that is not finite, nothing is changed. */
double lh_update_weights(const lh_update *update, lh_real *gradient);

#endif
