/* `longhand gradient`: how far back in time the gradient of a network reaches. */
#include "base/extremes.h"
#include "json.h"
#include "options.h"
#include "writing.h"

#include "page/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    const char *model_path, *corpus, *picture;
    const lh_task *task;
    unsigned splits;
    int length, lags, lines;
    uint64_t seed;
    bool json;
} job;

enum { A_CORPUS = 1, A_TASK = 2 }; /* what an option may need */

#define AT(member) offsetof(job, member)

/* clang-format off */
static const cli_option rows[] = {
    {.name = "--model", .value = "FILE", .kind = CLI_INPUT, .at = AT(model_path), .fallback = "the one installed that writes",
     .help = "a network"},
    {.name = "--corpus", .value = "FILE", .kind = CLI_INPUT, .at = AT(corpus), .help = "asks it lines of this packed corpus,"},
    {.name = "--task", .value = "TASK", .kind = CLI_READ, .at = AT(task), .read = cli_read_task,
     .help = "or sequences of this task (longhand learn)"},
    {.name = "--output", .brief = "-o", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(picture), .endings = "svg",
     .help = "the picture; - is standard output"},
    {.name = "--json", .kind = CLI_FLAG, .at = AT(json), .help = "prints the figures as JSON, an object a layer and lag"},
    {.name = "--lags", .value = "N", .kind = CLI_INT, .at = AT(lags), .low = 1, .high = 10000, .help = "goes back so many steps"},
    {.name = "--lines", .value = "N", .kind = CLI_INT, .at = AT(lines), .low = 1, .high = 1e6, .help = "lines or sequences, at most"},
    {.name = "--split", .value = "LIST", .kind = CLI_READ, .at = AT(splits), .read = cli_read_splits,
     .choices = cli_splits, .fallback = "all", .needs = A_CORPUS, .help = "lines of these splits"},
    {.name = "--length", .value = "N", .kind = CLI_INT, .at = AT(length), .low = 1, .high = 100000, .fallback = "the task's",
     .needs = A_TASK, .help = "length of the sequences"},
    {.name = "--seed", .value = "N", .kind = CLI_SEED, .at = AT(seed), .low = 0, .high = 0x1p63,
     .help = "another seed asks other steps"},
    {.kind = CLI_END},
};
/* clang-format on */

const cli_table cli_gradient_table = {
    "gradient", "--corpus FILE | --task TASK [OPTION...]",
    "Shows how far back in time the gradient reaches: the loss L of one step t of each\n"
    "line, and the length of its derivative by what the cells of each layer told k steps\n"
    "before, |dL_t / dh_{t-k}|. The median over the lines is a line with markers, between\n"
    "the thin lines are half of them. Of a line of a corpus the step is drawn, of a task\n"
    "it is the last.\n",
    rows, NULL};

/* ---- what is asked ---- */

/* Sequences and the step at which each is asked. */
typedef struct asked {
    lh_dataset *lines;    /* of a corpus, or */
    lh_example *examples; /* [count] of a task */
    lh_sequence *sequence;
    int *at;
    int count;
} asked;

static void forget(asked *a)
{
    lh_dataset_free(a->lines);
    for (int i = 0; a->examples && i < a->count; i++)
        lh_example_free(&a->examples[i]);
    free(a->examples);
    free(a->sequence);
    free(a->at);
}

static lh_status make_room(asked *a, size_t count, lh_error *error)
{
    a->sequence = calloc(count, sizeof *a->sequence);
    a->at = calloc(count, sizeof *a->at);
    return a->sequence && a->at ? LH_OK : lh_fail_memory(error, "lines");
}

/* Lines that are long enough, each asked at one of its steps; what lies behind that is cut off. */
static lh_status ask_lines(const job *j, asked *a, lh_error *error)
{
    const lh_sequence *all = lh_dataset_sequences(a->lines);
    const size_t count = lh_dataset_count(a->lines);
    lh_rng rng;
    lh_rng_seed(&rng, j->seed, 0);
    const lh_status status = make_room(a, count, error);
    if (status != LH_OK)
        return status;
    for (size_t i = 0; i < count && a->count < j->lines; i++) {
        if (all[i].steps <= j->lags)
            continue;
        const int t = j->lags + (int)lh_rng_below(&rng, (uint64_t)(all[i].steps - j->lags));
        a->sequence[a->count] = all[i];
        a->sequence[a->count].steps = t + 1;
        a->at[a->count++] = t;
    }
    return a->count > 0 ? LH_OK
                        : lh_fail(error, LH_ERROR_ARGUMENT,
                                  "%s: no line has more than %d steps; fewer --lags may do",
                                  j->corpus, j->lags);
}

