/* What one run reads and writes: see claims.h. */
#include "base/claims.h"

#include "base/streams.h"
#include "base/try.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum claim_kind { READ, WRITE, WRITE_DEEP, WRITE_BELOW } claim_kind;

struct lh_claim {
    claim_kind kind;
    char *path, *purpose;
    char *place; /* of an output: lh_claims_place */
};

/* A file that is there. */
typedef struct lh_found {
    dev_t device;
    ino_t inode;
    const char *path, *purpose; /* the claim's */
} lh_found;

static const char standard_output[] = "standard output";

static bool is_standard(const lh_claim *claim)
{
    return claim->kind == READ ? strcmp(claim->path, "-") == 0 : lh_is_standard_output(claim->path);
}

/* How messages call an output. */
static const char *called(const char *output)
{
    return lh_is_standard_output(output) ? standard_output : output;
}

/* ---- claims ----------------------------------------------------------------------------------
 */

void lh_claims_free(lh_claims *c)
{
    for (size_t i = 0; i < c->count; i++) {
        free(c->claim[i].path);
        free(c->claim[i].purpose);
        free(c->claim[i].place);
    }
    free(c->claim);
    free(c->folder);
    free(c->real);
    free(c->read);
    *c = (lh_claims){0};
}

static void add(lh_claims *c, claim_kind kind, const char *path, const char *purpose)
{
    if (!path)
        return;
    if (c->count == c->capacity) {
        size_t capacity = 2 * c->capacity + 16;
        lh_claim *larger = realloc(c->claim, capacity * sizeof *larger);
        if (!larger) {
            c->no_memory = true;
            return;
        }
        c->claim = larger;
        c->capacity = capacity;
    }
    lh_claim added = {kind, strdup(path), strdup(purpose), NULL};
    if (kind != READ)
        added.place = lh_claims_place(c, path);
    c->no_memory = c->no_memory || !added.path || !added.purpose || (kind != READ && !added.place);
    c->claim[c->count++] = added;
}

void lh_claims_read(lh_claims *c, const char *path, const char *purpose)
{
    add(c, READ, path, purpose);
}

void lh_claims_write(lh_claims *c, const char *path, const char *purpose)
{
    add(c, WRITE, path, purpose);
}

void lh_claims_write_deep(lh_claims *c, const char *path, const char *purpose)
{
    add(c, WRITE_DEEP, path, purpose);
}

void lh_claims_write_below(lh_claims *c, const char *path, const char *purpose)
{
    add(c, WRITE_BELOW, path, purpose);
}

bool lh_claims_have_standard_output(const lh_claims *c)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->claim[i].kind != READ && is_standard(&c->claim[i]))
            return true;
    return false;
}

/* ---- places ----------------------------------------------------------------------------------
 */

/* Goes from the folder `real`, which grows by 1 + strlen(rest) at most, along `rest`, parts of a
 * path that are not there. */
static void go_on(char *real, const char *rest)
{
    size_t end = strlen(real);
    while (*rest) {
        size_t length = strcspn(rest, "/");
        if (length == 2 && strncmp(rest, "..", 2) == 0) {
            while (end > 0 && real[--end] != '/') {
            }
        } else if (length > 0 && !(length == 1 && *rest == '.')) {
            if (end == 0 || real[end - 1] != '/')
                real[end++] = '/';
            memcpy(real + end, rest, length);
            end += length;
        }
        rest += length + (rest[length] == '/');
        real[end] = '\0';
    }
}

/* The folder without links; where it or the last of its parts lack, as far as they go. */
static char *real_folder(const char *folder)
{
    char *start = strdup(folder), *real = NULL;
    size_t kept = strlen(folder);
    while (start &&
           !(real = realpath(kept > 0         ? start
                             : *folder == '/' ? "/"
                                              : ".",
                             NULL)) &&
           kept > 0) {
        while (kept > 0 && start[kept - 1] == '/')
            kept--;
        while (kept > 0 && start[kept - 1] != '/')
            kept--;
        start[kept] = '\0';
    }
    free(start);
    if (!real) /* even the current folder is gone */
        return strdup(folder);
    char *all = realloc(real, strlen(real) + strlen(folder + kept) + 2);
    if (!all)
        free(real);
    else
        go_on(all, folder + kept);
    return all;
}

char *lh_claims_place(lh_claims *c, const char *path)
{
    if (lh_is_standard_output(path))
        return strdup("-");
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t length = (size_t)(name - path);
    if (!c->folder || strlen(c->folder) != length || strncmp(c->folder, path, length) != 0) {
        free(c->folder);
        free(c->real);
        c->folder = strndup(path, length);
        c->real = c->folder ? real_folder(c->folder) : NULL;
        if (!c->real)
            return NULL;
    }
    char *place = malloc(strlen(c->real) + strlen(name) + 2);
    if (place)
        go_on(strcpy(place, c->real), name);
    return place;
}

/* ---- files that are there --------------------------------------------------------------------
 */

typedef struct found_list {
    lh_found *found;
    size_t count, capacity;
    bool no_memory;
} found_list;

