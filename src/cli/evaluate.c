/* `longhand evaluate`: the log-loss of a model over a split, beside that of a model that has
 * learned nothing. The figures and their definitions are lh_score's. */
#include "cli.h"
#include "evaluate_reading.h"
#include "json.h"
#include "language.h"
#include "options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct request {
    const char *model, *corpus, *per_line;
    unsigned splits, fit_splits;
    double max_offset;
    size_t max_lines;
    int threads, beam;
    const char *language;
    bool only_baseline, json;
} request;

enum { A_PEN = 1, A_READER = 2 }; /* what an option may need: the kind of network */

#define AT(member) offsetof(request, member)

/* clang-format off */
static const cli_option rows[] = {
    {.name = "--model", .value = "FILE", .kind = CLI_INPUT, .at = AT(model), .fallback = "the one that is installed",
     .help = "the model"},
    {.name = "--corpus", .value = "FILE", .kind = CLI_INPUT, .at = AT(corpus),
     .help = "the packed corpus, made by longhand prepare"},
    {.name = "--split", .value = "LIST", .kind = CLI_READ, .at = AT(splits), .read = cli_read_splits,
     .choices = cli_splits, .fallback = "testset_v", .help = "splits to measure on, with commas between"},
    {.name = "--fit-split", .value = "LIST", .kind = CLI_READ, .at = AT(fit_splits), .read = cli_read_splits,
     .needs = A_PEN, .choices = cli_splits, .fallback = "those that the paper trains on, or all where the corpus has none of these",
     .help = "splits that the baseline is fitted on"},
    {.name = "--baseline", .kind = CLI_FLAG, .at = AT(only_baseline), .needs = A_PEN,
     .help = "only the baseline, with the corpus's scale: needs no model"},
    {.name = "--max-offset", .value = "X", .kind = CLI_DOUBLE, .at = AT(max_offset), .low = 0, .high = 1e9, .needs = A_PEN,
     .help = "dx and dy are clipped to +-X whiteboard units; 0: not"},
    {.name = "--max-lines", .value = "N", .kind = CLI_SIZE, .at = AT(max_lines), .low = 0, .high = INT32_MAX,
     .fallback = "all", .help = "this many lines, evenly spread"},
    {.name = "--beam", .value = "N", .kind = CLI_INT, .at = AT(beam), .low = 1, .high = 1000, .needs = A_READER,
     .help = "of a network that reads: texts that are followed at once"},
    {.name = "--language", .value = "FILE", .kind = CLI_INPUT, .at = AT(language), .fallback = "none", .needs = A_READER,
     .help = CLI_LANGUAGE_HELP},
    {.name = "--per-line", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(per_line),
     .help = "also writes a JSON row for each line, the worst first"},
    {.name = "--threads", .value = "N", .kind = CLI_INT, .at = AT(threads), .low = 1, .high = 1024,
     .fallback = "all cores", .help = "how many to use; the result is the same for any number"},
    {.name = "--json", .kind = CLI_FLAG, .at = AT(json), .help = "prints JSON"},
    {.kind = CLI_END},
};
/* clang-format on */

const cli_table cli_evaluate_table = {
    "evaluate", "--corpus CORPUS [--model MODEL] [OPTION...]",
    "Measures the log-loss of a model on the lines of a split. A line of n points has\n"
    "T = n - 1 offsets (dx, dy, end of stroke), the input before the first being\n"
    "null; its loss is the sum over them. Offsets are normalised by the model's\n"
    "scale; raw figures are in whiteboard units and T ln(scale_x scale_y) more. SSE\n"
    "is the squared distance from an offset to the mean of the predicted mixture,\n"
    "clipped as the offsets are, normalised. The baseline is one Gaussian with full\n"
    "covariance and one coin, fitted on the corpus's training lines.\n\n"
    "Of a network that reads it tells the share of characters and words that it gets\n"
    "wrong: the fewest insertions, deletions and replacements that make of what was\n"
    "read what is written, over what is written.\n",
    rows, NULL};

typedef struct evaluation {
    const request *request;
    bool prints; /* its result */
    char *model_path;
    lh_corpus *corpus;
    lh_model *model;
    lh_scale scale;
    lh_dataset *lines;
    lh_null_model null_model;
    lh_loss *losses, *null_losses; /* [lines]; `losses` NULL without a model */
    lh_score score, null_score;
    double seconds;
    size_t polls; /* of show_progress */
    cli_progress progress;
} evaluation;

/* ---- measuring ---- */

