/* What a training run goes on from: see run_origin.h. */
#include "run_origin.h"

#include "corpus/iam_name.h"
#include "train_options.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void lh_origin_forget(lh_run_origin *origin)
{
    lh_checkpoint_close(origin->saved);
    lh_model_free(origin->model);
    *origin = (lh_run_origin){0};
}

/* ---- a state ---- */

static lh_status compare_with(const lh_run *run, const lh_checkpoint *saved, lh_error *error)
{
    if (lh_checkpoint_corpus(saved) != run->corpus)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: that run was trained on another corpus (checksum %016" PRIx64
                       ", this one has %016" PRIx64 ")",
                       run->state_path, lh_checkpoint_corpus(saved), run->corpus);
    return lh_train_options_same(lh_checkpoint_options(saved), &run->options, error);
}

lh_status lh_origin_open_state(lh_run_origin *origin, lh_run *run, lh_error *error)
{
    origin->saved = lh_checkpoint_open(run->state_path, error);
    if (!origin->saved)
        return error->status;
    lh_status status = compare_with(run, origin->saved, error);
    if (status == LH_OK)
        status = lh_checkpoint_coding(origin->saved, &run->alphabet, &run->scale, error);
    const char *from = lh_checkpoint_from(origin->saved);
    if (status == LH_OK && from && !(run->from = strdup(from)))
        status = lh_fail_memory(error, "the history of a model");
    return status;
}

/* ---- a model ---- */

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

/* A model is trained on as what it is, and one that reads only where that is asked for: other
 * defaults go with it. */
static lh_status take_kind(lh_run *run, const lh_architecture *a, const char *path, lh_error *error)
{
    const lh_purpose purpose = lh_purpose_of(a);
    const bool reads = purpose == LH_FOR_READING;
    if (purpose == LH_FOR_TASK || reads != (run->options.network == LH_TRAIN_READING))
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s: this network %s; what is to be trained %s",
                       path, lh_purpose_words(purpose),
                       run->options.network == LH_TRAIN_READING ? "reads" : "writes");
    if (reads && (lh_inputs(a) != LH_FEATURES || lh_directions(a) != 2))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: this network reads %d numbers a point in %s; those that are trained "
                       "read %d, in both directions",
                       path, lh_inputs(a), lh_directions(a) == 2 ? "both directions" : "one",
                       LH_FEATURES);
    if (!reads)
        run->options.network = (lh_train_network)a->kind;
    return LH_OK;
}

static void add_characters(lh_alphabet *alphabet, const lh_alphabet *more)
{
    for (int i = 0; i < more->count; i++)
        lh_alphabet_add(alphabet, more->codepoint[i]);
}

lh_status lh_origin_open_model(lh_run_origin *origin, lh_run *run, const lh_corpus *corpus,
                               const char *path, lh_error *error)
{
    origin->model = lh_model_load(path, error);
    if (!origin->model)
        return error->status;
    if (run->options.network == LH_TRAIN_PREDICTION &&
        lh_network_architecture(origin->model->network)->kind == LH_SYNTHESIS &&
        leave_window_out(origin->model, corpus, error) != LH_OK)
        return error->status;
    const lh_architecture *a = lh_network_architecture(origin->model->network);
    lh_status status = take_kind(run, a, path, error);
    if (status != LH_OK)
        return status;
    run->options.cell = a->cell;
    run->options.skips = a->no_skips;
    run->options.layers = a->layers;
    run->options.cells = a->cells;
    run->options.mixtures = a->mixtures ? a->mixtures : run->options.mixtures;
    run->options.windows = a->windows;
    run->alphabet = origin->model->alphabet;
    if (run->options.network == LH_TRAIN_READING)
        add_characters(&run->alphabet, lh_corpus_alphabet(corpus));
    run->scale = (lh_scale){origin->model->scale_x, origin->model->scale_y};
    run->from = strdup(origin->model->history ? origin->model->history : "{}");
    return run->from ? LH_OK : lh_fail_memory(error, "the history of a model");
}

/* ---- licence note ---- */

static const char *default_license(const lh_corpus *corpus)
{
    return iam_is_in(corpus)
               ? "Weights trained on the IAM On-Line Handwriting Database (M. Liwicki, H. Bunke, "
                 "ICDAR 2005), which is free for non-commercial research only; so are they."
               : "";
}

lh_status lh_origin_license(const lh_run_origin *origin, lh_run *run, const lh_corpus *corpus,
                            lh_error *error)
{
    const char *note = run->options.license;
    if (!note && origin->saved)
        note = lh_checkpoint_license(origin->saved) ? lh_checkpoint_license(origin->saved) : "";
    if (!note && origin->model)
        note = origin->model->license;
    run->license = strdup(note ? note : default_license(corpus));
    run->options.license = NULL;
    return run->license ? LH_OK : lh_fail_memory(error, "the licence note");
}