static lh_status open_corpus(const job *j, const lh_model *model, asked *a, lh_error *error)
{
    const lh_architecture *of = lh_network_architecture(model->network);
    if (of->mixtures == 0)
        return lh_fail(
            error, LH_ERROR_ARGUMENT,
            "%s: not a network that foretells a pen; lines of a corpus tell nothing here",
            cli_model_name(j->model_path));
    lh_corpus *corpus = lh_corpus_open(j->corpus, error);
    if (!corpus)
        return error->status;
    const lh_dataset_options options = {.splits = j->splits,
                                        .alphabet =
                                            of->kind == LH_SYNTHESIS ? &model->alphabet : NULL,
                                        .scale_x = model->scale_x,
                                        .scale_y = model->scale_y,
                                        .max_offset = LH_DEFAULT_MAX_OFFSET};
    a->lines = lh_dataset_new(corpus, &options, error);
    lh_corpus_free(corpus);
    return a->lines ? ask_lines(j, a, error) : error->status;
}

/* Sequences of a task ask at their last step. */
static lh_status draw_examples(const job *j, asked *a, lh_error *error)
{
    const int length = j->length ? j->length : j->task->usual.length;
    lh_status status = make_room(a, (size_t)j->lines, error);
    a->examples = calloc((size_t)j->lines, sizeof *a->examples);
    if (status == LH_OK && !a->examples)
        status = lh_fail_memory(error, "lines");
    for (int i = 0; i < j->lines && status == LH_OK; i++) {
        lh_rng rng;
        lh_rng_seed(&rng, j->seed, (uint64_t)i);
        status = lh_example_draw(j->task, length, length, &rng, &a->examples[i], error);
        a->sequence[i] = lh_example_sequence(&a->examples[i]);
        a->at[i] = a->examples[i].steps - 1;
        a->count = i + 1;
        if (status == LH_OK && a->at[i] < j->lags)
            status = lh_fail(error, LH_ERROR_ARGUMENT,
                             "a sequence of %d steps has none %d steps before its last; fewer "
                             "--lags, or a larger --length",
                             a->examples[i].steps, j->lags);
    }
    return status;
}

/* ---- what is told ---- */

static bool add_place(cJSON *list, const lh_reach *reach, int layer, int lag)
{
    const size_t at = (size_t)layer * ((size_t)reach->lags + 1) + (size_t)lag;
    cJSON *object = cJSON_CreateObject();
    return cJSON_AddItemToArray(list, object) &&
           cJSON_AddNumberToObject(object, "layer", layer + 1) &&
           cJSON_AddNumberToObject(object, "lag", lag) &&
           cJSON_AddNumberToObject(object, "low", reach->low[at]) &&
           cJSON_AddNumberToObject(object, "median", reach->median[at]) &&
           cJSON_AddNumberToObject(object, "high", reach->high[at]);
}

static lh_status print_json(const lh_reach *reach, lh_error *error)
{
    cJSON *row = cJSON_CreateObject();
    bool whole = row && cJSON_AddNumberToObject(row, "lines", reach->count);
    cJSON *list = whole ? cJSON_AddArrayToObject(row, "norms") : NULL;
    whole = list != NULL;
    for (int n = 0; n < reach->layers && whole; n++)
        for (int k = 0; k <= reach->lags && whole; k++)
            whole = add_place(list, reach, n, k);
    if (whole)
        return cli_print_json(stdout, row, true, "gradients over time", error);
    cJSON_Delete(row);
    return lh_fail_memory(error, "gradients over time");
}

/* The lag behind `k` in the table: twice it, and at last all of them. */
static int next_lag(int k, int lags)
{
    return k == 0 ? 1 : k < lags && 2 * k > lags ? lags : 2 * k;
}

static void print_table(const lh_reach *reach)
{
    char cell[64];
    printf("|dL_t / dh_{t-k}| over %d lines, median (half of them from - to)\n%6s", reach->count,
           "k");
    for (int n = 0; n < reach->layers; n++) {
        snprintf(cell, sizeof cell, "layer %d", n + 1);
        printf("   %-28s", cell);
    }
    putchar('\n');
    for (int k = 0; k <= reach->lags; k = next_lag(k, reach->lags)) {
        printf("%6d", k);
        for (int n = 0; n < reach->layers; n++) {
            const size_t at = (size_t)n * ((size_t)reach->lags + 1) + (size_t)k;
            snprintf(cell, sizeof cell, "%.2g (%.2g - %.2g)", reach->median[at], reach->low[at],
                     reach->high[at]);
            printf("   %-28s", cell);
        }
        putchar('\n');
    }
}

/* ---- the picture ---- */

static const double least = 1e-12; /* drawn instead of less, of which there is no logarithm */
enum { MARKERS = 25 };

