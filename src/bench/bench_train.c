/* The benchmark's training: whole steps as `longhand train` takes them, from lines in memory to new
 * weights: dealing shards, forward, backward, clipping, the optimiser, the averaged weights. */
#include "bench/bench.h"

#include "nn/machine.h"
#include "nn/profile.h"
#include "train/gradient.h"
#include "train/update.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <sys/resource.h>

/* A network in training. */
typedef struct trainer {
    lh_network *network, *average;
    lh_optimizer *optimizer;
    lh_batch_gradient *gradient;
    lh_clipping clipping;
    lh_update update;
} trainer;

/* One measured step. */
typedef struct step {
    double seconds;
    size_t points;
} step;

static void trainer_end(trainer *t)
{
    lh_batch_gradient_free(t->gradient);
    lh_optimizer_free(t->optimizer);
    lh_network_free(t->network);
    lh_network_free(t->average);
    *t = (trainer){0};
}

static lh_status trainer_start(trainer *t, const lh_architecture *architecture, int batch,
                               int threads, lh_products products, lh_error *error)
{
    const lh_train_options options = lh_train_options_default(LH_ADAM);
    lh_rng rng;
    lh_rng_seed(&rng, 1, 0);
    *t = (trainer){.clipping = options.clipping};
    t->network = lh_network_new(architecture, error);
    t->average = t->network ? lh_network_new(architecture, error) : NULL;
    if (t->average) {
        lh_network_init(t->network, &rng);
        t->optimizer = lh_optimizer_new(LH_ADAM, lh_network_arena_size(t->network), error);
    }
    if (t->optimizer)
        t->gradient = lh_batch_gradient_new(
            t->network, NULL, batch,
            &(lh_workers){.threads = threads, .all = threads, .products = products}, error);
    if (!t->gradient) {
        trainer_end(t);
        return error->status;
    }
    lh_network_changed(t->network);
    t->update = (lh_update){.network = t->network,
                            .average = t->average,
                            .optimizer = t->optimizer,
                            .clip = options.clip,
                            .rate = 1e-4,
                            .decay = options.ema,
                            .threads = threads};
    return LH_OK;
}

static lh_status trainer_step(trainer *t, const bench_lines *lines, size_t *batch, int count,
                              step *measured, lh_error *error)
{
    lh_loss loss;
    double start = lh_profile_clock(t->update.threads);
    lh_status status = lh_batch_gradient_compute(t->gradient, t->network, lines->sequences, batch,
                                                 count, &t->clipping, &loss, error);
    if (status != LH_OK)
        return status;
    double norm = lh_update_weights(&t->update, lh_batch_gradient_values(t->gradient));
    if (!isfinite(norm))
        return lh_fail(error, LH_ERROR_NUMERIC, "the benchmark's training came apart");
    *measured = (step){lh_profile_clock(t->update.threads) - start, loss.points};
    return LH_OK;
}

/* GFLOPS of `points_per_second`: 2 W for forward, 4 W for backward. */
static double gflops(const lh_network *network, double points_per_second)
{
    return 6e-9 * (double)lh_network_weight_count(network) * points_per_second;
}

/* ---- where the time goes ---- */

/* Arithmetic of one point in the parts that are products. The input weights of the first layer have
 * no derivative to hand down but that of the window. */
static void part_flop(const lh_architecture *a, double flop[LH_PART_COUNT])
{
    double gates = 4.0 * a->cells, alphabet = a->alphabet, upper = a->layers - 1;
    double hidden = (double)a->layers * a->cells, outputs = lh_output_size(a);
    double input = a->layers * (LH_INPUTS + alphabet) * gates + upper * a->cells * gates;
    double input_back = a->layers * alphabet * gates + upper * a->cells * gates;
    double recurrent = a->layers * (double)a->cells * gates, window = 3.0 * a->windows * a->cells;
    for (int i = 0; i < LH_PART_COUNT; i++)
        flop[i] = 0;
    flop[LH_PART_INPUT] = 2 * (input + input_back);
    flop[LH_PART_RECURRENT] = 4 * recurrent;
    flop[LH_PART_OUTPUT] = 4 * hidden * outputs;
    flop[LH_PART_WEIGHTS] = 2 * (input + recurrent + window + hidden * outputs);
}