/* A network is polled before each group of lines; a group is about GROUP_LINES. */
static bool show_progress(void *user)
{
    enum { GROUP_LINES = 32 };
    evaluation *e = user;
    size_t done = e->polls++ * GROUP_LINES;
    if (done < lh_dataset_count(e->lines))
        cli_progress_tell(&e->progress, done);
    return false;
}

static lh_dataset_options dataset_options(const evaluation *e, unsigned splits)
{
    return (lh_dataset_options){.splits = splits,
                                .scale_x = e->scale.x,
                                .scale_y = e->scale.y,
                                .max_offset = e->request->max_offset};
}

static lh_status load_model(evaluation *e, lh_error *error)
{
    const request *r = e->request;
    e->model_path = cli_model_path(r->model, "longhand.safetensors", "--model", error);
    e->model = e->model_path ? lh_model_load(e->model_path, error) : NULL;
    if (!e->model)
        return error->status;
    const lh_purpose purpose = lh_purpose_of(lh_network_architecture(e->model->network));
    return purpose != LH_FOR_TASK
               ? LH_OK
               : lh_fail(error, LH_ERROR_ARGUMENT,
                         "%s: this network %s; what is measured are networks that write or read",
                         e->model_path, lh_purpose_words(purpose));
}

static lh_status open_files(evaluation *e, lh_error *error)
{
    const request *r = e->request;
    e->corpus = lh_corpus_open(r->corpus, error);
    if (!e->corpus)
        return error->status;
    e->scale = lh_corpus_scale(e->corpus);
    if (r->only_baseline)
        return LH_OK;
    lh_status status = e->model ? LH_OK : load_model(e, error);
    if (status != LH_OK)
        return status;
    e->scale = (lh_scale){e->model->scale_x, e->model->scale_y};
    return LH_OK;
}

static lh_status read_lines(evaluation *e, lh_error *error)
{
    lh_dataset_options options = dataset_options(e, e->request->splits);
    if (e->model && lh_network_architecture(e->model->network)->kind == LH_SYNTHESIS)
        options.alphabet = &e->model->alphabet;
    options.max_lines = e->request->max_lines;
    e->lines = lh_dataset_new(e->corpus, &options, error);
    return e->lines ? LH_OK : error->status;
}

/* The splits asked for or, when the corpus has no line of the usual ones, all. */
static unsigned fit_splits(const evaluation *e)
{
    if (e->request->fit_splits)
        return e->request->fit_splits;
    for (size_t i = 0; i < lh_corpus_count(e->corpus); i++)
        if (LH_SPLITS_PAPER_TRAINING >> lh_corpus_get(e->corpus, i).split & 1)
            return LH_SPLITS_PAPER_TRAINING;
    return ~0u;
}

static lh_status measure_baseline(evaluation *e, lh_error *error)
{
    lh_dataset_options options = dataset_options(e, fit_splits(e));
    lh_dataset *training = lh_dataset_new(e->corpus, &options, error);
    if (!training)
        return error->status;
    lh_status status = lh_null_model_fit(training, &e->null_model, error);
    lh_dataset_free(training);
    if (status != LH_OK)
        return status;
    size_t count = lh_dataset_count(e->lines);
    e->null_losses = calloc(count, sizeof *e->null_losses);
    if (!e->null_losses)
        return lh_fail_memory(error, "the losses of lines");
    for (size_t i = 0; i < count; i++)
        e->null_losses[i] = lh_null_model_loss(&e->null_model, &lh_dataset_sequences(e->lines)[i]);
    e->null_score = lh_score_of(e->null_losses, count, e->scale.x, e->scale.y);
    return LH_OK;
}

static lh_status measure_model(evaluation *e, lh_error *error)
{
    size_t count = lh_dataset_count(e->lines);
    e->losses = calloc(count, sizeof *e->losses);
    if (!e->losses)
        return lh_fail_memory(error, "the losses of lines");
    double start = cli_seconds();
    e->progress = cli_progress_start("lines", count);
    lh_status status = lh_dataset_loss(e->model->network, e->lines, e->request->threads,
                                       show_progress, e, e->losses, error);
    e->seconds = cli_seconds() - start;
    cli_progress_clear(&e->progress);
    for (size_t i = 0; i < count && status == LH_OK; i++)
        if (!isfinite(lh_loss_total(&e->losses[i])))
            status =
                lh_fail(error, LH_ERROR_NUMERIC, "%s: its loss on line %s is not finite",
                        e->model_path, lh_corpus_get(e->corpus, lh_dataset_line(e->lines, i)).name);
    if (status == LH_OK)
        e->score = lh_score_of(e->losses, count, e->scale.x, e->scale.y);
    return status;
}

