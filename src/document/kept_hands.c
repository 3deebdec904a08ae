/* Hands on disk: see kept_hands.h. A file is called KEY.hand, with the key in 16 hexadecimal
 * digits, and holds, little-endian:
 *
 *     8 bytes     "LHHAND2\n"
 *     u64         the key
 *     3 float     the hand's size: small, up, down
 *     ...         what the writer has learnt (src/write/learnt.h)
 *     u64         XXH64 of all before
 *
 * It appears whole or not at all, so that processes need not know of each other: those that learn
 * the same hand write the same bytes. */
#include "document/kept_hands.h"
#include "document/prints.h"

#include "base/folder.h"
#include "base/hash.h"
#include "base/program.h"
#include "write/learnt.h"

#include <ctype.h>
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char magic[] = "LHHAND2\n", ending[] = ".hand";

enum {
    MAGIC = sizeof magic - 1,
    CHECKSUM = sizeof(uint64_t),
    DIGITS = 16,
    FILE_MAX = 16 << 20, /* bytes; the paper's network makes 10,000 */
};

/* ---- keys -------------------------------------------------------------------------------------
 */

uint64_t lh_kept_hand_key(const lh_model *model, const lh_style *style,
                          const lh_write_options *options)
{
    hash_state hash = hash_start();
    const uint64_t build = lh_program_stamp();
    const char *kernels = lh_kernels_name();
    const double manner[] = {options->bias, options->tries};
    hash_add(&hash, magic, sizeof magic);
    hash_add(&hash, &build, sizeof build);
    hash_add(&hash, kernels, strlen(kernels) + 1);
    hash_add(&hash, manner, sizeof manner);
    lh_print_model(&hash, model);
    lh_print_style(&hash, style);
    return hash_end(&hash);
}

/* The caller frees; NULL without memory. */
static char *path_of(const char *folder, uint64_t key)
{
    size_t length = strlen(folder) + 1 + DIGITS + sizeof ending;
    char *path = malloc(length);
    if (path)
        snprintf(path, length, "%s/%016llx%s", folder, (unsigned long long)key, ending);
    return path;
}

/* ---- reading ----------------------------------------------------------------------------------
 */

static uint64_t checksum_of(const unsigned char *data, size_t size)
{
    lh_bytes_left end = {.data = data + size, .size = CHECKSUM};
    return lh_bytes_take_u64(&end);
}

static bool take_size(lh_script_size *size, lh_bytes_left *left)
{
    size->small = lh_bytes_take_float(left);
    size->up = lh_bytes_take_float(left);
    size->down = lh_bytes_take_float(left);
    return isfinite(size->small) && isfinite(size->up) && isfinite(size->down) &&
           size->small >= 0 && size->up >= 0 && size->down >= 0;
}

static lh_writer *take_hand(const char *data, size_t length, uint64_t key, const lh_model *model,
                            const lh_style *style, lh_script_size *size)
{
    const unsigned char *bytes = (const unsigned char *)data;
    lh_script_size found;
    if (length < MAGIC + CHECKSUM || memcmp(data, magic, MAGIC) != 0)
        return NULL;
    size_t summed = length - CHECKSUM;
    if (checksum_of(bytes, summed) != hash_of(bytes, summed))
        return NULL;
    lh_bytes_left left = {.data = bytes + MAGIC, .size = summed - MAGIC};
    if (lh_bytes_take_u64(&left) != key || !take_size(&found, &left))
        return NULL;
    lh_error ignored;
    lh_writer *writer = lh_writer_take(model, style, &left, &ignored);
    if (writer && left.size == 0) {
        *size = found;
        return writer;
    }
    lh_writer_free(writer);
    return NULL;
}

lh_writer *lh_kept_hand_read(const char *folder, uint64_t key, const lh_model *model,
                             const lh_style *style, lh_script_size *size)
{
    char *path = path_of(folder, key);
    size_t length;
    lh_error ignored; /* the first time */
    char *data = path ? lh_file_read(path, FILE_MAX, &length, &ignored) : NULL;
    lh_writer *writer = data ? take_hand(data, length, key, model, style, size) : NULL;
    free(data);
    free(path);
    return writer;
}

