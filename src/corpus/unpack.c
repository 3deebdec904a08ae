/* Walks archives. Only this file sees libarchive. */
#include "unpack.h"

#include "iam.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

enum { ARCHIVE_BLOCK = 1 << 17 };

typedef struct walk {
    source_visit *visit;
    void *user;
    lh_error *error;
} walk;

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
    if (!name || archive_entry_filetype(entry) != AE_IFREG ||
        !source_is_wanted(source_last_part(name)))
        return LH_OK;
    source_file file = {.path = source_join(path, name, w->error)};
    if (!file.path)
        return LH_ERROR_MEMORY;
    file.base = source_last_part(file.path);
    lh_status status = read_entry(w, archive, path, &file);
    if (status != LH_OK) {
        free(file.path);
        return status;
    }
    return w->visit(w->user, file, w->error);
}

static lh_status walk_archive(const char *path, source_visit *visit, void *user, lh_error *error)
{
    walk w = {visit, user, error};
    struct archive *archive = archive_read_new();
    if (!archive)
        return lh_fail_memory(error, "an archive reader");
    archive_read_support_filter_all(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_zip(archive);
    lh_status status = LH_OK;
    if (archive_read_open_filename(archive, path, ARCHIVE_BLOCK) != ARCHIVE_OK)
        status = archive_failed(&w, archive, path);
    while (status == LH_OK) {
        struct archive_entry *entry;
        int got = archive_read_next_header(archive, &entry);
        if (got == ARCHIVE_EOF)
            break;
        if (got == ARCHIVE_RETRY)
            continue;
        status = got == ARCHIVE_OK || got == ARCHIVE_WARN ? walk_entry(&w, archive, entry, path)
                                                          : archive_failed(&w, archive, path);
    }
    archive_read_free(archive);
    return status;
}

const unpack *unpack_get(lh_error *error)
{
    static const unpack linked = {walk_archive};
    (void)error; /* what is linked is there */
    return &linked;
}