/* ---- telling ---- */

static int worse_first(const void *a, const void *b)
{
    const lh_loss *first = *(const lh_loss *const *)a, *second = *(const lh_loss *const *)b;
    double x = lh_loss_total(first) / (double)first->points,
           y = lh_loss_total(second) / (double)second->points;
    return x > y ? -1 : x < y ? 1 : first < second ? -1 : first > second;
}

static lh_status print_line(const evaluation *e, size_t index, FILE *stream, lh_error *error)
{
    const lh_loss *loss = e->losses ? &e->losses[index] : &e->null_losses[index];
    lh_corpus_line line = lh_corpus_get(e->corpus, lh_dataset_line(e->lines, index));
    double points = (double)loss->points;
    cJSON *row = cJSON_CreateObject();
    cJSON_AddStringToObject(row, "name", line.name);
    cJSON_AddNumberToObject(row, "T", points);
    cJSON_AddNumberToObject(row, "nats", lh_loss_total(loss));
    cJSON_AddNumberToObject(row, "nats_per_point", lh_loss_total(loss) / points);
    cJSON_AddNumberToObject(row, "mixture", loss->mixture);
    cJSON_AddNumberToObject(row, "end_of_stroke", loss->end_of_stroke);
    cJSON_AddNumberToObject(row, "sse_per_point", loss->squared_error / points);
    if (line.text)
        cJSON_AddStringToObject(row, "text", line.text);
    return cli_print_json(stream, row, true, "a row of losses", error);
}

static lh_status write_lines(const evaluation *e, lh_error *error)
{
    const lh_loss *losses = e->losses ? e->losses : e->null_losses;
    size_t count = lh_dataset_count(e->lines);
    const lh_loss **order = malloc(count * sizeof *order);
    if (!order)
        return lh_fail_memory(error, "the order of lines");
    for (size_t i = 0; i < count; i++)
        order[i] = &losses[i];
    qsort(order, count, sizeof *order, worse_first);
    lh_output *output = lh_output_open(e->request->per_line, error);
    lh_status status = output ? LH_OK : error->status;
    for (size_t i = 0; i < count && status == LH_OK; i++)
        status = print_line(e, (size_t)(order[i] - losses), lh_output_stream(output), error);
    free(order);
    return lh_output_end(output, status, error);
}

static void add_score(cJSON *object, const char *prefix, const lh_score *score)
{
    const struct {
        const char *name;
        double value;
    } figures[] = {{"nats_per_line", score->nats_per_line},
                   {"nats_per_point", score->nats_per_point},
                   {"nats_per_line_raw", score->nats_per_line_raw},
                   {"nats_per_point_raw", score->nats_per_point_raw},
                   {"mixture_per_line", score->mixture_per_line},
                   {"mixture_per_point", score->mixture_per_point},
                   {"end_of_stroke_per_line", score->end_of_stroke_per_line},
                   {"end_of_stroke_per_point", score->end_of_stroke_per_point},
                   {"sse_per_point", score->sse_per_point}};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s%s", prefix, figures[i].name);
        cJSON_AddNumberToObject(object, name, figures[i].value);
    }
}

static lh_status print_json(const evaluation *e, lh_error *error)
{
    cJSON *object = cJSON_CreateObject();
    if (e->model_path)
        cJSON_AddStringToObject(object, "model", e->model_path);
    cJSON_AddStringToObject(object, "corpus", e->request->corpus);
    cJSON_AddNumberToObject(object, "lines", (double)lh_dataset_count(e->lines));
    cJSON_AddNumberToObject(object, "left_out", (double)lh_dataset_left_out(e->lines));
    cJSON_AddNumberToObject(object, "points", (double)lh_dataset_points(e->lines));
    cJSON_AddNumberToObject(object, "scale_x", e->scale.x);
    cJSON_AddNumberToObject(object, "scale_y", e->scale.y);
    cJSON_AddNumberToObject(object, "max_offset", e->request->max_offset);
    if (e->losses) {
        add_score(object, "", &e->score);
        cJSON_AddNumberToObject(object, "seconds", e->seconds);
    }
    add_score(object, "baseline_", &e->null_score);
    return cli_print_json(stdout, object, false, "the result", error);
}

static void print_row(const evaluation *e, const char *what, double model, double baseline)
{
    if (e->losses)
        printf("%-34s %12.4f %12.4f\n", what, model, baseline);
    else
        printf("%-34s %12.4f\n", what, baseline);
}

