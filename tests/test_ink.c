/* Ink: points and strokes, offsets and back, cleaning. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Ink of points given as x, y, time, end. */
static lh_ink *ink_of(const float (*row)[4], size_t count)
{
    lh_error error;
    lh_ink *ink = lh_ink_new(&error);
    assert_non_null(ink);
    for (size_t i = 0; i < count; i++) {
        lh_point point = {row[i][0], row[i][1], row[i][2], row[i][3] != 0};
        check_ok(lh_ink_add(ink, point, &error), &error);
    }
    return ink;
}
#define INK_OF(rows) ink_of(rows, sizeof rows / sizeof *rows)

static void check_same(const lh_ink *ink, const lh_ink *expected)
{
    assert_int_equal(ink->count, expected->count);
    for (size_t i = 0; i < ink->count; i++) {
        const lh_point *a = &ink->points[i], *b = &expected->points[i];
        if (fabsf(a->x - b->x) > 1e-3f || fabsf(a->y - b->y) > 1e-3f ||
            fabsf(a->time - b->time) > 1e-5f || a->end != b->end)
            fail_msg("point %zu is (%g, %g) at %g end %u, not (%g, %g) at %g end %u", i,
                     (double)a->x, (double)a->y, (double)a->time, a->end, (double)b->x,
                     (double)b->y, (double)b->time, b->end);
    }
}

/* ---- ink ------------------------------------------------------------------------------------- */

static void strokes_are_visited_in_order_with_a_tail(void **state)
{
    (void)state;
    const float rows[][4] = {{0, 0, 0, 0}, {1, 0, 1, 1}, {5, 5, 2, 1}, {6, 6, 3, 0}, {7, 7, 4, 0}};
    lh_ink *ink = INK_OF(rows);
    const size_t expected[] = {2, 1, 2};
    size_t position = 0, count, strokes = 0, first = 0;
    const lh_point *points;
    while (lh_ink_next_stroke(ink, &position, &points, &count)) {
        assert_true(strokes < 3);
        assert_ptr_equal(points, ink->points + first);
        assert_int_equal(count, expected[strokes++]);
        first += count;
    }
    assert_int_equal(strokes, 3);
    lh_ink_clear(ink);
    position = 0;
    assert_false(lh_ink_next_stroke(ink, &position, &points, &count));
    lh_ink_free(ink);
    lh_ink_free(NULL);
}

static void offsets_lead_back_to_the_same_points(void **state)
{
    (void)state;
    const float rows[][4] = {{0, 0, 0, 1}, {10, -5, 0.5f, 0}, {20.5f, 7, 1, 1}, {-300, 8, 1.5f, 1}};
    lh_ink *ink = INK_OF(rows);
    lh_offset offset[3];
    assert_int_equal(lh_ink_to_offsets(ink, offset), 3);
    assert_float_equal(offset[1].dx, 10.5f, 0);
    assert_float_equal(offset[1].dy, 12, 0);
    assert_float_equal(offset[0].end, 0, 0);
    assert_float_equal(offset[1].end, 1, 0);
    float x = ink->points[0].x, y = ink->points[0].y;
    for (size_t i = 0; i < 3; i++) {
        x += offset[i].dx;
        y += offset[i].dy;
        assert_true(x == ink->points[i + 1].x && y == ink->points[i + 1].y);
        assert_true(offset[i].end == (float)ink->points[i + 1].end);
    }
    lh_ink_free(ink);
    lh_ink empty = {0};
    assert_int_equal(lh_ink_to_offsets(&empty, NULL), 0);
}

static void appended_ink_is_moved_and_may_be_itself(void **state)
{
    (void)state;
    const float rows[][4] = {{1, 2, 0, 0}, {3, 4, 1, 1}};
    const float twice[][4] = {{1, 2, 0, 0}, {3, 4, 1, 1}, {11, 22, 2, 0}, {13, 24, 3, 1}};
    lh_ink *ink = INK_OF(rows), *expected = INK_OF(twice);
    lh_error error;
    check_ok(lh_ink_append(ink, ink, 10, 20, 2, &error), &error);
    check_same(ink, expected);
    lh_ink *copy = lh_ink_copy(ink, &error);
    assert_non_null(copy);
    assert_ptr_not_equal(copy->points, ink->points);
    check_same(copy, expected);
    lh_ink_free(copy);
    lh_ink_free(expected);
    lh_ink_free(ink);
}

/* ---- cleaning -------------------------------------------------------------------------------- */

static const lh_cleaning cleaning = {.max_step = 250,
                                     .max_stride = 100,
                                     .max_gap = 0.045f,
                                     .interval = 0.015f,
                                     .max_pen_lift = 1000};

