/* One moment in time: what the mouse is over, and what is held, is shown by all views. Played by
 * scripts. */
#include "check.h"
#include "window_run.h"

#include <string.h>

#define WRITTEN PLAIN "--text 'some views of it' "
/* With all views, and all ink there. */
static const char all[] = "0 key alt+right\n0 key alt+right\n0 key alt+right\n0 key alt+right\n"
                          "0 key alt+right\n0 key ctrl+1\n0 key ctrl+2\n0 key ctrl+3\n"
                          "0 key ctrl+4\n";

static void play_all(const char *options, const char *rows)
{
    char script[3000];
    snprintf(script, sizeof script, "%s%s", all, rows);
    play(options, script);
}

static void views_show_what_the_mouse_is_over(void **state)
{
    (void)state;
    play_all(WRITTEN, "1 shot pen\n1 state\n1 move 790 330\n1.1 shot view\n1.1 state\n"
                      "1.2 move 830 330\n1.3 state\n1.4 move 33 700\n1.5 state\n"
                      "1.5 shot letter\n1.6 move 400 660\n1.7 state\n1.7 shot away\n2 close\n");
    assert_int_equal(number(0, "moment"), -1);
    assert_true(number(1, "moment") >= 0);
    assert_int_equal(number(2, "moment"), number(1, "moment") + 20); /* two pixels a point */
    assert_int_equal(number(2, "docked"), number(0, "docked"));      /* time does not run away */
    assert_true(difference("pen", "view", 0, 0, 1016, 240) > 100);   /* ring and lens */
    assert_true(difference("pen", "view", 0, 680, 1016, 800) > 20);  /* the letter */
    assert_int_equal(number(3, "marked"), 0);
    assert_true(number(3, "moment") >= 0 && number(3, "moment") < number(0, "points"));
    assert_int_equal(number(4, "moment"), -1);
    assert_int_equal(difference("pen", "away", 0, 0, 1016, 640), 0); /* nothing is left of it */
}

static void a_moment_is_held_and_moved_by_keys(void **state)
{
    (void)state;
    play_all(WRITTEN,
             "1 state\n1 key shift+tab\n1 key left\n1.1 state\n1.1 key up\n1.1 key right\n"
             "1.2 state\n1.2 key home\n1.2 state\n1.3 key end\n1.3 state\n1.4 key left\n"
             "1.4 key space\n1.4 state\n5 state\n5 key left\n5.1 key escape\n5.1 state\n"
             "5.2 key left\n5.2 key shift+tab\n5.2 key left\n5.2 type x\n5.4 state\n6 close\n");
    double last = number(0, "points") - 1;
    assert_string_equal(held(1, "focus"), "time");
    assert_true(number(1, "moment") == last - 1);
    assert_true(number(2, "moment") == last - 10);
    assert_int_equal(number(3, "moment"), 0);
    assert_int_equal(number(4, "moment"), -1);
    assert_true(number(5, "shown") < number(0, "shown") + 1); /* the pen goes on from there */
    assert_int_equal(number(5, "moment"), -1);
    assert_true(number(6, "shown") == number(0, "shown"));
    assert_string_equal(held(7, "focus"), "text");
    assert_int_equal(number(7, "moment"), -1);
    assert_string_equal(held(8, "text"), "some views of ixt"); /* letters go to the text */
    assert_int_equal(number(8, "moment"), -1);
}

static void dragging_scrubs_and_the_wheel_scrolls_time(void **state)
{
    (void)state;
    play_all(WRITTEN,
             "1 state\n1 press 790 330\n1 state\n1.1 move 830 330\n1.1 state\n"
             "1.2 release 830 330\n1.2 move 400 660\n1.3 state\n1.4 key escape\n"
             "1.5 move 790 330\n1.5 wheel 2\n1.6 state\n1.7 wheel -9\n1.8 state\n2 close\n");
    assert_true(number(1, "moment") >= 0);
    assert_int_equal(number(2, "moment"), number(1, "moment") + 20);
    assert_int_equal(number(3, "moment"), number(2, "moment")); /* it stays when the mouse goes */
    assert_true(number(4, "docked") < number(0, "docked"));
    assert_int_equal(number(5, "docked"), number(0, "docked"));
}

static void tips_come_beside_the_mouse_and_go_with_it(void **state)
{
    (void)state;
    play_all(WRITTEN, "1 move 40 655\n1.1 state\n1.1 shot soon\n2 state\n2 shot tip\n"
                      "2.1 move 830 440\n3 state\n3.1 move 600 20\n3.2 state\n3.2 shot gone\n"
                      "4 close\n");
    assert_string_equal(held(0, "tip"), "");
    assert_non_null(strstr(held(1, "tip"), "Pause"));
    assert_non_null(strstr(held(1, "tip"), "Ctrl P"));
    assert_true(difference("soon", "tip", 0, 640, 300, 800) > 2000);
    assert_non_null(strstr(held(2, "tip"), "Cells, point"));
    assert_non_null(strstr(held(2, "tip"), "gives"));
    assert_string_equal(held(3, "tip"), "");
    assert_int_equal(difference("soon", "gone", 0, 700, 1016, 800), 0);
}

static void the_first_run_writes_a_welcome_which_goes_with_the_first_key(void **state)
{
    (void)state;
    play(PLAIN "--settings first",
         "0.1 state\n0.2 key left\n0.3 state\n0.4 key ctrl+z\n0.5 type a\n"
         "0.6 state\n1 close\n");
    assert_true(strlen(held(0, "text")) > 20);
    assert_string_equal(held(1, "text"), "");
    assert_string_equal(held(2, "text"), "a");
    play(PLAIN "--settings first", "0.1 state\n0.2 close\n");
    assert_string_equal(held(0, "text"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_show_what_the_mouse_is_over),
        cmocka_unit_test(a_moment_is_held_and_moved_by_keys),
        cmocka_unit_test(dragging_scrubs_and_the_wheel_scrolls_time),
        cmocka_unit_test(tips_come_beside_the_mouse_and_go_with_it),
        cmocka_unit_test(the_first_run_writes_a_welcome_which_goes_with_the_first_key),
    };
    if (without_screen())
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
