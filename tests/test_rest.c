/* A pen at rest: bias makes it neater, and no likelier to stay where it is. */
#include "check.h"

#include "write/rest.h"

#include <math.h>
#include <string.h>

enum { RESTS = 3 };

/* Raw outputs: two components that rest and have `more` on the third, which moves. */
static void set_rest(lh_real output[1 + 6 * RESTS], double more, double mu)
{
    memset(output, 0, (1 + 6 * RESTS) * sizeof *output);
    output[1] = output[2] = (lh_real)more;
    output[1 + RESTS + 2] = (lh_real)mu;
}

static void bias_makes_the_pen_neater_but_rest_no_likelier(void **state)
{
    (void)state;
    static const double more[] = {-3, -1, 0, 2, 6};
    for (size_t i = 0; i < 5; i++) {
        lh_real output[1 + 6 * RESTS];
        lh_mixture plain, sharp;
        set_rest(output, more[i], 1);
        lh_pen_mixture(output, RESTS, 0, 0, &plain);
        lh_pen_mixture(output, RESTS, 2, 0, &sharp);
        assert_true(sharp.pi[0] + sharp.pi[1] <= plain.pi[0] + plain.pi[1] + 1e-12);
        assert_true(fabs(sharp.pi[0] + sharp.pi[1] + sharp.pi[2] - 1) < 1e-12);
        assert_true(fabs(sharp.sigma_x[2] - exp(-2)) < 1e-6);
    }
}

static void a_pen_long_at_rest_goes_on_as_without_bias(void **state)
{
    (void)state;
    lh_real output[1 + 6 * RESTS];
    lh_mixture plain, sharp, rested;
    set_rest(output, 1, 1);
    lh_pen_mixture(output, RESTS, 0, 0, &plain);
    lh_pen_mixture(output, RESTS, 2, 0, &sharp);
    lh_pen_mixture(output, RESTS, 2, 30, &rested);
    for (int i = 0; i < RESTS; i++) {
        assert_true(sharp.sigma_x[i] < plain.sigma_x[i]);
        assert_true(rested.sigma_x[i] >= plain.sigma_x[i]);
        assert_true(fabs(rested.pi[i] - plain.pi[i]) < 1e-12);
    }
}

static void a_pen_that_can_but_rest_keeps_a_whole_mixture(void **state)
{
    (void)state;
    lh_real output[1 + 6 * RESTS];
    lh_mixture m;
    set_rest(output, 500, 0);
    lh_pen_mixture(output, RESTS, 2, 0, &m);
    assert_true(fabs(m.pi[0] + m.pi[1] + m.pi[2] - 1) < 1e-12);
    set_rest(output, 500, 1); /* that the pen moves is as good as impossible */
    lh_pen_mixture(output, RESTS, 2, 0, &m);
    assert_true(fabs(m.pi[0] + m.pi[1] + m.pi[2] - 1) < 1e-12);
}

static void rest_is_counted_from_the_last_move_or_lift(void **state)
{
    (void)state;
    static const lh_real still[3] = {(lh_real)0.05, (lh_real)-0.05, 0}, moves[3] = {0, 1, 0},
                         lift[3] = {0, 0, 1}, nowhere[3] = {(lh_real)NAN, 0, 0};
    assert_int_equal(lh_rest_count(0, still), 1);
    assert_int_equal(lh_rest_count(6, still), 7);
    assert_int_equal(lh_rest_count(6, moves), 0);
    assert_int_equal(lh_rest_count(6, lift), 0);
    assert_int_equal(lh_rest_count(6, nowhere), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bias_makes_the_pen_neater_but_rest_no_likelier),
        cmocka_unit_test(a_pen_long_at_rest_goes_on_as_without_bias),
        cmocka_unit_test(a_pen_that_can_but_rest_keeps_a_whole_mixture),
        cmocka_unit_test(rest_is_counted_from_the_last_move_or_lift),
    };
    return cmocka_run_group_tests_name("rest", tests, NULL, NULL);
}
