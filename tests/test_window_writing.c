/* longhand-window writes what is typed at the pace of a hand, and its pen obeys. Played by scripts.
 */
#include "check.h"
#include "window_run.h"

#include <string.h>

static void typing_shows_ink(void **state)
{
    (void)state;
    play(SMALL,
         "0.2 shot empty\n0.3 type some words\n1 shot early\n1 state\n14 shot late\n14 state\n"
         "14.1 close\n");
    assert_true(ink_in("late") > 100);
    assert_true(ink_in("early") < ink_in("late"));
    assert_string_equal(held(0, "text"), "some words");
    assert_true(number(0, "shown") > 5 && number(0, "shown") < number(1, "shown"));
    assert_int_equal(whole(1, "words"), 2);
    assert_in_range(whole(0, "marked"), 0, 3); /* a second in, it is at "some" */
    assert_int_equal(whole(1, "shown"), whole(1, "points"));
    assert_int_equal(whole(1, "marked"), -1);
}

/* Ink is to show soon after a text comes: what would take time before it is counted. */
static void many_letters_at_a_time_are_laid_out_once(void **state)
{
    (void)state;
    char script[2000] = "0.5 state\n0.5 type ";
    for (int i = 0; i < 60; i++)
        strcat(script, "letters and ");
    strcat(script, "\n0.6 state\n3 state\n3 close\n");
    play(SMALL, script);
    assert_int_equal(strlen(held(1, "text")), 699); /* as held: that much of it */
    assert_true(number(1, "field_serial") <= number(0, "field_serial") + 2);
    assert_true(number(2, "marked") >
                number(1, "marked")); /* a letter that is marked is no new text */
    assert_int_equal(whole(2, "field_serial"), whole(1, "field_serial"));
}

static void a_text_does_not_wait_for_the_other_network(void **state)
{
    (void)state;
    write_file("broken.safetensors", "this is no network");
    play(SMALL "--prediction broken.safetensors --text 'hello'",
         "2 state\n2 key f2\n2.1 state\n2.1 close\n");
    assert_string_equal(held(0, "message"), "");
    assert_true(number(0, "shown") > 20);
    assert_non_null(strstr(held(1, "message"), "broken.safetensors"));
}

static void ink_comes_at_the_pace_of_a_hand(void **state)
{
    (void)state;
    play(PLAIN "--text 'onelongwordthattakesitstime'",
         "1 state\n2 state\n2 key alt+right\n3 state\n3 close\n");
    double first = number(1, "shown") - number(0, "shown");
    assert_in_range(first, 35, 70); /* IAM-OnDB: 66 points a second, less where the pen is up */
    double twice = number(2, "shown") - number(1, "shown");
    assert_true(twice > 1.6 * first && twice < 2.4 * first);
}

static void at_once_is_at_once(void **state)
{
    (void)state;
    play(SMALL, "0 key alt+right\n0 key alt+right\n0 key alt+right\n0 key alt+right\n"
                "0 key alt+right\n0.1 type all of it \n0.4 state\n0.4 close\n");
    assert_string_equal(held(0, "speed"), "at once");
    assert_true(number(0, "points") > 20);
    assert_int_equal(whole(0, "shown"), whole(0, "points"));
}

static void a_full_paper_scrolls(void **state)
{
    (void)state;
    char script[3000] = "0 key alt+right\n0 key alt+right\n0 key alt+right\n0 key alt+right\n"
                        "0 key alt+right\n0.1 type ";
    for (int i = 0; i < 60; i++)
        strcat(script, "so many words ");
    strcat(script, "\n9 state\n9 shot bottom\n9.1 key PageUp\n10 shot higher\n10 close\n");
    play(SMALL, script);
    assert_true(number(0, "lines") > 5);
    assert_true(ink_in("bottom") > 100);
    assert_paper_differs("bottom", "higher");
}

static void a_line_end_in_the_text_is_one_on_paper(void **state)
{
    (void)state;
    play(SMALL "--text 'one'", "3 type \\ntwo\n6 state\n6 close\n");
    assert_int_equal(whole(0, "lines"), 2);
}

