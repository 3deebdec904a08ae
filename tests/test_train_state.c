/* What goes wrong in a training run leaves good files behind, and a state that is none is refused.
 */
#include "check.h"
#include "train_room.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* Makes number `at` of tensor `name` of the saved state another. */
static void spoil_state(const char *path, const char *name, size_t at, float number)
{
    bytes b = read_all(path);
    lh_error error;
    lh_safetensors *file = lh_safetensors_read(path, &error);
    assert_non_null(file);
    const lh_stored *found = lh_safetensors_find(file, name);
    if (!found)
        fail_msg("the state has no %s", name);
    size_t data = 0;
    for (size_t i = 0; i < lh_safetensors_count(file); i++)
        data += lh_safetensors_at(file, i)->bytes;
    const char *first = lh_safetensors_at(file, 0)->data;
    size_t place = (size_t)((const char *)found->data - first) + at * sizeof number;
    memcpy(b.data + b.size - data + place, &number, sizeof number);
    lh_safetensors_free(file);
    write_all(path, &b);
    free(b.data);
}

/* The largest moment there can be takes the weights out of all numbers: that is seen when they are
 * to be saved, or else when the next loss is none. */
static void not_a_number_stops_the_run_and_keeps_the_model(void **state)
{
    (void)state;
    static const char *const words[] = {"tensor \"weight/output.bias\"", "step 9"};
    for (int later = 0; later < 2; later++) {
        room r = room_open();
        lh_train_options o = small_options(3);
        o.save_minutes = later ? 60 : 0;
        watcher w = {.until = 7}, rest = {0};
        lh_error error;
        assert_int_equal(run(&r, &o, false, &w, &error), LH_ERROR_INTERRUPTED);
        spoil_state(r.state, "adam.m/output.bias", 1 + (size_t)o.mixtures, 3e38f); /* of mu */
        bytes model = read_all(r.model), saved = read_all(r.state);
        assert_int_equal(run(&r, &o, true, &rest, &error), LH_ERROR_NUMERIC);
        if (!strstr(error.message, words[later]))
            fail_msg("'%s' lacks '%s'", error.message, words[later]);
        bytes model_after = read_all(r.model), saved_after = read_all(r.state);
        check_same("the model", &model, &model_after);
        check_same("the state", &saved, &saved_after);
        free(model.data);
        free(saved.data);
        free(model_after.data);
        free(saved_after.data);
        room_close(&r);
    }
}

static void a_state_with_numbers_of_no_training_is_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *tensor;
        float number;
    } bad[] = {
        {"weight/layer1.bias", NAN},         {"weight/output.weight", 1e10f},
        {"weight/layer1.input", -65505},     {"average/output.bias", INFINITY},
        {"average/layer1.bias", 7e4f},       {"adam.m/layer1.recurrent", NAN},
        {"adam.v/layer1.peephole", -1},      {"adam.v/layer1.bias", INFINITY},
        {"noise.log_sigma/layer1.bias", 12}, {"noise.m/layer1.bias", -INFINITY},
        {"noise.v/output.bias", -1e-30f},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        room r = room_open();
        lh_train_options o = small_options(3);
        o.ema = 0.9;
        o.weight_noise = LH_NOISE_ADAPTIVE;
        watcher w = {.until = 2}, rest = {0};
        lh_error error;
        assert_int_equal(run(&r, &o, false, &w, &error), LH_ERROR_INTERRUPTED);
        spoil_state(r.state, bad[i].tensor, 0, bad[i].number);
        assert_int_equal(run(&r, &o, true, &rest, &error), LH_ERROR_FORMAT);
        if (!strstr(error.message, r.state) || !strstr(error.message, bad[i].tensor) ||
            !strstr(error.message, "number [0, 0]"))
            fail_msg("%s does not name %s", error.message, bad[i].tensor);
        room_close(&r);
    }
}

