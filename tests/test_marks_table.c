/* Marks: which signs are made of what, and that each mark of the table can be drawn. */
#include "check.h"
#include "marks_piece.h"

#include "document/accents.h"
#include "write/composed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Combining marks of Unicode for the accents that there are. */
static const uint32_t combining[] = {0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307,
                                     0x308, 0x30a, 0x30b, 0x30c, 0x326, 0x327, 0x328};
enum { COMBINING = sizeof combining / sizeof *combining };

static uint32_t put_together(const lh_accents *accents, uint32_t base, uint32_t mark)
{
    char text[9];
    size_t bytes = lh_utf8_encode(base, text);
    bytes += lh_utf8_encode(mark, text + bytes);
    char *composed = accents->compose(text, bytes);
    assert_non_null(composed);
    const char *at = composed;
    uint32_t sign = lh_utf8_next(&at);
    sign = *at ? 0 : sign; /* Unicode has no such letter */
    free(composed);
    return sign;
}

static void accented_letters_are_what_unicode_has(void **state)
{
    (void)state;
    const lh_accents *accents = lh_accents_get(&error);
    if (!accents)
        fail_msg("%s", error.message);
    /* The mark of each accent; a caron beside tall letters, and a comma where Unicode's names say
     * cedilla, are others. */
    const lh_mark *mark_of[COMBINING][5] = {{NULL}};
    int found = 0, without = 0;
    for (uint32_t c = 0xc0; c < 0x1f00; c++) {
        uint32_t base;
        const lh_mark *mark;
        if (!lh_composed_find(c, &base, &mark) || mark->place >= LH_MARK_INSTEAD)
            continue;
        int k = 0;
        while (k < COMBINING && put_together(accents, base, combining[k]) != c)
            k++;
        without += k == COMBINING;
        found++;
        if (k == COMBINING)
            continue;
        assert_true(mark->place == LH_MARK_ABOVE || mark->place == LH_MARK_BELOW ||
                    (mark->place == LH_MARK_BESIDE && combining[k] == 0x30c));
        const lh_mark **of = &mark_of[k][mark->place];
        const bool comma = combining[k] == 0x327 && strchr("KkLlNnRr", (int)base);
        if (!*of && !comma)
            *of = mark;
        if (!comma)
            assert_ptr_equal(mark, *of);
    }
    assert_int_equal(without, 7); /* those with a stroke through them, and the i without a dot */
    assert_true(found > 190);
}

static void the_alphabet_comes_first_but_for_rare_signs(void **state)
{
    (void)state;
    lh_alphabet alphabet;
    assert_true(lh_alphabet_parse(&alphabet, " ae-&\xc3\xa9"));
    assert_true(lh_can_write(&alphabet, 'a'));
    assert_true(lh_can_write(&alphabet, 0xe9));
    assert_true(lh_can_write(&alphabet, 0xe8));
    assert_true(lh_can_write(&alphabet, '$'));
    assert_false(lh_can_write(&alphabet, 0xf6)); /* there is no o */
    assert_false(lh_can_write(&alphabet, 'o'));
    assert_false(lh_can_write(&alphabet, 0x265e));
    assert_false(lh_can_write(&alphabet, UINT32_MAX));
    char *bases = lh_composed_bases("a\xc3\xa9 \xc3\xa8&o$\xff", &alphabet, false);
    assert_string_equal(bases, "a\xc3\xa9 e-o-\xff");
    free(bases);
    bases = lh_composed_bases("\xc3\xa8&$", &alphabet, true);
    assert_string_equal(bases, "e&-");
    free(bases);
    assert_true(lh_alphabet_parse(&alphabet, " a&"));
    assert_true(lh_can_write(&alphabet, '&')); /* no hyphen to draw it for */
    assert_false(lh_can_write(&alphabet, '$'));
    bases = lh_composed_bases("a&$", &alphabet, false);
    assert_string_equal(bases, "a&$");
    free(bases);
}

/* Every mark of the table, drawn: finite, of a sign's size, its last point an end. */
static void every_mark_can_be_drawn(void **state)
{
    (void)state;
    int drawn = 0;
    for (uint32_t c = 0x21; c < 0x3000; c++) {
        uint32_t base;
        const lh_mark *mark;
        char text[5];
        if (!lh_composed_find(c, &base, &mark))
            continue;
        piece p;
        lh_utf8_encode(c, text);
        piece_start(&p, text);
        begin_word(&p, 0);
        if (mark->place >= LH_MARK_INSTEAD)
            add_stroke(&p, 0, 99, 6, 0, -50, 40, -50);
        else
            add_letter(&p, 0, base >= 'a' ? 1 : 1.6);
        const size_t before = p.clerk.draft.count;
        draw(&p);
        const lh_draft *draft = &p.clerk.draft;
        const size_t own = mark->place >= LH_MARK_INSTEAD ? 0 : before;
        for (size_t i = own; i < draft->count; i++)
            assert_true(isfinite(draft->point[i].x) && isfinite(draft->point[i].y));
        if (draft->count > own) {
            const lh_box b = box(&p, own, draft->count);
            assert_true(draft->point[draft->count - 1].end);
            assert_true(b.right - b.left < 1.6 * X_HEIGHT && b.bottom - b.top < 2.6 * X_HEIGHT);
            assert_true(draft->count - own >= 2 && draft->count - own < 200);
            drawn++;
        }
        piece_clear(&p);
    }
    assert_true(drawn > 340);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accented_letters_are_what_unicode_has),
        cmocka_unit_test(the_alphabet_comes_first_but_for_rare_signs),
        cmocka_unit_test(every_mark_can_be_drawn),
    };
    return cmocka_run_group_tests_name("marks_table", tests, NULL, NULL);
}
