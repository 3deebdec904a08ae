/* The guard: it tells each fault, words with one are written anew a bounded number of times, and a
 * network that cannot write is given up. */
#include "check.h"
#include "write_line.h"
#include "write_model.h"

#include "write/guard.h"
#include "write/pace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void good_words_survive_a_fault_and_the_bad_one_is_written_anew(void **state)
{
    (void)state;
    write_model_options wild = write_model_plain;
    wild.wild = 0.005;
    lh_model *model = write_model_new(&wild);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    options.tries = 60;
    options.bias = 0;
    lh_written *written = write_one(writer, &options, long_text);
    const lh_guard_report *report = &written->report;
    check_passes(written);
    check_words(written);
    assert_int_equal(report->flawed, 0);
    assert_int_equal(report->words, (int)written->words);
    assert_true(report->retried > 0);
    assert_true(report->fault[LH_FAULT_JUMP] >= report->retried);
    assert_int_equal(report->points_kept, written->ink->count);
    assert_true(report->points_drawn > report->points_kept);
    assert_true(lh_ink_bounds(written->ink).right < 60 * (float)written->ink->count);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void check_hopeless(const write_model_options *how, lh_fault fault)
{
    lh_model *model = write_model_new(how);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    options.tries = 3;
    lh_written *written = write_one(writer, &options, "two words");
    assert_int_equal(written->report.words, 2);
    assert_int_equal(written->report.flawed, 2);
    if (written->report.fault[fault] != 2 * (1 + options.tries))
        fail_msg("%d faults \"%s\", not 8", written->report.fault[fault], lh_fault_name(fault));
    assert_true(written->word[0].flawed && written->word[1].flawed);
    assert_true(written->ink->count > 0);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_network_that_loops_is_given_up_after_so_many_tries(void **state)
{
    (void)state;
    write_model_options stuck = write_model_plain;
    stuck.pace = 1e-9;
    check_hopeless(&stuck, LH_FAULT_STUCK);
}

/* Every try fails before its first point: there is nothing to hand out. */
static void check_nothing_drawn(const write_model_options *how, lh_fault fault)
{
    lh_model *model = write_model_new(how);
    lh_writer *writer = new_writer(model, NULL);
    model->path = strdup("some.safetensors");
    lh_written *written[2] = {NULL};
    assert_null(lh_write_text(writer, &lh_write_defaults, "two words", &error));
    assert_int_equal(error.status, LH_ERROR_NUMERIC);
    if (!strstr(error.message, "some.safetensors: the network draws nothing") ||
        !strstr(error.message, lh_fault_name(fault)))
        fail_msg("'%s' does not name the model or the fault", error.message);
    const char *const texts[] = {"two words", "more"};
    assert_int_equal(lh_write_texts(writer, &lh_write_defaults, texts, 2, 0, written, &error),
                     LH_ERROR_NUMERIC);
    assert_true(!written[0] && !written[1]);
    lh_pen *pen = lh_pen_new(writer, &lh_write_defaults, 0, &error);
    assert_non_null(pen);
    check_ok(lh_pen_append(pen, "two words ", &error), &error);
    check_fails(LH_ERROR_NUMERIC, lh_pen_write(pen, &error), &error,
                "some.safetensors: the network draws nothing");
    assert_int_equal(lh_pen_written(pen)->words, 0);
    lh_pen_free(pen);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_network_that_skips_draws_nothing(void **state)
{
    (void)state;
    write_model_options hasty = write_model_plain;
    hasty.pace = 5;
    check_nothing_drawn(&hasty, LH_FAULT_SKIPPED);
}

static void a_network_that_leaps_draws_nothing(void **state)
{
    (void)state;
    write_model_options wild = write_model_plain;
    wild.wild = 1;
    check_nothing_drawn(&wild, LH_FAULT_JUMP);
}

static void a_network_that_leaps_now_and_then_is_noticed(void **state)
{
    (void)state;
    write_model_options wild = write_model_plain;
    wild.wild = 0.5;
    check_hopeless(&wild, LH_FAULT_JUMP);
}

static void a_pen_that_never_lifts_is_noticed(void **state)
{
    (void)state;
    write_model_options dragging = write_model_plain;
    dragging.lift = 0;
    lh_model *model = write_model_new(&dragging);
    lh_writer *writer = new_writer(model, NULL);
    lh_written *written = write_one(writer, &lh_write_defaults, "two words");
    assert_int_equal(written->report.flawed, 2);
    assert_true(written->report.fault[LH_FAULT_ENDLESS] + written->report.fault[LH_FAULT_ASTRAY] >
                6);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_network_of_random_weights_ends_too(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_rng rng;
    for (uint64_t seed = 0; seed < 5; seed++) {
        lh_rng_seed(&rng, seed, 0);
        lh_network_init(model->network, &rng);
        lh_network_changed(model->network);
        lh_writer *writer = new_writer(model, NULL);
        lh_write_options options = lh_write_defaults;
        options.tries = 2;
        lh_written *written = write_one(writer, &options, "a line of words, and what follows it");
        assert_int_equal(written->report.words, (int)written->words);
        lh_written_free(written);
        lh_writer_free(writer);
    }
    lh_model_free(model);
}

static void check_no_number(const char *what)
{
    assert_int_equal(error.status, LH_ERROR_NUMERIC);
    if (!strstr(error.message, "some.safetensors: the network draws what is no number"))
        fail_msg("%s: '%s'", what, error.message);
}

/* A file with such weights is not read; a program may have set them all the same. */
static void weights_that_are_no_numbers_are_an_error_that_names_the_model(void **state)
{
    (void)state;
    static const lh_real weights[] = {(lh_real)NAN, (lh_real)INFINITY};
    static const char *const tensors[] = {"output.bias", "layer1.recurrent", "layer1.bias"};
    lh_ink *ink = write_model_ink(40);
    for (int i = 0; i < 2 * 2 * 3; i++) {
        bool synthesis = i / 6 > 0;
        if (i % 6 == 5) /* a gate that is open or shut for good */
            continue;
        lh_model *model =
            synthesis ? write_model_new(&write_model_plain) : write_model_prediction();
        model->path = strdup("some.safetensors");
        const lh_tensor *tensor = lh_network_find(model->network, tensors[i % 3]);
        lh_real *weight = lh_network_parameters(model->network) + tensor->offset;
        for (int k = 0; k < tensor->rows * tensor->columns; k++)
            weight[k] = k % 2 ? -weights[i / 3 % 2] : weights[i / 3 % 2];
        lh_network_changed(model->network);
        lh_written *way[2];
        assert_int_equal(lh_complete(model, ink, synthesis ? "ab" : NULL, &lh_write_defaults, 50, 2,
                                     way, &error),
                         LH_ERROR_NUMERIC);
        check_no_number(tensors[i % 3]);
        if (synthesis) {
            lh_writer *writer = new_writer(model, NULL);
            assert_null(lh_write_text(writer, &lh_write_defaults, "a few words", &error));
            lh_writer_free(writer);
        } else {
            assert_null(lh_sample(model, NULL, &lh_write_defaults, 50, 0, &error));
        }
        check_no_number(tensors[i % 3]);
        lh_model_free(model);
    }
    lh_ink_free(ink);
}

static lh_course new_course(const lh_model *model, const char *text)
{
    int32_t *indices;
    size_t count;
    lh_course course;
    check_ok(lh_alphabet_encode(&model->alphabet, text, &indices, &count, &error), &error);
    check_ok(lh_course_init(&course, &model->alphabet, indices, (int)count, 0, &error), &error);
    free(indices);
    return course;
}

static void guard_tells_each_fault(void **state)
{
    (void)state;
    static const lh_real still[3] = {0, 0, 0};
    lh_model *model = write_model_new(&write_model_plain);
    lh_course course = new_course(model, "the guard watches every word");
    lh_guard guard;
    lh_window_place place = {.on = 5, .centre = 5, .mass = 1};
    lh_guard_start(&guard, 4);
    assert_int_equal(lh_guard_step(&guard, &course, &place, still, 0, 8), LH_NO_FAULT);
    place.on = 3;
    assert_int_equal(lh_guard_step(&guard, &course, &place, still, 0, 8), LH_NO_FAULT);
    place.on = 1;
    assert_int_equal(lh_guard_step(&guard, &course, &place, still, 0, 8), LH_FAULT_BACK);
    place.on = 9;
    assert_int_equal(lh_guard_step(&guard, &course, &place, still, 0, 20), LH_FAULT_SKIPPED);
    place.on = 5;
    assert_int_equal(lh_guard_step(&guard, &course, &place, still, 2000, 8), LH_FAULT_LINE);
    static const lh_real far[3] = {0, -200, 0}, nowhere[3] = {(lh_real)NAN, 0, 0};
    assert_int_equal(lh_guard_step(&guard, &course, &place, far, 0, 8), LH_FAULT_JUMP);
    assert_int_equal(lh_guard_step(&guard, &course, &place, nowhere, 0, 8), LH_FAULT_JUMP);
    place.mass = 0;
    int fault = LH_NO_FAULT;
    for (int i = 0; i < 100 && fault == LH_NO_FAULT; i++)
        fault = lh_guard_step(&guard, &course, &place, still, 0, 8);
    assert_int_equal(fault, LH_FAULT_ASTRAY);
    assert_string_equal(lh_fault_name(LH_FAULT_LINE), "line");
    lh_course_clear(&course);
    lh_model_free(model);
}

/* Lets the window stand on each character for its part of `pace` times the ink it takes; the
 * blemish that the guard then has. */
static int pass_at_pace(const lh_model *model, const char *text, double pace)
{
    static const lh_real still[3] = {0, 0, 0};
    lh_course course = new_course(model, text);
    lh_guard guard;
    lh_guard_start(&guard, 0);
    int fault = LH_NO_FAULT, end = (int)strlen(text);
    for (int u = 0; u < end && fault == LH_NO_FAULT; u++) {
        lh_window_place place = {.on = u, .centre = (float)u, .mass = 1};
        double due = pace * (double)(course.due[u + 1] - course.due[0]);
        while (guard.step < due && fault == LH_NO_FAULT)
            fault = lh_guard_step(&guard, &course, &place, still, 0, end);
    }
    if (fault == LH_NO_FAULT)
        fault = lh_guard_word(&guard, &course, 0, end, (size_t)guard.step);
    lh_course_clear(&course);
    return fault;
}

static void a_word_in_too_little_or_too_much_ink_is_a_fault(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    static const char *const words[] = {"a", "in", "moment", "incomprehensible"};
    for (size_t i = 0; i < 4; i++) {
        static const double good[] = {0.7, 1, 1.4};
        for (size_t k = 0; k < 3; k++)
            if (pass_at_pace(model, words[i], good[k]) != LH_NO_FAULT)
                fail_msg("'%s' at %g times the usual pace is a fault", words[i], good[k]);
        if (i < 2)
            continue;
        assert_int_equal(pass_at_pace(model, words[i], 0.2), LH_FAULT_SKIPPED);
        assert_int_equal(pass_at_pace(model, words[i], 3), LH_FAULT_STUCK);
    }
    lh_model_free(model);
}

static void ink_due_follows_the_letters(void **state)
{
    (void)state;
    assert_true(lh_pace_points('m') > 1.5 * lh_pace_points('i'));
    assert_true(lh_pace_points('W') > lh_pace_points('l'));
    assert_true(lh_pace_points(' ') < 10);
    assert_true(lh_pace_points(0x20ac) > 10 && lh_pace_points(0x20ac) < 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_words_survive_a_fault_and_the_bad_one_is_written_anew),
        cmocka_unit_test(a_network_that_loops_is_given_up_after_so_many_tries),
        cmocka_unit_test(a_network_that_skips_draws_nothing),
        cmocka_unit_test(a_network_that_leaps_draws_nothing),
        cmocka_unit_test(a_network_that_leaps_now_and_then_is_noticed),
        cmocka_unit_test(a_pen_that_never_lifts_is_noticed),
        cmocka_unit_test(a_network_of_random_weights_ends_too),
        cmocka_unit_test(weights_that_are_no_numbers_are_an_error_that_names_the_model),
        cmocka_unit_test(guard_tells_each_fault),
        cmocka_unit_test(a_word_in_too_little_or_too_much_ink_is_a_fault),
        cmocka_unit_test(ink_due_follows_the_letters),
    };
    return cmocka_run_group_tests_name("guard", tests, NULL, NULL);
}
