/* Cells whose courses go alike stand beside each other. */
#include "check.h"

#include "window/likeness.h"

#include <math.h>
#include <stdlib.h>

enum { POINTS = 300, CELLS = 12, KINDS = 3 };

static int8_t cell[POINTS][CELLS];
static const int8_t *row[POINTS];

/* Cell k goes as kind k % KINDS does, more or less strongly. */
static void fill(void)
{
    for (int i = 0; i < POINTS; i++) {
        for (int k = 0; k < CELLS; k++)
            cell[i][k] =
                (int8_t)lrint((60 + 5 * k) * sin(0.05 * (1 + k % KINDS) * i + 0.9 * (k % KINDS)));
        row[i] = cell[i];
    }
}

static void cells_that_go_alike_stand_together(void **state)
{
    (void)state;
    uint16_t order[CELLS];
    bool there[CELLS] = {false};
    fill();
    row[17] = NULL; /* not known */
    assert_true(win_likeness_find(row, POINTS, CELLS, order));
    int changes = 0;
    for (int i = 0; i < CELLS; i++) {
        assert_true(order[i] < CELLS && !there[order[i]]);
        there[order[i]] = true;
        changes += i > 0 && order[i] % KINDS != order[i - 1] % KINDS;
    }
    assert_int_equal(changes, KINDS - 1);
}

static void too_few_points_tell_nothing(void **state)
{
    (void)state;
    uint16_t order[CELLS];
    fill();
    assert_false(win_likeness_find(row, 50, CELLS, order));
}

static void cells_that_never_move_are_in_the_order_too(void **state)
{
    (void)state;
    uint16_t order[CELLS];
    int sum = 0;
    fill();
    for (int i = 0; i < POINTS; i++)
        for (int k = 0; k < CELLS; k++)
            cell[i][k] = 7;
    assert_true(win_likeness_find(row, POINTS, CELLS, order));
    for (int i = 0; i < CELLS; i++)
        sum += order[i];
    assert_int_equal(sum, CELLS * (CELLS - 1) / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_that_go_alike_stand_together),
        cmocka_unit_test(too_few_points_tell_nothing),
        cmocka_unit_test(cells_that_never_move_are_in_the_order_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
