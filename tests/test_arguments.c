/* Every public function with arguments that cannot be: none crashes, and what can fail says why.
 * arguments.h tells how it is noticed that a function, or an argument of one, was left out. */
#include "arguments.h"

#include "document/table.h"
#include "tiny_corpus.h"
#include "write_model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static char *folder;
static lh_corpus *corpus;
static lh_model *model, *prediction;
static lh_ink *ink;
static lh_style *style;
static lh_writer *writer;
static lh_written *written;
static lh_page *page;
static FILE *stream;
static const lh_write_options *const plain = &lh_write_defaults;

static int set_up(void **state)
{
    (void)state;
    folder = tiny_folder();
    corpus = tiny_corpus(folder, 4, 2, 1);
    model = write_model_new(&write_model_plain);
    prediction = write_model_prediction();
    ink = write_model_ink(20);
    style = lh_style_new("style", ink, "a b", NULL);
    writer = lh_writer_new(model, style, NULL);
    lh_write_options options = lh_write_defaults;
    options.tries = 0;
    options.proofread = false;
    options.keep = LH_KEEP_OUTPUT;
    written = lh_write_text(writer, &options, "ab", NULL);
    page = lh_page_new(&lh_paper_default, NULL);
    stream = fopen("/dev/null", "w");
    return !(written && page && stream &&
             lh_page_add_line(page, ink, "ab", (lh_placing){1, 1, 1, 0}, NULL) == LH_OK);
}

static int tear_down(void **state)
{
    (void)state;
    fclose(stream);
    lh_page_free(page);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_style_free(style);
    lh_ink_free(ink);
    lh_model_free(prediction);
    lh_model_free(model);
    lh_corpus_free(corpus);
    tiny_remove(folder);
    return 0;
}

/* ---- base -------------------------------------------------------------------------------------
 */

static void base_refuses(void **state)
{
    (void)state;
    lh_rng rng;
    lh_alphabet alphabet;
    lh_error told;
    int32_t *indices;
    size_t count;
    const char *none = NULL;
    char out[5];
    lh_rng_seed(&rng, 1, 0);
    assert_true(lh_alphabet_parse(&alphabet, " ab"));
    GIVES(LH_ERROR_IO, lh_fail(&told, LH_ERROR_IO, NULL));
    GIVES(NO_SUCH(lh_status), lh_fail(NULL, NO_SUCH(lh_status), "a"));
    GIVES(LH_ERROR_MEMORY, lh_fail_memory(&told, NULL));
    IGNORES(lh_rng_seed(NULL, 1, 0));
    GIVES(0, lh_rng_next(NULL));
    GIVES(0, lh_rng_uniform(NULL));
    GIVES(0, lh_rng_normal(NULL));
    GIVES(0, lh_rng_below(NULL, 3));
    GIVES(0, lh_rng_below(&rng, 0));
    GIVES(0, lh_utf8_next(NULL));
    GIVES(0, lh_utf8_next(&none));
    GIVES(false, lh_utf8_valid(NULL));
    GIVES(0, lh_utf8_encode('a', NULL));
    GIVES(0, lh_utf8_encode(0xd800, out));
    GIVES(0, lh_utf8_encode(0x110000, out));
    GIVES(-1, lh_alphabet_index(NULL, 'a'));
    GIVES(false, lh_alphabet_add(NULL, 'a'));
    GIVES(false, lh_alphabet_add(&alphabet, 0));
    GIVES(false, lh_alphabet_add(&alphabet, UINT32_MAX));
    GIVES(false, lh_alphabet_parse(NULL, "a"));
    GIVES(false, lh_alphabet_parse(&alphabet, NULL));
    GIVES(NULL, lh_alphabet_string(NULL));
    REFUSES(lh_alphabet_encode(NULL, "a", &indices, &count, error));
    REFUSES(lh_alphabet_encode(&alphabet, NULL, &indices, &count, error));
    REFUSES(lh_alphabet_encode(&alphabet, "a", NULL, &count, error));
    REFUSES(lh_alphabet_encode(&alphabet, "a", &indices, NULL, error));
}

static void files_refuse(void **state)
{
    (void)state;
    size_t size;
    lh_error told;
    MAKES_NOTHING(lh_output_open(NULL, error));
    GIVES(NULL, lh_output_stream(NULL));
    REFUSES(lh_output_commit(NULL, error));
    IGNORES(lh_output_discard(NULL));
    GIVES(LH_ERROR_IO, lh_output_end(NULL, LH_ERROR_IO, &told));
    GIVES(NO_SUCH(lh_status), lh_output_end(NULL, NO_SUCH(lh_status), &told));
    MAKES_NOTHING(lh_file_read(NULL, 1, &size, error));
    MAKES_NOTHING(lh_file_read("/dev/null", 1, NULL, error));
}

/* ---- ink --------------------------------------------------------------------------------------
 */

