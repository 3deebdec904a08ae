/* The mean of several models. */
#ifndef LONGHAND_CLI_MODEL_MEAN_H
#define LONGHAND_CLI_MODEL_MEAN_H

#include <longhand/nn.h>

/* Gives model[0] the mean weights of all `count` models, weight by weight, and a history that lists
 * theirs. `path` [count] is for messages. Models of another architecture, alphabet, scale or
 * licence than the first are LH_ERROR_ARGUMENT. */
lh_status model_mean(lh_model *const *model, const char *const *path, size_t count,
                     lh_error *error);

#endif
