/* Locks between processes. */
#ifndef LONGHAND_BASE_LOCK_H
#define LONGHAND_BASE_LOCK_H

#include <longhand/base.h>

typedef struct lh_lock lh_lock;

/* Takes the file `path` for this process, by a lock on path.lock, which is made for it. The system
 * lifts the lock when the process ends, however it does. NULL on failure: LH_ERROR_ARGUMENT where
 * another process has it (`doing` says what at, "trains"), LH_ERROR_IO where nothing can be created
 * there. A file system without locks is trusted. */
lh_lock *lh_lock_take(const char *path, const char *doing, lh_error *error);
/* Gives the file back and removes path.lock; NULL is fine. */
void lh_lock_release(lh_lock *lock);

#endif
