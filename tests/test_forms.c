/* Forms and splits: names of lines, transcriptions, and names of splits. */
#include "check.h"

#include "corpus/forms.h"
#include "corpus/iam_name.h"

#include <string.h>

static void line_names_give_form_and_number(void **state)
{
    (void)state;
    static const struct {
        const char *name, *form;
        size_t number;
    } cases[] = {{"a01-000u-01", "a01-000u", 1},
                 {"z01-000-12", "z01-000", 12},
                 {"a-1", "a", 1},
                 {"a01", "a01", 0},
                 {"-1", "-1", 0},
                 {"a-", "a-", 0},
                 {"a-1234567", "a-1234567", 0},
                 {"a-01x", "a-01x", 0},
                 {"", "", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t number, length = iam_form_of(cases[i].name, strlen(cases[i].name), &number);
        if (length != strlen(cases[i].form) || number != cases[i].number)
            fail_msg("%s: form of %zu bytes, number %zu", cases[i].name, length, number);
    }
}

static void transcriptions_are_read_as_they_come(void **state)
{
    (void)state;
    lh_error error = {0};
    forms all = {0};
    form *f = forms_get(&all, "a01-000", 7, &error);
    assert_non_null(f);
    const char *text = "OCR:\nx\nCSR:\r\n\r\n first\t \r\n\r\nd\xc3\xa9j\xc3\xa0 vu\n\n";
    check_ok(form_read_text(f, text, strlen(text), "f.txt", &error), &error);
    assert_int_equal(f->rows, 2);
    assert_string_equal(f->row[0], " first");
    assert_string_equal(f->row[1], "d\xc3\xa9j\xc3\xa0 vu");
    static const char *const bad[] = {"", "OCR:\nx\n", "CSR:\n\n \t\n", "CSR", "xCSR:\ntext"};
    static const char *const words[] = {
        "f.txt: has no row CSR:", "f.txt: has no row CSR:", "f.txt: has no rows behind CSR:",
        "f.txt: has no row CSR:", "f.txt: has no row CSR:"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        f = forms_get(&all, bad[i], strlen(bad[i]), &error);
        assert_non_null(f);
        check_fails(LH_ERROR_FORMAT, form_read_text(f, bad[i], strlen(bad[i]), "f.txt", &error),
                    &error, words[i]);
    }
    check_fails(LH_ERROR_FORMAT, form_read_text(f, "CSR:\na\0b", 8, "f.txt", &error), &error,
                "holds a zero byte");
    forms_free(&all);
}

static void thousands_of_forms_are_found_again(void **state)
{
    (void)state;
    lh_error error;
    forms all = {0};
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < 5000; i++) {
            char name[32];
            int length = snprintf(name, sizeof name, "a%zu-000", i);
            form *f = forms_get(&all, name, (size_t)length, &error);
            assert_non_null(f);
            assert_int_equal(f->last, pass == 0 ? 0 : i);
            f->last = i;
        }
    assert_int_equal(all.count, 5000);
    forms_free(&all);
}

static void splits_have_names(void **state)
{
    (void)state;
    unsigned mask;
    lh_error error;
    check_ok(lh_split_parse("trainset,testset_f,testset_t", &mask, &error), &error);
    assert_int_equal(mask, LH_SPLITS_PAPER_TRAINING);
    check_ok(lh_split_parse("none", &mask, &error), &error);
    assert_int_equal(mask, 1);
    check_ok(lh_split_parse("all", &mask, &error), &error);
    assert_int_equal(mask, 31);
    static const char *const bad[] = {"", "train", "trainset,", ",", "trainset, testset_v", "ALL"};
    static const char *const wrong_part[] = {"", "train", "", "", " testset_v", "ALL"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char named[40];
        snprintf(named, sizeof named, "no split '%s'; there are trainset, ", wrong_part[i]);
        check_fails(LH_ERROR_ARGUMENT, lh_split_parse(bad[i], &mask, &error), &error, named);
    }
    assert_int_equal(mask, 31);
    assert_string_equal(lh_split_name(LH_SPLIT_V), "testset_v");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_names_give_form_and_number),
        cmocka_unit_test(transcriptions_are_read_as_they_come),
        cmocka_unit_test(thousands_of_forms_are_found_again),
        cmocka_unit_test(splits_have_names),
    };
    return cmocka_run_group_tests_name("forms", tests, NULL, NULL);
}
