/* The small model that fuzz_hand and its seeds share. */
#ifndef LONGHAND_FUZZ_HAND_MODEL_H
#define LONGHAND_FUZZ_HAND_MODEL_H

#include <longhand/nn.h>

/* A synthesis network of 2 x 3 cells for blanks, a and b, as it is before training; false, with a
 * message, without memory. */
bool hand_model_make(lh_model *model);

#endif
