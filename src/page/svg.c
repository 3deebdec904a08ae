/* Pages as SVG (SVG 1.1, second edition): one user unit is a millimetre, a line of text a group, a
 * stroke a path. Path data is kept short: coordinates are whole hundredths, written as differences
 * from the rounded place before, so that rounding does not add up along a stroke. */
#include "page/formats.h"
#include "page/page_xml.h"
#include "page/pens.h"
#include "page/ruling.h"
#include "page/stroke.h"

#include "base/extremes.h"
#include "base/need.h"
#include "page/pages.h"

#include <math.h>
#include <string.h>

/* Rounding to hundredths moves a control point, and with it the curve, by at most this. */
#define ROUNDING 0.0071f
/* Seconds between two lines of a file that writes itself, and the shortest stroke. */
#define LINE_PAUSE 0.5
#define SHORTEST 0.02

const lh_svg_options lh_svg_defaults = {.tolerance = 0.04f};

typedef struct writer {
    FILE *stream;
    const lh_svg_options *options;
    lh_pens pens;
    double clock; /* seconds of writing that the lines so far took */
    size_t line;  /* which of all, from 1 */
} writer;

/* ---- numbers --------------------------------------------------------------------------------- */

static long hundredths(float millimetres)
{
    return lroundf(100 * millimetres);
}

/* Writes value / 100 as short as it goes: no leading zero, no trailing ones. */
static void write_number(FILE *stream, long value)
{
    unsigned long size = value < 0 ? 0ul - (unsigned long)value : (unsigned long)value;
    unsigned long whole = size / 100, rest = size % 100;
    if (value < 0)
        putc('-', stream);
    if (whole || !rest)
        fprintf(stream, "%lu", whole);
    if (rest % 10)
        fprintf(stream, ".%02lu", rest);
    else if (rest)
        fprintf(stream, ".%lu", rest / 10);
}

/* Writes a number inside path data, with a blank before it only where its sign or point would not
 * tell it from the number before. */
static void write_next(FILE *stream, long value, bool *point_before, bool first)
{
    bool bare_point = value > 0 && value < 100;
    if (!first && value >= 0 && !(bare_point && *point_before))
        putc(' ', stream);
    write_number(stream, value);
    *point_before = value % 100 != 0;
}

static void write_attribute(FILE *stream, const char *name, float millimetres)
{
    fprintf(stream, " %s=\"", name);
    write_number(stream, hundredths(millimetres));
    putc('"', stream);
}

static void write_colour(FILE *stream, const char *name, uint32_t colour)
{
    fprintf(stream, " %s=\"#%06x\"", name, (unsigned)(colour & 0xffffff));
}

/* ---- ink ------------------------------------------------------------------------------------- */

static void write_path_data(FILE *stream, const lh_curve *curve)
{
    long x = hundredths(curve->point[0].x), y = hundredths(curve->point[0].y);
    bool point_before = false;
    putc('M', stream);
    write_next(stream, x, &point_before, true);
    write_next(stream, y, &point_before, false);
    if (curve->curves == 0)
        fputs("h.01", stream); /* some renderers draw no cap where there is no length */
    for (size_t i = 0; i < curve->curves; i++) {
        const lh_vec2 *p = curve->point + 3 * i;
        if (i == 0)
            putc('c', stream);
        for (int k = 1; k < 4; k++) {
            write_next(stream, hundredths(p[k].x) - x, &point_before, i == 0 && k == 1);
            write_next(stream, hundredths(p[k].y) - y, &point_before, false);
        }
        x = hundredths(p[3].x);
        y = hundredths(p[3].y);
    }
}

/* When a stroke of a file that writes itself starts, and for how long it is drawn. */
static void write_times(const writer *w, double start, double duration)
{
    double speed = w->options->speed;
    if (!(speed > 0))
        return;
    fputs(" pathLength=\"1\" style=\"--t:", w->stream);
    write_number(w->stream, lround(100 * fmax(0, w->clock + start) / speed));
    fputs("s;--d:", w->stream);
    write_number(w->stream, lround(100 * fmax(SHORTEST, duration / speed)));
    fputs("s\"", w->stream);
}

