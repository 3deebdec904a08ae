/* What draws pages with cairo and pango. A table of functions, for the program `longhand` opens it
 * only for PDF, PNG and ways to look at writing; SVG of ink and what plotters take need no library.
 */
#ifndef LONGHAND_PAGE_DRAWING_H
#define LONGHAND_PAGE_DRAWING_H

#include <longhand/page.h>

/* The functions of page.h, for what drawing.c has found fit to draw. */
lh_status lh_draw_pdf(const lh_page *const *pages, size_t count, const lh_paint_options *options,
                      FILE *stream, lh_error *error);
lh_status lh_draw_png(const lh_page *page, float dpi, const lh_paint_options *options, FILE *stream,
                      lh_error *error);
lh_status lh_draw_look_svg(const lh_page *page, lh_look look, FILE *stream, lh_error *error);
lh_status lh_draw_look_png(const lh_page *page, lh_look look, float dpi, FILE *stream,
                           lh_error *error);

/* The same as a table. */
typedef struct lh_drawing {
    lh_status (*pdf)(const lh_page *const *pages, size_t count, const lh_paint_options *options,
                     FILE *stream, lh_error *error);
    lh_status (*png)(const lh_page *page, float dpi, const lh_paint_options *options, FILE *stream,
                     lh_error *error);
    lh_status (*look_svg)(const lh_page *page, lh_look look, FILE *stream, lh_error *error);
    lh_status (*look_png)(const lh_page *page, lh_look look, float dpi, FILE *stream,
                          lh_error *error);
} lh_drawing;

/* NULL where cairo cannot be opened. Never freed. */
const lh_drawing *lh_drawing_get(lh_error *error);

#endif
