/* longhand-window tells which cells tell of something, and shows one in ink and text. Played by
 * scripts, with the network that comes with the program: cells of a small one know nothing. */
#include "check.h"
#include "window_run.h"

#include <stdlib.h>
#include <string.h>

static const char *options(void)
{
    static char text[400];
    snprintf(text, sizeof text, "--model '%s/assets/longhand.safetensors' --text '%s'",
             getenv("LONGHAND_SOURCE"), "the letters that she gets are better than the rest");
    return text;
}

static void six_are_offered_and_one_colours_ink_and_text(void **state)
{
    (void)state;
    play(options(), "0 key alt+right\n0 key alt+right\n0 key alt+right\n0 key alt+right\n"
                    "0 key alt+right\n0.1 key ctrl+5\n3 state\n3 shot before\n3 click 100 580\n"
                    "3.2 state\n3.2 shot first\n3.2 focus Telling\n3.3 key Down\n3.4 state\n"
                    "3.4 shot second\n3.4 key Home\n3.5 state\n3.5 close\n");
    assert_int_equal(whole(0, "telling_count"), 6);
    assert_int_equal(whole(0, "cell"), -1);
    for (int i = 1; i <= 6; i++) {
        char key[20];
        int cell;
        double r;
        snprintf(key, sizeof key, "telling_%d", i);
        assert_int_equal(sscanf(held(0, key), "%d %lf", &cell, &r), 2);
        assert_true(r > 0.3 || r < -0.3);
    }
    assert_int_equal(whole(1, "cell"), whole(0, "telling_1"));
    assert_int_equal(whole(2, "cell"), whole(0, "telling_2"));
    assert_int_equal(whole(3, "cell"), -1);
    assert_true(difference("before", "first", 0, 0, 1000, 500) > 200);   /* the ink */
    assert_true(difference("before", "first", 20, 690, 500, 715) > 200); /* the text */
    assert_true(difference("first", "second", 20, 690, 500, 715) > 100);
}

static void with_little_ink_it_says_so(void **state)
{
    (void)state;
    play(PLAIN "--text a", "0.1 key ctrl+5\n1 state\n1 shot little\n1.1 key ctrl+5\n1.2 shot none\n"
                           "1.2 key f3\n1.3 key ctrl+5\n1.4 state\n1.4 close\n");
    assert_int_equal(whole(0, "telling_count"), 0);
    assert_true(difference("little", "none", 0, 560, 700, 630) > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_are_offered_and_one_colours_ink_and_text),
        cmocka_unit_test(with_little_ink_it_says_so),
    };
    if (without_screen())
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
