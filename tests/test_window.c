/* longhand-window, played by scripts on a screen of its own (Xvfb). Models are the small ones of
 * write_model.h. Frames are compared as pictures, what the window holds by its printed state. */
#include "check.h"
#include "window_run.h"

#include <errno.h>
#include <libxml/parser.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PAPER_W = 376,
    PAPER_H = 300
}; /* of a window of 640 x 480, no views: panel 208, bar, field */

/* Dark pixels on the paper. */
static int ink_in(const char *name)
{
    cairo_surface_t *s = picture(name);
    int dark = 0;
    for (int y = 0; y < PAPER_H; y++)
        for (int x = 0; x < PAPER_W; x++)
            dark += (pixel(s, x, y) >> 8 & 255) < 80;
    cairo_surface_destroy(s);
    return dark;
}

/* Pixels that differ in the box. */
static int difference(const char *a, const char *b, int left, int top, int right, int bottom)
{
    cairo_surface_t *one = picture(a), *other = picture(b);
    int count = 0;
    for (int y = top; y < bottom; y++)
        for (int x = left; x < right; x++)
            count += pixel(one, x, y) != pixel(other, x, y);
    cairo_surface_destroy(one);
    cairo_surface_destroy(other);
    return count;
}

static void assert_paper_differs(const char *a, const char *b)
{
    if (difference(a, b, 0, 0, PAPER_W, PAPER_H) < 20)
        fail_msg("the paper is the same in %s and %s", a, b);
}

#define SMALL PLAIN "--size 640x480 "

/* ---- writing --------------------------------------------------------------------------------- */

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
    assert_int_equal(number(1, "words"), 2);
    assert_in_range(number(0, "marked"), 0, 3); /* a second in, it is at "some" */
    assert_int_equal(number(1, "shown"), number(1, "points"));
    assert_int_equal(number(1, "marked"), -1);
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
    assert_int_equal(number(2, "field_serial"), number(1, "field_serial"));
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
    play(SMALL "--text 'onelongwordthattakesitstime'",
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
    assert_int_equal(number(0, "shown"), number(0, "points"));
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
    assert_int_equal(number(0, "lines"), 2);
}

static void pen_can_be_paused_stepped_replayed_and_cleared(void **state)
{
    (void)state;
    play(SMALL "--text 'words to be written'",
         "1 key ctrl+p\n1.1 state\n2 state\n2 key ctrl+.\n2.1 state\n2.1 key ctrl+p\n4 state\n"
         "4 key ctrl+r\n4.1 state\n5 key ctrl+l\n5.2 state\n5.2 shot clear\n5.3 close\n");
    assert_string_equal(held(0, "paused"), "yes");
    assert_int_equal(number(0, "shown"), number(1, "shown"));
    assert_int_equal(number(2, "shown"), number(1, "shown") + 1);
    assert_true(number(3, "shown") > number(2, "shown") + 30);
    assert_true(number(4, "shown") < 20);
    assert_string_equal(held(5, "text"), "");
    assert_int_equal(number(5, "points"), 0);
    assert_true(ink_in("clear") < 400); /* what the empty paper says */
}

static void a_new_seed_writes_otherwise(void **state)
{
    (void)state;
    play(SMALL "--text 'words'", "3 shot before\n3 key ctrl+n\n6 shot after\n6 state\n6 close\n");
    assert_int_equal(number(0, "seed"), 2);
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
    assert_int_equal(number(0, "style"), 1);
    assert_int_equal(number(0, "seed"), 2);
    assert_paper_differs("first", "second");
    assert_int_equal(difference("fresh", "second", 0, 0, PAPER_W, PAPER_H), 0);
    assert_int_equal(difference("first", "again", 0, 0, PAPER_W, PAPER_H), 0);
#undef AT_ONCE
#undef WORDS
}

static void text_can_be_edited_and_undone(void **state)
{
    (void)state;
    play(SMALL, "0 type one two\n0.2 key ctrl+backspace\n0.2 state\n0.3 key ctrl+z\n0.3 state\n"
                "0.4 key home\n0.4 key shift+end\n0.4 key ctrl+x\n0.4 state\n0.5 key ctrl+v\n"
                "0.5 key ctrl+v\n0.5 state\n0.6 close\n");
    assert_string_equal(held(0, "text"), "one ");
    assert_string_equal(held(1, "text"), "one two");
    assert_string_equal(held(2, "text"), "");
    assert_string_equal(held(3, "text"), "one twoone two");
}

/* Scripts send what a keyboard does: the letters of shortcuts as well. */
static void shortcuts_type_nothing(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "ctrl++", "ctrl+-",     "ctrl+.", "ctrl+0", "ctrl+1",       "ctrl+9", "alt+c",
        "alt+l",  "alt+]",      "alt+=",  "alt+0",  "shift+alt+x",  "gui+o",  "ctrl+gui+5",
        "alt+.",  "ctrl+alt+=", "alt+1",  "ctrl+(", "ctrl+shift+9", "alt+;",
    };
    char script[2000] = "0.1 type a\n", row[60];
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        snprintf(row, sizeof row, "0.2 key %s\n", keys[i]);
        strcat(script, row);
    }
    strcat(script, "0.3 type z\n0.3 state\n0.4 key altgr+2\n0.4 key ctrl+altgr+q\n"
                   "0.4 key ctrl+altgr+9\n0.4 state\n0.5 close\n");
    play(SMALL, script);
    assert_string_equal(held(0, "text"), "az");
    assert_string_equal(held(0, "bias"), "1.05");
    assert_string_equal(held(0, "ahead"), "on");
    /* AltGr makes letters; some systems report Control with it, which then is no shortcut. */
    assert_string_equal(held(1, "text"), "az29");
}

