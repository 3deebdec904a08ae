/* Training that begins with the weights of a model: they are taken as they are, with its sizes,
 * alphabet and scale, also on another corpus, and resuming knows them without the model. */
#include "check.h"
#include "tiny_corpus.h"

#include "base/extremes.h"
#include "nn/safetensors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct room {
    char *folder, *other_folder;
    lh_corpus *corpus, *other; /* `other` has another hand, and so another scale */
    char *old, *model, *state;
} room;

/* 2 layers of 16 cells, 8 lines a step: 5 steps an epoch. */
static lh_train_options small_options(double epochs)
{
    lh_train_options o = lh_train_options_default(LH_ADAM);
    o.layers = 2;
    o.cells = 16;
    o.mixtures = 3;
    o.windows = 2;
    o.train_splits = 1u << LH_SPLIT_TRAIN;
    o.batch = 8;
    o.epochs = epochs;
    o.learning_rate = 1e-2;
    o.threads = 1;
    return o;
}

static lh_status train(const lh_corpus *corpus, const lh_train_options *o, const char *model,
                       const char *from, bool resume, lh_train_callbacks *callbacks,
                       lh_error *error)
{
    const lh_train_files files = {.model = model, .from = from};
    return lh_train(corpus, o, &files, resume, callbacks, error);
}

/* Two corpora, and a model trained on the first. */
static room room_open(void)
{
    room r = {.folder = tiny_folder(), .other_folder = tiny_folder()};
    r.corpus = tiny_corpus(r.folder, 40, 12, 1);
    r.other = tiny_corpus(r.other_folder, 40, 12, 2);
    r.old = tiny_path(r.folder, "old");
    r.model = tiny_path(r.folder, "model");
    r.state = tiny_path(r.folder, "model.state");
    lh_train_options o = small_options(4);
    o.license = "May be used for anything.";
    lh_error error;
    check_ok(train(r.corpus, &o, r.old, NULL, false, NULL, &error), &error);
    return r;
}

static void room_close(room *r)
{
    lh_corpus_free(r->corpus);
    lh_corpus_free(r->other);
    free(r->old);
    free(r->model);
    free(r->state);
    tiny_remove(r->folder);
    tiny_remove(r->other_folder);
}

static lh_model *load(const char *path)
{
    lh_error error;
    lh_model *model = lh_model_load(path, &error);
    if (!model)
        fail_msg("%s", error.message);
    return model;
}

static double largest_difference(const lh_model *a, const lh_model *b)
{
    size_t size = lh_network_arena_size(a->network);
    assert_int_equal(lh_network_arena_size(b->network), size);
    const lh_real *one = lh_network_parameters_const(a->network);
    const lh_real *other = lh_network_parameters_const(b->network);
    double largest = 0;
    for (size_t i = 0; i < size; i++)
        lh_raise(&largest, fabs((double)(one[i] - other[i])));
    return largest;
}

/* Stops after the third step. */
static void count(void *user, const lh_train_event *e)
{
    *(uint64_t *)user = e->step;
}

static bool third(void *user)
{
    return *(const uint64_t *)user >= 3;
}

static void weights_sizes_and_coding_are_the_models(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(1);
    o.layers = 3;
    o.cells = 5;
    o.learning_rate = o.learning_rate_final = 1e-12;
    lh_error error;
    check_ok(train(r.other, &o, r.model, r.old, false, NULL, &error), &error);
    lh_model *old = load(r.old), *model = load(r.model);
    assert_true(largest_difference(old, model) < 1e-6);
    assert_memory_equal(&old->alphabet, &model->alphabet, sizeof old->alphabet);
    assert_true(model->scale_x == old->scale_x && model->scale_y == old->scale_y);
    assert_true(lh_corpus_scale(r.other).x != old->scale_x);
    assert_string_equal(model->license, "May be used for anything.");
    assert_non_null(strstr(model->history, "\"from\":{\"corpus\""));
    lh_model_free(old);
    lh_model_free(model);
    room_close(&r);
}

/* With a rate that teaches: the loss begins where the old model is, not where random weights are.
 */
/* The weights that both kinds have are the synthesis model's; that the window's part is kept as
 * well as a bias can is tested with the network. */
static void a_prediction_network_begins_with_a_synthesis_model(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(1);
    o.network = LH_TRAIN_PREDICTION;
    o.learning_rate = o.learning_rate_final = 1e-12;
    lh_error error;
    check_ok(train(r.corpus, &o, r.model, r.old, false, NULL, &error), &error);
    lh_model *old = load(r.old), *model = load(r.model);
    lh_architecture expected = *lh_network_architecture(old->network);
    expected.kind = LH_PREDICTION;
    expected.windows = expected.alphabet = 0;
    assert_memory_equal(&expected, lh_network_architecture(model->network), sizeof expected);
    assert_int_equal(model->alphabet.count, 0);
    const lh_tensor *one = lh_network_find(old->network, "output.weight");
    const lh_tensor *other = lh_network_find(model->network, "output.weight");
    for (int i = 0; i < one->rows * one->columns; i++)
        assert_float_equal(lh_network_parameters(old->network)[one->offset + (size_t)i],
                           lh_network_parameters(model->network)[other->offset + (size_t)i], 1e-6);
    lh_model_free(old);
    lh_model_free(model);
    room_close(&r);
}

