/* `longhand bench`: options, and the results as a table or JSON. */
#include "cli.h"
#include "options.h"

#include "base/visible.h"
#include "bench/bench.h"
#include "nn/profile.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    bench bench;
    unsigned chosen; /* of the parts, as bits */
    bool json;
} job;

/* "train64,sample" */
static lh_status read_parts(void *at, const char *list, lh_error *error)
{
    unsigned *chosen = at;
    *chosen = 0;
    while (list) {
        const size_t length = strcspn(list, ",");
        const int part = bench_find_part(list, length);
        if (part < 0)
            return lh_fail(error, LH_ERROR_ARGUMENT, "no part '%.*s'", (int)length, list);
        *chosen |= 1u << part;
        list = list[length] ? list + length + 1 : NULL;
    }
    return LH_OK;
}

#define AT(member) offsetof(job, member)

static const cli_option options[] = {
    {.name = "--only",
     .value = "LIST",
     .kind = CLI_READ,
     .at = AT(chosen),
     .read = read_parts,
     .fallback = "all",
     .help = "these parts, with commas between"},
    {.name = "--corpus",
     .value = "FILE",
     .kind = CLI_INPUT,
     .at = AT(bench.corpus),
     .fallback = "made ones with the lengths of IAM-OnDB's",
     .help = "real lines, of the training splits"},
    {.name = "--model",
     .value = "FILE",
     .kind = CLI_INPUT,
     .at = AT(bench.model),
     .fallback = "the installed one",
     .help = "for the first ink"},
    {.name = "--threads",
     .value = "N",
     .kind = CLI_INT,
     .at = AT(bench.threads),
     .low = 1,
     .high = 1024,
     .fallback = "all cores",
     .help = "how many to use"},
    {.name = "--repeats",
     .value = "N",
     .kind = CLI_INT,
     .at = AT(bench.repeats),
     .low = 1,
     .high = 1000,
     .help = "of each measurement; at most 3 of sgemm and of growth"},
    {.name = "--products",
     .value = "NAME",
     .kind = CLI_CHOICE,
     .at = AT(bench.products),
     .choices = lh_products_choices,
     .help = "in training"},
    {.name = "--cpu-time",
     .kind = CLI_FLAG,
     .at = AT(bench.cpu_time),
     .help = "measure processor time instead of time: for a machine that is busy with other "
             "things; how long threads wait is not seen"},
    {.name = "--json", .kind = CLI_FLAG, .at = AT(json), .help = "print JSON"},
    {.kind = CLI_END},
};

static void print_parts(void)
{
    puts("LONGHAND_KERNELS=plain|avx2|avx512|neon chooses kernels, OPENBLAS_CORETYPE=Haswell\n"
         "or SkylakeX those of OpenBLAS.\n\nParts");
    for (int i = 0; bench_parts[i].name; i++)
        printf("  %-21s %s\n", bench_parts[i].name, bench_parts[i].what);
}

const cli_table cli_bench_table = {
    "bench", "[OPTION...]",
    "Measures training and writing beside this machine's own large square sgemm and\n"
    "the bandwidth of the cache that the weights lie in, all in one run; medians of\n"
    "repeated measurements. The network is the paper's, 3 x 400 cells, with random\n"
    "weights.\n",
    options, print_parts};

static void print_row(const char *label, const char *text)
{
    if (!label)
        putchar('\n');
    visible_row(stdout, label ? "%-40s %s" : "%s%s", label ? label : "", text);
    fflush(stdout);
}

static lh_status print_json(const bench *b, lh_error *error)
{
    char *text = cJSON_Print(b->results);
    if (!text)
        return lh_fail_memory(error, "the results");
    visible_json(stdout, text);
    cJSON_free(text);
    return LH_OK;
}

static void stop_gently(const char *answer)
{
    if (answer)
        cli_stop_gently(answer);
    else
        cli_stop_at_once();
}

static bool stopped(void)
{
    return cli_asked_to_stop(NULL);
}

static int run(void *job_of, cli_given *given)
{
    job *j = job_of;
    lh_error error = {0};
    bench *b = &j->bench;
    if (lh_products_check(b->products, &error) != LH_OK)
        return cli_wrong_usage("bench", "%s", error.message);
    char *installed = cli_asset("longhand.safetensors");
    b->installed = installed != NULL;
    free(installed);
    b->tell = j->json ? NULL : print_row;
    b->stop_gently = stop_gently;
    b->stopped = stopped;
    b->results = cJSON_CreateObject();
    if (b->cpu_time)
        lh_profile_processor_time();
    lh_status status = lh_claims_check(&given->claims, &error);
    if (status == LH_OK)
        status = lh_ranks_join(&b->ranks, &error);
    if (status == LH_OK)
        status = bench_run(b, j->chosen, &error);
    if (status == LH_OK && j->json && lh_ranks_rank(b->ranks) == 0)
        status = print_json(b, &error);
    lh_ranks_leave(b->ranks);
    cJSON_Delete(b->results);
    int code = status == LH_OK ? CLI_OK : cli_failed(&error);
    if (status == LH_ERROR_INTERRUPTED)
        cli_end_by_signal();
    return code;
}

int cli_bench(int argc, char **argv)
{
    job j = {.bench = {.threads = omp_get_num_procs(), .repeats = 5}, .chosen = ~0u};
    return cli_obey(&cli_bench_table, argc, argv, &j, run);
}
