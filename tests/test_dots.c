/* Which letters have their dots, in a line of made-up letters: tools/corpus/dots.h. */
#include "check.h"

#include "../tools/corpus/dots.h"

#include <stdlib.h>

enum { WIDE = 60, HIGH = 100, POINTS_MAX = 1000 };

/* A line whose small letters are zigzags HIGH high and WIDE wide, all on y = 0. */
typedef struct made {
    lh_point point[POINTS_MAX];
    int on[POINTS_MAX];
    aligned line;
} made;

static void add_point(made *m, float x, float y, size_t character, bool end)
{
    assert_true(m->line.line.count < POINTS_MAX);
    m->on[m->line.line.count] = (int)character;
    m->point[m->line.line.count++] = (lh_point){.x = x, .y = y, .end = end};
}

static void make_letters(made *m, const char *text)
{
    *m = (made){0};
    m->line = (aligned){.characters = strlen(text), .on = m->on, .height = HIGH};
    m->line.line = (lh_corpus_line){.points = m->point, .text = (char *)text};
    for (size_t u = 0; text[u]; u++)
        for (int i = 0; i < 5 && text[u] != ' ' && text[u] != '\''; i++)
            add_point(m, (float)(WIDE * u) + 10.0F * (float)i, i % 2 ? -HIGH : 0, u, i == 4);
}

/* A small stroke at the height `y` over the middle of letter `at`. */
static void add_mark(made *m, double at, float y)
{
    const float x = (float)(WIDE * at) + 20;
    add_point(m, x - 3, -y, (size_t)at, false);
    add_point(m, x, -y - 4, (size_t)at, false);
    add_point(m, x + 3, -y, (size_t)at, true);
}

/* Has each i or j, from left to right, a dot? '+' or '-'. */
static void check_dots(const made *m, const char *expected)
{
    lh_error error;
    dot *dots;
    size_t count;
    check_ok(dots_find(&m->line, &dots, &count, &error), &error);
    assert_int_equal(count, strlen(expected));
    for (size_t k = 0; k < count; k++) {
        const char letter = m->line.line.text[dots[k].character];
        assert_true(letter == 'i' || letter == 'j');
        if ((dots[k].end > dots[k].first) != (expected[k] == '+'))
            fail_msg("'%s': %zu of %s", m->line.line.text, k, expected);
        if (expected[k] == '+')
            assert_int_equal(dots[k].end - dots[k].first, 3);
    }
    free(dots);
}

static void a_dot_belongs_to_the_letter_below_it(void **state)
{
    (void)state;
    made m;
    make_letters(&m, "minim ajar");
    check_dots(&m, "---");
    add_mark(&m, 3, 160);
    check_dots(&m, "-+-");
    add_mark(&m, 7, 160);
    check_dots(&m, "-++");
    add_mark(&m, 1, 160);
    check_dots(&m, "+++");
}

static void dots_that_stand_too_far_right_keep_their_order(void **state)
{
    (void)state;
    made m;
    make_letters(&m, "minim riser");
    add_mark(&m, 2.4, 160);
    add_mark(&m, 4.2, 170);
    add_mark(&m, 8.5, 150);
    check_dots(&m, "+++");
}

static void a_far_mark_is_no_dot(void **state)
{
    (void)state;
    made m;
    make_letters(&m, "mi nnnnnnnnnn");
    add_mark(&m, 9, 160);
    check_dots(&m, "-");
    make_letters(&m, "mi nnnnnnnnnn");
    add_mark(&m, 1, -30); /* below the line */
    check_dots(&m, "-");
}

static void an_apostrophe_and_a_bar_are_no_dots(void **state)
{
    (void)state;
    made m;
    make_letters(&m, "nin's tin");
    add_mark(&m, 3, 170);
    check_dots(&m, "--");
    add_mark(&m, 6, 130);
    add_mark(&m, 7.2, 165);
    check_dots(&m, "-+");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dot_belongs_to_the_letter_below_it),
        cmocka_unit_test(dots_that_stand_too_far_right_keep_their_order),
        cmocka_unit_test(a_far_mark_is_no_dot),
        cmocka_unit_test(an_apostrophe_and_a_bar_are_no_dots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
