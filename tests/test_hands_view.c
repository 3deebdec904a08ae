/* The list of hands on the panel: with more than there is room for it is scrolled on its own, and
 * all else stays in sight. */
#include "check.h"
#include "write_model.h"

#include "window/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 1280, HEIGHT = 800, HANDS = 31 };

static char folder[] = "/tmp/longhand-hands-XXXXXX";
static win_core core;
static win_view view;
static lh_error error;

static void wake(void *data)
{
    (void)data;
}

static int begin_all(void **state)
{
    (void)state;
    char path[200];
    lh_ink *ink = write_model_ink(40);
    if (!mkdtemp(folder))
        return -1;
    for (int i = 0; i < HANDS; i++) {
        snprintf(path, sizeof path, "%s/hand-%02d.xml", folder, i);
        check_ok(lh_iam_write(ink, path, &error), &error);
        strcpy(strrchr(path, '.'), ".txt");
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs("a wave\n", file);
        fclose(file);
    }
    lh_ink_free(ink);
    return 0;
}

static int end_all(void **state)
{
    (void)state;
    char command[200];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static int begin(void **state)
{
    (void)state;
    memset(&core, 0, sizeof core);
    for (int i = 0; i < WIN_VALUES; i++)
        core.value[i] = win_settings[i].start;
    win_styles_find(&core.styles, NULL, folder);
    assert_int_equal(core.styles.count, HANDS);
    view = (win_view){.core = &core,
                      .zoom = 1,
                      .focus = WIN_FOCUS_TEXT,
                      .hover = WIN_FOCUS_TEXT,
                      .tip_due = INFINITY};
    if (win_core_start(&core, "", wake, &error) != LH_OK ||
        !win_frame_layout(&view, WIDTH, HEIGHT, 1))
        return -1;
    core.last_input = -WIN_CARET_BLINKS;
    win_frame_draw(&view);
    return 0;
}

static int end(void **state)
{
    (void)state;
    win_core_stop(&core);
    win_frame_free(&view);
    return 0;
}

/* The hand in the middle of place `i` of the list as it was first laid out; -1: none is hit. */
static int hit(int i)
{
    win_box b = win_hands_box(&view, i);
    double x = b.x + b.w / 2, y = b.y + b.h / 2 + view.hands_scroll;
    return win_panel_at(&view, x, y) == WIN_STYLE ? (int)win_panel_value(&view, WIN_STYLE, x, y)
                                                  : -1;
}

static void all_controls_are_in_sight(void **state)
{
    (void)state;
    assert_true(view.panel_height <= HEIGHT);
    for (int i = 0; i < WIN_CONTROLS; i++)
        assert_true(view.control_box[i].y + view.control_box[i].h <= HEIGHT);
    assert_true(view.control_box[WIN_VALUES + WIN_SAVE_AS].w > 0);
    assert_true(win_hands_bar(&view).w > 0);
    /* In a lower window the panel is scrolled as well, and some hands are seen. */
    assert_true(win_frame_layout(&view, 640, 480, 1));
    assert_true(view.panel_height > 480);
    assert_in_range((int)view.control_box[WIN_STYLE].h, 80, 160);
    /* In a high one all are. */
    assert_true(win_frame_layout(&view, 2560, 1440, 1));
    assert_true(win_hands_bar(&view).w == 0);
    assert_true(view.control_box[WIN_STYLE].h == win_hands_height(&view));
}

static void what_is_scrolled_is_hit_where_it_is_seen(void **state)
{
    (void)state;
    win_box list = view.control_box[WIN_STYLE];
    assert_int_equal(hit(4), 4);
    assert_int_equal(hit(HANDS), -1); /* below the list is another control, or none */
    assert_true(win_hands_scroll(&view, win_hands_box(&view, 6).y - win_hands_box(&view, 0).y));
    assert_int_equal(hit(4), 10);
    while (win_hands_scroll(&view, 20))
        ;
    win_box last = win_hands_box(&view, HANDS);
    assert_true(last.y >= list.y && last.y + last.h <= list.y + list.h);
    assert_int_equal((int)win_panel_value(&view, WIN_STYLE, last.x + 5, last.y + 5), HANDS);
    /* A hand that is scrolled out of sight is not hit in the control above. */
    win_box first = win_hands_box(&view, 0);
    assert_true(first.y < list.y);
    assert_true(win_panel_at(&view, first.x + 5, first.y + 5) != WIN_STYLE);
    assert_int_equal((int)win_panel_value(&view, WIN_STYLE, first.x + 5, first.y + 5),
                     (int)core.value[WIN_STYLE]);
    win_hands_drag_bar(&view, 0);
    assert_true(view.hands_scroll == 0);
    win_hands_drag_bar(&view, HEIGHT);
    assert_true(!win_hands_scroll(&view, 1) && view.hands_scroll > 0);
}

static void the_hand_that_is_chosen_comes_in_sight(void **state)
{
    (void)state;
    static const int ways[] = {HANDS, 15, 0, 29};
    for (int i = 0; i < 4; i++) {
        assert_true(win_core_set(&core, WIN_STYLE, ways[i]));
        win_frame_draw(&view);
        win_box b = win_hands_box(&view, ways[i]), list = view.control_box[WIN_STYLE];
        assert_true(b.y >= list.y - 0.5 && b.y + b.h <= list.y + list.h);
    }
    win_hands_scroll(&view, -1000); /* by the user, who looks at others */
    win_frame_draw(&view);
    assert_true(view.hands_scroll == 0);
}

static void the_tip_is_of_the_hand_under_the_mouse(void **state)
{
    (void)state;
    char text[600];
    win_box b = win_hands_box(&view, 7);
    core.value[WIN_STYLE] = 3;
    view.mouse_x = b.x + b.w / 2;
    view.mouse_y = b.y + b.h / 2;
    view.hover = WIN_STYLE;
    win_tip_text(&view, text, sizeof text);
    assert_non_null(strstr(text, "Hand: hand-06\n"));
    assert_null(strstr(text, "Your own"));
    win_tip_follow(&view);
    core.time = view.tip_due + 0.1;
    assert_true(isfinite(view.tip_due));
    view.mouse_x += b.w + 6; /* another tile: it waits again */
    win_tip_follow(&view);
    assert_true(view.tip_due > core.time);
    win_tip_text(&view, text, sizeof text);
    assert_non_null(strstr(text, "Hand: hand-07\n"));
}

static void a_style_that_is_read_anew_is_shown_and_written_anew(void **state)
{
    (void)state;
    win_styles *styles = &core.styles;
    char *path = strdup(styles->path[3]);
    const unsigned turn = styles->turn[3], next = styles->turn[4];
    lh_ink *ink = write_model_ink(70), *before = write_model_ink(40);
    check_ok(lh_iam_write(ink, path, &error), &error);
    core.hands.asked = 2;
    core.ghosts.asked.turn = 9;
    assert_int_equal(win_styles_add(styles, path, &error), 3);
    win_core_style_anew(&core);
    assert_int_equal(styles->count, HANDS);
    assert_true(styles->turn[3] > turn && styles->turn[3] > next && styles->turn[4] == next);
    assert_int_equal(styles->style[3]->ink->count, 70);
    assert_int_equal(core.hands.asked, 0);
    assert_int_equal(core.ghosts.asked.turn, 0);
    check_ok(lh_iam_write(before, path, &error), &error);
    lh_ink_free(ink);
    lh_ink_free(before);
    free(path);
}

/* A word that comes costs no more than its own place. */
static void a_word_that_comes_is_drawn_alone(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++)
        win_frame_draw(&view);
    view.changes = 0;
    core.hands.version++;
    core.hands.latest = 3;
    win_frame_draw(&view);
    win_rect place = win_frame_rect(&view, win_hands_box(&view, 4));
    assert_int_equal(view.changes, 1);
    assert_true(memcmp(&view.change[0], &place, sizeof place) == 0);
    view.changes = 0;
    win_hands_touch(&core.hands);
    win_frame_draw(&view);
    assert_int_equal(view.changes, 1);
    assert_true(view.change[0].h > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_controls_are_in_sight, begin, end),
        cmocka_unit_test_setup_teardown(what_is_scrolled_is_hit_where_it_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(the_hand_that_is_chosen_comes_in_sight, begin, end),
        cmocka_unit_test_setup_teardown(the_tip_is_of_the_hand_under_the_mouse, begin, end),
        cmocka_unit_test_setup_teardown(a_style_that_is_read_anew_is_shown_and_written_anew, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_word_that_comes_is_drawn_alone, begin, end),
    };
    return cmocka_run_group_tests(tests, begin_all, end_all);
}
