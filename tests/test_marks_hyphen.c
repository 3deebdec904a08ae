/* Signs that are drawn in the place of a hyphen: they take it and make room, and no other stroke is
 * taken for one. */
#include "check.h"
#include "marks_piece.h"

static void a_sign_takes_a_hyphens_place_and_makes_room(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "a@b c");
    begin_word(&p, 0);
    add_letter(&p, 0, 1);
    add_stroke(&p, 0, 3, 6, 100, -50, 130, -52); /* the hyphen, and the window comes to it late */
    add_letter(&p, 2, 1.7);
    begin_word(&p, 1);
    add_letter(&p, 4, 1);
    draw(&p);
    const lh_draft *draft = &p.clerk.draft;
    size_t from = 12, to = from;
    while (lh_draft_trace(draft, to)->component < 0)
        to++;
    const lh_box sign = box(&p, from, to), a = box(&p, 0, 12), b = box(&p, to, to + 12);
    assert_float_equal(a.left, 0, 1e-3);
    assert_float_equal(a.right, 60, 1e-3);
    assert_float_equal(sign.left, 100, 1e-3);
    assert_true(sign.right > 190); /* an @ is wider than a hyphen: what follows moved */
    assert_float_equal(b.left - sign.right, 200 - 130, 1e-2);
    assert_int_equal(p.word[1].point, to + 12);
    const lh_box c = box(&p, p.word[1].point, draft->count);
    assert_float_equal(c.left - b.left, 200, 1e-2);
    piece_clear(&p);
}

static void a_bar_beside_a_sign_is_no_hyphen(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "t=e");
    begin_word(&p, 0);
    add_stroke(&p, 0, 99, 12, 40, -180, 40, 0);
    add_stroke(&p, 1, 99, 6, 0, -130, 80, -130); /* the t's bar, drawn late */
    add_stroke(&p, 1, 3, 6, 110, -50, 150, -50);
    add_letter(&p, 2, 1);
    draw(&p);
    const lh_box bar = box(&p, 12, 18);
    assert_float_equal(bar.left, 0, 1e-3);
    assert_float_equal(bar.top, -130, 1e-3);
    const lh_box sign = box(&p, 18, p.clerk.draft.count - 12);
    assert_float_equal(sign.left, 110, 1e-3);
    assert_true(sign.top > -1.1 * X_HEIGHT && sign.bottom < 0);
    piece_clear(&p);
}

static void the_bar_of_a_capital_is_no_hyphen(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "A@");
    begin_word(&p, 0);
    add_stroke(&p, 0, 99, 9, 0, 0, 30, -170);
    add_stroke(&p, 0, 99, 9, 30, -170, 60, 0);
    add_stroke(&p, 0, 3, 6, 10, -60, 50, -60);
    add_stroke(&p, 1, 99, 6, 100, -60, 140, -60);
    draw(&p);
    const lh_box bar = box(&p, 18, 24);
    assert_float_equal(bar.left, 10, 1e-3);
    const lh_box sign = mark_behind(&p, 0, 24);
    assert_float_equal(sign.left, 100, 1e-3);
    piece_clear(&p);
}

static void what_follows_a_capital_x_is_close_to_it(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "Xa b");
    begin_word(&p, 0);
    add_stroke(&p, 0, 99, 6, 0, -60, 40, -60);
    add_letter(&p, 1, 1); /* from 100 on */
    begin_word(&p, 1);
    add_letter(&p, 3, 1);
    draw(&p);
    const size_t to = p.word[1].point - 12;
    const lh_box x = box(&p, 0, to), a = box(&p, to, to + 12);
    assert_true(x.bottom - x.top > 1.4 * X_HEIGHT);
    assert_float_equal(a.left - x.right, 0.2 * X_HEIGHT, 1e-2);
    const lh_box b = box(&p, p.word[1].point, p.clerk.draft.count);
    assert_float_equal(b.left - a.left, 200, 1e-2); /* the words behind come along */
    piece_clear(&p);
}

static void a_sharp_s_is_close_to_both_sides(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "a\xc3\x9f"
                    "b");
    begin_word(&p, 0);
    add_letter(&p, 0, 1);
    add_stroke(&p, 1, 99, 6, 100, -60, 140, -60);
    add_letter(&p, 2, 1.7);
    draw(&p);
    const size_t to = p.clerk.draft.count - 12;
    const lh_box s = box(&p, 12, to), b = box(&p, to, to + 12);
    assert_float_equal(s.left, 60 + 0.2 * X_HEIGHT, 1e-2);
    assert_float_equal(b.left - s.right, 0.2 * X_HEIGHT, 1e-2);
    piece_clear(&p);
}

/* A hyphen is wider: the next word comes nearer. */
static void a_colon_that_ends_a_word_is_two_dots(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "a: b");
    begin_word(&p, 0);
    add_letter(&p, 0, 1);
    add_stroke(&p, 1, 99, 6, 100, -60, 170, -60);
    begin_word(&p, 1);
    add_letter(&p, 3, 1); /* from 300 on */
    draw(&p);
    const size_t to = p.word[1].point;
    const lh_box colon = box(&p, 12, to), b = box(&p, to, p.clerk.draft.count);
    int strokes = 0;
    for (size_t i = 12; i < to; i++)
        strokes += p.clerk.draft.point[i].end != 0;
    assert_int_equal(strokes, 2);
    assert_float_equal(colon.left, 60 + 0.36 * X_HEIGHT, 1e-2);
    assert_true(colon.bottom - colon.top > 0.5 * X_HEIGHT);
    assert_float_equal(b.left - colon.right, 300 - 170, 1e-2);
    piece_clear(&p);
}

