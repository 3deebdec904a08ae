/* Ink: lines that no hand writes. What goes in is finite, and so must be what comes out. */
#include "check.h"
#include "every_ink.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static float held(double value)
{
    return (float)fmin(fmax(value, -(double)FLT_MAX), (double)FLT_MAX);
}

/* Writing of `count` points: steps of `dx`, letters of `height`, from (x, y) on. */
typedef struct line {
    size_t count;
    double x, y, dx, height, dt;
    size_t stroke; /* points to a stroke; 0: none ends */
} line;

static lh_ink *ink_of(const line *l)
{
    static const double letter[] = {0, -0.6, -1, -0.7, 0, 0.1, -0.5, -1, -1.9, -1, 0, 0.9};
    lh_ink *ink = lh_ink_new(NULL);
    assert_non_null(ink);
    for (size_t i = 0; i < l->count; i++) {
        lh_point point = {.x = held(l->x + l->dx * (double)i),
                          .y = held(l->y + l->height * letter[i % 12]),
                          .time = held(l->dt * (double)i),
                          .end = l->stroke > 0 && i % l->stroke == l->stroke - 1};
        assert_int_equal(lh_ink_add(ink, point, NULL), LH_OK);
    }
    return ink;
}

static const lh_cleaning odd_cleanings[] = {
    {0},
    {.max_step = 1e-40f, .max_stride = 1e-42f, .max_gap = 1e-40f, .interval = 1e-45f},
    {.max_stride = FLT_MAX, .max_gap = FLT_MAX, .interval = FLT_MAX, .max_pen_lift = FLT_MAX},
    {.max_stride = 1, .max_gap = FLT_TRUE_MIN, .interval = 1, .max_pen_lift = FLT_TRUE_MIN},
};
static const float numbers[][4] = {
    {1, -2, 3, 0.5f},
    {FLT_MAX, -FLT_MAX, FLT_MAX, FLT_MAX},
    {FLT_TRUE_MIN, 0, 1e-30f, -FLT_TRUE_MIN},
    {1e20f, 1e-20f, -1e30f, 1e6f},
};

static void check_functions(const lh_ink *ink, size_t with, const char *name)
{
    const char *wrong = ink_every_function(ink, numbers[with], &odd_cleanings[with]);
    if (wrong)
        fail_msg("%s, numbers %zu: %s", name, with, wrong);
}

static void check_every_function(const lh_ink *ink, const char *name)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        check_functions(ink, i, name);
}

static void lines_of_every_size_and_place_are_held(void **state)
{
    (void)state;
    static const double size[] = {0, (double)FLT_TRUE_MIN, 1e-40, 1, 1e7, 1e29, 3e38};
    enum { SIZES = sizeof size / sizeof *size };
    for (int i = 0; i < SIZES * SIZES * SIZES * 3; i++) {
        double dx = size[i % SIZES], height = size[i / SIZES % SIZES];
        double far = size[i / (SIZES * SIZES) % SIZES];
        int place = i / (SIZES * SIZES * SIZES);
        const line l = {.count = 48,
                        .x = place != 1 ? far : 0,
                        .y = place != 0 ? -far : 0,
                        .dx = dx,
                        .height = height,
                        .dt = dx,
                        .stroke = 12};
        char name[128];
        snprintf(name, sizeof name, "steps of %g, %g high, at (%g, %g)", dx, height, l.x, l.y);
        lh_ink *ink = ink_of(&l);
        check_functions(ink, (size_t)i % 4, name);
        lh_ink_free(ink);
    }
}

static void lines_of_few_points_are_held(void **state)
{
    (void)state;
    for (size_t count = 0; count < 7; count++)
        for (size_t stroke = 0; stroke < 4; stroke++) {
            const line l = {.count = count, .dx = 20, .height = 100, .dt = 0.01, .stroke = stroke};
            lh_ink *ink = ink_of(&l);
            check_every_function(ink, "few points");
            if (count > 0) {
                ink->points[count / 2].x = -FLT_MAX;
                ink->points[count / 2].time = FLT_MAX;
                check_every_function(ink, "few points, one far away");
            }
            lh_ink_free(ink);
        }
}

/* One point of a sound line is moved away, in x, y and time. */
static void one_point_that_is_elsewhere_is_held(void **state)
{
    (void)state;
    static const float places[] = {FLT_MAX, -FLT_MAX, 1e30f, -1e20f, 0x1p24f, FLT_TRUE_MIN};
    for (size_t i = 0; i < 3 * sizeof places / sizeof *places; i++)
        for (size_t at = 0; at < 90; at += 89 / 2) {
            const line l = {.count = 90, .dx = 20, .height = 100, .dt = 0.015, .stroke = 15};
            lh_ink *ink = ink_of(&l);
            lh_point *point = &ink->points[at];
            *(i % 3 == 0 ? &point->x : i % 3 == 1 ? &point->y : &point->time) = places[i / 3];
            check_every_function(ink, "one point elsewhere");
            lh_ink_free(ink);
        }
}

