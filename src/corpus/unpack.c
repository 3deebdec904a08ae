/* Walks archives. Only this file sees libarchive.
 *
 * libarchive is let do what it does in this process alone: for some compressions it would run a
 * program, found by name and fed with the file. What is no archive that it reads here is refused
 * (archive_kind.c says what it is instead). A file of the archive that cannot be read is visited
 * with the reason, and the walk goes on behind it where libarchive finds the way. */
#include "unpack.h"

#include "archive_kind.h"
#include "gunzip.h"
#include "iam.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { ARCHIVE_BLOCK = 1 << 17 };

typedef struct walk {
    struct archive *archive;
    gunzip *gzip;     /* what libarchive reads from, or NULL: from the file itself */
    bool gzip_failed; /* libarchive has met what is wrong with it */
    const char *path;
    source_budget *budget;
    source_visit *visit;
    void *user;
    lh_error *error;
    uint64_t read;   /* bytes of files */
    char *behind;    /* the name of the last file; NULL: none yet */
    source_file cut; /* a file that could not be read, visited once it is known how it goes on */
} walk;

/* ---- opening ----------------------------------------------------------------------------------
 */

typedef int support(struct archive *);

/* Those of which libarchive has the library report ARCHIVE_OK; it warns where it would run a
 * program, and then has them already. */
static void support_what_runs_here(struct archive *archive)
{
    static support *const filters[] = {
        archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
        archive_read_support_filter_xz,   archive_read_support_filter_lzma,
        archive_read_support_filter_lzip, archive_read_support_filter_zstd,
        archive_read_support_filter_lz4,  archive_read_support_filter_compress,
    };
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        struct archive *trial = archive_read_new();
        if (trial && filters[i](trial) == ARCHIVE_OK)
            filters[i](archive);
        archive_read_free(trial);
    }
}

static la_ssize_t read_gzip(struct archive *archive, void *user, const void **bytes)
{
    walk *w = user;
    ptrdiff_t got = gunzip_read(w->gzip, bytes);
    w->gzip_failed = got < 0;
    if (got < 0)
        archive_set_error(archive, EIO, "%s", gunzip_wrong(w->gzip));
    return got;
}

static lh_status open_file(walk *w)
{
    FILE *stream = fopen(w->path, "rb");
    if (!stream)
        return lh_fail(w->error, LH_ERROR_IO, "%s: cannot open: %s", w->path, strerror(errno));
    if (gunzip_fits(stream)) {
        w->gzip = gunzip_new(stream);
        return w->gzip ? LH_OK : lh_fail_memory(w->error, "an archive reader");
    }
    fclose(stream);
    return LH_OK;
}

static const char *reason_of(const walk *w)
{
    const char *wrong = w->gzip_failed ? gunzip_wrong(w->gzip) : NULL;
    const char *reason = wrong ? wrong : archive_error_string(w->archive);
    return reason ? reason : "no reason given";
}

/* Opens the archive of a walk; as `raw` it has one file, what is left when nothing is compressed.
 */
static lh_status open_archive(walk *w, bool raw)
{
    lh_status status = open_file(w);
    if (status != LH_OK)
        return status;
    w->archive = archive_read_new();
    if (!w->archive)
        return lh_fail_memory(w->error, "an archive reader");
    support_what_runs_here(w->archive);
    if (raw) {
        archive_read_support_format_raw(w->archive);
        archive_read_support_format_empty(w->archive);
    } else {
        archive_read_support_format_tar(w->archive);
        archive_read_support_format_zip_seekable(w->archive);
    }
    int got = w->gzip ? archive_read_open(w->archive, w, NULL, read_gzip, NULL)
                      : archive_read_open_filename(w->archive, w->path, ARCHIVE_BLOCK);
    if (got == ARCHIVE_OK)
        return LH_OK;
    return lh_fail(w->error, LH_ERROR_FORMAT, "%s: cannot read the archive: %s", w->path,
                   reason_of(w));
}

static void close_archive(walk *w)
{
    archive_read_free(w->archive);
    gunzip_free(w->gzip);
    w->archive = NULL;
    w->gzip = NULL;
}

/* ---- what goes wrong --------------------------------------------------------------------------
 */

