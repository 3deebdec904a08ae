/* Setting up a training run, resuming it, and its two big files. */
#include "run.h"

#include "corpus/iam_name.h"
#include "options.h"
#include "streams.h"

#include <inttypes.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the first rank begins with: the state of a run, or a model, or neither. */
typedef struct run_origin {
    lh_checkpoint *saved;
    lh_model *model;
} run_origin;

static void forget_origin(run_origin *origin)
{
    lh_checkpoint_close(origin->saved);
    lh_model_free(origin->model);
    *origin = (run_origin){0};
}

/* ---- names ---- */

/* `name` with `ending` behind it; the caller frees. */
static char *joined(const char *name, const char *ending)
{
    size_t length = strlen(name) + strlen(ending);
    char *text = malloc(length + 1);
    if (text)
        snprintf(text, length + 1, "%s%s", name, ending);
    return text;
}

static lh_status name_files(lh_run *run, const lh_train_files *files, lh_error *error)
{
    run->model_path = joined(files->model, "");
    run->state_path = files->state ? joined(files->state, "") : joined(files->model, ".state");
    run->log_path = files->log ? joined(files->log, "") : joined(files->model, ".log.jsonl");
    if (!run->model_path || !run->state_path || !run->log_path)
        return lh_fail_memory(error, "file names");
    return LH_OK;
}

/* Keeps others from training the same model, or with the same state or log (but /dev/null is for
 * all), and a run that is to begin from taking the place of one that can be resumed. */
static lh_status take_files(lh_run *run, bool resume, lh_error *error)
{
    const char *const paths[] = {run->model_path, run->state_path, run->log_path};
    struct stat info;
    for (int i = 0; i < 3; i++) {
        bool device = stat(paths[i], &info) == 0 && !S_ISREG(info.st_mode);
        run->lock[i] = device ? NULL : lh_lock_take(paths[i], "trains with", error);
        if (!device && !run->lock[i])
            return error ? error->status : LH_ERROR_IO;
    }
    if (!resume && access(run->state_path, F_OK) == 0)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: the state of a training run is there: resume it, or remove the file",
                       run->state_path);
    return LH_OK;
}

/* ---- licence note ---- */

static const char *default_license(const lh_corpus *corpus)
{
    return iam_is_in(corpus)
               ? "Weights trained on the IAM On-Line Handwriting Database (M. Liwicki, H. Bunke, "
                 "ICDAR 2005), which is free for non-commercial research only; so are they."
               : "";
}

/* The note that is asked for, or that of the run or model gone on from, or the corpus's. */
static lh_status choose_license(lh_run *run, const lh_corpus *corpus, const run_origin *origin,
                                lh_error *error)
{
    const char *note = run->options.license;
    if (!note && origin->saved)
        note = lh_checkpoint_license(origin->saved) ? lh_checkpoint_license(origin->saved) : "";
    if (!note && origin->model)
        note = origin->model->license;
    run->license = joined(note ? note : default_license(corpus), "");
    run->options.license = NULL;
    return run->license ? LH_OK : lh_fail_memory(error, "the licence note");
}

/* ---- data and network ---- */

static lh_status load_data(lh_run *run, const lh_corpus *corpus, lh_error *error)
{
    const lh_train_options *o = &run->options;
    lh_dataset_options wanted = {.splits = o->train_splits,
                                 .scale_x = run->scale.x,
                                 .scale_y = run->scale.y,
                                 .max_offset = o->max_offset,
                                 .max_lines = (size_t)o->max_train_lines,
                                 .rare_weight = o->rare_weight};
    if (o->network == LH_SYNTHESIS)
        wanted.alphabet = &run->alphabet;
    run->train = lh_dataset_new(corpus, &wanted, error);
    wanted.splits = o->valid_splits;
    wanted.max_lines = (size_t)o->max_valid_lines;
    wanted.rare_weight = 1;
    if (run->train)
        run->valid = lh_dataset_new(corpus, &wanted, error);
    if (!run->valid)
        return LH_ERROR_ARGUMENT;
    run->batches = lh_batches(lh_dataset_count(run->train), o->batch);
    run->planned = UINT64_MAX;
    run->order = malloc(lh_dataset_count(run->train) * sizeof *run->order);
    run->losses = malloc(lh_dataset_count(run->valid) * sizeof *run->losses);
    return run->order && run->losses ? LH_OK : lh_fail_memory(error, "the order of lines");
}