/* A limit on the size of files stands for a full disk: write fails the same way. */
static void a_full_disk_is_reported_and_the_old_state_stays(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(3);
    watcher w = {.until = 2}, next = {.until = 4};
    lh_error error;
    assert_int_equal(run(&r, &o, false, &w, &error), LH_ERROR_INTERRUPTED);
    bytes before = read_all(r.state);
    assert_true(before.size > 8192);
    struct rlimit old, tight;
    getrlimit(RLIMIT_FSIZE, &old);
    tight = (struct rlimit){8192, old.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &tight);
    lh_status status = run(&r, &o, true, &next, &error);
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, handler);
    assert_int_equal(status, LH_ERROR_IO);
    if (!strstr(error.message, r.state))
        fail_msg("no word of the file in \"%s\"", error.message);
    bytes after = read_all(r.state);
    check_same("the state", &before, &after);
    free(before.data);
    free(after.data);
    forget_run(&r);
    r.files.log = "/dev/full";
    assert_int_equal(run(&r, &o, false, &next, &error), LH_ERROR_IO);
    assert_non_null(strstr(error.message, "/dev/full"));
    room_close(&r);
}

static void broken_states_are_refused_by_name(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(3), loaded;
    watcher w = {.until = 2};
    lh_error error;
    check_fails(LH_ERROR_IO, lh_train_options_load(r.state, &loaded, &error), &error,
                "model.state: cannot open");
    assert_int_equal(run(&r, &o, false, &w, &error), LH_ERROR_INTERRUPTED);
    bytes b = read_all(r.state);
    static const char *const marks[] = {
        "step\\\":",          "layers\\\":",         "training state 1",
        "weight/layer1.bias", "average/layer2.bias", "validations\\\":0"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        char *place = find(&b, marks[i]) + strlen(marks[i]) - 1;
        *place ^= 1;
        write_all(r.state, &b);
        *place ^= 1;
        assert_int_equal(run(&r, &o, true, &w, &error), LH_ERROR_FORMAT);
        assert_non_null(strstr(error.message, r.state));
    }
    for (size_t size = 0; size < b.size; size += 1 + b.size / 50) {
        write_all(r.state, &(bytes){b.data, size});
        assert_int_equal(run(&r, &o, true, &w, &error), LH_ERROR_FORMAT);
        assert_non_null(strstr(error.message, r.state));
    }
    free(b.data);
    room_close(&r);
}

/* Of a file that is not there, of one that cannot be made, of no lines; and without an error to
 * fill. */
static void an_error_keeps_the_kind_that_it_had_where_it_arose(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(1);
    watcher w = {.until = 0};
    lh_error error;
    for (int i = 0; i < 2; i++) {
        lh_error *filled = i == 0 ? &error : NULL;
        assert_int_equal(run(&r, &o, true, &w, filled), LH_ERROR_IO);
        r.files.from = "/nowhere/model";
        assert_int_equal(run(&r, &o, false, &w, filled), LH_ERROR_IO);
        r.files.from = NULL;
        r.files.log = "/nowhere/log";
        assert_int_equal(run(&r, &o, false, &w, filled), LH_ERROR_IO);
        r.files.log = NULL;
        o.valid_splits = 1u << LH_SPLIT_F;
        assert_int_equal(run(&r, &o, false, &w, filled), LH_ERROR_ARGUMENT);
        o.valid_splits = small_options(1).valid_splits;
        if (filled)
            assert_int_equal(error.status, LH_ERROR_ARGUMENT);
    }
    room_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(not_a_number_stops_the_run_and_keeps_the_model),
        cmocka_unit_test(a_state_with_numbers_of_no_training_is_refused_by_name),
        cmocka_unit_test(a_full_disk_is_reported_and_the_old_state_stays),
        cmocka_unit_test(broken_states_are_refused_by_name),
        cmocka_unit_test(an_error_keeps_the_kind_that_it_had_where_it_arose),
    };
    return cmocka_run_group_tests_name("train_state", tests, NULL, NULL);
}
