/* Marks on what the network wrote: which signs are made of what, where marks come to stand, and
 * that nothing else of the ink changes. */
#include "check.h"
#include "write_model.h"

#include "document/accents.h"
#include "write/composed.h"
#include "write/marks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static lh_error error;

/* ---- which signs ------------------------------------------------------------------------------
 */

/* Combining marks of Unicode for the accents that there are. */
static const uint32_t combining[] = {0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307,
                                     0x308, 0x30a, 0x30b, 0x30c, 0x326, 0x327, 0x328};
enum { COMBINING = sizeof combining / sizeof *combining };

static uint32_t put_together(const lh_accents *accents, uint32_t base, uint32_t mark)
{
    char text[9];
    size_t bytes = lh_utf8_encode(base, text);
    bytes += lh_utf8_encode(mark, text + bytes);
    char *composed = accents->compose(text, bytes);
    assert_non_null(composed);
    const char *at = composed;
    uint32_t sign = lh_utf8_next(&at);
    sign = *at ? 0 : sign; /* Unicode has no such letter */
    free(composed);
    return sign;
}

static void accented_letters_are_what_unicode_has(void **state)
{
    (void)state;
    const lh_accents *accents = lh_accents_get(&error);
    if (!accents)
        fail_msg("%s", error.message);
    /* The mark of each accent; a caron beside tall letters, and a comma where Unicode's names say
     * cedilla, are others. */
    const lh_mark *mark_of[COMBINING][5] = {{NULL}};
    int found = 0, without = 0;
    for (uint32_t c = 0xc0; c < 0x1f00; c++) {
        uint32_t base;
        const lh_mark *mark;
        if (!lh_composed_find(c, &base, &mark) || mark->place == LH_MARK_INSTEAD)
            continue;
        int k = 0;
        while (k < COMBINING && put_together(accents, base, combining[k]) != c)
            k++;
        without += k == COMBINING;
        found++;
        if (k == COMBINING)
            continue;
        assert_true(mark->place == LH_MARK_ABOVE || mark->place == LH_MARK_BELOW ||
                    (mark->place == LH_MARK_BESIDE && combining[k] == 0x30c));
        const lh_mark **of = &mark_of[k][mark->place];
        const bool comma = combining[k] == 0x327 && strchr("KkLlNnRr", (int)base);
        if (!*of && !comma)
            *of = mark;
        if (!comma)
            assert_ptr_equal(mark, *of);
    }
    assert_int_equal(without, 7); /* those with a stroke through them, and the i without a dot */
    assert_true(found > 190);
}

static void the_alphabet_comes_first_but_for_rare_signs(void **state)
{
    (void)state;
    lh_alphabet alphabet;
    assert_true(lh_alphabet_parse(&alphabet, " ae-&\xc3\xa9"));
    assert_true(lh_can_write(&alphabet, 'a'));
    assert_true(lh_can_write(&alphabet, 0xe9));
    assert_true(lh_can_write(&alphabet, 0xe8));
    assert_true(lh_can_write(&alphabet, '$'));
    assert_false(lh_can_write(&alphabet, 0xf6)); /* there is no o */
    assert_false(lh_can_write(&alphabet, 'o'));
    assert_false(lh_can_write(&alphabet, 0x265e));
    assert_false(lh_can_write(&alphabet, UINT32_MAX));
    char *bases = lh_composed_bases("a\xc3\xa9 \xc3\xa8&o$\xff", &alphabet, false);
    assert_string_equal(bases, "a\xc3\xa9 e-o-\xff");
    free(bases);
    bases = lh_composed_bases("\xc3\xa8&$", &alphabet, true);
    assert_string_equal(bases, "e&-");
    free(bases);
    assert_true(lh_alphabet_parse(&alphabet, " a&"));
    assert_true(lh_can_write(&alphabet, '&')); /* no hyphen to draw it for */
    assert_false(lh_can_write(&alphabet, '$'));
    bases = lh_composed_bases("a&$", &alphabet, false);
    assert_string_equal(bases, "a&$");
    free(bases);
}

/* ---- a piece made by hand ---------------------------------------------------------------------
 */

enum { TEXT_MAX = 40, WORDS_MAX = 8, X_HEIGHT = 100 };

