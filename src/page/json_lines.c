/* The ink of pages as JSON lines (RFC 8259, one value a row): for programs that want strokes. */
#include "page/formats.h"

#include "base/need.h"
#include "page/pages.h"

#include <stdlib.h>

/* The shortest decimal that reads back as the same float. */
static void write_float(FILE *stream, float value)
{
    char digits[32];
    for (int precision = 6; precision <= 9; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, (double)value);
        if (strtof(digits, NULL) == value)
            break;
    }
    fputs(digits, stream);
}

static void write_string(FILE *stream, const char *text)
{
    putc('"', stream);
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            fprintf(stream, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            fprintf(stream, "\\u%04x", c);
        else
            putc(c, stream);
    }
    putc('"', stream);
}

static void write_points(FILE *stream, const lh_point *points, size_t count)
{
    putc('[', stream);
    for (size_t i = 0; i < count; i++) {
        fputs(i > 0 ? ",[" : "[", stream);
        write_float(stream, points[i].x);
        putc(',', stream);
        write_float(stream, points[i].y);
        putc(',', stream);
        write_float(stream, points[i].time);
        putc(']', stream);
    }
    putc(']', stream);
}

static void write_line(FILE *stream, size_t page, size_t row, const lh_page_line *line)
{
    fprintf(stream, "{\"page\":%zu,\"line\":%zu,\"text\":", page, row);
    write_string(stream, line->text);
    fputs(",\"x\":", stream);
    write_float(stream, line->placing.x);
    fputs(",\"y\":", stream);
    write_float(stream, line->placing.y);
    fputs(",\"scale\":", stream);
    write_float(stream, line->placing.scale);
    fprintf(stream, ",\"color\":\"#%06x\",\"strokes\":[",
            (unsigned)(line->placing.colour & 0xffffff));
    size_t position = 0, count;
    const lh_point *points;
    for (bool more = false; lh_ink_next_stroke(line->ink, &position, &points, &count);
         more = true) {
        if (more)
            putc(',', stream);
        write_points(stream, points, count);
    }
    fputs("]}\n", stream);
}

lh_status lh_json_lines_write(const lh_page *const *pages, size_t count, FILE *stream,
                              lh_error *error)
{
    LH_NEED(error, lh_pages_are(pages, count) && stream, LH_ERROR_ARGUMENT);
    for (size_t i = 0; i < count; i++)
        for (size_t row = 0; row < lh_page_count(pages[i]); row++) {
            lh_page_line line = lh_page_get(pages[i], row);
            write_line(stream, i + 1, row + 1, &line);
        }
    if (ferror(stream))
        return lh_fail(error, LH_ERROR_IO, "cannot write strokes");
    return LH_OK;
}

static lh_status write_format(const lh_page *const *pages, size_t count,
                              const lh_render_options *options, FILE *stream, lh_error *error)
{
    (void)options;
    return lh_json_lines_write(pages, count, stream, error);
}

const lh_format lh_format_json_lines = {
    "jsonl",      "",  "the strokes as JSON lines", LH_FORMAT_PAGES | LH_FORMAT_COLOUR,
    write_format, NULL};