static void ink_refuses(void **state)
{
    (void)state;
    size_t position = 0, count;
    const lh_point *points;
    lh_offset offset;
    lh_curve curve;
    lh_cleaning odd = lh_cleaning_default;
    odd.max_gap = NAN;
    lh_point before = ink->points[0];
    lh_ink_free(lh_ink_new(NULL));
    arguments_note("lh_ink_new(error)");
    IGNORES(lh_ink_free(NULL));
    MAKES_NOTHING(lh_ink_copy(NULL, error));
    IGNORES(lh_ink_clear(NULL));
    REFUSES(lh_ink_add(NULL, before, error));
    REFUSES(lh_ink_append(NULL, ink, 0, 0, 0, error));
    REFUSES(lh_ink_append(ink, NULL, 0, 0, 0, error));
    GIVES(false, lh_ink_next_stroke(NULL, &position, &points, &count));
    GIVES(false, lh_ink_next_stroke(ink, NULL, &points, &count));
    GIVES(false, lh_ink_next_stroke(ink, &position, NULL, &count));
    GIVES(false, lh_ink_next_stroke(ink, &position, &points, NULL));
    GIVES(0, lh_ink_to_offsets(NULL, &offset));
    GIVES(0, lh_ink_to_offsets(ink, NULL));
    REFUSES(lh_ink_clean(NULL, &lh_cleaning_default, NULL, error));
    REFUSES(lh_ink_clean(ink, NULL, NULL, error));
    REFUSES(lh_ink_clean(ink, &odd, NULL, error));
    GIVES_EMPTY(lh_box, lh_ink_bounds(NULL));
    IGNORES(lh_ink_move(NULL, 1, 1));
    IGNORES(lh_ink_move(ink, NAN, 1));
    assert_memory_equal(&before, ink->points, sizeof before);
    GIVES_EMPTY(lh_baseline, lh_ink_baseline(NULL));
    REFUSES(lh_ink_level(NULL, error));
    REFUSES(lh_curve_fit(NULL, 1, 1, &curve, error));
    REFUSES(lh_curve_fit(ink->points, 0, 1, &curve, error));
    REFUSES(lh_curve_fit(ink->points, 1, NAN, &curve, error));
    REFUSES(lh_curve_fit(ink->points, 1, -1, &curve, error));
    REFUSES(lh_curve_fit(ink->points, 1, 1, NULL, error));
    IGNORES(lh_curve_free(NULL));
    const lh_baseline baseline = {.height = 1};
    lh_features features = {0};
    REFUSES(lh_features_of(NULL, 1, &baseline, 1, &features, error));
    REFUSES(lh_features_of(ink->points, 1, NULL, 1, &features, error));
    REFUSES(lh_features_of(ink->points, 1, &baseline, NAN, &features, error));
    REFUSES(lh_features_of(ink->points, 1, &baseline, 1, NULL, error));
    IGNORES(lh_features_free(NULL));
}

/* ---- corpus -----------------------------------------------------------------------------------
 */

static void corpus_refuses(void **state)
{
    (void)state;
    unsigned mask;
    const char *const source[] = {folder, NULL};
    lh_prepare_options options = lh_prepare_defaults(), odd = options;
    lh_ink empty = {0};
    odd.min_points_per_character = NAN;
    assert_string_equal(lh_split_name(NO_SUCH(lh_split)), "none");
    arguments_note("lh_split_name(NO_SUCH)");
    REFUSES(lh_split_parse(NULL, &mask, error));
    REFUSES(lh_split_parse("all", NULL, error));
    MAKES_NOTHING(lh_iam_read(NULL, error));
    REFUSES(lh_iam_write(NULL, "x.xml", error));
    REFUSES(lh_iam_write_to(NULL, stdout, error));
    REFUSES(lh_iam_write_to(ink, NULL, error));
    REFUSES(lh_iam_write(&empty, "x.xml", error));
    REFUSES(lh_iam_write(ink, NULL, error));
    MAKES_NOTHING(lh_recording_read(NULL, error));
    IGNORES(lh_recording_free(NULL));
    MAKES_NOTHING(lh_corpus_open(NULL, error));
    IGNORES(lh_corpus_free(NULL));
    GIVES(0, lh_corpus_count(NULL));
    GIVES(NULL, lh_corpus_get(NULL, 0).name);
    GIVES(NULL, lh_corpus_get(corpus, SIZE_MAX).name);
    GIVES(SIZE_MAX, lh_corpus_find(NULL, "a"));
    GIVES(SIZE_MAX, lh_corpus_find(corpus, NULL));
    GIVES_EMPTY(lh_scale, lh_corpus_scale(NULL));
    GIVES(NULL, lh_corpus_alphabet(NULL));
    GIVES(0, lh_corpus_checksum(NULL));
    GIVES(NULL, lh_corpus_report(NULL));
    REFUSES(lh_corpus_prepare(NULL, 1, &options, "x.lhc", error));
    REFUSES(lh_corpus_prepare(source, 0, &options, "x.lhc", error));
    REFUSES(lh_corpus_prepare(source + 1, 1, &options, "x.lhc", error));
    REFUSES(lh_corpus_prepare(source, 1, NULL, "x.lhc", error));
    REFUSES(lh_corpus_prepare(source, 1, &odd, "x.lhc", error));
    REFUSES(lh_corpus_prepare(source, 1, &options, NULL, error));
}

/* ---- networks ---------------------------------------------------------------------------------
 */

static void networks_refuse(void **state)
{
    (void)state;
    GIVES(3, lh_ctc_steps(NULL, 3));
    lh_rng rng;
    lh_real window[LH_ALPHABET_MAX] = {0};
    lh_network *network = model->network;
    lh_architecture odd = *lh_network_architecture(network);
    odd.kind = NO_SUCH(lh_network_kind);
    lh_rng_seed(&rng, 1, 0);
    GIVES(0, lh_output_size(NULL));
    GIVES(false, lh_architecture_same(NULL, &odd));
    GIVES(false, lh_architecture_same(&odd, NULL));
    GIVES(-1, lh_cell_find(NULL));
    GIVES(-1, lh_head_find(NULL));
    MAKES_NOTHING(lh_network_new(NULL, error));
    MAKES_NOTHING(lh_network_new(&odd, error));
    odd.kind = LH_SYNTHESIS;
    odd.layers = -1;
    MAKES_NOTHING(lh_network_new(&odd, error));
    IGNORES(lh_network_free(NULL));
    IGNORES(lh_network_init(NULL, &rng));
    IGNORES(lh_network_init(network, NULL));
    GIVES(NULL, lh_network_architecture(NULL));
    GIVES(NULL, lh_network_parameters(NULL));
    GIVES(NULL, lh_network_parameters_const(NULL));
    GIVES(0, lh_network_arena_size(NULL));
    GIVES(0, lh_network_weight_count(NULL));
    GIVES(0, lh_network_tensor_count(NULL));
    GIVES(NULL, lh_network_tensor(NULL, 0));
    GIVES(NULL, lh_network_tensor(network, lh_network_tensor_count(network)));
    GIVES(NULL, lh_network_find(NULL, "output.bias"));
    GIVES(NULL, lh_network_find(network, NULL));
    GIVES(0, lh_network_fingerprint(NULL));
    MAKES_NOTHING(lh_network_without_window(NULL, window, error));
    MAKES_NOTHING(lh_network_without_window(network, NULL, error));
    MAKES_NOTHING(lh_network_without_window(prediction->network, window, error));
    IGNORES(lh_network_changed(NULL));
    assert_non_null(lh_kernels_name());
}

