/* How each point came about, as JSON lines (RFC 8259, one value a row). */
#include <longhand/page.h>

#include "base/need.h"
#include "page/pages.h"

#include <math.h>

/* Six digits: what a plot can show. */
static void write_number(FILE *stream, double value)
{
    fprintf(stream, "%.6g", isfinite(value) ? value : 0);
}

static void write_field(FILE *stream, const char *key, double value)
{
    fprintf(stream, ",\"%s\":", key);
    write_number(stream, value);
}

static void write_window(FILE *stream, const lh_window_view *window)
{
    fprintf(stream, ",\"window\":{\"first\":%d,\"phi\":[", (int)window->first);
    for (int i = 0; i < LH_WINDOW_SPAN; i++) {
        fputs(i > 0 ? "," : "", stream);
        write_number(stream, (double)window->phi[i]);
    }
    fputs("]}", stream);
}

static void write_mixture(FILE *stream, const lh_steps *steps, size_t at)
{
    lh_mixture m;
    lh_pen_mixture(steps->output + at * (1 + 6 * (size_t)steps->mixtures), steps->mixtures,
                   steps->bias, steps->trace[at].rested, &m);
    fputs(",\"mixture\":[", stream);
    for (int j = 0; j < m.count; j++) {
        const double part[] = {m.pi[j], m.mu_x[j], m.mu_y[j], m.sigma_x[j], m.sigma_y[j], m.rho[j]};
        for (int i = 0; i < 6; i++) {
            fputs(i > 0 ? "," : j > 0 ? ",[" : "[", stream);
            write_number(stream, part[i]);
        }
        putc(']', stream);
    }
    putc(']', stream);
}

static void write_point(FILE *stream, const lh_page_line *line, size_t page, size_t row, size_t at)
{
    const lh_steps *steps = line->steps;
    const lh_trace *trace = &steps->trace[at];
    const lh_point *point = &line->ink->points[at];
    const lh_placing to = line->placing;
    fprintf(stream, "{\"page\":%zu,\"line\":%zu,\"point\":%zu", page, row, at + 1);
    write_field(stream, "x", (double)(to.x + to.scale * point->x));
    write_field(stream, "y", (double)(to.y + to.scale * point->y));
    write_field(stream, "time", (double)point->time);
    fprintf(stream, ",\"up\":%d", point->end != 0);
    write_field(stream, "dx", (double)trace->dx);
    write_field(stream, "dy", (double)trace->dy);
    write_field(stream, "end", (double)trace->end);
    fprintf(stream, ",\"component\":%d", (int)trace->component);
    if (line->text[0]) {
        fprintf(stream, ",\"character\":%d", (int)trace->character);
        write_field(stream, "place", (double)trace->place);
    }
    if (steps->window)
        write_window(stream, &steps->window[at]);
    if (steps->output && trace->component >= 0)
        write_mixture(stream, steps, at);
    fputs("}\n", stream);
}

lh_status lh_trace_lines_write(const lh_page *const *pages, size_t count, FILE *stream,
                               lh_error *error)
{
    LH_NEED(error, lh_pages_are(pages, count) && stream, LH_ERROR_ARGUMENT);
    for (size_t p = 0; p < count; p++)
        for (size_t row = 0; row < lh_page_count(pages[p]); row++) {
            lh_page_line line = lh_page_get(pages[p], row);
            for (size_t i = 0; line.steps && i < line.ink->count; i++)
                write_point(stream, &line, p + 1, row + 1, i);
        }
    return ferror(stream) ? lh_fail(error, LH_ERROR_IO, "cannot write the trace") : LH_OK;
}
