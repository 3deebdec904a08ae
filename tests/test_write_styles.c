/* Writing in a given hand: styles that prime the network, and a hand that it finds for itself. */
#include "check.h"
#include "write_line.h"
#include "write_model.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static lh_style *new_style(size_t points, const char *text)
{
    lh_ink *ink = write_model_ink(points);
    lh_style *style = lh_style_new("wavy", ink, text, &error);
    if (!style)
        fail_msg("%s", error.message);
    lh_ink_free(ink);
    return style;
}

static void the_primers_ink_is_not_in_what_comes_out(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_style *style = new_style(121, "primer");
    lh_writer *writer = new_writer(model, style);
    lh_style_free(style);
    lh_written *written = write_one(writer, &lh_write_defaults, "own words");
    assert_string_equal(written->text, "own words");
    assert_int_equal(written->report.flawed, 0);
    check_passes(written);
    check_words(written);
    assert_int_equal(written->trace[0].character, 0);
    /* 14 points a character, not those of nine and six characters. */
    assert_in_range(written->ink->count, 105, 165);
    assert_true(lh_ink_bounds(written->ink).left >= 0);
    assert_true(lh_ink_bounds(written->ink).left < 300);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

/* The window is in the middle of the primer's text when its ink ends, and goes on behind it. */
static void ink_that_lacks_some_of_its_text_primes(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    for (size_t points = 20; points <= 120; points += 25) {
        lh_style *style = new_style(points, "primer of words");
        lh_writer *writer = new_writer(model, style);
        lh_style_free(style);
        lh_written *written = write_one(writer, &lh_write_defaults, "own words");
        assert_int_equal(written->report.flawed, 0);
        assert_int_equal(written->report.fault[LH_FAULT_BACK], 0);
        check_words(written);
        lh_written_free(written);
        lh_writer_free(writer);
    }
    lh_model_free(model);
}

static double cpu_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void priming_costs_once(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    char text[1001];
    memset(text, 'a', 1000);
    text[1000] = '\0';
    lh_style *style = new_style(10000, text);
    double start = cpu_seconds();
    lh_writer *writer = new_writer(model, style);
    double priming = cpu_seconds() - start;
    start = cpu_seconds();
    for (int i = 0; i < 20; i++)
        lh_written_free(write_one(writer, &lh_write_defaults, "a"));
    double writing = cpu_seconds() - start;
    if (writing > priming)
        fail_msg("priming took %g s, writing a letter 20 times %g s", priming, writing);
    lh_style_free(style);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_found_hand_holds_for_later_texts(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_written *free_hand = write_one(writer, &lh_write_defaults, "a word");
    check_ok(lh_writer_find_hand(writer, &lh_write_defaults, "some words first", 0, &error),
             &error);
    lh_written *held = write_one(writer, &lh_write_defaults, "a word");
    check_passes(held);
    /* Written as if behind other words: not a line's beginning. */
    assert_int_equal(free_hand->trace[0].component, -1);
    assert_int_equal(held->trace[0].component, 0);
    check_ok(lh_writer_find_hand(writer, &lh_write_defaults, "some words first", 0, &error),
             &error);
    lh_written *again = write_one(writer, &lh_write_defaults, "a word");
    assert_same_ink(held->ink, again->ink);
    lh_written_free(free_hand);
    lh_written_free(held);
    lh_written_free(again);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_styles_unknown_character_is_refused_by_name(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_style *style = new_style(50, "no. 5");
    assert_null(lh_writer_new(model, style, &error));
    assert_non_null(strstr(error.message, "wavy"));
    assert_non_null(strstr(error.message, "'5'"));
    lh_style_free(style);
    lh_model_free(model);
}

static void styles_are_read_with_their_text(void **state)
{
    (void)state;
    char folder[] = "/tmp/longhand-style-XXXXXX", path[64], beside[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/anna.xml", folder);
    snprintf(beside, sizeof beside, "%s/anna.txt", folder);
    lh_ink *ink = write_model_ink(50);
    check_ok(lh_iam_write(ink, path, &error), &error);
    assert_null(lh_style_read(path, NULL, &error));
    assert_non_null(strstr(error.message, "anna.txt"));
    FILE *stream = fopen(beside, "w");
    assert_non_null(stream);
    fputs("what it says\nand no more\n", stream);
    fclose(stream);
    lh_style *style = lh_style_read(path, NULL, &error);
    assert_non_null(style);
    assert_string_equal(style->text, "what it says");
    assert_string_equal(style->name, "anna");
    assert_int_equal(style->ink->count, 50);
    lh_style_free(style);
    style = lh_style_read(path, "other words", &error);
    assert_string_equal(style->text, "other words");
    lh_style_free(style);
    check_none(LH_ERROR_IO, lh_style_read("/nowhere/at.xml", "x", &error), &error,
               "/nowhere/at.xml: cannot open");
    const lh_ink dot = {.points = ink->points, .count = 1};
    check_none(LH_ERROR_ARGUMENT, lh_style_new("dot", &dot, "x", &error), &error,
               "dot: a style needs at least two points");
    check_none(LH_ERROR_ARGUMENT, lh_style_new("mute", ink, " ", &error), &error,
               "mute: a style needs the text");
    lh_ink_free(ink);
    unlink(path);
    unlink(beside);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_primers_ink_is_not_in_what_comes_out),
        cmocka_unit_test(ink_that_lacks_some_of_its_text_primes),
        cmocka_unit_test(priming_costs_once),
        cmocka_unit_test(a_found_hand_holds_for_later_texts),
        cmocka_unit_test(a_styles_unknown_character_is_refused_by_name),
        cmocka_unit_test(styles_are_read_with_their_text),
    };
    return cmocka_run_group_tests_name("write_styles", tests, NULL, NULL);
}