static void batches_refuse(void **state)
{
    (void)state;
    lh_network *network = prediction->network;
    lh_workspace *workspace = lh_workspace_new(NULL);
    arguments_note("lh_workspace_new(error)");
    lh_real x[LH_INPUTS] = {0};
    lh_sequence sequence = {.x = x, .steps = 1}, none = {.steps = 1};
    lh_loss loss;
    lh_real *gradient = calloc(lh_network_arena_size(network), sizeof *gradient);
    assert_non_null(gradient);
    IGNORES(lh_workspace_free(NULL));
    REFUSES(lh_products_check(NO_SUCH(lh_products), error));
    REFUSES(lh_workspace_set_products(NULL, LH_PRODUCTS_FLOAT32, error));
    REFUSES(lh_workspace_set_products(workspace, NO_SUCH(lh_products), error));
    REFUSES(lh_network_loss(NULL, workspace, &sequence, 1, &loss, error));
    REFUSES(lh_network_loss(network, NULL, &sequence, 1, &loss, error));
    REFUSES(lh_network_loss(network, workspace, NULL, 1, &loss, error));
    REFUSES(lh_network_loss(network, workspace, &sequence, 0, &loss, error));
    REFUSES(lh_network_loss(network, workspace, &none, 1, &loss, error));
    REFUSES(lh_network_loss(network, workspace, &sequence, 1, NULL, error));
    REFUSES(lh_network_loss(model->network, workspace, &sequence, 1, &loss, error));
    REFUSES(lh_network_gradient(NULL, workspace, &sequence, 1, NULL, gradient, &loss, error));
    REFUSES(lh_network_gradient(network, NULL, &sequence, 1, NULL, gradient, &loss, error));
    REFUSES(lh_network_gradient(network, workspace, NULL, 1, NULL, gradient, &loss, error));
    REFUSES(lh_network_gradient(network, workspace, &sequence, -1, NULL, gradient, &loss, error));
    REFUSES(lh_network_gradient(network, workspace, &sequence, 1, NULL, NULL, &loss, error));
    REFUSES(lh_network_gradient(network, workspace, &sequence, 1, NULL, gradient, NULL, error));
    free(gradient);
    lh_workspace_free(workspace);
}

static void states_refuse(void **state)
{
    (void)state;
    lh_network *network = model->network;
    lh_state *s = lh_state_new(network, 1, NULL);
    lh_state *other = lh_state_new(prediction->network, 1, NULL);
    const lh_real x[LH_INPUTS] = {0};
    const int32_t text[] = {0}, odd[] = {-1};
    MAKES_NOTHING(lh_state_new(NULL, 1, error));
    MAKES_NOTHING(lh_state_new(network, 0, error));
    IGNORES(lh_state_free(NULL));
    IGNORES(lh_state_reset(NULL, 0));
    IGNORES(lh_state_reset(s, 1));
    REFUSES(lh_state_set_text(NULL, 0, text, 1, error));
    REFUSES(lh_state_set_text(s, -1, text, 1, error));
    REFUSES(lh_state_set_text(s, 0, NULL, 1, error));
    REFUSES(lh_state_set_text(s, 0, text, -1, error));
    REFUSES(lh_state_set_text(s, 0, odd, 1, error));
    IGNORES(lh_state_shift_kappa(NULL, 0, 1));
    IGNORES(lh_state_shift_kappa(s, 1, 1));
    IGNORES(lh_state_shift_kappa(s, 0, NAN));
    REFUSES(lh_state_copy(NULL, 0, s, 0, error));
    REFUSES(lh_state_copy(s, 0, NULL, 0, error));
    REFUSES(lh_state_copy(s, 1, s, 0, error));
    REFUSES(lh_state_copy(s, 0, other, 0, error));
    IGNORES(lh_network_step(NULL, s, x, 1));
    IGNORES(lh_network_step(network, NULL, x, 1));
    IGNORES(lh_network_step(network, s, NULL, 1));
    IGNORES(lh_network_step(network, s, x, 2));
    IGNORES(lh_network_step(network, s, x, -1));
    GIVES(NULL, lh_state_output(NULL, 0));
    GIVES(NULL, lh_state_output(s, 1));
    GIVES(NULL, lh_state_hidden(NULL, 0, 0));
    GIVES(NULL, lh_state_hidden(s, 0, LH_LAYERS_MAX));
    GIVES(NULL, lh_state_gate(NULL, 0, 0, LH_GATE_INPUT));
    GIVES(NULL, lh_state_gate(s, 0, 0, NO_SUCH(lh_gate)));
    GIVES(NULL, lh_state_kappa(NULL, 0));
    GIVES(NULL, lh_state_phi(NULL, 0));
    GIVES(NULL, lh_state_phi(s, 7));
    GIVES(0, lh_state_characters(NULL, 0));
    GIVES(NULL, lh_state_text(NULL, 0));
    lh_state_free(other);
    lh_state_free(s);
}

static void mixtures_refuse(void **state)
{
    (void)state;
    const lh_real output[1 + 6] = {0};
    lh_real x[3];
    lh_rng rng;
    lh_mixture mixture, none = {.count = 0};
    lh_rng_seed(&rng, 1, 0);
    lh_mixture_read(output, 1, 0, &mixture);
    IGNORES(lh_mixture_read(NULL, 1, 0, &mixture));
    IGNORES(lh_mixture_read(output, 1, 0, NULL));
    IGNORES(lh_mixture_read(output, LH_MIXTURES_MAX + 1, 0, &mixture));
    IGNORES(lh_mixture_read(output, -1, 0, &mixture));
    IGNORES(lh_mixture_read(output, 1, NAN, &mixture));
    assert_int_equal(mixture.count, 1);
    IGNORES(lh_mixture_sample(NULL, &rng, x, NULL));
    IGNORES(lh_mixture_sample(&none, &rng, x, NULL));
    IGNORES(lh_mixture_sample(&mixture, NULL, x, NULL));
    IGNORES(lh_mixture_sample(&mixture, &rng, NULL, NULL));
    GIVES(-INFINITY, lh_mixture_log_density(NULL, 0, 0));
    GIVES(-INFINITY, lh_mixture_log_density(&none, 0, 0));
    IGNORES(lh_pen_mixture(NULL, 1, 0, 0, &mixture));
    IGNORES(lh_pen_mixture(output, 0, 0, 0, &mixture));
    IGNORES(lh_pen_mixture(output, 1, -1, 0, &mixture));
    IGNORES(lh_pen_mixture(output, 1, 0, 0, NULL));
}

