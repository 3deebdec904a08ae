/* Pages as PDF and PNG, and ways to look at them: checks what is asked for, and leaves the drawing
 * to what knows cairo (drawing.h). */
#include "page/drawing.h"
#include "page/formats.h"

#include "base/need.h"
#include "page/pages.h"

#include <string.h>

/* ---- pages ------------------------------------------------------------------------------------
 */

const lh_paint_options lh_paint_defaults = {.tolerance = 0.02f};

lh_status lh_pdf_write(const lh_page *const *pages, size_t count, const lh_paint_options *options,
                       FILE *stream, lh_error *error)
{
    LH_NEED(error, lh_pages_are(pages, count) && options && options->tolerance > 0 && stream,
            LH_ERROR_ARGUMENT);
    for (size_t i = 0; i < count; i++)
        if (lh_page_paper(pages[i])->width <= 0)
            return lh_fail(error, LH_ERROR_ARGUMENT, "page %zu has no size yet", i + 1);
    LH_OWN_ERROR(error);
    const lh_drawing *drawing = lh_drawing_get(error);
    return drawing ? drawing->pdf(pages, count, options, stream, error) : error->status;
}

lh_status lh_png_write(const lh_page *page, float dpi, const lh_paint_options *options,
                       FILE *stream, lh_error *error)
{
    LH_NEED(error, page && options && options->tolerance > 0 && stream, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    const lh_drawing *drawing = lh_drawing_get(error);
    return drawing ? drawing->png(page, dpi, options, stream, error) : error->status;
}

/* ---- ways to look -----------------------------------------------------------------------------
 */

static const char *const names[LH_LOOKS] = {"ink",     "strokes",   "points", "end",
                                            "density", "attention", "speed"};

lh_status lh_look_parse(const char *name, lh_look *look, lh_error *error)
{
    LH_NEED(error, name && look, LH_ERROR_ARGUMENT);
    for (int i = 0; i < LH_LOOKS; i++)
        if (strcmp(name, names[i]) == 0) {
            *look = (lh_look)i;
            return LH_OK;
        }
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "nothing is drawn as '%.40s'; there are ink, strokes, points, end, density, "
                   "attention and speed",
                   name);
}

static lh_status check_steps(const lh_page *page, lh_look look, lh_error *error)
{
    if (lh_page_paper(page)->width <= 0)
        return lh_fail(error, LH_ERROR_ARGUMENT, "the page has no size yet");
    for (size_t i = 0; i < lh_page_count(page); i++) {
        const lh_steps *steps = lh_page_get(page, i).steps;
        bool lacks = (look == LH_LOOK_END && !steps) ||
                     (look == LH_LOOK_DENSITY && !(steps && steps->output)) ||
                     (look == LH_LOOK_ATTENTION && !(steps && steps->window));
        if (lacks)
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "line %zu does not tell how it came about: nothing to draw as '%s'",
                           i + 1, names[look]);
    }
    return LH_OK;
}

lh_status lh_look_write_svg(const lh_page *page, lh_look look, FILE *stream, lh_error *error)
{
    LH_NEED(error, page && (unsigned)look < LH_LOOKS && stream, LH_ERROR_ARGUMENT);
    lh_status status = check_steps(page, look, error);
    if (status != LH_OK)
        return status;
    LH_OWN_ERROR(error);
    const lh_drawing *drawing = lh_drawing_get(error);
    return drawing ? drawing->look_svg(page, look, stream, error) : error->status;
}

lh_status lh_look_write_png(const lh_page *page, lh_look look, float dpi, FILE *stream,
                            lh_error *error)
{
    LH_NEED(error, page && (unsigned)look < LH_LOOKS && stream, LH_ERROR_ARGUMENT);
    lh_status status = check_steps(page, look, error);
    if (status != LH_OK)
        return status;
    LH_OWN_ERROR(error);
    const lh_drawing *drawing = lh_drawing_get(error);
    return drawing ? drawing->look_png(page, look, dpi, stream, error) : error->status;
}

/* ---- formats ----------------------------------------------------------------------------------
 */

static lh_status write_pdf(const lh_page *const *pages, size_t count,
                           const lh_render_options *options, FILE *stream, lh_error *error)
{
    return lh_pdf_write(pages, count, &options->paint, stream, error);
}

const lh_format lh_format_pdf = {
    "pdf",     "",  "PDF", LH_FORMAT_PAGES | LH_FORMAT_COLOUR | LH_FORMAT_WIDTH | LH_FORMAT_SPEED,
    write_pdf, NULL};

static lh_status write_png(const lh_page *const *pages, size_t count,
                           const lh_render_options *options, FILE *stream, lh_error *error)
{
    (void)count; /* 1: it has no LH_FORMAT_PAGES */
    return options->look == LH_LOOK_INK
               ? lh_png_write(pages[0], options->dpi, &options->paint, stream, error)
               : lh_look_write_png(pages[0], options->look, options->dpi, stream, error);
}

const lh_format lh_format_png = {"png",
                                 "",
                                 "PNG",
                                 LH_FORMAT_COLOUR | LH_FORMAT_WIDTH | LH_FORMAT_LOOKS |
                                     LH_FORMAT_PIXELS | LH_FORMAT_SPEED,
                                 write_png,
                                 NULL};
