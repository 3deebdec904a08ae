/* Ink: its box, where a line of writing stands, and making it stand level. */
#include "check.h"
#include "scribble.h"

#include "base/extremes.h"

#include <string.h>

static void boxes_moves_and_scales_are_exact(void **state)
{
    (void)state;
    lh_point points[3] = {{1, 2, 0, 0}, {-4, 8, 0, 1}, {3, -5, 0, 1}};
    lh_ink ink = {points, 3, 3};
    lh_box box = lh_ink_bounds(&ink);
    assert_true(box.left == -4 && box.top == -5 && box.right == 3 && box.bottom == 8);
    lh_ink_move(&ink, 10, -1);
    assert_true(points[1].x == 6 && points[1].y == 7);
    lh_ink empty = {0};
    box = lh_ink_bounds(&empty);
    assert_true(box.left == 0 && box.top == 0 && box.right == 0 && box.bottom == 0);
}

/* Stands the ink on y = offset + slope x + swing sin(...), as a hand that wanders. */
static void lean(lh_ink *ink, double offset, double slope, double swing, double period)
{
    for (size_t i = 0; i < ink->count; i++) {
        double x = ink->points[i].x;
        double by = offset + slope * x + swing * sin(6.2831853 * x / period);
        ink->points[i].y += (float)by;
    }
}

static void the_baseline_is_found_under_ascenders_and_descenders(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        lh_rng rng;
        lh_rng_seed(&rng, seed, 0);
        lh_ink *ink = scribble(5 + (int)(seed % 6), &rng);
        double slope = 0.24 * lh_rng_uniform(&rng) - 0.12;
        double offset = 2000 * lh_rng_uniform(&rng) - 1000;
        lean(ink, offset, slope, 0, 1);
        lh_baseline found = lh_ink_baseline(ink);
        double middle = (double)lh_ink_bounds(ink).right / 2;
        double off = (double)found.offset + (double)found.slope * middle - offset - slope * middle;
        if (fabs((double)found.slope - slope) > 0.012)
            fail_msg("seed %d: slope %g, found %g", (int)seed, slope, (double)found.slope);
        if (fabs(off) > 0.08 * SCRIBBLE_HEIGHT)
            fail_msg("seed %d: %g units off the baseline", (int)seed, off);
        if (fabs((double)found.height - SCRIBBLE_HEIGHT) > 0.15 * SCRIBBLE_HEIGHT)
            fail_msg("seed %d: height %g", (int)seed, (double)found.height);
        lh_ink_free(ink);
    }
}

/* The largest distance between `ink` and what it was before it leaned, and how many points are
 * further from that than `close`. */
static double worst_difference(const lh_ink *ink, const lh_ink *before, double close, size_t *far)
{
    double worst = 0;
    *far = 0;
    for (size_t i = 0; i < ink->count; i++) {
        double off = fabs((double)ink->points[i].y - (double)before->points[i].y);
        lh_raise(&worst, off);
        *far += off > close;
    }
    return worst;
}

static void slope_and_drift_are_taken_out(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        lh_rng rng;
        lh_rng_seed(&rng, seed, 1);
        lh_ink *ink = scribble(9, &rng), *before = lh_ink_copy(ink, NULL);
        double slope = 0.2 * lh_rng_uniform(&rng) - 0.1;
        lean(ink, 700, slope, 0.5 * SCRIBBLE_HEIGHT, 5000);
        lh_error error = {0};
        check_ok(lh_ink_level(ink, &error), &error);
        /* A short word at an end that has no plain letter may be taken for higher or lower. */
        size_t far;
        double worst = worst_difference(ink, before, 0.25 * SCRIBBLE_HEIGHT, &far);
        if (worst > 0.7 * SCRIBBLE_HEIGHT || far > ink->count / 8)
            fail_msg("seed %d: still %g units off, %zu of %zu points over a quarter of a letter",
                     (int)seed, worst, far, ink->count);
        lh_ink_free(ink);
        lh_ink_free(before);
    }
}

static void a_level_line_is_left_as_it_is(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        lh_rng rng;
        lh_rng_seed(&rng, seed, 2);
        lh_ink *ink = scribble(8, &rng), *before = lh_ink_copy(ink, NULL);
        lh_error error = {0};
        check_ok(lh_ink_level(ink, &error), &error);
        size_t far;
        double worst = worst_difference(ink, before, 0, &far);
        if (worst > 0.15 * SCRIBBLE_HEIGHT)
            fail_msg("seed %d: moved by %g units", (int)seed, worst);
        for (size_t i = 0; i < ink->count; i++)
            assert_true(ink->points[i].x == before->points[i].x);
        lh_ink_free(ink);
        lh_ink_free(before);
    }
}

static void ink_too_short_to_tell_is_only_moved(void **state)
{
    (void)state;
    lh_point points[4] = {{0, 0, 0, 0}, {30, 80, 0, 0}, {60, 5, 0, 1}, {70, -20, 0, 1}};
    lh_point before[4];
    memcpy(before, points, sizeof points);
    lh_ink ink = {points, 4, 4};
    lh_error error = {0};
    check_ok(lh_ink_level(&ink, &error), &error);
    for (int i = 0; i < 4; i++)
        assert_true(points[i].x == before[i].x && points[i].y == before[i].y - 80);
    lh_ink empty = {0};
    check_ok(lh_ink_level(&empty, &error), &error);
    lh_baseline nothing = lh_ink_baseline(&empty);
    assert_true(nothing.offset == 0 && nothing.slope == 0 && nothing.height == 0);
}

static void faulty_readings_neither_crash_nor_spread(void **state)
{
    (void)state;
    lh_rng rng;
    lh_rng_seed(&rng, 5, 0);
    lh_ink *ink = scribble(8, &rng);
    ink->points[40].x = 1e6f;
    ink->points[40].y = -1e6f;
    lh_error error = {0};
    float left = ink->points[0].y;
    check_ok(lh_ink_level(ink, &error), &error);
    assert_true(fabsf(ink->points[0].y - left) < 0.5f * (float)SCRIBBLE_HEIGHT);
    ink->points[7].y = NAN;
    assert_int_equal(lh_ink_level(ink, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "point 8"));
    ink->points[7].y = INFINITY;
    check_fails(LH_ERROR_ARGUMENT, lh_ink_level(ink, &error), &error, "point 8");
    lh_ink_baseline(ink);
    lh_ink_free(ink);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boxes_moves_and_scales_are_exact),
        cmocka_unit_test(the_baseline_is_found_under_ascenders_and_descenders),
        cmocka_unit_test(slope_and_drift_are_taken_out),
        cmocka_unit_test(a_level_line_is_left_as_it_is),
        cmocka_unit_test(ink_too_short_to_tell_is_only_moved),
        cmocka_unit_test(faulty_readings_neither_crash_nor_spread),
    };
    return cmocka_run_group_tests_name("ink baseline", tests, NULL, NULL);
}