static void optimisers_refuse(void **state)
{
    (void)state;
    lh_real values[2] = {1, 1};
    const lh_real gradient[2] = {3, 4};
    lh_optimizer *optimizer = lh_optimizer_new(LH_ADAM, 2, NULL);
    MAKES_NOTHING(lh_optimizer_new(NO_SUCH(lh_optimizer_kind), 2, error));
    MAKES_NOTHING(lh_optimizer_new(LH_ADAM, 0, error));
    IGNORES(lh_optimizer_free(NULL));
    IGNORES(lh_optimizer_step(NULL, values, gradient, 1, 1));
    IGNORES(lh_optimizer_step(optimizer, NULL, gradient, 1, 1));
    IGNORES(lh_optimizer_step(optimizer, values, NULL, 1, 1));
    IGNORES(lh_optimizer_step(optimizer, values, gradient, NAN, 1));
    assert_true(values[0] == 1 && lh_optimizer_steps(optimizer) == 0);
    IGNORES(lh_optimizer_step(optimizer, values, gradient, 1, -1));
    assert_true(values[0] < 1);
    GIVES(0, lh_optimizer_steps(NULL));
    IGNORES(lh_optimizer_set_steps(NULL, 1));
    GIVES(0, lh_optimizer_moment_count(NULL));
    GIVES(NULL, lh_optimizer_moment(NULL, 0));
    GIVES(NULL, lh_optimizer_moment(optimizer, 2));
    GIVES(NULL, lh_optimizer_moment_name(NULL, 0));
    GIVES(false, lh_optimizer_moment_is_square(NULL, 0));
    GIVES(NULL, lh_optimizer_moment_name(optimizer, -1));
    GIVES(0, lh_gradient_norm(NULL, 2, 1));
    GIVES(5, lh_gradient_norm(gradient, 2, 0));
    lh_optimizer_free(optimizer);
}

static void model_files_refuse(void **state)
{
    (void)state;
    lh_model none = {.network = NULL};
    MAKES_NOTHING(lh_model_load(NULL, error));
    IGNORES(lh_model_free(NULL));
    REFUSES(lh_model_save(NULL, "x", LH_PRECISION_FLOAT32, error));
    REFUSES(lh_model_save(&none, "x", LH_PRECISION_FLOAT32, error));
    REFUSES(lh_model_save(model, NULL, LH_PRECISION_FLOAT32, error));
    REFUSES(lh_model_save(model, "x", NO_SUCH(lh_precision), error));
}

/* ---- training ---------------------------------------------------------------------------------
 */

static void datasets_refuse(void **state)
{
    (void)state;
    lh_dataset_options options = {.splits = ~0U, .scale_x = 1, .scale_y = 1}, odd = options;
    lh_dataset *dataset = lh_dataset_new(corpus, &options, NULL);
    const lh_network *network = prediction->network;
    lh_loss losses[6];
    lh_null_model null;
    assert_true(lh_dataset_count(dataset) == 6);
    odd.scale_x = NAN;
    MAKES_NOTHING(lh_dataset_new(NULL, &options, error));
    MAKES_NOTHING(lh_dataset_new(corpus, NULL, error));
    MAKES_NOTHING(lh_dataset_new(corpus, &odd, error));
    IGNORES(lh_dataset_free(NULL));
    GIVES(0, lh_dataset_count(NULL));
    GIVES(0, lh_dataset_points(NULL));
    GIVES(NULL, lh_dataset_sequences(NULL));
    GIVES(SIZE_MAX, lh_dataset_line(NULL, 0));
    GIVES(SIZE_MAX, lh_dataset_line(dataset, 6));
    GIVES(0, lh_dataset_left_out(NULL));
    REFUSES(lh_dataset_loss(NULL, dataset, 1, NULL, NULL, losses, error));
    REFUSES(lh_dataset_loss(network, NULL, 1, NULL, NULL, losses, error));
    REFUSES(lh_dataset_loss(network, dataset, -1, NULL, NULL, losses, error));
    REFUSES(lh_dataset_loss(network, dataset, 1, NULL, NULL, NULL, error));
    REFUSES(lh_null_model_fit(NULL, &null, error));
    REFUSES(lh_null_model_fit(dataset, NULL, error));
    GIVES_EMPTY(lh_loss, lh_null_model_loss(NULL, lh_dataset_sequences(dataset)));
    GIVES_EMPTY(lh_loss, lh_null_model_loss(&null, NULL));
    GIVES_EMPTY(lh_score, lh_score_of(NULL, 1, 1, 1));
    GIVES_EMPTY(lh_score, lh_score_of(losses, 0, 1, 1));
    GIVES_EMPTY(lh_score, lh_score_of(losses, 1, 0, NAN));
    lh_dataset_free(dataset);
}