/* Ink of a text whose letters stand 100 units apart. */
typedef struct piece {
    lh_model model;
    lh_clerk clerk;
    lh_clerk_word word[WORDS_MAX];
    int32_t index[TEXT_MAX];
    uint32_t sign[TEXT_MAX];
    lh_start start;
} piece;

static const lh_write_options options = {.bias = 1, .seed = 3};
static const lh_architecture architecture = {
    .kind = LH_SYNTHESIS, .layers = 1, .cells = 4, .mixtures = 1, .windows = 1, .alphabet = 60};

/* `signs` is what the text says; what is written is made of it. */
static void piece_start(piece *p, const char *signs)
{
    *p = (piece){.start = {.height = X_HEIGHT, .lean = 0}};
    assert_true(lh_alphabet_parse(
        &p->model.alphabet, " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.,'0123456789"));
    p->clerk = (lh_clerk){
        .model = &p->model, .options = &options, .word = p->word, .text = p->index, .offset = 7};
    char *bases = lh_composed_bases(signs, &p->model.alphabet, false);
    const char *base = bases;
    int n = 0, word = 0;
    for (uint32_t c; (c = lh_utf8_next(&signs)) != 0; n++) {
        p->sign[n] = c;
        p->index[n] = lh_alphabet_index(&p->model.alphabet, lh_utf8_next(&base));
        assert_true(p->index[n] >= 0);
        if (c != ' ' && (n == 0 || p->sign[n - 1] == ' '))
            p->word[word++].start = n;
        if (c != ' ')
            p->word[word - 1].end = n + 1;
    }
    free(bases);
    p->index[n] = lh_alphabet_index(&p->model.alphabet, ' ');
    p->clerk.characters = n + 1;
    p->clerk.words = word;
    lh_draft_start(&p->clerk.draft, &architecture, 0);
}

static void piece_clear(piece *p)
{
    lh_draft_clear(&p->clerk.draft);
}

static void begin_word(piece *p, int word)
{
    p->word[word].point = p->clerk.draft.count;
}

/* A stroke of `count` points from one place to the other, drawn while the window was on `on` and
 * then, from the point `late` on, on the next character. */
static void add_stroke(piece *p, int on, int late, int count, double x0, double y0, double x1,
                       double y1)
{
    for (int i = 0; i < count; i++) {
        const double t = (double)i / (count - 1);
        lh_draft_row row = {
            .point = {.x = (float)(x0 + t * (x1 - x0)),
                      .y = (float)(y0 + t * (y1 - y0)),
                      .end = i + 1 == count},
            .trace = {.component = 1, .character = 7 + on + (i >= late)},
        };
        check_ok(lh_draft_add(&p->clerk.draft, &row, &error), &error);
    }
}

/* A letter without any shape: up and down, 60 units wide, as high as `high` heights. */
static void add_letter(piece *p, int on, double high)
{
    const double left = 100 * on, top = -high * X_HEIGHT;
    add_stroke(p, on, 12, 12, left, top, left + 60, 0);
}

static void draw(piece *p)
{
    check_ok(lh_marks_draw(&p->clerk, &p->start, p->sign, &error), &error);
}

/* Ink of points from..to-1. */
static lh_box box(const piece *p, size_t from, size_t to)
{
    assert_true(from < to && to <= p->clerk.draft.count);
    const lh_ink view = {.points = p->clerk.draft.point + from, .count = to - from};
    return lh_ink_bounds(&view);
}

static double middle(const lh_box *b)
{
    return ((double)b->left + b->right) / 2;
}

/* The mark behind a word's ink of `own` points. */
static lh_box mark_behind(const piece *p, int word, size_t own)
{
    const size_t from = p->word[word].point + own;
    const size_t to = word + 1 < p->clerk.words ? p->word[word + 1].point : p->clerk.draft.count;
    for (size_t i = from; i < to; i++)
        assert_int_equal(lh_draft_trace(&p->clerk.draft, i)->component, -1);
    assert_true(p->clerk.draft.point[to - 1].end);
    return box(p, from, to);
}

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

/* ---- signs in a hyphen's place ----------------------------------------------------------------
 */

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

