/* Pages as DXF (Autodesk, "DXF Reference", Release 12), ASCII: rows in pairs, a group code and its
 * value. What CAD and laser programs read; they order and offset the lines themselves, so the
 * strokes stay as they were written. */
#include "page/formats.h"
#include "page/pages.h"
#include "page/pens.h"
#include "page/route.h"

#include "base/extremes.h"
#include "base/need.h"

#include <math.h>
#include <stdlib.h>

/* mm; the length of a dot, and what rounding moves a place by at most. */
#define DOT 0.1f
#define ROUNDING 0.0008f

/* ---- inks -------------------------------------------------------------------------------------
 */

static int distance(uint32_t a, const int rgb[3])
{
    int sum = 0;
    for (int i = 0; i < 3; i++) {
        const int step = (int)(a >> (16 - 8 * i) & 0xff) - rgb[i];
        sum += step * step;
    }
    return sum;
}

/* Colour `index` of AutoCAD's 10 to 249: 24 hues, each in five shades, full and half saturated. */
static void palette(int index, int rgb[3])
{
    static const int shades[] = {255, 165, 127, 76, 38};
    const int shade = shades[index % 10 / 2];
    const double hue = (index / 10 - 1) / 4.0;
    for (int i = 0; i < 3; i++) {
        const double far = fabs(fmod(hue - 2 * i + 9, 6) - 3); /* 0: this colour's own hue */
        const double full = fmin(1, fmax(0, 2 - far));
        rgb[i] = (int)(shade * (index % 2 ? 0.5 + 0.5 * full : full));
    }
}

/* The number of AutoCAD's colours that is nearest. 7 is black on white paper; what is nearly grey
 * becomes a grey. */
static int colour_number(uint32_t colour)
{
    static const struct {
        int number, rgb[3];
    } greys[] = {{7, {0, 0, 0}},
                 {250, {51, 51, 51}},
                 {8, {128, 128, 128}},
                 {9, {192, 192, 192}},
                 {255, {255, 255, 255}}};
    const int red = colour >> 16 & 0xff, green = colour >> 8 & 0xff, blue = colour & 0xff;
    const int most = red > green ? red > blue ? red : blue : green > blue ? green : blue;
    const int least = red < green ? red < blue ? red : blue : green < blue ? green : blue;
    const bool grey = most - least < 32;
    int best = 7, nearest = 1 << 20;
    for (size_t i = 0; grey && i < sizeof greys / sizeof *greys; i++)
        if (distance(colour, greys[i].rgb) < nearest) {
            nearest = distance(colour, greys[i].rgb);
            best = greys[i].number;
        }
    for (int i = 10; !grey && i < 250; i++) {
        int rgb[3];
        palette(i, rgb);
        if (distance(colour, rgb) < nearest) {
            nearest = distance(colour, rgb);
            best = i;
        }
    }
    return best;
}

