/* Opens a packed corpus file: maps it, and checks everything an accessor will follow, so that no
 * file, however made, leads outside the map. */
#include <longhand/corpus.h>

#include "base/hash.h"
#include "base/need.h"
#include "corpus_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct lh_corpus {
    void *map;
    size_t size;
    const packed_header *header;
    const packed_line *table;
    const char *strings;
    const lh_point *points;
    lh_alphabet alphabet;
};

static lh_status damaged(lh_error *error, const char *path, const char *what)
{
    return lh_fail(error, LH_ERROR_FORMAT, "%s: damaged corpus file: %s", path, what);
}

static lh_status map_file(lh_corpus *corpus, const char *path, lh_error *error)
{
    struct stat info;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return lh_fail(error, LH_ERROR_IO, "%s: cannot open: %s", path, strerror(errno));
    lh_status status = LH_OK;
    if (fstat(descriptor, &info) != 0)
        status = lh_fail(error, LH_ERROR_IO, "%s: cannot open: %s", path, strerror(errno));
    else if (!S_ISREG(info.st_mode))
        status = lh_fail(error, LH_ERROR_IO, "%s: is not a file", path);
    else if ((uint64_t)info.st_size < sizeof(packed_header))
        status = lh_fail(error, LH_ERROR_FORMAT, "%s: is no corpus file: only %lld bytes", path,
                         (long long)info.st_size);
    else if ((uint64_t)info.st_size > SIZE_MAX)
        status = lh_fail(error, LH_ERROR_MEMORY,
                         "%s: %lld bytes are more than this machine has addresses for", path,
                         (long long)info.st_size);
    if (status == LH_OK) {
        void *map = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (map == MAP_FAILED)
            status = lh_fail(error, LH_ERROR_IO, "%s: cannot map: %s", path, strerror(errno));
        else {
            corpus->map = map;
            corpus->size = (size_t)info.st_size;
        }
    }
    close(descriptor);
    return status;
}

/* True when `count` items of `size` bytes from `offset` on lie in the file, aligned. */
static bool section_fits(const lh_corpus *corpus, uint64_t offset, uint64_t count, size_t size)
{
    return offset % PACKED_ALIGN == 0 && offset <= corpus->size &&
           count <= (corpus->size - offset) / size;
}

static lh_status check_header(lh_corpus *corpus, const char *path, lh_error *error)
{
    const packed_header *h = corpus->header = corpus->map;
    if (h->magic == __builtin_bswap64(PACKED_MAGIC))
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: was made on a machine of the other byte order; prepare it here", path);
    if (h->magic != PACKED_MAGIC)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: is no corpus file of Longhand", path);
    if (h->version != PACKED_VERSION)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: is of format version %u, this program reads %u; prepare it again", path,
                       h->version, PACKED_VERSION);
    if (h->size != corpus->size)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: is truncated or grown: %zu bytes instead of the %llu it should have",
                       path, corpus->size, (unsigned long long)h->size);
    if (!section_fits(corpus, h->table, h->lines, sizeof(packed_line)) ||
        !section_fits(corpus, h->strings, h->strings_size, 1) ||
        !section_fits(corpus, h->points, h->point_count, sizeof(lh_point)))
        return damaged(error, path, "a section lies outside the file");
    if (h->reserved0 != 0)
        return damaged(error, path, "something stands where nothing should");
    if (!(h->scale_x >= PACKED_SCALE_LEAST && h->scale_y >= PACKED_SCALE_LEAST &&
          h->scale_x <= PACKED_SCALE_MOST && h->scale_y <= PACKED_SCALE_MOST))
        return damaged(error, path, "its scale is none that lines have");
    const char *bytes = corpus->map;
    corpus->table = (const packed_line *)(bytes + h->table);
    corpus->strings = bytes + h->strings;
    corpus->points = (const lh_point *)(bytes + h->points);
    size_t from = offsetof(packed_header, size);
    if (hash_of(bytes + from, corpus->size - from) != h->checksum)
        return damaged(error, path, "its checksum is wrong");
    return LH_OK;
}

/* True when all coordinates and times are numbers and all ends are 0 or 1. (Bits instead of
 * isfinite, and no way out of the loop, so that it runs at the speed of memory.) */
static bool points_are_sane(const lh_point *points, size_t count)
{
    uint32_t strange = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits[3];
        memcpy(bits, &points[i], sizeof bits);
        for (int j = 0; j < 3; j++)
            strange |= (bits[j] & 0x7f800000u) == 0x7f800000u;
        strange |= points[i].end > 1;
    }
    return strange == 0;
}

/* Whether the string at `at` begins behind those before; `*end` is then behind it. */
static bool string_follows(const lh_corpus *corpus, uint32_t at, size_t *end)
{
    if (at < *end)
        return false;
    *end = at + strlen(corpus->strings + at) + 1;
    return true;
}

