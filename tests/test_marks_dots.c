/* Dots that an i or j lacks are put by the pen, where the reader stumbled over the word. */
#include "check.h"
#include "marks_piece.h"

#include <math.h>

/* Letters of 12 points, 60 wide and 100 high, 100 apart; i and j as stems in their midst. */
static void write_letters(piece *p, const char *text)
{
    begin_word(p, 0);
    for (int u = 0; text[u]; u++) {
        const double x = 100.0 * u + 30;
        if (text[u] == 'i' || text[u] == 'j')
            add_stroke(p, u, 12, 12, x, -100, x, 0);
        else
            add_letter(p, u, 1);
    }
}

static void add_dot(piece *p, int on, double x, double y)
{
    add_stroke(p, on, 3, 3, x, y, x + 3, y + 3);
}

/* Dots that were put: strokes behind the word's own ink; where the last of them is. */
static int count_put(const piece *p, size_t own, double *x)
{
    int count = 0;
    for (size_t i = own; i < p->clerk.draft.count; i++) {
        assert_int_equal(lh_draft_trace(&p->clerk.draft, i)->component, -1);
        count += (int)p->clerk.draft.point[i].end;
        *x = (double)p->clerk.draft.point[i].x;
    }
    return count;
}

static void check_put(const char *text, double log_reading, const double (*dot)[2], int dots,
                      int put, double last)
{
    piece p;
    double x = 0;
    piece_start(&p, text);
    write_letters(&p, text);
    const int end = (int)strlen(text) - 1;
    for (int i = 0; i < dots; i++)
        add_dot(&p, end, dot[i][0], dot[i][1]);
    p.word[0].log_reading = log_reading;
    const size_t own = p.clerk.draft.count;
    draw(&p);
    const int found = count_put(&p, own, &x);
    if (found != put || (put > 0 && fabs(x - last) > 25))
        fail_msg("%s, %d dots: %d put and not %d, the last at %g and not %g", text, dots, found,
                 put, x, last);
    assert_int_equal(p.word[0].dotted, put > 0);
    piece_clear(&p);
}

static const double stumbled = -2;

static void each_i_gets_its_dot(void **state)
{
    (void)state;
    static const double over_first[][2] = {{35, -150}}, over_both[][2] = {{40, -150}, {142, -160}},
                        over_n[][2] = {{30, -150}};
    check_put("ii", stumbled, NULL, 0, 2, 130);
    check_put("jn", stumbled, NULL, 0, 1, 30);
    check_put("ii", stumbled, over_first, 1, 1, 130);
    check_put("ii", stumbled, over_both, 2, 0, 0);
    check_put("nn", stumbled, NULL, 0, 0, 0);
    check_put("nni", stumbled, over_n, 1, 1, 230); /* that far away it is another's */
}

/* Two dots so near to each other that they make one, and one that touches the stem below. */
static void what_does_not_show_is_none(void **state)
{
    (void)state;
    static const double one[][2] = {{35, -150}, {45, -150}}, touching[][2] = {{30, -108}};
    check_put("ii", stumbled, one, 2, 1, 130);
    check_put("i", stumbled, touching, 1, 1, 30);
}

static void what_can_be_read_is_left(void **state)
{
    (void)state;
    check_put("ii", log(0.9), NULL, 0, 0, 0);
    check_put("ii", 0, NULL, 0, 0, 0); /* nothing was read over */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_i_gets_its_dot),
        cmocka_unit_test(what_does_not_show_is_none),
        cmocka_unit_test(what_can_be_read_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