/* ---- dropping old ones ------------------------------------------------------------------------
 */

typedef struct kept_file {
    char *path; /* owned */
    struct timespec written;
} kept_file;

static int compare_age(const void *a, const void *b)
{
    const struct timespec *x = &((const kept_file *)a)->written;
    const struct timespec *y = &((const kept_file *)b)->written;
    if (x->tv_sec != y->tv_sec)
        return x->tv_sec < y->tv_sec ? -1 : 1;
    return (x->tv_nsec > y->tv_nsec) - (x->tv_nsec < y->tv_nsec);
}

/* Is it a hand's file, or one that somebody did not come to rename? */
static bool is_hand(const char *name)
{
    for (int i = 0; i < DIGITS; i++)
        if (!isxdigit((unsigned char)name[i]))
            return false;
    return strncmp(name + DIGITS, ending, sizeof ending - 1) == 0;
}

/* Adds the file to `files` [*count], which has room for `*room`. */
static void add_file(kept_file **files, size_t *count, size_t *room, const char *folder,
                     const char *name)
{
    size_t length = strlen(folder) + strlen(name) + 2;
    struct stat info;
    if (*count == *room) {
        kept_file *larger = realloc(*files, 2 * (*room + 1) * sizeof *larger);
        if (!larger)
            return;
        *files = larger;
        *room = 2 * (*room + 1);
    }
    char *path = malloc(length);
    if (path)
        snprintf(path, length, "%s/%s", folder, name);
    if (path && lstat(path, &info) == 0 && S_ISREG(info.st_mode))
        (*files)[(*count)++] = (kept_file){path, info.st_mtim};
    else
        free(path);
}

static void drop_oldest(const char *folder)
{
    kept_file *files = NULL;
    size_t count = 0, room = 0;
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;)
        if (is_hand(entry->d_name))
            add_file(&files, &count, &room, folder, entry->d_name);
    if (directory)
        closedir(directory);
    if (count > LH_KEPT_HANDS)
        qsort(files, count, sizeof *files, compare_age);
    for (size_t i = 0; i < count; i++) {
        if (i + LH_KEPT_HANDS < count)
            unlink(files[i].path);
        free(files[i].path);
    }
    free(files);
}

/* ---- writing ----------------------------------------------------------------------------------
 */

static lh_status put_hand(lh_bytes *bytes, uint64_t key, const lh_writer *writer,
                          const lh_script_size *size, lh_error *error)
{
    lh_bytes_put(bytes, magic, MAGIC);
    lh_bytes_put_u64(bytes, key);
    lh_bytes_put_float(bytes, size->small);
    lh_bytes_put_float(bytes, size->up);
    lh_bytes_put_float(bytes, size->down);
    lh_status status = lh_writer_put(writer, bytes, error);
    if (status == LH_OK)
        lh_bytes_put_u64(bytes, hash_of(bytes->data, bytes->size));
    return bytes->failed ? lh_fail_memory(error, "a hand's file") : status;
}

static lh_status write_file(const char *path, const lh_bytes *bytes, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    fwrite(bytes->data, 1, bytes->size, lh_output_stream(output));
    return lh_output_commit(output, error);
}

void lh_kept_hand_write(const char *folder, uint64_t key, const lh_writer *writer,
                        const lh_script_size *size)
{
    lh_bytes bytes = {0};
    lh_error ignored; /* the hand is learnt anew next time */
    char *path = path_of(folder, key);
    if (path && put_hand(&bytes, key, writer, size, &ignored) == LH_OK &&
        lh_folder_make(folder, 0700, &ignored) == LH_OK &&
        write_file(path, &bytes, &ignored) == LH_OK)
        drop_oldest(folder);
    lh_bytes_clear(&bytes);
    free(path);
}
