/* A text as words: its blanks, and the pieces that it is written in. */
#include "check.h"
#include "write_line.h"
#include "write_model.h"

#include "write/words.h"

#include <stdlib.h>
#include <string.h>

static void blanks_of_all_kinds_become_one(void **state)
{
    (void)state;
    char *plain = lh_words_plain("\n  two \t\r\n words ");
    assert_string_equal(plain, "two words");
    free(plain);
    plain = lh_words_plain(" \n ");
    assert_string_equal(plain, "");
    free(plain);
}

static void pieces_are_whole_words_of_good_length(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_words words;
    check_ok(lh_words_read(&words, &model->alphabet, long_text, &error), &error);
    size_t pieces = 0;
    for (size_t at = 0; at < words.count; pieces++) {
        size_t end = lh_words_cut(&words, at);
        assert_in_range(end - at, 14, 36);
        assert_true(end == words.count || words.character[end] == words.blank);
        assert_true(words.character[at] != words.blank);
        at = end + 1;
    }
    assert_in_range(pieces, words.count / 36, words.count / 20);
    lh_words_clear(&words);
    lh_model_free(model);
}

static void a_word_longer_than_a_piece_is_not_cut(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_words words;
    char text[120] = "a ";
    memset(text + 2, 'b', 90);
    strcpy(text + 92, " c");
    check_ok(lh_words_read(&words, &model->alphabet, text, &error), &error);
    size_t at = 0;
    while (at <= 2)
        at = lh_words_cut(&words, at) + 1;
    assert_in_range(at, 93, 95);
    lh_words_clear(&words);
    lh_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_of_all_kinds_become_one),
        cmocka_unit_test(pieces_are_whole_words_of_good_length),
        cmocka_unit_test(a_word_longer_than_a_piece_is_not_cut),
    };
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