/* Such a line once led past an array: y - slope x loses the height. */
static void a_line_with_hardly_any_height_is_only_moved(void **state)
{
    (void)state;
    static const double heights[] = {1e-40, 1e-20, 1e-12, 1e-8};
    for (size_t i = 0; i < sizeof heights / sizeof *heights; i++) {
        const line l = {.count = 300, .y = 0, .dx = 7, .height = heights[i], .dt = 0.015};
        lh_ink *ink = ink_of(&l), *before = ink_of(&l);
        lh_baseline base = lh_ink_baseline(ink);
        lh_box box = lh_ink_bounds(ink);
        assert_true(base.slope == 0 && base.offset == box.bottom);
        assert_true(base.height == box.bottom - box.top);
        lh_error error = {0};
        check_ok(lh_ink_level(ink, &error), &error);
        for (size_t p = 0; p < ink->count; p++)
            assert_true(ink->points[p].y == before->points[p].y - box.bottom);
        lh_ink_free(ink);
        lh_ink_free(before);
    }
}

/* The same letters a thousand times smaller or larger stand as they did. */
static void a_small_hand_and_a_large_one_are_told_alike(void **state)
{
    (void)state;
    const line plain = {.count = 300, .dx = 20, .height = 100, .dt = 0.015, .stroke = 12};
    lh_ink *ink = ink_of(&plain);
    lh_baseline expected = lh_ink_baseline(ink);
    assert_true(expected.height > 50 && expected.height < 200);
    for (double size = 1e-30; size < 1e31; size *= 1000) {
        line l = plain;
        l.dx *= size;
        l.height *= size;
        lh_ink *other = ink_of(&l);
        lh_baseline found = lh_ink_baseline(other);
        double height = (double)found.height / size / (double)expected.height;
        double offset = ((double)found.offset / size - (double)expected.offset) / 100;
        if (!(fabs(height - 1) < 1e-3) || !(fabs(offset) < 1e-3))
            fail_msg("size %g: height %g of what it was, offset %g heights away", size, height,
                     offset);
        lh_ink_free(other);
    }
    lh_ink_free(ink);
}

static void a_point_where_no_pen_can_be_is_named(void **state)
{
    (void)state;
    const line l = {.count = 40, .dx = 20, .height = 100, .dt = 0.015, .stroke = 10};
    lh_ink *ink = ink_of(&l), *before = ink_of(&l);
    lh_error error;
    for (size_t i = 10; i < 20; i++) /* a whole stroke, so that it does not count as a stray */
        ink->points[i].y = before->points[i].y = 1e9f;
    assert_int_equal(lh_ink_clean(ink, &(lh_cleaning){0}, NULL, &error), LH_ERROR_FORMAT);
    assert_non_null(strstr(error.message, "point 11 "));
    assert_memory_equal(ink->points, before->points, ink->count * sizeof *ink->points);
    lh_ink_free(ink);
    lh_ink_free(before);
}

/* All readings are within the tolerance of each other: were each compared with every other, this
 * would take minutes. */
static void ink_smaller_than_its_tolerance_takes_no_time(void **state)
{
    (void)state;
    enum { COUNT = 1 << 15 };
    lh_point *points = malloc(COUNT * sizeof *points);
    assert_non_null(points);
    lh_rng rng;
    lh_rng_seed(&rng, 1, 0);
    for (size_t i = 0; i < COUNT; i++)
        points[i] = (lh_point){(float)lh_rng_uniform(&rng), (float)lh_rng_uniform(&rng), 0, 0};
    lh_error error;
    lh_curve curve;
    check_ok(lh_curve_fit(points, COUNT, 10, &curve, &error), &error);
    assert_int_equal(curve.first[curve.curves], COUNT - 1);
    lh_curve_free(&curve);
    free(points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_every_size_and_place_are_held),
        cmocka_unit_test(lines_of_few_points_are_held),
        cmocka_unit_test(one_point_that_is_elsewhere_is_held),
        cmocka_unit_test(a_line_with_hardly_any_height_is_only_moved),
        cmocka_unit_test(a_small_hand_and_a_large_one_are_told_alike),
        cmocka_unit_test(a_point_where_no_pen_can_be_is_named),
        cmocka_unit_test(ink_smaller_than_its_tolerance_takes_no_time),
    };
    return cmocka_run_group_tests_name("ink_extremes", tests, NULL, NULL);
}