static void training_refuses(void **state)
{
    (void)state;
    lh_train_options options = lh_train_options_default(NO_SUCH(lh_optimizer_kind)), odd;
    arguments_note("lh_train_options_default(NO_SUCH)");
    double low, high;
    GIVES(false, lh_train_option_range(offsetof(lh_train_options, cells), NULL, &high));
    GIVES(false, lh_train_option_range(offsetof(lh_train_options, cells), &low, NULL));
    odd = lh_train_options_for(NO_SUCH(lh_train_network), NO_SUCH(lh_optimizer_kind));
    arguments_note("lh_train_options_for(NO_SUCH, NO_SUCH)");
    const lh_train_files files = {.model = "/dev/null/model"}, none = {.model = NULL};
    REFUSES(lh_train_options_load(NULL, &options, error));
    REFUSES(lh_train_options_load("x.state", NULL, error));
    options = lh_train_options_default(LH_ADAM);
    REFUSES(lh_train(NULL, &options, &files, false, NULL, error));
    REFUSES(lh_train(corpus, NULL, &files, false, NULL, error));
    REFUSES(lh_train(corpus, &options, NULL, false, NULL, error));
    REFUSES(lh_train(corpus, &options, &none, false, NULL, error));
    REFUSES(lh_train(corpus, &odd, &files, false, NULL, error));
    odd = options;
    odd.schedule = NO_SUCH(lh_schedule);
    REFUSES(lh_train(corpus, &odd, &files, false, NULL, error));
    odd = options;
    odd.optimizer = (lh_optimizer_kind)-1;
    REFUSES(lh_train(corpus, &odd, &files, false, NULL, error));
    odd = options;
    odd.train_splits = 1U << LH_SPLIT_COUNT;
    REFUSES(lh_train(corpus, &odd, &files, false, NULL, error));
    odd = options;
    odd.learning_rate = NAN;
    REFUSES(lh_train(corpus, &odd, &files, false, NULL, error));
}

static void ranks_refuse(void **state)
{
    (void)state;
    lh_train_options options = lh_train_options_default(LH_ADAM);
    const lh_train_files files = {.model = "/dev/null/model"}, none = {.model = NULL};
    REFUSES(lh_ranks_join(NULL, error));
    IGNORES(lh_ranks_leave(NULL));
    GIVES(1, lh_ranks_count(NULL));
    GIVES(0, lh_ranks_rank(NULL));
    GIVES(false, lh_ranks_lost(NULL));
    IGNORES(lh_ranks_set_stop(NULL, NULL, NULL));
    REFUSES(lh_ranks_agree(NULL, NO_SUCH(lh_status), error));
    REFUSES(lh_train_together(NULL, NULL, &options, &files, false, NULL, error));
    REFUSES(lh_train_together(NULL, corpus, NULL, &files, false, NULL, error));
    REFUSES(lh_train_together(NULL, corpus, &options, NULL, false, NULL, error));
    REFUSES(lh_train_together(NULL, corpus, &options, &none, false, NULL, error));
}

static void logs_refuse(void **state)
{
    (void)state;
    MAKES_NOTHING(lh_training_log_read(NULL, error));
    IGNORES(lh_training_log_free(NULL));
}

/* ---- writing ----------------------------------------------------------------------------------
 */

static void styles_refuse(void **state)
{
    (void)state;
    lh_ink empty = {0};
    MAKES_NOTHING(lh_style_new(NULL, ink, "a", error));
    MAKES_NOTHING(lh_style_new("a", NULL, "a", error));
    MAKES_NOTHING(lh_style_new("a", &empty, "a", error));
    MAKES_NOTHING(lh_style_new("a", ink, NULL, error));
    MAKES_NOTHING(lh_style_read(NULL, NULL, error));
    IGNORES(lh_style_free(NULL));
    GIVES_EMPTY(lh_measures, lh_measure_hand(NULL, "a"));
    GIVES_EMPTY(lh_measures, lh_measure_hand(ink, NULL));
}

static void writing_refuses(void **state)
{
    (void)state;
    lh_written *out[1] = {NULL};
    const char *const texts[] = {"a", NULL};
    lh_write_options odd = lh_write_defaults;
    odd.bias = NAN;
    lh_text text = {"a", writer, plain, 0}, none = {NULL, writer, plain, 0};
    lh_text no_writer = {"a", NULL, plain, 0}, no_options = {"a", writer, NULL, 0};
    lh_model hollow = {.network = NULL};
    MAKES_NOTHING(lh_writer_new(NULL, style, error));
    MAKES_NOTHING(lh_writer_new(&hollow, NULL, error));
    MAKES_NOTHING(lh_writer_new(prediction, style, error));
    IGNORES(lh_writer_free(NULL));
    REFUSES(lh_writer_find_hand(NULL, plain, "a", 0, error));
    REFUSES(lh_writer_find_hand(writer, NULL, "a", 0, error));
    REFUSES(lh_writer_find_hand(writer, plain, NULL, 0, error));
    MAKES_NOTHING(lh_write_text(NULL, plain, "a", error));
    MAKES_NOTHING(lh_write_text(writer, NULL, "a", error));
    MAKES_NOTHING(lh_write_text(writer, plain, NULL, error));
    MAKES_NOTHING(lh_write_text(writer, &odd, "a", error));
    REFUSES(lh_write_texts(NULL, plain, texts, 1, 0, out, error));
    REFUSES(lh_write_texts(writer, NULL, texts, 1, 0, out, error));
    REFUSES(lh_write_texts(writer, plain, NULL, 1, 0, out, error));
    REFUSES(lh_write_texts(writer, plain, texts + 1, 1, 0, out, error));
    REFUSES(lh_write_texts(writer, plain, texts, 1, 0, NULL, error));
    REFUSES(lh_write_each(NULL, 1, out, error));
    REFUSES(lh_write_each(&none, 1, out, error));
    REFUSES(lh_write_each(&no_writer, 1, out, error));
    REFUSES(lh_write_each(&no_options, 1, out, error));
    REFUSES(lh_write_each(&text, 1, NULL, error));
    REFUSES(lh_writer_check(NULL, "a", error));
    REFUSES(lh_writer_check(writer, NULL, error));
    assert_null(out[0]);
    GIVES(false, lh_can_write(NULL, 'a'));
    assert_string_equal(lh_fault_name(NO_SUCH(lh_fault)), "none");
    arguments_note("lh_fault_name(NO_SUCH)");
}

static void what_was_written_refuses(void **state)
{
    (void)state;
    lh_guard_report report = {0};
    IGNORES(lh_guard_report_add(NULL, &report));
    IGNORES(lh_guard_report_add(&report, NULL));
    IGNORES(lh_written_free(NULL));
    GIVES_EMPTY(lh_box, lh_written_bounds(NULL, 0, 1));
    GIVES_EMPTY(lh_box, lh_written_bounds(written, SIZE_MAX, 2));
    MAKES_NOTHING(lh_written_words(NULL, 0, 1, error));
}

