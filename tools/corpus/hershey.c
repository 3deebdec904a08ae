/* Reads .jhf files. A glyph is a number in five columns (not used here), the number of coordinate
 * pairs in three, and the pairs, two characters each, that stand for their distance from 'R'. The
 * first pair is the room of the glyph, left and right; " R" lifts the pen. Line ends may stand
 * anywhere among the pairs: the original files are wrapped at 72 columns. */
#include "hershey.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_COLUMNS = 5, COUNT_COLUMNS = 3, FILE_LIMIT = 1 << 20 };

typedef struct reader {
    const char *path;
    const char *next, *end;
    int line;
} reader;

/* The next character that is not a line end, or '\0' at the end of the file. */
static char next_character(reader *r)
{
    for (; r->next < r->end; r->next++) {
        if (*r->next == '\n')
            r->line++;
        else if (*r->next != '\r')
            return *r->next++;
    }
    return '\0';
}

/* The number of pairs, or 0 where none can be read. */
static int read_count(reader *r)
{
    int count = 0;
    for (int i = 0; i < NUMBER_COLUMNS; i++)
        next_character(r);
    for (int i = 0; i < COUNT_COLUMNS; i++) {
        char c = next_character(r);
        if (isdigit((unsigned char)c))
            count = 10 * count + (c - '0');
        else if (c != ' ')
            return 0;
    }
    return count;
}

static lh_status read_glyph(reader *r, hershey_glyph *glyph, lh_error *error)
{
    int pairs = read_count(r);
    if (pairs < 1 || pairs > HERSHEY_VERTICES)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s:%d: expected a glyph's number and its 1 to %d coordinate pairs", r->path,
                       r->line, HERSHEY_VERTICES);
    bool starts = true;
    for (int i = 0; i < pairs; i++) {
        char x = next_character(r);
        char y = next_character(r);
        if (!isprint((unsigned char)x) || !isprint((unsigned char)y))
            return lh_fail(error, LH_ERROR_FORMAT, "%s:%d: expected %d more coordinate pairs",
                           r->path, r->line, pairs - i);
        if (i == 0) {
            glyph->left = x - 'R';
            glyph->right = y - 'R';
        } else if (x == ' ' && y == 'R') {
            starts = true;
        } else {
            glyph->vertex[glyph->count++] =
                (hershey_vertex){(signed char)(x - 'R'), (signed char)(y - 'R'), starts};
            starts = false;
        }
    }
    return LH_OK;
}

lh_status hershey_read(hershey_face *face, const char *path, lh_error *error)
{
    size_t size;
    char *text = lh_file_read(path, FILE_LIMIT, &size, error);
    if (!text)
        return error->status;
    memset(face, 0, sizeof *face);
    reader r = {.path = path, .next = text, .end = text + size, .line = 1};
    lh_status status = LH_OK;
    for (int i = 0; i < HERSHEY_GLYPHS && status == LH_OK; i++)
        status = read_glyph(&r, &face->glyph[i], error);
    if (status == LH_OK && next_character(&r))
        status = lh_fail(error, LH_ERROR_FORMAT, "%s:%d: expected the end after %d glyphs", path,
                         r.line, HERSHEY_GLYPHS);
    free(text);
    return status;
}

const hershey_glyph *hershey_find(const hershey_face *face, uint32_t character)
{
    if (character < HERSHEY_FIRST || character >= HERSHEY_FIRST + HERSHEY_GLYPHS)
        return NULL;
    return &face->glyph[character - HERSHEY_FIRST];
}
