/* longhand-window shows hands by one word, and the same words in four ways, of which one is picked.
 * Played by scripts. */
#include "check.h"
#include "window_run.h"

#include <string.h>

static void hands_are_shown_by_a_word_that_is_written(void **state)
{
    (void)state;
    play(PLAIN, "0.5 state\n0.5 shot before\n3 state\n3 shot after\n3 close\n");
    assert_int_equal(whole(0, "hands"), 0); /* who types first does not wait for them */
    assert_int_equal(whole(1, "hands"), 1);
    assert_true(difference("before", "after", 1110, 70, 1185, 115) > 20);
}

static void ways_are_compared_and_one_is_picked(void **state)
{
    (void)state;
    play(PLAIN "--text 'some words'",
         "2 state\n2 shot paper\n2 key ctrl+b\n2.1 state\n2.2 state\n2.2 shot seeds\n2.3 key Down\n"
         "2.3 key Down\n2.4 state\n2.5 key Return\n2.6 state\n2.6 state\n3 close\n");
    assert_string_equal(held(1, "comparing"), "Seed 1");
    assert_int_equal(whole(2, "compared"), 4);
    assert_true(difference("paper", "seeds", 20, 60, 800, 560) > 2000);
    assert_string_equal(held(3, "comparing"), "Seed 3");
    assert_string_equal(held(3, "seed"), "1");
    assert_string_equal(held(4, "seed"), "3");
    assert_string_equal(held(4, "comparing"), "");
    assert_non_null(strstr(held(4, "message"), "Seed 3 writes now"));
}

static void what_differs_can_be_chosen(void **state)
{
    (void)state;
    play(PLAIN "--text 'some words'",
         "2 key ctrl+b\n2 key Right\n2.1 key Down\n2.1 state\n2.1 key Right\n2.2 key Down\n2.2 "
         "state\n"
         "2.3 key Return\n2.4 state\n2.4 key ctrl+b\n2.5 key Space\n2.5 state\n2.6 key PageUp\n"
         "2.6 key PageUp\n2.6 state\n2.7 key Escape\n2.7 state\n"
         "2.8 key ctrl+b\n2.8 type x\n2.9 state\n3 close\n");
    assert_string_equal(held(0, "comparing"), "Neatness 0.60");
    assert_string_equal(held(1, "comparing"), "wave");
    assert_string_equal(held(2, "style"), "1");
    assert_string_equal(held(3, "comparing"), "Seed 5");
    assert_string_equal(held(4, "comparing"), "Seed 996"); /* round the end of them */
    assert_string_equal(held(5, "comparing"), "");
    assert_string_equal(held(5, "seed"), "1");
    assert_string_equal(held(6, "comparing"), ""); /* what is typed is written */
    assert_string_equal(held(6, "text"), "some wordsx");
}

static void it_works_in_write_only(void **state)
{
    (void)state;
    play(PLAIN "--text 'some words'",
         "1 key ctrl+b\n1 key f3\n1.1 state\n1.1 key ctrl+b\n1.2 state\n1.2 close\n");
    assert_string_equal(held(0, "comparing"), "");
    assert_string_equal(held(1, "comparing"), "");
    assert_non_null(strstr(held(1, "message"), "Write only"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hands_are_shown_by_a_word_that_is_written),
        cmocka_unit_test(ways_are_compared_and_one_is_picked),
        cmocka_unit_test(what_differs_can_be_chosen),
        cmocka_unit_test(it_works_in_write_only),
    };
    if (without_screen())
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
