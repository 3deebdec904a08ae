/* Pages as G-code (NIST RS274/NGC, as GRBL 1.1 and Marlin 2 understand it), for plotters with a
 * pen. The controller only ever sees absolute moves in straight lines, so that a file can be looked
 * through, cut and continued anywhere. */
#include "page/bed.h"
#include "page/formats.h"
#include "page/gcode_head.h"
#include "page/pens.h"
#include "page/route.h"

#include "base/need.h"
#include "page/pages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MM_AN_INCH 25.4

/* mm; what rounding to hundredths moves a place by at most. */
#define ROUNDING 0.0071f

const lh_gcode_options lh_gcode_grbl = {.tolerance = 0.05f,
                                        .draw_feed = 2000,
                                        .travel_feed = 5000,
                                        .up = 5,
                                        .lift_feed = 1000,
                                        .start = "",
                                        .finish = "M2",
                                        .next_page = "M0"};

const lh_gcode_options lh_gcode_marlin = {.tolerance = 0.05f,
                                          .draw_feed = 2000,
                                          .travel_feed = 5000,
                                          .up = 5,
                                          .lift_feed = 1000,
                                          .start = "",
                                          .finish = "M84",
                                          .next_page = "M400\nM0",
                                          .feed_on_travel = true,
                                          .wait_in_seconds = true};

typedef struct machine {
    const lh_gcode_options *options;
    FILE *stream;
    lh_bed bed; /* where the page lies */
    lh_pens pens;
    size_t pen;    /* which of them is in the machine */
    long x, y;     /* where it is, in the file's smallest steps */
    bool anywhere; /* nobody knows where the pen is */
    float feed;    /* mm a minute, as last set; 0: not known */
} machine;

static const char pen_place[] = "{pen}";

/* Commands of the user's, in which "{pen}" is replaced by `pen` unless that is 0. Shells hand "\\n"
 * on as it is. */
static void write_rows(FILE *stream, const char *rows, size_t pen)
{
    const size_t place = strlen(pen_place);
    if (!*rows)
        return;
    while (*rows) {
        if (strncmp(rows, "\\n", 2) == 0) {
            putc('\n', stream);
            rows += 2;
        } else if (pen > 0 && strncmp(rows, pen_place, place) == 0) {
            fprintf(stream, "%zu", pen);
            rows += place;
        } else {
            putc(*rows++, stream);
        }
    }
    putc('\n', stream);
}

/* Steps of a hundredth of a mm, or of a ten thousandth of an inch. */
static long steps(const machine *m, double millimetres)
{
    return lround(m->options->inches ? millimetres / MM_AN_INCH * 1e4 : millimetres * 100);
}

static void write_steps(const machine *m, char axis, long value)
{
    unsigned long size = value < 0 ? 0ul - (unsigned long)value : (unsigned long)value;
    unsigned long unit = m->options->inches ? 10000 : 100;
    fprintf(m->stream, " %c%s%lu.%0*lu", axis, value < 0 ? "-" : "", size / unit,
            m->options->inches ? 4 : 2, size % unit);
}

/* Sets the feed unless it is set; 0: any will do. */
static void write_feed(machine *m, float feed)
{
    if (feed == 0 || feed == m->feed)
        return;
    m->feed = feed;
    /* No machine knows an exponent. */
    const double a_minute = (double)feed / (m->options->inches ? MM_AN_INCH : 1);
    fprintf(m->stream, a_minute < 1000 ? " F%.5g" : " F%.0f", a_minute);
}

/* Axes that do not change are left out; a move to where the pen is, wholly. */
static void go(machine *m, const char *command, lh_bed_place to, float feed)
{
    long x = steps(m, to.x), y = steps(m, to.y);
    if (!m->anywhere && x == m->x && y == m->y)
        return;
    fputs(command, m->stream);
    if (m->anywhere || x != m->x)
        write_steps(m, 'X', x);
    if (m->anywhere || y != m->y)
        write_steps(m, 'Y', y);
    write_feed(m, feed);
    putc('\n', m->stream);
    m->x = x;
    m->y = y;
    m->anywhere = false;
}

static void move(machine *m, const char *command, lh_vec2 to, float feed)
{
    go(m, command, lh_bed_at(&m->bed, to), feed);
}

/* Until a servo is where it was sent. */
static void wait_for_pen(const machine *m)
{
    const long milliseconds = lroundf(1000 * m->options->lift_wait);
    if (milliseconds > 0)
        fprintf(m->stream, "G4 %c%ld.%03ld\n", m->options->wait_in_seconds ? 'S' : 'P',
                milliseconds / 1000, milliseconds % 1000);
}