static void sampling_refuses(void **state)
{
    (void)state;
    lh_write_options odd = lh_write_defaults;
    lh_written *out[1];
    lh_ink empty = {0};
    lh_model hollow = {.network = NULL};
    odd.bias = -1;
    MAKES_NOTHING(lh_sample(NULL, NULL, plain, 1, 0, error));
    MAKES_NOTHING(lh_sample(&hollow, NULL, plain, 1, 0, error));
    MAKES_NOTHING(lh_sample(prediction, &empty, plain, 1, 0, error));
    MAKES_NOTHING(lh_sample(prediction, NULL, NULL, 1, 0, error));
    MAKES_NOTHING(lh_sample(prediction, NULL, &odd, 1, 0, error));
    MAKES_NOTHING(lh_sample(prediction, NULL, plain, 0, 0, error));
    REFUSES(lh_complete(NULL, ink, "a", plain, 1, 1, out, error));
    REFUSES(lh_complete(model, NULL, "a", plain, 1, 1, out, error));
    REFUSES(lh_complete(model, &empty, "a", plain, 1, 1, out, error));
    REFUSES(lh_complete(model, ink, NULL, plain, 1, 1, out, error));
    REFUSES(lh_complete(model, ink, "a", NULL, 1, 1, out, error));
    REFUSES(lh_complete(model, ink, "a", &odd, 1, 1, out, error));
    REFUSES(lh_complete(model, ink, "a", plain, 0, 1, out, error));
    REFUSES(lh_complete(model, ink, "a", plain, 1, 0, out, error));
    REFUSES(lh_complete(model, ink, "a", plain, 1, 1, NULL, error));
}

static void pens_refuse(void **state)
{
    (void)state;
    lh_write_options odd = lh_write_defaults;
    odd.keep = 1U << 31;
    lh_pen *pen = lh_pen_new(writer, plain, 0, NULL);
    MAKES_NOTHING(lh_pen_new(NULL, plain, 0, error));
    MAKES_NOTHING(lh_pen_new(writer, NULL, 0, error));
    MAKES_NOTHING(lh_pen_new(writer, &odd, 0, error));
    IGNORES(lh_pen_free(NULL));
    REFUSES(lh_pen_append(NULL, "a", error));
    REFUSES(lh_pen_append(pen, NULL, error));
    IGNORES(lh_pen_finish(NULL));
    IGNORES(lh_pen_proofread(NULL, true));
    REFUSES(lh_pen_write(NULL, error));
    GIVES(false, lh_pen_behind(NULL));
    REFUSES(lh_pen_truncate(NULL, 0, error));
    IGNORES(lh_pen_forget(NULL));
    GIVES(NULL, lh_pen_written(NULL));
    GIVES(NULL, lh_pen_text(NULL));
    lh_pen_free(pen);
}

/* ---- pages ------------------------------------------------------------------------------------
 */

static void paper_refuses(void **state)
{
    (void)state;
    lh_paper paper = lh_paper_default, odd = paper;
    uint32_t colour;
    REFUSES(lh_paper_set_size(NULL, "a4", error));
    REFUSES(lh_paper_set_size(&paper, NULL, error));
    REFUSES(lh_paper_set_size(&paper, "nanx-1", error));
    REFUSES(lh_paper_set_ruling(NULL, "ruled", error));
    REFUSES(lh_paper_set_ruling(&paper, NULL, error));
    REFUSES(lh_paper_check(NULL, error));
    odd.width = NAN;
    REFUSES(lh_paper_check(&odd, error));
    odd = paper;
    odd.ruling = NO_SUCH(lh_ruling);
    REFUSES(lh_paper_check(&odd, error));
    odd.pitch = 0;
    GIVES(0, lh_paper_rows(NULL));
    GIVES(0, lh_paper_rows(&odd));
    GIVES(0, lh_paper_row(NULL, 1));
    GIVES(0, lh_paper_room(NULL));
    GIVES(0, lh_paper_scale(NULL, 1));
    GIVES(0, lh_paper_scale(&paper, NAN));
    REFUSES(lh_colour_parse(NULL, &colour, error));
    REFUSES(lh_colour_parse("red", NULL, error));
}

static void pages_refuse(void **state)
{
    (void)state;
    lh_placing placing = {0, 0, 1, 0}, odd = {NAN, 0, 1, 0}, flat = {0, 0, 0, 0};
    lh_ink empty = {0};
    lh_steps steps = lh_steps_of(written), none = {.count = ink->count};
    lh_tint tint = {0, 1};
    MAKES_NOTHING(lh_page_new(NULL, error));
    IGNORES(lh_page_free(NULL));
    REFUSES(lh_page_add_line(NULL, ink, "a", placing, error));
    REFUSES(lh_page_add_line(page, NULL, "a", placing, error));
    REFUSES(lh_page_add_line(page, ink, NULL, placing, error));
    REFUSES(lh_page_add_line(page, &empty, "a", odd, error));
    REFUSES(lh_page_add_line(page, ink, "a", flat, error));
    GIVES(0, lh_steps_of(NULL).count);
    REFUSES(lh_page_set_steps(NULL, 0, &steps, error));
    REFUSES(lh_page_set_steps(page, 1, &steps, error));
    REFUSES(lh_page_set_steps(page, 0, NULL, error));
    REFUSES(lh_page_set_steps(page, 0, &none, error));
    steps.mixtures = -1;
    REFUSES(lh_page_set_steps(page, 0, &steps, error));
    REFUSES(lh_page_set_tints(NULL, 0, &tint, 1, error));
    REFUSES(lh_page_set_tints(page, 1, &tint, 1, error));
    REFUSES(lh_page_set_tints(page, 0, NULL, ink->count, error));
    IGNORES(lh_page_fit(NULL));
    REFUSES(lh_page_set_pen(NULL, 1, error));
    REFUSES(lh_page_set_pen(page, NAN, error));
    GIVES(0, lh_page_pen(NULL));
    REFUSES(lh_page_set_title(NULL, "a", error));
    REFUSES(lh_page_set_title(page, NULL, error));
    REFUSES(lh_page_note(NULL, "a", "b", error));
    REFUSES(lh_page_note(page, NULL, "b", error));
    REFUSES(lh_page_note(page, "a", NULL, error));
    GIVES(NULL, lh_page_paper(NULL));
    GIVES(0, lh_page_count(NULL));
    GIVES(NULL, lh_page_get(NULL, 0).ink);
    GIVES(NULL, lh_page_get(page, 1).ink);
    GIVES(NULL, lh_page_title(NULL));
    GIVES(NULL, lh_page_notes(NULL));
}

