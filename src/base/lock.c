/* Locks between processes: see lock.h. */
#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct lh_lock {
    int file;
    char path[];
};

/* Whoever had the lock may have removed the file between our opening and locking it: then what we
 * hold is not what others will find. */
static bool is_still_there(const lh_lock *lock)
{
    struct stat held, found;
    return fstat(lock->file, &held) == 0 && stat(lock->path, &found) == 0 &&
           held.st_dev == found.st_dev && held.st_ino == found.st_ino;
}

static lh_status take(lh_lock *lock, const char *path, const char *doing, lh_error *error)
{
    for (;;) {
        lock->file = open(lock->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (lock->file < 0)
            return lh_fail(error, LH_ERROR_IO, "%.400s: cannot create: %s", lock->path,
                           strerror(errno));
        int failed = flock(lock->file, LOCK_EX | LOCK_NB);
        if (failed && errno == EWOULDBLOCK) {
            close(lock->file);
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "%.400s: another process %s it; wait for its end, or stop it", path,
                           doing);
        }
        if (failed || is_still_there(lock))
            return LH_OK;
        close(lock->file);
    }
}

lh_lock *lh_lock_take(const char *path, const char *doing, lh_error *error)
{
    size_t length = strlen(path);
    lh_lock *lock = malloc(sizeof *lock + length + sizeof ".lock");
    if (!lock) {
        lh_fail_memory(error, "a lock");
        return NULL;
    }
    memcpy(lock->path, path, length);
    memcpy(lock->path + length, ".lock", sizeof ".lock");
    if (take(lock, path, doing, error) == LH_OK)
        return lock;
    free(lock);
    return NULL;
}

void lh_lock_release(lh_lock *lock)
{
    if (!lock)
        return;
    unlink(lock->path); /* first, so that nobody finds it unlocked */
    close(lock->file);
    free(lock);
}
