/* What waits for several threads to deal with it: documents whose files are to be written. Most of
 * that is waiting for the disk, which those who write the next documents need not do. */
#ifndef LONGHAND_DOCUMENT_QUEUE_H
#define LONGHAND_DOCUMENT_QUEUE_H

#include <longhand/base.h>

typedef struct lh_queue lh_queue;

/* Calls `work` for each item, on `threads` threads. NULL: no memory. */
lh_queue *lh_queue_new(int threads, void (*work)(void *user, void *item), void *user,
                       lh_error *error);
/* Waits while there are as many items as threads. */
void lh_queue_put(lh_queue *queue, void *item);
/* Waits until all is done, and frees; NULL is fine. */
void lh_queue_end(lh_queue *queue);

#endif
