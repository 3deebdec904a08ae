/* The benchmark's company: what the processes of `mpirun -n N longhand bench --only ranks` have to
 * send each other at a step of training, and how long that takes. */
#include "bench/bench.h"

#include "base/clock.h"

#include "train/ranks.h"

#include <stdlib.h>

/* Once around for the gradient of the network. */
static lh_status sum_once(lh_ranks *ranks, lh_real *values, size_t count, double *seconds,
                          lh_error *error)
{
    lh_status status = lh_ranks_agree(ranks, LH_OK, error); /* all are here */
    double start = lh_clock();
    if (status == LH_OK)
        status = lh_ranks_sum(ranks, values, count, error);
    *seconds = lh_clock() - start;
    return status;
}

/* A word to all and from all: what else a step needs, three times. */
static lh_status agree_once(lh_ranks *ranks, double *seconds, lh_error *error)
{
    enum { TIMES = 20 };
    lh_status status = LH_OK;
    double start = lh_clock();
    for (int i = 0; i < TIMES && status == LH_OK; i++)
        status = lh_ranks_agree(ranks, LH_OK, error);
    *seconds = (lh_clock() - start) / TIMES;
    return status;
}

static lh_status measure(bench *b, lh_real *values, size_t count, double *times, lh_error *error)
{
    double *sums = times, *words = times + b->repeats, unmeasured;
    lh_status status = sum_once(b->ranks, values, count, &unmeasured, error);
    for (int i = 0; i < b->repeats && status == LH_OK; i++) {
        status = sum_once(b->ranks, values, count, &sums[i], error);
        if (status == LH_OK)
            status = agree_once(b->ranks, &words[i], error);
    }
    return status;
}

static void report(bench *b, size_t count, double sum, double word)
{
    double ranks = lh_ranks_count(b->ranks);
    double bytes = 2 * (ranks - 1) / ranks * (double)(count * sizeof(lh_real));
    bench_heading(b, "training on several machines, %.0f processes", ranks);
    bench_row(b, "summing a gradient", "%.1f ms for %.1f MB that each sends, %.1f Gbit/s",
              1e3 * sum, 1e-6 * bytes, 8e-9 * bytes / sum);
    bench_row(b, "agreeing", "%.2f ms", 1e3 * word);
    bench_keep(b, "ranks", ranks);
    bench_keep(b, "ranks_sum_bytes", bytes);
    bench_keep(b, "ranks_sum_ms", 1e3 * sum);
    bench_keep(b, "ranks_agree_ms", 1e3 * word);
}

lh_status bench_ranks(bench *b, lh_error *error)
{
    if (lh_ranks_count(b->ranks) == 1) {
        bench_heading(b, "training on several machines");
        bench_row(b, "summing a gradient", "needs mpirun and a build with -Dmpi=enabled");
        return LH_OK;
    }
    lh_network *network = lh_network_new(&bench_network, error);
    if (!network)
        return error->status;
    /* The weights are as many as the gradients, and nobody wants them. */
    lh_real *values = lh_network_parameters(network);
    size_t count = lh_network_arena_size(network), repeats = (size_t)b->repeats;
    double *times = calloc(2 * repeats, sizeof *times);
    lh_status status =
        times ? measure(b, values, count, times, error) : lh_fail_memory(error, "measurements");
    if (status == LH_OK)
        report(b, count, bench_median(times, b->repeats),
               bench_median(times + repeats, b->repeats));
    free(times);
    lh_network_free(network);
    return status;
}
