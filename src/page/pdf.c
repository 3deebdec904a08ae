/* Pages as one PDF, through cairo. The same pages give the same bytes: no date is written. */
#include "page/drawing.h"
#include "page/paint.h"

#include <cairo-pdf.h>

#define POINTS_A_MM (72 / 25.4)

static lh_status write_pages(const lh_page *const *pages, size_t count,
                             const lh_paint_options *options, cairo_surface_t *surface, cairo_t *cr,
                             lh_error *error)
{
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, lh_page_title(pages[0]));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, lh_page_notes(pages[0]));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Longhand");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
    lh_status status = LH_OK;
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        const lh_paper *paper = lh_page_paper(pages[i]);
        cairo_pdf_surface_set_size(surface, paper->width * POINTS_A_MM,
                                   paper->height * POINTS_A_MM);
        cairo_identity_matrix(cr);
        cairo_scale(cr, POINTS_A_MM, POINTS_A_MM);
        status = lh_page_paint(pages[i], options, cr, error);
        cairo_show_page(cr);
    }
    return status;
}

lh_status lh_draw_pdf(const lh_page *const *pages, size_t count, const lh_paint_options *options,
                      FILE *stream, lh_error *error)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(lh_paint_write, stream, 1, 1);
    cairo_t *cr = cairo_create(surface);
    lh_status status = write_pages(pages, count, options, surface, cr, error);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (status == LH_OK)
        status = lh_paint_status(cairo_surface_status(surface), "a PDF", error);
    cairo_surface_destroy(surface);
    return status;
}
