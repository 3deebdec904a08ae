/* The user's own folders: see folder.h. */
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

bool lh_folder_make(const char *path, mode_t mode)
{
    char *above = strdup(path);
    bool made = above != NULL;
    for (char *slash = above; made && (slash = strchr(slash + 1, '/')) != NULL; *slash = '/') {
        *slash = '\0';
        made = make_one(above, mode);
    }
    free(above);
    return made && make_one(path, mode);
}
