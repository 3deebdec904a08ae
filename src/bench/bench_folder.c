/* A folder for files that are only measured: see bench_folder.h. It is locked while its benchmark
 * lives, as unfinished files are (base/temporary.h), so that the next can tell which were left. */
#include "bench/bench_folder.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LETTERS = 6, ATTEMPTS = 20 };

static const char prefix[] = "longhand-bench-";

/* Locks the folder; -1 when another has it, or it is gone, or not the user's. */
static int lock(const char *path)
{
    struct stat info, named;
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0)
        return -1;
    if (fstat(descriptor, &info) == 0 && info.st_uid == geteuid() &&
        flock(descriptor, LOCK_EX | LOCK_NB) == 0 && lstat(path, &named) == 0 &&
        named.st_dev == info.st_dev && named.st_ino == info.st_ino)
        return descriptor;
    close(descriptor);
    return -1;
}

static bool is_ours(const char *name)
{
    const size_t length = sizeof prefix - 1;
    if (strncmp(name, prefix, length) != 0 || strlen(name) != length + LETTERS)
        return false;
    for (const char *c = name + length; *c; c++)
        if (!isalnum((unsigned char)*c))
            return false;
    return true;
}

static void remove_left(const char *place, void (*empty)(const char *path))
{
    DIR *directory = opendir(place);
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;) {
        char path[512];
        if (!is_ours(entry->d_name))
            continue;
        snprintf(path, sizeof path, "%.200s/%.255s", place, entry->d_name);
        int held = lock(path);
        if (held >= 0) {
            empty(path);
            rmdir(path);
            close(held);
        }
    }
    if (directory)
        closedir(directory);
}

lh_status bench_folder_make(bench_folder *folder, void (*empty)(const char *path), lh_error *error)
{
    folder->empty = empty;
    const char *set = getenv("TMPDIR"), *place = set && *set ? set : "/tmp";
    remove_left(place, empty);
    /* Between its making and its lock another benchmark may take it for one that was left. */
    for (int i = 0; i < ATTEMPTS; i++) {
        snprintf(folder->path, sizeof folder->path, "%.200s/%sXXXXXX", place, prefix);
        if (!mkdtemp(folder->path))
            break;
        folder->lock = lock(folder->path);
        if (folder->lock >= 0)
            return LH_OK;
        rmdir(folder->path);
        errno = EAGAIN;
    }
    return lh_fail(error, LH_ERROR_IO, "%s: cannot create: %s", folder->path, strerror(errno));
}

void bench_folder_remove(bench_folder *folder)
{
    folder->empty(folder->path);
    rmdir(folder->path);
    close(folder->lock);
}