static void pictures_refuse(void **state)
{
    (void)state;
    const lh_page *const pages[] = {page, NULL};
    const lh_svg_options svg = lh_svg_defaults;
    const lh_paint_options paint = lh_paint_defaults;
    lh_svg_options odd_svg = svg;
    lh_paint_options odd_paint = paint;
    lh_look look;
    odd_svg.tolerance = odd_paint.tolerance = NAN;
    REFUSES(lh_svg_write(NULL, 1, &svg, stream, error));
    REFUSES(lh_svg_write(pages, 0, &svg, stream, error));
    REFUSES(lh_svg_write(pages, 2, &svg, stream, error));
    REFUSES(lh_svg_write(pages, 1, NULL, stream, error));
    REFUSES(lh_svg_write(pages, 1, &odd_svg, stream, error));
    REFUSES(lh_svg_write(pages, 1, &svg, NULL, error));
    REFUSES(lh_pdf_write(NULL, 1, &paint, stream, error));
    REFUSES(lh_pdf_write(pages, 0, &paint, stream, error));
    REFUSES(lh_pdf_write(pages, 1, NULL, stream, error));
    REFUSES(lh_pdf_write(pages, 1, &odd_paint, stream, error));
    REFUSES(lh_pdf_write(pages, 1, &paint, NULL, error));
    REFUSES(lh_png_write(NULL, 100, &paint, stream, error));
    REFUSES(lh_png_write(page, NAN, &paint, stream, error));
    REFUSES(lh_png_write(page, 100, NULL, stream, error));
    REFUSES(lh_png_write(page, 100, &paint, NULL, error));
    REFUSES(lh_look_parse(NULL, &look, error));
    REFUSES(lh_look_parse("ink", NULL, error));
    REFUSES(lh_look_write_svg(NULL, LH_LOOK_INK, stream, error));
    REFUSES(lh_look_write_svg(page, NO_SUCH(lh_look), stream, error));
    REFUSES(lh_look_write_svg(page, LH_LOOK_INK, NULL, error));
    REFUSES(lh_look_write_png(NULL, LH_LOOK_INK, 100, stream, error));
    REFUSES(lh_look_write_png(page, NO_SUCH(lh_look), 100, stream, error));
    REFUSES(lh_look_write_png(page, LH_LOOK_INK, -1, stream, error));
    REFUSES(lh_look_write_png(page, LH_LOOK_INK, 100, NULL, error));
}

static void machines_refuse(void **state)
{
    (void)state;
    const lh_page *const pages[] = {page, NULL};
    const lh_gcode_options gcode = lh_gcode_grbl;
    lh_gcode_options odd = gcode, order = gcode;
    odd.start = NULL;
    order.order = NO_SUCH(lh_stroke_order);
    REFUSES(lh_gcode_write(NULL, 1, &gcode, stream, error));
    REFUSES(lh_gcode_write(pages, 0, &gcode, stream, error));
    REFUSES(lh_gcode_write(pages, 1, NULL, stream, error));
    REFUSES(lh_gcode_write(pages, 1, &odd, stream, error));
    REFUSES(lh_gcode_write(pages, 1, &order, stream, error));
    REFUSES(lh_gcode_write(pages, 1, &gcode, NULL, error));
    REFUSES(lh_hpgl_write(NULL, 1, 1, LH_ORDER_SHORT, stream, error));
    REFUSES(lh_hpgl_write(pages, 2, 1, LH_ORDER_SHORT, stream, error));
    REFUSES(lh_hpgl_write(pages, 1, NAN, LH_ORDER_SHORT, stream, error));
    REFUSES(lh_hpgl_write(pages, 1, 1, NO_SUCH(lh_stroke_order), stream, error));
    REFUSES(lh_hpgl_write(pages, 1, 1, LH_ORDER_SHORT, NULL, error));
    REFUSES(lh_dxf_write(NULL, 1, 1, stream, error));
    REFUSES(lh_dxf_write(pages, 2, 1, stream, error));
    REFUSES(lh_dxf_write(pages, 1, NAN, stream, error));
    REFUSES(lh_dxf_write(pages, 1, 1, NULL, error));
    GIVES(NULL, lh_format_find(NULL, true));
    GIVES(NULL, lh_format_names(~0u, NULL, 0));
    REFUSES(lh_json_lines_write(NULL, 1, stream, error));
    REFUSES(lh_json_lines_write(pages, 0, stream, error));
    REFUSES(lh_json_lines_write(pages, 1, NULL, error));
    REFUSES(lh_trace_lines_write(NULL, 1, stream, error));
    REFUSES(lh_trace_lines_write(pages, 2, stream, error));
    REFUSES(lh_trace_lines_write(pages, 1, NULL, error));
}

/* ---- documents --------------------------------------------------------------------------------
 */

static void signs_and_tables_refuse(void **state)
{
    (void)state;
    lh_signs *signs = lh_signs_new(NULL);
    arguments_note("lh_signs_new(error)");
    lh_table *table = lh_table_parse("a,b\n1,2\n", "x.csv", NULL);
    IGNORES(lh_signs_free(NULL));
    REFUSES(lh_signs_read(NULL, "x.txt", error));
    REFUSES(lh_signs_read(signs, NULL, error));
    MAKES_NOTHING(lh_table_read(NULL, error));
    IGNORES(lh_table_free(NULL));
    GIVES(NULL, lh_table_get(NULL, 1, "a"));
    GIVES(NULL, lh_table_get(table, 0, "a"));
    GIVES(NULL, lh_table_get(table, 2, "a"));
    GIVES(NULL, lh_table_get(table, 1, NULL));
    MAKES_NOTHING(lh_table_fill(NULL, 1, "{a}", error));
    MAKES_NOTHING(lh_table_fill(table, 2, "{a}", error));
    MAKES_NOTHING(lh_table_fill(table, 1, NULL, error));
    lh_table_free(table);
    lh_signs_free(signs);
}