/* The error of a file that is no archive, with what it is if that can be told. */
static lh_status refuse_archive(walk *w)
{
    char reason[200];
    unsigned char start[ARCHIVE_KIND_BYTES] = {0};
    struct archive_entry *entry;
    snprintf(reason, sizeof reason, "%s", reason_of(w));
    close_archive(w);
    if (open_archive(w, true) == LH_OK &&
        archive_read_next_header(w->archive, &entry) >= ARCHIVE_WARN)
        archive_read_data(w->archive, start, sizeof start);
    const char *kind = archive_kind(start);
    if (kind)
        return lh_fail(w->error, LH_ERROR_FORMAT,
                       "%s: is %s, which is not read here; unpack it, or pack it as .tar.gz, "
                       ".tar.xz or .zip",
                       w->path, kind);
    return lh_fail(
        w->error, LH_ERROR_FORMAT,
        "%s: cannot read the archive: %s; sources are folders, .tar.gz, .tar.xz and .zip "
        "archives with lines of IAM-OnDB (lineStrokes, ascii)",
        w->path, reason);
}

/* Visits the archive itself, for something in it that has no name. */
static lh_status tell_wrong(walk *w, const char *format, const char *name, const char *reason)
{
    lh_error message;
    lh_fail(&message, LH_ERROR_FORMAT, format, name, reason);
    source_file file = {.path = strdup(w->path), .wrong = strdup(message.message)};
    if (file.path && file.wrong)
        return w->visit(w->user, file, w->error);
    free(file.path);
    free(file.wrong);
    return lh_fail_memory(w->error, "a message");
}

/* Visits the file whose content could not be read; `ended` when nothing behind it can be, either.
 */
static lh_status tell_cut(walk *w, bool ended)
{
    lh_error message;
    source_file file = w->cut;
    w->cut = (source_file){0};
    if (ended) {
        lh_fail(&message, LH_ERROR_FORMAT, "%s; nor can what is behind it in the archive",
                file.wrong);
        free(file.wrong);
        file.wrong = strdup(message.message);
    }
    if (file.wrong)
        return w->visit(w->user, file, w->error);
    free(file.path);
    return lh_fail_memory(w->error, "a message");
}

/* ---- files ------------------------------------------------------------------------------------
 */

/* Whether what was read, and `ahead` more, is within the budget. */
static lh_status check_budget(const walk *w, uint64_t ahead)
{
    la_int64_t unpacked = archive_filter_bytes(w->archive, 0);
    uint64_t passed = unpacked > 0 ? (uint64_t)unpacked : 0;
    uint64_t read = passed > w->read ? passed : w->read;
    return source_check_budget(w->budget, read < UINT64_MAX - ahead ? read + ahead : UINT64_MAX,
                               w->path, w->error);
}

/* Reads the content of an entry, or says in `file` why it cannot be. */
static lh_status read_entry(walk *w, source_file *file)
{
    size_t size = 0, capacity = 1 << 15;
    char *data = malloc(capacity);
    lh_status status = LH_OK;
    while (data && status == LH_OK && !file->wrong) {
        la_ssize_t got = archive_read_data(w->archive, data + size, capacity - size - 1);
        if (got == 0)
            break;
        if (got == ARCHIVE_RETRY)
            continue;
        size += got > 0 ? (size_t)got : 0;
        w->read += got > 0 ? (uint64_t)got : 0;
        status = check_budget(w, 0);
        if (got < 0 || size > IAM_MAX_FILE) {
            file->wrong = strdup(got < 0 ? reason_of(w) : "is too large for a file of IAM-OnDB");
            status = file->wrong ? status : lh_fail_memory(w->error, "a message");
        } else if (size + 1 == capacity) {
            char *larger = realloc(data, capacity *= 2);
            if (!larger)
                free(data);
            data = larger;
        }
    }
    if (!data || status != LH_OK || file->wrong) {
        free(data);
        return data ? status : lh_fail_memory(w->error, "a file of an archive");
    }
    data[size] = '\0';
    file->data = data;
    file->size = size;
    return LH_OK;
}