static lh_status make_network(lh_run *run, lh_error *error)
{
    const lh_train_options *o = &run->options;
    bool synthesis = o->network == LH_SYNTHESIS;
    lh_architecture architecture = {.kind = o->network,
                                    .layers = o->layers,
                                    .cells = o->cells,
                                    .mixtures = o->mixtures,
                                    .windows = synthesis ? o->windows : 0,
                                    .alphabet = run->alphabet.count,
                                    .cell = o->cell};
    run->network = lh_network_new(&architecture, error);
    if (!run->network)
        return LH_ERROR_ARGUMENT;
    if (o->ema > 0) {
        run->average = lh_network_new(&architecture, error);
        if (!run->average)
            return LH_ERROR_MEMORY;
    }
    run->optimizer = lh_optimizer_new(o->optimizer, lh_network_arena_size(run->network), error);
    if (o->weight_noise != LH_NOISE_NONE) {
        run->noise = lh_weight_noise_new(run->network, o->weight_noise, o->noise_deviation, error);
        if (!run->noise)
            return LH_ERROR_MEMORY;
    }
    if (o->slant > 0 || o->size > 0) {
        run->augmenter = lh_augmenter_new(error);
        if (!run->augmenter)
            return LH_ERROR_MEMORY;
    }
    if (run->optimizer)
        run->gradient = lh_batch_gradient_new(run->network, o->batch, &run->workers, error);
    return run->gradient ? LH_OK : LH_ERROR_MEMORY;
}

/* Random weights, or those of `model` if that is not NULL. */
static void first_weights(lh_run *run, const lh_model *model)
{
    lh_rng rng;
    lh_rng_seed(&rng, run->options.seed, lh_stream_weights());
    lh_network_init(run->network, &rng);
    if (model)
        memcpy(lh_network_parameters(run->network), lh_network_parameters_const(model->network),
               lh_network_arena_size(run->network) * sizeof(lh_real));
    lh_network_changed(run->network);
    if (run->average)
        memcpy(lh_network_parameters(run->average), lh_network_parameters(run->network),
               lh_network_arena_size(run->network) * sizeof(lh_real));
}

/* ---- state ---- */

static lh_training_state state_of(lh_run *run)
{
    return (lh_training_state){
        .layout = run->network,
        .weights = lh_network_parameters(run->network),
        .average = run->average ? lh_network_parameters(run->average) : NULL,
        .optimizer = run->optimizer,
        .noise = run->options.weight_noise == LH_NOISE_ADAPTIVE ? run->noise : NULL,
        .place = run->place,
        .corpus = run->corpus,
        .alphabet = &run->alphabet,
        .scale = run->scale,
        .from = run->from,
        .license = *run->license ? run->license : NULL,
    };
}

static lh_status restore(lh_run *run, const lh_checkpoint *saved, lh_error *error)
{
    lh_training_state state = state_of(run);
    lh_status status = lh_checkpoint_restore(saved, &state, error);
    run->place = state.place;
    return status;
}

lh_status lh_run_save_state(lh_run *run, lh_error *error)
{
    if (!lh_run_has_files(run))
        return LH_OK;
    lh_training_state state = state_of(run);
    return lh_checkpoint_save(&state, &run->options, run->state_path, error);
}

/* ---- model ---- */

lh_network *lh_run_kept(lh_run *run)
{
    return run->average ? run->average : run->network;
}