/* Every mark of the table, drawn: finite, of a sign's size, its last point an end. */
static void every_mark_can_be_drawn(void **state)
{
    (void)state;
    int drawn = 0;
    for (uint32_t c = 0x21; c < 0x2800; c++) {
        uint32_t base;
        const lh_mark *mark;
        char text[5];
        if (!lh_composed_find(c, &base, &mark))
            continue;
        piece p;
        lh_utf8_encode(c, text);
        piece_start(&p, text);
        begin_word(&p, 0);
        if (mark->place == LH_MARK_INSTEAD)
            add_stroke(&p, 0, 99, 6, 0, -50, 40, -50);
        else
            add_letter(&p, 0, base >= 'a' ? 1 : 1.6);
        const size_t before = p.clerk.draft.count;
        draw(&p);
        const lh_draft *draft = &p.clerk.draft;
        const size_t own = mark->place == LH_MARK_INSTEAD ? 0 : before;
        for (size_t i = own; i < draft->count; i++)
            assert_true(isfinite(draft->point[i].x) && isfinite(draft->point[i].y));
        if (draft->count > own) {
            const lh_box b = box(&p, own, draft->count);
            assert_true(draft->point[draft->count - 1].end);
            assert_true(b.right - b.left < 1.6 * X_HEIGHT && b.bottom - b.top < 2.6 * X_HEIGHT);
            assert_true(draft->count - own >= 2 && draft->count - own < 200);
            drawn++;
        }
        piece_clear(&p);
    }
    assert_true(drawn > 220);
}

/* ---- what is written --------------------------------------------------------------------------
 */

static lh_model *new_model(void)
{
    lh_model *model = write_model_new(&write_model_plain);
    /* With a hyphen in place of the comma that it has. */
    for (int i = 0; i < model->alphabet.count; i++)
        if (model->alphabet.codepoint[i] == ',')
            model->alphabet.codepoint[i] = '-';
    return model;
}

/* Points that the network drew, in `written`, are those of `plain`. */
static void check_same_ink(const lh_written *written, const lh_written *plain)
{
    size_t k = 0;
    for (size_t i = 0; i < written->ink->count; i++) {
        const lh_point *point = &written->ink->points[i], *other = &plain->ink->points[k];
        const bool same = k < plain->ink->count && fabsf(point->x - other->x) < 1e-3F &&
                          fabsf(point->y - other->y) < 1e-3F &&
                          written->trace[i].component == plain->trace[k].component;
        if (!same && written->trace[i].component < 0)
            continue; /* a mark */
        assert_true(same);
        k++;
    }
    assert_int_equal(k, plain->ink->count);
}

