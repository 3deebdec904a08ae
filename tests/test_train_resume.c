/* Training runs that are stopped anywhere go on to the same bytes, with what is fixed unchanged. */
#include "check.h"
#include "tiny_corpus.h"
#include "train_room.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void check_resume(const lh_train_options *options)
{
    room r = room_open();
    lh_train_options o = *options;
    o.validate_every = 0.6;
    o.threads = 2;
    watcher whole = {0};
    lh_error error;
    check_ok(run(&r, &o, false, &whole, &error), &error);
    bytes model = read_all(r.model);
    lh_safetensors *last = lh_safetensors_read(r.state, &error);
    forget_run(&r);

    /* Stopped after 1, 3, 6, 7, 12 and 19 of 20 steps: before and after validations and epochs. */
    static const uint64_t stops[] = {1, 3, 6, 7, 12, 19};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        watcher w = {.until = stops[i]};
        assert_int_equal(run(&r, &o, i > 0, &w, &error), LH_ERROR_INTERRUPTED);
        assert_int_equal(w.step, stops[i]);
        assert_non_null(strstr(error.message, r.state));
    }
    watcher rest = {0};
    check_ok(run(&r, &o, true, &rest, &error), &error);
    assert_int_equal(rest.step, 20);
    bytes resumed = read_all(r.model);
    check_same("the model", &model, &resumed);
    lh_safetensors *end = lh_safetensors_read(r.state, &error);
    assert_true(last && end);
    check_same_state(last, end);
    lh_safetensors_free(last);
    lh_safetensors_free(end);
    free(model.data);
    free(resumed.data);
    room_close(&r);
}

static void resume_gives_the_same_bytes(void **state)
{
    (void)state;
    lh_train_options o = small_options(4);
    check_resume(&o);
}

static void resume_gives_the_same_bytes_with_noise_and_changed_lines(void **state)
{
    (void)state;
    lh_train_options o = small_options(4);
    o.weight_noise = LH_NOISE_ADAPTIVE;
    o.slant = 0.1;
    o.size = 0.1;
    check_resume(&o);
}

static void adaptive_noise_can_begin_on_a_trained_network(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(4);
    watcher before = {0}, after = {0};
    lh_error error;
    check_ok(run(&r, &o, false, &before, &error), &error);
    o.epochs = 8;
    o.weight_noise = LH_NOISE_ADAPTIVE;
    check_ok(run(&r, &o, true, &after, &error), &error);
    assert_int_equal(after.step, 40);
    lh_safetensors *end = lh_safetensors_read(r.state, &error);
    assert_non_null(end);
    const lh_stored *sigma = lh_safetensors_find(end, "noise.log_sigma/layer1.recurrent");
    assert_non_null(sigma);
    assert_true(fabs((double)((const lh_real *)sigma->data)[0] - log(0.075)) > 1e-3);
    lh_safetensors_free(end);
    bytes log = read_all(r.log);
    find(&log, "\"description\":");
    free(log.data);
    room_close(&r);
}

static void the_log_of_a_resumed_run_has_each_step_once(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(3);
    watcher first = {.until = 8}, second = {.until = 4}, rest = {0};
    lh_error error;
    /* The state of step 4 with the log of step 8, as after a crash. */
    assert_int_equal(run(&r, &o, false, &second, &error), LH_ERROR_INTERRUPTED);
    bytes early = read_all(r.state);
    assert_int_equal(run(&r, &o, true, &first, &error), LH_ERROR_INTERRUPTED);
    write_all(r.state, &early);
    FILE *stream = fopen(r.log, "ab");
    fputs("{\"kind\":\"train\",\"step\":9,\"ep", stream);
    fclose(stream);
    check_ok(run(&r, &o, true, &rest, &error), &error);
    lh_training_log *log = lh_training_log_read(r.log, &error);
    if (!log)
        fail_msg("%s", error.message);
    bytes text = read_all(r.log);
    size_t rows = 0;
    for (size_t i = 0; i < text.size; i++)
        rows += text.data[i] == '\n';
    /* Steps 2, 4, .. 14 and validations after 5, 10 and 15. */
    assert_int_equal(rows, 10);
    assert_int_equal(log->count, 10);
    lh_training_log_free(log);
    free(text.data);
    free(early.data);
    room_close(&r);
}

static void what_is_fixed_cannot_change_on_resuming(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(3), other = o;
    watcher w = {.until = 2};
    lh_error error;
    assert_int_equal(run(&r, &o, false, &w, &error), LH_ERROR_INTERRUPTED);
    bytes before = read_all(r.state);
    other.seed = 8;
    assert_int_equal(run(&r, &other, true, &w, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "seed 7, which cannot become 8"));
    other = o;
    other.cells = 24;
    assert_int_equal(run(&r, &other, true, &w, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "cells"));
    /* A new run over the state of an old one. */
    assert_int_equal(run(&r, &o, false, &w, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, r.state));
    /* Another corpus. */
    lh_corpus *mine = r.corpus;
    char *folder = tiny_folder();
    r.corpus = tiny_corpus(folder, 40, 12, 2);
    assert_int_equal(run(&r, &o, true, &w, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "another corpus"));
    lh_corpus_free(r.corpus);
    tiny_remove(folder);
    r.corpus = mine;
    bytes after = read_all(r.state);
    check_same("the state", &before, &after);
    /* The plan may change. */
    other = o;
    other.epochs = 1;
    watcher rest = {0};
    check_ok(run(&r, &other, true, &rest, &error), &error);
    assert_int_equal(rest.step, 5);
    free(before.data);
    free(after.data);
    room_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resume_gives_the_same_bytes),
        cmocka_unit_test(resume_gives_the_same_bytes_with_noise_and_changed_lines),
        cmocka_unit_test(adaptive_noise_can_begin_on_a_trained_network),
        cmocka_unit_test(the_log_of_a_resumed_run_has_each_step_once),
        cmocka_unit_test(what_is_fixed_cannot_change_on_resuming),
    };
    return cmocka_run_group_tests_name("train_resume", tests, NULL, NULL);
}
