/* Where a page lies on a machine: see bed.h. */
#include "page/bed.h"

#include <math.h>

/* mm; on no machine is anything farther. */
#define FARTHEST 1e5f

lh_bed lh_bed_of(const lh_page *page, const lh_gcode_options *options)
{
    const lh_paper *paper = lh_page_paper(page);
    return (lh_bed){options, paper->width, paper->height};
}

lh_bed_place lh_bed_at(const lh_bed *bed, lh_vec2 at)
{
    const double width = (double)bed->width, height = (double)bed->height;
    const double u = bed->options->mirror ? width - (double)at.x : (double)at.x;
    const double v = height - (double)at.y;
    lh_bed_place place = {u, v};
    switch (bed->options->turn) {
    case LH_TURN_NONE:
        break;
    case LH_TURN_90:
        place = (lh_bed_place){height - v, u};
        break;
    case LH_TURN_180:
        place = (lh_bed_place){width - u, height - v};
        break;
    case LH_TURN_270:
        place = (lh_bed_place){v, width - u};
        break;
    }
    place.x += (double)bed->options->x;
    place.y += (double)bed->options->y;
    return place;
}

lh_vec2 lh_bed_corner(const lh_bed *bed)
{
    const lh_vec2 corners[] = {
        {0, bed->height}, {0, 0}, {bed->width, 0}, {bed->width, bed->height}};
    lh_vec2 nearest = corners[0];
    for (int i = 0; i < 4; i++) {
        const lh_bed_place to = lh_bed_at(bed, corners[i]), best = lh_bed_at(bed, nearest);
        if (to.x + to.y < best.x + best.y)
            nearest = corners[i];
    }
    return nearest;
}

lh_status lh_bed_check(const lh_gcode_options *options, lh_error *error)
{
    if ((unsigned)options->turn > LH_TURN_270)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "a page is turned by 0, 90, 180 or 270 degrees and by no other way");
    if (!(fabsf(options->x) < FARTHEST && fabsf(options->y) < FARTHEST))
        return lh_fail(error, LH_ERROR_ARGUMENT, "an origin at (%g, %g) mm is on no machine",
                       (double)options->x, (double)options->y);
    if (options->park && !(fabsf(options->park_x) < FARTHEST && fabsf(options->park_y) < FARTHEST))
        return lh_fail(error, LH_ERROR_ARGUMENT, "a pen cannot be parked at (%g, %g) mm",
                       (double)options->park_x, (double)options->park_y);
    return LH_OK;
}
