/* PNG files of whatever can be drawn with cairo in millimetres. */
#ifndef LONGHAND_PAGE_PNG_H
#define LONGHAND_PAGE_PNG_H

#include "page/paint.h"

typedef lh_status lh_picture(void *user, cairo_t *cr, lh_error *error);

/* Writes a picture of this size in mm, with the title and notes of `page`, on its paper. */
lh_status lh_png_write_picture(const lh_page *page, float width, float height, float dpi,
                               lh_picture *picture, void *user, FILE *stream, lh_error *error);

#endif