static void what_an_input_method_finished_is_no_shortcut(void **state)
{
    (void)state;
    play(SMALL, "0.1 compose u00e9\n0.2 state\n0.2 key ctrl+1\n0.3 state\n0.4 close\n");
    assert_string_equal(held(0, "composing"), "u00e9");
    assert_string_equal(held(1, "composing"), "");
    assert_string_equal(held(1, "text"), "1");
    assert_string_equal(held(1, "ahead"), "off");
}

static void the_space_bar_presses_what_has_the_focus_and_types_nothing(void **state)
{
    (void)state;
    char script[2000] = "0.1 type text\n0.1 key shift+tab\n0.2 key space\n0.3 shot open\n"
                        "0.3 key space\n0.4 shot closed\n0.4 state\n0.5 key f3\n0.5 key escape\n";
    for (int i = 0; i < 10; i++) /* behind the settings */
        strcat(script, "0.5 key tab\n");
    strcat(script, "0.6 state\n0.7 key f3\n0.7 type  b\n0.7 state\n0.8 close\n");
    play(SMALL, script);
    assert_true(difference("open", "closed", 0, 0, PAPER_W, PAPER_H) > 2000);
    assert_string_equal(held(0, "text"), "text");
    assert_string_equal(held(0, "focus"), "Keys");
    assert_string_equal(held(1, "focus"), "Undo"); /* which is there in Draw only */
    assert_string_equal(held(2, "text"), "text b");
    assert_string_equal(held(2, "focus"), "text");
}

/* ---- controls and views ---------------------------------------------------------------------- */

static void every_control_changes_what_it_should(void **state)
{
    (void)state;
    static const struct {
        const char *key, *name;
    } controls[] = {{"alt+.", "style"}, {"alt+]", "bias"},   {"alt+PageUp", "seed"},
                    {"alt+=", "width"}, {"alt+c", "colour"}, {"alt+l", "ruling"},
                    {"alt+up", "size"}, {"ctrl+u", "lifts"}};
    enum { CONTROLS = sizeof controls / sizeof *controls };
    char script[2000] = "0 key alt+right\n0 key alt+right\n0 key alt+right\n0 key alt+right\n"
                        "0 key alt+right\n0 type a few words\n2 shot shot0\n2 state\n",
         row[120];
    for (int i = 0; i < CONTROLS; i++) {
        snprintf(row, sizeof row, "%d key %s\n%d.9 shot shot%d\n%d.9 state\n", 3 + i,
                 controls[i].key, 3 + i, i + 1, 3 + i);
        strcat(script, row);
    }
    strcat(script, "20 close\n");
    play(SMALL, script);
    for (int i = 0; i < CONTROLS; i++) {
        char before[12], after[12];
        snprintf(before, sizeof before, "shot%d", i);
        snprintf(after, sizeof after, "shot%d", i + 1);
        if (strcmp(held(i, controls[i].name), held(i + 1, controls[i].name)) == 0)
            fail_msg("%s does not change %s", controls[i].key, controls[i].name);
        assert_paper_differs(before, after);
    }
}

static void controls_obey_the_mouse_and_a_double_click_resets(void **state)
{
    (void)state;
    play(PLAIN,
         "0.1 press 1200 158\n0.1 state\n0.2 move 1240 158\n0.2 release 1240 158\n0.2 state\n"
         "0.3 double 1100 158\n0.3 state\n0.4 key tab\n0.4 key tab\n0.4 key tab\n"
         "0.4 key right\n0.4 state\n0.5 key home\n0.5 state\n0.6 close\n");
    assert_true(number(0, "bias") > 1.9);
    assert_true(number(1, "bias") > number(0, "bias") + 0.3);
    assert_string_equal(held(2, "bias"), "1.00");
    assert_string_equal(held(3, "bias"), "1.05");
    assert_string_equal(held(4, "bias"), "1.00");
}

static void all_controls_are_reached_with_the_tab_key(void **state)
{
    (void)state;
    char script[2500] = "0 shot focus0\n", row[60];
    enum { CONTROLS = 25 };
    for (int i = 1; i <= CONTROLS; i++) {
        snprintf(row, sizeof row, "%d.1 key tab\n%d.5 shot focus%d\n", i, i, i);
        strcat(script, row);
    }
    strcat(script, "30 close\n");
    play(PLAIN, script);
    for (int i = 1; i <= CONTROLS; i++) {
        char before[12], after[12];
        snprintf(before, sizeof before, "focus%d", i - 1);
        snprintf(after, sizeof after, "focus%d", i);
        if (difference(before, after, 0, 600, 1280, 800) +
                difference(before, after, 1016, 0, 1280, 800) <
            20)
            fail_msg("the tab key shows no focus, the %dth time", i);
    }
}