/* How the model came to be, as JSON. Nothing in it depends on the clock: a run that was
 * interrupted gives the same file as one that was not. */
static char *history(const lh_run *run, const lh_train_event *e)
{
    char corpus[17];
    snprintf(corpus, sizeof corpus, "%016" PRIx64, run->corpus);
    cJSON *json = cJSON_CreateObject();
    cJSON *options = lh_train_options_write(&run->options, true);
    bool done =
        json && options && cJSON_AddStringToObject(json, "corpus", corpus) &&
        cJSON_AddNumberToObject(json, "lines", (double)lh_dataset_count(run->train)) &&
        cJSON_AddNumberToObject(json, "points", (double)lh_dataset_points(run->train)) &&
        cJSON_AddNumberToObject(json, "step", (double)e->step) &&
        cJSON_AddNumberToObject(json, "epoch", e->epoch) &&
        cJSON_AddNumberToObject(json, "valid_lines", (double)lh_dataset_count(run->valid)) &&
        cJSON_AddNumberToObject(json, "valid_nats_per_line", e->nats_per_line) &&
        cJSON_AddNumberToObject(json, "valid_nats_per_line_raw", e->nats_per_line_raw) &&
        cJSON_AddNumberToObject(json, "valid_sse_per_point", e->sse_per_point) &&
        (!run->from || cJSON_AddRawToObject(json, "from", run->from)) &&
        cJSON_AddItemToObject(json, "options", options);
    if (!done)
        cJSON_Delete(options);
    char *text = done ? cJSON_PrintUnformatted(json) : NULL;
    cJSON_Delete(json);
    return text;
}

lh_status lh_run_save_model(lh_run *run, const lh_train_event *validated, lh_error *error)
{
    if (!lh_run_has_files(run))
        return LH_OK;
    lh_model model = {.network = lh_run_kept(run),
                      .alphabet = run->alphabet,
                      .scale_x = run->scale.x,
                      .scale_y = run->scale.y,
                      .history = history(run, validated),
                      .license = *run->license ? run->license : NULL};
    if (!model.history)
        return lh_fail_memory(error, "the history of the model");
    lh_status status = lh_model_save(&model, run->model_path, run->options.precision, error);
    cJSON_free(model.history);
    return status;
}

/* ---- log ---- */

lh_status lh_run_log(lh_run *run, const lh_train_event *event, lh_error *error)
{
    return lh_run_has_files(run) ? lh_log_write(run->log, event, error) : LH_OK;
}

/* ---- ranks ---- */

bool lh_run_has_files(const lh_run *run)
{
    return lh_ranks_rank(run->workers.ranks) == 0;
}

/* Makes options, alphabet and scale, and the corpus that is expected, those of rank 0; counts the
 * threads of all. */
static lh_status follow_first_rank(lh_run *run, lh_error *error)
{
    lh_ranks *ranks = run->workers.ranks;
    lh_train_options *o = &run->options;
    int threads = o->threads ? o->threads : omp_get_num_procs();
    uint64_t corpus = run->corpus;
    lh_status status = lh_ranks_spread(ranks, o, sizeof *o, error);
    if (!lh_run_has_files(run))
        o->license = NULL; /* points into rank 0's memory */
    o->threads = threads;
    if (status == LH_OK)
        status = lh_ranks_spread(ranks, &corpus, sizeof corpus, error);
    if (status == LH_OK)
        status = lh_ranks_spread(ranks, &run->alphabet, sizeof run->alphabet, error);
    if (status == LH_OK)
        status = lh_ranks_spread(ranks, &run->scale, sizeof run->scale, error);
    if (status == LH_OK)
        status = lh_ranks_workers(ranks, threads, &run->workers, error);
    run->workers.products = o->products;
    if (status == LH_OK)
        status = lh_products_check(o->products, error);
    if (status == LH_OK && corpus != run->corpus)
        status = lh_fail(error, LH_ERROR_ARGUMENT,
                         "its corpus is another (checksum %016" PRIx64
                         ") than that of the first process (%016" PRIx64 ")",
                         run->corpus, corpus);
    return lh_ranks_agree(ranks, status, error);
}

