/* Walks folders, and leaves archives to unpack.c. */
#include "source.h"

#include "unpack.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 32 };

typedef struct walk {
    source_visit *visit;
    void *user;
    lh_error *error;
} walk;

const char *source_last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool source_is_wanted(const char *base)
{
    size_t length = strlen(base);
    return base[0] != '.' && length > 4 &&
           (strcmp(base + length - 4, ".xml") == 0 || strcmp(base + length - 4, ".txt") == 0);
}

char *source_join(const char *folder, const char *name, lh_error *error)
{
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    char *path = malloc(length + strlen(name) + 2);
    if (!path) {
        lh_fail_memory(error, "a path");
        return NULL;
    }
    memcpy(path, folder, length);
    path[length] = '/';
    memcpy(path + length + 1, name, strlen(name) + 1);
    return path;
}

/* ---- folders --------------------------------------------------------------------------------- */

static lh_status walk_folder(walk *w, const char *folder, int depth);

static lh_status walk_item(walk *w, const char *folder, const struct dirent *item, int depth)
{
    if (item->d_name[0] == '.')
        return LH_OK;
    char *path = source_join(folder, item->d_name, w->error);
    if (!path)
        return LH_ERROR_MEMORY;
    struct stat info;
    bool known = item->d_type == DT_DIR || item->d_type == DT_REG;
    bool is_folder = item->d_type == DT_DIR, is_file = item->d_type == DT_REG;
    if (!known && stat(path, &info) == 0) { /* a link, or a file system that does not say */
        is_folder = S_ISDIR(info.st_mode);
        is_file = S_ISREG(info.st_mode);
    }
    if (is_file && source_is_wanted(item->d_name))
        return w->visit(w->user, (source_file){.path = path, .base = source_last_part(path)},
                        w->error);
    lh_status status = is_folder ? walk_folder(w, path, depth + 1) : LH_OK;
    free(path);
    return status;
}

static lh_status walk_folder(walk *w, const char *folder, int depth)
{
    if (depth > MAX_DEPTH)
        return lh_fail(w->error, LH_ERROR_IO, "%s: folders nested deeper than %d", folder,
                       MAX_DEPTH);
    struct dirent **item;
    int count = scandir(folder, &item, NULL, alphasort);
    if (count < 0)
        return lh_fail(w->error, LH_ERROR_IO, "%s: cannot read the folder: %s", folder,
                       strerror(errno));
    lh_status status = LH_OK;
    for (int i = 0; i < count; i++) {
        if (status == LH_OK)
            status = walk_item(w, folder, item[i], depth);
        free(item[i]);
    }
    free(item);
    return status;
}

lh_status source_walk(const char *path, source_visit *visit, void *user, lh_error *error)
{
    walk w = {visit, user, error};
    struct stat info;
    if (stat(path, &info) != 0)
        return lh_fail(error, LH_ERROR_IO, "%s: cannot open: %s", path, strerror(errno));
    if (S_ISDIR(info.st_mode))
        return walk_folder(&w, path, 0);
    const unpack *archives = unpack_get(error);
    return archives ? archives->walk(path, visit, user, error) : LH_ERROR_IO;
}
