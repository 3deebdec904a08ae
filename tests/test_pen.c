/* The pen, which writes while the text is still being typed: the same ink as of the whole text. */
#include "check.h"
#include "write_line.h"
#include "write_model.h"

#include <string.h>

static void a_pen_that_forgets_writes_on_the_same(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    options.keep = LH_KEEP_OUTPUT | LH_KEEP_CELLS;
    lh_pen *pen[2];
    for (int i = 0; i < 2; i++) {
        pen[i] = lh_pen_new(writer, &options, 0, &error);
        check_ok(lh_pen_append(pen[i], long_text, &error), &error);
        while (lh_pen_behind(pen[i])) {
            check_ok(lh_pen_write(pen[i], &error), &error);
            if (i == 1 && lh_pen_written(pen[i])->words < 20)
                lh_pen_forget(pen[i]);
        }
    }
    const lh_written *a = lh_pen_written(pen[0]), *b = lh_pen_written(pen[1]);
    assert_same_ink(a->ink, b->ink);
    assert_int_equal(a->kept_from, 0);
    assert_in_range(b->kept_from, 1, b->ink->count - 1);
    assert_memory_equal(a->output + 13 * b->kept_from, b->output,
                        (a->ink->count - b->kept_from) * 13 * sizeof(float));
    assert_memory_equal(a->cell + 16 * b->kept_from, b->cell, (a->ink->count - b->kept_from) * 16);
    assert_memory_equal(a->trace + b->kept_from, b->trace,
                        (a->ink->count - b->kept_from) * sizeof *a->trace);
    check_ok(lh_pen_truncate(pen[1], 3, &error), &error);
    b = lh_pen_written(pen[1]);
    assert_true(b->kept_from <= b->ink->count);
    lh_pen_free(pen[0]);
    lh_pen_free(pen[1]);
    lh_writer_free(writer);
    lh_model_free(model);
}

static lh_pen *new_pen(const lh_writer *writer, uint64_t index)
{
    lh_pen *pen = lh_pen_new(writer, &lh_write_defaults, index, &error);
    if (!pen)
        fail_msg("%s", error.message);
    return pen;
}

static void write_up(lh_pen *pen)
{
    while (lh_pen_behind(pen))
        check_ok(lh_pen_write(pen, &error), &error);
}

