/* What waits for several threads to deal with it: documents whose files are to be written. Most of
 * that is waiting for the disk, which those who write the next documents need not do. */
#ifndef LONGHAND_CLI_WRITE_QUEUE_H
#define LONGHAND_CLI_WRITE_QUEUE_H

#include <longhand/base.h>

typedef struct write_queue write_queue;

/* Calls `work` for each item, on `threads` threads. NULL: no memory. */
write_queue *write_queue_new(int threads, void (*work)(void *user, void *item), void *user,
                             lh_error *error);
/* Waits while there are as many items as threads. */
void write_queue_put(write_queue *queue, void *item);
/* Waits until all is done, and frees; NULL is fine. */
void write_queue_end(write_queue *queue);

#endif
