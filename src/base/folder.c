/* Folders: see folder.h. */
#include "base/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *lh_folder_of_user(const char *variable, const char *usual, const char *below)
{
    const char *set = getenv(variable), *home = getenv("HOME");
    bool own = set && *set == '/';
    if (!own && (!home || !*home))
        return NULL;
    const char *first = own ? set : home;
    size_t length = strlen(first) + strlen(usual) + strlen(below) + 3;
    char *path = malloc(length);
    if (path && own)
        snprintf(path, length, "%s/%s", first, below);
    else if (path)
        snprintf(path, length, "%s/%s/%s", first, usual, below);
    return path;
}

static bool make_one(const char *path, mode_t mode)
{
    return mkdir(path, mode) == 0 || errno == EEXIST;
}

/* Makes the folders above `path`, a copy that is changed. When one cannot be made, `path` ends
 * behind it. */
static bool make_above(char *path, mode_t mode)
{
    for (char *slash = path; *slash && (slash = strchr(slash + 1, '/')) != NULL; *slash = '/') {
        *slash = '\0';
        if (!make_one(path, mode))
            return false;
    }
    return true;
}

static lh_status make_all(const char *path, mode_t mode, bool itself, lh_error *error)
{
    char *copy = strdup(path);
    lh_status status = LH_OK;
    if (!copy)
        status = lh_fail_memory(error, "the name of a folder");
    else if (!make_above(copy, mode) || (itself && !make_one(copy, mode)))
        status =
            lh_fail(error, LH_ERROR_IO, "%s: cannot make the folder: %s", copy, strerror(errno));
    free(copy);
    return status;
}

lh_status lh_folder_make(const char *path, mode_t mode, lh_error *error)
{
    return make_all(path, mode, true, error);
}

lh_status lh_folder_make_above(const char *path, lh_error *error)
{
    return make_all(path, 0777, false, error);
}
