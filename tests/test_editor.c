/* The window's text field as a text: changes, places, undo. */
#include "check.h"

#include "window/editor.h"

#include <stdlib.h>
#include <string.h>

static win_editor e;
static unsigned step;

static int begin(void **state)
{
    (void)state;
    step = 1;
    if (!win_editor_start(&e, "one two"))
        return -1;
    e.step = &step;
    return 0;
}

static int end(void **state)
{
    (void)state;
    win_editor_clear(&e);
    return 0;
}

/* What is typed, each letter as a step of its own. */
static void type(const char *text)
{
    for (char letter[2] = {*text}; *text; letter[0] = *++text) {
        step++;
        assert_true(win_editor_insert(&e, letter, true));
    }
}

static void words_typed_are_undone_word_by_word(void **state)
{
    (void)state;
    unsigned version = e.version;
    type(" three four");
    assert_string_equal(e.text, "one two three four");
    assert_true(e.version > version);
    assert_true(win_editor_undo(&e));
    assert_string_equal(e.text, "one two three ");
    assert_true(win_editor_undo(&e));
    assert_string_equal(e.text, "one two ");
    assert_true(win_editor_redo(&e));
    assert_string_equal(e.text, "one two three ");
    type("x");
    assert_int_equal(win_editor_future(&e), 0);
    assert_false(win_editor_redo(&e));
}

static void a_text_that_is_shown_leaves_what_can_be_undone(void **state)
{
    (void)state;
    type(" three");
    const unsigned version = e.version;
    assert_true(win_editor_show(&e, "shown"));
    assert_string_equal(e.text, "shown");
    assert_true(e.version > version && e.caret == 5 && e.anchor == 5);
    assert_true(win_editor_show(&e, ""));
    assert_true(win_editor_undo(&e));
    assert_string_equal(e.text, "one two ");
}

static void steps_are_told_forth_and_back(void **state)
{
    (void)state;
    assert_int_equal(win_editor_past(&e), 0);
    step = 5;
    win_editor_insert(&e, " and", false);
    step = 9;
    win_editor_insert(&e, " so", false);
    assert_int_equal(win_editor_past(&e), 9);
    win_editor_undo(&e);
    assert_int_equal(win_editor_past(&e), 5);
    assert_int_equal(win_editor_future(&e), 9);
    win_editor_redo(&e);
    assert_int_equal(win_editor_past(&e), 9);
    assert_int_equal(win_editor_future(&e), 0);
}

static void the_oldest_changes_are_forgotten(void **state)
{
    (void)state;
    for (int i = 0; i < WIN_UNDO_MAX + 10; i++)
        assert_true(win_editor_insert(&e, ".", false));
    int undone = 0;
    while (win_editor_undo(&e))
        undone++;
    assert_int_equal(undone, WIN_UNDO_MAX);
    assert_string_equal(e.text, "one two..........");
}

static void characters_are_stepped_over_and_erased_whole(void **state)
{
    (void)state;
    win_editor_insert(&e, "\xc3\xa9\xe2\x82\xac", false);
    win_editor_step(&e, -1, false, false);
    assert_int_equal(e.caret, strlen("one two") + 2);
    assert_true(win_editor_erase(&e, -1, false));
    assert_string_equal(e.text, "one two\xe2\x82\xac");
    assert_true(win_editor_erase(&e, -1, true));
    assert_string_equal(e.text, "one \xe2\x82\xac");
    win_editor_place(&e, 0, false);
    assert_false(win_editor_erase(&e, -1, false));
}

static void what_cannot_stand_in_a_text_is_left_out(void **state)
{
    (void)state;
    win_editor_select_all(&e);
    assert_true(win_editor_insert(&e, "a\r\nb\x01\xff\x7f\tc", false));
    assert_string_equal(e.text, "a\nb\tc");
    assert_false(win_editor_insert(&e, "\r\x02", false));
}

static void a_selection_is_replaced_copied_and_left_at_its_side(void **state)
{
    (void)state;
    win_editor_select_word(&e, 1);
    char *word = win_editor_selection(&e);
    assert_string_equal(word, "one");
    free(word);
    win_editor_step(&e, -1, false, false);
    assert_int_equal(e.caret, 0);
    assert_null(win_editor_selection(&e));
    win_editor_step(&e, 1, true, true);
    win_editor_insert(&e, "1", true);
    assert_string_equal(e.text, "1 two");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_typed_are_undone_word_by_word, begin, end),
        cmocka_unit_test_setup_teardown(a_text_that_is_shown_leaves_what_can_be_undone, begin, end),
        cmocka_unit_test_setup_teardown(steps_are_told_forth_and_back, begin, end),
        cmocka_unit_test_setup_teardown(the_oldest_changes_are_forgotten, begin, end),
        cmocka_unit_test_setup_teardown(characters_are_stepped_over_and_erased_whole, begin, end),
        cmocka_unit_test_setup_teardown(what_cannot_stand_in_a_text_is_left_out, begin, end),
        cmocka_unit_test_setup_teardown(a_selection_is_replaced_copied_and_left_at_its_side, begin,
                                        end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