/* Moves the pen on the z axis, or by a user's command, which may set a feed of its own. */
static void move_pen(machine *m, const char *own, const char *command, float height, bool with_feed)
{
    if (own) {
        write_rows(m->stream, own, 0);
        m->feed = 0;
    } else {
        fputs(command, m->stream);
        write_steps(m, 'Z', steps(m, height));
        if (with_feed)
            write_feed(m, m->options->lift_feed);
        putc('\n', m->stream);
    }
    wait_for_pen(m);
}

static void lift(machine *m)
{
    const lh_gcode_options *o = m->options;
    move_pen(m, o->pen_up, "G0", o->up, o->feed_on_travel);
}

static void lower(machine *m)
{
    const lh_gcode_options *o = m->options;
    move_pen(m, o->pen_down, "G1", o->down, true);
}

/* Whoever changes paper or pen may move the latter. */
static void lose_place(machine *m)
{
    m->anywhere = true;
    m->feed = 0;
}

static float travel_feed(const machine *m)
{
    return m->options->feed_on_travel ? m->options->travel_feed : 0;
}

/* Takes the lifted pen out of the way. */
static void park(machine *m)
{
    const lh_gcode_options *o = m->options;
    if (o->park)
        go(m, "G0", (lh_bed_place){(double)o->park_x, (double)o->park_y}, travel_feed(m));
}

static void draw(machine *m, const lh_route *route)
{
    const lh_gcode_options *options = m->options;
    for (size_t i = 0; i < route->strokes; i++) {
        size_t first = route->first[i], past = route->first[i + 1];
        move(m, "G0", route->point[first], travel_feed(m));
        lower(m);
        for (size_t k = first + 1; k < past; k++)
            move(m, "G1", route->point[k], options->draw_feed);
        lift(m);
    }
}

/* ---- pens -------------------------------------------------------------------------------------
 */

static const char *change_command(const lh_gcode_options *options)
{
    return options->pen_change ? options->pen_change : options->next_page;
}

/* A machine that fetches its pens by number fetches the first one too. */
static bool fetches_pens(const lh_gcode_options *options)
{
    return strstr(change_command(options), pen_place);
}

static void fetch_pen(machine *m, size_t pen)
{
    write_rows(m->stream, change_command(m->options), pen + 1);
    m->pen = pen;
    lose_place(m);
}

static void change_pen(machine *m, size_t pen)
{
    char name[LH_PEN_NAME];
    park(m);
    fprintf(m->stream, "; pen %zu: %s\n", pen + 1, lh_pen_name(m->pens.colour[pen], name));
    fetch_pen(m, pen);
}

/* ---- files ------------------------------------------------------------------------------------
 */

static lh_status check_options(const lh_gcode_options *options, lh_error *error)
{
    const float feeds[] = {options->draw_feed, options->travel_feed, options->lift_feed};
    for (int i = 0; i < 3; i++)
        if (!(feeds[i] > 0 && feeds[i] < 1e6f))
            return lh_fail(error, LH_ERROR_ARGUMENT, "a feed of %g mm a minute moves no pen",
                           (double)feeds[i]);
    if (!(fabsf(options->up) < 1e5f && fabsf(options->down) < 1e5f))
        return lh_fail(error, LH_ERROR_ARGUMENT, "a pen at %g and %g mm is on no machine",
                       (double)options->up, (double)options->down);
    if (!(options->lift_wait >= 0 && options->lift_wait <= 1000))
        return lh_fail(error, LH_ERROR_ARGUMENT, "a pen is not waited for %g seconds",
                       (double)options->lift_wait);
    if (!(options->tolerance >= 0.01f))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "G-code cannot keep a tolerance of %g mm with two decimals; 0.01 is least",
                       (double)options->tolerance);
    return lh_bed_check(options, error);
}

static void write_head(machine *m, const lh_page *page)
{
    lh_gcode_head_write(m->stream, page, &m->pens, m->options);
    fprintf(m->stream, "%s\nG90\n", m->options->inches ? "G20" : "G21");
}

/* Before the machine begins with a page, or waits for one. */
static void write_page_comment(const machine *m, size_t page, size_t pages, bool with_pen)
{
    char name[LH_PEN_NAME];
    if (m->pens.count == 0 || (pages == 1 && !with_pen))
        return;
    fputs("; put in ", m->stream);
    if (pages > 1)
        fprintf(m->stream, "page %zu of %zu%s", page + 1, pages, with_pen ? ", " : "");
    if (with_pen)
        fprintf(m->stream, "pen %zu: %s", m->pen + 1, lh_pen_name(m->pens.colour[m->pen], name));
    putc('\n', m->stream);
}