static double logarithm(double norm)
{
    return log10(norm > least ? norm : least);
}

/* One series of a layer: every `stride`-th lag, and the last. Returns its number of points. */
static size_t fill_series(const lh_reach *reach, const double *norms, int stride, double *x,
                          double *y)
{
    size_t count = 0;
    for (int k = 0; k <= reach->lags; k++)
        if (k % stride == 0 || k == reach->lags) {
            x[count] = k;
            y[count++] = logarithm(norms[k]);
        }
    return count;
}

static void choose_heights(const lh_reach *reach, lh_chart *chart)
{
    const size_t places = (size_t)reach->layers * ((size_t)reach->lags + 1);
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < places; i++) {
        lh_lower(&low, logarithm(reach->low[i]));
        lh_raise(&high, logarithm(reach->high[i]));
    }
    chart->bottom = floor(low - 0.1);
    chart->top = ceil(high + 0.1) + 1; /* the legend's place */
}

static lh_status draw(const job *j, const lh_reach *reach, lh_error *error)
{
    const size_t width = (size_t)reach->lags + 1, count = 3 * (size_t)reach->layers;
    double *values = calloc(2 * count * width, sizeof *values);
    lh_chart_series *series = calloc(count, sizeof *series);
    char names[LH_LAYERS_MAX][32];
    lh_chart chart = {.title = "How far back in time a gradient reaches",
                      .x_label = "lag k, steps",
                      .y_label = "log10 of |dL_t / dh_{t\u2212k}|",
                      .right = reach->lags,
                      .series = series,
                      .count = count};
    lh_status status = values && series ? LH_OK : lh_fail_memory(error, "a picture");
    const int stride = reach->lags > MARKERS ? (reach->lags + MARKERS - 1) / MARKERS : 1;
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        const double *of[] = {reach->median, reach->low, reach->high};
        const size_t layer = i / 3, kind = i % 3;
        double *x = values + 2 * i * width, *y = x + width;
        snprintf(names[layer], sizeof names[layer], "layer %zu", layer + 1);
        series[i] = (lh_chart_series){
            .name = kind == 0 ? names[layer] : NULL,
            .mark = kind == 0 ? LH_CHART_DOTTED : LH_CHART_THIN,
            .look = (int)(layer % LH_CHART_LOOKS),
            .x = x,
            .y = y,
            .count = fill_series(reach, of[kind] + layer * width, kind == 0 ? stride : 1, x, y)};
    }
    lh_output *output = status == LH_OK ? lh_output_open(j->picture, error) : NULL;
    if (output) {
        choose_heights(reach, &chart);
        lh_chart_write(&chart, lh_output_stream(output));
    }
    if (status == LH_OK)
        status = output ? lh_output_commit(output, error) : error->status;
    free(series);
    free(values);
    return status;
}

/* ---- the command ---- */

static lh_status measure(const job *j, const lh_model *model, bool prints, lh_error *error)
{
    asked a = {NULL};
    lh_reach *reach = NULL;
    lh_status status = j->corpus ? open_corpus(j, model, &a, error) : draw_examples(j, &a, error);
    if (status == LH_OK) {
        reach = lh_reach_over(model->network, a.sequence, a.at, a.count, j->lags, error);
        status = reach ? LH_OK : error->status;
    }
    if (status == LH_OK && j->picture)
        status = draw(j, reach, error);
    if (status == LH_OK && j->json)
        status = print_json(reach, error);
    else if (status == LH_OK && prints)
        print_table(reach);
    lh_reach_free(reach);
    forget(&a);
    return status;
}

static const char *who_takes(unsigned needs)
{
    return needs == A_CORPUS ? "--corpus" : "--task";
}

static int run(void *job_of, cli_given *given)
{
    job *j = job_of;
    lh_error error;
    static const char asset[] = "longhand.safetensors";
    if (!j->corpus == !j->task)
        return cli_wrong_usage("gradient", "needs --corpus or --task, one of them");
    if (!cli_all_apply(given, j->corpus ? A_CORPUS : A_TASK, NULL, who_takes))
        return CLI_USAGE;
    if (!j->model_path)
        cli_claim_asset(&given->claims, NULL, asset);
    if (lh_claims_check(&given->claims, &error) != LH_OK)
        return cli_failed(&error);
    lh_model *model = cli_model_load(j->model_path, asset, &error);
    const lh_status status =
        model ? measure(j, model, cli_prints_result(given), &error) : error.status;
    lh_model_free(model);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

int cli_gradient(int argc, char **argv)
{
    job j = {.splits = ~0u, .lags = 100, .lines = 100, .seed = 1};
    return cli_obey(&cli_gradient_table, argc, argv, &j, run);
}
