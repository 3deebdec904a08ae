/* The networks that come with the programs: they are what the README says, and write. */
#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *asset(const char *name)
{
    const char *source = getenv("LONGHAND_SOURCE");
    assert_non_null(source);
    size_t size = strlen(source) + strlen(name) + sizeof "/assets/";
    char *path = malloc(size);
    assert_non_null(path);
    snprintf(path, size, "%s/assets/%s", source, name);
    return path;
}

static lh_model *load(const char *name, off_t limit)
{
    char *path = asset(name);
    struct stat status;
    if (stat(path, &status) != 0)
        fail_msg("%s: not there", path);
    if (status.st_size > limit)
        fail_msg("%s: %lld bytes, more than %lld", path, (long long)status.st_size,
                 (long long)limit);
    lh_error error;
    lh_model *model = lh_model_load(path, &error);
    if (!model)
        fail_msg("%s", error.message);
    free(path);
    return model;
}

static void the_synthesis_network_is_the_papers(void **state)
{
    (void)state;
    lh_model *model = load("longhand.safetensors", 8 << 20);
    const lh_architecture *a = lh_network_architecture(model->network);
    assert_int_equal(a->kind, LH_SYNTHESIS);
    assert_int_equal(a->layers, 3);
    assert_int_equal(a->cells, 400);
    assert_int_equal(a->mixtures, 20);
    assert_int_equal(a->windows, 10);
    const char *needed =
        " !\"'(),-.0123456789:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (const char *c = needed; *c; c++)
        if (lh_alphabet_index(&model->alphabet, (uint32_t)*c) < 0)
            fail_msg("'%c' cannot be written", *c);
    lh_model_free(model);
}

static void the_networks_tell_where_they_are_from(void **state)
{
    (void)state;
    static const char *const names[] = {"longhand.safetensors", "prediction.safetensors"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        lh_model *model = load(names[i], 8 << 20);
        assert_non_null(model->license);
        assert_non_null(strstr(model->license, "non-commercial research"));
        assert_non_null(model->history);
        assert_non_null(strstr(model->history, "\"valid_nats_per_line\""));
        lh_model_free(model);
    }
}

/* A network that has not learned to read would have most of its words refused. */
static void the_guard_is_content_with_most_words(void **state)
{
    (void)state;
    lh_model *model = load("longhand.safetensors", 8 << 20);
    lh_error error;
    lh_writer *writer = lh_writer_new(model, NULL, &error);
    assert_non_null(writer);
    static const char *const texts[] = {
        "the quick brown fox jumps over a lazy dog",
        "We walked along the river until it was dark.",
        "She asked him, \"Have you seen my other shoe?\"",
        "In 1948 they moved to a house by the sea.",
    };
    enum { TEXTS = sizeof texts / sizeof *texts };
    lh_written *written[TEXTS];
    lh_write_options options = lh_write_defaults;
    check_ok(lh_write_texts(writer, &options, texts, TEXTS, 0, written, &error), &error);
    lh_guard_report all = {0};
    for (int i = 0; i < TEXTS; i++) {
        assert_string_equal(written[i]->text, texts[i]);
        lh_guard_report_add(&all, &written[i]->report);
        /* A hand's line is wide, not high. */
        lh_box box = lh_written_bounds(written[i], 0, written[i]->words);
        assert_true(box.right - box.left > 4 * (box.bottom - box.top));
        lh_written_free(written[i]);
    }
    if (10 * all.flawed > all.words)
        fail_msg("%d of %d words are flawed", all.flawed, all.words);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void the_prediction_network_draws(void **state)
{
    (void)state;
    lh_model *model = load("prediction.safetensors", 8 << 20);
    assert_int_equal(lh_network_architecture(model->network)->kind, LH_PREDICTION);
    lh_error error;
    lh_written *written = lh_sample(model, NULL, &lh_write_defaults, 400, 0, &error);
    if (!written)
        fail_msg("%s", error.message);
    assert_true(written->ink->count >= 400);
    size_t strokes = 0;
    for (size_t i = 0; i < written->ink->count; i++)
        strokes += written->ink->points[i].end != 0;
    assert_true(strokes >= 5);
    lh_written_free(written);
    lh_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_synthesis_network_is_the_papers),
        cmocka_unit_test(the_networks_tell_where_they_are_from),
        cmocka_unit_test(the_guard_is_content_with_most_words),
        cmocka_unit_test(the_prediction_network_draws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
