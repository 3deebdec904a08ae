/* Files in and out. An output file is whole or absent: it is written under a name of its own in the
 * same folder, flushed to the disk, and renamed over its place. */
#include <longhand/base.h>

#include "base/need.h"
#include "base/streams.h"
#include "base/temporary.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct lh_output {
    FILE *stream;
    char *path; /* NULL: standard output */
    lh_temporary temporary;
};

static void output_free(lh_output *output)
{
    free(output->path);
    free(output);
}

static mode_t user_mask;

/* To ask for the umask is to change it for a moment, for all threads. */
static void read_mask(void)
{
    user_mask = umask(0);
    umask(user_mask);
}

/* A temporary file is private; a result should have what the user's umask gives. */
static void use_ordinary_mode(int descriptor)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_mask);
    if (fchmod(descriptor, 0666 & ~user_mask) != 0) {
        /* Some file systems have no modes; the file is as good with its private one. */
    }
}

static lh_status output_start(lh_output *output, const char *path, lh_error *error)
{
    output->path = strdup(path);
    if (!output->path)
        return lh_fail_memory(error, "a file name");
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
        /* A device or a pipe (/dev/null, a fifo) cannot be renamed over: write to it directly. */
        output->stream = fopen(path, "wb");
    } else {
        int descriptor = lh_temporary_open(&output->temporary, path);
        if (descriptor >= 0) {
            use_ordinary_mode(descriptor);
            output->stream = fdopen(descriptor, "wb");
            if (!output->stream) {
                close(descriptor);
                lh_temporary_drop(&output->temporary);
            }
        }
    }
    if (!output->stream)
        return lh_fail(error, LH_ERROR_IO, "%s: cannot create: %s", path, strerror(errno));
    return LH_OK;
}

lh_output *lh_output_open(const char *path, lh_error *error)
{
    LH_NEED(error, path, NULL);
    lh_output *output = calloc(1, sizeof *output);
    if (!output) {
        lh_fail_memory(error, "an output file");
        return NULL;
    }
    if (lh_is_standard_output(path))
        output->stream = stdout;
    else if (output_start(output, path, error) != LH_OK) {
        output_free(output);
        return NULL;
    }
    return output;
}

FILE *lh_output_stream(lh_output *output)
{
    return output ? output->stream : NULL;
}

/* A rename lasts only once its folder is on the disk too. */
static void sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 1;
    char *folder = malloc(length + 1);
    if (!folder)
        return;
    memcpy(folder, slash ? path : ".", length);
    folder[length] = '\0';
    FILE *stream = fopen(folder, "rb");
    if (stream) {
        fsync(fileno(stream));
        fclose(stream);
    }
    free(folder);
}

lh_status lh_output_commit(lh_output *output, lh_error *error)
{
    LH_NEED(error, output, LH_ERROR_ARGUMENT);
    const char *name = output->path ? output->path : "standard output";
    bool whole = !ferror(output->stream) && fflush(output->stream) == 0;
    if (output->temporary.path)
        whole = whole && fsync(fileno(output->stream)) == 0;
    int reason = errno ? errno : EIO;
    if (output->path && fclose(output->stream) != 0 && whole) {
        whole = false;
        reason = errno;
    }
    bool placed = whole && output->temporary.path;
    if (placed && lh_temporary_finish(&output->temporary, output->path) != 0) {
        whole = placed = false;
        reason = errno;
    }
    lh_status status = LH_OK;
    if (!whole) {
        status = lh_fail(error, LH_ERROR_IO, "%s: cannot write: %s", name, strerror(reason));
        if (output->temporary.path)
            lh_temporary_drop(&output->temporary);
    } else if (placed) {
        sync_folder_of(output->path);
    }
    output_free(output);
    return status;
}

void lh_output_discard(lh_output *output)
{
    if (!output)
        return;
    if (output->path)
        fclose(output->stream);
    if (output->temporary.path)
        lh_temporary_drop(&output->temporary);
    output_free(output);
}

lh_status lh_output_end(lh_output *output, lh_status status, lh_error *error)
{
    if (output && (status == LH_OK || ferror(output->stream)))
        return lh_output_commit(output, error);
    lh_output_discard(output);
    return status;
}

static char *read_stream(FILE *stream, const char *path, size_t limit, size_t *size,
                         lh_error *error)
{
    char *data = NULL;
    size_t length = 0, capacity = 0;
    for (;;) {
        if (length + 1 >= capacity) {
            capacity = capacity ? 2 * capacity : 1u << 16;
            char *larger = realloc(data, capacity);
            if (!larger) {
                lh_fail(error, LH_ERROR_MEMORY, "%s: out of memory after %zu bytes", path, length);
                free(data);
                return NULL;
            }
            data = larger;
        }
        size_t got = fread(data + length, 1, capacity - length - 1, stream);
        length += got;
        if (got == 0)
            break;
        if (length > limit) {
            lh_fail(error, LH_ERROR_FORMAT, "%s: larger than the %zu bytes such a file may have",
                    path, limit);
            free(data);
            return NULL;
        }
    }
    if (ferror(stream)) {
        lh_fail(error, LH_ERROR_IO, "%s: cannot read: %s", path, strerror(errno));
        free(data);
        return NULL;
    }
    data[length] = '\0';
    *size = length;
    return data;
}

char *lh_file_read(const char *path, size_t limit, size_t *size, lh_error *error)
{
    LH_NEED(error, path && size, NULL);
    struct stat info;
    FILE *stream = fopen(path, "rb");
    if (!stream) {
        lh_fail(error, LH_ERROR_IO, "%s: cannot open: %s", path, strerror(errno));
        return NULL;
    }
    char *data = NULL;
    if (fstat(fileno(stream), &info) == 0 && S_ISDIR(info.st_mode))
        lh_fail(error, LH_ERROR_IO, "%s: is a folder, not a file", path);
    else
        data = read_stream(stream, path, limit, size, error);
    fclose(stream);
    return data;
}