lh_status lh_run_align(lh_run *run, lh_error *error)
{
    lh_training_state state = state_of(run);
    lh_status status = lh_training_state_spread(run->workers.ranks, &state, error);
    run->place = state.place;
    lh_network_changed(run->network);
    return status;
}

/* ---- the whole ---- */

static lh_status compare_with(const lh_run *run, const lh_checkpoint *saved, lh_error *error)
{
    if (lh_checkpoint_corpus(saved) != run->corpus)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: that run was trained on another corpus (checksum %016" PRIx64
                       ", this one has %016" PRIx64 ")",
                       run->state_path, lh_checkpoint_corpus(saved), run->corpus);
    return lh_train_options_same(lh_checkpoint_options(saved), &run->options, error);
}

static lh_status open_state(lh_run *run, run_origin *origin, lh_error *error)
{
    origin->saved = lh_checkpoint_open(run->state_path, error);
    if (!origin->saved)
        return LH_ERROR_FORMAT;
    lh_status status = compare_with(run, origin->saved, error);
    if (status == LH_OK)
        status = lh_checkpoint_coding(origin->saved, &run->alphabet, &run->scale, error);
    const char *from = lh_checkpoint_from(origin->saved);
    if (status == LH_OK && from && !(run->from = joined(from, "")))
        status = lh_fail_memory(error, "the history of a model");
    return status;
}

/* How often each character occurs in the corpus, of all those in the alphabet: [alphabet]. */
static void count_characters(const lh_corpus *corpus, const lh_alphabet *alphabet,
                             lh_real *frequency)
{
    double count[LH_ALPHABET_MAX] = {0}, all = 0;
    for (size_t i = 0; i < lh_corpus_count(corpus); i++) {
        const char *text = lh_corpus_get(corpus, i).text;
        while (text && *text) {
            int index = lh_alphabet_index(alphabet, lh_utf8_next(&text));
            if (index >= 0) {
                count[index]++;
                all++;
            }
        }
    }
    for (int c = 0; c < alphabet->count; c++)
        frequency[c] = (lh_real)(all > 0 ? count[c] / all : 0);
}

/* Leaves out the window of a synthesis model: as if it always showed the corpus's text on average.
 */
static lh_status leave_window_out(lh_model *model, const lh_corpus *corpus, lh_error *error)
{
    lh_real frequency[LH_ALPHABET_MAX];
    count_characters(corpus, &model->alphabet, frequency);
    lh_network *network = lh_network_without_window(model->network, frequency, error);
    if (!network)
        return error->status;
    lh_network_free(model->network);
    model->network = network;
    model->alphabet = (lh_alphabet){0};
    return LH_OK;
}

static lh_status open_model(lh_run *run, const lh_corpus *corpus, const char *path,
                            run_origin *origin, lh_error *error)
{
    origin->model = lh_model_load(path, error);
    if (!origin->model)
        return LH_ERROR_FORMAT;
    if (run->options.network == LH_PREDICTION &&
        lh_network_architecture(origin->model->network)->kind == LH_SYNTHESIS &&
        leave_window_out(origin->model, corpus, error) != LH_OK)
        return error->status;
    const lh_architecture *a = lh_network_architecture(origin->model->network);
    if (a->mixtures < 1)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: its head is a %s; training is of networks that foretell a pen", path,
                       lh_head_name(a->head));
    run->options.network = a->kind;
    run->options.cell = a->cell;
    run->options.layers = a->layers;
    run->options.cells = a->cells;
    run->options.mixtures = a->mixtures;
    run->options.windows = a->windows;
    run->alphabet = origin->model->alphabet;
    run->scale = (lh_scale){origin->model->scale_x, origin->model->scale_y};
    run->from = joined(origin->model->history ? origin->model->history : "{}", "");
    return run->from ? LH_OK : lh_fail_memory(error, "the history of a model");
}

