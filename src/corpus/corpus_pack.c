/* Writes the packed corpus file: what stands before the points is laid out in memory, the points
 * go straight from the lines to the file. */
#include "corpus_pack.h"

#include "base/hash.h"
#include "corpus_file.h"

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

/* Fills everything before the points. */
static void fill_front(char *front, packed_header *h, const pack_line *lines, const char *alphabet,
                       const char *report)
{
    packed_line *table = (packed_line *)(front + h->table);
    char *strings = front + h->strings;
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
        first += line->ink->count;
    }
    memcpy(front, h, sizeof *h);
}

static uint64_t checksum(const char *front, const packed_header *h, const pack_line *lines)
{
    hash_state state = hash_start();
    size_t from = offsetof(packed_header, size); /* all behind the checksum itself */
    hash_add(&state, front + from, h->points - from);
    for (size_t i = 0; i < h->lines; i++)
        hash_add(&state, lines[i].ink->points, lines[i].ink->count * sizeof(lh_point));
    return hash_end(&state);
}

static lh_status write_file(char *front, const packed_header *h, const pack_line *lines,
                            const char *path, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    FILE *stream = lh_output_stream(output);
    ((packed_header *)front)->checksum = checksum(front, h, lines);
    fwrite(front, 1, h->points, stream); /* the commit sees errors of all writing */
    for (size_t i = 0; i < h->lines; i++)
        fwrite(lines[i].ink->points, sizeof(lh_point), lines[i].ink->count, stream);
    return lh_output_commit(output, error);
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
    char *front = header.strings_size < PACKED_NO_TEXT ? calloc(1, header.points) : NULL;
    lh_status status;
    if (front) {
        fill_front(front, &header, lines, characters, report);
        status = write_file(front, &header, lines, path, error);
    } else {
        status = lh_fail_memory(error, "the table of the corpus");
    }
    free(front);
    free(characters);
    return status;
}
