/* `longhand bench`: the speed of training and writing beside what the machine itself can do. */
#include "bench.h"

#include "nn/machine.h"
#include "nn/profile.h"
#include "train/choices.h"

#include <omp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const struct part {
    const char *name;
    const char *what;
    lh_status (*run)(bench *b, lh_error *error);
} parts[] = {
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
};

enum { PARTS = sizeof parts / sizeof *parts };

static void print_help(void)
{
    fputs("usage: longhand bench [OPTION...]\n\n"
          "Measures training and writing beside this machine's own large square sgemm and the\n"
          "bandwidth of the cache that the weights lie in, all in one run; medians of repeated\n"
          "measurements. The network is the paper's, 3 x 400 cells, with random weights.\n\n"
          "  --only LIST     of these parts, with commas between:\n",
          stdout);
    for (int i = 0; i < PARTS; i++)
        printf("                    %-9s %s\n", parts[i].name, parts[i].what);
    fputs("  --corpus FILE   real lines, of the training splits; default: made ones with the\n"
          "                  lengths of IAM-OnDB's\n"
          "  --model FILE    for the first ink; default: the installed one\n"
          "  --threads N     default: all cores\n"
          "  --repeats N     of each measurement; default 5, and at most 3 of sgemm and of growth\n"
          "  --products NAME float32 (default) or bfloat16, in training\n"
          "  --cpu-time      measure processor time instead of time: for a machine that is busy "
          "with\n"
          "                  other things; how long threads wait is not seen\n"
          "  --json          print JSON\n\n"
          "LONGHAND_KERNELS=plain|avx2|avx512 chooses kernels; OPENBLAS_CORETYPE=Haswell|SkylakeX\n"
          "those of OpenBLAS.\n",
          stdout);
}

/* ---- results ---- */

void bench_keep(bench *b, const char *key, double value)
{
    cJSON_AddNumberToObject(b->results, key, value);
}

/* Whether to print the table. */
static bool is_shown(const bench *b)
{
    return !b->json && lh_ranks_rank(b->ranks) == 0;
}

void bench_row(const bench *b, const char *label, const char *format, ...)
{
    if (!is_shown(b))
        return;
    va_list list;
    printf("%-40s ", label);
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
    putchar('\n');
    fflush(stdout);
}

void bench_heading(const bench *b, const char *format, ...)
{
    if (!is_shown(b))
        return;
    va_list list;
    putchar('\n');
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
    putchar('\n');
    fflush(stdout);
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

static lh_status run_parts(bench *b, unsigned chosen, lh_error *error)
{
    lh_status status = describe_machine(b, error);
    for (int i = 0; i < PARTS && status == LH_OK; i++)
        if (chosen >> i & 1)
            status = parts[i].run(b, error);
    if (status != LH_OK || !b->json || lh_ranks_rank(b->ranks) > 0)
        return status;
    char *text = cJSON_Print(b->results);
    if (!text)
        return lh_fail_memory(error, "the results");
    puts(text);
    cJSON_free(text);
    return LH_OK;
}

/* The mask of the parts in `list`; 0 and a message when one is unknown. */
static unsigned choose_parts(cli_arguments *a)
{
    unsigned chosen = 0;
    const char *list = cli_string(a);
    while (list && !a->failed) {
        size_t length = strcspn(list, ",");
        int i = 0;
        while (i < PARTS &&
               !(strlen(parts[i].name) == length && strncmp(parts[i].name, list, length) == 0))
            i++;
        if (i < PARTS) {
            chosen |= 1u << i;
        } else {
            cli_wrong_usage(a->command, "no part '%.*s'", (int)length, list);
            a->failed = true;
        }
        list = list[length] ? list + length + 1 : NULL;
    }
    return chosen;
}

static lh_products choose_products(cli_arguments *a)
{
    lh_error error;
    int chosen = cli_choice(a, lh_products_choices);
    if (chosen >= 0 && lh_products_check((lh_products)chosen, &error) != LH_OK) {
        cli_wrong_usage(a->command, "%s", error.message);
        a->failed = true;
    }
    return (lh_products)chosen;
}

static void read_option(bench *b, unsigned *chosen, cli_arguments *a)
{
    if (cli_is(a, "--only", NULL))
        *chosen = choose_parts(a);
    else if (cli_is(a, "--corpus", NULL))
        b->corpus = cli_string(a);
    else if (cli_is(a, "--model", NULL))
        b->model = cli_string(a);
    else if (cli_is(a, "--threads", NULL))
        b->threads = (int)cli_integer(a, 1, 1024);
    else if (cli_is(a, "--repeats", NULL))
        b->repeats = (int)cli_integer(a, 1, 1000);
    else if (cli_is(a, "--products", NULL))
        b->products = choose_products(a);
    else if (cli_is(a, "--cpu-time", NULL))
        b->cpu_time = true;
    else if (cli_is(a, "--json", NULL))
        b->json = true;
    else
        cli_unknown(a);
}

int cli_bench(int argc, char **argv)
{
    bench b = {.threads = omp_get_num_procs(), .repeats = 5};
    unsigned chosen = ~0u;
    bool helped = false;
    cli_arguments a = cli_start(argc, argv);
    while (!helped && cli_next(&a)) {
        helped = cli_is(&a, "--help", "-h");
        if (!helped)
            read_option(&b, &chosen, &a);
    }
    int code = a.failed ? CLI_USAGE : CLI_OK;
    if (helped) {
        print_help();
    } else if (!a.failed) {
        lh_error error = {0};
        b.results = cJSON_CreateObject();
        if (b.cpu_time)
            lh_profile_processor_time();
        lh_status status = lh_ranks_join(&b.ranks, &error);
        if (status == LH_OK)
            status = run_parts(&b, chosen, &error);
        if (status != LH_OK)
            code = cli_failed(&error);
        lh_ranks_leave(b.ranks);
        cJSON_Delete(b.results);
        if (status == LH_ERROR_INTERRUPTED)
            cli_end_by_signal();
    }
    cli_end(&a);
    return code;
}
