/* The parts of the bench, its results and the machine it runs on. */
#include "bench/bench.h"

#include "nn/machine.h"

#include <omp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const bench_part bench_parts[] = {
    /* First, while this process is small: a child's peak memory begins with its parent's. */
    {"ink", "start of `longhand write` to first ink (needs a model)", bench_first_ink},
    {"train64", "training, 64 lines a batch, with a breakdown of a step", bench_train_64},
    {"train16", "training, 16 lines a batch", bench_train_16},
    {"scaling", "training on all threads over training on one", bench_scaling},
    {"sample", "sampling one line on one core", bench_sample_1},
    {"sample32", "sampling 32 lines in step on all cores", bench_sample_32},
    {"prepare", "reading recordings", bench_prepare},
    {"ranks", "what processes of mpirun send each other at a step", bench_ranks},
    {"growth", "how cost a point grows with cells, batch and length", bench_growth},
    {NULL, NULL, NULL},
};

/* ---- results ---- */

void bench_keep(bench *b, const char *key, double value)
{
    cJSON_AddNumberToObject(b->results, key, value);
}

/* `label` NULL: a heading. */
static void tell(const bench *b, const char *label, const char *format, va_list list)
{
    char text[400];
    vsnprintf(text, sizeof text, format, list);
    if (b->tell && lh_ranks_rank(b->ranks) == 0)
        b->tell(label, text);
}

void bench_row(const bench *b, const char *label, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    tell(b, label, format, list);
    va_end(list);
}

void bench_heading(const bench *b, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    tell(b, NULL, format, list);
    va_end(list);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

double bench_median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare_doubles);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* ---- the run ---- */

static lh_status describe_machine(bench *b, lh_error *error)
{
    char processor[128], blas[128];
    lh_machine_processor(processor, sizeof processor);
    if (lh_machine_blas(blas, sizeof blas, error) != LH_OK)
        return error->status;
    cJSON_AddStringToObject(b->results, "processor", processor);
    bench_keep(b, "cores", omp_get_num_procs());
    cJSON_AddStringToObject(b->results, "blas", blas);
    cJSON_AddStringToObject(b->results, "kernels", lh_kernels_name());
    cJSON_AddStringToObject(b->results, "products", lh_products_choices[b->products]);
    bench_keep(b, "threads", b->threads);
    cJSON_AddBoolToObject(b->results, "cpu_time", b->cpu_time);
    bench_row(b, "machine", "%s, %d cores, %d used%s", processor, omp_get_num_procs(), b->threads,
              b->cpu_time ? "; processor time" : "");
    bench_row(b, "BLAS", "%s", blas);
    bench_row(b, "own kernels", "%s", lh_kernels_name());
    double gflops[2] = {0};
    int repeats = b->repeats < 3 ? b->repeats : 3;
    for (int i = 0; i < 2; i++) {
        double values[3];
        for (int j = 0; j < repeats; j++)
            if (lh_machine_sgemm(i ? b->threads : 1, &values[j], error) != LH_OK)
                return error->status;
        gflops[i] = bench_median(values, repeats);
    }
    bench_keep(b, "sgemm_gflops_1", gflops[0]);
    bench_keep(b, "sgemm_gflops", gflops[1]);
    bench_row(b, "square sgemm", "%.0f GFLOPS on one thread, %.0f on %d", gflops[0], gflops[1],
              b->threads);
    return LH_OK;
}

int bench_find_part(const char *name, size_t length)
{
    for (int i = 0; bench_parts[i].name; i++)
        if (strlen(bench_parts[i].name) == length &&
            strncmp(bench_parts[i].name, name, length) == 0)
            return i;
    return -1;
}

lh_status bench_run(bench *b, unsigned chosen, lh_error *error)
{
    lh_status status = describe_machine(b, error);
    for (int i = 0; bench_parts[i].name && status == LH_OK; i++)
        if (chosen >> i & 1)
            status = bench_parts[i].run(b, error);
    return status;
}
