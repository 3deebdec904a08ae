/* The window's penman: orders in, news out, with no thread and no window. */
#include "check.h"
#include "write_model.h"

#include "window/controls.h"
#include "window/lesson.h"
#include "window/news.h"
#include "window/order.h"
#include "window/penman.h"
#include "window/pool.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/longhand-penman-XXXXXX";
static char model_path[100], free_path[100];
static lh_error error;
static win_penman *penman;

/* What the news tell, added up. */
static struct {
    size_t words, points, ways;
    int models, faults;
    char fault[512];
    float last_x, sample_x; /* of the ink's last point, and the sample's */
    size_t sample_points;
    int samples;
} told;

static void post(void *to, win_news *news)
{
    (void)to;
    assert_non_null(news);
    if (news->kind == WIN_NEWS_MODEL)
        told.models++;
    if (news->kind == WIN_NEWS_INK) {
        assert_true(news->points_kept <= told.points && news->words_kept <= told.words);
        told.points = news->points_kept + news->points;
        told.words = news->words_kept + news->words;
        if (news->points > 0)
            told.last_x = news->point[news->points - 1].x;
    }
    if (news->kind == WIN_NEWS_SAMPLE) {
        told.samples++;
        told.sample_points = news->points;
        told.sample_x = news->points > 0 ? news->point[news->points - 1].x : 0;
        assert_int_equal(news->slot, 3);
        assert_int_equal(news->turn, 7);
    }
    if (news->kind == WIN_NEWS_WAYS)
        told.ways = news->words;
    if (news->kind == WIN_NEWS_FAULT) {
        told.faults++;
        memcpy(told.fault, news->message, sizeof told.fault);
    }
    win_news_free(news);
}

static void save(lh_model *model, char path[100], const char *name)
{
    snprintf(path, 100, "%s/%s.safetensors", folder, name);
    check_ok(lh_model_save(model, path, LH_PRECISION_FLOAT32, &error), &error);
    lh_model_free(model);
}

static int begin_all(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    save(write_model_new(&write_model_plain), model_path, "text");
    save(write_model_prediction(), free_path, "free");
    return 0;
}

static int end_all(void **state)
{
    (void)state;
    return unlink(model_path) + unlink(free_path) + rmdir(folder);
}

static int begin(void **state)
{
    (void)state;
    memset(&told, 0, sizeof told);
    penman = win_penman_new(post, NULL, &error);
    return penman ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    win_penman_free(penman);
    return 0;
}

static win_order order_for(const char *text)
{
    return (win_order){.mode = WIN_MODE_WRITE,
                       .model = model_path,
                       .free_model = free_path,
                       .text = text,
                       .finished = true,
                       .bias = 1,
                       .seed = 1};
}

/* Does what the order wants, to its end. */
static void do_all(const win_order *order)
{
    bool fresh = true;
    int pieces = 0;
    do {
        if (!win_penman_write(penman, order, fresh))
            fail_msg("%s", told.fault);
        fresh = false;
        assert_true(++pieces < 200);
    } while (win_penman_wants_ink(penman, order->shown));
}

static void a_text_is_written_to_its_end(void **state)
{
    (void)state;
    win_order order = order_for("some words");
    do_all(&order);
    assert_int_equal(told.models, 1);
    assert_int_equal(told.words, 2);
    assert_true(told.points > 20);
}

static void a_sample_is_the_ink_that_the_text_would_have(void **state)
{
    (void)state;
    char text[] = "some words that are longer", none[] = "\u0416";
    win_sample sample = {.slot = 3, .turn = 7, .text = text, .bias = 1, .seed = 1};
    assert_false(win_penman_can_sample(penman));
    win_order order = order_for(text);
    do_all(&order);
    assert_true(win_penman_can_sample(penman));
    win_penman_sample(penman, &sample);
    assert_int_equal(told.samples, 1);
    assert_int_equal(told.sample_points, told.points);
    assert_float_equal(told.sample_x, told.last_x, 0);
    sample.seed = 2;
    win_penman_sample(penman, &sample);
    assert_true(told.sample_x != told.last_x);
    sample.text = none;
    win_penman_sample(penman, &sample); /* which comes too, so that nobody waits for it */
    assert_int_equal(told.samples, 3);
    assert_int_equal(told.sample_points, 0);
    size_t points = told.points;
    order.text = "some words that are longer now"; /* the text is not disturbed */
    do_all(&order);
    assert_true(told.points > points);
}

static void what_follows_is_added_and_what_changes_is_taken_back(void **state)
{
    (void)state;
    win_order order = order_for("some words");
    do_all(&order);
    size_t points = told.points;
    order.text = "some words more";
    do_all(&order);
    assert_int_equal(told.words, 3);
    assert_true(told.points > points);
    order.text = "some";
    do_all(&order);
    assert_int_equal(told.words, 1);
    assert_true(told.points < points);
    assert_int_equal(told.models, 1); /* loaded once */
}

