/* Ink without a text, and ink that is gone on with, with a text and without. */
#include "check.h"
#include "write_line.h"
#include "write_model.h"

#include <string.h>

static void ink_is_gone_on_with_in_several_ways(void **state)
{
    (void)state;
    lh_model *model = write_model_prediction();
    lh_ink *ink = write_model_ink(40);
    lh_written *way[3];
    check_ok(lh_complete(model, ink, NULL, &lh_write_defaults, 50, 3, way, &error), &error);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(way[i]->ink->count, 50);
        assert_true(way[i]->ink->points[0].x > 0 && way[i]->ink->points[0].x < 60);
        assert_int_equal(way[i]->ink->points[49].end, 1);
    }
    assert_false(same_ink(way[0]->ink, way[1]->ink));
    for (int i = 0; i < 3; i++)
        lh_written_free(way[i]);
    ink->count = 0;
    check_fails(LH_ERROR_ARGUMENT,
                lh_complete(model, ink, NULL, &lh_write_defaults, 50, 3, way, &error), &error,
                "no ink to go on from");
    lh_ink_free(ink);
    lh_model_free(model);
}

static void a_text_is_completed_to_its_end(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_ink *ink = write_model_ink(41);
    lh_written *way[2];
    /* 0.07 characters a step: 40 steps are the first three characters of eleven. */
    check_ok(lh_complete(model, ink, "four gone on", &lh_write_defaults, 500, 2, way, &error),
             &error);
    for (int i = 0; i < 2; i++) {
        assert_in_range(way[i]->trace[0].character, 2, 3);
        assert_in_range(way[i]->ink->count, 100, 140);
        assert_int_equal(way[i]->trace[way[i]->ink->count - 1].character, 11);
        lh_written_free(way[i]);
    }
    check_fails(LH_ERROR_ARGUMENT,
                lh_complete(model, ink, "", &lh_write_defaults, 5, 2, way, &error), &error,
                "a synthesis network needs the text");
    check_fails(LH_ERROR_ARGUMENT,
                lh_complete(model, ink, "3", &lh_write_defaults, 5, 2, way, &error), &error,
                "cannot write '3'");
    lh_ink_free(ink);
    lh_model_free(model);
}

/* What is kept of ink that is followed is what was kept of it when the network wrote it. */
static void followed_ink_tells_what_writing_it_told(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_write_options options = lh_write_defaults;
    options.keep = LH_KEEP_OUTPUT | LH_KEEP_WINDOW | LH_KEEP_CELLS | LH_KEEP_GATES;
    options.raw = true;
    lh_model *prediction = write_model_prediction();
    lh_written *drawn = lh_sample(prediction, NULL, &options, 60, 0, &error);
    assert_non_null(drawn);
    lh_written *seen = lh_observe(prediction, drawn->ink, NULL, &options, &error);
    assert_non_null(seen);
    assert_int_equal(seen->ink->count, 60);
    assert_int_equal(seen->words, 0);
    assert_int_equal(seen->cells, drawn->cells);
    size_t width = (size_t)(drawn->layers * drawn->cells);
    for (size_t i = 0; i < 60; i++) {
        assert_float_equal(seen->ink->points[i].x, drawn->ink->points[i].x, 0);
        assert_float_equal(seen->trace[i].end, drawn->trace[i].end, 1e-4);
        for (size_t k = 0; k < width; k++)
            assert_in_range(seen->cell[i * width + k] - drawn->cell[i * width + k] + 1, 0, 2);
    }
    lh_written_free(seen);
    lh_ink *ink = write_model_ink(41);
    seen = lh_observe(model, ink, "four gone on", &options, &error);
    assert_non_null(seen);
    assert_non_null(seen->window);
    assert_int_equal(seen->trace[0].component, -1);
    assert_in_range(seen->trace[40].character, 2, 3); /* 0.07 characters a step */
    assert_true(seen->trace[40].component >= 0 && seen->trace[40].component < seen->mixtures);
    check_none(LH_ERROR_ARGUMENT, lh_observe(model, ink, "", &options, &error), &error,
               "a synthesis network needs the text");
    check_none(LH_ERROR_ARGUMENT, lh_observe(model, ink, "3", &options, &error), &error,
               "cannot write '3'");
    ink->points[7].x = 3e38f;
    check_none(LH_ERROR_ARGUMENT, lh_observe(prediction, ink, NULL, &options, &error), &error,
               "from point 7 ");
    ink->count = 0;
    check_none(LH_ERROR_ARGUMENT, lh_observe(prediction, ink, NULL, &options, &error), &error,
               "no ink to follow");
    lh_ink_free(ink);
    lh_written_free(seen);
    lh_written_free(drawn);
    lh_model_free(model);
    lh_model_free(prediction);
}

/* What a network is primed with is as anybody's ink: not always to be followed. */
static void ink_that_no_network_can_follow_is_refused(void **state)
{
    (void)state;
    lh_model *model = write_model_prediction();
    model->scale_x = 1e-6;
    lh_ink *ink = write_model_ink(10);
    ink->points[7].x = 3e38f;
    lh_written *way[1];
    assert_int_equal(lh_complete(model, ink, NULL, &lh_write_defaults, 50, 1, way, &error),
                     LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "from point 7 "));
    check_none(LH_ERROR_ARGUMENT, lh_sample(model, ink, &lh_write_defaults, 50, 0, &error), &error,
               "from point 7 ");
    lh_ink_free(ink);
    lh_model_free(model);
}

static void a_prediction_network_draws_but_does_not_write(void **state)
{
    (void)state;
    lh_model *model = write_model_prediction();
    check_none(
        LH_ERROR_ARGUMENT, lh_writer_new(model, NULL, &error), &error,
        ": this network writes of its own accord, without a text; one that writes texts is needed");
    lh_written *drawn = lh_sample(model, NULL, &lh_write_defaults, 300, 0, &error);
    assert_non_null(drawn);
    assert_int_equal(drawn->ink->count, 300);
    assert_int_equal(drawn->ink->points[299].end, 1);
    assert_string_equal(drawn->text, "");
    lh_written *again = lh_sample(model, NULL, &lh_write_defaults, 300, 0, &error);
    assert_same_ink(drawn->ink, again->ink);
    lh_written *other = lh_sample(model, NULL, &lh_write_defaults, 300, 1, &error);
    assert_false(same_ink(drawn->ink, other->ink));
    lh_ink *prime = write_model_ink(30);
    lh_written *on = lh_sample(model, prime, &lh_write_defaults, 40, 0, &error);
    assert_int_equal(on->ink->count, 40);
    assert_true(on->ink->points[0].x < 100);
    check_none(LH_ERROR_ARGUMENT, lh_sample(model, NULL, &lh_write_defaults, 0, 0, &error), &error,
               "at least one point");
    lh_ink_free(prime);
    lh_written_free(drawn);
    lh_written_free(again);
    lh_written_free(other);
    lh_written_free(on);
    lh_model_free(model);
    model = write_model_new(&write_model_plain);
    check_none(LH_ERROR_ARGUMENT, lh_sample(model, NULL, &lh_write_defaults, 10, 0, &error), &error,
               ": this network writes texts; one that writes without a text is needed");
    lh_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ink_is_gone_on_with_in_several_ways),
        cmocka_unit_test(a_text_is_completed_to_its_end),
        cmocka_unit_test(followed_ink_tells_what_writing_it_told),
        cmocka_unit_test(ink_that_no_network_can_follow_is_refused),
        cmocka_unit_test(a_prediction_network_draws_but_does_not_write),
    };
    return cmocka_run_group_tests_name("sample", tests, NULL, NULL);
}