/* Takes one step with the stopwatch on. `sgemm` in GFLOPS. */
static lh_status break_down(bench *b, trainer *t, const bench_lines *lines, size_t *batch,
                            int count, double sgemm, lh_error *error)
{
    step whole = {0};
    lh_profile_start();
    lh_status status = trainer_step(t, lines, batch, count, &whole, error);
    lh_profile_stop();
    if (status != LH_OK)
        return status;
    double flop[LH_PART_COUNT], rest = whole.seconds, points = (double)whole.points;
    part_flop(lh_network_architecture(t->network), flop);
    cJSON *shares = cJSON_AddObjectToObject(b->results, "train_breakdown");
    bench_heading(b, "where a step of %d lines spends its time (%.2f s, %zu points)", count,
                  whole.seconds, whole.points);
    for (int i = 0; i < LH_PART_COUNT; i++) {
        double seconds = lh_profile_seconds((lh_part)i) / t->update.threads;
        double rate = 1e-9 * flop[i] * points / seconds;
        rest -= seconds;
        cJSON_AddNumberToObject(shares, lh_part_name((lh_part)i), seconds / whole.seconds);
        if (flop[i] > 0)
            bench_row(b, lh_part_name((lh_part)i), "%5.1f %%  %7.2f us a point %8.0f GFLOPS, %.2f",
                      100 * seconds / whole.seconds, 1e6 * seconds / points, rate, rate / sgemm);
        else
            bench_row(b, lh_part_name((lh_part)i), "%5.1f %%  %7.2f us a point",
                      100 * seconds / whole.seconds, 1e6 * seconds / points);
    }
    cJSON_AddNumberToObject(shares, "rest", rest / whole.seconds);
    bench_row(b, "rest (one thread waiting, layout)", "%5.1f %%  %7.2f us a point",
              100 * rest / whole.seconds, 1e6 * rest / points);
    return LH_OK;
}

/* ---- training at a batch size ---- */

/* The batch of an epoch's plan with the most points: what memory depends on. */
static size_t largest_batch(const bench_lines *lines, const size_t *order, size_t batches,
                            size_t size)
{
    size_t largest = 0, most = 0;
    for (size_t i = 0; i < batches; i++) {
        size_t points = 0;
        for (size_t j = 0; j < size; j++)
            points += (size_t)lines->sequences[order[i * size + j]].steps;
        if (points > most) {
            most = points;
            largest = i;
        }
    }
    return largest;
}

typedef struct speed {
    double points_per_second, sgemm; /* medians; GFLOPS */
    double peak_mib;                 /* of the process after the largest batch */
} speed;

/* One step on the largest batch to warm up, then the measured ones, each beside a measurement of
 * sgemm. */
static lh_status measure_steps(bench *b, trainer *t, const bench_lines *lines, size_t *order,
                               int size, speed *s, lh_error *error)
{
    size_t batches = lines->count / (size_t)size;
    double *rates = malloc(2 * (size_t)b->repeats * sizeof *rates);
    if (!rates)
        return lh_fail_memory(error, "measurements");
    double *sgemm = rates + b->repeats;
    step measured = {0};
    struct rusage usage;
    size_t largest = largest_batch(lines, order, batches, (size_t)size);
    lh_status status =
        trainer_step(t, lines, order + largest * (size_t)size, size, &measured, error);
    getrusage(RUSAGE_SELF, &usage);
    for (int i = 0; i < b->repeats && status == LH_OK; i++) {
        size_t *batch = order + ((size_t)i % batches) * (size_t)size;
        status = lh_machine_sgemm(b->threads, &sgemm[i], error);
        if (status == LH_OK)
            status = trainer_step(t, lines, batch, size, &measured, error);
        rates[i] = (double)measured.points / measured.seconds;
    }
    if (status == LH_OK)
        *s = (speed){.points_per_second = bench_median(rates, b->repeats),
                     .sgemm = bench_median(sgemm, b->repeats),
                     .peak_mib = (double)usage.ru_maxrss / 1024};
    free(rates);
    return status;
}