static void every_view_shows_and_a_cell_colours_the_ink(void **state)
{
    (void)state;
    char script[2000] =
        "3 key ctrl+p\n3 shot none\n3.1 key ctrl+1\n3.2 shot ahead\n3.2 key ctrl+2\n"
        "3.3 shot attention\n3.3 key ctrl+3\n3.4 shot cells\n3.4 key ctrl+4\n3.5 shot gates\n"
        "3.5 state\n3.6 click 900 420\n3.8 shot picked\n3.8 state\n";
    for (int i = 0; i < 9; i++) /* to Cells */
        strcat(script, "3.9 key shift+tab\n");
    strcat(script, "3.9 key Down\n4 state\n4.1 key Home\n4.2 state\n4.2 key Down\n4.3 state\n"
                   "4.4 key Up\n4.5 state\n4.5 close\n");
    play(PLAIN "--text 'views of the network'", script);
    static const char *const shots[] = {"none", "ahead", "attention", "cells", "gates"};
    for (int i = 0; i + 1 < 5; i++)
        if (difference(shots[i], shots[i + 1], 0, 0, 1016, 600) < 200)
            fail_msg("%s shows nothing new", shots[i + 1]);
    assert_string_equal(held(0, "cells"), "on");
    assert_int_equal(number(0, "cell"), -1);
    assert_true(number(1, "cell") >= 0);
    assert_int_equal(number(2, "cell"), number(1, "cell") + 1);
    for (int i = 3; i <= 5; i++)
        assert_int_equal(number(i, "cell"), i == 4 ? 0 : -1);
    assert_true(difference("gates", "picked", 0, 0, 800, 200) > 20);
}

/* With the network that comes with the program: cells of a small one know nothing. */
static void what_cells_know_is_found_where_they_know_it_again(void **state)
{
    (void)state;
    char options[400], script[2000] = "0 key alt+right\n0 key alt+right\n0 key alt+right\n"
                                      "0.1 key ctrl+f\n0.2 state\n7 key ctrl+p\n7 state\n"
                                      "7 shot before\n7 key ctrl+home\n7 key shift+right\n"
                                      "7.1 state\n7.1 shot found\n7.2 key ctrl+g\n7.3 state\n";
    const char *to_find = "7.4 key shift+tab\n7.4 key shift+tab\n7.4 key shift+tab\n"
                          "7.4 key shift+tab\n7.4 key shift+tab\n7.4 key shift+tab\n"
                          "7.4 key shift+tab\n";
    strcat(strcat(script, to_find), "7.4 key Down\n7.5 state\n7.5 key ctrl+3\n"
                                    "7.6 click 60 490\n7.7 state\n");
    strcat(strcat(script, to_find), "7.7 key Home\n7.8 state\n7.8 press 60 80\n"
                                    "7.8 move 150 80\n7.8 release 150 80\n7.9 state\n");
    strcat(strcat(script, to_find), "8 key Left\n8 key shift+Left\n8.1 state\n"
                                    "8.1 key ctrl+f\n8.2 shot off\n8.2 close\n");
    snprintf(options, sizeof options, "--model '%s/assets/longhand.safetensors' --text '%s'",
             getenv("LONGHAND_SOURCE"), "look how long our old road goes on to no good");
    play(options, script);
    assert_non_null(strstr(held(0, "find_words"), "too little ink"));
    assert_non_null(strstr(held(1, "find_words"), "Select letters"));
    int from[9], to[9];
    for (int i = 0; i < 9; i++)
        assert_int_equal(sscanf(held(i, "find_span"), "%d %d", &from[i], &to[i]), 2);
    assert_true(from[2] == 0 && to[2] > 3 && to[2] < 60); /* the l */
    assert_true(number(2, "find_cells") > 0 && number(2, "find_places") > 0);
    assert_non_null(strstr(held(2, "find_words"), "\u201cl\u201d: "));
    assert_paper_differs("before", "found");
    assert_int_equal(number(3, "find_shown"), 1);
    assert_int_equal(number(4, "find_layer"), 2);
    assert_int_equal(number(5, "find_layer"), 1);
    assert_true(to[5] == to[2] && to[6] == 0);
    assert_non_null(strstr(held(6, "find_words"), "Select letters"));
    assert_true(to[7] > from[7] + 10); /* what the mouse went over */
    assert_true(from[8] == 0 && to[8] > from[7] - 5);
    assert_int_equal(difference("before", "off", 0, 0, 1016, 300), 0);
}

static void the_list_of_keys_opens_and_closes(void **state)
{
    (void)state;
    play(PLAIN, "0.1 shot closed\n0.1 key f1\n0.3 shot open\n0.3 key escape\n0.5 shot again\n"
                "0.5 close\n");
    assert_true(difference("closed", "open", 0, 0, 1016, 600) > 5000);
    assert_true(difference("closed", "again", 0, 0, 1016, 600) == 0);
}

static void the_list_of_keys_has_values_and_where_it_must_pages(void **state)
{
    (void)state;
    play(PLAIN, "0.1 key f1\n0.3 shot list\n0.3 key pagedown\n0.4 shot whole\n0.4 key alt+]\n"
                "0.5 shot neater\n0.5 close\n");
    assert_int_equal(difference("list", "whole", 0, 0, 1016, 600), 0);
    assert_in_range(difference("list", "neater", 0, 0, 1016, 600), 5, 400);
    play(SMALL, "0.1 key f1\n0.3 shot first\n0.3 key pagedown\n0.4 shot second\n0.4 wheel 1\n"
                "0.5 shot back\n0.6 wheel -1\n0.7 shot forth\n0.7 close\n");
    assert_true(difference("first", "second", 0, 0, 376, 300) > 2000);
    assert_int_equal(difference("first", "back", 0, 0, 376, 300), 0);
    assert_int_equal(difference("second", "forth", 0, 0, 376, 300), 0);
}

