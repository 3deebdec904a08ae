/* Ink: fitting smooth curves to strokes. */
#include "check.h"
#include "scribble.h"

#include "base/extremes.h"

#include <stdlib.h>
#include <string.h>

static lh_vec2 curve_at(const lh_vec2 *p, double u)
{
    double v = 1 - u, b0 = v * v * v, b1 = 3 * u * v * v, b2 = 3 * u * u * v, b3 = u * u * u;
    return (lh_vec2){(float)(b0 * (double)p[0].x + b1 * (double)p[1].x + b2 * (double)p[2].x +
                             b3 * (double)p[3].x),
                     (float)(b0 * (double)p[0].y + b1 * (double)p[1].y + b2 * (double)p[2].y +
                             b3 * (double)p[3].y)};
}

static double segment_distance(lh_vec2 p, double ax, double ay, double bx, double by)
{
    double dx = bx - ax, dy = by - ay, px = (double)p.x - ax, py = (double)p.y - ay;
    double square = dx * dx + dy * dy;
    double t = square > 0 ? fmax(0, fmin(1, (px * dx + py * dy) / square)) : 0;
    return hypot(px - t * dx, py - t * dy);
}

/* The distance of a reading from a chain of finely sampled curves, independent of the fit's own
 * parameters: only the curve that claims the reading counts. */
static double reading_distance(const lh_curve *curve, const lh_point *points, size_t reading)
{
    enum { STEPS = 400 };
    double least = INFINITY;
    lh_vec2 p = {points[reading].x, points[reading].y};
    for (size_t i = 0; i < curve->curves; i++) {
        if (reading < curve->first[i] || reading > curve->first[i + 1])
            continue;
        lh_vec2 a = curve->point[3 * i];
        for (int s = 1; s <= STEPS; s++) {
            lh_vec2 b = curve_at(curve->point + 3 * i, (double)s / STEPS);
            lh_lower(&least, segment_distance(p, a.x, a.y, b.x, b.y));
            a = b;
        }
    }
    return least;
}

/* The chain runs from the first reading to the last through the readings it names, and every
 * reading is within the tolerance of its curve. */
static void check_chain(const lh_curve *curve, const lh_point *points, size_t count,
                        double tolerance)
{
    assert_true(curve->curves > 0);
    assert_int_equal(curve->first[0], 0);
    assert_int_equal(curve->first[curve->curves], count - 1);
    for (size_t i = 0; i <= curve->curves; i++) {
        const lh_point *named = &points[curve->first[i]];
        assert_true(curve->point[3 * i].x == named->x && curve->point[3 * i].y == named->y);
        assert_true(i == 0 || curve->first[i] > curve->first[i - 1]);
    }
    for (size_t i = 0; i < count; i++) {
        double off = reading_distance(curve, points, i);
        double rounding = 1e-6 * fmax(fabs((double)points[i].x), fabs((double)points[i].y));
        if (!(off <= tolerance + rounding))
            fail_msg("reading %zu of %zu is %g from the curve, tolerance %g", i, count, off,
                     tolerance);
    }
}

static void every_reading_lies_within_the_tolerance(void **state)
{
    (void)state;
    static const float tolerances[] = {0.05f, 0.5f, 2, 10, 60};
    lh_rng rng;
    lh_rng_seed(&rng, 11, 0);
    for (size_t t = 0; t < sizeof tolerances / sizeof *tolerances; t++) {
        lh_ink *ink = scribble(6, &rng);
        size_t position = 0, count, chains = 0;
        const lh_point *points;
        while (lh_ink_next_stroke(ink, &position, &points, &count)) {
            lh_curve curve;
            lh_error error = {0};
            check_ok(lh_curve_fit(points, count, tolerances[t], &curve, &error), &error);
            if (count > 1)
                check_chain(&curve, points, count, tolerances[t]);
            chains += count > 1;
            lh_curve_free(&curve);
        }
        assert_true(chains > 0);
        lh_ink_free(ink);
    }
}

/* Readings without any order are the hardest: nothing is smooth. */
static void noise_is_followed_within_the_tolerance(void **state)
{
    (void)state;
    enum { N = 1500 };
    static lh_point points[N];
    lh_rng rng;
    lh_rng_seed(&rng, 12, 0);
    for (int i = 0; i < N; i++) {
        double size = i % 3 == 0 ? 400 : 3;
        points[i].x = roundf((float)(size * lh_rng_normal(&rng)));
        points[i].y = roundf((float)(size * lh_rng_normal(&rng)));
    }
    for (float tolerance = 0; tolerance < 40; tolerance = 3 * tolerance + 1) {
        lh_curve curve;
        lh_error error = {0};
        check_ok(lh_curve_fit(points, N, tolerance, &curve, &error), &error);
        check_chain(&curve, points, N, tolerance + 1e-3f);
        lh_curve_free(&curve);
    }
}