static void accents_change_nothing_else(void **state)
{
    (void)state;
    lh_model *model = new_model();
    lh_writer *writer = lh_writer_new(model, NULL, &error);
    lh_write_options wanted = lh_write_defaults;
    wanted.keep = LH_KEEP_OUTPUT | LH_KEEP_WINDOW | LH_KEEP_CELLS;
    const char *text = "\xc3\xa0 la carte on \xc3\xb6"
                       "ffnet s\xc3\xb8gt og gar\xc3\xa7on dans la for\xc3\xaat";
    lh_written *plain =
        lh_write_text(writer, &wanted, "a la carte on offnet sogt og garcon dans la foret", &error);
    lh_written *written = lh_write_text(writer, &wanted, text, &error);
    assert_non_null(plain);
    if (!written)
        fail_msg("%s", error.message);
    assert_string_equal(written->text, text);
    assert_int_equal(written->words, plain->words);
    assert_true(written->ink->count > plain->ink->count);
    const lh_word *last = &written->word[written->words - 1];
    assert_int_equal(last->point + last->points, written->ink->count);
    assert_memory_equal(text + last->byte, "for\xc3\xaat", last->bytes);
    check_same_ink(written, plain);
    for (size_t i = 1; i < written->ink->count; i++)
        assert_true(written->ink->points[i].time > written->ink->points[i - 1].time);
    lh_written_free(written);
    lh_written_free(plain);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_pen_draws_the_same_marks(void **state)
{
    (void)state;
    lh_model *model = new_model();
    lh_writer *writer = lh_writer_new(model, NULL, &error);
    const char *text = "\xc3\xa0 la carte $ on \xc3\xb6"
                       "ffnet 'a@b' o\xc3\xb9";
    lh_written *whole = lh_write_text(writer, &lh_write_defaults, text, &error);
    if (!whole)
        fail_msg("%s", error.message);
    lh_pen *pen = lh_pen_new(writer, &lh_write_defaults, 0, &error);
    check_ok(lh_pen_append(pen, text, &error), &error);
    lh_pen_finish(pen);
    while (lh_pen_behind(pen))
        check_ok(lh_pen_write(pen, &error), &error);
    const lh_written *written = lh_pen_written(pen);
    assert_string_equal(written->text, text);
    assert_int_equal(written->ink->count, whole->ink->count);
    assert_memory_equal(written->ink->points, whole->ink->points,
                        whole->ink->count * sizeof *whole->ink->points);
    /* A letter that gets an accent is another text. */
    check_ok(lh_pen_truncate(pen, 0, &error), &error);
    check_ok(lh_pen_append(pen, "on ", &error), &error);
    check_ok(lh_pen_write(pen, &error), &error);
    const size_t before = lh_pen_written(pen)->ink->count;
    check_ok(lh_pen_truncate(pen, 0, &error), &error);
    check_ok(lh_pen_append(pen, "\xc3\xb6n ", &error), &error);
    assert_int_equal(lh_pen_written(pen)->words, 0);
    check_ok(lh_pen_write(pen, &error), &error);
    assert_true(lh_pen_written(pen)->ink->count > before);
    lh_pen_free(pen);
    lh_written_free(whole);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void a_style_may_say_what_has_accents(void **state)
{
    (void)state;
    lh_model *model = new_model();
    lh_ink *ink = write_model_ink(60);
    lh_style *style = lh_style_new("accents", ink, "\xc3\xb6n $", &error);
    lh_writer *writer = lh_writer_new(model, style, &error);
    if (!writer)
        fail_msg("%s", error.message);
    lh_writer_free(writer);
    lh_style_free(style);
    style = lh_style_new("unknown", ink, "\xe2\x99\x9e", &error);
    assert_null(lh_writer_new(model, style, &error));
    assert_int_equal(error.status, LH_ERROR_ARGUMENT);
    lh_style_free(style);
    lh_ink_free(ink);
    lh_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accented_letters_are_what_unicode_has),
        cmocka_unit_test(the_alphabet_comes_first_but_for_rare_signs),
        cmocka_unit_test(an_accent_stands_over_its_letter_behind_the_word),
        cmocka_unit_test(the_window_is_ahead_of_the_pen),
        cmocka_unit_test(in_one_stroke_a_letter_is_a_piece_of_it),
        cmocka_unit_test(a_window_that_wavers_sees_one_letter),
        cmocka_unit_test(an_i_loses_its_dot_to_an_accent),
        cmocka_unit_test(what_is_no_dot_stays),
        cmocka_unit_test(a_capital_is_not_the_letter_before),
        cmocka_unit_test(a_cedilla_is_below_and_a_stroke_goes_through),
        cmocka_unit_test(marks_are_as_large_as_the_hand_and_lean_with_it),
        cmocka_unit_test(a_sign_takes_a_hyphens_place_and_makes_room),
        cmocka_unit_test(a_bar_beside_a_sign_is_no_hyphen),
        cmocka_unit_test(the_bar_of_a_capital_is_no_hyphen),
        cmocka_unit_test(what_follows_a_capital_x_is_close_to_it),
        cmocka_unit_test(a_sharp_s_is_close_to_both_sides),
        cmocka_unit_test(a_sign_alone_is_all_of_its_word),
        cmocka_unit_test(a_sign_is_drawn_where_no_hyphen_came),
        cmocka_unit_test(words_without_ink_are_left_alone),
        cmocka_unit_test(every_mark_can_be_drawn),
        cmocka_unit_test(accents_change_nothing_else),
        cmocka_unit_test(a_pen_draws_the_same_marks),
        cmocka_unit_test(a_style_may_say_what_has_accents),
    };
    return cmocka_run_group_tests_name("marks", tests, NULL, NULL);
}
