/* How a model came to be, as JSON in its file. Nothing in it depends on the clock: a run that was
 * interrupted gives the same file as one that was not. */
#ifndef LONGHAND_TRAIN_HISTORY_H
#define LONGHAND_TRAIN_HISTORY_H

#include <longhand/train.h>

typedef struct lh_history {
    const lh_train_options *options;
    uint64_t corpus; /* its checksum */
    const lh_dataset *train, *valid;
    const lh_train_event *validated; /* the validation that chose the weights */
    const char *from; /* the history of the model that training began with, or NULL */
} lh_history;

/* The JSON, which cJSON_free frees; NULL: out of memory. */
char *lh_history_write(const lh_history *history);

#endif
