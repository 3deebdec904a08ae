/* The ink of pages as InkML (W3C, "Ink Markup Language", 2011): what tablets and programs that
 * recognise handwriting exchange. Places are mm on the page, y down, and times seconds. */
#include "page/formats.h"
#include "page/page_xml.h"
#include "page/pens.h"

#include "base/need.h"
#include "page/pages.h"

#include <math.h>
#include <stdlib.h>

enum { PLACES = 10000 }; /* four decimals: a two hundredth of a whiteboard unit, as letters are */

/* Without the zeros at its end. */
static void write_number(FILE *stream, double value)
{
    const long whole = lround(value * PLACES);
    const unsigned long size = whole < 0 ? 0ul - (unsigned long)whole : (unsigned long)whole;
    char digits[8];
    int length = snprintf(digits, sizeof digits, "%04lu", size % PLACES);
    while (length > 0 && digits[length - 1] == '0')
        length--;
    fprintf(stream, "%s%lu%s%.*s", whole < 0 ? "-" : "", size / PLACES, length > 0 ? "." : "",
            length, digits);
}

static void write_annotation(FILE *stream, const char *type, const char *text)
{
    if (!*text)
        return;
    fprintf(stream, "<annotation type=\"%s\">", type);
    lh_xml_text(stream, text);
    fputs("</annotation>\n", stream);
}

static void write_head(FILE *stream, const lh_page *page, const lh_pens *pens)
{
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<ink xmlns=\"http://www.w3.org/2003/InkML\">\n",
          stream);
    write_annotation(stream, "title", lh_page_title(page));
    write_annotation(stream, "description", lh_page_notes(page));
    fputs("<definitions>\n", stream);
    for (size_t i = 0; i < pens->count; i++) {
        fprintf(stream,
                "<brush xml:id=\"pen%zu\"><brushProperty name=\"color\" value=\"#%06x\"/>"
                "<brushProperty name=\"width\" value=\"",
                i + 1, (unsigned)pens->colour[i]);
        write_number(stream, (double)lh_page_pen(page));
        fputs("\" units=\"mm\"/></brush>\n", stream);
    }
    fputs("</definitions>\n"
          "<traceFormat>\n"
          "<channel name=\"X\" type=\"decimal\" units=\"mm\"/>\n"
          "<channel name=\"Y\" type=\"decimal\" units=\"mm\"/>\n"
          "<channel name=\"T\" type=\"decimal\" units=\"s\"/>\n"
          "</traceFormat>\n",
          stream);
}

static void write_trace(FILE *stream, size_t pen, const lh_placing *to, const lh_point *points,
                        size_t count)
{
    fprintf(stream, "<trace brushRef=\"#pen%zu\">", pen);
    for (size_t i = 0; i < count; i++) {
        fputs(i > 0 ? ", " : "", stream);
        write_number(stream, (double)to->x + (double)to->scale * (double)points[i].x);
        putc(' ', stream);
        write_number(stream, (double)to->y + (double)to->scale * (double)points[i].y);
        putc(' ', stream);
        write_number(stream, (double)points[i].time);
    }
    fputs("</trace>\n", stream);
}

static void write_line(FILE *stream, const lh_pens *pens, const lh_page_line *line)
{
    size_t pen = 0, position = 0, count;
    const lh_point *points;
    while (pen < pens->count && !lh_pen_draws(pens->colour[pen], line))
        pen++;
    fputs("<traceGroup>\n<annotation type=\"truth\">", stream);
    lh_xml_text(stream, line->text);
    fputs("</annotation>\n", stream);
    while (lh_ink_next_stroke(line->ink, &position, &points, &count))
        write_trace(stream, pen + 1, &line->placing, points, count);
    fputs("</traceGroup>\n", stream);
}

lh_status lh_inkml_write(const lh_page *const *pages, size_t count, FILE *stream, lh_error *error)
{
    LH_NEED(error, lh_pages_are(pages, count) && stream, LH_ERROR_ARGUMENT);
    lh_pens pens;
    lh_status status = lh_pens_find(&pens, pages, count, error);
    if (status == LH_OK)
        write_head(stream, pages[0], &pens);
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        fprintf(stream, "<traceGroup xml:id=\"page%zu\">\n", i + 1);
        for (size_t row = 0; row < lh_page_count(pages[i]); row++) {
            const lh_page_line line = lh_page_get(pages[i], row);
            if (line.ink->count > 0)
                write_line(stream, &pens, &line);
        }
        fputs("</traceGroup>\n", stream);
    }
    if (status == LH_OK)
        fputs("</ink>\n", stream);
    lh_pens_free(&pens);
    if (status == LH_OK && ferror(stream))
        status = lh_fail(error, LH_ERROR_IO, "cannot write strokes");
    return status;
}

static lh_status write_format(const lh_page *const *pages, size_t count,
                              const lh_render_options *options, FILE *stream, lh_error *error)
{
    (void)options;
    return lh_inkml_write(pages, count, stream, error);
}

const lh_format lh_format_inkml = {
    "inkml",      "",  "the strokes as InkML", LH_FORMAT_PAGES | LH_FORMAT_COLOUR | LH_FORMAT_WIDTH,
    write_format, NULL};