/* Lines lie behind each other, as they were written: were a part of the file many lines', reading
 * them would take the square of its size. */
static bool line_follows(const lh_corpus *corpus, const packed_line *line, size_t *strings,
                         uint64_t *points)
{
    bool follows = line->first >= *points && string_follows(corpus, line->name, strings) &&
                   string_follows(corpus, line->writer, strings) &&
                   (line->text == PACKED_NO_TEXT || string_follows(corpus, line->text, strings));
    *points = line->first + line->count;
    return follows;
}

static lh_status check_lines(const lh_corpus *corpus, const char *path, lh_error *error)
{
    const packed_header *h = corpus->header;
    const char *before = NULL;
    size_t strings = 0;
    uint64_t points = 0;
    for (size_t i = 0; i < h->lines; i++) {
        const packed_line *line = &corpus->table[i];
        if (line->name >= h->strings_size || line->writer >= h->strings_size ||
            (line->text >= h->strings_size && line->text != PACKED_NO_TEXT))
            return damaged(error, path, "a line's name or text lies outside the file");
        if (line->first > h->point_count || line->count > h->point_count - line->first ||
            line->count < 2)
            return damaged(error, path, "a line's points lie outside the file");
        if (!line_follows(corpus, line, &strings, &points))
            return damaged(error, path,
                           "its names, texts and points do not lie in the order of its lines");
        const char *name = corpus->strings + line->name;
        if (before && strcmp(before, name) >= 0)
            return damaged(error, path, "its lines are not in the order of their names");
        before = name;
        if (line->text != PACKED_NO_TEXT && !lh_utf8_valid(corpus->strings + line->text))
            return damaged(error, path, "a text is not UTF-8");
        if (line->split >= LH_SPLIT_COUNT)
            return damaged(error, path, "a line belongs to no known split");
    }
    return LH_OK;
}

static lh_status check(lh_corpus *corpus, const char *path, lh_error *error)
{
    lh_status status = map_file(corpus, path, error);
    if (status == LH_OK)
        status = check_header(corpus, path, error);
    if (status != LH_OK)
        return status;
    const packed_header *h = corpus->header;
    if (h->strings_size == 0 || corpus->strings[h->strings_size - 1] != '\0' ||
        h->alphabet >= h->strings_size || h->report >= h->strings_size)
        return damaged(error, path, "its strings have no end");
    if (!lh_alphabet_parse(&corpus->alphabet, corpus->strings + h->alphabet))
        return damaged(error, path, "its alphabet is malformed");
    if (!points_are_sane(corpus->points, h->point_count))
        return damaged(error, path, "a point is no point");
    return check_lines(corpus, path, error);
}

lh_corpus *lh_corpus_open(const char *path, lh_error *error)
{
    LH_NEED(error, path, NULL);
    lh_corpus *corpus = calloc(1, sizeof *corpus);
    if (!corpus) {
        lh_fail_memory(error, "a corpus");
        return NULL;
    }
    if (check(corpus, path, error) != LH_OK) {
        lh_corpus_free(corpus);
        return NULL;
    }
    return corpus;
}

void lh_corpus_free(lh_corpus *corpus)
{
    if (!corpus)
        return;
    if (corpus->map)
        munmap(corpus->map, corpus->size);
    free(corpus);
}

size_t lh_corpus_count(const lh_corpus *corpus)
{
    return corpus ? (size_t)corpus->header->lines : 0;
}

lh_corpus_line lh_corpus_get(const lh_corpus *corpus, size_t index)
{
    if (!(corpus && index < lh_corpus_count(corpus)))
        return (lh_corpus_line){0};
    const packed_line *line = &corpus->table[index];
    return (lh_corpus_line){
        .name = corpus->strings + line->name,
        .writer = corpus->strings + line->writer,
        .text = line->text == PACKED_NO_TEXT ? NULL : corpus->strings + line->text,
        .split = (lh_split)line->split,
        .points = corpus->points + line->first,
        .count = line->count,
    };
}

size_t lh_corpus_find(const lh_corpus *corpus, const char *name)
{
    if (!(corpus && name))
        return SIZE_MAX;
    size_t low = 0, high = lh_corpus_count(corpus);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(corpus->strings + corpus->table[middle].name, name);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

lh_scale lh_corpus_scale(const lh_corpus *corpus)
{
    return corpus ? (lh_scale){corpus->header->scale_x, corpus->header->scale_y} : (lh_scale){0};
}

const lh_alphabet *lh_corpus_alphabet(const lh_corpus *corpus)
{
    return corpus ? &corpus->alphabet : NULL;
}

uint64_t lh_corpus_checksum(const lh_corpus *corpus)
{
    return corpus ? corpus->header->checksum : 0;
}

const char *lh_corpus_report(const lh_corpus *corpus)
{
    return corpus ? corpus->strings + corpus->header->report : NULL;
}
