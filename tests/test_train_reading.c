/* Training a network that reads, on a small corpus of made-up writing. */
#include "check.h"
#include "tiny_corpus.h"

#include <longhand/train.h>

#include "train/dataset.h"
#include "train/origin_weights.h"
#include "train/reading_batch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TRAIN = 60, VALID = 12 };

static char *folder, *model_path;
static lh_corpus *corpus;

static int open_corpus(void **state)
{
    (void)state;
    folder = tiny_folder();
    model_path = tiny_path(folder, "reader.safetensors");
    corpus = tiny_corpus(folder, TRAIN, VALID, 5);
    return 0;
}

static int close_corpus(void **state)
{
    (void)state;
    lh_corpus_free(corpus);
    tiny_remove(folder);
    free(model_path);
    return 0;
}

static lh_train_options options_for(double epochs)
{
    lh_train_options o = lh_train_options_for(LH_TRAIN_READING, LH_ADAM);
    o.layers = 2;
    o.cells = 16;
    o.train_splits = 1u << LH_SPLIT_TRAIN;
    o.batch = 6;
    o.epochs = epochs;
    o.learning_rate = 1e-2;
    o.ema = 0.9;
    o.threads = 2;
    o.jitter = 0.3;
    return o;
}

typedef struct course {
    double first, last; /* nats a line, of validations */
    int validations, stop_at;
} course;

static void watch(void *user, const lh_train_event *event)
{
    course *c = user;
    if (event->kind != LH_TRAIN_VALIDATED)
        return;
    if (c->validations++ == 0)
        c->first = event->nats_per_line;
    c->last = event->nats_per_line;
}

static bool stop(void *user)
{
    const course *c = user;
    return c->stop_at > 0 && c->validations >= c->stop_at;
}

static lh_status train(const lh_train_options *options, bool resume, course *c, lh_error *error)
{
    const lh_train_files files = {.model = model_path};
    const lh_train_callbacks callbacks = {watch, stop, c};
    return lh_train(corpus, options, &files, resume, &callbacks, error);
}

static void remove_run(void)
{
    static const char *const names[] = {"reader.safetensors", "reader.safetensors.state",
                                        "reader.safetensors.log.jsonl"};
    for (int i = 0; i < 3; i++) {
        char *path = tiny_path(folder, names[i]);
        unlink(path);
        free(path);
    }
}

static uint64_t trained_weights(void)
{
    lh_error error;
    lh_model *model = lh_model_load(model_path, &error);
    assert_non_null(model);
    const uint64_t weights = lh_network_fingerprint(model->network);
    lh_model_free(model);
    return weights;
}

static void it_learns_to_read(void **state)
{
    (void)state;
    lh_error error;
    course c = {0};
    const lh_train_options options = options_for(25);
    check_ok(train(&options, false, &c, &error), &error);
    assert_int_equal(c.validations, 25);
    /* To guess takes what it took at first. */
    if (!(c.last < 0.3 * c.first))
        fail_msg("%g nats a line became %g", c.first, c.last);
    lh_model *model = lh_model_load(model_path, &error);
    assert_non_null(model);
    const lh_architecture *a = lh_network_architecture(model->network);
    assert_string_equal(lh_head_name(a->head), "ctc");
    assert_int_equal(a->directions, 2);
    assert_int_equal(a->inputs, LH_FEATURES);
    assert_int_equal(a->alphabet, lh_corpus_alphabet(corpus)->count);
    lh_model_free(model);
    remove_run();
}

static void stopped_and_resumed_it_ends_the_same(void **state)
{
    (void)state;
    lh_error error;
    course whole = {0}, part = {.stop_at = 2}, rest = {0};
    const lh_train_options options = options_for(4);
    check_ok(train(&options, false, &whole, &error), &error);
    const uint64_t expected = trained_weights();
    remove_run();
    assert_int_equal(train(&options, false, &part, &error), LH_ERROR_INTERRUPTED);
    assert_true(trained_weights() != expected);
    check_ok(train(&options, true, &rest, &error), &error);
    assert_true(trained_weights() == expected);
    remove_run();
}

/* A network with random weights that reads the characters of `alphabet`. */
static lh_model reader_of(const char *alphabet, uint64_t seed)
{
    lh_error error;
    lh_rng rng;
    lh_model model = {.scale_x = 1, .scale_y = 1};
    assert_true(lh_alphabet_parse(&model.alphabet, alphabet));
    model.network = lh_network_new(&(lh_architecture){.layers = 2,
                                                      .cells = 5,
                                                      .alphabet = model.alphabet.count,
                                                      .head = lh_head_find("ctc"),
                                                      .inputs = LH_FEATURES,
                                                      .directions = 2},
                                   &error);
    assert_non_null(model.network);
    lh_rng_seed(&rng, seed, 0);
    lh_network_init(model.network, &rng);
    const lh_tensor *bias = lh_network_find(model.network, "output.bias");
    for (int k = 0; k <= model.alphabet.count; k++)
        lh_network_parameters(model.network)[bias->offset + (size_t)k] = (lh_real)(k * k - 2);
    return model;
}

static void outputs_of(const lh_model *model, lh_real *outputs)
{
    static const lh_real x[3 * LH_FEATURES] = {1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -2, -3};
    lh_error error;
    lh_workspace *workspace = lh_workspace_new(&error);
    const lh_sequence sequence = {.x = x, .steps = 3};
    lh_network_changed(model->network);
    check_ok(lh_network_outputs(model->network, workspace, &sequence, 1,
                                (lh_real *const[]){outputs}, &error),
             &error);
    lh_workspace_free(workspace);
}

