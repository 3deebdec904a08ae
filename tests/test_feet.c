/* Short pieces are levelled by the letters that stand on the line. */
#include "check.h"

#include "base/extremes.h"

#include "write/feet.h"

#include <math.h>
#include <stdlib.h>

/* A clerk in the middle of a text, whose letters are drawn as bars. */
typedef struct bars {
    lh_model model;
    lh_clerk clerk;
    int32_t text[40];
    lh_clerk_word word[4];
    float x;
} bars;

enum { BEFORE = 2, OFFSET = 10 };

static void begin(bars *b, const char *text)
{
    *b = (bars){0};
    assert_true(lh_alphabet_parse(&b->model.alphabet, " -abefgorst"));
    b->clerk = (lh_clerk){
        .model = &b->model, .text = b->text, .word = b->word, .before = BEFORE, .offset = OFFSET};
    static const lh_architecture small = {.mixtures = 1};
    lh_draft_start(&b->clerk.draft, &small, 0);
    for (int i = 0; text[i]; i++) {
        int at = BEFORE + i;
        b->text[at] = lh_alphabet_index(&b->model.alphabet, (uint32_t)text[i]);
        if (i == 0 || text[i - 1] == ' ')
            b->word[b->clerk.words++].start = at;
        b->word[b->clerk.words - 1].end = at + 1;
    }
}

static void add(bars *b, float y, bool end, int letter)
{
    lh_error error;
    lh_draft_row row = {.point = {.x = b->x++, .y = y, .end = end},
                        .trace = {.character = OFFSET + letter}};
    check_ok(lh_draft_add(&b->clerk.draft, &row, &error), &error);
}

/* A bar from `top` down to `low` that is letter `letter` of the piece, of which the window has
 * passed on in its middle. */
static void bar(bars *b, int letter, float top, float low)
{
    add(b, top, false, letter);
    add(b, (top + low) / 2, false, letter);
    add(b, low, true, letter + 1);
}

static void begin_word(bars *b, int word)
{
    b->word[word].point = b->clerk.draft.count;
}

static float lowest(const bars *b, size_t from, size_t to)
{
    float low = -INFINITY;
    for (size_t i = from; i < to; i++)
        lh_raisef(&low, b->clerk.draft.point[i].y);
    return low;
}

static void each_word_stands_on_the_line(void **state)
{
    (void)state;
    bars b;
    begin(&b, "ta gab");
    bar(&b, 0, -100, 40);
    bar(&b, 1, -20, 40);
    begin_word(&b, 1);
    bar(&b, 3, -80, 90); /* a tail */
    bar(&b, 4, -80, -30);
    bar(&b, 5, -150, -30);
    assert_true(lh_feet_level(&b.clerk));
    /* As far below the line as feet are in longer ink. */
    float first = lowest(&b, 0, 6), second = lowest(&b, 9, 15), tail = lowest(&b, 6, 9);
    assert_true(first > 0 && first < 10);
    assert_float_equal(second, first, 1e-4);
    assert_float_equal(tail, first + 120, 1e-4);
    lh_draft_clear(&b.clerk.draft);
}

static void a_tail_that_comes_up_is_no_foot(void **state)
{
    (void)state;
    bars b;
    begin(&b, "fo");
    add(&b, -100, false, 0);
    add(&b, 80, false, 0); /* the tail, and the window moves on */
    add(&b, 60, false, 1);
    add(&b, -60, false, 1);
    add(&b, 0, false, 1);
    add(&b, -10, true, 1);
    assert_true(lh_feet_level(&b.clerk));
    float foot = b.clerk.draft.point[4].y;
    assert_true(foot > 0 && foot < 10);
    lh_draft_clear(&b.clerk.draft);
}

static void a_word_that_does_not_stand_goes_with_its_neighbour(void **state)
{
    (void)state;
    bars b;
    begin(&b, "- a");
    bar(&b, 0, -50, -49);
    begin_word(&b, 1);
    bar(&b, 2, -20, 40);
    assert_true(lh_feet_level(&b.clerk));
    assert_float_equal(b.clerk.draft.point[5].y - b.clerk.draft.point[2].y, 89, 1e-4);
    lh_draft_clear(&b.clerk.draft);
    begin(&b, "-");
    bar(&b, 0, -50, -49);
    assert_false(lh_feet_level(&b.clerk));
    assert_float_equal(b.clerk.draft.point[2].y, -49, 0);
    lh_draft_clear(&b.clerk.draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_word_stands_on_the_line),
        cmocka_unit_test(a_tail_that_comes_up_is_no_foot),
        cmocka_unit_test(a_word_that_does_not_stand_goes_with_its_neighbour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