static void note(found_list *list, const struct stat *info, const char *path, const char *purpose)
{
    if (list->count == list->capacity) {
        size_t capacity = 2 * list->capacity + 16;
        lh_found *larger = realloc(list->found, capacity * sizeof *larger);
        if (!larger) {
            list->no_memory = true;
            return;
        }
        list->found = larger;
        list->capacity = capacity;
    }
    list->found[list->count++] = (lh_found){info->st_dev, info->st_ino, path, purpose};
}

static int by_file(const void *a, const void *b)
{
    const lh_found *x = a, *y = b;
    if (x->device != y->device)
        return x->device < y->device ? -1 : 1;
    return (x->inode > y->inode) - (x->inode < y->inode);
}

static void sort_found(lh_found *found, size_t count)
{
    if (count > 0)
        qsort(found, count, sizeof *found, by_file);
}

static const lh_found *find(const lh_found *found, size_t count, const struct stat *info)
{
    const lh_found wanted = {.device = info->st_dev, .inode = info->st_ino};
    return count > 0 ? bsearch(&wanted, found, count, sizeof *found, by_file) : NULL;
}

/* The file behind a path; false for one that is not there, and for devices, pipes and the like,
 * which lose nothing when they are written to. */
static bool look(const lh_claim *claim, struct stat *info)
{
    const int stream = claim->kind == READ ? STDIN_FILENO : STDOUT_FILENO;
    const int result = is_standard(claim) ? fstat(stream, info) : stat(claim->path, info);
    return result == 0 && (S_ISREG(info->st_mode) || S_ISDIR(info->st_mode));
}

/* The file that standard output was sent to; false where it was sent to none. */
static bool look_where_sent(struct stat *info)
{
    return fstat(STDOUT_FILENO, info) == 0 && S_ISREG(info->st_mode);
}

static bool is_where_sent(dev_t device, ino_t inode)
{
    struct stat sent;
    return look_where_sent(&sent) && sent.st_dev == device && sent.st_ino == inode;
}

static lh_status refuse(const char *output, const char *purpose, const char *input,
                        const char *input_purpose, lh_error *error)
{
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "%.150s (%.80s) would overwrite %.150s, which is read (%.80s); name another "
                   "output",
                   called(output), purpose, input, input_purpose);
}

static lh_status refuse_sent(const char *output, const char *purpose, lh_error *error)
{
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "%.200s (%.120s) is where standard output was sent; name another output", output,
                   purpose);
}

/* ---- folders ---------------------------------------------------------------------------------
 */

enum { MAX_DEPTH = 32 };

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name), own = strlen(ending);
    return length > own && strcmp(name + length - own, ending) == 0;
}

/* The first file in the folder or below it that is one of those found: its path, which the caller
 * frees, and `*hit`. NULL: none is. `texts`: only .xml and .txt count. */