static void it_writes_no_further_ahead_than_the_pen_needs(void **state)
{
    (void)state;
    char text[3001];
    for (int i = 0; i < 600; i++)
        memcpy(text + 5 * i, "word ", 6);
    win_order order = order_for(text);
    do_all(&order);
    size_t points = told.points;
    assert_true(points > 1500 && told.words < 600);
    assert_true(win_penman_wants_ink(penman, points));
    order.shown = points;
    do_all(&order);
    assert_true(told.points > points);
}

static void it_writes_of_its_own_accord(void **state)
{
    (void)state;
    win_order order = order_for("");
    order.mode = WIN_MODE_FREE;
    do_all(&order);
    assert_true(told.points > 1500 && told.words > 2);
}

static void drawn_ink_is_gone_on_with_in_four_ways(void **state)
{
    (void)state;
    lh_ink *ink = write_model_ink(60);
    win_order order = order_for("a wave");
    order.mode = WIN_MODE_DRAW;
    order.drawn = *ink;
    assert_true(win_penman_write(penman, &order, true));
    assert_int_equal(told.ways, WIN_WAYS);
    assert_false(win_penman_wants_ink(penman, 0));
    order.drawn.count = 0;
    assert_true(win_penman_write(penman, &order, true));
    assert_int_equal(told.ways, 0);
    lh_ink_free(ink);
}

/* ---- hands ------------------------------------------------------------------------------------
 */

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
    lesson.options.stop = NULL;
    free(lesson.line[1].text);
    lesson.line[1].text = NULL; /* and there is no reader */
    check_fails(LH_ERROR_ARGUMENT, win_lesson_learn(&lesson, &error), &error, "row 2");
    lesson.line[1].text = strdup("far more words than could be written with so little ink, as this "
                                 "row has, or with ten times as much of it");
    check_fails(LH_ERROR_ARGUMENT, win_lesson_learn(&lesson, &error), &error, "Row 2: too little");
    assert_null(lesson.path);
    win_lesson_clear(&lesson); /* end_all finds the folder empty */
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
    win_pool pool = {0};
    win_pool_read(&pool, hands);
    assert_int_equal(pool.count, 2);
    lh_hand *one = win_pool_draw(&pool, model, 1), *two = win_pool_draw(&pool, model, 2);
    assert_non_null(one);
    assert_non_null(two);
    assert_memory_not_equal(one->number, two->number, one->count * sizeof *one->number);
    assert_null(win_pool_draw(&pool, other, 1)); /* they are not that network's */
    lh_hand_free(one);
    lh_hand_free(two);
    lh_model_free(other);
    lh_model_free(model);
    win_order order = order_for("some words");
    do_all(&order);
    float without = told.last_x;
    order.hands = hands;
    order.seed = 2; /* another hand is found by another seed */
    do_all(&order);
    order.seed = 1;
    do_all(&order);
    assert_true(told.last_x != without);
    win_pool_read(&pool, NULL);
    assert_int_equal(pool.count, 0);
    win_pool_clear(&pool);
    assert_int_equal(unlink(path[0]) + unlink(path[1]) + rmdir(hands), 0);
}

static void a_wrong_model_is_told_once_and_by_name(void **state)
{
    (void)state;
    win_order order = order_for("words");
    order.model = free_path;
    assert_false(win_penman_write(penman, &order, true));
    assert_int_equal(told.faults, 1);
    assert_non_null(strstr(told.fault, free_path));
    assert_true(win_penman_write(penman, &order, true)); /* not tried again */
    assert_int_equal(told.faults, 1);
    assert_int_equal(told.points, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_text_is_written_to_its_end, begin, end),
        cmocka_unit_test_setup_teardown(a_sample_is_the_ink_that_the_text_would_have, begin, end),
        cmocka_unit_test_setup_teardown(what_follows_is_added_and_what_changes_is_taken_back, begin,
                                        end),
        cmocka_unit_test_setup_teardown(it_writes_no_further_ahead_than_the_pen_needs, begin, end),
        cmocka_unit_test_setup_teardown(it_writes_of_its_own_accord, begin, end),
        cmocka_unit_test_setup_teardown(drawn_ink_is_gone_on_with_in_four_ways, begin, end),
        cmocka_unit_test_setup_teardown(a_lesson_is_kept_as_a_hand, begin, end),
        cmocka_unit_test_setup_teardown(a_network_that_learns_no_hands_is_shown_the_first_row,
                                        begin, end),
        cmocka_unit_test_setup_teardown(nothing_is_kept_of_a_lesson_that_fails, begin, end),
        cmocka_unit_test_setup_teardown(hands_by_seed_are_drawn_from_those_installed, begin, end),
        cmocka_unit_test_setup_teardown(a_wrong_model_is_told_once_and_by_name, begin, end),
    };
    return cmocka_run_group_tests(tests, begin_all, end_all);
}
