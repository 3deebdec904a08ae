/* Dots that run into other ink do not show; all else does. */
#include "check.h"

#include "write/shown.h"

#include <string.h>

enum { POINTS = 64 };
static const double height = 100;

typedef struct drawing {
    lh_point point[POINTS], shown[POINTS];
    size_t count;
} drawing;

static void add_stroke(drawing *d, float x, float y, float to_x, float to_y)
{
    d->point[d->count++] = (lh_point){.x = x, .y = y};
    d->point[d->count++] = (lh_point){.x = to_x, .y = to_y, .end = 1};
}

static void add_dot(drawing *d, float x, float y)
{
    d->point[d->count++] = (lh_point){.x = x, .y = y, .end = 1};
}

static void check_shows(drawing *d, const char *points)
{
    char seen[POINTS + 1] = {0};
    const size_t found = lh_shown(d->point, d->count, height, d->shown);
    size_t next = 0;
    for (size_t i = 0; i < d->count; i++) {
        const bool is_there =
            next < found && memcmp(&d->shown[next], &d->point[i], sizeof *d->shown) == 0;
        next += is_there;
        seen[i] = is_there ? '+' : '-';
    }
    assert_int_equal(next, found);
    assert_string_equal(seen, points);
}

static void ink_without_dots_shows_whole(void **state)
{
    (void)state;
    drawing d = {0};
    check_shows(&d, "");
    add_stroke(&d, 0, 0, 0, -100);
    add_stroke(&d, -30, -50, 30, -50); /* a bar across it */
    check_shows(&d, "++++");
}

static void a_dot_shows_where_there_is_room_around_it(void **state)
{
    (void)state;
    drawing d = {0};
    add_stroke(&d, 0, 0, 0, -100);
    add_dot(&d, 0, -130);
    check_shows(&d, "+++");
    d.point[2].y = -120; /* runs into the stem */
    check_shows(&d, "++-");
    d.point[2] = (lh_point){.x = 20, .y = -50, .end = 1}; /* beside its middle */
    check_shows(&d, "++-");
}

static void a_dot_may_run_into_what_is_drawn_later(void **state)
{
    (void)state;
    drawing d = {0};
    add_dot(&d, 0, 0);
    add_dot(&d, 100, 0);
    add_stroke(&d, 10, 0, 10, -100);
    check_shows(&d, "-+++");
}

static void of_two_dots_that_run_together_one_shows(void **state)
{
    (void)state;
    drawing d = {0};
    add_dot(&d, 0, 0);
    add_dot(&d, 0, -20);
    check_shows(&d, "-+");
    d.point[1].y = -40; /* a colon */
    check_shows(&d, "++");
    drawing alone = {0};
    add_dot(&alone, 0, 0);
    check_shows(&alone, "+");
}

static void what_is_larger_than_a_dot_shows_though_it_touches(void **state)
{
    (void)state;
    drawing d = {0};
    add_stroke(&d, 0, 0, 0, -100);
    add_stroke(&d, 10, -50, 45, -50);
    check_shows(&d, "++++");
    d.point[3].x = 30;
    check_shows(&d, "++--");
}

static void of_any_ink_something_shows(void **state)
{
    (void)state;
    static const float values[] = {0, 1, -30, 26.9f, 1e9f, 3e38f, -3e38f, 1e-45f};
    enum { VALUES = sizeof values / sizeof *values };
    lh_rng rng;
    lh_rng_seed(&rng, 3, 0);
    for (int i = 0; i < 3000; i++) {
        drawing d = {.count = 1 + lh_rng_next(&rng) % POINTS};
        for (size_t k = 0; k < d.count; k++)
            d.point[k] = (lh_point){.x = values[lh_rng_next(&rng) % VALUES],
                                    .y = values[lh_rng_next(&rng) % VALUES],
                                    .end = lh_rng_next(&rng) % 2};
        const size_t shown = lh_shown(d.point, d.count, i % 2 ? height : 3e38, d.shown);
        assert_in_range(shown, 1, d.count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ink_without_dots_shows_whole),
        cmocka_unit_test(a_dot_shows_where_there_is_room_around_it),
        cmocka_unit_test(a_dot_may_run_into_what_is_drawn_later),
        cmocka_unit_test(of_two_dots_that_run_together_one_shows),
        cmocka_unit_test(what_is_larger_than_a_dot_shows_though_it_touches),
        cmocka_unit_test(of_any_ink_something_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