static void a_circle_takes_few_curves_and_has_no_corner(void **state)
{
    (void)state;
    enum { N = 61 };
    lh_point points[N];
    for (int i = 0; i < N; i++) {
        double t = 6.2831853 * i / (N - 1);
        points[i] = (lh_point){(float)(200 * cos(t)), (float)(200 * sin(t)), 0, i == N - 1};
    }
    lh_curve curve;
    lh_error error = {0};
    check_ok(lh_curve_fit(points, N, 0.5f, &curve, &error), &error);
    check_chain(&curve, points, N, 0.5);
    assert_in_range(curve.curves, 3, 10);
    for (size_t i = 1; i < curve.curves; i++) {
        const lh_vec2 *p = curve.point + 3 * i;
        double ax = (double)p[0].x - (double)p[-1].x, ay = (double)p[0].y - (double)p[-1].y;
        double bx = (double)p[1].x - (double)p[0].x, by = (double)p[1].y - (double)p[0].y;
        double sine = (ax * by - ay * bx) / (hypot(ax, ay) * hypot(bx, by));
        assert_true(fabs(sine) < 1e-3 && ax * bx + ay * by > 0);
    }
    /* Between the readings too the curve is the circle. */
    for (size_t i = 0; i < curve.curves; i++)
        for (int s = 0; s <= 20; s++) {
            lh_vec2 at = curve_at(curve.point + 3 * i, s / 20.0);
            assert_true(fabs(hypot(at.x, at.y) - 200) < 1);
        }
    lh_curve_free(&curve);
}

static void corners_stay_sharp_and_sides_straight(void **state)
{
    (void)state;
    /* A zigzag of three sides, 21 readings each, corners at readings 20 and 40. */
    lh_point points[61];
    for (int i = 0; i <= 60; i++) {
        int side = i / 20, rest = i % 20;
        points[i] = (lh_point){(float)(10 * i), (float)(side % 2 ? 20 - rest : rest) * 15, 0, 0};
    }
    lh_curve curve;
    lh_error error = {0};
    check_ok(lh_curve_fit(points, 61, 1, &curve, &error), &error);
    assert_int_equal(curve.curves, 3);
    assert_int_equal(curve.first[1], 20);
    assert_int_equal(curve.first[2], 40);
    for (size_t i = 0; i < 3; i++)
        for (int s = 0; s <= 10; s++) {
            const lh_vec2 *p = curve.point + 3 * i;
            lh_vec2 at = curve_at(p, s / 10.0);
            assert_true(segment_distance(at, p[0].x, p[0].y, p[3].x, p[3].y) < 0.01);
        }
    lh_curve_free(&curve);
}

static void a_pen_going_back_over_its_way_turns_on_the_spot(void **state)
{
    (void)state;
    lh_point points[41];
    for (int i = 0; i <= 40; i++)
        points[i] = (lh_point){(float)(i <= 20 ? i : 40 - i) * 12, 0, 0, 0};
    lh_curve curve;
    lh_error error = {0};
    check_ok(lh_curve_fit(points, 41, 1, &curve, &error), &error);
    assert_int_equal(curve.curves, 2);
    assert_int_equal(curve.first[1], 20);
    for (size_t i = 0; i < 3 * curve.curves + 1; i++)
        assert_true(curve.point[i].y == 0 && curve.point[i].x <= 240);
    lh_curve_free(&curve);
}

static void one_place_is_a_dot_however_often_it_was_read(void **state)
{
    (void)state;
    lh_point points[5];
    for (int i = 0; i < 5; i++)
        points[i] = (lh_point){3, 4, (float)i, i == 4};
    for (size_t count = 1; count <= 5; count++) {
        lh_curve curve;
        lh_error error = {0};
        check_ok(lh_curve_fit(points, count, 1, &curve, &error), &error);
        assert_int_equal(curve.curves, 0);
        assert_true(curve.point[0].x == 3 && curve.point[0].y == 4);
        assert_int_equal(curve.first[0], count - 1);
        lh_curve_free(&curve);
    }
}