/* Writes the path of the readings first..last, and frees the curve. */
static void write_path(const writer *w, const lh_page_line *line, const lh_point *first,
                       const lh_point *last, const lh_tint *tint, lh_curve *curve)
{
    fputs("<path", w->stream);
    if (tint) {
        write_colour(w->stream, "stroke", tint->colour);
        write_attribute(w->stream, "stroke-width", tint->width);
    }
    fputs(" d=\"", w->stream);
    write_path_data(w->stream, curve);
    putc('"', w->stream);
    double start = (double)first->time - (double)line->ink->points[0].time;
    write_times(w, start, (double)last->time - (double)first->time);
    fputs("/>\n", w->stream);
    lh_curve_free(curve);
}

static lh_status write_stroke(const writer *w, const lh_page_line *line, const lh_point *points,
                              size_t count, lh_error *error)
{
    lh_curve curve;
    lh_status status =
        lh_stroke_curve(line, points, count, w->options->tolerance - ROUNDING, &curve, error);
    if (status == LH_OK)
        write_path(w, line, points, points + count - 1, NULL, &curve);
    return status;
}

/* A path for each run of one tint. */
static lh_status write_tinted(const writer *w, const lh_page_line *line, const lh_point *points,
                              size_t count, lh_error *error)
{
    const lh_tint *tint = line->tint + (points - line->ink->points);
    lh_status status = LH_OK;
    size_t first = 0, last;
    do {
        last = lh_tint_run(tint, count, first);
        lh_curve curve;
        status = lh_stroke_through(line, points, count, first, last, &curve, error);
        if (status == LH_OK)
            write_path(w, line, points + first, points + last, &tint[last], &curve);
        first = last;
    } while (status == LH_OK && last + 1 < count);
    return status;
}

static bool has_layers(const writer *w)
{
    return w->pens.count > 1 || w->options->use == LH_SVG_PLOTTED;
}

static lh_status write_strokes(writer *w, const lh_page_line *line, lh_error *error)
{
    fputs("<g class=\"line\" data-text=\"", w->stream);
    lh_xml_attribute(w->stream, line->text);
    putc('"', w->stream);
    if (has_layers(w))
        fprintf(w->stream, " data-line=\"%zu\"", w->line);
    write_colour(w->stream, "stroke", line->placing.colour);
    fputs(">\n", w->stream);
    lh_status status = LH_OK;
    size_t position = 0, count;
    const lh_point *points;
    while (status == LH_OK && lh_ink_next_stroke(line->ink, &position, &points, &count))
        status = (line->tint ? write_tinted : write_stroke)(w, line, points, count, error);
    fputs("</g>\n", w->stream);
    return status;
}

static void pass_time(writer *w, const lh_ink *ink)
{
    if (ink->count == 0)
        return;
    double took = (double)ink->points[ink->count - 1].time - (double)ink->points[0].time;
    w->clock += fmax(0, took) + LINE_PAUSE;
}

/* Writes the lines of a page that are in this ink, or all; time passes for the others too. */
static lh_status write_lines(writer *w, const lh_page *page, const uint32_t *pen, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < lh_page_count(page) && status == LH_OK; i++) {
        lh_page_line line = lh_page_get(page, i);
        w->line++;
        if (!pen || lh_pen_draws(*pen, &line))
            status = write_strokes(w, &line, error);
        pass_time(w, line.ink);
    }
    return status;
}

/* ---- paper ----------------------------------------------------------------------------------- */

