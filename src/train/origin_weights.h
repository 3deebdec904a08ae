/* The weights that a run begins with, from a model's. */
#ifndef LONGHAND_TRAIN_ORIGIN_WEIGHTS_H
#define LONGHAND_TRAIN_ORIGIN_WEIGHTS_H

#include <longhand/nn.h>

/* Copies the weights of `model` over those of `network`, which is the same but that it may tell
 * apart more symbols (ctc), in `alphabet`: those that the model does not know keep the weights that
 * they have, and are at first no more probable than the rarest that it does. */
void lh_origin_weights(lh_network *network, const lh_alphabet *alphabet, const lh_model *model);

#endif
