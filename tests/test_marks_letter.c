/* Marks on letters: where accents come to stand, whatever the pen did. */
#include "check.h"
#include "marks_piece.h"

static void an_accent_stands_over_its_letter_behind_the_word(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "n\xc3\xa9n on");
    begin_word(&p, 0);
    for (int u = 0; u < 3; u++)
        add_letter(&p, u, 1);
    begin_word(&p, 1);
    add_letter(&p, 4, 1);
    add_letter(&p, 5, 1);
    draw(&p);
    const lh_box accent = mark_behind(&p, 0, 36);
    assert_true(accent.bottom < -1.02 * X_HEIGHT && accent.bottom > -1.5 * X_HEIGHT);
    assert_true(accent.top > -1.9 * X_HEIGHT);
    assert_true(middle(&accent) > 100 && middle(&accent) < 160);
    assert_int_equal(lh_draft_trace(&p.clerk.draft, 36)->character, 7 + 1);
    const lh_box second = box(&p, p.word[1].point, p.clerk.draft.count);
    assert_float_equal(second.left, 400, 1e-3);
    assert_int_equal(p.clerk.draft.count - p.word[1].point, 24);
    piece_clear(&p);
}

static void the_window_is_ahead_of_the_pen(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "f\xc3\xa4h");
    begin_word(&p, 0);
    add_stroke(&p, 0, 10, 14, 60, -170, 40, 60);  /* its end is seen as the next letter's */
    add_stroke(&p, 1, 99, 5, 10, -100, 90, -100); /* the bar of the f */
    add_stroke(&p, 1, 10, 14, 130, -100, 170, 0);
    add_stroke(&p, 2, 99, 12, 220, -170, 260, 0);
    draw(&p);
    const lh_box dots = mark_behind(&p, 0, 45);
    assert_true(middle(&dots) > 130 && middle(&dots) < 170);
    assert_true(dots.bottom < -1.02 * X_HEIGHT && dots.bottom > -1.6 * X_HEIGHT);
    piece_clear(&p);
}

static void in_one_stroke_a_letter_is_a_piece_of_it(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "n\xc3\xb6n");
    begin_word(&p, 0);
    for (int u = 0; u < 3; u++) {
        add_letter(&p, u, 1);
        p.clerk.draft.point[p.clerk.draft.count - 1].end = u == 2;
    }
    draw(&p);
    const lh_box dots = mark_behind(&p, 0, 36);
    assert_true(middle(&dots) > 90 && middle(&dots) < 180);
    piece_clear(&p);
}

static void a_window_that_wavers_sees_one_letter(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "\xc3\x85s");
    begin_word(&p, 0);
    add_stroke(&p, 0, 99, 20, 0, 0, 60, -170);
    for (int i = 4; i < 8; i++) {
        lh_trace trace = *lh_draft_trace(&p.clerk.draft, (size_t)i);
        trace.character--; /* on the blank before, for a moment */
        const lh_point point = p.clerk.draft.point[i];
        lh_draft_remove(&p.clerk.draft, (size_t)i, 1);
        check_ok(lh_draft_insert(&p.clerk.draft, (size_t)i, &point, 1, &trace, &error), &error);
    }
    add_letter(&p, 1, 1);
    draw(&p);
    const lh_box ring = mark_behind(&p, 0, 32);
    assert_true(ring.bottom < -170);
    piece_clear(&p);
}

static void an_i_loses_its_dot_to_an_accent(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "i\xc3\xadi i");
    begin_word(&p, 0);
    for (int u = 0; u < 3; u++)
        add_letter(&p, u, 1);
    for (int u = 0; u < 3; u++)
        add_stroke(&p, 2, 99, 3, 100 * u + 20, -150, 100 * u + 24, -146);
    begin_word(&p, 1);
    add_letter(&p, 4, 1);
    draw(&p);
    assert_int_equal(p.word[0].point, 0);
    assert_float_equal(p.clerk.draft.point[36].x, 20, 1e-3); /* the first dot, and the third: */
    assert_float_equal(p.clerk.draft.point[39].x, 220, 1e-3);
    const lh_box accent = mark_behind(&p, 0, 36 + 6);
    assert_true(middle(&accent) > 90 && middle(&accent) < 170);
    assert_float_equal(p.clerk.draft.point[p.word[1].point].x, 400, 1e-3);
    piece_clear(&p);
}