static void write_ruling(FILE *stream, const lh_paper *paper)
{
    size_t position = 0;
    lh_rule rule;
    if (!lh_rule_next(paper, &position, &rule))
        return;
    fputs("<path class=\"ruling\" fill=\"none\"", stream);
    write_colour(stream, "stroke", LH_RULE_COLOUR);
    write_attribute(stream, "stroke-width", LH_RULE_WIDTH);
    fputs(" d=\"", stream);
    do {
        bool level = rule.y0 == rule.y1;
        putc('M', stream);
        write_number(stream, hundredths(rule.x0));
        putc(' ', stream);
        write_number(stream, hundredths(rule.y0));
        putc(level ? 'h' : 'v', stream);
        write_number(stream, hundredths(level ? rule.x1 - rule.x0 : rule.y1 - rule.y0));
    } while (lh_rule_next(paper, &position, &rule));
    fputs("\"/>\n", stream);
}

/* Begins what is on a page. */
static void begin_page(FILE *stream, float top)
{
    fputs("<g class=\"page\"", stream);
    if (top > 0) {
        fputs(" transform=\"translate(0 ", stream);
        write_number(stream, hundredths(top));
        fputs(")\"", stream);
    }
    fputs(">\n", stream);
}

static void write_paper(FILE *stream, const lh_paper *paper)
{
    if (!paper->transparent) {
        fputs("<rect class=\"paper\"", stream);
        write_attribute(stream, "width", paper->width);
        write_attribute(stream, "height", paper->height);
        write_colour(stream, "fill", paper->colour);
        fputs("/>\n", stream);
    }
    write_ruling(stream, paper);
}

static lh_status write_ink(writer *w, const lh_page *page, const uint32_t *pen, lh_error *error)
{
    fputs("<g class=\"ink\" fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\"",
          w->stream);
    write_attribute(w->stream, "stroke-width", lh_page_pen(page));
    fputs(">\n", w->stream);
    lh_status status = write_lines(w, page, pen, error);
    fputs("</g>\n", w->stream);
    return status;
}

/* ---- pages and layers -------------------------------------------------------------------------
 */

/* How far below it the next page lies. */
static float after(const lh_page *page)
{
    return lh_page_paper(page)->height + LH_PAGE_GAP;
}

static lh_status write_pages(writer *w, const lh_page *const *pages, size_t count, lh_error *error)
{
    lh_status status = LH_OK;
    float top = 0;
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        begin_page(w->stream, top);
        write_paper(w->stream, lh_page_paper(pages[i]));
        status = write_ink(w, pages[i], NULL, error);
        fputs("</g>\n", w->stream);
        top += after(pages[i]);
    }
    return status;
}

/* All pages' strokes of one ink. */
static lh_status write_layer(writer *w, const lh_page *const *pages, size_t count, size_t pen,
                             lh_error *error)
{
    char name[LH_PEN_NAME];
    const uint32_t *colour = &w->pens.colour[pen];
    lh_status status = LH_OK;
    float top = 0;
    fprintf(w->stream,
            "<g id=\"layer%zu\" inkscape:groupmode=\"layer\" inkscape:label=\"%zu %s\">\n", pen + 1,
            pen + 1, lh_pen_name(*colour, name));
    w->clock = 0;
    w->line = 0;
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        begin_page(w->stream, top);
        status = write_ink(w, pages[i], colour, error);
        fputs("</g>\n", w->stream);
        top += after(pages[i]);
    }
    fputs("</g>\n", w->stream);
    return status;
}

static lh_status write_layers(writer *w, const lh_page *const *pages, size_t count, lh_error *error)
{
    lh_status status = LH_OK;
    float top = 0;
    for (size_t i = 0; i < count && w->options->use == LH_SVG_SHOWN; i++) {
        begin_page(w->stream, top);
        write_paper(w->stream, lh_page_paper(pages[i]));
        fputs("</g>\n", w->stream);
        top += after(pages[i]);
    }
    for (size_t pen = 0; pen < w->pens.count && status == LH_OK; pen++)
        status = write_layer(w, pages, count, pen, error);
    return status;
}

/* Each path waits for its time and is then drawn from its start by a dash that grows. What the
 * animation sets holds before and during it only, so that nothing is missing without it. */
