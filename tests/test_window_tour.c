/* longhand-window's tour: it drives the window, and leaves it as it was. Played by scripts. */
#include "check.h"
#include "window_run.h"

#include <stdlib.h>
#include <string.h>

static const char *options(const char *text)
{
    static char all[400];
    snprintf(all, sizeof all, "--model '%s/assets/longhand.safetensors' --text '%s'",
             getenv("LONGHAND_SOURCE"), text);
    return all;
}

static void each_stop_shows_what_it_tells_of(void **state)
{
    (void)state;
    /* Of each stop, what is on then. */
    static const struct {
        const char *key, *value;
    } shown[] = {
        {"ahead", "off"},  {"ahead", "on"}, {"attention", "on"}, {"cells", "on"},
        {"telling", "on"}, {"cells", "on"}, {"gates", "on"},     {"comparing", "Neatness 0.00"}};
    enum { STOPS = sizeof shown / sizeof *shown };
    char script[2000] = "0 key ctrl+2\n0 key ctrl+f\n3 key F4\n", row[80];
    for (int i = 0; i < STOPS; i++) {
        snprintf(row, sizeof row, "%d state\n%d shot tour%d\n%d key Space\n", 7 + 4 * i, 7 + 4 * i,
                 i, 7 + 4 * i);
        strcat(script, row);
    }
    strcat(script, "40 state\n40 close\n");
    play(options("the letters that she gets are better than the rest"), script);
    for (int i = 0; i < STOPS; i++) {
        assert_int_equal(whole(i, "tour"), i + 1);
        if (strcmp(held(i, shown[i].key), shown[i].value) != 0)
            fail_msg("at stop %d %s is %s", i + 1, shown[i].key, held(i, shown[i].key));
        assert_string_equal(held(i, "message"), "");
        if (i > 0) {
            char before[12], now[12];
            snprintf(before, sizeof before, "tour%d", i - 1);
            snprintf(now, sizeof now, "tour%d", i);
            assert_true(difference(before, now, 0, 0, 1016, 630) > 500);
            assert_true(difference(before, now, 1030, 30, 1260, 240) > 300); /* the card */
        }
    }
    assert_true(number(1, "moment") >= 0);
    assert_true(number(4, "cell") >= 0);
    assert_true(number(5, "cell") >= 0);
    assert_int_equal(whole(STOPS, "tour"), 0);
    assert_string_equal(held(STOPS, "attention"), "on"); /* as before */
    assert_string_equal(held(STOPS, "find"), "on");
    assert_string_equal(held(STOPS, "gates"), "off");
    assert_int_equal(whole(STOPS, "cell"), -1);
    assert_string_equal(held(STOPS, "seed"), "1");
}

static void it_goes_back_and_ends_when_asked(void **state)
{
    (void)state;
    play(PLAIN "--text 'some words'",
         "1 key F4\n2 key Left\n2.1 state\n2.2 key Right\n2.3 key Right\n2.4 state\n2.5 key Left\n"
         "2.6 state\n2.6 key Escape\n2.7 state\n2.8 key F4\n2.9 type x\n3 state\n"
         "3.1 key F4\n3.2 click 1140 213\n3.3 state\n3.3 key F4\n3.4 state\n3.4 close\n");
    assert_int_equal(whole(0, "tour"), 1);
    assert_int_equal(whole(1, "tour"), 3);
    assert_int_equal(whole(2, "tour"), 2);
    assert_int_equal(whole(3, "tour"), 0);
    assert_int_equal(whole(4, "tour"), 0); /* typing is no part of it */
    assert_string_equal(held(4, "text"), "some wordsx");
    assert_int_equal(whole(5, "tour"), 2); /* by the card's button */
    assert_int_equal(whole(6, "tour"), 0);
}

static void without_a_text_it_has_one_written(void **state)
{
    (void)state;
    play(PLAIN, "0.5 key f3\n1 key F4\n3 state\n3 key Escape\n3.1 state\n3.1 close\n");
    assert_string_equal(held(0, "mode"), "Write");
    assert_non_null(strstr(held(0, "text"), "quick brown fox"));
    assert_true(number(0, "shown") > 20);
    assert_string_equal(held(1, "mode"), "Draw");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_stop_shows_what_it_tells_of),
        cmocka_unit_test(it_goes_back_and_ends_when_asked),
        cmocka_unit_test(without_a_text_it_has_one_written),
    };
    if (without_screen())
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
