/* Pages as G-code (NIST RS274/NGC, as GRBL 1.1 and Marlin 2 understand it), for plotters with a
 * pen. The controller only ever sees absolute moves in straight lines, so that a file can be looked
 * through, cut and continued anywhere. */
#include "page/formats.h"
#include "page/route.h"

#include "base/need.h"
#include "page/pages.h"

#include <math.h>
#include <string.h>

#define MM_AN_INCH 25.4
enum { COMMENT_WIDTH = 64 };

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
                                          .feed_on_travel = true};

typedef struct machine {
    const lh_gcode_options *options;
    FILE *stream;
    float height;  /* of the page: its y points down */
    long x, y;     /* where the pen is, in the file's smallest steps */
    bool anywhere; /* nobody knows where the pen is */
    float feed;    /* mm a minute, as last set; 0: not known */
} machine;

static void write_rows(FILE *stream, const char *rows)
{
    if (*rows)
        fprintf(stream, "%s\n", rows);
}

/* A text as comments. What a controller picks out of its input wherever it stands, becomes '_'. */
static void write_comment(FILE *stream, const char *text)
{
    int column = 0;
    for (; *text; text++) {
        if (column == 0)
            column = fprintf(stream, "; ");
        unsigned char c = (unsigned char)*text;
        bool plain = c >= 0x20 && c < 0x7f && !strchr("!?~%();", c);
        if (c != '\n') {
            putc(plain ? c : '_', stream);
            column++;
        }
        if (c == '\n' || column == COMMENT_WIDTH) {
            putc('\n', stream);
            column = 0;
        }
    }
    if (column > 0)
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
static void move(machine *m, const char *command, lh_vec2 to, float feed)
{
    long x = steps(m, (double)to.x + (double)m->options->x);
    long y = steps(m, (double)m->height - (double)to.y + (double)m->options->y);
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

/* A user's command may set a feed of its own. */
static void lift(machine *m)
{
    if (m->options->pen_up) {
        write_rows(m->stream, m->options->pen_up);
        m->feed = 0;
        return;
    }
    fputs("G0", m->stream);
    write_steps(m, 'Z', steps(m, m->options->up));
    if (m->options->feed_on_travel)
        write_feed(m, m->options->lift_feed);
    putc('\n', m->stream);
}

static void lower(machine *m)
{
    if (m->options->pen_down) {
        write_rows(m->stream, m->options->pen_down);
        m->feed = 0;
        return;
    }
    fputs("G1", m->stream);
    write_steps(m, 'Z', steps(m, m->options->down));
    write_feed(m, m->options->lift_feed);
    putc('\n', m->stream);
}

static void draw(machine *m, const lh_route *route)
{
    const lh_gcode_options *options = m->options;
    for (size_t i = 0; i < route->strokes; i++) {
        size_t first = route->first[i], past = route->first[i + 1];
        move(m, "G0", route->point[first], options->feed_on_travel ? options->travel_feed : 0);
        lower(m);
        for (size_t k = first + 1; k < past; k++)
            move(m, "G1", route->point[k], options->draw_feed);
        lift(m);
    }
}

static lh_status check_options(const lh_gcode_options *options, lh_error *error)
{
    const float feeds[] = {options->draw_feed, options->travel_feed, options->lift_feed};
    for (int i = 0; i < 3; i++)
        if (!(feeds[i] > 0 && feeds[i] < 1e6f))
            return lh_fail(error, LH_ERROR_ARGUMENT, "a feed of %g mm a minute moves no pen",
                           (double)feeds[i]);
    if (!(fabsf(options->x) < 1e5f && fabsf(options->y) < 1e5f && fabsf(options->up) < 1e5f &&
          fabsf(options->down) < 1e5f))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "an origin at (%g, %g) mm with the pen at %g and %g mm is on no machine",
                       (double)options->x, (double)options->y, (double)options->up,
                       (double)options->down);
    if (!(options->tolerance >= 0.01f))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "G-code cannot keep a tolerance of %g mm with two decimals; 0.01 is least",
                       (double)options->tolerance);
    return LH_OK;
}

static void write_head(machine *m, const lh_page *page)
{
    write_comment(m->stream, lh_page_title(page));
    write_comment(m->stream, lh_page_notes(page));
    fprintf(m->stream, "%s\nG90\n", m->options->inches ? "G20" : "G21");
    write_rows(m->stream, m->options->start);
    lift(m);
}

lh_status lh_gcode_write(const lh_page *const *pages, size_t count, const lh_gcode_options *options,
                         FILE *stream, lh_error *error)
{
    LH_NEED(error, lh_pages_are(pages, count) && options && stream, LH_ERROR_ARGUMENT);
    LH_NEED(error, options->start && options->finish && options->next_page, LH_ERROR_ARGUMENT);
    LH_NEED(error, (unsigned)options->order <= LH_ORDER_SHORT, LH_ERROR_ARGUMENT);
    lh_status status = check_options(options, error);
    machine m = {.options = options, .stream = stream, .anywhere = true};
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        lh_route route;
        status =
            lh_route_make(pages[i], options->tolerance - ROUNDING, options->order, &route, error);
        if (status == LH_OK) {
            if (i == 0)
                write_head(&m, pages[0]);
            else
                write_rows(stream, options->next_page);
            /* Whoever changes the paper may move the pen. */
            m.anywhere = true;
            m.feed = 0;
            m.height = lh_page_paper(pages[i])->height;
            draw(&m, &route);
        }
        lh_route_free(&route);
    }
    if (status == LH_OK)
        write_rows(stream, options->finish);
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
                                   LH_FORMAT_PAGES | LH_FORMAT_ORDER | LH_FORMAT_MACHINE,
                                   write_format,
                                   NULL};