static char *search(const char *folder, bool texts, int depth, const found_list *wanted,
                    const lh_found **hit)
{
    DIR *open = depth < MAX_DEPTH ? opendir(folder) : NULL;
    char *path = NULL, *seen = NULL;
    for (struct dirent *entry; open && !seen && (entry = readdir(open)) != NULL; free(path)) {
        struct stat info;
        path = malloc(strlen(folder) + strlen(entry->d_name) + 2);
        if (!path)
            break;
        sprintf(path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.' || stat(path, &info) != 0)
            continue;
        if (S_ISDIR(info.st_mode))
            seen = search(path, texts, depth + 1, wanted, hit);
        else if ((!texts || ends_in(path, ".xml") || ends_in(path, ".txt")) &&
                 (*hit = find(wanted->found, wanted->count, &info)) != NULL)
            seen = strdup(path);
    }
    if (open)
        closedir(open);
    return seen;
}

/* ---- checking --------------------------------------------------------------------------------
 */

static lh_status check_streams(const lh_claims *c, lh_error *error)
{
    for (size_t i = 0; i < c->count; i++) {
        if (!is_standard(&c->claim[i]))
            continue;
        bool read = c->claim[i].kind == READ;
        int flags = fcntl(read ? STDIN_FILENO : STDOUT_FILENO, F_GETFL);
        if (flags < 0 || (flags & O_ACCMODE) == (read ? O_WRONLY : O_RDONLY))
            return lh_fail(error, LH_ERROR_IO, "%s: is closed",
                           read ? "standard input" : standard_output);
    }
    return LH_OK;
}

/* Finds the files that are read and, of the outputs, those that are there already. */
static lh_status find_files(lh_claims *c, found_list *written, lh_error *error)
{
    found_list read = {0};
    struct stat info;
    for (size_t i = 0; i < c->count; i++) {
        const lh_claim *claim = &c->claim[i];
        bool input = claim->kind == READ;
        if (claim->kind != WRITE_BELOW && look(claim, &info) && (input || S_ISREG(info.st_mode)))
            note(input ? &read : written, &info, claim->path, claim->purpose);
    }
    sort_found(read.found, read.count);
    sort_found(written->found, written->count);
    free(c->read);
    c->read = read.found;
    c->reads = read.count;
    return read.no_memory || written->no_memory ? lh_fail_memory(error, "names of files") : LH_OK;
}

/* No output is an input, or a file of a folder that is one. */
static lh_status check_inputs(const lh_claims *c, const found_list *written, lh_error *error)
{
    const found_list read = {.found = c->read, .count = c->reads};
    const lh_found *hit = NULL;
    struct stat info;
    if (look_where_sent(&info) && (hit = find(c->read, c->reads, &info)) != NULL)
        return refuse("-", "where it was sent", hit->path, hit->purpose, error);
    for (size_t i = 0; i < written->count; i++) {
        const lh_found *output = &written->found[i];
        hit = c->reads > 0 ? bsearch(output, c->read, c->reads, sizeof *c->read, by_file) : NULL;
        if (hit)
            return refuse(output->path, output->purpose, hit->path, hit->purpose, error);
    }
    for (size_t i = 0; i < c->count; i++) {
        const lh_claim *claim = &c->claim[i];
        bool folder = claim->kind == READ && written->count > 0 && look(claim, &info) &&
                      S_ISDIR(info.st_mode);
        char *path = claim->kind == WRITE_BELOW ? search(claim->path, false, 0, &read, &hit)
                     : folder                   ? search(claim->path, true, 0, written, &hit)
                                                : NULL;
        if (!path)
            continue;
        lh_status status = folder ? refuse(hit->path, hit->purpose, path, claim->purpose, error)
                                  : refuse(path, claim->purpose, hit->path, hit->purpose, error);
        free(path);
        return status;
    }
    return LH_OK;
}

static int by_place(const void *a, const void *b)
{
    const lh_claim *x = *(const lh_claim *const *)a, *y = *(const lh_claim *const *)b;
    int order = strcmp(x->place, y->place);
    return order ? order : (x > y) - (x < y);
}

/* Are both the same place, and one where something would be lost? (Not so /dev/null.) */
static bool collide(const lh_claim *a, const lh_claim *b)
{
    struct stat info;
    return strcmp(a->place, b->place) == 0 &&
           (is_standard(a) || stat(a->place, &info) != 0 || S_ISREG(info.st_mode));
}

/* No output is the file that standard output was sent to, which has what is printed. */
static lh_status check_where_sent(const found_list *written, lh_error *error)
{
    for (size_t i = 0; i < written->count; i++) {
        const lh_found *output = &written->found[i];
        if (!lh_is_standard_output(output->path) && is_where_sent(output->device, output->inode))
            return refuse_sent(output->path, output->purpose, error);
    }
    return LH_OK;
}

/* No output is another. `output` [count] are sorted here. */
static lh_status check_outputs(const lh_claim **output, size_t count, lh_error *error)
{
    if (count > 1)
        qsort(output, count, sizeof(lh_claim *), by_place);
    for (size_t i = 1; i < count; i++)
        if (collide(output[i - 1], output[i]))
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "%.200s would be written twice (%.120s and %.120s); name other outputs",
                           called(output[i]->path), output[i - 1]->purpose, output[i]->purpose);
    return LH_OK;
}

/* All can be created. */
static lh_status try_outputs(const lh_claim *const *output, size_t count, lh_error *error)
{
    lh_trial trial = {0};
    lh_status status = LH_OK;
    for (size_t i = 0; i < count && status == LH_OK; i++)
        if (!is_standard(output[i]))
            status = lh_try_output(&trial, output[i]->path, output[i]->kind == WRITE_DEEP, error);
    lh_trial_end(&trial);
    return status;
}

lh_status lh_claims_check(lh_claims *c, lh_error *error)
{
    found_list written = {0};
    const lh_claim **output = calloc(c->count + 1, sizeof(lh_claim *));
    size_t outputs = 0;
    lh_status status = LH_OK;
    if (!output || c->no_memory)
        status = lh_fail_memory(error, "names of files");
    for (size_t i = 0; status == LH_OK && i < c->count; i++)
        if (c->claim[i].kind == WRITE || c->claim[i].kind == WRITE_DEEP)
            output[outputs++] = &c->claim[i];
    if (status == LH_OK)
        status = check_streams(c, error);
    if (status == LH_OK)
        status = find_files(c, &written, error);
    if (status == LH_OK)
        status = check_inputs(c, &written, error);
    if (status == LH_OK)
        status = check_where_sent(&written, error);
    if (status == LH_OK)
        status = check_outputs(output, outputs, error);
    if (status == LH_OK)
        status = try_outputs(output, outputs, error);
    free(written.found);
    free(output);
    return status;
}

lh_status lh_claims_spare(const lh_claims *c, const char *path, lh_error *error)
{
    static const char purpose[] = "output";
    struct stat info;
    const lh_claim output = {.kind = WRITE, .path = (char *)path};
    if (!look(&output, &info))
        return LH_OK;
    const lh_found *hit = find(c->read, c->reads, &info);
    if (hit)
        return refuse(path, purpose, hit->path, hit->purpose, error);
    return !is_standard(&output) && is_where_sent(info.st_dev, info.st_ino)
               ? refuse_sent(path, purpose, error)
               : LH_OK;
}