static void more_characters_leave_the_others_as_they_were(void **state)
{
    (void)state;
    enum { KNOWN = 3, GROWN = 5 };
    static const int place[KNOWN + 1] = {1, 2, 4, 5}; /* of b, c, e and the blank in abcde */
    lh_real before[3 * (KNOWN + 1)], after[3 * (GROWN + 1)];
    lh_model known = reader_of("bce", 1), grown = reader_of("abcde", 2);
    outputs_of(&known, before);
    lh_origin_weights(grown.network, &grown.alphabet, &known);
    outputs_of(&grown, after);
    for (int t = 0; t < 3; t++)
        for (int k = 0; k <= KNOWN; k++)
            assert_true(fabsf(after[t * (GROWN + 1) + place[k]] - before[t * (KNOWN + 1) + k]) <
                        1e-5f);
    /* -2, -1 and 2 are the biases of b, c and e. */
    const lh_tensor *bias = lh_network_find(grown.network, "output.bias");
    assert_true(lh_network_parameters(grown.network)[bias->offset] == -2);
    assert_true(lh_network_parameters(grown.network)[bias->offset + 3] == -2);
    lh_network_free(known.network);
    lh_network_free(grown.network);
}

static void it_goes_on_from_a_model_that_reads(void **state)
{
    (void)state;
    lh_error error;
    char *old = tiny_path(folder, "old.safetensors");
    course c = {0}, more = {0};
    lh_train_options options = options_for(6);
    check_ok(train(&options, false, &c, &error), &error);
    assert_int_equal(rename(model_path, old), 0);
    remove_run();
    options.epochs = 0.1;
    options.learning_rate = options.learning_rate_final = 1e-6;
    const lh_train_files files = {.model = model_path, .from = old};
    const lh_train_callbacks callbacks = {watch, stop, &more};
    check_ok(lh_train(corpus, &options, &files, false, &callbacks, &error), &error);
    if (!(fabs(more.last - c.last) < 0.01 * c.last))
        fail_msg("%g nats a line became %g", c.last, more.last);
    remove_run();
    options.network = LH_TRAIN_SYNTHESIS;
    assert_int_equal(lh_train(corpus, &options, &files, false, NULL, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "old.safetensors: this network reads"));
    free(old);
}

static lh_dataset *dataset_with_features(void)
{
    lh_error error;
    const lh_dataset_options wanted = {.splits = 1u << LH_SPLIT_TRAIN,
                                       .alphabet = lh_corpus_alphabet(corpus),
                                       .scale_x = 1,
                                       .scale_y = 1,
                                       .features = true};
    lh_dataset *dataset = lh_dataset_new(corpus, &wanted, &error);
    assert_non_null(dataset);
    return dataset;
}

static bool same_sequence(const lh_sequence *a, const lh_sequence *b)
{
    return a->steps == b->steps &&
           memcmp(a->x, b->x, (size_t)a->steps * LH_FEATURES * sizeof *a->x) == 0;
}

static void lines_change_with_the_epoch_and_nothing_else(void **state)
{
    (void)state;
    enum { LINES = 5 };
    static const size_t batch[LINES] = {9, 3, 40, 3, 0}, alone[1] = {3};
    lh_error error;
    lh_dataset *dataset = dataset_with_features();
    lh_reading_augmenter *one = lh_reading_augmenter_new(LINES, &error);
    lh_reading_augmenter *other = lh_reading_augmenter_new(LINES, &error);
    const lh_reading_change how = {.slant = 0.1, .size = 0.1, .jitter = 1, .seed = 4};
    const lh_sequence *a = lh_reading_augment(one, &how, dataset, batch, LINES, 2, 1, &error);
    const lh_sequence *b = lh_reading_augment(other, &how, dataset, alone, 1, 2, 2, &error);
    assert_true(a && b);
    assert_true(same_sequence(&a[1], &b[0]) && same_sequence(&a[3], &b[0]));
    assert_false(same_sequence(&a[1], &lh_dataset_sequences(dataset)[3]));
    b = lh_reading_augment(other, &how, dataset, alone, 1, 3, 2, &error);
    assert_false(same_sequence(&a[1], &b[0]));
    lh_reading_augmenter_free(one);
    lh_reading_augmenter_free(other);
    lh_dataset_free(dataset);
}

static void without_change_lines_are_themselves(void **state)
{
    (void)state;
    static const size_t batch[1] = {7};
    lh_error error;
    lh_dataset *dataset = dataset_with_features();
    lh_reading_augmenter *augmenter = lh_reading_augmenter_new(1, &error);
    const lh_reading_change how = {.seed = 4};
    const lh_sequence *a = lh_reading_augment(augmenter, &how, dataset, batch, 1, 2, 1, &error);
    const lh_sequence *whole = &lh_dataset_sequences(dataset)[7];
    assert_non_null(a);
    assert_int_equal(a->steps, whole->steps);
    for (int k = 0; k < a->steps * LH_FEATURES; k++)
        assert_true(fabsf(a->x[k] - whole->x[k]) < 1e-3f);
    lh_reading_augmenter_free(augmenter);
    lh_dataset_free(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_learns_to_read),
        cmocka_unit_test(stopped_and_resumed_it_ends_the_same),
        cmocka_unit_test(more_characters_leave_the_others_as_they_were),
        cmocka_unit_test(it_goes_on_from_a_model_that_reads),
        cmocka_unit_test(lines_change_with_the_epoch_and_nothing_else),
        cmocka_unit_test(without_change_lines_are_themselves),
    };
    return cmocka_run_group_tests(tests, open_corpus, close_corpus);
}