static void write_animation(FILE *stream)
{
    fputs("<style>\n"
          "@media (prefers-reduced-motion: no-preference) {\n"
          "  .line path { animation: write var(--d) linear var(--t) backwards }\n"
          "}\n"
          "@keyframes write {\n"
          "  from { visibility: hidden; stroke-dasharray: 1 2; stroke-dashoffset: 1 }\n"
          "  to { visibility: visible; stroke-dasharray: 1 2; stroke-dashoffset: 0 }\n"
          "}\n"
          "</style>\n",
          stream);
}

static void write_head(FILE *stream, const lh_page *const *pages, size_t count, bool layers)
{
    float width = 0, height = 0;
    for (size_t i = 0; i < count; i++) {
        const lh_paper *paper = lh_page_paper(pages[i]);
        lh_raisef(&width, paper->width);
        height += paper->height + (i > 0 ? LH_PAGE_GAP : 0);
    }
    char box[2][32];
    const float sides[2] = {width, height};
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"",
          stream);
    if (layers)
        fputs(" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\"", stream);
    for (int i = 0; i < 2; i++) {
        snprintf(box[i], sizeof box[i], "%ld.%02ld", hundredths(sides[i]) / 100,
                 hundredths(sides[i]) % 100);
        fprintf(stream, " %s=\"%smm\"", i == 0 ? "width" : "height", box[i]);
    }
    fprintf(stream, " viewBox=\"0 0 %s %s\">\n<title>", box[0], box[1]);
    lh_xml_text(stream, lh_page_title(pages[0]));
    fputs("</title>\n<desc>", stream);
    lh_xml_text(stream, lh_page_notes(pages[0]));
    fputs("</desc>\n", stream);
}

static lh_status check(const lh_page *const *pages, size_t count, const lh_svg_options *options,
                       lh_error *error)
{
    if (!(options->tolerance >= 0.01f))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "an SVG cannot keep a tolerance of %g mm with two decimals; 0.01 is least",
                       (double)options->tolerance);
    if (!(options->speed >= 0 && options->speed <= 1000))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "a pen cannot write at %g times its pace; 0 to 1000 can be",
                       (double)options->speed);
    for (size_t i = 0; i < count; i++)
        if (lh_page_paper(pages[i])->width <= 0)
            return lh_fail(error, LH_ERROR_ARGUMENT, "page %zu has no size yet", i + 1);
    return LH_OK;
}

lh_status lh_svg_write(const lh_page *const *pages, size_t count, const lh_svg_options *options,
                       FILE *stream, lh_error *error)
{
    LH_NEED(error, lh_pages_are(pages, count) && options && stream, LH_ERROR_ARGUMENT);
    LH_NEED(error, (unsigned)options->use <= LH_SVG_PLOTTED, LH_ERROR_ARGUMENT);
    writer w = {.stream = stream, .options = options};
    lh_status status = check(pages, count, options, error);
    if (status == LH_OK)
        status = lh_pens_find(&w.pens, pages, count, error);
    if (status == LH_OK) {
        write_head(stream, pages, count, has_layers(&w));
        if (options->speed > 0)
            write_animation(stream);
        status = (has_layers(&w) ? write_layers : write_pages)(&w, pages, count, error);
    }
    if (status == LH_OK)
        fputs("</svg>\n", stream);
    lh_pens_free(&w.pens);
    return status;
}

static lh_status write_format(const lh_page *const *pages, size_t count,
                              const lh_render_options *options, FILE *stream, lh_error *error)
{
    return options->look == LH_LOOK_INK ? lh_svg_write(pages, count, &options->svg, stream, error)
                                        : lh_look_write_svg(pages[0], options->look, stream, error);
}

const lh_format lh_format_svg = {"svg",
                                 "",
                                 "SVG, of curves",
                                 LH_FORMAT_PAGES | LH_FORMAT_COLOUR | LH_FORMAT_WIDTH |
                                     LH_FORMAT_MOTION | LH_FORMAT_LOOKS | LH_FORMAT_PENS,
                                 write_format,
                                 NULL};