/* Lines in the order of an epoch, of 24 batches or the whole corpus. The caller frees. */
static size_t *plan(const bench_lines *lines, int batch, lh_error *error)
{
    size_t *order = malloc(lines->count * sizeof *order);
    if (order)
        lh_plan_epoch(lines->sequences, lines->count, batch, 1, 0, order);
    else
        lh_fail_memory(error, "the order of lines");
    return order;
}

static lh_status train(bench *b, int batch, lh_error *error)
{
    bench_lines lines;
    trainer t;
    speed s = {0};
    lh_status status = bench_lines_get(&lines, b, 24 * (size_t)batch, error);
    if (status != LH_OK)
        return status;
    lh_architecture architecture = bench_network;
    architecture.alphabet = lines.alphabet;
    size_t *order = plan(&lines, batch, error);
    status = order ? trainer_start(&t, &architecture, batch, b->threads, b->products, error)
                   : error->status;
    if (status == LH_OK) {
        status = measure_steps(b, &t, &lines, order, batch, &s, error);
        if (status == LH_OK) {
            double rate = gflops(t.network, s.points_per_second);
            bool main = batch == 64;
            bench_heading(b, "training, %zu weights, %d lines a batch, %d threads",
                          lh_network_weight_count(t.network), batch, b->threads);
            bench_row(b, "points a second", "%.0f", s.points_per_second);
            bench_row(b, "of sgemm", "%.3f  (%.0f of %.0f GFLOPS)", rate / s.sgemm, rate, s.sgemm);
            bench_keep(b, main ? "train_points_per_s" : "train_points_per_s_16",
                       s.points_per_second);
            bench_keep(b, main ? "train_efficiency" : "train_efficiency_16", rate / s.sgemm);
            if (main) {
                bench_row(b, "peak memory", "%.0f MiB", s.peak_mib);
                bench_keep(b, "train_peak_mib", s.peak_mib);
                status = break_down(b, &t, &lines, order, batch, s.sgemm, error);
            }
        }
        trainer_end(&t);
    }
    free(order);
    bench_lines_free(&lines);
    return status;
}

lh_status bench_train_64(bench *b, lh_error *error)
{
    return train(b, 64, error);
}

lh_status bench_train_16(bench *b, lh_error *error)
{
    return train(b, 16, error);
}

/* ---- two threads over one ---- */

lh_status bench_scaling(bench *b, lh_error *error)
{
    enum { LINES = 64, REPEATS = 3 };
    if (omp_get_num_procs() < 2) {
        bench_row(b, "two threads over one", "cannot be told on one core");
        return LH_OK;
    }
    bench_lines lines;
    trainer t[2] = {{0}};
    double seconds[2][REPEATS];
    lh_status status = bench_lines_make(&lines, LINES, 0, error);
    size_t *order = status == LH_OK ? plan(&lines, LINES, error) : NULL;
    status = order ? LH_OK : error->status;
    for (int i = 0; i < 2 && status == LH_OK; i++)
        status = trainer_start(&t[i], &bench_network, LINES, i + 1, b->products, error);
    /* The first round warms up; the next ones take its place. */
    for (int round = 0; round <= REPEATS && status == LH_OK; round++)
        for (int i = 0; i < 2 && status == LH_OK; i++) {
            step measured = {0};
            status = trainer_step(&t[i], &lines, order, LINES, &measured, error);
            seconds[i][round ? round - 1 : 0] = measured.seconds;
        }
    if (status == LH_OK) {
        double ratio = bench_median(seconds[0], REPEATS) / bench_median(seconds[1], REPEATS);
        bench_heading(b, "threads");
        bench_row(b, "two threads over one, 64 lines", "%.2f", ratio);
        bench_keep(b, "train_scaling_2", ratio);
    }
    for (int i = 0; i < 2; i++)
        trainer_end(&t[i]);
    free(order);
    bench_lines_free(&lines);
    return status;
}