static lh_status visit_entry(walk *w, const char *name)
{
    source_file file = {.path = source_join(w->path, name, w->error)};
    if (!file.path)
        return w->error->status;
    file.base = source_last_part(file.path);
    lh_status status = read_entry(w, &file);
    if (status == LH_OK && file.wrong) {
        w->cut = file;
        return LH_OK;
    }
    if (status == LH_OK)
        return w->visit(w->user, file, w->error);
    free(file.path);
    free(file.wrong);
    return status;
}

static lh_status walk_entry(walk *w, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    name = name ? name : archive_entry_pathname_utf8(entry);
    name = name ? name : "?";
    free(w->behind);
    w->behind = strdup(name);
    if (!w->behind)
        return lh_fail_memory(w->error, "a name");
    w->budget->files++;
    if (archive_entry_filetype(entry) == AE_IFREG && source_is_wanted(source_last_part(name)))
        return visit_entry(w, name);
    /* What is passed over in a tar is unpacked all the same. */
    bool tar = (archive_format(w->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
    la_int64_t size = archive_entry_size(entry);
    return check_budget(w, tar && size > 0 ? (uint64_t)size : 0);
}

/* ---- archives ---------------------------------------------------------------------------------
 */

/* The next entry; `*entry` NULL at the end, or where nothing more can be read, which it tells. */
static lh_status next_entry(walk *w, struct archive_entry **entry)
{
    int got = archive_read_next_header(w->archive, entry);
    lh_status status = LH_OK;
    if (got == ARCHIVE_RETRY) { /* the head of an entry is damaged: libarchive looks for the next */
        status = tell_wrong(w, "behind '%s' a file is damaged: %s", w->behind ? w->behind : "",
                            reason_of(w));
        while (status == LH_OK && got == ARCHIVE_RETRY) {
            status = check_budget(w, 0);
            got = archive_read_next_header(w->archive, entry);
        }
    }
    bool ended = got != ARCHIVE_OK && got != ARCHIVE_WARN;
    bool failed = ended && got != ARCHIVE_EOF;
    if (ended)
        *entry = NULL;
    if (status == LH_OK && w->cut.path)
        return tell_cut(w, failed);
    if (status != LH_OK || !failed)
        return status;
    return w->behind ? tell_wrong(w, "cannot be read behind '%s': %s", w->behind, reason_of(w))
                     : refuse_archive(w);
}

/* gzip's sum is at its end, behind all that libarchive asks for. */
static lh_status check_sum(walk *w)
{
    const void *bytes;
    lh_status status = LH_OK;
    for (ptrdiff_t got; status == LH_OK && (got = gunzip_read(w->gzip, &bytes)) > 0;) {
        w->read += (uint64_t)got;
        status = check_budget(w, 0);
    }
    if (status == LH_OK && !w->gzip_failed && gunzip_wrong(w->gzip))
        return tell_wrong(w, "%s: %s", "some file of it is damaged", gunzip_wrong(w->gzip));
    return status;
}

static lh_status walk_open_archive(walk *w)
{
    struct archive_entry *entry = NULL;
    lh_status status;
    do {
        status = next_entry(w, &entry);
        if (status == LH_OK && entry)
            status = walk_entry(w, entry);
    } while (status == LH_OK && entry);
    if (status == LH_OK && w->gzip)
        status = check_sum(w);
    return status;
}

static lh_status walk_archive(const char *path, source_budget *budget, source_visit *visit,
                              void *user, lh_error *error)
{
    walk w = {.path = path, .budget = budget, .visit = visit, .user = user, .error = error};
    lh_status status = open_archive(&w, false);
    if (status == LH_OK)
        status = walk_open_archive(&w);
    else if (status == LH_ERROR_FORMAT)
        status = refuse_archive(&w);
    if (w.archive) {
        la_int64_t unpacked = archive_filter_bytes(w.archive, 0);
        budget->bytes += unpacked > (la_int64_t)w.read ? (uint64_t)unpacked : w.read;
    }
    close_archive(&w);
    free(w.behind);
    free(w.cut.path);
    free(w.cut.wrong);
    return status;
}

const unpack *unpack_get(lh_error *error)
{
    static const unpack linked = {walk_archive, gunzip_all};
    (void)error; /* what is linked is there */
    return &linked;
}
