/* A text of any length is written whole, the seed decides how, and it is the same alone and among
 * others; what cannot be written is refused. */
#include "check.h"
#include "write_line.h"
#include "write_model.h"

#include <math.h>
#include <string.h>

static void unknown_character_is_named_with_what_can_be_written(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    assert_null(lh_write_text(writer, &lh_write_defaults, "caf\u00e9 costs 3", &error));
    assert_int_equal(error.status, LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "'3'"));
    assert_non_null(strstr(error.message, "character 12"));
    assert_non_null(strstr(error.message, "abcdefghijklmnopqrstuvwxyz"));
    assert_int_equal(lh_writer_check(writer, "caf\u00e9", &error), LH_OK);
    check_fails(LH_ERROR_ARGUMENT, lh_writer_check(writer, "~", &error), &error,
                "cannot write '~'");
    const char *texts[] = {"good", "3"};
    lh_written *written[2];
    assert_int_equal(lh_write_texts(writer, &lh_write_defaults, texts, 2, 0, written, &error),
                     LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "text 2"));
    lh_writer_free(writer);
    lh_model_free(model);
}

static void empty_text_is_refused(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    check_none(LH_ERROR_ARGUMENT, lh_write_text(writer, &lh_write_defaults, " \n", &error), &error,
               "the text is empty");
    check_none(LH_ERROR_ARGUMENT, lh_write_text(writer, &lh_write_defaults, "", &error), &error,
               "the text is empty");
    assert_null(lh_write_text(writer, &lh_write_defaults, "", NULL));
    lh_writer_free(writer);
    lh_model_free(model);
}

static void text_of_any_length_is_written_whole(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    const char *texts[] = {"a", "I am", "one line of words", long_text};
    for (size_t i = 0; i < 4; i++) {
        lh_written *written = write_one(writer, &lh_write_defaults, texts[i]);
        assert_string_equal(written->text, texts[i]);
        assert_int_equal(written->report.flawed, 0);
        check_passes(written);
        check_words(written);
        assert_true(fabsf(lh_ink_bounds(written->ink).left) < 1);
        lh_written_free(written);
    }
    lh_writer_free(writer);
    lh_model_free(model);
}

