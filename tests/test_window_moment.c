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
    assert_int_equal(whole(0, "moment"), -1);
    assert_true(number(1, "moment") >= 0);
    assert_int_equal(whole(2, "moment"), whole(1, "moment") + 20);  /* two pixels a point */
    assert_int_equal(whole(2, "docked"), whole(0, "docked"));       /* time does not run away */
    assert_true(difference("pen", "view", 0, 0, 1016, 240) > 100);  /* ring and lens */
    assert_true(difference("pen", "view", 0, 680, 1016, 800) > 20); /* the letter */
    assert_int_equal(whole(3, "marked"), 0);
    assert_true(number(3, "moment") >= 0 && number(3, "moment") < number(0, "points"));
    assert_int_equal(whole(4, "moment"), -1);
    assert_int_equal(difference("pen", "away", 0, 0, 1016, 640), 0); /* nothing is left of it */
}

/* The middle of what is of the accent in the column of letters beside the attention's plot; -1: no
 * letter is marked. */
static double marked_letter(cairo_surface_t *s, int top, int bottom)
{
    double sum = 0, count = 0;
    for (int y = top; y < bottom; y++)
        for (int x = 73; x < 95; x++) {
            uint32_t c = pixel(s, x, y);
            bool accent = (c & 255) > (c >> 16 & 255) + 60; /* letters are grey but this one */
            sum += accent ? y : 0;
            count += accent;
        }
    return count > 0 ? sum / count : -1;
}

/* The middle of the darkest row of the plot at a column. */
static double darkest_row(cairo_surface_t *s, int x, int top, int bottom)
{
    uint32_t dark = 255;
    double sum = 0, count = 0;
    for (int y = top; y < bottom; y++)
        dark = (pixel(s, x, y) >> 16 & 255) < dark ? pixel(s, x, y) >> 16 & 255 : dark;
    for (int y = top; y < bottom && dark < 200; y++)
        if ((pixel(s, x, y) >> 16 & 255) == dark) {
            sum += y;
            count++;
        }
    return count > 0 ? sum / count : -1;
}

/* Also of a moment whose letter has long gone out of sight while the pen went on. */
static void the_letter_of_the_moment_is_marked_beside_the_attention(void **state)
{
    (void)state;
    enum { TOP = 486, BOTTOM = 606, ROW = 12 };
    static const int places[] = {990, 900, 700, 300};
    static const char *const shots[] = {"now", "lately", "before", "long_ago"};
    play(PLAIN "--text 'some views of it and of more than fits' ",
         "0 key alt+right\n0 key alt+right\n0 key alt+right\n0 key alt+right\n"
         "0 key alt+right\n0 key ctrl+2\n4 shot pen\n4 move 990 560\n4.1 shot now\n"
         "4.2 move 900 560\n4.3 shot lately\n4.4 move 700 560\n4.5 shot before\n"
         "4.6 move 300 560\n4.7 shot long_ago\n4.8 move 400 640\n5 shot away\n5 close\n");
    double last = 0;
    for (int i = 0; i < 4; i++) {
        cairo_surface_t *s = picture(shots[i]);
        /* The line of the moment is dark itself: the column beside it is of the same letter. */
        double row = darkest_row(s, places[i] - 4, TOP, BOTTOM),
               letter = marked_letter(s, TOP, BOTTOM);
        cairo_surface_destroy(s);
        if (row < 0 || letter < 0 || letter < row - ROW || letter > row + ROW)
            fail_msg("%s: the network looks at row %.0f, but the letter at %.0f is marked",
                     shots[i], row, letter);
        assert_true(i == 0 || letter <= last + 1);
        last = letter;
    }
    assert_int_equal(difference("pen", "away", 0, 0, 1016, 640), 0);
}

/* Pixels of the accent below a letter whose caret stands at (x, y) and is h high: its bar. */
static int bar_below(const char *shot, int x, int y, int h)
{
    cairo_surface_t *s = picture(shot);
    int high = 0;
    for (int i = y + h; i < y + h + 10; i++)
        high += pixel(s, x + 3, i) == 0x24598c;
    cairo_surface_destroy(s);
    return high;
}

/* How much letter `byte` is looked at, by the printed state; 0: not at all. */
static double attended(int state, size_t byte)
{
    double much = 0;
    for (const char *at = held(state, "attended"), *next; *at; at = next) {
        size_t of;
        double its;
        assert_int_equal(sscanf(at, "%zu:%lf", &of, &its), 2);
        much = of == byte ? its : much;
        next = at + strcspn(at, " ");
        next += *next == ' ';
    }
    return much;
}