static void repeated_readings_change_nothing(void **state)
{
    (void)state;
    lh_point once[12], twice[24];
    for (int i = 0; i < 12; i++) {
        once[i] = (lh_point){(float)(30 * i), (float)(i * i), 0, 0};
        twice[2 * i] = twice[2 * i + 1] = once[i];
    }
    lh_curve a, b;
    lh_error error = {0};
    check_ok(lh_curve_fit(once, 12, 0.5f, &a, &error), &error);
    check_ok(lh_curve_fit(twice, 24, 0.5f, &b, &error), &error);
    assert_int_equal(a.curves, b.curves);
    assert_memory_equal(a.point, b.point, (3 * a.curves + 1) * sizeof *a.point);
    check_chain(&b, twice, 24, 0.5);
    lh_curve_free(&a);
    lh_curve_free(&b);
}

static void a_jump_of_a_million_units_disturbs_nobody(void **state)
{
    (void)state;
    lh_point points[30];
    for (int i = 0; i < 30; i++) {
        float far = i >= 10 && i < 20 ? 1e6f : 0;
        points[i] = (lh_point){far + (float)(20 * i), (float)(i % 7 * 20) - far, 0, 0};
    }
    lh_curve curve;
    lh_error error = {0};
    check_ok(lh_curve_fit(points, 30, 1, &curve, &error), &error);
    check_chain(&curve, points, 30, 1);
    for (size_t i = 0; i < 3 * curve.curves + 1; i++)
        assert_true(fabsf(curve.point[i].x) < 1.1e6f && fabsf(curve.point[i].y) < 1.1e6f);
    /* The readings before the jump are drawn where they are. */
    for (size_t i = 0; curve.first[i] < 9; i++)
        assert_true(curve.point[3 * i + 1].x < 500 && curve.point[3 * i + 2].x < 500);
    lh_curve_free(&curve);
}

static void what_is_no_place_is_refused(void **state)
{
    (void)state;
    static const float bad[] = {NAN, INFINITY, -INFINITY, 3e38f};
    for (int i = 0; i < 8; i++) {
        lh_point points[3] = {{0, 0, 0, 0}, {1, 1, 0, 0}, {2, 0, 0, 1}};
        *(i < 4 ? &points[1].x : &points[1].y) = bad[i % 4];
        lh_curve curve;
        lh_error error = {0};
        assert_int_equal(lh_curve_fit(points, 3, 1, &curve, &error), LH_ERROR_ARGUMENT);
        assert_non_null(strstr(error.message, "point 2"));
        assert_null(curve.point);
        lh_curve_free(&curve);
    }
    lh_point point = {0};
    lh_curve curve;
    assert_int_equal(lh_curve_fit(&point, 0, 1, &curve, NULL), LH_ERROR_ARGUMENT);
    assert_int_equal(lh_curve_fit(&point, 1, -1, &curve, NULL), LH_ERROR_ARGUMENT);
    assert_int_equal(lh_curve_fit(&point, 1, NAN, &curve, NULL), LH_ERROR_ARGUMENT);
}

/* Splitting always at the worst reading would go as deep as there are readings. */
static void a_very_long_stroke_takes_neither_stack_nor_hours(void **state)
{
    (void)state;
    enum { N = 300000 };
    lh_point *points = malloc(N * sizeof *points);
    assert_non_null(points);
    for (int i = 0; i < N; i++)
        points[i] = (lh_point){(float)i * 0.01f, expf((float)i * 5e-5f), 0, 0};
    lh_curve curve;
    lh_error error = {0};
    check_ok(lh_curve_fit(points, N, 1e-4f, &curve, &error), &error);
    assert_int_equal(curve.first[curve.curves], N - 1);
    lh_curve_free(&curve);
    free(points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reading_lies_within_the_tolerance),
        cmocka_unit_test(noise_is_followed_within_the_tolerance),
        cmocka_unit_test(a_circle_takes_few_curves_and_has_no_corner),
        cmocka_unit_test(corners_stay_sharp_and_sides_straight),
        cmocka_unit_test(a_pen_going_back_over_its_way_turns_on_the_spot),
        cmocka_unit_test(one_place_is_a_dot_however_often_it_was_read),
        cmocka_unit_test(repeated_readings_change_nothing),
        cmocka_unit_test(a_jump_of_a_million_units_disturbs_nobody),
        cmocka_unit_test(what_is_no_place_is_refused),
        cmocka_unit_test(a_very_long_stroke_takes_neither_stack_nor_hours),
    };
    return cmocka_run_group_tests_name("ink curve", tests, NULL, NULL);
}