static void writing_stops_behind_the_last_character(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_written *written = write_one(writer, &lh_write_defaults, "abcde");
    /* 14 steps a character; the pen is up while the window is on the blank behind. */
    assert_in_range(written->ink->count, 65, 115);
    assert_int_equal(written->ink->points[written->ink->count - 1].end, 1);
    assert_int_equal(written->trace[written->ink->count - 1].character, 4);
    assert_true(written->trace[written->ink->count - 1].place > 3.5f);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void ink_runs_on_without_steps_back_or_wide_gaps_between_pieces(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_written *written = write_one(writer, &lh_write_defaults, long_text);
    assert_true(written->ink->count > 10 * strlen(long_text));
    for (size_t i = 1; i < written->ink->count; i++) {
        float way = written->ink->points[i].x - written->ink->points[i - 1].x;
        if (way < -20 || way > 60)
            fail_msg("the pen moves by %g from point %zu", (double)way, i - 1);
        float dt = written->ink->points[i].time - written->ink->points[i - 1].time;
        assert_true(dt > 0.01f && dt < 0.3f);
    }
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void the_seed_decides_and_the_index_too(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    lh_written *first = write_one(writer, &options, "the same words");
    lh_written *again = write_one(writer, &options, "the same words");
    assert_same_ink(first->ink, again->ink);
    options.seed = 2;
    lh_written *other = write_one(writer, &options, "the same words");
    assert_false(same_ink(first->ink, other->ink));
    const char *texts[] = {"the same words", "the same words"};
    lh_written *two[2];
    check_ok(lh_write_texts(writer, &lh_write_defaults, texts, 2, 0, two, &error), &error);
    assert_false(same_ink(two[0]->ink, two[1]->ink));
    assert_same_ink(two[0]->ink, first->ink);
    lh_written_free(first);
    lh_written_free(again);
    lh_written_free(other);
    lh_written_free(two[0]);
    lh_written_free(two[1]);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_text_is_the_same_alone_and_among_others(void **state)
{
    (void)state;
    write_model_options wild = write_model_plain;
    wild.wild = 0.001;
    lh_model *model = write_model_new(&wild);
    lh_writer *writer = new_writer(model, NULL);
    enum { TEXTS = 7 };
    const char *texts[TEXTS] = {"short",   "a somewhat longer text",
                                long_text, "x",
                                long_text, "and so it goes on and on and on for a while",
                                "end"};
    lh_written *alone[TEXTS], *written[TEXTS];
    lh_write_options options = lh_write_defaults;
    for (size_t i = 0; i < TEXTS; i++)
        check_ok(lh_write_texts(writer, &options, &texts[i], 1, 40 + i, &alone[i], &error), &error);
    static const struct {
        int rows, threads;
    } ways[] = {{1, 1}, {3, 1}, {32, 1}, {5, 2}, {32, 0}};
    for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
        options.rows = ways[way].rows;
        options.threads = ways[way].threads;
        check_ok(lh_write_texts(writer, &options, texts, TEXTS, 40, written, &error), &error);
        for (size_t i = 0; i < TEXTS; i++) {
            assert_same_ink(written[i]->ink, alone[i]->ink);
            lh_written_free(written[i]);
        }
    }
    for (size_t i = 0; i < TEXTS; i++)
        lh_written_free(alone[i]);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void texts_of_several_writers_seeds_and_biases_are_each_as_alone(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer[3] = {new_writer(model, NULL), new_writer(model, NULL),
                            new_writer(model, NULL)};
    lh_write_options options[3] = {lh_write_defaults, lh_write_defaults, lh_write_defaults};
    lh_text text[3];
    lh_written *together[3];
    for (size_t i = 0; i < 3; i++) {
        options[i].seed = 10 + i;
        options[i].bias = (double)i;
        text[i] = (lh_text){long_text + 5 * i, writer[i], &options[i], 7 * i};
    }
    /* The last finds a hand for each text. */
    for (size_t i = 0; i < 2; i++)
        check_ok(lh_writer_find_hand(writer[i], &options[i], text[i].text, text[i].index, &error),
                 &error);
    check_ok(lh_write_each(text, 3, together, &error), &error);
    for (size_t i = 0; i < 3; i++) {
        lh_writer *own = new_writer(model, NULL);
        lh_written *alone;
        if (i < 2)
            check_ok(lh_writer_find_hand(own, &options[i], text[i].text, text[i].index, &error),
                     &error);
        check_ok(lh_write_texts(own, &options[i], &text[i].text, 1, text[i].index, &alone, &error),
                 &error);
        assert_same_ink(together[i]->ink, alone->ink);
        lh_written_free(alone);
        lh_writer_free(own);
    }
    for (size_t i = 0; i < 3; i++) {
        lh_written_free(together[i]);
        lh_writer_free(writer[i]);
    }
    lh_model_free(model);
}

static void senseless_options_are_refused(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    options.bias = NAN;
    check_none(LH_ERROR_ARGUMENT, lh_write_text(writer, &options, "a", &error), &error,
               "bias >= 0");
    options = lh_write_defaults;
    options.rows = 0;
    check_none(LH_ERROR_ARGUMENT, lh_write_text(writer, &options, "a", &error), &error,
               "rows >= 1");
    options = lh_write_defaults;
    options.tries = -1;
    check_none(LH_ERROR_ARGUMENT, lh_write_text(writer, &options, "a", &error), &error,
               "tries from 0");
    lh_writer_free(writer);
    lh_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_character_is_named_with_what_can_be_written),
        cmocka_unit_test(empty_text_is_refused),
        cmocka_unit_test(text_of_any_length_is_written_whole),
        cmocka_unit_test(writing_stops_behind_the_last_character),
        cmocka_unit_test(ink_runs_on_without_steps_back_or_wide_gaps_between_pieces),
        cmocka_unit_test(the_seed_decides_and_the_index_too),
        cmocka_unit_test(a_text_is_the_same_alone_and_among_others),
        cmocka_unit_test(texts_of_several_writers_seeds_and_biases_are_each_as_alone),
        cmocka_unit_test(senseless_options_are_refused),
    };
    return cmocka_run_group_tests_name("write", tests, NULL, NULL);
}
