/* Setting up a training run: see run_setup.h. */
#include "run_setup.h"

#include "origin_weights.h"
#include "random_streams.h"
#include "run_origin.h"
#include "train_options.h"

#include <inttypes.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- files ---- */

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
    run->model_path = strdup(files->model);
    run->state_path = files->state ? strdup(files->state) : joined(files->model, ".state");
    run->log_path = files->log ? strdup(files->log) : joined(files->model, ".log.jsonl");
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
            return error->status;
    }
    if (!resume && access(run->state_path, F_OK) == 0)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: the state of a training run is there: resume it, or remove the file",
                       run->state_path);
    return LH_OK;
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
    if (o->network != LH_TRAIN_PREDICTION)
        wanted.alphabet = &run->alphabet;
    wanted.features = o->network == LH_TRAIN_READING;
    run->train = lh_dataset_new(corpus, &wanted, error);
    wanted.splits = o->valid_splits;
    wanted.max_lines = (size_t)o->max_valid_lines;
    wanted.rare_weight = 1;
    if (run->train)
        run->valid = lh_dataset_new(corpus, &wanted, error);
    if (!run->valid)
        return error->status;
    run->batches = lh_batches(lh_dataset_count(run->train), o->batch);
    run->planned = UINT64_MAX;
    run->order = malloc(lh_dataset_count(run->train) * sizeof *run->order);
    run->losses = malloc(lh_dataset_count(run->valid) * sizeof *run->losses);
    return run->order && run->losses ? LH_OK : lh_fail_memory(error, "the order of lines");
}

static lh_architecture architecture_of(const lh_run *run)
{
    const lh_train_options *o = &run->options;
    lh_architecture a = {.layers = o->layers,
                         .cells = o->cells,
                         .alphabet = run->alphabet.count,
                         .cell = o->cell,
                         .no_skips = o->skips};
    switch (o->network) {
    case LH_TRAIN_READING:
        a.head = lh_head_find("ctc");
        a.inputs = LH_FEATURES;
        a.directions = 2;
        break;
    case LH_TRAIN_SYNTHESIS:
        a.kind = LH_SYNTHESIS;
        a.windows = o->windows;
        a.mixtures = o->mixtures;
        break;
    default:
        a.mixtures = o->mixtures;
    }
    return a;
}

static lh_status make_augmenter(lh_run *run, lh_error *error)
{
    const lh_train_options *o = &run->options;
    const bool reading = o->network == LH_TRAIN_READING;
    const bool changed = o->slant > 0 || o->size > 0 || o->dropout > 0;
    if (reading && (changed || o->jitter > 0))
        run->reading_augmenter = lh_reading_augmenter_new(o->batch, error);
    else if (!reading && changed)
        run->augmenter = lh_augmenter_new(error);
    else
        return LH_OK;
    return run->augmenter || run->reading_augmenter ? LH_OK : error->status;
}

static lh_status make_network(lh_run *run, lh_error *error)
{
    const lh_train_options *o = &run->options;
    const lh_architecture architecture = architecture_of(run);
    run->network = lh_network_new(&architecture, error);
    if (!run->network)
        return error->status;
    if (o->ema > 0) {
        run->average = lh_network_new(&architecture, error);
        if (!run->average)
            return error->status;
    }
    run->optimizer = lh_optimizer_new(o->optimizer, lh_network_arena_size(run->network), error);
    if (o->weight_noise != LH_NOISE_NONE) {
        run->noise = lh_weight_noise_new(run->network, o->weight_noise, o->noise_deviation, error);
        if (!run->noise)
            return error->status;
    }
    if (make_augmenter(run, error) != LH_OK)
        return error->status;
    if (run->optimizer)
        run->gradient = lh_batch_gradient_new(run->network, NULL, o->batch, &run->workers, error);
    return run->gradient ? LH_OK : error->status;
}

/* Random weights, or those of `model` if that is not NULL. */
static void first_weights(lh_run *run, const lh_model *model)
{
    lh_rng rng;
    lh_rng_seed(&rng, run->options.seed, lh_stream_weights());
    lh_network_init(run->network, &rng);
    if (model)
        lh_origin_weights(run->network, &run->alphabet, model);
    lh_network_changed(run->network);
    if (run->average)
        memcpy(lh_network_parameters(run->average), lh_network_parameters(run->network),
               lh_network_arena_size(run->network) * sizeof(lh_real));
}

/* ---- the whole ---- */

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

/* Options and names, and in the first rank what there is to go on from. */
static lh_status prepare(lh_run *run, const lh_corpus *corpus, const lh_train_files *files,
                         bool resume, lh_run_origin *origin, lh_error *error)
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
        status = lh_origin_open_state(origin, run, error);
    else if (status == LH_OK && files->from && lh_run_has_files(run))
        status = lh_origin_open_model(origin, run, corpus, files->from, error);
    return status;
}

/* All of a run that a rank can do for itself. */
static lh_status set_up(lh_run *run, const lh_corpus *corpus, const lh_run_origin *origin,
                        lh_error *error)
{
    lh_status status = lh_origin_license(origin, run, corpus, error);
    if (status == LH_OK)
        status = load_data(run, corpus, error);
    if (status == LH_OK)
        status = make_network(run, error);
    if (status == LH_OK && origin->saved)
        status = lh_run_restore(run, origin->saved, error);
    else if (status == LH_OK)
        first_weights(run, origin->model);
    if (status == LH_OK && lh_run_has_files(run)) {
        run->log = lh_log_writer_open(run->log_path, run->place.step, error);
        status = run->log ? LH_OK : error->status;
    }
    return status;
}

/* The alphabet and scale that the corpus asks for. */
static void code_as(lh_run *run, const lh_corpus *corpus)
{
    /* Features are in heights of letters. */
    run->scale =
        run->options.network == LH_TRAIN_READING ? (lh_scale){1, 1} : lh_corpus_scale(corpus);
    run->corpus = lh_corpus_checksum(corpus);
    if (run->options.network != LH_TRAIN_PREDICTION)
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
    lh_run_origin origin = {0};
    lh_status status =
        lh_ranks_agree(ranks, prepare(run, corpus, files, resume, &origin, error), error);
    if (status == LH_OK)
        status = follow_first_rank(run, error);
    if (status == LH_OK)
        status = lh_ranks_agree(ranks, set_up(run, corpus, &origin, error), error);
    if (status == LH_OK)
        status = lh_run_align(run, error);
    lh_origin_forget(&origin);
    if (status == LH_OK)
        return run;
    lh_run_free(run);
    return NULL;
}
