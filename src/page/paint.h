/* A page drawn with cairo: what PDF, PNG and the window have in common. */
#ifndef LONGHAND_PAGE_PAINT_H
#define LONGHAND_PAGE_PAINT_H

#include <longhand/page.h>

#include <cairo.h>

/* Draws `page` to `cr`, whose user unit must be a millimetre with (0, 0) the page's corner: paper,
 * rules, ink. `cr` comes back as it was, but for its status. */
lh_status lh_page_paint(const lh_page *page, const lh_paint_options *options, cairo_t *cr,
                        lh_error *error);

/* LH_OK, or a failure that says what cairo says of `status` while making `what`. */
lh_status lh_paint_status(cairo_status_t status, const char *what, lh_error *error);

/* What cairo calls with each part of a file it makes: writes it to `stream`, a FILE. */
cairo_status_t lh_paint_write(void *stream, const unsigned char *data, unsigned int size);

#endif