static lh_cleaning_report clean(lh_ink *ink, const lh_cleaning *how)
{
    lh_error error;
    lh_cleaning_report report = {0};
    check_ok(lh_ink_clean(ink, how, &report, &error), &error);
    return report;
}

#define CHECK_CLEANED(rows, expected_rows, report)                       \
    do {                                                                 \
        lh_ink *ink_ = INK_OF(rows), *expected_ = INK_OF(expected_rows); \
        report = clean(ink_, &cleaning);                                 \
        check_same(ink_, expected_);                                     \
        lh_ink_free(expected_);                                          \
        lh_ink_free(ink_);                                               \
    } while (0)

static void readings_that_stray_are_removed(void **state)
{
    (void)state;
    lh_cleaning_report report;
    const float one[][4] = {{0, 0, 0, 0}, {150, 0, .01f, 0}, {10, 0, .02f, 1}};
    const float one_clean[][4] = {{0, 0, 0, 0}, {10, 0, .02f, 1}};
    CHECK_CLEANED(one, one_clean, report);
    assert_int_equal(report.removed, 1);
    assert_int_equal(report.points, 3);
    const float two[][4] = {{0, 0, 0, 0}, {0, 800, .01f, 0}, {0, 790, .02f, 0}, {9, 0, .03f, 1}};
    const float two_clean[][4] = {{0, 0, 0, 0}, {9, 0, .03f, 1}};
    CHECK_CLEANED(two, two_clean, report);
    assert_int_equal(report.removed, 2);
    assert_int_equal(report.interpolated + report.split, 0);
}

static void far_readings_at_the_end_of_a_stroke_are_removed(void **state)
{
    (void)state;
    lh_cleaning_report report;
    const float last[][4] = {{0, 0, 0, 0},      {5, 0, .01f, 0},   {900, 0, .02f, 0},
                             {901, 0, .03f, 1}, {950, 0, .04f, 0}, {955, 0, .05f, 1}};
    const float last_clean[][4] = {
        {0, 0, 0, 0}, {5, 0, .01f, 1}, {950, 0, .04f, 0}, {955, 0, .05f, 1}};
    CHECK_CLEANED(last, last_clean, report);
    assert_int_equal(report.removed, 2);
    assert_int_equal(report.split, 0);
}

static void a_lift_that_was_not_seen_ends_the_stroke(void **state)
{
    (void)state;
    lh_cleaning_report report;
    const float away[][4] = {{0, 0, 0, 0}, {300, 0, .01f, 0}, {310, 0, .02f, 0}, {320, 0, .03f, 1}};
    const float away_clean[][4] = {
        {0, 0, 0, 1}, {300, 0, .01f, 0}, {310, 0, .02f, 0}, {320, 0, .03f, 1}};
    CHECK_CLEANED(away, away_clean, report);
    assert_int_equal(report.split, 1);
    assert_int_equal(report.removed + report.interpolated, 0);
}

static void a_long_stride_is_filled(void **state)
{
    (void)state;
    lh_cleaning_report report;
    const float stride[][4] = {{0, 0, 0, 0}, {100, 75, .02f, 0}, {110, 80, .03f, 1}};
    const float stride_clean[][4] = {{0, 0, 0, 0},
                                     {14.285714f, 10.714286f, .0028571f, 0},
                                     {28.571429f, 21.428571f, .0057143f, 0},
                                     {42.857143f, 32.142857f, .0085714f, 0},
                                     {57.142857f, 42.857143f, .0114286f, 0},
                                     {71.428571f, 53.571429f, .0142857f, 0},
                                     {85.714286f, 64.285714f, .0171429f, 0},
                                     {100, 75, .02f, 0},
                                     {110, 80, .03f, 1}};
    CHECK_CLEANED(stride, stride_clean, report);
    assert_int_equal(report.interpolated, 6);
    assert_int_equal(report.removed + report.split, 0);
}

static void a_long_way_between_strokes_is_no_step(void **state)
{
    (void)state;
    lh_cleaning_report report;
    const float lift[][4] = {{0, 0, 0, 1}, {600, 0, 5, 0}, {610, 0, 5.01f, 1}};
    CHECK_CLEANED(lift, lift, report);
    assert_int_equal(report.split + report.removed + report.interpolated + report.lifts_limited, 0);
}

