/* Drawing in longhand-window: what is drawn is undone, read, and gone on with; and writing without
 * a text. Played by scripts. */
#include "check.h"
#include "window_run.h"

#include <stdlib.h>
#include <string.h>

/* Rows of a finger that draws a line from (40, y) to (240, y), pressing so much. */
static void touch_rows(char *script, double from, int y, double pressure)
{
    char row[80];
    for (int i = 0; i <= 20; i++) {
        const char *how = i == 0 ? "down" : i == 20 ? "up" : "move";
        snprintf(row, sizeof row, "%.2f touch %s %d %d %g\n", from + 0.02 * i, how, 40 + 10 * i, y,
                 pressure);
        strcat(script, row);
        if (i == 10) /* a palm, which is nothing */
            strcat(script, "0 touch down 200 260 0.9 7\n0 touch move 300 260 0.9 7\n");
    }
}

static int dark_rows(const char *name, int top, int bottom)
{
    cairo_surface_t *s = picture(name);
    int dark = 0;
    for (int y = top; y < bottom; y++)
        for (int x = 60; x < 220; x++)
            dark += (pixel(s, x, y) >> 8 & 255) < 80;
    cairo_surface_destroy(s);
    return dark;
}

static void strokes_and_clearing_are_undone_step_by_step(void **state)
{
    (void)state;
    char script[6000] = "0 key f3\n0.5 shot empty\n";
    draw_rows(script, 1, 100);
    strcat(script,
           "2.1 state\n2.1 type my hand\n2.2 state\n2.3 shot whole\n"
           "2.3 key ctrl+l\n2.4 state\n" /* 2 */
           "2.5 key ctrl+z\n2.5 state\n"
           "2.5 key ctrl+z\n2.5 key ctrl+z\n2.5 state\n" /* 4: no text */
           "2.6 key ctrl+z\n2.6 state\n"                 /* 5: one of two strokes */
           "2.7 key ctrl+z\n2.7 key ctrl+z\n2.8 state\n2.8 shot undone\n"
           "3 key ctrl+y\n3 key shift+ctrl+z\n3 key ctrl+y\n3 key ctrl+y\n3 state\n"
           "3.05 shot redone\n3.1 drop silent.xml\n3.1 state\n3.1 key ctrl+z\n3.1 state\n"
           "3.2 press 300 100\n3.3 move 350 150\n3.4 key ctrl+z\n3.4 move 360 100\n"
           "3.5 release 380 100\n3.5 state\n" /* 10: of a stroke that is drawn nothing stays */
           "3.6 key ctrl+l\n3.7 key ctrl+l\n3.7 key ctrl+z\n3.8 state\n4 close\n");
    play(PLAIN "--prediction /nowhere ", script);
    double all = number(0, "drawn"), one = number(5, "drawn");
    assert_string_equal(held(1, "text"), "my hand");
    assert_int_equal(whole(2, "drawn"), 0);
    assert_string_equal(held(2, "text"), "");
    assert_non_null(strstr(held(2, "message"), "Ctrl Z"));
    assert_string_equal(held(2, "ways"), "0 0 0 0");
    assert_int_equal(whole(3, "drawn"), all);
    assert_string_equal(held(3, "text"), "my hand");
    assert_int_equal(whole(4, "drawn"), all);
    assert_string_equal(held(4, "text"), "");
    assert_true(one > 10 && one < all);
    assert_int_equal(whole(6, "drawn"), 0);
    assert_int_equal(difference("empty", "undone", 0, 0, 1016, 500), 0);
    assert_int_equal(whole(7, "drawn"), all);
    assert_string_equal(held(7, "text"), "my hand");
    int dark = dark_rows("whole", 140, 180);
    assert_true(dark > 100 && abs(dark_rows("redone", 140, 180) - dark) < dark / 50);
    assert_int_equal(whole(8, "drawn"), 60);
    assert_int_equal(whole(9, "drawn"), all);
    assert_int_equal(whole(10, "drawn"), all);
    assert_int_equal(whole(11, "drawn"), all);
}

static void a_finger_that_presses_more_draws_wider(void **state)
{
    (void)state;
    char script[4000] = "0 key f3\n";
    for (int i = 0; i < 20; i++)
        strcat(script, "0 key alt+=\n"); /* 4 pixels wide */
    touch_rows(script, 0.1, 100, 0.2);
    touch_rows(script, 1, 200, 0.9);
    strcat(script, "2 shot touched\n2 state\n2 key f1\n2.1 touch down 100 150 0.5\n2.2 state\n"
                   "2.3 close\n");
    play(SMALL, script);
    int light = dark_rows("touched", 90, 110), heavy = dark_rows("touched", 190, 210);
    assert_in_range(light, 250, 600);
    assert_true(heavy > 1.6 * light);
    assert_int_equal(dark_rows("touched", 250, 270), 0);
    assert_in_range(whole(0, "drawn"), 38, 42);
    assert_int_equal(whole(1, "drawn"), whole(0, "drawn")); /* not beneath the list of keys */
}