static void pen_can_be_paused_stepped_replayed_and_cleared(void **state)
{
    (void)state;
    play(SMALL "--text 'words to be written'",
         "1 key ctrl+p\n1.1 state\n2 state\n2 key ctrl+.\n2.1 state\n2.1 key ctrl+p\n4 state\n"
         "4 key ctrl+r\n4.1 state\n5 key ctrl+l\n5.2 state\n5.2 shot clear\n5.3 close\n");
    assert_string_equal(held(0, "paused"), "yes");
    assert_int_equal(whole(0, "shown"), whole(1, "shown"));
    assert_int_equal(whole(2, "shown"), whole(1, "shown") + 1);
    assert_true(number(3, "shown") > number(2, "shown") + 30);
    assert_true(number(4, "shown") < 20);
    assert_string_equal(held(5, "text"), "");
    assert_int_equal(whole(5, "points"), 0);
    assert_true(ink_in("clear") < 400); /* what the empty paper says */
}

static void a_new_seed_writes_otherwise(void **state)
{
    (void)state;
    play(SMALL "--text 'words'", "3 shot before\n3 key ctrl+n\n6 shot after\n6 state\n6 close\n");
    assert_int_equal(whole(0, "seed"), 2);
    assert_paper_differs("before", "after");
}

/* A style is not learnt anew for a seed: its ink is that of a window that learnt it with that seed.
 */
static void seeds_share_a_style(void **state)
{
    (void)state;
#define AT_ONCE \
    "0 key alt+right\n0 key alt+right\n0 key alt+right\n0 key alt+right\n0 key alt+right\n"
#define WORDS SMALL "--text 'words'"
    play(WORDS, AT_ONCE "0.5 key alt+pageup\n1 key alt+.\n3 shot fresh\n3 close\n");
    play(WORDS, AT_ONCE "1 key alt+.\n3 shot first\n3 key alt+pageup\n5 state\n5 shot second\n"
                        "5 key alt+pagedown\n7 shot again\n7 close\n");
    assert_int_equal(whole(0, "style"), 1);
    assert_int_equal(whole(0, "seed"), 2);
    assert_paper_differs("first", "second");
    assert_int_equal(difference("fresh", "second", 0, 0, PAPER_W, PAPER_H), 0);
    assert_int_equal(difference("first", "again", 0, 0, PAPER_W, PAPER_H), 0);
#undef AT_ONCE
#undef WORDS
}

static void an_unknown_letter_is_named_and_left_out(void **state)
{
    (void)state;
    play(SMALL, "0.5 type ab\xe2\x82\xac"
                "c\n1 state\n4 state\n4 close\n");
    assert_non_null(strstr(held(0, "message"), "\xe2\x82\xac"));
    assert_int_equal(whole(1, "words"), 1);
    assert_true(number(1, "shown") > 10);
}

static void accents_are_set_when_the_word_is_written(void **state)
{
    (void)state;
    play(SMALL, "0.5 type on \n6 state\n6 close\n");
    const double without = number(0, "shown");
    play(SMALL, "0.5 type \xc3\xb6n \n6 state\n6 close\n");
    assert_string_equal(held(0, "message"), "");
    assert_true(number(0, "shown") > without);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_shows_ink),
        cmocka_unit_test(many_letters_at_a_time_are_laid_out_once),
        cmocka_unit_test(a_text_does_not_wait_for_the_other_network),
        cmocka_unit_test(ink_comes_at_the_pace_of_a_hand),
        cmocka_unit_test(at_once_is_at_once),
        cmocka_unit_test(a_full_paper_scrolls),
        cmocka_unit_test(a_line_end_in_the_text_is_one_on_paper),
        cmocka_unit_test(pen_can_be_paused_stepped_replayed_and_cleared),
        cmocka_unit_test(a_new_seed_writes_otherwise),
        cmocka_unit_test(seeds_share_a_style),
        cmocka_unit_test(an_unknown_letter_is_named_and_left_out),
        cmocka_unit_test(accents_are_set_when_the_word_is_written),
    };
    if (without_screen())
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
