/* A character that is read as another. */
#ifndef LONGHAND_CLI_MODEL_ALIKE_H
#define LONGHAND_CLI_MODEL_ALIKE_H

#include <longhand/nn.h>

/* `pair` is "X=x": gives X, in every layer, the weights with which the network reads x, and notes
 * it in the history. For a character that training lines hardly have, it is a better beginning than
 * weights that are still those of before training; one that the alphabet lacks is added, so that
 * training can go on with lines that have it. LH_ERROR_ARGUMENT where `pair` is something else, or
 * the alphabet lacks x; the model is then as it was. */
lh_status model_alike(lh_model *model, const char *pair, lh_error *error);

#endif