/* The longest dark line across in the text field of a small window: what is underlined. */
static int longest_run(const char *name)
{
    cairo_surface_t *s = picture(name);
    int longest = 0, run = 0;
    for (int y = 412; y < 466; y++)
        for (int x = 20; x < 360; x++) {
            run = (pixel(s, x, y) >> 8 & 255) < 170 ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
    cairo_surface_destroy(s);
    return longest;
}

static void what_is_composed_is_shown_underlined_and_taken_when_finished(void **state)
{
    (void)state;
    play(SMALL,
         "0 type one \n0.2 state\n0.3 compose two\n0.3 key Left\n0.4 state\n0.4 shot composed\n"
         "0.5 compose\n0.6 state\n0.7 compose tw\n0.8 type two\n0.9 state\n0.9 shot taken\n"
         "1 key ctrl+a\n1 compose x\n1.1 state\n1.2 key tab\n"
         "1.3 click 30 420\n1.4 state\n1.5 compose \u00e9\u00e9\u00e9\n1.5 click 60 420\n"
         "1.5 type y\n1.6 state\n1.6 close\n");
    assert_string_equal(held(1, "text"), "one ");
    assert_string_equal(held(1, "composing"), "two");
    assert_true(number(1, "caret") > number(0, "caret") + 10);
    assert_string_equal(held(2, "composing"), "");
    assert_true(number(2, "caret") == number(0, "caret"));
    assert_string_equal(held(3, "text"), "one two");
    assert_string_equal(held(3, "composing"), "");
    assert_true(number(3, "caret") == number(1, "caret"));
    assert_true(longest_run("composed") >= 20 && longest_run("taken") < 16);
    assert_string_equal(held(4, "text"), ""); /* in place of what was selected */
    assert_string_equal(held(4, "composing"), "x");
    assert_string_equal(held(5, "composing"), ""); /* the focus was elsewhere */
    assert_string_equal(held(6, "text"), "y");
}

static void the_whole_screen_can_be_taken(void **state)
{
    (void)state;
    play(SMALL, "0 type wide\n0.2 key f11\n2 shot whole\n2 key f11\n3 shot again\n3 close\n");
    cairo_surface_t *png = picture("whole");
    /* Without a window manager the screen may choose another size than its own, but a larger one.
     */
    int w = cairo_image_surface_get_width(png), h = cairo_image_surface_get_height(png);
    assert_true(w > 640 && h > 480);
    assert_true(pixel(png, w - 4, h - 4) != 0); /* the panel reaches the corner */
    cairo_surface_destroy(png);
    png = picture("again");
    assert_int_equal(cairo_image_surface_get_width(png), 640);
    assert_int_equal(cairo_image_surface_get_height(png), 480);
    cairo_surface_destroy(png);
}

static void everything_can_be_larger(void **state)
{
    (void)state;
    static const char *const scales[] = {"1", "1.5", "2"};
    double caret[3][3];
    for (int i = 0; i < 3; i++) {
        char options[100];
        snprintf(options, sizeof options, SMALL "--scale %s", scales[i]);
        play(options,
             "0 type wide\n0.1 state\n0.2 click 540 84\n3 state\n3 shot scaled\n3 close\n");
        cairo_surface_t *png = picture("scaled");
        assert_int_equal(cairo_image_surface_get_width(png), (int)(640 * strtod(scales[i], NULL)));
        assert_int_equal(cairo_image_surface_get_height(png), (int)(480 * strtod(scales[i], NULL)));
        cairo_surface_destroy(png);
        assert_int_equal(
            sscanf(held(0, "caret"), "%lf %lf %lf", &caret[i][0], &caret[i][1], &caret[i][2]), 3);
        for (int k = 0; k < 3; k++) /* an input method shows what it offers beside the caret */
            assert_true(fabs(caret[i][k] - strtod(scales[i], NULL) * caret[0][k]) <= 4);
        assert_string_equal(held(0, "style"), "0");
        assert_true(number(1, "shown") > 20);
    }
}

static void settings_are_remembered(void **state)
{
    (void)state;
    play(PLAIN "--settings settings",
         "0 key alt+c\n0 key alt+]\n0 key alt+.\n0 key ctrl+2\n0.1 close\n");
    play(PLAIN "--settings settings", "0 state\n0.1 close\n");
    assert_string_equal(held(0, "colour"), "blue");
    assert_string_equal(held(0, "bias"), "1.05");
    assert_string_equal(held(0, "attention"), "on");
    assert_string_equal(held(0, "style"), "1");
    write_file("settings", "bias 1e300\nseed nan\ncolour -4\nhand /nowhere\nspeed\n\xff\xfe\n");
    play(PLAIN "--settings settings", "0 state\n0.1 close\n");
    assert_string_equal(held(0, "bias"), "3.00");
    assert_string_equal(held(0, "seed"), "1");
    assert_string_equal(held(0, "colour"), "black");
    assert_string_equal(held(0, "style"), "0");
}

/* ---- one's own hand, and no text ------------------------------------------------------------- */

/* Rows that draw a zigzag with the mouse, one second of it. */
static void draw_rows(char *script, double from, int x0)
{
    char row[80];
    for (int i = 0; i <= 50; i++) {
        const char *how = i % 26 == 0 ? "press" : i % 26 == 25 || i == 50 ? "release" : "move";
        snprintf(row, sizeof row, "%.2f %s %d %d\n", from + 0.02 * i, how, x0 + 5 * i,
                 150 + (i % 4 < 2 ? 0 : 24));
        strcat(script, row);
    }
}

static void a_drawn_primer_becomes_a_style(void **state)
{
    (void)state;
    char script[4000] = "0 key f3\n0.2 key ctrl+k\n0.3 state\n";
    draw_rows(script, 1, 100);
    strcat(script, "3 shot drawn\n3 key ctrl+k\n3.1 state\n3.1 type my hand\n4 state\n"
                   "4 key ctrl+k\n6 state\n6 close\n");
    play(PLAIN, script);
    assert_non_null(strstr(held(0, "message"), "too little ink"));
    assert_true(ink_in("drawn") > 100);
    assert_non_null(strstr(held(1, "message"), "Type what you wrote"));
    assert_true(number(2, "drawn") > 40);
    assert_string_equal(held(3, "mode"), "Write");
    assert_int_equal(number(3, "styles"), 2);
    assert_int_equal(number(3, "style"), 2);
    lh_style *style = lh_style_read(in_folder("data/longhand/styles/own-0001.xml"), NULL, &error);
    if (!style)
        fail_msg("%s", error.message);
    assert_string_equal(style->text, "my hand");
    assert_in_range(style->ink->count, 35, 60);
    lh_style_free(style);
}

static void clearing_the_text_can_be_undone(void **state)
{
    (void)state;
    play(SMALL "--text 'some words'", "3 state\n3 key ctrl+l\n3.5 state\n3.6 key ctrl+z\n"
                                      "3.7 state\n9 state\n9 close\n");
    assert_string_equal(held(1, "text"), "");
    assert_int_equal(number(1, "points"), 0);
    assert_string_equal(held(2, "text"), "some words");
    assert_true(number(3, "shown") >= number(0, "shown"));
}

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
    assert_int_equal(number(2, "drawn"), 0);
    assert_string_equal(held(2, "text"), "");
    assert_non_null(strstr(held(2, "message"), "Ctrl Z"));
    assert_string_equal(held(2, "ways"), "0 0 0 0");
    assert_int_equal(number(3, "drawn"), all);
    assert_string_equal(held(3, "text"), "my hand");
    assert_int_equal(number(4, "drawn"), all);
    assert_string_equal(held(4, "text"), "");
    assert_true(one > 10 && one < all);
    assert_int_equal(number(6, "drawn"), 0);
    assert_int_equal(difference("empty", "undone", 0, 0, 1016, 500), 0);
    assert_int_equal(number(7, "drawn"), all);
    assert_string_equal(held(7, "text"), "my hand");
    int dark = dark_rows("whole", 140, 180);
    assert_true(dark > 100 && abs(dark_rows("redone", 140, 180) - dark) < dark / 50);
    assert_int_equal(number(8, "drawn"), 60);
    assert_int_equal(number(9, "drawn"), all);
    assert_int_equal(number(10, "drawn"), all);
    assert_int_equal(number(11, "drawn"), all);
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
    assert_in_range(number(0, "drawn"), 38, 42);
    assert_int_equal(number(1, "drawn"), number(0, "drawn")); /* not beneath the list of keys */
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
    assert_int_equal(number(3, "ways_from"), 0);
}