static void drawn_ink_is_gone_on_with(void **state)
{
    (void)state;
    char script[4000] = "0 key f3\n";
    draw_rows(script, 1, 100);
    strcat(script,
           "3 state\n3 shot alone\n3 type my\\nhand goes on\n4 state\n4 shot ways\n4 close\n");
    play(PLAIN "--prediction /nowhere ", script);
    assert_string_equal(held(0, "ways"), "0 0 0 0");
    int least = 0, ways[4];
    assert_int_equal(sscanf(held(1, "ways"), "%d %d %d %d", &ways[0], &ways[1], &ways[2], &ways[3]),
                     4);
    for (int i = 0; i < 4; i++)
        least += ways[i] > 10;
    assert_int_equal(least, 4);
    assert_true(difference("alone", "ways", 300, 0, 1000, 400) > 100);
}

static void ways_to_go_on_are_renewed_while_one_draws(void **state)
{
    (void)state;
    char script[4000] = "0 key f3\n";
    draw_rows(script, 1, 100);
    char *at = strstr(script, "1.40 "), rest[4000];
    assert_non_null(at);
    snprintf(rest, sizeof rest, "%s", at);
    snprintf(at, sizeof script - (size_t)(at - script),
             "1.39 state\n1.39 shot early\n%s1.99 state\n1.99 shot late\n3 state\n"
             "3 key ctrl+l\n3.5 state\n3.5 close\n",
             rest);
    play(PLAIN, script);
    int ways[4];
    double from[3] = {number(0, "ways_from"), number(1, "ways_from"), number(2, "ways_from")};
    assert_true(from[0] > 5 && from[0] <= number(0, "drawn"));
    assert_true(from[1] >= from[0] + 12 && from[1] <= number(1, "drawn"));
    assert_true(from[2] == number(2, "drawn"));
    for (int i = 0; i < 3; i++) {
        assert_int_equal(
            sscanf(held(i, "ways"), "%d %d %d %d", &ways[0], &ways[1], &ways[2], &ways[3]), 4);
        for (int k = 0; k < 4; k++)
            assert_true(ways[k] > 10);
    }
    assert_true(difference("early", "late", 300, 0, 1000, 400) > 100);
    assert_string_equal(held(3, "ways"), "0 0 0 0"); /* none that comes late is taken */
    assert_int_equal(whole(3, "ways_from"), 0);
}

/* Rows of a script that draw strokes from `at` on: each from its first place by the others, and a
 * negative x ends it. */
static void draw_strokes(char *script, double at, const int (*place)[2], size_t count)
{
    char row[80];
    bool down = false;
    for (size_t i = 0; i < count; i++) {
        const bool last = i + 1 == count || place[i + 1][0] < 0;
        if (place[i][0] < 0)
            continue;
        for (int k = 0; down && k < 8; k++) { /* a hand does not jump */
            snprintf(row, sizeof row, "%.3f move %d %d\n", at += 0.01,
                     place[i - 1][0] + (place[i][0] - place[i - 1][0]) * k / 8,
                     place[i - 1][1] + (place[i][1] - place[i - 1][1]) * k / 8);
            strcat(script, row);
        }
        snprintf(row, sizeof row, "%.3f %s %d %d\n", at += 0.01,
                 !down  ? "press"
                 : last ? "release"
                        : "move",
                 place[i][0], place[i][1]);
        strcat(script, row);
        down = !last;
    }
}

static void what_is_drawn_is_read(void **state)
{
    (void)state;
    static const int lit[][2] = {{100, 100}, {100, 160}, {140, 160}, {-1, 0},
                                 {165, 100}, {165, 160}, {-1, 0},    {190, 100},
                                 {240, 100}, {-1, 0},    {215, 100}, {215, 160}};
    char command[600], script[9000] = "0 key f3\n";
    snprintf(command, sizeof command, "ln -s '%s/assets/reader.safetensors' %s",
             getenv("LONGHAND_SOURCE"), in_folder("reader.safetensors"));
    assert_int_equal(system(command), 0);
    draw_strokes(script, 0.5, lit, sizeof lit / sizeof *lit);
    strcat(script, "4 state\n4 shot read\n4.1 key tab\n5 state\n5.1 key ctrl+z\n"
                   "5.2 type by the riverside\n6 state\n6 key ctrl+k\n6.1 state\n6.2 close\n");
    play(PLAIN, script);
    assert_true(strlen(held(0, "read")) > 0);
    assert_string_equal(held(0, "text"), "");
    assert_string_equal(held(1, "text"), held(0, "read"));
    assert_string_equal(held(1, "focus"), "text");
    assert_string_equal(held(2, "text"), "by the riverside");
    assert_string_equal(held(3, "mode"), "Draw");
    assert_non_null(strstr(held(3, "message"), held(0, "read")));
    assert_non_null(strstr(held(3, "message"), "not 'by the riverside'"));
    remove(in_folder("reader.safetensors"));
}

