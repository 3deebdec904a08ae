/* What can be a page, its pen, and its height. */
#ifndef LONGHAND_PAGE_PAGES_H
#define LONGHAND_PAGE_PAGES_H

#include <longhand/page.h>

/* LH_ERROR_ARGUMENT for a width, mm, that no pen has. */
lh_status lh_page_pen_check(float width, lh_error *error);
/* The height of paper with room for so many rows (1 at least) and no more. */
float lh_paper_height(const lh_paper *paper, int rows);
/* One page or more, and all of them there. */
bool lh_pages_are(const lh_page *const *pages, size_t count);

/* A line drawn by speed is so many pens wide where the pen rested, and nowhere wider. */
#define LH_WIDEST_BY_SPEED 1.4f
/* mm between the pages of one file, where they lie below or beside each other. */
#define LH_PAGE_GAP 10.0f
/* Pixels a mm, and the side of a picture of a page that is so long in mm. */
float lh_page_pixels_a_mm(float dpi);
float lh_page_pixels(float millimetres, float dpi);

#endif
