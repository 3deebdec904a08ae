/* Walks folders and archives. Only this file sees libarchive. */
#include "source.h"

#include "iam.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 32, ARCHIVE_BLOCK = 1 << 17 };

typedef struct walk {
    source_visit *visit;
    void *user;
    lh_error *error;
} walk;

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_wanted(const char *base)
{
    size_t length = strlen(base);
    return base[0] != '.' && length > 4 &&
           (strcmp(base + length - 4, ".xml") == 0 || strcmp(base + length - 4, ".txt") == 0);
}

static char *join(const char *folder, const char *name, lh_error *error)
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
    char *path = join(folder, item->d_name, w->error);
    if (!path)
        return LH_ERROR_MEMORY;
    struct stat info;
    bool known = item->d_type == DT_DIR || item->d_type == DT_REG;
    bool is_folder = item->d_type == DT_DIR, is_file = item->d_type == DT_REG;
    if (!known && stat(path, &info) == 0) { /* a link, or a file system that does not say */
        is_folder = S_ISDIR(info.st_mode);
        is_file = S_ISREG(info.st_mode);
    }
    if (is_file && is_wanted(item->d_name))
        return w->visit(w->user, (source_file){.path = path, .base = last_part(path)}, w->error);
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

/* ---- archives -------------------------------------------------------------------------------- */

static lh_status archive_failed(walk *w, struct archive *archive, const char *path)
{
    const char *reason = archive_error_string(archive);
    return lh_fail(w->error, LH_ERROR_FORMAT, "%s: cannot read the archive: %s", path,
                   reason ? reason : "no reason given");
}

/* Reads the content of an entry; NULL with `*wrong` set for one too large. */
static lh_status read_entry(walk *w, struct archive *archive, const char *path, source_file *file)
{
    size_t capacity = 1 << 15;
    char *data = malloc(capacity);
    size_t size = 0;
    while (data) {
        la_ssize_t got = archive_read_data(archive, data + size, capacity - size - 1);
        if (got == ARCHIVE_RETRY)
            continue;
        if (got < 0) {
            free(data);
            return archive_failed(w, archive, path);
        }
        if (got == 0)
            break;
        size += (size_t)got;
        if (size > IAM_MAX_FILE) {
            free(data);
            file->wrong = "is too large for a file of IAM-OnDB";
            return LH_OK;
        }
        if (size + 1 < capacity)
            continue;
        capacity *= 2;
        char *larger = realloc(data, capacity);
        if (!larger)
            free(data);
        data = larger;
    }
    if (!data)
        return lh_fail_memory(w->error, "a file of an archive");
    data[size] = '\0';
    file->data = data;
    file->size = size;
    return LH_OK;
}

static lh_status walk_entry(walk *w, struct archive *archive, struct archive_entry *entry,
                            const char *path)
{
    const char *name = archive_entry_pathname(entry);
    if (!name || archive_entry_filetype(entry) != AE_IFREG || !is_wanted(last_part(name)))
        return LH_OK;
    source_file file = {.path = join(path, name, w->error)};
    if (!file.path)
        return LH_ERROR_MEMORY;
    file.base = last_part(file.path);
    lh_status status = read_entry(w, archive, path, &file);
    if (status != LH_OK) {
        free(file.path);
        return status;
    }
    return w->visit(w->user, file, w->error);
}

static lh_status walk_archive(walk *w, const char *path)
{
    struct archive *archive = archive_read_new();
    if (!archive)
        return lh_fail_memory(w->error, "an archive reader");
    archive_read_support_filter_all(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_zip(archive);
    lh_status status = LH_OK;
    if (archive_read_open_filename(archive, path, ARCHIVE_BLOCK) != ARCHIVE_OK)
        status = archive_failed(w, archive, path);
    while (status == LH_OK) {
        struct archive_entry *entry;
        int got = archive_read_next_header(archive, &entry);
        if (got == ARCHIVE_EOF)
            break;
        if (got == ARCHIVE_RETRY)
            continue;
        status = got == ARCHIVE_OK || got == ARCHIVE_WARN ? walk_entry(w, archive, entry, path)
                                                          : archive_failed(w, archive, path);
    }
    archive_read_free(archive);
    return status;
}

lh_status source_walk(const char *path, source_visit *visit, void *user, lh_error *error)
{
    walk w = {visit, user, error};
    struct stat info;
    if (stat(path, &info) != 0)
        return lh_fail(error, LH_ERROR_IO, "%s: cannot open: %s", path, strerror(errno));
    return S_ISDIR(info.st_mode) ? walk_folder(&w, path, 0) : walk_archive(&w, path);
}
