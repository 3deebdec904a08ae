/* The benchmark's newcomer: `longhand write` as a process of its own, from its start to the first
 * ink that comes out of it. */
#include "bench/bench.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

typedef struct first_ink {
    double seconds, peak_mib;
    bool ink; /* some came, and the process ended well */
} first_ink;

/* Reads to the end of the pipe; returns the time at which a pen stroke had come, 0 if none did. */
static double read_ink(int pipe)
{
    static const char mark[] = "<path";
    char text[1 << 16];
    size_t kept = 0;
    double seen = 0;
    for (ssize_t got; (got = read(pipe, text + kept, sizeof text - kept - 1)) > 0;) {
        size_t size = kept + (size_t)got;
        text[size] = '\0';
        if (seen == 0 && strstr(text, mark))
            seen = lh_clock();
        /* A mark may come in two pieces. */
        kept = size < sizeof mark - 2 ? size : sizeof mark - 2;
        memmove(text, text + size - kept, kept);
    }
    return seen;
}

static lh_status spawn_writer(const char *model, int output, pid_t *child, lh_error *error)
{
    /* posix_spawn wants what it could write to, but does not. */
    const char *arguments[] = {"longhand", "write", "ink", "-o", "-", model ? "--model" : NULL,
                               model,      NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    int failed =
        posix_spawn(child, "/proc/self/exe", &actions, NULL, (char *const *)arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed)
        return lh_fail(error, LH_ERROR_IO, "cannot run longhand itself: %s", strerror(failed));
    return LH_OK;
}

static lh_status write_once(const char *model, first_ink *measured, lh_error *error)
{
    int ends[2];
    if (pipe(ends) != 0)
        return lh_fail(error, LH_ERROR_IO, "cannot open a pipe: %s", strerror(errno));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t child;
    double start = lh_clock();
    lh_status status = spawn_writer(model, ends[1], &child, error);
    close(ends[1]);
    if (status == LH_OK) {
        double seen = read_ink(ends[0]);
        struct rusage usage = {0};
        int code = -1;
        while (wait4(child, &code, 0, &usage) < 0 && errno == EINTR) {
        }
        *measured = (first_ink){.seconds = seen - start,
                                .peak_mib = (double)usage.ru_maxrss / 1024,
                                .ink = seen > 0 && code == 0};
    }
    close(ends[0]);
    return status;
}

/* Writes `repeats` times; the median and the most memory. */
static lh_status write_often(const char *model, int repeats, double *median, double *peak,
                             lh_error *error)
{
    double *milliseconds = calloc((size_t)repeats, sizeof *milliseconds);
    if (!milliseconds)
        return lh_fail_memory(error, "measurements");
    lh_status status = LH_OK;
    *peak = 0;
    for (int i = 0; i < repeats && status == LH_OK; i++) {
        first_ink measured = {0};
        status = write_once(model, &measured, error);
        if (status == LH_OK && !measured.ink)
            status = lh_fail(error, LH_ERROR_IO, "`longhand write ink` wrote no ink");
        milliseconds[i] = 1e3 * measured.seconds;
        *peak = measured.peak_mib > *peak ? measured.peak_mib : *peak;
    }
    if (status == LH_OK)
        *median = bench_median(milliseconds, repeats);
    free(milliseconds);
    return status;
}

/* The same where no hand is kept from one time to the next. */
static lh_status learn_often(const char *model, int repeats, double *median, double *peak,
                             lh_error *error)
{
    char *own = getenv("XDG_CACHE_HOME") ? strdup(getenv("XDG_CACHE_HOME")) : NULL;
    setenv("XDG_CACHE_HOME", "/dev/null", 1);
    lh_status status = write_often(model, repeats, median, peak, error);
    if (own)
        setenv("XDG_CACHE_HOME", own, 1);
    else
        unsetenv("XDG_CACHE_HOME");
    free(own);
    return status;
}

lh_status bench_first_ink(bench *b, lh_error *error)
{
    bench_heading(b, "writing");
    if (!b->model && !b->installed) {
        bench_row(b, "first ink", "no model at hand; --model names one");
        return LH_OK;
    }
    double median, peak, learnt_median, learnt_peak;
    lh_status status = learn_often(b->model, b->repeats, &learnt_median, &learnt_peak, error);
    if (status == LH_OK) /* keeps the hand */
        status = write_often(b->model, 1, &median, &peak, error);
    if (status == LH_OK)
        status = write_often(b->model, b->repeats, &median, &peak, error);
    if (status != LH_OK)
        return status;
    bench_row(b, "start of `longhand write` to first ink", "%.0f ms", median);
    bench_row(b, "its peak memory", "%.0f MiB", peak);
    bench_row(b, "to first ink in a hand not learnt before", "%.0f ms", learnt_median);
    bench_row(b, "its peak memory", "%.0f MiB", learnt_peak);
    bench_keep(b, "first_ink_ms", median);
    bench_keep(b, "write_peak_mib", peak);
    bench_keep(b, "first_ink_learning_ms", learnt_median);
    return LH_OK;
}