static void a_prediction_network_writes_of_its_own_accord(void **state)
{
    (void)state;
    play(PLAIN, "0 key f2\n4 state\n4 shot free\n4 key f2\n4.5 state\n4.5 close\n");
    assert_string_equal(held(0, "mode"), "Free");
    assert_true(number(0, "shown") > 100);
    assert_int_equal(whole(0, "marked"), -1);
    assert_true(ink_in("free") > 100);
    assert_int_equal(whole(1, "points"), 0);
}

static void what_is_dropped_is_used(void **state)
{
    (void)state;
    play("--size 640x480 --model /nowhere ",
         "0.1 state\n0.2 drop plain.safetensors\n0.4 drop dropped.txt\n3 state\n"
         "3 drop styles/wave.xml\n3.2 state\n4 drop silent.xml\n4.2 state\n"
         "5 drop prediction.safetensors\n5.2 state\n6 drop script.c\n6.1 state\n6.2 close\n");
    assert_non_null(strstr(held(0, "message"), "/nowhere"));
    assert_string_equal(held(1, "text"), "dropped words");
    assert_true(number(1, "shown") > 20);
    assert_string_equal(held(2, "style"), "1"); /* it was there: one of the installed */
    assert_string_equal(held(3, "mode"), "Draw");
    assert_int_equal(whole(3, "drawn"), 60);
    assert_string_equal(held(4, "mode"), "Free");
    assert_non_null(strstr(held(5, "message"), "script.c"));
}

static void views_show_what_the_network_does_with_drawn_ink(void **state)
{
    (void)state;
    char script[6000] =
        "0 key f3\n0 key ctrl+1\n0 key ctrl+2\n0 key ctrl+3\n0.2 state\n0.2 shot none\n";
    draw_rows(script, 1, 100);
    strcat(script, "2.5 state\n2.5 shot free\n2.6 type my own hand\n3 state\n3 shot text\n"
                   "3.1 move 150 160\n3.2 state\n3.2 click 700 480\n3.3 state\n3.3 shot cell\n"
                   "3.4 key ctrl+z\n3.4 key ctrl+z\n3.4 key ctrl+z\n3.4 key ctrl+z\n3.6 state\n"
                   "3.7 key ctrl+1\n3.7 key ctrl+2\n3.7 key ctrl+3\n3.9 state\n"
                   "4 key f3\n4.2 state\n4.3 close\n");
    play(PLAIN, script);
    assert_int_equal(whole(0, "points"), 0);
    assert_true(number(1, "points") > 20);
    assert_int_equal(whole(1, "shown"), whole(1, "points"));
    assert_true(difference("none", "free", 100, 300, 1000, 630) > 500); /* cells */
    assert_true(number(2, "points") > 20);
    assert_true(difference("free", "text", 60, 280, 1000, 400) > 200); /* attention, too */
    assert_int_equal(whole(2, "moment"), -1);
    assert_true(number(3, "moment") >= 0); /* under the mouse */
    assert_true(number(4, "cell") >= 0);
    assert_true(difference("text", "cell", 90, 140, 400, 190) > 50);
    assert_true(number(5, "points") < number(2, "points")); /* a stroke was taken back */
    assert_true(number(5, "points") > 0);
    assert_int_equal(whole(6, "points"), 0); /* nobody looks */
    assert_string_equal(held(7, "mode"), "Write");
    assert_int_equal(whole(7, "points"), 0);
}

static void other_buttons_leave_a_stroke_alone(void **state)
{
    (void)state;
    play(PLAIN, "0 key f3\n0.2 press 100 100\n0.3 move 150 150\n0.4 state\n0.4 right 200 100\n"
                "0.5 middle 250 150\n0.6 move 300 100\n0.7 move 350 150\n0.8 state\n"
                "0.8 release 400 100\n0.9 state\n1 key ctrl+z\n1.1 state\n"
                "1.2 press 100 100\n1.3 release 150 150\n1.4 move 300 100\n1.5 state\n1.6 close\n");
    assert_true(number(1, "drawn") >= number(0, "drawn") + 4);
    assert_true(number(2, "drawn") >= number(1, "drawn"));
    assert_int_equal(whole(3, "drawn"), 0);   /* one stroke */
    assert_in_range(whole(4, "drawn"), 1, 3); /* the left one's release ends it */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_show_what_the_network_does_with_drawn_ink),
        cmocka_unit_test(strokes_and_clearing_are_undone_step_by_step),
        cmocka_unit_test(a_finger_that_presses_more_draws_wider),
        cmocka_unit_test(drawn_ink_is_gone_on_with),
        cmocka_unit_test(ways_to_go_on_are_renewed_while_one_draws),
        cmocka_unit_test(what_is_drawn_is_read),
        cmocka_unit_test(a_prediction_network_writes_of_its_own_accord),
        cmocka_unit_test(what_is_dropped_is_used),
        cmocka_unit_test(other_buttons_leave_a_stroke_alone),
    };
    if (without_screen())
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