static void the_pen_writes_what_lh_write_text_writes(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_written *written = write_one(writer, &lh_write_defaults, long_text);
    lh_pen *pen = new_pen(writer, 0);
    assert_int_equal(lh_pen_written(pen)->ink->count, 0);
    check_ok(lh_pen_append(pen, long_text, &error), &error);
    lh_pen_finish(pen);
    size_t count = 0;
    while (lh_pen_behind(pen)) {
        check_ok(lh_pen_write(pen, &error), &error);
        const lh_ink *ink = lh_pen_written(pen)->ink;
        assert_true(ink->count > count);
        count = ink->count;
        /* What is there stays for good. */
        assert_memory_equal(ink->points, written->ink->points, count * sizeof *ink->points);
    }
    assert_same_ink(lh_pen_written(pen)->ink, written->ink);
    assert_string_equal(lh_pen_written(pen)->text, written->text);
    assert_int_equal(lh_pen_written(pen)->words, written->words);
    for (size_t i = 0; i < written->words; i++)
        assert_memory_equal(&lh_pen_written(pen)->word[i], &written->word[i],
                            sizeof *written->word);
    lh_pen_free(pen);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_word_waits_until_it_is_whole(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_pen *pen = new_pen(writer, 0);
    static const char *const keys[] = {"h", "el", "lo"};
    for (size_t i = 0; i < 3; i++) {
        check_ok(lh_pen_append(pen, keys[i], &error), &error);
        assert_false(lh_pen_behind(pen));
    }
    check_ok(lh_pen_append(pen, " ", &error), &error);
    assert_true(lh_pen_behind(pen));
    write_up(pen);
    assert_string_equal(lh_pen_written(pen)->text, "hello");
    size_t count = lh_pen_written(pen)->ink->count;
    check_ok(lh_pen_append(pen, " wor", &error), &error);
    write_up(pen);
    assert_int_equal(lh_pen_written(pen)->ink->count, count);
    lh_pen_finish(pen);
    write_up(pen);
    assert_string_equal(lh_pen_written(pen)->text, "hello wor");
    assert_true(lh_pen_written(pen)->ink->count > count);
    /* The finished word grows after all: it is written anew, the first stays. */
    check_ok(lh_pen_append(pen, "ld", &error), &error);
    assert_string_equal(lh_pen_text(pen), "hello world");
    assert_string_equal(lh_pen_written(pen)->text, "hello");
    assert_int_equal(lh_pen_written(pen)->ink->count, count);
    lh_pen_finish(pen);
    write_up(pen);
    assert_string_equal(lh_pen_written(pen)->text, "hello world");
    check_words(lh_pen_written(pen));
    lh_pen_free(pen);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void text_taken_back_takes_its_ink_along(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_pen *pen = new_pen(writer, 0);
    check_ok(lh_pen_append(pen, "one two three ", &error), &error);
    write_up(pen);
    size_t third = lh_pen_written(pen)->word[2].point;
    check_ok(lh_pen_truncate(pen, 10, &error), &error); /* "one two th" */
    assert_string_equal(lh_pen_text(pen), "one two th");
    assert_string_equal(lh_pen_written(pen)->text, "one two");
    assert_int_equal(lh_pen_written(pen)->ink->count, third);
    check_ok(lh_pen_append(pen, "ings", &error), &error);
    lh_pen_finish(pen);
    write_up(pen);
    assert_string_equal(lh_pen_written(pen)->text, "one two things");
    check_words(lh_pen_written(pen));
    check_ok(lh_pen_truncate(pen, 0, &error), &error);
    assert_int_equal(lh_pen_written(pen)->ink->count, 0);
    check_fails(LH_ERROR_ARGUMENT, lh_pen_append(pen, "5", &error), &error, "cannot write '5'");
    assert_string_equal(lh_pen_text(pen), "");
    lh_pen_free(pen);
    lh_writer_free(writer);
    lh_model_free(model);
}

/* A text that is set takes back what no longer stands, and keeps the ink of the rest. */
static void a_text_that_is_set_keeps_what_it_shares(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_pen *pen = new_pen(writer, 0);
    check_ok(lh_pen_set_text(pen, "one two three ", &error), &error);
    write_up(pen);
    const size_t third = lh_pen_written(pen)->word[2].point;
    check_ok(lh_pen_set_text(pen, "one two things", &error), &error);
    assert_string_equal(lh_pen_text(pen), "one two things");
    assert_string_equal(lh_pen_written(pen)->text, "one two");
    assert_int_equal(lh_pen_written(pen)->ink->count, third);
    lh_pen_finish(pen);
    check_ok(lh_pen_set_text(pen, "one two things", &error), &error); /* it stays whole */
    write_up(pen);
    assert_string_equal(lh_pen_written(pen)->text, "one two things");
    const size_t points = lh_pen_written(pen)->ink->count;
    check_fails(LH_ERROR_ARGUMENT, lh_pen_set_text(pen, "one 5", &error), &error,
                "cannot write '5'");
    assert_int_equal(lh_pen_written(pen)->ink->count, points);
    lh_pen_free(pen);
    lh_writer_free(writer);
    lh_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pen_that_forgets_writes_on_the_same),
        cmocka_unit_test(the_pen_writes_what_lh_write_text_writes),
        cmocka_unit_test(a_word_waits_until_it_is_whole),
        cmocka_unit_test(text_taken_back_takes_its_ink_along),
        cmocka_unit_test(a_text_that_is_set_keeps_what_it_shares),
    };
    return cmocka_run_group_tests_name("pen", tests, NULL, NULL);
}