/* Options and names, and in the first rank what there is to go on from. */
static lh_status prepare(lh_run *run, const lh_corpus *corpus, const lh_train_files *files,
                         bool resume, run_origin *origin, lh_error *error)
{
    lh_status status = lh_train_options_check(&run->options, error);
    if (status == LH_OK && resume && files->from)
        status = lh_fail(error, LH_ERROR_ARGUMENT,
                         "a run is begun with a model's weights, or it is resumed: not both");
    if (status == LH_OK)
        status = name_files(run, files, error);
    if (status == LH_OK && lh_run_has_files(run))
        status = take_files(run, resume, error);
    if (status == LH_OK && resume && lh_run_has_files(run))
        status = open_state(run, origin, error);
    else if (status == LH_OK && files->from && lh_run_has_files(run))
        status = open_model(run, corpus, files->from, origin, error);
    return status;
}

/* All of a run that a rank can do for itself. */
static lh_status set_up(lh_run *run, const lh_corpus *corpus, const run_origin *origin,
                        lh_error *error)
{
    lh_status status = choose_license(run, corpus, origin, error);
    if (status == LH_OK)
        status = load_data(run, corpus, error);
    if (status == LH_OK)
        status = make_network(run, error);
    if (status == LH_OK && origin->saved)
        status = restore(run, origin->saved, error);
    else if (status == LH_OK)
        first_weights(run, origin->model);
    if (status == LH_OK && lh_run_has_files(run)) {
        run->log = lh_log_writer_open(run->log_path, run->place.step, error);
        status = run->log ? LH_OK : LH_ERROR_IO;
    }
    return status;
}

/* The alphabet and scale that the corpus asks for. */
static void code_as(lh_run *run, const lh_corpus *corpus)
{
    run->scale = lh_corpus_scale(corpus);
    run->corpus = lh_corpus_checksum(corpus);
    if (run->options.network == LH_SYNTHESIS)
        run->alphabet = *lh_corpus_alphabet(corpus);
}

lh_run *lh_run_new(lh_ranks *ranks, const lh_corpus *corpus, const lh_train_options *options,
                   const lh_train_files *files, bool resume, lh_error *error)
{
    lh_run *run = calloc(1, sizeof *run);
    if (!run) {
        lh_fail_memory(error, "a training run");
        return NULL;
    }
    run->options = *options;
    run->workers.ranks = ranks;
    code_as(run, corpus);
    run_origin origin = {0};
    lh_status status =
        lh_ranks_agree(ranks, prepare(run, corpus, files, resume, &origin, error), error);
    if (status == LH_OK)
        status = follow_first_rank(run, error);
    if (status == LH_OK)
        status = lh_ranks_agree(ranks, set_up(run, corpus, &origin, error), error);
    if (status == LH_OK)
        status = lh_run_align(run, error);
    forget_origin(&origin);
    if (status == LH_OK)
        return run;
    lh_run_free(run);
    return NULL;
}

void lh_run_free(lh_run *run)
{
    if (!run)
        return;
    lh_log_writer_close(run->log);
    for (int i = 0; i < 3; i++)
        lh_lock_release(run->lock[i]);
    lh_batch_gradient_free(run->gradient);
    lh_optimizer_free(run->optimizer);
    lh_weight_noise_free(run->noise);
    lh_augmenter_free(run->augmenter);
    lh_network_free(run->average);
    lh_network_free(run->network);
    lh_dataset_free(run->train);
    lh_dataset_free(run->valid);
    free(run->losses);
    free(run->order);
    free(run->license);
    free(run->from);
    free(run->model_path);
    free(run->state_path);
    free(run->log_path);
    free(run);
}