static void desks_refuse(void **state)
{
    (void)state;
    lh_document_options options = lh_document_defaults(), odd = options;
    lh_model hollow = {.network = NULL};
    lh_desk *desk = lh_desk_new(model, &options, NULL);
    lh_document_job job = {.text = "a"}, none = {.text = NULL};
    lh_error told;
    MAKES_NOTHING(lh_desk_new(NULL, &options, error));
    MAKES_NOTHING(lh_desk_new(&hollow, &options, error));
    MAKES_NOTHING(lh_desk_new(model, NULL, error));
    odd.pen = NAN;
    MAKES_NOTHING(lh_desk_new(model, &odd, error));
    odd = options;
    odd.width = -1;
    MAKES_NOTHING(lh_desk_new(model, &odd, error));
    odd = options;
    odd.write.rows = 0;
    MAKES_NOTHING(lh_desk_new(model, &odd, error));
    IGNORES(lh_desk_free(NULL));
    REFUSES(lh_desk_write(NULL, &job, 1, error));
    REFUSES(lh_desk_write(desk, NULL, 1, error));
    assert_int_equal(lh_desk_write(desk, &none, 1, &told), LH_OK);
    assert_int_equal(none.error.status, LH_ERROR_ARGUMENT);
    lh_document_flow no_flow = {.user = NULL};
    REFUSES(lh_desk_write_all(NULL, &no_flow, error));
    REFUSES(lh_desk_write_all(desk, NULL, error));
    REFUSES(lh_desk_write_all(desk, &no_flow, error));
    MAKES_NOTHING(lh_desk_write_one(NULL, "a", 1, error));
    MAKES_NOTHING(lh_desk_write_one(desk, NULL, 1, error));
    IGNORES(lh_document_free(NULL));
    GIVES(0, lh_document_seed(1, NULL));
    lh_desk_free(desk);
}

static void sources_refuse(void **state)
{
    (void)state;
    const char *const paths[] = {"a.txt", NULL};
    lh_sources *sources = lh_sources_of_text("a", NULL);
    MAKES_NOTHING(lh_sources_of_files(NULL, 1, error));
    MAKES_NOTHING(lh_sources_of_files(paths, 0, error));
    MAKES_NOTHING(lh_sources_of_files(paths, 2, error));
    MAKES_NOTHING(lh_sources_of_table(NULL, NULL, error));
    MAKES_NOTHING(lh_sources_of_text(NULL, error));
    IGNORES(lh_sources_free(NULL));
    REFUSES(lh_sources_choose(NULL, "text", error));
    IGNORES(lh_sources_choose(sources, NULL, NULL));
    REFUSES(lh_sources_choose(sources, "nobody", error));
    GIVES(0, lh_sources_count(NULL));
    GIVES(NULL, lh_sources_name(NULL, 0));
    GIVES(NULL, lh_sources_name(sources, 1));
    lh_sources_free(sources);
}

static void batches_of_texts_refuse(void **state)
{
    (void)state;
    const lh_document_options document = lh_document_defaults();
    const lh_model hollow = {.network = NULL};
    lh_sources *sources = lh_sources_of_text("a", NULL);
    lh_batch_options options = lh_batch_defaults();
    lh_batch_report report;
    REFUSES(lh_batch_write(model, &document, sources, &options, &report, error)); /* no output */
    options.output = "-";
    REFUSES(lh_batch_write(NULL, &document, sources, &options, &report, error));
    REFUSES(lh_batch_write(&hollow, &document, sources, &options, &report, error));
    REFUSES(lh_batch_write(model, NULL, sources, &options, &report, error));
    REFUSES(lh_batch_write(model, &document, NULL, &options, &report, error));
    REFUSES(lh_batch_write(model, &document, sources, NULL, &report, error));
    lh_batch_options odd = options;
    odd.format = NULL;
    REFUSES(lh_batch_write(model, &document, sources, &odd, NULL, error));
    odd = options;
    odd.read_count = 1;
    REFUSES(lh_batch_write(model, &document, sources, &odd, &report, error));
    lh_sources_free(sources);
}

/* ---- all --------------------------------------------------------------------------------------
 */

static void every_function_and_argument_was_tried(void **state)
{
    (void)state;
    arguments_check_all();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base_refuses),
        cmocka_unit_test(files_refuse),
        cmocka_unit_test(ink_refuses),
        cmocka_unit_test(corpus_refuses),
        cmocka_unit_test(networks_refuse),
        cmocka_unit_test(batches_refuse),
        cmocka_unit_test(states_refuse),
        cmocka_unit_test(mixtures_refuse),
        cmocka_unit_test(optimisers_refuse),
        cmocka_unit_test(model_files_refuse),
        cmocka_unit_test(datasets_refuse),
        cmocka_unit_test(training_refuses),
        cmocka_unit_test(ranks_refuse),
        cmocka_unit_test(logs_refuse),
        cmocka_unit_test(styles_refuse),
        cmocka_unit_test(writing_refuses),
        cmocka_unit_test(what_was_written_refuses),
        cmocka_unit_test(sampling_refuses),
        cmocka_unit_test(pens_refuse),
        cmocka_unit_test(paper_refuses),
        cmocka_unit_test(pages_refuse),
        cmocka_unit_test(pictures_refuse),
        cmocka_unit_test(machines_refuse),
        cmocka_unit_test(signs_and_tables_refuse),
        cmocka_unit_test(desks_refuse),
        cmocka_unit_test(sources_refuse),
        cmocka_unit_test(batches_of_texts_refuse),
        cmocka_unit_test(every_function_and_argument_was_tried),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
