/* Marks in what is written: nothing else of the ink changes, and a pen draws the same. */
#include "check.h"
#include "write_model.h"

#include <math.h>
#include <string.h>

static lh_error error;

static lh_model *new_model(void)
{
    lh_model *model = write_model_new(&write_model_plain);
    /* With a hyphen in place of the comma that it has. */
    for (int i = 0; i < model->alphabet.count; i++)
        if (model->alphabet.codepoint[i] == ',')
            model->alphabet.codepoint[i] = '-';
    return model;
}

/* Points that the network drew, in `written`, are those of `plain`. */
static void check_same_ink(const lh_written *written, const lh_written *plain)
{
    size_t k = 0;
    for (size_t i = 0; i < written->ink->count; i++) {
        const lh_point *point = &written->ink->points[i], *other = &plain->ink->points[k];
        const bool same = k < plain->ink->count && fabsf(point->x - other->x) < 1e-3F &&
                          fabsf(point->y - other->y) < 1e-3F &&
                          written->trace[i].component == plain->trace[k].component;
        if (!same && written->trace[i].component < 0)
            continue; /* a mark */
        assert_true(same);
        k++;
    }
    assert_int_equal(k, plain->ink->count);
}

static void accents_change_nothing_else(void **state)
{
    (void)state;
    lh_model *model = new_model();
    lh_writer *writer = lh_writer_new(model, NULL, &error);
    lh_write_options wanted = lh_write_defaults;
    wanted.keep = LH_KEEP_OUTPUT | LH_KEEP_WINDOW | LH_KEEP_CELLS;
    const char *text = "\xc3\xa0 la carte on \xc3\xb6"
                       "ffnet s\xc3\xb8gt og gar\xc3\xa7on dans la for\xc3\xaat";
    lh_written *plain =
        lh_write_text(writer, &wanted, "a la carte on offnet sogt og garcon dans la foret", &error);
    lh_written *written = lh_write_text(writer, &wanted, text, &error);
    assert_non_null(plain);
    if (!written)
        fail_msg("%s", error.message);
    assert_string_equal(written->text, text);
    assert_int_equal(written->words, plain->words);
    assert_true(written->ink->count > plain->ink->count);
    const lh_word *last = &written->word[written->words - 1];
    assert_int_equal(last->point + last->points, written->ink->count);
    assert_memory_equal(text + last->byte, "for\xc3\xaat", last->bytes);
    check_same_ink(written, plain);
    for (size_t i = 1; i < written->ink->count; i++)
        assert_true(written->ink->points[i].time > written->ink->points[i - 1].time);
    lh_written_free(written);
    lh_written_free(plain);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_pen_draws_the_same_marks(void **state)
{
    (void)state;
    lh_model *model = new_model();
    lh_writer *writer = lh_writer_new(model, NULL, &error);
    const char *text = "\xc3\xa0 la carte $ on \xc3\xb6"
                       "ffnet 'a@b' o\xc3\xb9";
    lh_written *whole = lh_write_text(writer, &lh_write_defaults, text, &error);
    if (!whole)
        fail_msg("%s", error.message);
    lh_pen *pen = lh_pen_new(writer, &lh_write_defaults, 0, &error);
    check_ok(lh_pen_append(pen, text, &error), &error);
    lh_pen_finish(pen);
    while (lh_pen_behind(pen))
        check_ok(lh_pen_write(pen, &error), &error);
    const lh_written *written = lh_pen_written(pen);
    assert_string_equal(written->text, text);
    assert_int_equal(written->ink->count, whole->ink->count);
    assert_memory_equal(written->ink->points, whole->ink->points,
                        whole->ink->count * sizeof *whole->ink->points);
    /* A letter that gets an accent is another text. */
    check_ok(lh_pen_truncate(pen, 0, &error), &error);
    check_ok(lh_pen_append(pen, "on ", &error), &error);
    check_ok(lh_pen_write(pen, &error), &error);
    const size_t before = lh_pen_written(pen)->ink->count;
    check_ok(lh_pen_truncate(pen, 0, &error), &error);
    check_ok(lh_pen_append(pen, "\xc3\xb6n ", &error), &error);
    assert_int_equal(lh_pen_written(pen)->words, 0);
    check_ok(lh_pen_write(pen, &error), &error);
    assert_true(lh_pen_written(pen)->ink->count > before);
    lh_pen_free(pen);
    lh_written_free(whole);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_style_may_say_what_has_accents(void **state)
{
    (void)state;
    lh_model *model = new_model();
    lh_ink *ink = write_model_ink(60);
    lh_style *style = lh_style_new("accents", ink, "\xc3\xb6n $", &error);
    lh_writer *writer = lh_writer_new(model, style, &error);
    if (!writer)
        fail_msg("%s", error.message);
    lh_writer_free(writer);
    lh_style_free(style);
    style = lh_style_new("unknown", ink, "\xe2\x99\x9e", &error);
    check_none(LH_ERROR_ARGUMENT, lh_writer_new(model, style, &error), &error,
               "style unknown: cannot write '\xe2\x99\x9e'");
    lh_style_free(style);
    lh_ink_free(ink);
    lh_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accents_change_nothing_else),
        cmocka_unit_test(a_pen_draws_the_same_marks),
        cmocka_unit_test(a_style_may_say_what_has_accents),
    };
    return cmocka_run_group_tests_name("marks", tests, NULL, NULL);
}