static void a_prediction_network_writes_of_its_own_accord(void **state)
{
    (void)state;
    play(PLAIN, "0 key f2\n4 state\n4 shot free\n4 key f2\n4.5 state\n4.5 close\n");
    assert_string_equal(held(0, "mode"), "Free");
    assert_true(number(0, "shown") > 100);
    assert_int_equal(number(0, "marked"), -1);
    assert_true(ink_in("free") > 100);
    assert_int_equal(number(1, "points"), 0);
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
    assert_int_equal(number(3, "drawn"), 60);
    assert_string_equal(held(4, "mode"), "Free");
    assert_non_null(strstr(held(5, "message"), "script.c"));
}

/* ---- out ------------------------------------------------------------------------------------- */

static void check_svg(const char *name, bool moves)
{
    char *text = contents(name);
    xmlDocPtr document = xmlReadMemory(text, (int)strlen(text), name, NULL, XML_PARSE_NONET);
    if (!document)
        fail_msg("%s is no XML", name);
    assert_non_null(strstr(text, "data-text=\"save"));
    assert_non_null(strstr(text, "<path"));
    assert_int_equal(strstr(text, "animation") != NULL, moves);
    xmlFreeDoc(document);
    free(text);
}

static void exports_are_valid(void **state)
{
    (void)state;
    play(SMALL "--out out --text 'save this'",
         "3 key ctrl+s\n3.1 state\n3.1 key shift+ctrl+s\n3.2 key ctrl+d\n3.3 key ctrl+m\n"
         "3.4 key shift+ctrl+c\n3.5 key ctrl+a\n3.5 key ctrl+v\n3.6 state\n3.6 close\n");
    assert_non_null(strstr(held(0, "message"), "out/longhand-1.svg"));
    check_svg("out/longhand-1.svg", false);
    check_svg("out/longhand-2.svg", true);
    cairo_surface_t *png = picture("out/longhand-1");
    assert_in_range(cairo_image_surface_get_width(png), 500, 2000);
    cairo_surface_destroy(png);
    size_t size;
    char *pdf = lh_file_read(in_folder("out/longhand-1.pdf"), 8 << 20, &size, &error);
    assert_non_null(pdf);
    assert_memory_equal(pdf, "%PDF", 4);
    assert_memory_equal(pdf + size - 6, "%%EOF\n", 6);
    free(pdf);
    char *said = contents("said");
    assert_non_null(strstr(said, "<svg")); /* pasted from the clipboard */
    free(said);
}

