/* What a network that reads sees of ink. */
#include "check.h"

#include <longhand/ink.h>

#include <math.h>
#include <string.h>

enum { MOST = 400 };

static const lh_baseline level = {.offset = 100, .slope = 0, .height = 50};

static lh_features features;

static int drop_features(void **state)
{
    (void)state;
    lh_features_free(&features);
    return 0;
}

static void find(const lh_point *points, size_t count, const lh_baseline *baseline)
{
    lh_error error;
    check_ok(lh_features_of(points, count, baseline, LH_FEATURES_TOLERANCE, &features, &error),
             &error);
}

static void check_row(size_t row, const float expected[LH_FEATURES], uint32_t point)
{
    assert_true(row < features.count);
    for (int k = 0; k < LH_FEATURES; k++)
        if (!(fabsf(features.x[row * LH_FEATURES + (size_t)k] - expected[k]) < 1e-5f))
            fail_msg("step %zu, number %d: %g, not %g", row, k,
                     (double)features.x[row * LH_FEATURES + (size_t)k], (double)expected[k]);
    assert_int_equal(features.point[row], point);
}

static void a_straight_stroke_a_lift_and_a_dot(void **state)
{
    (void)state;
    static const lh_point points[] = {
        {0, 100, 0, 0}, {10, 80, 0, 0}, {30, 40, 0, 1}, {80, 65, 0, 1}};
    find(points, 4, &level);
    assert_int_equal(features.count, 3);
    check_row(0, (float[]){.6f, -1.2f, .2f, -.4f, .2f, -.4f, 1, 1.2f}, 2);
    check_row(1, (float[]){1, .5f, 1 / 3.f, .5f / 3, 1 / 3.f, .5f / 3, 0, .7f}, 3);
    check_row(2, (float[]){0, 0, 0, 0, 0, 0, 1, .7f}, 3);
}

/* A wave of letters on a line that slopes. */
static size_t wave(lh_point *points, float x, float y, float size)
{
    for (int i = 0; i < MOST; i++)
        points[i] = (lh_point){.x = x + size * (float)i,
                               .y = y + size * (20 * sinf((float)i / 5) + 0.05f * (float)i),
                               .time = (float)i / 100,
                               .end = i % 50 == 49};
    return MOST;
}

/* A chain that adds up: each step begins where the one before ends. */
static void steps_lead_from_the_first_reading_to_the_last(void **state)
{
    (void)state;
    lh_point points[MOST];
    find(points, wave(points, 7, 90, 1), &level);
    assert_true(features.count > 30 && features.count < MOST / 4);
    double x = points[0].x, y = points[0].y;
    size_t lifts = 0;
    for (size_t t = 0; t < features.count; t++) {
        const float *row = features.x + t * LH_FEATURES;
        x += 50 * (double)row[0];
        y += 50 * (double)row[1];
        const lh_point *end = &points[features.point[t]];
        assert_true(fabs(x - (double)end->x) < 1e-2 && fabs(y - (double)end->y) < 1e-2);
        assert_true(fabs((100 - y) / 50 - (double)row[7]) < 1e-3);
        assert_true(t == 0 || features.point[t] >= features.point[t - 1]);
        lifts += row[6] == 0;
    }
    assert_int_equal(features.point[features.count - 1], MOST - 1);
    assert_int_equal(lifts, MOST / 50 - 1);
}

static void ink_of_any_size_and_place_looks_alike(void **state)
{
    (void)state;
    lh_point points[MOST];
    find(points, wave(points, 0, 0, 1), &(lh_baseline){0, .05f, 20});
    lh_features before = features;
    features = (lh_features){0};
    find(points, wave(points, 512, -64, 4), &(lh_baseline){-64 - 512 * .05f, .05f, 80});
    assert_int_equal(features.count, before.count);
    for (size_t k = 0; k < before.count * LH_FEATURES; k++)
        if (!(fabsf(features.x[k] - before.x[k]) < 2e-2f))
            fail_msg("step %zu: %g, not %g", k / LH_FEATURES, (double)features.x[k],
                     (double)before.x[k]);
    lh_features_free(&before);
}

static void numbers_stay_within_bounds(void **state)
{
    (void)state;
    static const lh_point points[] = {
        {0, 0, 0, 0}, {1e7f, -1e7f, 0, 1}, {-1e7f, 1e7f, 0, 1}, {0, 3e29f, 0, 1}};
    find(points, 4, &(lh_baseline){0, 0, 1e-20f});
    assert_int_equal(features.count, 5);
    for (size_t k = 0; k < features.count * LH_FEATURES; k++)
        assert_true(features.x[k] >= -10 && features.x[k] <= 10);
    find(points, 0, &level);
    assert_int_equal(features.count, 0);
}

static void baselines_that_are_none_are_refused(void **state)
{
    (void)state;
    static const lh_point point = {0, 0, 0, 1};
    static const lh_baseline wrong[] = {
        {0, 0, 0}, {0, 0, -1}, {NAN, 0, 1}, {0, INFINITY, 1}, {0, 0, INFINITY}};
    lh_error error;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(
            lh_features_of(&point, 1, &wrong[i], LH_FEATURES_TOLERANCE, &features, &error),
            LH_ERROR_ARGUMENT);
        assert_non_null(strstr(error.message, "cannot be read by"));
    }
    assert_int_equal(lh_features_of(NULL, 1, &level, .05f, &features, NULL), LH_ERROR_ARGUMENT);
    assert_int_equal(lh_features_of(&point, 1, NULL, .05f, &features, NULL), LH_ERROR_ARGUMENT);
    assert_int_equal(lh_features_of(&point, 1, &level, NAN, &features, NULL), LH_ERROR_ARGUMENT);
    assert_int_equal(lh_features_of(&point, 1, &level, .05f, NULL, NULL), LH_ERROR_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_straight_stroke_a_lift_and_a_dot, drop_features),
        cmocka_unit_test_teardown(steps_lead_from_the_first_reading_to_the_last, drop_features),
        cmocka_unit_test_teardown(ink_of_any_size_and_place_looks_alike, drop_features),
        cmocka_unit_test_teardown(numbers_stay_within_bounds, drop_features),
        cmocka_unit_test_teardown(baselines_that_are_none_are_refused, drop_features),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