static int compare_colours(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* ---- sections ---------------------------------------------------------------------------------
 */

static void write_place(FILE *stream, float x, float y)
{
    fprintf(stream, "10\n%.3f\n20\n%.3f\n30\n0.0\n", (double)x, (double)y);
}

static void write_head(FILE *stream, const lh_pens *inks, float width, float height)
{
    fprintf(stream,
            "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1009\n9\n$EXTMIN\n10\n0.0\n20\n0.0\n"
            "30\n0.0\n9\n$EXTMAX\n10\n%.3f\n20\n%.3f\n30\n0.0\n0\nENDSEC\n",
            (double)width, (double)height);
    fprintf(stream,
            "0\nSECTION\n2\nTABLES\n0\nTABLE\n2\nLTYPE\n70\n1\n0\nLTYPE\n2\nCONTINUOUS\n70\n0\n"
            "3\nSolid line\n72\n65\n73\n0\n40\n0.0\n0\nENDTAB\n"
            "0\nTABLE\n2\nLAYER\n70\n%zu\n",
            inks->count);
    for (size_t i = 0; i < inks->count; i++)
        fprintf(stream, "0\nLAYER\n2\nINK_%06X\n70\n0\n62\n%d\n6\nCONTINUOUS\n",
                (unsigned)inks->colour[i], colour_number(inks->colour[i]));
    fputs("0\nENDTAB\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n", stream);
}

static void write_vertex(FILE *stream, unsigned ink, float x, float y)
{
    fprintf(stream, "0\nVERTEX\n8\nINK_%06X\n", ink);
    write_place(stream, x, y);
}

/* A stroke of `count` points; (left, height) is the page's top left corner. */
static void write_stroke(FILE *stream, unsigned ink, const lh_vec2 *point, size_t count, float left,
                         float height)
{
    fprintf(stream, "0\nPOLYLINE\n8\nINK_%06X\n66\n1\n", ink);
    write_place(stream, 0, 0);
    const bool dot = count == 1;
    for (size_t i = 0; i < count + dot; i++)
        write_vertex(stream, ink, left + point[dot ? 0 : i].x + (dot ? ((float)i - 0.5f) * DOT : 0),
                     height - point[dot ? 0 : i].y);
    fprintf(stream, "0\nSEQEND\n8\nINK_%06X\n", ink);
}

/* The strokes of a page as they were written: those of its first line, its second, ... */
static lh_status write_page(FILE *stream, const lh_page *page, float left, float tolerance,
                            lh_error *error)
{
    lh_route route;
    const lh_route_plan plan = {.tolerance = tolerance, .order = LH_ORDER_WRITTEN};
    lh_status status = lh_route_make(page, &plan, &route, error);
    const float height = lh_page_paper(page)->height;
    size_t stroke = 0;
    for (size_t row = 0; row < lh_page_count(page) && status == LH_OK; row++) {
        const lh_page_line line = lh_page_get(page, row);
        size_t position = 0, count;
        const lh_point *points;
        while (lh_ink_next_stroke(line.ink, &position, &points, &count)) {
            const size_t first = route.first[stroke], past = route.first[stroke + 1];
            write_stroke(stream, line.placing.colour & 0xffffff, route.point + first, past - first,
                         left, height);
            stroke++;
        }
    }
    lh_route_free(&route);
    return status;
}

lh_status lh_dxf_write(const lh_page *const *pages, size_t count, float tolerance, FILE *stream,
                       lh_error *error)
{
    LH_NEED(error, lh_pages_are(pages, count) && stream, LH_ERROR_ARGUMENT);
    if (!(tolerance >= 0.01f))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "a tolerance of %g mm is finer than DXF is written; 0.01 is least",
                       (double)tolerance);
    float width = 0, height = 0;
    for (size_t i = 0; i < count; i++) {
        width += lh_page_paper(pages[i])->width + (i > 0 ? LH_PAGE_GAP : 0);
        lh_raisef(&height, lh_page_paper(pages[i])->height);
    }
    lh_pens inks;
    lh_status status = lh_pens_find(&inks, pages, count, error);
    if (status == LH_OK && inks.count > 0)
        qsort(inks.colour, inks.count, sizeof *inks.colour, compare_colours);
    if (status == LH_OK)
        write_head(stream, &inks, width, height);
    float left = 0;
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        status = write_page(stream, pages[i], left, tolerance - ROUNDING, error);
        left += lh_page_paper(pages[i])->width + LH_PAGE_GAP;
    }
    if (status == LH_OK)
        fputs("0\nENDSEC\n0\nEOF\n", stream);
    lh_pens_free(&inks);
    return status;
}

static lh_status write_format(const lh_page *const *pages, size_t count,
                              const lh_render_options *options, FILE *stream, lh_error *error)
{
    return lh_dxf_write(pages, count, options->gcode.tolerance, stream, error);
}

const lh_format lh_format_dxf = {"dxf",
                                 "",
                                 "DXF, for CAD and laser programs",
                                 LH_FORMAT_PAGES | LH_FORMAT_COLOUR | LH_FORMAT_PENS,
                                 write_format,
                                 NULL};
