/* The log of a training run: JSON lines that a person plots. It grows row by row; a resumed run
 * first drops the rows of steps that were lost, so that no step stands in it twice. */
#ifndef LONGHAND_TRAIN_LOG_WRITE_H
#define LONGHAND_TRAIN_LOG_WRITE_H

#include <longhand/train.h>

typedef struct lh_log_writer lh_log_writer;

/* Starts a new log (`step` 0), or goes on in the one there is behind its rows up to `step`. NULL on
 * failure. */
lh_log_writer *lh_log_writer_open(const char *path, uint64_t step, lh_error *error);
/* Adds a row for LH_TRAIN_STEP ("train") or LH_TRAIN_VALIDATED ("valid") and flushes it. */
lh_status lh_log_write(lh_log_writer *log, const lh_train_event *event, lh_error *error);
void lh_log_writer_close(lh_log_writer *log);

#endif
