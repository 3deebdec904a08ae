/* Training options as JSON (in state files and a model's history), their check, and their
 * comparison when a run is resumed. */
#ifndef LONGHAND_TRAIN_TRAIN_OPTIONS_H
#define LONGHAND_TRAIN_TRAIN_OPTIONS_H

#include <longhand/train.h>

#include <cJSON.h>

/* All options but `license`. NULL: no memory. With `traced`, only those that shape the result. */
cJSON *lh_train_options_write(const lh_train_options *options, bool traced);
/* Reads what is there into `options`; what is missing stays as it is. `name` is for messages. */
lh_status lh_train_options_read(const cJSON *json, const char *name, lh_train_options *options,
                                lh_error *error);
/* Every value in its range. */
lh_status lh_train_options_check(const lh_train_options *options, lh_error *error);
/* LH_ERROR_ARGUMENT when a (fixed) option of a run differs from what is asked now. */
lh_status lh_train_options_same(const lh_train_options *run, const lh_train_options *asked,
                                lh_error *error);

#endif
