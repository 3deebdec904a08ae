/* Walks folders, and leaves archives to unpack.c. */
#include "source.h"

#include "unpack.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 32 };

typedef struct walk {
    source_budget *budget;
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

lh_status source_check_budget(const source_budget *budget, uint64_t more, const char *path,
                              lh_error *error)
{
    if (budget->max_files > 0 && budget->files > budget->max_files)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: the sources hold more than %" PRIu64
                       " files; --max-files N allows more",
                       path, budget->max_files);
    if (budget->max_bytes > 0 &&
        (budget->bytes > budget->max_bytes || more > budget->max_bytes - budget->bytes))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: the sources hold more than %" PRIu64
                       " bytes when unpacked; --max-bytes N allows more",
                       path, budget->max_bytes);
    return LH_OK;
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
    bool is_folder = item->d_type == DT_DIR, is_file = false;
    bool may_be_file = !is_folder && source_is_wanted(item->d_name);
    /* Besides the size: a link, or a file system that does not say what is a folder. */
    if ((may_be_file || (!is_folder && item->d_type != DT_REG)) && stat(path, &info) == 0) {
        is_folder = S_ISDIR(info.st_mode);
        is_file = may_be_file && S_ISREG(info.st_mode);
    }
    lh_status status = LH_OK;
    if (is_file) {
        w->budget->files++;
        w->budget->bytes += (uint64_t)info.st_size;
        status = source_check_budget(w->budget, 0, path, w->error);
    }
    if (is_file && status == LH_OK)
        return w->visit(w->user, (source_file){.path = path, .base = source_last_part(path)},
                        w->error);
    if (is_folder)
        status = walk_folder(w, path, depth + 1);
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

lh_status source_walk(const char *path, source_budget *budget, source_visit *visit, void *user,
                      lh_error *error)
{
    walk w = {budget, visit, user, error};
    struct stat info;
    if (stat(path, &info) != 0)
        return lh_fail(error, LH_ERROR_IO, "%s: cannot open: %s", path, strerror(errno));
    if (S_ISDIR(info.st_mode))
        return walk_folder(&w, path, 0);
    const unpack *archives = unpack_get(error);
    return archives ? archives->walk(path, budget, visit, user, error) : LH_ERROR_IO;
}