static void what_the_model_knows_is_not_lost(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(0.2); /* one step */
    o.learning_rate = o.learning_rate_final = 1e-4;
    lh_error error;
    check_ok(train(r.corpus, &o, r.model, NULL, false, NULL, &error), &error);
    lh_model *fresh = load(r.model);
    unlink(r.state);
    check_ok(train(r.corpus, &o, r.model, r.old, false, NULL, &error), &error);
    lh_model *taught = load(r.model), *old = load(r.old);
    const char key[] = "\"valid_nats_per_line\":";
    double losses[3];
    const lh_model *models[] = {fresh, taught, old};
    for (int i = 0; i < 3; i++)
        losses[i] = strtod(strstr(models[i]->history, key) + strlen(key), NULL);
    /* The history of `taught` has that of `old` within it, after its own figures. */
    assert_true(fabs(losses[1] - losses[2]) < 0.1 * fabs(losses[0] - losses[2]));
    lh_model_free(fresh);
    lh_model_free(taught);
    lh_model_free(old);
    room_close(&r);
}

static void resuming_needs_the_model_no_more(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(2);
    lh_error error;
    check_ok(train(r.other, &o, r.model, r.old, false, NULL, &error), &error);
    lh_model *whole = load(r.model);
    unlink(r.state);
    uint64_t step = 0;
    lh_train_callbacks callbacks = {count, third, &step};
    assert_int_equal(train(r.other, &o, r.model, r.old, false, &callbacks, &error),
                     LH_ERROR_INTERRUPTED);
    unlink(r.old);
    check_ok(train(r.other, &o, r.model, NULL, true, NULL, &error), &error);
    lh_model *resumed = load(r.model);
    assert_true(largest_difference(whole, resumed) == 0);
    assert_string_equal(whole->history, resumed->history);
    assert_string_equal(whole->license, resumed->license);
    assert_true(whole->scale_x == resumed->scale_x && whole->scale_y == resumed->scale_y);
    lh_model_free(whole);
    lh_model_free(resumed);
    room_close(&r);
}

/* Calls a metadata key of the state by another name of the same length. */
static const char *cell_of(const char *path)
{
    lh_model *model = load(path);
    const char *name = lh_cell_name(lh_network_architecture(model->network)->cell);
    lh_model_free(model);
    return name;
}

static void the_kind_of_cell_is_the_models_and_the_state_knows_it(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options gated = small_options(2);
    gated.cell = lh_cell_find("gru");
    char *first = tiny_path(r.folder, "gated");
    lh_error error;
    check_ok(train(r.corpus, &gated, first, NULL, false, NULL, &error), &error);
    assert_string_equal(cell_of(first), "gru");
    lh_train_options o = small_options(2); /* of LSTM, if the model did not say otherwise */
    uint64_t step = 0;
    lh_train_callbacks callbacks = {count, third, &step};
    assert_int_equal(train(r.corpus, &o, r.model, first, false, &callbacks, &error),
                     LH_ERROR_INTERRUPTED);
    assert_int_equal(train(r.corpus, &o, r.model, NULL, true, NULL, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "cell"));
    check_ok(train(r.corpus, &gated, r.model, NULL, true, NULL, &error), &error);
    assert_string_equal(cell_of(r.model), "gru");
    free(first);
    room_close(&r);
}

static void rename_key(const char *path, const char *key, const char *other)
{
    size_t size;
    lh_error error;
    char *data = lh_file_read(path, 1 << 26, &size, &error);
    assert_non_null(data);
    size_t length = strlen(key), at = 0;
    while (at + length <= size && memcmp(data + at, key, length) != 0)
        at++;
    assert_true(at + length <= size);
    memcpy(data + at, other, length);
    FILE *stream = fopen(path, "wb");
    assert_int_equal(fwrite(data, 1, size, stream), size);
    fclose(stream);
    free(data);
}

static void states_without_a_coding_take_the_corpus_s_and_unfit_ones_are_refused(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(2);
    uint64_t step = 0;
    lh_train_callbacks callbacks = {count, third, &step};
    lh_error error;
    assert_int_equal(train(r.corpus, &o, r.model, NULL, false, &callbacks, &error),
                     LH_ERROR_INTERRUPTED);
    rename_key(r.state, "\"scale\":\"[", "\"scale\":\"{");
    assert_int_equal(train(r.corpus, &o, r.model, NULL, true, NULL, &error), LH_ERROR_FORMAT);
    assert_non_null(strstr(error.message, r.state));
    assert_non_null(strstr(error.message, "\"scale\""));
    rename_key(r.state, "\"scale\":", "\"scald\":");
    rename_key(r.state, "\"alphabet\":", "\"alphabed\":");
    check_ok(train(r.corpus, &o, r.model, NULL, true, NULL, &error), &error);
    lh_model *model = load(r.model);
    assert_true(model->scale_x == lh_corpus_scale(r.corpus).x);
    lh_model_free(model);
    room_close(&r);
}

static void what_cannot_begin_is_named(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(1);
    lh_error error;
    char *missing = tiny_path(r.folder, "none");
    assert_int_equal(train(r.corpus, &o, r.model, missing, false, NULL, &error), LH_ERROR_IO);
    assert_non_null(strstr(error.message, missing));
    check_fails(LH_ERROR_ARGUMENT, train(r.corpus, &o, r.model, r.old, true, NULL, &error), &error,
                "not both");
    assert_int_not_equal(access(r.model, F_OK), 0);
    assert_int_not_equal(access(r.state, F_OK), 0);
    free(missing);
    room_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_sizes_and_coding_are_the_models),
        cmocka_unit_test(a_prediction_network_begins_with_a_synthesis_model),
        cmocka_unit_test(what_the_model_knows_is_not_lost),
        cmocka_unit_test(the_kind_of_cell_is_the_models_and_the_state_knows_it),
        cmocka_unit_test(resuming_needs_the_model_no_more),
        cmocka_unit_test(states_without_a_coding_take_the_corpus_s_and_unfit_ones_are_refused),
        cmocka_unit_test(what_cannot_begin_is_named),
    };
    return cmocka_run_group_tests_name("training from a model", tests, NULL, NULL);
}
