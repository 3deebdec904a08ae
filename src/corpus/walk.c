/* Walks folders, and leaves archives to unpack.c. */
#include "walk.h"

#include "unpack.h"

#include <dirent.h>
#include <errno.h>
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

/* A folder, and those that it is in. */
typedef struct level {
    const struct level *above;
    int depth;
    dev_t device;
    ino_t inode;
} level;

static lh_status walk_folder(walk *w, const char *folder, const level *above);

static lh_status walk_item(walk *w, const char *folder, const struct dirent *item, const level *in)
{
    if (item->d_name[0] == '.')
        return LH_OK;
    char *path = source_join(folder, item->d_name, w->error);
    if (!path)
        return w->error->status;
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
        status = walk_folder(w, path, in);
    free(path);
    return status;
}

static bool is_inside_itself(const level *in)
{
    for (const level *up = in->above; up; up = up->above)
        if (up->device == in->device && up->inode == in->inode)
            return true;
    return false;
}

static lh_status walk_folder(walk *w, const char *folder, const level *above)
{
    struct stat info;
    struct dirent **item;
    level here = {above, above ? above->depth + 1 : 0, 0, 0};
    if (here.depth > MAX_DEPTH)
        return lh_fail(w->error, LH_ERROR_IO, "%s: folders nested deeper than %d", folder,
                       MAX_DEPTH);
    if (stat(folder, &info) == 0) {
        here.device = info.st_dev;
        here.inode = info.st_ino;
        if (is_inside_itself(&here)) /* by a link: all in it is read already */
            return LH_OK;
    }
    int count = scandir(folder, &item, NULL, alphasort);
    if (count < 0)
        return lh_fail(w->error, LH_ERROR_IO, "%s: cannot read the folder: %s", folder,
                       strerror(errno));
    lh_status status = LH_OK;
    for (int i = 0; i < count; i++) {
        if (status == LH_OK)
            status = walk_item(w, folder, item[i], &here);
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
        return walk_folder(&w, path, NULL);
    const unpack *archives = unpack_get(error);
    return archives ? archives->walk(path, budget, visit, user, error) : error->status;
}
