/* The keyboard of longhand-window: the text is edited, shortcuts and the focus type nothing, an
 * input method composes. Played by scripts. */
#include "check.h"
#include "window_run.h"

#include <string.h>

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

/* By the menu of the paper, which needs no key. */
static void a_form_that_opens_ends_what_is_composed(void **state)
{
    (void)state;
    play("", "0.1 type one\n0.2 compose two\n0.3 right 300 200\n0.4 click 320 313\n0.5 state\n"
             "0.6 compose\n0.6 key escape\n0.7 state\n0.8 close\n");
    assert_string_equal(held(0, "form"), "Save as");
    assert_string_equal(held(0, "composing"), "");
    assert_string_equal(held(1, "form"), "");
    assert_string_equal(held(1, "text"), "one");
}

static void clearing_the_text_can_be_undone(void **state)
{
    (void)state;
    play(SMALL "--text 'some words'", "3 state\n3 key ctrl+l\n3.5 state\n3.6 key ctrl+z\n"
                                      "3.7 state\n9 state\n9 close\n");
    assert_string_equal(held(1, "text"), "");
    assert_int_equal(whole(1, "points"), 0);
    assert_string_equal(held(2, "text"), "some words");
    assert_true(number(3, "shown") >= number(0, "shown"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_can_be_edited_and_undone),
        cmocka_unit_test(shortcuts_type_nothing),
        cmocka_unit_test(what_an_input_method_finished_is_no_shortcut),
        cmocka_unit_test(the_space_bar_presses_what_has_the_focus_and_types_nothing),
        cmocka_unit_test(what_is_composed_is_shown_underlined_and_taken_when_finished),
        cmocka_unit_test(a_form_that_opens_ends_what_is_composed),
        cmocka_unit_test(clearing_the_text_can_be_undone),
    };
    if (without_screen())
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