/* How many colours strokes of an SVG have of their own. */
static int stroke_colours(const char *name)
{
    char *text = contents(name), seen[300][8];
    int colours = 0;
    for (const char *at = text; (at = strstr(at, "<path stroke=\"")) && colours < 300; at++) {
        int i = 0;
        snprintf(seen[colours], sizeof seen[0], "%.7s", at + 14);
        while (strcmp(seen[i], seen[colours]) != 0)
            i++;
        colours += i == colours;
    }
    free(text);
    return colours;
}

/* Pixels of a saved picture that are about black: no cell's colour is. */
static int black(const char *name)
{
    cairo_surface_t *s = picture(name);
    int count = 0;
    for (int y = 0; y < cairo_image_surface_get_height(s); y++)
        for (int x = 0; x < cairo_image_surface_get_width(s); x++) {
            uint32_t p = pixel(s, x, y);
            count += (p >> 16) < 80 && (p >> 8 & 255) < 80 && (p & 255) < 80;
        }
    cairo_surface_destroy(s);
    return count;
}

static void the_colours_of_a_cell_are_exported(void **state)
{
    (void)state;
    play(PLAIN "--out cell --text 'save this'",
         "0 key alt+c\n0 key alt+c\n0 key alt+c\n0 key alt+c\n0 key alt+c\n" /* black */
         "4 key ctrl+p\n4 key ctrl+s\n4 key shift+ctrl+s\n4.1 key ctrl+3\n4.2 click 900 520\n"
         "4.3 state\n4.3 key ctrl+s\n4.3 key shift+ctrl+s\n4.3 key ctrl+d\n4.4 key ctrl+m\n"
         "4.4 state\n4.5 close\n");
    assert_string_equal(held(0, "colour"), "black");
    assert_true(number(0, "cell") >= 0);
    assert_int_equal(stroke_colours("cell/longhand-1.svg"), 0);
    /* The cells of the small model hardly change: one colour, which is not the black before. */
    assert_true(stroke_colours("cell/longhand-2.svg") >= 1);
    assert_true(stroke_colours("cell/longhand-3.svg") >= 1);
    check_svg("cell/longhand-2.svg", false);
    check_svg("cell/longhand-3.svg", true);
    assert_true(black("cell/longhand-1") > 100);
    assert_int_equal(black("cell/longhand-2"), 0);
}

static void drawn_ink_and_its_ways_are_exported(void **state)
{
    (void)state;
    char script[4000] = "0 key f3\n0.1 key ctrl+s\n0.2 state\n";
    draw_rows(script, 1, 100);
    strcat(script, "1.5 type save my hand\n3 key ctrl+s\n3 key shift+ctrl+s\n3 key ctrl+d\n"
                   "3.1 key ctrl+m\n3.2 state\n3.3 close\n");
    play(PLAIN "--out drawn", script);
    assert_non_null(strstr(held(0, "message"), "Nothing is written yet"));
    assert_non_null(strstr(held(1, "message"), "drawn/longhand-2.svg"));
    check_svg("drawn/longhand-1.svg", false);
    check_svg("drawn/longhand-2.svg", true);
    assert_int_equal(stroke_colours("drawn/longhand-1.svg"), 5); /* the ink's, and four ways' */
    cairo_surface_t *png = picture("drawn/longhand-1");
    int dark = 0; /* where it was drawn: 192 pixels an inch are two for each of the window's */
    for (int y = 280; y < 360; y++)
        for (int x = 190; x < 710; x++)
            dark += (pixel(png, x, y) >> 8 & 255) < 80;
    cairo_surface_destroy(png);
    assert_true(dark > 1000);
}

static void the_folder_to_save_to_is_made(void **state)
{
    (void)state;
    play(SMALL "--out made/here --text 'save this'", "3 key ctrl+s\n3.1 state\n3.1 close\n");
    assert_non_null(strstr(held(0, "message"), "made/here/longhand-1.svg"));
    check_svg("made/here/longhand-1.svg", false);
}

static void settings_take_the_place_of_nothing_that_is_read(void **state)
{
    (void)state;
    size_t size, after;
    char *model = lh_file_read(in_folder("plain.safetensors"), 64 << 20, &size, &error);
    assert_non_null(model);
    assert_int_equal(link(in_folder("plain.safetensors"), in_folder("linked")), 0);
    static const char *const settings[] = {"plain.safetensors", "linked", "./script", "none/s"};
    for (int i = 0; i < 4; i++) {
        char options[200];
        snprintf(options, sizeof options, PLAIN "--settings %s", settings[i]);
        assert_int_equal(run(options, "0.1 close\n"), 1);
        char *said = contents("err");
        if (!strstr(said, i < 3 ? "which is read" : "cannot create"))
            fail_msg("of settings in %s: %s", settings[i], said);
        free(said);
    }
    char *kept = lh_file_read(in_folder("plain.safetensors"), 64 << 20, &after, &error);
    assert_non_null(kept);
    assert_int_equal(after, size);
    assert_memory_equal(model, kept, size);
    free(model);
    free(kept);
}