static lh_status draw_pen(machine *m, const lh_page *page, size_t pen, lh_error *error)
{
    const lh_gcode_options *options = m->options;
    const lh_route_plan plan = {options->tolerance - ROUNDING, options->order, &m->pens.colour[pen],
                                lh_bed_corner(&m->bed)};
    lh_route route;
    lh_status status = lh_route_make(page, &plan, &route, error);
    if (status == LH_OK && pen != m->pen)
        change_pen(m, pen);
    if (status == LH_OK)
        draw(m, &route);
    lh_route_free(&route);
    return status;
}

/* A page begins with the pen that is in the machine. */
static lh_status draw_page(machine *m, const lh_page *page, lh_error *error)
{
    const size_t first = m->pen;
    size_t position = 0, pen;
    lh_status status = LH_OK;
    lose_place(m);
    m->bed = lh_bed_of(page, m->options);
    while (status == LH_OK && lh_pens_next(&m->pens, page, first, &position, &pen))
        status = draw_pen(m, page, pen, error);
    return status;
}

/* Of several pens that a person changes, another than the first may be in: the file before may have
 * ended with it. */
static bool waits_for_first(const machine *m)
{
    return m->pens.count > 1 && !m->options->pen_change;
}

/* What is to be there for the first stroke. */
static void begin(machine *m, const lh_page *const *pages, size_t count)
{
    const bool fetches = fetches_pens(m->options), waits = !fetches && waits_for_first(m);
    write_head(m, pages[0]);
    if (!waits)
        write_page_comment(m, 0, count, !fetches);
    write_rows(m->stream, m->options->start, 0);
    lift(m);
    if (m->pens.count > 0 && fetches)
        fetch_pen(m, 0);
    if (!waits)
        return;
    park(m);
    write_page_comment(m, 0, count, true);
    write_rows(m->stream, m->options->next_page, 0);
}

/* The pen with which a page begins is changed in the same pause, unless that has commands of its
 * own. */
static void change_page(machine *m, const lh_page *const *pages, size_t page, size_t count)
{
    size_t position = 0, pen;
    const bool with_pen = !m->options->pen_change;
    park(m);
    if (with_pen && lh_pens_next(&m->pens, pages[page], m->pen, &position, &pen))
        m->pen = pen;
    write_page_comment(m, page, count, with_pen);
    write_rows(m->stream, m->options->next_page, 0);
}

static lh_status draw_pages(machine *m, const lh_page *const *pages, size_t count, lh_error *error)
{
    lh_status status = LH_OK;
    begin(m, pages, count);
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        if (i > 0)
            change_page(m, pages, i, count);
        status = draw_page(m, pages[i], error);
    }
    if (status == LH_OK) {
        park(m);
        write_rows(m->stream, m->options->finish, 0);
    }
    return status;
}

static lh_status check_pages(const lh_page *const *pages, size_t count, lh_error *error)
{
    for (size_t i = 0; i < count; i++)
        if (lh_page_paper(pages[i])->width <= 0)
            return lh_fail(error, LH_ERROR_ARGUMENT, "page %zu has no size yet", i + 1);
    return LH_OK;
}

lh_status lh_gcode_write(const lh_page *const *pages, size_t count, const lh_gcode_options *options,
                         FILE *stream, lh_error *error)
{
    LH_NEED(error, lh_pages_are(pages, count) && options && stream, LH_ERROR_ARGUMENT);
    LH_NEED(error, options->start && options->finish && options->next_page, LH_ERROR_ARGUMENT);
    LH_NEED(error, (unsigned)options->order <= LH_ORDER_SHORT, LH_ERROR_ARGUMENT);
    machine m = {.options = options, .stream = stream, .anywhere = true};
    lh_status status = check_options(options, error);
    if (status == LH_OK)
        status = check_pages(pages, count, error);
    if (status == LH_OK)
        status = lh_pens_find(&m.pens, pages, count, error);
    if (status == LH_OK)
        status = draw_pages(&m, pages, count, error);
    lh_pens_free(&m.pens);
    return status;
}

static lh_status write_format(const lh_page *const *pages, size_t count,
                              const lh_render_options *options, FILE *stream, lh_error *error)
{
    return lh_gcode_write(pages, count, &options->gcode, stream, error);
}

const lh_format lh_format_gcode = {"gcode",
                                   "nc ngc",
                                   "G-code, for plotters",
                                   LH_FORMAT_PAGES | LH_FORMAT_ORDER | LH_FORMAT_MACHINE |
                                       LH_FORMAT_PENS,
                                   write_format,
                                   NULL};