static void what_is_no_dot_stays(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "\xc2\xb0\xc3\xad'n");
    begin_word(&p, 0);
    add_stroke(&p, 0, 99, 6, 0, -50, 40, -50);
    add_letter(&p, 1, 1);
    add_stroke(&p, 2, 99, 4, 150, -170, 140, -140); /* an apostrophe over the i */
    add_letter(&p, 3, 1);
    draw(&p);
    size_t own = 0, ring = 0;
    for (size_t i = 0; i < p.clerk.draft.count; i++) {
        own += lh_draft_trace(&p.clerk.draft, i)->component >= 0;
        ring += lh_draft_trace(&p.clerk.draft, i)->character == 7;
    }
    assert_int_equal(own, 12 + 4 + 12);
    assert_true(ring > 6);
    piece_clear(&p);
    piece_start(&p, "\xc3\xad");
    begin_word(&p, 0);
    add_stroke(&p, 0, 99, 5, 0, -6, 20, 0); /* an i that hardly is one */
    draw(&p);
    mark_behind(&p, 0, 5);
    piece_clear(&p);
}

static void a_capital_is_not_the_letter_before(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "g\xc5\x9e");
    begin_word(&p, 0);
    add_stroke(&p, 0, 6, 12, 60, -100, 50, 60);
    add_stroke(&p, 1, 99, 5, 0, -60, 60, -60); /* the g's, drawn late */
    add_stroke(&p, 1, 99, 12, 200, -170, 160, 0);
    draw(&p);
    const lh_box cedilla = mark_behind(&p, 0, 29);
    assert_true(middle(&cedilla) > 140 && middle(&cedilla) < 200);
    piece_clear(&p);
}

static void a_cedilla_is_below_and_a_stroke_goes_through(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "\xc3\xa7 \xc3\xb8");
    begin_word(&p, 0);
    add_letter(&p, 0, 1);
    begin_word(&p, 1);
    add_letter(&p, 2, 1);
    draw(&p);
    const lh_box cedilla = mark_behind(&p, 0, 12), stroke = mark_behind(&p, 1, 12);
    assert_true(cedilla.top > -0.15 * X_HEIGHT && cedilla.bottom > 0.2 * X_HEIGHT);
    assert_true(stroke.left < 210 && stroke.right > 250);
    assert_true(stroke.top < -0.9 * X_HEIGHT && stroke.bottom > -0.1 * X_HEIGHT);
    piece_clear(&p);
}

static void marks_are_as_large_as_the_hand_and_lean_with_it(void **state)
{
    (void)state;
    lh_box found[3];
    for (int k = 0; k < 3; k++) {
        piece p;
        piece_start(&p, "a=|");
        p.start.height = k == 1 ? 2 * X_HEIGHT : X_HEIGHT;
        p.start.lean = k == 2 ? 0.5F : 0;
        begin_word(&p, 0);
        add_letter(&p, 0, 1);
        add_stroke(&p, 1, 99, 6, 100, -50, 140, -50);
        add_stroke(&p, 2, 99, 6, 200, -50, 240, -50);
        draw(&p);
        size_t bar = p.clerk.draft.count;
        while (bar > 0 && lh_draft_trace(&p.clerk.draft, bar - 1)->character == 7 + 2)
            bar--;
        found[k] = box(&p, bar, p.clerk.draft.count);
        piece_clear(&p);
    }
    const double high = (double)found[0].bottom - found[0].top;
    assert_true(high > 1.7 * X_HEIGHT && high < 2.6 * X_HEIGHT);
    assert_float_equal(((double)found[1].bottom - found[1].top) / high, 2, 0.1);
    assert_float_equal(((double)found[2].right - found[2].left) -
                           ((double)found[0].right - found[0].left),
                       0.5 * high, 0.2 * high);
}

static void words_without_ink_are_left_alone(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "\xc3\xa9 a");
    begin_word(&p, 0);
    begin_word(&p, 1);
    add_letter(&p, 2, 1);
    draw(&p);
    assert_int_equal(p.clerk.draft.count, 12);
    assert_int_equal(p.word[1].point, 0);
    piece_clear(&p);
    piece_start(&p, "\xc3\xa9");
    draw(&p);
    assert_int_equal(p.clerk.draft.count, 0);
    piece_clear(&p);
    piece_start(&p, "$ a &");
    begin_word(&p, 0);
    begin_word(&p, 1);
    add_letter(&p, 2, 1);
    begin_word(&p, 2);
    draw(&p);
    assert_int_equal(p.clerk.draft.count, 12);
    piece_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_accent_stands_over_its_letter_behind_the_word),
        cmocka_unit_test(the_window_is_ahead_of_the_pen),
        cmocka_unit_test(in_one_stroke_a_letter_is_a_piece_of_it),
        cmocka_unit_test(a_window_that_wavers_sees_one_letter),
        cmocka_unit_test(an_i_loses_its_dot_to_an_accent),
        cmocka_unit_test(what_is_no_dot_stays),
        cmocka_unit_test(a_capital_is_not_the_letter_before),
        cmocka_unit_test(a_cedilla_is_below_and_a_stroke_goes_through),
        cmocka_unit_test(marks_are_as_large_as_the_hand_and_lean_with_it),
        cmocka_unit_test(words_without_ink_are_left_alone),
    };
    return cmocka_run_group_tests_name("marks_letter", tests, NULL, NULL);
}
