/* Lessons of the window, in which hands are learnt, and hands that are drawn by seed; with no
 * thread and no window. */
#include "check.h"
#include "write_model.h"

#include "window/lesson.h"
#include "window/writing.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/longhand-lesson-XXXXXX";
static char model_path[100];
static lh_error error;

static int begin_all(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(model_path, sizeof model_path, "%s/text.safetensors", folder);
    lh_model *model = write_model_new(&write_model_plain);
    check_ok(lh_model_save(model, model_path, LH_PRECISION_FLOAT32, &error), &error);
    lh_model_free(model);
    return 0;
}

static int end_all(void **state)
{
    (void)state;
    return unlink(model_path) + rmdir(folder); /* which nothing was left in */
}

/* A lesson of two rows, one above the other, of which both say "a wave". */
static win_lesson new_lesson(void)
{
    win_lesson lesson = {.options = lh_hand_defaults};
    lh_ink *ink = write_model_ink(60), *below = write_model_ink(60);
    check_ok(lh_ink_append(ink, below, 0, 600, 10, &error), &error);
    check_ok(win_lesson_cut(&lesson, ink, &error), &error);
    lh_ink_free(ink);
    lh_ink_free(below);
    assert_int_equal(lesson.count, 2);
    for (size_t i = 0; i < lesson.count; i++)
        lesson.line[i].text = strdup("a wave");
    lesson.model = strdup(model_path);
    lesson.folder = strdup(folder);
    lesson.options.steps = 3;
    return lesson;
}

static void a_lesson_is_kept_as_a_hand(void **state)
{
    (void)state;
    win_lesson lesson = new_lesson();
    check_ok(win_lesson_learn(&lesson, &error), &error);
    assert_non_null(strstr(lesson.path, "own-0001.hand"));
    assert_false(lesson.primed);
    lh_style *style = lh_style_read(lesson.path, NULL, &error);
    assert_non_null(style);
    assert_string_equal(style->text, "a wave");
    assert_non_null(style->hand);
    assert_int_equal(style->hand->lines, 1);
    lh_style_free(style);
    assert_int_equal(unlink(lesson.path), 0);
    win_lesson_clear(&lesson);
}

static void a_network_that_learns_no_hands_is_shown_the_first_row(void **state)
{
    (void)state;
    win_lesson lesson = new_lesson();
    lesson.options.rank = LH_ADAPTATION_RANK_MAX + 1;
    check_ok(win_lesson_learn(&lesson, &error), &error);
    assert_true(lesson.primed);
    lh_style *style = lh_style_read(lesson.path, NULL, &error);
    assert_non_null(style);
    assert_string_equal(style->text, "a wave");
    assert_int_equal(style->ink->count, 60);
    lh_style_free(style);
    assert_int_equal(unlink(lesson.path), 0);
    strcpy(strrchr(lesson.path, '.'), ".txt");
    assert_int_equal(unlink(lesson.path), 0);
    win_lesson_clear(&lesson);
}

static bool at_once(void *user)
{
    (void)user;
    return true;
}

static void nothing_is_kept_of_a_lesson_that_fails(void **state)
{
    (void)state;
    win_lesson lesson = new_lesson();
    lesson.options.stop = at_once;
    assert_int_equal(win_lesson_learn(&lesson, &error), LH_ERROR_INTERRUPTED);
    assert_null(lesson.path);
    free(lesson.line[1].text);
    lesson.line[1].text = NULL; /* and there is no reader */
    assert_int_equal(win_lesson_learn(&lesson, &error), LH_ERROR_INTERRUPTED); /* before reading */
    lesson.options.stop = NULL;
    check_fails(LH_ERROR_ARGUMENT, win_lesson_learn(&lesson, &error), &error, "row 2");
    lesson.line[1].text = strdup("far more words than could be written with so little ink, as this "
                                 "row has, or with ten times as much of it");
    check_fails(LH_ERROR_ARGUMENT, win_lesson_learn(&lesson, &error), &error, "Row 2: too little");
    assert_null(lesson.path);
    win_lesson_clear(&lesson);
}

/* Two hands of the model in the folder "hands". */
static void hands_by_seed_are_drawn_from_those_installed(void **state)
{
    (void)state;
    char hands[100], path[2][200];
    snprintf(hands, sizeof hands, "%s/hands", folder);
    assert_int_equal(mkdir(hands, 0777), 0);
    for (int i = 0; i < 2; i++) {
        win_lesson lesson = new_lesson();
        free(lesson.folder);
        lesson.folder = strdup(hands);
        lesson.options.rate = i ? 0.05 : 0.01;
        check_ok(win_lesson_learn(&lesson, &error), &error);
        snprintf(path[i], sizeof path[i], "%s", lesson.path);
        win_lesson_clear(&lesson);
    }
    lh_model *model = lh_model_load(model_path, &error), *other = write_model_prediction();
    lh_hand_pool pool = {0};
    const uint64_t network = lh_network_fingerprint(model->network);
    check_ok(lh_hand_pool_read(&pool, hands, &error), &error);
    assert_int_equal(pool.count, 2);
    lh_hand *one = lh_hand_pool_draw(&pool, network, 1, &error),
            *two = lh_hand_pool_draw(&pool, network, 2, &error);
    assert_non_null(one);
    assert_non_null(two);
    assert_memory_not_equal(one->number, two->number, one->count * sizeof *one->number);
    /* They are not that network's. */
    assert_null(lh_hand_pool_draw(&pool, lh_network_fingerprint(other->network), 1, &error));
    lh_hand_free(one);
    lh_hand_free(two);
    lh_model_free(other);
    char text[] = "some words";
    lh_write_options options = lh_write_defaults;
    float last[2];
    for (int i = 0; i < 2; i++) { /* without the hands, and with them */
        const lh_hand_pool none = {0};
        lh_writer *writer = win_writer_new(model, NULL, i ? &pool : &none, &options, &error);
        lh_written *written = writer ? lh_write_text(writer, &options, text, &error) : NULL;
        if (!written)
            fail_msg("%s", error.message);
        last[i] = written->ink->points[written->ink->count - 1].x;
        lh_written_free(written);
        lh_writer_free(writer);
    }
    assert_true(last[0] != last[1]);
    lh_model_free(model);
    check_ok(lh_hand_pool_read(&pool, NULL, &error), &error);
    assert_int_equal(pool.count, 0);
    lh_hand_pool_clear(&pool);
    assert_int_equal(unlink(path[0]) + unlink(path[1]) + rmdir(hands), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lesson_is_kept_as_a_hand),
        cmocka_unit_test(a_network_that_learns_no_hands_is_shown_the_first_row),
        cmocka_unit_test(nothing_is_kept_of_a_lesson_that_fails),
        cmocka_unit_test(hands_by_seed_are_drawn_from_those_installed),
    };
    return cmocka_run_group_tests(tests, begin_all, end_all);
}
