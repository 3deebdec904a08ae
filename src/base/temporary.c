/* Files that are not finished yet: see temporary.h. */
#include "base/temporary.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LETTERS = 6, LISTED = 64, LISTED_PATH = 4096, FOLDERS = 256, ATTEMPTS = 100 };
enum { MOST_WAITS = 500 }; /* of a millisecond */

/* ---- those of this process --------------------------------------------------------------------
 */

enum { FREE, FILLING, LISTING, ABANDONED };

/* A signal handler has no arguments: what it is to remove stands here. It takes an entry before it
 * reads it, so that no other thread can put another name there meanwhile. */
static struct {
    atomic_int state;
    char path[LISTED_PATH];
} list[LISTED];

static atomic_int ending; /* the process is */
static atomic_int making; /* so many files are being made */

/* One that finds no place is left to the next process, should this one be killed. */
static int enlist(const char *path)
{
    size_t size = strlen(path) + 1;
    for (int i = 0; i < LISTED && size <= LISTED_PATH; i++) {
        int expected = FREE;
        if (atomic_compare_exchange_strong(&list[i].state, &expected, FILLING)) {
            memcpy(list[i].path, path, size);
            atomic_store(&list[i].state, LISTING);
            return i;
        }
    }
    return -1;
}

static void strike(int listed)
{
    int expected = LISTING;
    if (listed >= 0)
        atomic_compare_exchange_strong(&list[listed].state, &expected, FREE);
}

/* The process is about to end: who comes to make a file, or to give one its place, stays here. */
static void stay_if_ending(void)
{
    while (atomic_load(&ending))
        pause();
}

/* Files that are being made are not on the list yet. They are waited for, though not for ever. */
static void wait_for_making(void)
{
    for (int i = 0; i < MOST_WAITS && atomic_load(&making) > 0; i++)
        poll(NULL, 0, 1);
}

void lh_temporaries_abandon(void)
{
    atomic_store(&ending, 1);
    wait_for_making();
    for (int i = 0; i < LISTED; i++) {
        int expected = LISTING;
        if (atomic_compare_exchange_strong(&list[i].state, &expected, ABANDONED))
            unlink(list[i].path);
    }
}

/* ---- those that others have left --------------------------------------------------------------
 */

static bool is_temporary(const char *name)
{
    static const size_t prefix = sizeof LH_TEMPORARY_NAME - 1;
    if (strncmp(name, LH_TEMPORARY_NAME, prefix) != 0 || strlen(name) != prefix + LETTERS)
        return false;
    for (const char *c = name + prefix; *c; c++)
        if (!isalnum((unsigned char)*c))
            return false;
    return true;
}

/* Removes a file that nobody writes any more. Who gets the lock knows that; who has just made the
 * file and not yet locked it finds it gone, and makes another. */
static void remove_left(int folder, const char *name)
{
    struct stat file, named;
    int descriptor = openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return;
    if (fstat(descriptor, &file) == 0 && S_ISREG(file.st_mode) && file.st_uid == geteuid() &&
        flock(descriptor, LOCK_EX | LOCK_NB) == 0 &&
        fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 && named.st_dev == file.st_dev &&
        named.st_ino == file.st_ino)
        unlinkat(folder, name, 0);
    close(descriptor);
}

/* Has this process looked through the folder? One that is forgotten is looked through again. */
static bool first_time_in(const struct stat *folder)
{
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    static struct {
        dev_t device;
        ino_t number;
        bool known;
    } seen[FOLDERS];
    size_t at = (size_t)(folder->st_ino ^ folder->st_dev) % FOLDERS;
    pthread_mutex_lock(&mutex);
    bool known =
        seen[at].known && seen[at].device == folder->st_dev && seen[at].number == folder->st_ino;
    seen[at].device = folder->st_dev;
    seen[at].number = folder->st_ino;
    seen[at].known = true;
    pthread_mutex_unlock(&mutex);
    return !known;
}

static void sweep(const char *folder)
{
    struct stat info;
    if (stat(folder, &info) != 0 || !first_time_in(&info))
        return;
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;)
        if (is_temporary(entry->d_name))
            remove_left(dirfd(directory), entry->d_name);
    if (directory)
        closedir(directory);
}

/* ---- one --------------------------------------------------------------------------------------
 */

/* Locks a file that has just been made; false when another process has taken it for one that was
 * left. Where files cannot be locked nobody takes any. */
static bool claim(int descriptor)
{
    struct stat info;
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return false;
    return fstat(descriptor, &info) != 0 || info.st_nlink > 0;
}

/* The folder of `place` with a '/' behind it, or "", and room for a name. */
static char *folder_of(const char *place, size_t *length)
{
    const char *slash = strrchr(place, '/');
    *length = slash ? (size_t)(slash - place) + 1 : 0;
    char *path = malloc(*length + sizeof LH_TEMPORARY_NAME + LETTERS);
    if (path) {
        memcpy(path, place, *length);
        path[*length] = '\0';
    }
    return path;
}

/* Makes the file and enlists it, undisturbed by signals whose handler would look for it. */
static int make(lh_temporary *t)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    atomic_fetch_add(&making, 1);
    int descriptor = atomic_load(&ending) ? -1 : mkstemp(t->path), reason = errno;
    if (descriptor >= 0) {
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        t->listed = enlist(t->path);
    }
    atomic_fetch_sub(&making, 1);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    stay_if_ending();
    errno = reason;
    return descriptor;
}

/* Leaves errno as it is. */
static void end(lh_temporary *t)
{
    int reason = errno;
    strike(t->listed);
    if (t->lock >= 0)
        close(t->lock);
    free(t->path);
    *t = (lh_temporary){.lock = -1, .listed = -1};
    errno = reason;
}

int lh_temporary_open(lh_temporary *t, const char *place)
{
    size_t length;
    *t = (lh_temporary){.lock = -1, .listed = -1, .path = folder_of(place, &length)};
    if (!t->path) {
        errno = ENOMEM;
        return -1;
    }
    sweep(length > 0 ? t->path : ".");
    for (int i = 0; i < ATTEMPTS; i++) {
        strcpy(t->path + length, LH_TEMPORARY_NAME "XXXXXX");
        int descriptor = make(t);
        if (descriptor < 0)
            break;
        if (claim(descriptor)) {
            t->lock = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
            return descriptor;
        }
        close(descriptor);
        strike(t->listed);
        errno = EAGAIN;
    }
    end(t);
    return -1;
}

int lh_temporary_finish(lh_temporary *t, const char *place)
{
    stay_if_ending();
    if (rename(t->path, place) != 0) {
        stay_if_ending();
        lh_temporary_drop(t);
        return -1;
    }
    end(t);
    return 0;
}

void lh_temporary_drop(lh_temporary *t)
{
    int reason = errno;
    if (t->path)
        unlink(t->path);
    errno = reason;
    end(t);
}