static void a_failed_export_says_so(void **state)
{
    (void)state;
    play(SMALL "--out /proc --text 'save this'",
         "0 key ctrl+s\n0.1 state\n3 key ctrl+s\n3.1 state\n3.1 close\n");
    assert_non_null(strstr(held(1, "message"), "/proc/longhand-1.svg"));
}

/* Plays a script where no file can grow beyond so many blocks of 512 bytes, as on a full disk.
 * Pipes know no such limit: "said" gets what is printed, and what is said on standard error. */
static void play_without_room(int blocks, const char *options, const char *script)
{
    char command[2000];
    write_file("script", script);
    snprintf(
        command, sizeof command,
        "cd %s && (trap '' XFSZ; ulimit -f %d; '%s' --script script %s; echo \"exit $?\") 2>&1 "
        "| cat >said",
        folder, blocks, getenv("LONGHAND_WINDOW"), options);
    assert_int_equal(system(command), 0);
}

static void assert_no_room(int state, const char *path)
{
    const char *message = held(state, "message");
    if (!strstr(message, path) || !strstr(message, strerror(EFBIG)))
        fail_msg("'%s' does not say that there is no room for %s", message, path);
}

static void exports_without_room_leave_nothing_and_say_so(void **state)
{
    (void)state;
    char script[4000];
    for (int blocks = 0; blocks < 2; blocks++) { /* none is written, or a half */
        mkdir(in_folder("full"), 0777);
        play_without_room(blocks,
                          SMALL
                          "--out full --text 'save this, and so many words that a PDF of them is "
                          "more than a buffer full, and its writer is stopped half-way'",
                          "3 key ctrl+s\n3.1 state\n3.1 key shift+ctrl+s\n3.2 state\n"
                          "3.2 key ctrl+d\n3.3 state\n3.3 key ctrl+m\n3.4 state\n"
                          "3.5 type  and more \n9 state\n9 close\n");
        assert_no_room(0, "full/longhand-1.svg");
        assert_no_room(1, "full/longhand-1.png");
        assert_no_room(2, "full/longhand-1.pdf");
        assert_no_room(3, "full/longhand-1.svg");
        assert_true(number(4, "shown") > number(3, "shown") + 10); /* it goes on */
        assert_int_equal(rmdir(in_folder("full")), 0);             /* empty */
    }
    setenv("XDG_DATA_HOME", in_folder("full"), 1);
    snprintf(script, sizeof script, "0 key f3\n");
    draw_rows(script, 1, 100);
    strcat(script, "2.5 type my hand\n3 key ctrl+k\n3.1 state\n3.2 close\n");
    play_without_room(1, PLAIN, script);
    setenv("XDG_DATA_HOME", in_folder("data"), 1);
    assert_no_room(0, "own-0001");
    assert_string_equal(held(0, "mode"), "Draw"); /* the ink is still there */
    assert_true(number(0, "drawn") > 40);
    assert_int_equal(rmdir(in_folder("full/longhand/styles")), 0);
}

static void settings_without_room_stay_as_they_were(void **state)
{
    (void)state;
    write_file("kept", "colour 2\n");
    play_without_room(0, PLAIN "--settings kept", "0 key alt+c\n0.1 close\n");
    char *said = contents("said"), *text = contents("kept");
    assert_non_null(strstr(said, "longhand-window: "));
    assert_non_null(strstr(said, "kept"));
    assert_non_null(strstr(said, strerror(EFBIG)));
    assert_non_null(strstr(said, "exit 1"));
    assert_string_equal(text, "colour 2\n");
    free(said);
    free(text);
}

/* ---- trouble --------------------------------------------------------------------------------- */

static void assert_said(const char *what)
{
    char *text = contents("err");
    if (!strstr(text, what))
        fail_msg("'%s' is not in: %s", what, text);
    free(text);
}

static void without_a_display_it_says_so(void **state)
{
    (void)state;
    char *display = strdup(getenv("DISPLAY"));
    setenv("DISPLAY", ":987", 1);
    /* The second is what SDL falls back to, and shows nothing. */
    static const char *const drivers[] = {"x11", "x11,offscreen"};
    for (int i = 0; i < 2; i++) {
        setenv("SDL_VIDEODRIVER", drivers[i], 1);
        assert_int_equal(run(PLAIN, NULL), 1);
        assert_said("longhand-window: cannot open a window");
    }
    unsetenv("SDL_VIDEODRIVER");
    setenv("DISPLAY", display, 1);
    free(display);
}

static void without_a_model_or_with_a_broken_one_it_says_so(void **state)
{
    (void)state;
    play("--size 640x480 --text 'hello'", "1 state\n1 shot none\n1 close\n");
    assert_int_equal(number(0, "points"), 0);
    play("--size 640x480", "1 shot nothing\n1 close\n");
    assert_int_equal(difference("none", "nothing", 0, 0, PAPER_W, PAPER_H), 0);
    play(SMALL, "1 shot model\n1 close\n");
    assert_paper_differs("none", "model"); /* the paper says that there is no network */
    write_file("broken.safetensors", "this is no network");
    play("--size 640x480 --model broken.safetensors --text 'hello'", "1 state\n1 close\n");
    assert_non_null(strstr(held(0, "message"), "broken.safetensors"));
    play("--size 640x480 --model prediction.safetensors --text 'hello'", "1 state\n1 close\n");
    assert_non_null(strstr(held(0, "message"), "cannot be given a text"));
}

