/* Writes the packed corpus file: lays it out in memory, so that the checksum in front can cover
 * what is behind it, and writes it in one go. */
#include "pack.h"

#include "hash.h"
#include "packed.h"

#include <stdlib.h>
#include <string.h>

static uint64_t aligned(uint64_t offset)
{
    return (offset + PACKED_ALIGN - 1) / PACKED_ALIGN * PACKED_ALIGN;
}

/* Where sections begin and how long the file is. */
static packed_header plan(const pack_line *lines, size_t count, const char *alphabet,
                          const char *report)
{
    packed_header h = {.magic = PACKED_MAGIC, .version = PACKED_VERSION, .lines = count};
    h.strings_size = strlen(alphabet) + strlen(report) + 2;
    for (size_t i = 0; i < count; i++) {
        h.point_count += lines[i].ink->count;
        h.strings_size += strlen(lines[i].name) + strlen(lines[i].writer) + 2;
        h.strings_size += lines[i].text ? strlen(lines[i].text) + 1 : 0;
    }
    h.table = aligned(sizeof h);
    h.strings = aligned(h.table + count * sizeof(packed_line));
    h.points = aligned(h.strings + h.strings_size);
    h.size = h.points + h.point_count * sizeof(lh_point);
    return h;
}

static uint32_t put_string(char *strings, size_t *used, const char *text)
{
    size_t at = *used, size = strlen(text) + 1;
    memcpy(strings + at, text, size);
    *used += size;
    return (uint32_t)at;
}

static void fill(char *file, packed_header *h, const pack_line *lines, const char *alphabet,
                 const char *report)
{
    packed_line *table = (packed_line *)(file + h->table);
    char *strings = file + h->strings;
    lh_point *points = (lh_point *)(file + h->points);
    size_t used = 0, first = 0;
    h->alphabet = put_string(strings, &used, alphabet);
    h->report = put_string(strings, &used, report);
    for (size_t i = 0; i < h->lines; i++) {
        const pack_line *line = &lines[i];
        table[i] = (packed_line){
            .first = first,
            .count = (uint32_t)line->ink->count,
            .name = put_string(strings, &used, line->name),
            .writer = put_string(strings, &used, line->writer),
            .text = line->text ? put_string(strings, &used, line->text) : PACKED_NO_TEXT,
            .split = (uint32_t)line->split,
        };
        memcpy(points + first, line->ink->points, line->ink->count * sizeof *points);
        first += line->ink->count;
    }
    memcpy(file, h, sizeof *h);
    size_t from = offsetof(packed_header, size);
    ((packed_header *)file)->checksum = hash_xxh64(file + from, h->size - from, 0);
}

lh_status pack_write(const pack_line *lines, size_t count, lh_scale scale,
                     const lh_alphabet *alphabet, const char *report, const char *path,
                     lh_error *error)
{
    char *characters = lh_alphabet_string(alphabet);
    if (!characters)
        return lh_fail_memory(error, "the alphabet");
    packed_header header = plan(lines, count, characters, report);
    header.scale_x = scale.x;
    header.scale_y = scale.y;
    char *file = header.strings_size < UINT32_MAX ? calloc(1, header.size) : NULL;
    lh_output *output = NULL;
    lh_status status = LH_OK;
    if (!file)
        status = lh_fail(error, LH_ERROR_MEMORY, "%s: out of memory for a corpus of %zu lines",
                         path, count);
    else if (!(output = lh_output_open(path, error)))
        status = LH_ERROR_IO;
    if (status == LH_OK) {
        fill(file, &header, lines, characters, report);
        fwrite(file, 1, header.size, lh_output_stream(output)); /* commit sees errors */
        status = lh_output_commit(output, error);
    }
    free(file);
    free(characters);
    return status;
}
