/* The search for cells that stand out in a span of ink, on cells that are made up. */
#include "check.h"

#include "window/find.h"

#include <string.h>

enum { POINTS = 600, CELLS = 40 };

static int8_t cell[POINTS][CELLS];
static const int8_t *row[POINTS];

/* Cells that change all the time, a little. */
static int begin(void **state)
{
    (void)state;
    for (int i = 0; i < POINTS; i++) {
        row[i] = cell[i];
        for (int k = 0; k < CELLS; k++)
            cell[i][k] = (int8_t)((i * 7 + k * 13) % 21 - 10);
    }
    return 0;
}

static void set(int which, int from, int to, int value)
{
    for (int i = from; i < to; i++)
        cell[i][which] = (int8_t)value;
}

static win_found find(size_t from, size_t to)
{
    win_found found;
    const win_searched in = {row, POINTS, CELLS, WIN_ON};
    assert_true(win_find(&in, (win_span){from, to}, &found));
    return found;
}

static void only_cells_of_the_span_are_found(void **state)
{
    (void)state;
    set(3, 100, 124, 90);   /* all through it */
    set(17, 100, 124, -60); /* the other way */
    set(8, 0, POINTS, 100); /* always */
    set(9, 90, 140, 80);    /* and around it */
    set(10, 100, 110, 80);  /* in less than half of it */
    set(11, 102, 124, 50);  /* in most of it */
    win_found found = find(100, 124);
    assert_int_equal(found.cells, 3);
    assert_int_equal(found.cell[0], 3);
    assert_int_equal(found.way[0], 1);
    assert_int_equal(found.cell[1], 17);
    assert_int_equal(found.way[1], -1);
    assert_int_equal(found.cell[2], 11); /* of less contrast */
    assert_int_equal(found.places, 0);
    assert_true(found.own > 0.95 && found.own < 1);
}

static void places_where_they_are_on_together_come_best_first(void **state)
{
    (void)state;
    static const int where[] = {100, 300, 400, 500};
    for (int k = 0; k < 4; k++) /* all four cells; three of them; two; one */
        for (int i = 0; i < 4 - k; i++)
            set(i, where[k], where[k] + 24, 90);
    set(0, 200, 260, 90); /* alone, and too long */
    win_found found = find(100, 124);
    assert_int_equal(found.cells, 4);
    assert_int_equal(found.places, 2); /* half as good as the span, or better */
    assert_int_equal(found.place[0].from, 300);
    assert_int_equal(found.place[0].to, 324);
    assert_true(found.score[0] > 0.74 && found.score[0] < 0.76);
    assert_int_equal(found.place[1].from, 400);
    assert_true(found.score[1] > 0.49 && found.score[1] < 0.51);
}

static void a_place_may_be_longer_or_shorter(void **state)
{
    (void)state;
    set(5, 100, 124, 90);
    set(5, 200, 236, 90);
    set(5, 300, 316, 90);
    win_found found = find(100, 124);
    assert_int_equal(found.places, 2);
    for (int i = 0; i < 2; i++) {
        bool longer = found.place[i].from == 200;
        assert_int_equal(found.place[i].from, longer ? 200 : 300);
        assert_int_equal(found.place[i].to, longer ? 236 : 316);
        assert_true(found.score[i] > 0.99);
    }
}

static void what_is_not_known_is_passed_over(void **state)
{
    (void)state;
    set(5, 0, 24, 90); /* at the very beginning and end: there are no margins */
    set(5, POINTS - 24, POINTS, 90);
    set(5, 300, 324, 90);
    for (int i = 300; i < 324; i++)
        row[i] = NULL;
    win_found found = find(0, 24);
    assert_int_equal(found.cells, 1);
    assert_int_equal(found.places, 1);
    assert_int_equal(found.place[0].from, POINTS - 24);
    found = find(300, 324);
    assert_int_equal(found.cells, 0);
    assert_int_equal(found.places, 0);
}

static void of_many_cells_those_of_the_largest_contrast_are_kept(void **state)
{
    (void)state;
    for (int k = 0; k < 30; k++)
        set(k, 100 + (29 - k) % 5, 150, 90);
    win_found found = find(100, 150);
    assert_int_equal(found.cells, WIN_FOUND_CELLS);
    for (int i = 0; i < 6; i++) /* 29, 24, ...: on from the first point */
        assert_int_equal(found.cell[i] % 5, 4);
    for (int i = 6; i < 12; i++)
        assert_int_equal(found.cell[i] % 5, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(only_cells_of_the_span_are_found, begin),
        cmocka_unit_test_setup(places_where_they_are_on_together_come_best_first, begin),
        cmocka_unit_test_setup(a_place_may_be_longer_or_shorter, begin),
        cmocka_unit_test_setup(what_is_not_known_is_passed_over, begin),
        cmocka_unit_test_setup(of_many_cells_those_of_the_largest_contrast_are_kept, begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
