/* The benchmark's writing: steps of the network and draws from its mixture, each draw the next
 * step's input. */
#include "bench/bench.h"

#include "nn/machine.h"
#include "nn/pack.h"
#include "nn/profile.h"

#include <omp.h>
#include <stdlib.h>

enum { STEPS = 1500, TEXT_LENGTH = 30 };

static const double bias = 0.75;

/* Rows of lines that one thread writes in step. */
typedef struct crew {
    lh_state *state;
    lh_rng rng;
    lh_real *x; /* [rows][3] */
    int rows;
} crew;

static lh_network *make_network(lh_error *error)
{
    lh_rng rng;
    lh_rng_seed(&rng, 1, 0);
    lh_network *network = lh_network_new(&bench_network, error);
    if (network) {
        lh_network_init(network, &rng);
        lh_network_changed(network);
    }
    return network;
}

static void crew_end(crew *c)
{
    lh_state_free(c->state);
    free(c->x);
}

static lh_status crew_start(crew *c, const lh_network *network, int rows, int index,
                            lh_error *error)
{
    *c = (crew){.rows = rows};
    lh_rng_seed(&c->rng, 2, (uint64_t)index);
    c->x = calloc((size_t)rows * LH_INPUTS, sizeof *c->x);
    if (!c->x)
        return lh_fail_memory(error, "lines in step");
    c->state = lh_state_new(network, rows, error);
    lh_status status = c->state ? LH_OK : error->status;
    for (int row = 0; row < rows && status == LH_OK; row++) {
        int32_t text[TEXT_LENGTH];
        for (int u = 0; u < TEXT_LENGTH; u++)
            text[u] = (int32_t)lh_rng_below(&c->rng, BENCH_ALPHABET);
        status = lh_state_set_text(c->state, row, text, TEXT_LENGTH, error);
    }
    return status;
}

static void crew_write(crew *c, const lh_network *network, int steps)
{
    for (int t = 0; t < steps; t++) {
        lh_network_step(network, c->state, c->x, c->rows);
        for (int row = 0; row < c->rows; row++) {
            lh_mixture mixture;
            lh_mixture_read(lh_state_output(c->state, row), bench_network.mixtures, bias, &mixture);
            lh_mixture_sample(&mixture, &c->rng, c->x + (ptrdiff_t)row * LH_INPUTS, NULL);
        }
    }
}

/* Room for two measurements a repeat. */
static double *room(const bench *b, lh_error *error)
{
    double *values = calloc(2 * (size_t)b->repeats, sizeof *values);
    if (!values)
        lh_fail_memory(error, "measurements");
    return values;
}

lh_status bench_sample_1(bench *b, lh_error *error)
{
    lh_network *network = make_network(error);
    if (!network)
        return error->status;
    crew one;
    lh_status status = crew_start(&one, network, 1, 0, error);
    double *rates = status == LH_OK ? room(b, error) : NULL;
    status = rates ? LH_OK : error->status;
    double *read = rates ? rates + b->repeats : NULL;
    size_t bytes = lh_network_step_bytes(network);
    if (status == LH_OK)
        crew_write(&one, network, STEPS / 5);
    for (int i = 0; i < b->repeats && status == LH_OK; i++) {
        status = lh_machine_read(bytes, &read[i], error);
        double start = lh_profile_clock(1);
        crew_write(&one, network, STEPS);
        rates[i] = STEPS / (lh_profile_clock(1) - start);
    }
    if (status == LH_OK) {
        double rate = bench_median(rates, b->repeats), limit = bench_median(read, b->repeats);
        double efficiency = (double)bytes * rate / limit;
        bench_heading(b, "sampling one line, one core");
        bench_row(b, "points a second", "%.0f", rate);
        bench_row(b, "of read bandwidth", "%.3f  (%.1f of %.1f GB/s; weights %.1f MiB)", efficiency,
                  1e-9 * (double)bytes * rate, 1e-9 * limit, (double)bytes / (1 << 20));
        bench_keep(b, "sample_points_per_s", rate);
        bench_keep(b, "sample_efficiency", efficiency);
        bench_keep(b, "sample_weight_bytes", (double)bytes);
        bench_keep(b, "read_bytes_per_s", limit);
    }
    free(rates);
    crew_end(&one);
    lh_network_free(network);
    return status;
}

/* All crews write `steps` steps, a thread each; returns seconds. */
static double write_all(crew *crews, int count, const lh_network *network, int steps)
{
    double start = lh_profile_clock(count);
#pragma omp parallel for num_threads(count) schedule(static, 1)
    for (int i = 0; i < count; i++)
        crew_write(&crews[i], network, steps);
    return lh_profile_clock(count) - start;
}

lh_status bench_sample_32(bench *b, lh_error *error)
{
    enum { LINES = 32 };
    int threads = b->threads < LINES ? b->threads : LINES;
    crew crews[LINES] = {{0}};
    lh_network *network = make_network(error);
    lh_status status = network ? LH_OK : error->status;
    for (int i = 0; i < threads && status == LH_OK; i++)
        status = crew_start(&crews[i], network, LINES / threads + (i < LINES % threads), i, error);
    double *rates = status == LH_OK ? room(b, error) : NULL;
    status = rates ? LH_OK : error->status;
    double *sgemm = rates ? rates + b->repeats : NULL;
    if (status == LH_OK)
        write_all(crews, threads, network, STEPS / 10);
    for (int i = 0; i < b->repeats && status == LH_OK; i++) {
        status = lh_machine_sgemm(b->threads, &sgemm[i], error);
        rates[i] = LINES * (STEPS / 2) / write_all(crews, threads, network, STEPS / 2);
    }
    if (status == LH_OK) {
        double rate = bench_median(rates, b->repeats), limit = bench_median(sgemm, b->repeats);
        double work = 2e-9 * (double)lh_network_weight_count(network) * rate;
        bench_heading(b, "sampling %d lines in step, %d threads", LINES, threads);
        bench_row(b, "points a second", "%.0f", rate);
        bench_row(b, "of sgemm", "%.3f  (%.0f of %.0f GFLOPS)", work / limit, work, limit);
        bench_keep(b, "sample_batch_points_per_s", rate);
        bench_keep(b, "sample_batch_efficiency", work / limit);
    }
    free(rates);
    for (int i = 0; i < threads; i++)
        crew_end(&crews[i]);
    lh_network_free(network);
    return status;
}
