/* Figures and capitals that run into each other are set apart; words are left as they are. */
#include "check.h"

#include "write/apart.h"

#include <math.h>

enum { FIRST = 7 };
static const double height = 100;
static const float centre_lines_apart = 30;

static lh_error error;

static lh_draft empty(void)
{
    static const lh_architecture small = {
        .kind = LH_SYNTHESIS, .layers = 1, .cells = 4, .mixtures = 1, .windows = 1, .alphabet = 4};
    lh_draft draft;
    lh_draft_start(&draft, &small, 0);
    return draft;
}

static void add_point(lh_draft *draft, float x, float y, int32_t character, bool end)
{
    const lh_draft_row row = {.point = {.x = x, .y = y, .end = end},
                              .trace = {.component = -1, .character = FIRST + character}};
    check_ok(lh_draft_add(draft, &row, &error), &error);
}

/* From one place to another, in five points; the last `late` of them with the next character. */
static void add_stroke(lh_draft *draft, float x, float y, float to_x, float to_y, int32_t character,
                       int late)
{
    for (int i = 0; i < 5; i++)
        add_point(draft, x + (to_x - x) * (float)i / 4, y + (to_y - y) * (float)i / 4,
                  character + (i >= 5 - late), i == 4);
}

/* A stem with a bar at its top that goes as far to the right. */
static void add_figure(lh_draft *draft, float x, float reach, int32_t character)
{
    add_stroke(draft, x, -200, x, 0, character, 1);
    add_stroke(draft, x, -200, x + reach, -200, character, 4);
}

static double set_apart(lh_draft *draft, size_t to, const uint32_t *codepoint, size_t characters)
{
    const lh_apart_word word = {.to = to,
                                .first = FIRST,
                                .codepoint = codepoint,
                                .characters = characters,
                                .height = height};
    return lh_apart(draft, &word);
}

static void a_figure_whose_bar_crosses_the_next_is_left_behind(void **state)
{
    (void)state;
    static const uint32_t text[] = {'5', '5', '5'};
    lh_draft draft = empty();
    add_figure(&draft, 0, 80, 0);
    add_figure(&draft, 60, 80, 1);
    add_figure(&draft, 300, 80, 2);
    const size_t end = draft.count;
    add_stroke(&draft, 500, 0, 600, 0, 9, 0); /* what stands behind */
    const double moved = set_apart(&draft, end, text, 3);
    assert_float_equal(moved, 80 - 60 + centre_lines_apart, 1e-3);
    for (size_t i = 0; i < 10; i++)
        assert_true(draft.point[i].x <= 80);
    assert_float_equal(draft.point[10].x, 60 + moved, 1e-3); /* stem and bar together */
    assert_float_equal(draft.point[19].x, 140 + moved, 1e-3);
    assert_float_equal(draft.point[20].x, 300 + moved, 1e-3); /* which was far enough */
    assert_float_equal(draft.point[end].x, 500 + moved, 1e-3);
    assert_float_equal(set_apart(&draft, end, text, 3), 0, 1e-3);
    lh_draft_clear(&draft);
}

/* Their letters touch in most hands. */
static void words_are_left_as_they_are(void **state)
{
    (void)state;
    static const uint32_t texts[][2] = {{'t', 't'}, {'T', 'h'}, {'g', 'Q'}, {'5', '-'}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        lh_draft draft = empty();
        add_figure(&draft, 0, 80, 0);
        add_figure(&draft, 60, 80, 1);
        assert_true(set_apart(&draft, draft.count, texts[i], 2) == 0);
        assert_true(draft.point[10].x == 60);
        lh_draft_clear(&draft);
    }
}

/* A bar over a foot is no crowding: AT, LT. */
static void what_is_above_may_reach_over_what_is_below(void **state)
{
    (void)state;
    static const uint32_t text[] = {'L', 'T'};
    lh_draft draft = empty();
    add_stroke(&draft, 0, 0, 80, 0, 0, 0);
    add_stroke(&draft, 100, -200, 100, -60, 1, 0);
    add_stroke(&draft, 60, -200, 140, -200, 1, 0);
    assert_true(set_apart(&draft, draft.count, text, 2) == 0);
    lh_draft_clear(&draft);
}

static void any_ink_is_held(void **state)
{
    (void)state;
    static const uint32_t text[] = {'1', '2'};
    static const float far = 1e30f;
    lh_draft draft = empty();
    assert_true(set_apart(&draft, 0, text, 2) == 0);
    add_point(&draft, 0, 0, 0, true);
    assert_true(set_apart(&draft, 1, text, 2) == 0);
    add_point(&draft, 0, far, 1, true);
    add_point(&draft, -far, -far, 1, true);
    assert_true(isfinite(set_apart(&draft, 3, text, 2)));
    for (int i = 0; i < 1000; i++) /* more strokes than any word has */
        add_point(&draft, 0, 0, i % 2, true);
    assert_true(set_apart(&draft, draft.count, text, 2) == 0);
    lh_draft_clear(&draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_whose_bar_crosses_the_next_is_left_behind),
        cmocka_unit_test(words_are_left_as_they_are),
        cmocka_unit_test(what_is_above_may_reach_over_what_is_below),
        cmocka_unit_test(any_ink_is_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
