/* Trying whether files can be written: see try.h. */
#include "base/try.h"

#include "base/temporary.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes of the name that an output has in its folder while it is written. */
enum { UNFINISHED = sizeof LH_TEMPORARY_NAME - 1 + 6 };

/* The bytes of `path` that are folders: up to its last slash or, where `deep`, one above it that
 * is the end of a folder that is there. `path` is changed on the way. */
static size_t folder_length(char *path, bool deep)
{
    struct stat info;
    char *slash = strrchr(path, '/');
    while (deep && slash && slash > path) {
        *slash = '\0';
        char *above = stat(path, &info) == 0 ? slash : strrchr(path, '/');
        bool there = above == slash;
        *slash = '/';
        if (there)
            break;
        slash = above;
    }
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* No part of the rest of a path, which is to be made, is too long for a name. */
static bool names_fit(const char *rest)
{
    while (*rest) {
        size_t length = strcspn(rest, "/");
        if (length > NAME_MAX)
            return false;
        rest += length + (rest[length] == '/');
    }
    return true;
}

/* `folder` is "" or ends in a slash. */
static bool can_create_in(const char *folder)
{
    lh_temporary temporary;
    const int file = lh_temporary_open(&temporary, folder);
    if (file < 0)
        return false;
    close(file);
    lh_temporary_drop(&temporary);
    return true;
}

static lh_status try_folder(lh_trial *trial, const char *path, bool deep, lh_error *error)
{
    char *folder = strdup(path);
    if (!folder)
        return lh_fail_memory(error, "a file name");
    const size_t length = folder_length(folder, deep);
    folder[length] = '\0';
    const char *slash = strrchr(path, '/');
    const size_t above = slash ? (size_t)(slash - path) + 1 : 0;
    bool fits =
        names_fit(path + length) && strlen(path) < PATH_MAX && above + UNFINISHED < PATH_MAX;
    bool known = trial->known && strcmp(folder, trial->known) == 0;
    if (!fits)
        errno = ENAMETOOLONG;
    if (!fits || (!known && !can_create_in(folder))) {
        free(folder);
        return lh_fail(error, LH_ERROR_IO, "%.400s: cannot create: %s", path, strerror(errno));
    }
    free(trial->known);
    trial->known = folder;
    return LH_OK;
}

lh_status lh_try_output(lh_trial *trial, const char *path, bool deep, lh_error *error)
{
    struct stat info;
    bool there = stat(path, &info) == 0;
    if (!*path)
        return lh_fail(error, LH_ERROR_IO, "an output has no name");
    if (there && S_ISDIR(info.st_mode))
        return lh_fail(error, LH_ERROR_IO, "%.400s: is a folder, not a file", path);
    if (!there || S_ISREG(info.st_mode))
        return try_folder(trial, path, deep, error);
    if (access(path, W_OK) != 0)
        return lh_fail(error, LH_ERROR_IO, "%.400s: cannot write: %s", path, strerror(errno));
    return LH_OK;
}

void lh_trial_end(lh_trial *trial)
{
    free(trial->known);
    trial->known = NULL;
}
