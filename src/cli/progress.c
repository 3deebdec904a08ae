/* How far long work has come, on standard error. */
#include "cli.h"

/* Seconds between two looks at it on a terminal, and between rows elsewhere. */
#define REWRITE_INTERVAL 0.1
#define ROW_INTERVAL 5.0

cli_progress cli_progress_start(const char *things, size_t total)
{
    double now = cli_seconds();
    return (cli_progress){
        .things = things, .total = total, .started = now, .told = cli_terminal() ? 0 : now};
}

static void print_time(double exact)
{
    long seconds = (long)(exact + 0.5);
    if (seconds >= 3600)
        fprintf(stderr, "%ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    else
        fprintf(stderr, "%ld:%02ld", seconds / 60, seconds % 60);
}

void cli_progress_tell(cli_progress *p, size_t done)
{
    double now = cli_seconds(), took = now - p->started;
    bool rewrite = cli_terminal(), last = done >= p->total;
    if (p->total < 2 || (!last && now - p->told < (rewrite ? REWRITE_INTERVAL : ROW_INTERVAL)))
        return;
    p->told = now;
    double rate = took > 0 && done > p->skipped ? (double)(done - p->skipped) / took : 0;
    fprintf(stderr, "%slonghand: %zu of %zu %s", rewrite ? "\r\x1b[K" : "", done, p->total,
            p->things);
    if (rate > 0) {
        fprintf(stderr, ", %.1f %s/s, %s", rate, p->things, last ? "in " : "");
        print_time(last ? took : (double)(p->total - done) / rate);
        fputs(last ? "" : " left", stderr);
    }
    p->open = rewrite && !last;
    fputs(p->open ? "" : "\n", stderr);
}

void cli_progress_clear(cli_progress *p)
{
    if (p->open)
        cli_clear_row();
    p->open = false;
}