/* ---- growth ---- */

/* Measures steps of `batch` lines of `steps` points each; prints and keeps a row. */
static lh_status growth_row(bench *b, cJSON *rows, const lh_architecture *architecture, int batch,
                            int steps, double sgemm, const char *label, lh_error *error)
{
    enum { REPEATS_MOST = 3 };
    bench_lines lines;
    trainer t;
    double rates[REPEATS_MOST];
    const int repeats = b->repeats < REPEATS_MOST ? b->repeats : REPEATS_MOST;
    lh_status status = bench_lines_make(&lines, (size_t)batch, steps, error);
    size_t *order = status == LH_OK ? plan(&lines, batch, error) : NULL;
    status = order ? trainer_start(&t, architecture, batch, b->threads, b->products, error)
                   : error->status;
    if (status == LH_OK) {
        for (int i = -1; i < repeats && status == LH_OK; i++) {
            step measured = {0};
            status = trainer_step(&t, &lines, order, batch, &measured, error);
            rates[i < 0 ? 0 : i] = (double)measured.points / measured.seconds;
        }
        double rate = bench_median(rates, repeats), work = gflops(t.network, rate);
        double weights = (double)lh_network_weight_count(t.network);
        bench_row(b, label, "%9.0f points/s %8.2f us a point %6.2f M weights %6.0f GFLOPS, %.2f",
                  rate, 1e6 / rate, 1e-6 * weights, work, work / sgemm);
        cJSON *row = cJSON_CreateObject();
        cJSON_AddNumberToObject(row, "cells", architecture->cells);
        cJSON_AddNumberToObject(row, "batch", batch);
        cJSON_AddNumberToObject(row, "points_a_line", steps);
        cJSON_AddNumberToObject(row, "weights", weights);
        cJSON_AddNumberToObject(row, "points_per_s", rate);
        cJSON_AddNumberToObject(row, "efficiency", work / sgemm);
        cJSON_AddItemToArray(rows, row);
        trainer_end(&t);
    }
    free(order);
    bench_lines_free(&lines);
    return status;
}

lh_status bench_growth(bench *b, lh_error *error)
{
    static const int cells[] = {100, 200, 300, 400, 600, 900};
    static const int batches[] = {1, 2, 4, 8, 16, 32, 64, 128};
    static const int steps[] = {50, 100, 300, 620, 1140, 1940};
    enum { LINES = 32, POINTS = 300 };
    double sgemm;
    char label[64];
    cJSON *rows = cJSON_AddArrayToObject(b->results, "growth");
    lh_status status = lh_machine_sgemm(b->threads, &sgemm, error);
    bench_heading(b, "growth with cells (%d lines of %d points; share of %.0f GFLOPS)", LINES,
                  POINTS, sgemm);
    for (size_t i = 0; i < sizeof cells / sizeof *cells && status == LH_OK; i++) {
        lh_architecture architecture = bench_network;
        architecture.cells = cells[i];
        snprintf(label, sizeof label, "3 x %d cells", cells[i]);
        status = growth_row(b, rows, &architecture, LINES, POINTS, sgemm, label, error);
    }
    bench_heading(b, "growth with batch (3 x 400 cells, lines of %d points)", POINTS);
    for (size_t i = 0; i < sizeof batches / sizeof *batches && status == LH_OK; i++) {
        snprintf(label, sizeof label, "%d lines a batch", batches[i]);
        status = growth_row(b, rows, &bench_network, batches[i], POINTS, sgemm, label, error);
    }
    bench_heading(b, "growth with length (3 x 400 cells, %d lines)", LINES);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == LH_OK; i++) {
        snprintf(label, sizeof label, "%d points a line", steps[i]);
        status = growth_row(b, rows, &bench_network, LINES, steps[i], sgemm, label, error);
    }
    return status;
}
