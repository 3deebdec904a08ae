/* Orders to the window's scribe: copies that stand on their own, and what makes another one. */
#include "check.h"

#include "window/order.h"

#include <stdlib.h>
#include <string.h>

static lh_point points[] = {{.x = 1, .y = 2}, {.x = 3, .y = 4, .end = 1}};

static win_order make(const char *text)
{
    return (win_order){.mode = 2,
                       .model = "model",
                       .style = "style",
                       .text = text,
                       .bias = 1,
                       .seed = 7,
                       .drawn = {.points = points, .count = 2},
                       .turn = 3,
                       .shown = 5};
}

static void a_copy_stands_on_its_own(void **state)
{
    (void)state;
    char text[] = "words";
    win_order order = make(text), copy = {0};
    assert_true(win_order_copy(&copy, &order));
    text[0] = 'W';
    points[0].x = 9;
    assert_string_equal(copy.text, "words");
    assert_true(copy.drawn.count == 2 && copy.drawn.points[0].x == 1);
    assert_null(copy.free_model);
    points[0].x = 1;
    order.text = NULL;
    order.drawn.count = 0;
    assert_true(win_order_copy(&copy, &order)); /* in place of what was there */
    assert_null(copy.text);
    assert_int_equal(copy.drawn.count, 0);
    win_order_clear(&copy);
    assert_null(copy.model);
}

static void the_pens_place_alone_is_no_other_order(void **state)
{
    (void)state;
    win_order a = make("words"), b = make(strdup("words"));
    char *text = (char *)b.text;
    b.shown = 50;
    assert_true(win_order_same(&a, &b));
    b.text = "other words";
    assert_false(win_order_same(&a, &b));
    b.text = NULL;
    assert_false(win_order_same(&a, &b));
    b = make(text);
    b.finished = true;
    assert_false(win_order_same(&a, &b));
    b = make(text);
    b.seed++;
    assert_false(win_order_same(&a, &b));
    b = make(text);
    b.turn++;
    assert_false(win_order_same(&a, &b));
    b = make(text);
    b.style = NULL;
    assert_false(win_order_same(&a, &b));
    free(text);
}

static void another_file_at_the_same_path_is_another_order(void **state)
{
    (void)state;
    const win_order a = make("words");
    win_order b = a;
    b.model_turn++;
    assert_false(win_order_same(&a, &b));
    b = a;
    b.free_turn++;
    assert_false(win_order_same(&a, &b));
    b = a;
    b.style_turn++;
    assert_false(win_order_same(&a, &b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_stands_on_its_own),
        cmocka_unit_test(the_pens_place_alone_is_no_other_order),
        cmocka_unit_test(another_file_at_the_same_path_is_another_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
