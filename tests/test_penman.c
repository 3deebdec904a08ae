/* The window's penman: orders in, news out, with no thread and no window. */
#include "check.h"
#include "write_model.h"

#include "window/controls.h"
#include "window/news.h"
#include "window/order.h"
#include "window/penman.h"
#include "window/style_list.h"

#include <stdlib.h>
#include <string.h>
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
    int samples, slot; /* that is expected */
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
        assert_int_equal(news->slot, told.slot);
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
    told.slot = 3;
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

/* The file that is kept, the only one of the folder; the caller frees. */
static char *kept_file(const char *words)
{
    char command[200], name[300];
    snprintf(command, sizeof command, "ls %.150s/*", words);
    FILE *listed = popen(command, "r");
    assert_non_null(listed);
    assert_int_equal(fscanf(listed, "%299s", name), 1);
    char *path = strdup(name);
    assert_int_equal(fscanf(listed, "%299s", name), EOF);
    pclose(listed);
    return path;
}

static void words_of_hands_are_kept_between_starts(void **state)
{
    (void)state;
    char cache[100], words[120], text[] = "hand", command[300];
    snprintf(cache, sizeof cache, "%s/cache", folder);
    snprintf(words, sizeof words, "%s/longhand/words", cache);
    setenv("XDG_CACHE_HOME", cache, 1);
    lh_ink *ink = write_model_ink(60), *other = write_model_ink(30);
    char *style = win_styles_keep(folder, ink, "a wave", &error);
    assert_non_null(style);
    win_sample sample = {.slot = WIN_SLOT_HANDS, .turn = 7, .text = text, .style = style};
    win_order order = order_for("some");
    do_all(&order);
    told.slot = WIN_SLOT_HANDS;
    win_penman_sample(penman, &sample);
    const size_t points = told.sample_points;
    const float x = told.sample_x;
    assert_true(points > 20);
    char *file = kept_file(words);
    win_penman_sample(penman, &sample);
    assert_int_equal(told.sample_points, points);
    assert_float_equal(told.sample_x, x, 0);
    check_ok(lh_iam_write(other, file, &error), &error); /* seen: it is not written again */
    win_penman_sample(penman, &sample);
    assert_int_equal(told.sample_points, 30);
    FILE *damaged = fopen(file, "w");
    assert_non_null(damaged);
    fputs("<Whiteboard", damaged);
    fclose(damaged);
    win_penman_sample(penman, &sample);
    assert_int_equal(told.sample_points, points);
    sample.bias = 3; /* another file */
    win_penman_sample(penman, &sample);
    snprintf(command, sizeof command, "test $(ls %s | wc -l) = 2", words);
    assert_int_equal(system(command), 0);
    snprintf(command, sizeof command, "rm -r %s %s/own-0001.*", cache, folder);
    assert_int_equal(system(command), 0);
    unsetenv("XDG_CACHE_HOME");
    lh_ink_free(ink);
    lh_ink_free(other);
    free(style);
    free(file);
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

/* Puts another network in the place of a file. */
static void replace(const char *path, const write_model_options *options)
{
    lh_model *model = write_model_new(options);
    check_ok(lh_model_save(model, path, LH_PRECISION_FLOAT32, &error), &error);
    lh_model_free(model);
}

static void a_file_that_is_another_is_loaded_anew(void **state)
{
    (void)state;
    char path[100];
    win_order order = order_for("some words");
    save(write_model_prediction(), path, "replaced");
    order.model = path;
    assert_false(win_penman_write(penman, &order, true));
    replace(path, &write_model_plain);
    assert_true(win_penman_write(penman, &order, true)); /* nobody said that it is another */
    assert_int_equal(told.models, 0);
    order.model_turn++;
    do_all(&order);
    assert_int_equal(told.models, 1);
    const size_t points = told.points;
    write_model_options slow = write_model_plain;
    slow.pace /= 2;
    replace(path, &slow);
    order.model_turn++;
    do_all(&order);
    assert_int_equal(told.models, 2);
    assert_true(told.points > points + points / 2);
    order.free_turn++; /* which is no matter of the text's */
    do_all(&order);
    assert_int_equal(told.models, 2);
    assert_int_equal(unlink(path), 0);
}

/* As in Draw one hand is deleted, and the next one learnt is kept under its name. */
static void another_hand_at_the_same_path_writes(void **state)
{
    (void)state;
    lh_ink *ink = write_model_ink(60), *other = write_model_ink(30);
    char *style = win_styles_keep(folder, ink, "a wave", &error), command[200];
    assert_non_null(style);
    win_order order = order_for("some words"), draw = order;
    order.style = style;
    order.style_turn = 1;
    draw.mode = WIN_MODE_DRAW;
    do_all(&order);
    const float x = told.last_x;
    check_ok(lh_iam_write(other, style, &error), &error);
    do_all(&draw);
    do_all(&order);
    assert_float_equal(told.last_x, x,
                       0); /* what was learnt does as long as the file is the same */
    do_all(&draw);
    order.style_turn++;
    do_all(&order);
    assert_true(told.last_x != x);
    const float its = told.last_x;
    check_ok(lh_iam_write(ink, style, &error), &error);
    order.style_turn++; /* and with nothing between */
    do_all(&order);
    assert_float_equal(told.last_x, x, 0);
    assert_true(told.last_x != its);
    snprintf(command, sizeof command, "rm %s/own-0001.*", folder);
    assert_int_equal(system(command), 0);
    lh_ink_free(ink);
    lh_ink_free(other);
    free(style);
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
        cmocka_unit_test_setup_teardown(words_of_hands_are_kept_between_starts, begin, end),
        cmocka_unit_test_setup_teardown(a_wrong_model_is_told_once_and_by_name, begin, end),
        cmocka_unit_test_setup_teardown(a_file_that_is_another_is_loaded_anew, begin, end),
        cmocka_unit_test_setup_teardown(another_hand_at_the_same_path_writes, begin, end),
    };
    return cmocka_run_group_tests(tests, begin_all, end_all);
}
