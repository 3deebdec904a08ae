/* Writing: see arguments_rooms.h. */
#include "arguments_rooms.h"

#include <math.h>

void styles_refuse(void **state)
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

void writing_refuses(void **state)
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

void what_was_written_refuses(void **state)
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

void sampling_refuses(void **state)
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
    MAKES_NOTHING(lh_observe(NULL, ink, "a", plain, error));
    MAKES_NOTHING(lh_observe(&hollow, ink, "a", plain, error));
    MAKES_NOTHING(lh_observe(model, NULL, "a", plain, error));
    MAKES_NOTHING(lh_observe(model, &empty, "a", plain, error));
    MAKES_NOTHING(lh_observe(model, ink, NULL, plain, error));
    MAKES_NOTHING(lh_observe(model, ink, "a", NULL, error));
    MAKES_NOTHING(lh_observe(model, ink, "a", &odd, error));
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

void pens_refuse(void **state)
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
    REFUSES(lh_pen_set_text(NULL, "a", error));
    REFUSES(lh_pen_set_text(pen, NULL, error));
    IGNORES(lh_pen_finish(NULL));
    IGNORES(lh_pen_proofread(NULL, NULL));
    REFUSES(lh_pen_write(NULL, error));
    GIVES(false, lh_pen_behind(NULL));
    REFUSES(lh_pen_truncate(NULL, 0, error));
    IGNORES(lh_pen_forget(NULL));
    GIVES(NULL, lh_pen_written(NULL));
    GIVES(NULL, lh_pen_text(NULL));
    lh_pen_free(pen);
}
