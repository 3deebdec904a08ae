/* Seams: strokes behind a word are its own or those of the next. */
#include "check.h"

#include "write/seam.h"

typedef struct stroke {
    double begin, to; /* x, of ink that reaches to 1000 */
    int on, later;    /* the window, at the first point and from the fourth on */
    int points;
} stroke;

/* The verdict on a stroke behind a word whose blank is character 5. */
static lh_seam_verdict judge_stroke(const stroke *s, bool last)
{
    lh_seam seam;
    lh_seam_verdict verdict = LH_SEAM_OPEN;
    lh_seam_start(&seam, s->begin, 1000, s->on);
    for (int i = 0; i < s->points && verdict == LH_SEAM_OPEN; i++) {
        double x = s->begin + (s->to - s->begin) * i / (s->points > 1 ? s->points - 1 : 1);
        verdict = lh_seam_look(&seam, x, i < 3 ? s->on : s->later, 5, i == s->points - 1, last);
    }
    assert_true(verdict != LH_SEAM_OPEN && !seam.open);
    return verdict;
}

static void strokes_behind_a_word_are_told_apart(void **state)
{
    (void)state;
    static const stroke same[] = {
        {1030, 1035, 5, 5, 2},  /* a full stop */
        {700, 700, 5, 5, 1},    /* the dot of an i */
        {940, 1005, 6, 6, 6},   /* a bar, late */
        {1020, 1100, 4, 5, 20}, /* the last letter */
        {1020, 1100, 5, 6, 20}, /* the same, with the window ahead */
    };
    static const stroke next[] = {
        {1200, 1300, 5, 6, 20}, /* a word, far off */
        {1080, 1200, 5, 6, 20}, /* a word, near */
        {1010, 1100, 6, 6, 20}, /* nearer, but the window is there */
        {970, 1150, 6, 7, 20},  /* under a long bar */
        {1060, 1060, 6, 6, 1},  /* a quotation mark */
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (judge_stroke(&same[i], false) != LH_SEAM_SAME)
            fail_msg("stroke %zu is taken for the next word's", i);
    for (size_t i = 0; i < sizeof next / sizeof *next; i++)
        if (judge_stroke(&next[i], false) != LH_SEAM_NEXT)
            fail_msg("stroke %zu is not taken for the next word's", i);
    /* Behind a text's end there is nothing else that it could be. */
    static const stroke stray = {1100, 1150, 5, 5, 10};
    assert_int_equal(judge_stroke(&stray, false), LH_SEAM_SAME);
    assert_int_equal(judge_stroke(&stray, true), LH_SEAM_NEXT);
    assert_int_equal(judge_stroke(&same[0], true), LH_SEAM_SAME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strokes_behind_a_word_are_told_apart),
    };
    return cmocka_run_group_tests_name("seam", tests, NULL, NULL);
}
