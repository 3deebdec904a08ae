/* Pages as HPGL (Hewlett-Packard, "The HP-GL/2 and HP RTL reference guide"): what older and cutting
 * plotters read. */
#include "page/bed.h"
#include "page/formats.h"
#include "page/pens.h"
#include "page/route.h"

#include "base/need.h"
#include "page/pages.h"

#include <math.h>

#define UNITS_A_MM 40
/* mm; what rounding to units moves a place by at most. */
#define ROUNDING 0.0178f

static void write_units(FILE *stream, lh_bed_place at)
{
    fprintf(stream, "%ld,%ld", lroundf(UNITS_A_MM * (float)at.x),
            lroundf(UNITS_A_MM * (float)at.y));
}

static void write_place(FILE *stream, lh_vec2 at, const lh_bed *bed)
{
    write_units(stream, lh_bed_at(bed, at));
}

static void write_route(FILE *stream, const lh_route *route, const lh_bed *bed)
{
    for (size_t i = 0; i < route->strokes; i++) {
        size_t first = route->first[i], past = route->first[i + 1];
        fputs("PU", stream);
        write_place(stream, route->point[first], bed);
        fputs(";PD", stream);
        for (size_t k = first + 1; k < past; k++) {
            if (k > first + 1)
                putc(',', stream);
            write_place(stream, route->point[k], bed);
        }
        fputs(";\n", stream);
    }
    fputs("PU;\n", stream);
}

static void park(FILE *stream, const lh_gcode_options *options)
{
    if (!options->park)
        return;
    fputs("PU", stream);
    write_units(stream, (lh_bed_place){(double)options->park_x, (double)options->park_y});
    fputs(";\n", stream);
}

/* What is in one ink; without one, all that there is. */
static lh_status write_pen(FILE *stream, const lh_page *page, const lh_gcode_options *options,
                           const uint32_t *pen, lh_error *error)
{
    const lh_bed bed = lh_bed_of(page, options);
    const lh_route_plan plan = {options->tolerance - ROUNDING, options->order, pen,
                                lh_bed_corner(&bed)};
    lh_route route;
    lh_status status = lh_route_make(page, &plan, &route, error);
    if (status == LH_OK)
        write_route(stream, &route, &bed);
    lh_route_free(&route);
    return status;
}

/* A page begins with the pen that is in the machine. */
static lh_status write_page(FILE *stream, const lh_page *page, const lh_gcode_options *options,
                            const lh_pens *pens, size_t *loaded, lh_error *error)
{
    const size_t first = *loaded;
    size_t position = 0, pen;
    lh_status status = pens->count == 0 ? write_pen(stream, page, options, NULL, error) : LH_OK;
    while (status == LH_OK && lh_pens_next(pens, page, first, &position, &pen)) {
        if (pen != *loaded)
            fprintf(stream, "SP%zu;\n", pen + 1);
        *loaded = pen;
        status = write_pen(stream, page, options, &pens->colour[pen], error);
    }
    return status;
}

lh_status lh_hpgl_write(const lh_page *const *pages, size_t count, const lh_gcode_options *options,
                        FILE *stream, lh_error *error)
{
    LH_NEED(error, lh_pages_are(pages, count) && options && stream, LH_ERROR_ARGUMENT);
    LH_NEED(error, (unsigned)options->order <= LH_ORDER_SHORT, LH_ERROR_ARGUMENT);
    lh_pens pens = {0};
    size_t loaded = 0;
    lh_status status = lh_bed_check(options, error);
    if (status == LH_OK && !(options->tolerance >= 0.025f))
        status = lh_fail(error, LH_ERROR_ARGUMENT,
                         "HPGL cannot keep a tolerance of %g mm; 0.025 is least",
                         (double)options->tolerance);
    if (status == LH_OK)
        status = lh_pens_find(&pens, pages, count, error);
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        if (i > 0)
            park(stream, options);
        fputs(i == 0 ? "IN;SP1;\n" : "PG;\n", stream);
        status = write_page(stream, pages[i], options, &pens, &loaded, error);
    }
    if (status == LH_OK) {
        park(stream, options);
        fputs("SP0;\n", stream);
    }
    lh_pens_free(&pens);
    return status;
}

static lh_status write_format(const lh_page *const *pages, size_t count,
                              const lh_render_options *options, FILE *stream, lh_error *error)
{
    return lh_hpgl_write(pages, count, &options->gcode, stream, error);
}

const lh_format lh_format_hpgl = {"hpgl",
                                  "plt",
                                  "HPGL, for older plotters and cutters",
                                  LH_FORMAT_PAGES | LH_FORMAT_ORDER | LH_FORMAT_PENS,
                                  write_format,
                                  NULL};