static void print_table(const evaluation *e)
{
    const lh_score *m = &e->score, *b = &e->null_score;
    printf("%zu lines, %zu points", lh_dataset_count(e->lines), lh_dataset_points(e->lines));
    if (lh_dataset_left_out(e->lines) > 0)
        printf(" (%zu lines without a text the model knows left out)",
               lh_dataset_left_out(e->lines));
    printf("; one normalised unit is %.2f x %.2f on the whiteboard\n\n", e->scale.x, e->scale.y);
    printf("%-34s %12s%s\n", "", e->losses ? "model" : "baseline",
           e->losses ? "     baseline" : "");
    print_row(e, "nats a line", m->nats_per_line, b->nats_per_line);
    print_row(e, "  mixture", m->mixture_per_line, b->mixture_per_line);
    print_row(e, "  end of stroke", m->end_of_stroke_per_line, b->end_of_stroke_per_line);
    print_row(e, "nats a line, whiteboard units", m->nats_per_line_raw, b->nats_per_line_raw);
    print_row(e, "nats a point", m->nats_per_point, b->nats_per_point);
    print_row(e, "  mixture", m->mixture_per_point, b->mixture_per_point);
    print_row(e, "  end of stroke", m->end_of_stroke_per_point, b->end_of_stroke_per_point);
    print_row(e, "nats a point, whiteboard units", m->nats_per_point_raw, b->nats_per_point_raw);
    print_row(e, "squared error a point, normalised", m->sse_per_point, b->sse_per_point);
}

/* ---- the command ---- */

static lh_status evaluate(evaluation *e, lh_error *error)
{
    lh_status status = open_files(e, error);
    if (status == LH_OK)
        status = read_lines(e, error);
    if (status == LH_OK)
        status = measure_baseline(e, error);
    if (status == LH_OK && e->model)
        status = measure_model(e, error);
    if (status == LH_OK && e->request->per_line)
        status = write_lines(e, error);
    if (status == LH_OK && e->request->json)
        status = print_json(e, error);
    else if (status == LH_OK && e->prints)
        print_table(e);
    return status;
}

static const char *who_takes(unsigned needs)
{
    return needs == A_PEN ? "a network that foretells a pen" : "a network that reads";
}

static bool reads(const lh_model *model)
{
    return model && lh_purpose_of(lh_network_architecture(model->network)) == LH_FOR_READING;
}

static int run_reading(const request *r, const cli_given *given)
{
    lh_error error;
    const evaluate_reading asked = {.model = r->model,
                                    .corpus = r->corpus,
                                    .splits = r->splits,
                                    .max_lines = r->max_lines,
                                    .threads = r->threads,
                                    .beam = r->beam,
                                    .language = r->language,
                                    .per_line = r->per_line,
                                    .prints = cli_prints_result(given),
                                    .json = r->json};
    if (!cli_all_apply(given, A_READER, NULL, who_takes))
        return CLI_USAGE;
    return evaluate_reading_run(&asked, &error) == LH_OK ? CLI_OK : cli_failed(&error);
}

/* Measures the model as what it is; a message is printed where the code is not CLI_OK. */
static int measure(evaluation *e, cli_given *given)
{
    lh_error error = {0};
    lh_status status = lh_claims_check(&given->claims, &error);
    if (status == LH_OK && e->request->model)
        status = load_model(e, &error);
    if (status == LH_OK && reads(e->model))
        return run_reading(e->request, given);
    if (status == LH_OK && !cli_all_apply(given, A_PEN, NULL, who_takes))
        return CLI_USAGE;
    if (status == LH_OK)
        status = evaluate(e, &error);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

static int run(void *job, cli_given *given)
{
    const request *r = job;
    evaluation e = {.request = r, .prints = cli_prints_result(given)};
    if (!r->corpus)
        return cli_wrong_usage("evaluate", "needs --corpus FILE");
    if (r->only_baseline && r->model)
        return cli_wrong_usage("evaluate", "--baseline takes no --model");
    if (!r->model && !r->only_baseline)
        cli_claim_asset(&given->claims, NULL, "longhand.safetensors");
    const int code = measure(&e, given);
    free(e.losses);
    free(e.null_losses);
    free(e.model_path);
    lh_dataset_free(e.lines);
    lh_model_free(e.model);
    lh_corpus_free(e.corpus);
    return code;
}

int cli_evaluate(int argc, char **argv)
{
    request r = {.splits = 1u << LH_SPLIT_V,
                 .max_offset = LH_DEFAULT_MAX_OFFSET,
                 .beam = lh_read_defaults.beam};
    return cli_obey(&cli_evaluate_table, argc, argv, &r, run);
}