static void a_sign_alone_is_all_of_its_word(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "a % b");
    p.word[1].flawed = true;
    p.clerk.report.flawed = 1;
    begin_word(&p, 0);
    add_letter(&p, 0, 1);
    begin_word(&p, 1);
    add_stroke(&p, 2, 99, 6, 200, -50, 240, -50);
    add_stroke(&p, 2, 99, 9, 230, -200, 240, 90); /* what has no place in a hyphen */
    begin_word(&p, 2);
    add_letter(&p, 4, 1);
    draw(&p);
    assert_int_equal(p.word[1].point, 12);
    for (size_t i = 12; i < p.word[2].point; i++)
        assert_int_equal(lh_draft_trace(&p.clerk.draft, i)->component, -1);
    assert_false(p.word[1].flawed);
    assert_int_equal(p.clerk.report.flawed, 0);
    const lh_box sign = box(&p, 12, p.word[2].point);
    const lh_box b = box(&p, p.word[2].point, p.clerk.draft.count);
    assert_true(b.left > sign.right);
    piece_clear(&p);
}

static void a_sign_is_drawn_where_no_hyphen_came(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "a$ &b");
    begin_word(&p, 0);
    add_letter(&p, 0, 1);
    begin_word(&p, 1);
    add_letter(&p, 4, 1.7);
    draw(&p);
    const lh_box dollar = mark_behind(&p, 0, 12);
    assert_true(dollar.left > 60);
    const size_t from = p.word[1].point, to = p.clerk.draft.count - 12;
    const lh_box sign = box(&p, from, to), b = box(&p, to, p.clerk.draft.count);
    assert_true(sign.left > dollar.right && b.left > sign.right);
    piece_clear(&p);
}

static void raised_and_lowered_signs_are_small_and_off_the_row(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        float top, bottom; /* in heights of the small letters, upwards */
    } cases[] = {{"x\u00b2", 1.8f, 0.9f}, {"x\u2082", 0.55f, -0.35f}};
    for (size_t i = 0; i < 2; i++) {
        piece p;
        piece_start(&p, cases[i].text);
        begin_word(&p, 0);
        add_letter(&p, 0, 1);
        add_stroke(&p, 1, 99, 6, 100, -50, 140, -50);
        draw(&p);
        const lh_box sign = mark_behind(&p, 0, 12);
        assert_float_equal(-sign.top, cases[i].top * X_HEIGHT, 20);
        assert_float_equal(-sign.bottom, cases[i].bottom * X_HEIGHT, 20);
        assert_true(sign.left > 60 && sign.left < 100); /* close to the letter */
        piece_clear(&p);
    }
}

/* How many strokes the network's own are. */
static int strokes_left(const piece *p)
{
    const lh_draft *draft = &p->clerk.draft;
    int count = 0;
    for (size_t i = 0; i < draft->count; i++)
        count += draft->point[i].end && lh_draft_trace(draft, i)->component >= 0;
    return count;
}

static void no_hyphen_is_left_where_several_signs_are_drawn(void **state)
{
    (void)state;
    piece p;
    piece_start(&p, "\u03b1\u03b2 c");
    begin_word(&p, 0);
    for (int i = 0; i < 4; i++)
        add_stroke(&p, i > 0, 99, 6, 60 * i, i % 2 ? -50 : -190, 60 * i + 40, -50);
    begin_word(&p, 1);
    add_letter(&p, 3, 1);
    draw(&p);
    assert_int_equal(strokes_left(&p), 1);
    piece_clear(&p);
    piece_start(&p, "a\u00b9\u00b2-");
    begin_word(&p, 0);
    add_letter(&p, 0, 1);
    for (int i = 0; i < 4; i++)
        add_stroke(&p, i < 2 ? 1 : 2, 99, 6, 100 + 60 * i, -50, 140 + 60 * i, -50);
    add_stroke(&p, 3, 99, 6, 400, -50, 440, -50);
    draw(&p);
    assert_int_equal(strokes_left(&p), 2);              /* the letter, and the hyphen of the text */
    assert_float_equal(box(&p, 0, 12).right, 60, 1e-3); /* the letter stays */
    piece_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sign_takes_a_hyphens_place_and_makes_room),
        cmocka_unit_test(a_bar_beside_a_sign_is_no_hyphen),
        cmocka_unit_test(the_bar_of_a_capital_is_no_hyphen),
        cmocka_unit_test(what_follows_a_capital_x_is_close_to_it),
        cmocka_unit_test(a_colon_that_ends_a_word_is_two_dots),
        cmocka_unit_test(a_sharp_s_is_close_to_both_sides),
        cmocka_unit_test(a_sign_alone_is_all_of_its_word),
        cmocka_unit_test(a_sign_is_drawn_where_no_hyphen_came),
        cmocka_unit_test(raised_and_lowered_signs_are_small_and_off_the_row),
        cmocka_unit_test(no_hyphen_is_left_where_several_signs_are_drawn),
    };
    return cmocka_run_group_tests_name("marks_hyphen", tests, NULL, NULL);
}
