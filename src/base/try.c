/* Trying whether a file can be written: see try.h. */
#include "base/try.h"

#include "base/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How much of `path`, up to a slash, are folders that are there. */
static size_t folders_there(char *path)
{
    size_t there = 0;
    struct stat info;
    for (char *slash = path; (slash = strchr(slash + 1, '/')) != NULL;) {
        *slash = '\0';
        bool found = stat(path, &info) == 0;
        *slash = '/';
        if (!found)
            break;
        there = (size_t)(slash - path);
    }
    return there;
}

/* Takes the folders above `path` away again, down to those that were there. */
static void remove_folders(char *path, size_t there)
{
    for (char *slash; (slash = strrchr(path, '/')) != NULL && (size_t)(slash - path) > there;) {
        *slash = '\0';
        rmdir(path);
    }
}

static lh_status create(const char *path, bool deep, lh_error *error)
{
    size_t length = strlen(path);
    char *beside = malloc(length + 8);
    if (!beside)
        return lh_fail_memory(error, "a file name");
    memcpy(beside, path, length);
    memcpy(beside + length, ".XXXXXX", 8);
    size_t there = deep ? folders_there(beside) : 0;
    lh_status status = deep ? lh_folder_make_above(path, error) : LH_OK;
    int file = status == LH_OK ? mkstemp(beside) : -1;
    if (file >= 0) {
        close(file);
        unlink(beside);
    } else if (status == LH_OK) {
        status = lh_fail(error, LH_ERROR_IO, "%.400s: cannot create: %s", path, strerror(errno));
    }
    if (deep)
        remove_folders(beside, there);
    free(beside);
    return status;
}

lh_status lh_try_output(const char *path, bool deep, bool folder_known, lh_error *error)
{
    struct stat info;
    bool there = stat(path, &info) == 0;
    if (!*path)
        return lh_fail(error, LH_ERROR_IO, "an output has no name");
    if (there && S_ISDIR(info.st_mode))
        return lh_fail(error, LH_ERROR_IO, "%.400s: is a folder, not a file", path);
    if (!there || S_ISREG(info.st_mode))
        return folder_known ? LH_OK : create(path, deep, error);
    if (access(path, W_OK) != 0)
        return lh_fail(error, LH_ERROR_IO, "%.400s: cannot write: %s", path, strerror(errno));
    return LH_OK;
}
