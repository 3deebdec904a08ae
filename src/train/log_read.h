/* Reading the log of a run that is in memory. */
#ifndef LONGHAND_TRAIN_LOG_READ_H
#define LONGHAND_TRAIN_LOG_READ_H

#include <longhand/train.h>

/* lh_training_log_read of `data` [size] with a NUL behind it, which is changed. `name` is for
 * messages. */
lh_training_log *lh_training_log_parse(char *data, size_t size, const char *name, lh_error *error);

#endif