static void missing_readings_are_put_on_the_way(void **state)
{
    (void)state;
    lh_cleaning_report report;
    /* 0.06 s are four intervals, and 80 units four usual steps. */
    const float gap[][4] = {{0, 0, 0, 0}, {80, 40, .06f, 1}};
    const float gap_clean[][4] = {
        {0, 0, 0, 0}, {20, 10, .015f, 0}, {40, 20, .03f, 0}, {60, 30, .045f, 0}, {80, 40, .06f, 1}};
    CHECK_CLEANED(gap, gap_clean, report);
    assert_int_equal(report.interpolated, 3);
    /* A pen that rests misses nothing, however long; nor does a gap of one reading. */
    const float rest[][4] = {{0, 0, 0, 0}, {3, 0, .9f, 0}, {60, 0, .93f, 1}};
    CHECK_CLEANED(rest, rest, report);
    assert_int_equal(report.interpolated, 0);
}

static void a_long_lift_is_shortened_and_the_rest_moves_along(void **state)
{
    (void)state;
    lh_cleaning_report report;
    const float lift[][4] = {{0, 0, 0, 1}, {3000, 4000, 1, 0}, {3010, 4000, 1.01f, 1}};
    const float lift_clean[][4] = {{0, 0, 0, 1}, {600, 800, 1, 0}, {610, 800, 1.01f, 1}};
    CHECK_CLEANED(lift, lift_clean, report);
    assert_int_equal(report.lifts_limited, 1);
}

static void time_never_goes_back(void **state)
{
    (void)state;
    lh_cleaning_report report;
    const float back[][4] = {
        {0, 0, 0, 0}, {1, 0, .9f, 1}, {2, 0, .3f, 0}, {3, 0, .31f, 0}, {4, 0, .33f, 1}};
    const float back_clean[][4] = {
        {0, 0, 0, 0}, {1, 0, .9f, 1}, {2, 0, .9f, 0}, {3, 0, .91f, 0}, {4, 0, .93f, 1}};
    CHECK_CLEANED(back, back_clean, report);
    assert_int_equal(report.time_reversed, 1);
}

static void a_pause_within_a_stroke_is_the_clock(void **state)
{
    (void)state;
    lh_cleaning_report report;
    const float pause[][4] = {{0, 0, 0, 0}, {1, 0, 3600, 0}, {2, 0, 3600.5f, 1}, {9, 0, 3630, 1}};
    const float pause_clean[][4] = {
        {0, 0, 0, 0}, {1, 0, .015f, 0}, {2, 0, .515f, 1}, {9, 0, 30.015f, 1}};
    CHECK_CLEANED(pause, pause_clean, report);
    assert_int_equal(report.pauses_cut, 1);
}

static void ink_of_dots_and_of_one_point_survives(void **state)
{
    (void)state;
    lh_cleaning_report report;
    const float one[][4] = {{7, 8, 0, 1}};
    CHECK_CLEANED(one, one, report);
    assert_int_equal(report.points, 1);
    const float dots[][4] = {{0, 0, 0, 1}, {50, 0, .2f, 1}, {70, 10, .4f, 1}};
    CHECK_CLEANED(dots, dots, report);
    lh_ink empty = {0};
    report = clean(&empty, &cleaning);
    assert_int_equal(empty.count, 0);
    free(empty.points);
}

static void without_thresholds_nothing_changes(void **state)
{
    (void)state;
    const float rows[][4] = {{0, 0, 0, 0}, {900, 0, 1, 0}, {5, 0, 2, 1}, {5000, 0, 9, 1}};
    lh_ink *ink = INK_OF(rows), *expected = INK_OF(rows);
    clean(ink, &(lh_cleaning){0});
    check_same(ink, expected);
    lh_ink_free(ink);
    lh_ink_free(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strokes_are_visited_in_order_with_a_tail),
        cmocka_unit_test(offsets_lead_back_to_the_same_points),
        cmocka_unit_test(appended_ink_is_moved_and_may_be_itself),
        cmocka_unit_test(readings_that_stray_are_removed),
        cmocka_unit_test(far_readings_at_the_end_of_a_stroke_are_removed),
        cmocka_unit_test(a_long_stride_is_filled),
        cmocka_unit_test(a_lift_that_was_not_seen_ends_the_stroke),
        cmocka_unit_test(a_long_way_between_strokes_is_no_step),
        cmocka_unit_test(missing_readings_are_put_on_the_way),
        cmocka_unit_test(a_long_lift_is_shortened_and_the_rest_moves_along),
        cmocka_unit_test(time_never_goes_back),
        cmocka_unit_test(a_pause_within_a_stroke_is_the_clock),
        cmocka_unit_test(ink_of_dots_and_of_one_point_survives),
        cmocka_unit_test(without_thresholds_nothing_changes),
    };
    return cmocka_run_group_tests_name("ink", tests, NULL, NULL);
}
