/* Pages as HPGL (Hewlett-Packard, "The HP-GL/2 and HP RTL reference guide"): what older and cutting
 * plotters read. */
#include "page/formats.h"
#include "page/route.h"

#include "base/need.h"
#include "page/pages.h"

#include <math.h>

#define UNITS_A_MM 40
/* mm; what rounding to units moves a place by at most. */
#define ROUNDING 0.0178f

static void write_place(FILE *stream, lh_vec2 at, float height)
{
    fprintf(stream, "%ld,%ld", lroundf(UNITS_A_MM * at.x), lroundf(UNITS_A_MM * (height - at.y)));
}

static void write_page(FILE *stream, const lh_route *route, float height)
{
    for (size_t i = 0; i < route->strokes; i++) {
        size_t first = route->first[i], past = route->first[i + 1];
        fputs("PU", stream);
        write_place(stream, route->point[first], height);
        fputs(";PD", stream);
        for (size_t k = first + 1; k < past; k++) {
            if (k > first + 1)
                putc(',', stream);
            write_place(stream, route->point[k], height);
        }
        fputs(";\n", stream);
    }
    fputs("PU;\n", stream);
}

lh_status lh_hpgl_write(const lh_page *const *pages, size_t count, float tolerance,
                        lh_stroke_order order, FILE *stream, lh_error *error)
{
    LH_NEED(error, lh_pages_are(pages, count) && (unsigned)order <= LH_ORDER_SHORT && stream,
            LH_ERROR_ARGUMENT);
    lh_status status = LH_OK;
    if (!(tolerance >= 0.025f))
        status =
            lh_fail(error, LH_ERROR_ARGUMENT,
                    "HPGL cannot keep a tolerance of %g mm; 0.025 is least", (double)tolerance);
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        lh_route route;
        status = lh_route_make(pages[i], tolerance - ROUNDING, order, &route, error);
        if (status == LH_OK) {
            fputs(i == 0 ? "IN;SP1;\n" : "PG;\n", stream);
            write_page(stream, &route, lh_page_paper(pages[i])->height);
        }
        lh_route_free(&route);
    }
    if (status == LH_OK)
        fputs("SP0;\n", stream);
    return status;
}

static lh_status write_format(const lh_page *const *pages, size_t count,
                              const lh_render_options *options, FILE *stream, lh_error *error)
{
    return lh_hpgl_write(pages, count, options->gcode.tolerance, options->gcode.order, stream,
                         error);
}

const lh_format lh_format_hpgl = {
    "hpgl",       "plt", "HPGL, for older plotters and cutters", LH_FORMAT_PAGES | LH_FORMAT_ORDER,
    write_format, NULL};
