/* Where a page lies on the bed of a machine: turned, mirrored and shifted. */
#ifndef LONGHAND_PAGE_BED_H
#define LONGHAND_PAGE_BED_H

#include <longhand/page.h>

/* A place on the machine: mm, y up. */
typedef struct lh_bed_place {
    double x, y;
} lh_bed_place;

/* How a page lies; its bottom left corner, when it is turned, is at the options' origin. */
typedef struct lh_bed {
    const lh_gcode_options *options;
    float width, height; /* mm, of the page as it is written */
} lh_bed;

lh_bed lh_bed_of(const lh_page *page, const lh_gcode_options *options);
/* Where a place on the page (mm, y down) is on the machine. */
lh_bed_place lh_bed_at(const lh_bed *bed, lh_vec2 at);
/* The corner of the page that lies at the origin. */
lh_vec2 lh_bed_corner(const lh_bed *bed);

/* LH_ERROR_ARGUMENT for an origin, a turn or a place to park that no machine has. */
lh_status lh_bed_check(const lh_gcode_options *options, lh_error *error);

#endif