/* The text takes two rows of the field. */
static void letters_that_are_looked_at_have_bars_in_the_text(void **state)
{
    (void)state;
    static const char text[] = "some views of it and of more than fits into one row of it";
    enum { LETTERS = sizeof text - 1 };
    char script[9000], options[200];
    strcat(strcpy(script, all), "1 key ctrl+home\n");
    for (int i = 0; i < LETTERS; i++) /* where each stands */
        strcat(script, "1 state\n1 key right\n");
    strcat(script, "1 key ctrl+home\n1.1 move 40 575\n1.2 shot one\n1.2 state\n"
                   "1.3 move 110 600\n1.4 shot other\n1.4 state\n"
                   "1.5 move 400 640\n1.6 shot gone\n1.6 state\n1.7 close\n");
    snprintf(options, sizeof options, PLAIN "--size 640x660 --text '%s'", text);
    play(options, script);
    int looked[2] = {0};
    assert_true(number(LETTERS - 1, "moment") == -1);
    for (int i = 0; i < LETTERS; i++) {
        int x = 0, y = 0, h = 0;
        assert_int_equal(sscanf(held(i, "caret"), "%d %d %d", &x, &y, &h), 3);
        for (int k = 0; k < 2; k++) {
            double much = attended(LETTERS + k, (size_t)i);
            int bar = bar_below(k == 0 ? "one" : "other", x, y, h);
            looked[k] += much > 0.5 ? (y > 590 ? 100 : 1) : 0;
            if (bar < 7.5 * much - 1.6 || bar > 7.5 * much + 1.6)
                fail_msg("letter %d is looked at %.2f, but its bar is %d pixels", i, much, bar);
        }
        assert_int_equal(bar_below("gone", x, y, h), 0);
    }
    assert_true(looked[0] > 0 && looked[0] < 100); /* in the first row, and in the second */
    assert_true(looked[1] >= 100 && looked[1] % 100 == 0);
    assert_string_equal(held(LETTERS + 2, "attended"), "");
}

/* In so small a window one row of the text is seen. */
static void the_text_goes_along_with_what_is_written_unless_one_scrolls(void **state)
{
    (void)state;
    play(SMALL "--text 'some views of it and of more than fits into one row of it'",
         "0 key ctrl+2\n0 key ctrl+home\n3 state\n50 state\n"
         "50 move 200 440\n50 wheel 9\n50.1 move 630 470\n53 state\n"
         "53 move 412 300\n53.1 state\n53.2 close\n");
    assert_true(number(0, "marked") > 0 && number(0, "field_scroll") == 0);
    assert_true(number(1, "marked") > 42 && number(1, "field_scroll") > 15);
    assert_true(number(2, "marked") > number(1, "marked") && number(2, "field_scroll") == 0);
    assert_true(number(3, "moment") > 0 && number(3, "field_scroll") > 15);
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
    assert_int_equal(whole(3, "moment"), 0);
    assert_int_equal(whole(4, "moment"), -1);
    assert_true(number(5, "shown") < number(0, "shown") + 1); /* the pen goes on from there */
    assert_int_equal(whole(5, "moment"), -1);
    assert_true(number(6, "shown") == number(0, "shown"));
    assert_string_equal(held(7, "focus"), "text");
    assert_int_equal(whole(7, "moment"), -1);
    assert_string_equal(held(8, "text"), "some views of ixt"); /* letters go to the text */
    assert_int_equal(whole(8, "moment"), -1);
}

static void dragging_scrubs_and_the_wheel_scrolls_time(void **state)
{
    (void)state;
    play_all(WRITTEN,
             "1 state\n1 press 790 330\n1 state\n1.1 move 830 330\n1.1 state\n"
             "1.2 release 830 330\n1.2 move 400 660\n1.3 state\n1.4 key escape\n"
             "1.5 move 790 330\n1.5 wheel 2\n1.6 state\n1.7 wheel -9\n1.8 state\n2 close\n");
    assert_true(number(1, "moment") >= 0);
    assert_int_equal(whole(2, "moment"), whole(1, "moment") + 20);
    assert_int_equal(whole(3, "moment"), whole(2, "moment")); /* it stays when the mouse goes */
    assert_true(number(4, "docked") < number(0, "docked"));
    assert_int_equal(whole(5, "docked"), whole(0, "docked"));
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

/* By the mouse: the first word is marked, pasted by the middle button, and by the menu. */
static void a_welcome_goes_before_what_is_pasted_or_composed(void **state)
{
    (void)state;
    play(PLAIN "--settings pasted",
         "0.1 double 40 700\n0.2 middle 500 700\n0.3 state\n0.4 key end\n0.5 state\n"
         "0.6 key ctrl+z\n0.7 state\n0.8 close\n");
    assert_string_equal(held(0, "text"), "Welcome!");
    assert_string_equal(held(1, "text"), "Welcome!");
    assert_string_equal(held(2, "text"), "");
    play(PLAIN "--settings chosen",
         "0.1 double 40 700\n0.2 right 60 700\n0.3 click 80 635\n"
         "0.4 right 300 700\n0.5 click 320 659\n0.6 state\n0.7 key end\n0.8 state\n0.9 close\n");
    assert_string_equal(held(0, "text"), "Welcome!");
    assert_string_equal(held(1, "text"), "Welcome!");
    play(PLAIN "--settings composed",
         "0.1 compose ni\n0.2 state\n0.3 compose\n0.3 type x\n0.4 state\n0.5 close\n");
    assert_string_equal(held(0, "text"), "");
    assert_string_equal(held(0, "composing"), "ni");
    assert_string_equal(held(1, "text"), "x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_show_what_the_mouse_is_over),
        cmocka_unit_test(the_letter_of_the_moment_is_marked_beside_the_attention),
        cmocka_unit_test(letters_that_are_looked_at_have_bars_in_the_text),
        cmocka_unit_test(the_text_goes_along_with_what_is_written_unless_one_scrolls),
        cmocka_unit_test(a_moment_is_held_and_moved_by_keys),
        cmocka_unit_test(dragging_scrubs_and_the_wheel_scrolls_time),
        cmocka_unit_test(tips_come_beside_the_mouse_and_go_with_it),
        cmocka_unit_test(the_first_run_writes_a_welcome_which_goes_with_the_first_key),
        cmocka_unit_test(a_welcome_goes_before_what_is_pasted_or_composed),
    };
    if (without_screen())
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
