/* longhand-window's search as one goes on from what it found: range and threshold are moved, cells
 * and what was kept are picked. Played by scripts, with the network that comes with the program. */
#include "check.h"
#include "window_run.h"

#include <stdlib.h>
#include <string.h>

/* At once, a letter marked. */
#define BEGIN                                                                               \
    "0 key alt+right\n0 key alt+right\n0 key alt+right\n0 key alt+right\n0 key alt+right\n" \
    "0.1 key ctrl+f\n3 key ctrl+home\n3 key shift+right\n3.1 focus Find\n3.1 state\n"

static const char *options(void)
{
    static char all[400];
    snprintf(all, sizeof all, "--model '%s/assets/longhand.safetensors' --text '%s'",
             getenv("LONGHAND_SOURCE"), "look how long our old road goes on to no good");
    return all;
}

static void spans(int state, int *from, int *to)
{
    assert_int_equal(sscanf(held(state, "find_span"), "%d %d", from, to), 2);
}

static void range_and_threshold_are_moved_by_keys(void **state)
{
    (void)state;
    int from[5], to[5];
    play(options(), BEGIN "3.2 key ctrl+Right\n3.2 key ctrl+Right\n3.3 state\n3.3 key ctrl+Left\n"
                          "3.3 key ctrl+shift+Right\n3.4 state\n3.4 key ctrl+Up\n3.4 key ctrl+Up\n"
                          "3.5 state\n3.5 key ctrl+Down\n3.6 state\n3.6 close\n");
    for (int i = 0; i < 5; i++)
        spans(i, &from[i], &to[i]);
    assert_true(from[1] == from[0] && to[1] == to[0] + 2);
    assert_true(from[2] == from[0] + 1 && to[2] == to[0] + 1);
    assert_string_equal(held(2, "find_on"), "0.10");
    assert_string_equal(held(3, "find_on"), "0.20");
    assert_string_equal(held(4, "find_on"), "0.15");
}

static void they_are_dragged_and_cells_are_clicked(void **state)
{
    (void)state;
    int from[6], to[6];
    /* The curves: 84 high below two rows; a point is 2 wide, the last one at the right edge. */
    play(options(),
         BEGIN "3.2 shot before\n3.3 click 145 520\n3.4 state\n3.5 click 111 520\n3.6 state\n"
               "3.7 press 850 552\n3.7 move 870 552\n3.7 move 890 552\n3.7 release 890 552\n"
               "3.8 state\n3.8 press 890 552\n3.8 move 870 552\n3.8 release 870 552\n3.9 state\n"
               "3.9 press 300 593\n3.9 move 300 570\n3.9 release 300 570\n4 state\n"
               "4 shot after\n4 key ctrl+j\n4.1 state\n4.1 close\n");
    for (int i = 0; i < 6; i++)
        spans(i, &from[i], &to[i]);
    assert_int_equal(whole(0, "cell"), -1);
    assert_true(number(1, "cell") >= 0);
    assert_true(number(2, "find_on") > 0.13);
    assert_int_equal(to[3] - from[3], 21); /* a new range */
    assert_int_equal(to[4] - from[4], 11);
    assert_int_equal(from[4], from[3]);
    assert_true(number(5, "find_on") > number(4, "find_on") + 0.1);
    assert_true(difference("before", "after", 100, 540, 1000, 624) > 300);
}

static void what_is_kept_is_found_in_other_ink(void **state)
{
    (void)state;
    play(options(), BEGIN "3.2 key ctrl+shift+f\n3.2 state\n3.3 type letter l\n3.3 key Return\n"
                          "3.4 state\n3.4 close\n");
    assert_string_equal(held(1, "form"), "Keep the cells that were found");
    assert_int_equal(whole(2, "marks_kept"), 1);
    assert_non_null(strstr(held(2, "message"), "letter l"));
    int kept = (int)number(2, "find_cells");
    char other[400];
    snprintf(other, sizeof other, "--model '%s/assets/longhand.safetensors' --text '%s'",
             getenv("LONGHAND_SOURCE"), "all in all she will be well and tell the tale");
    play(
        other,
        "0 key alt+right\n0 key alt+right\n0 key alt+right\n0 key alt+right\n0 key alt+right\n"
        "3 key ctrl+shift+g\n3.1 state\n3.1 key ctrl+shift+f\n3.2 key Tab\n3.2 key Tab\n3.2 state\n"
        "3.2 key Return\n3.3 state\n3.3 key ctrl+shift+g\n3.4 state\n3.4 close\n");
    assert_string_equal(held(0, "find"), "on");
    assert_string_equal(held(0, "find_kept"), "letter l");
    assert_int_equal(whole(0, "find_cells"), kept);
    assert_true(number(0, "find_places") > 0);
    assert_non_null(strstr(held(0, "find_words"), "here"));
    assert_string_equal(held(1, "form_row"), "2");
    assert_int_equal(whole(2, "marks_kept"), 0); /* forgotten */
    assert_non_null(strstr(held(3, "message"), "Nothing is kept"));
    play(PLAIN, "0.1 key ctrl+shift+f\n0.2 state\n0.2 close\n");
    assert_non_null(strstr(held(0, "message"), "Find something first"));
}

static void what_is_kept_is_dropped_with_the_network(void **state)
{
    (void)state;
    play(options(), BEGIN "3.2 key ctrl+shift+f\n3.3 type letter l\n3.3 key Return\n"
                          "3.4 key ctrl+shift+g\n3.5 state\n3.6 drop plain.safetensors\n"
                          "5 state\n5 key ctrl+j\n5.1 state\n5.1 key ctrl+shift+g\n5.2 state\n"
                          "5.3 close\n");
    assert_string_equal(held(1, "find_kept"), "letter l");
    assert_string_equal(held(2, "find_kept"), "");
    assert_int_equal(whole(2, "find_cells"), 0);
    assert_int_equal(whole(3, "cell"), -1);
    assert_non_null(strstr(held(4, "message"), "of a network of another size"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(range_and_threshold_are_moved_by_keys),
        cmocka_unit_test(they_are_dragged_and_cells_are_clicked),
        cmocka_unit_test(what_is_kept_is_found_in_other_ink),
        cmocka_unit_test(what_is_kept_is_dropped_with_the_network),
    };
    if (without_screen())
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