static void an_unknown_letter_is_named_and_left_out(void **state)
{
    (void)state;
    play(SMALL, "0.5 type ab\xe2\x82\xac"
                "c\n1 state\n4 state\n4 close\n");
    assert_non_null(strstr(held(0, "message"), "\xe2\x82\xac"));
    assert_int_equal(number(1, "words"), 1);
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

static void rows_of_a_script_can_be_played_again(void **state)
{
    (void)state;
    play(PLAIN, "0.1 type a\n0.5 type bc\n0.7 again 0.5 1.2\n1.3 type d\n1.4 state\n1.5 close\n");
    assert_string_equal(held(0, "text"), "abcbcbcbcd"); /* at 0.5, 0.7, 0.9 and 1.1 */
    assert_int_equal(run(PLAIN, "0 state\n1 again 2 3\n"), 1);
    assert_said("row 2: again wants");
}

static void wrong_usage_is_explained(void **state)
{
    (void)state;
    assert_int_equal(run("--size 3x3", NULL), 2);
    assert_said("--size wants");
    assert_int_equal(run("--colour red", NULL), 2);
    assert_said("no option --colour");
    assert_int_equal(run("--script /nowhere", NULL), 1);
    assert_said("/nowhere");
    assert_int_equal(run(PLAIN, "0 dance\n"), 1);
    assert_said("row 1");
}

/* Leaks show in builds with the address sanitizer, which then ends with a code of its own. */
static void closing_in_the_middle_of_writing_leaks_nothing(void **state)
{
    (void)state;
    play(PLAIN "--live --settings settings2",
         "0 key ctrl+1\n0 key ctrl+2\n0 key ctrl+3\n0 key ctrl+4\n"
         "0.1 type closing while there is much to write and more to come and no end in sight\n"
         "0.4 key ctrl+n\n0.5 key f3\n0.6 press 100 100\n0.6 move 140 120\n0.7 key f2\n"
         "0.8 key f2\n1.2 close\n");
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
        cmocka_unit_test(text_can_be_edited_and_undone),
        cmocka_unit_test(shortcuts_type_nothing),
        cmocka_unit_test(what_an_input_method_finished_is_no_shortcut),
        cmocka_unit_test(the_space_bar_presses_what_has_the_focus_and_types_nothing),
        cmocka_unit_test(every_control_changes_what_it_should),
        cmocka_unit_test(controls_obey_the_mouse_and_a_double_click_resets),
        cmocka_unit_test(all_controls_are_reached_with_the_tab_key),
        cmocka_unit_test(every_view_shows_and_a_cell_colours_the_ink),
        cmocka_unit_test(what_cells_know_is_found_where_they_know_it_again),
        cmocka_unit_test(the_list_of_keys_opens_and_closes),
        cmocka_unit_test(the_list_of_keys_has_values_and_where_it_must_pages),
        cmocka_unit_test(what_is_composed_is_shown_underlined_and_taken_when_finished),
        cmocka_unit_test(the_whole_screen_can_be_taken),
        cmocka_unit_test(everything_can_be_larger),
        cmocka_unit_test(settings_are_remembered),
        cmocka_unit_test(a_drawn_primer_becomes_a_style),
        cmocka_unit_test(strokes_and_clearing_are_undone_step_by_step),
        cmocka_unit_test(clearing_the_text_can_be_undone),
        cmocka_unit_test(a_finger_that_presses_more_draws_wider),
        cmocka_unit_test(drawn_ink_is_gone_on_with),
        cmocka_unit_test(ways_to_go_on_are_renewed_while_one_draws),
        cmocka_unit_test(a_prediction_network_writes_of_its_own_accord),
        cmocka_unit_test(what_is_dropped_is_used),
        cmocka_unit_test(exports_are_valid),
        cmocka_unit_test(the_colours_of_a_cell_are_exported),
        cmocka_unit_test(drawn_ink_and_its_ways_are_exported),
        cmocka_unit_test(the_folder_to_save_to_is_made),
        cmocka_unit_test(settings_take_the_place_of_nothing_that_is_read),
        cmocka_unit_test(a_failed_export_says_so),
        cmocka_unit_test(exports_without_room_leave_nothing_and_say_so),
        cmocka_unit_test(settings_without_room_stay_as_they_were),
        cmocka_unit_test(without_a_display_it_says_so),
        cmocka_unit_test(without_a_model_or_with_a_broken_one_it_says_so),
        cmocka_unit_test(an_unknown_letter_is_named_and_left_out),
        cmocka_unit_test(accents_are_set_when_the_word_is_written),
        cmocka_unit_test(rows_of_a_script_can_be_played_again),
        cmocka_unit_test(wrong_usage_is_explained),
        cmocka_unit_test(closing_in_the_middle_of_writing_leaks_nothing),
    };
    if (system("command -v Xvfb >/dev/null") != 0) {
        printf("skipped: there is no Xvfb\n");
        return 77;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
