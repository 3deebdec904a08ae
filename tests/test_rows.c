/* The window's text is set out as a document's is: signs, empty rows, indents, tabs, long words. */
#include "check.h"

#include "document/signs.h"
#include "window/news.h"
#include "window/sheet.h"

#include <stdlib.h>

enum { WORDS = 40, WIDTH = 200 }; /* of words; units of each of their letters */

static win_sheet sheet;
static win_plain plain;
static win_parts parts;
static lh_alphabet alphabet;
static lh_signs *signs;
static lh_error error;

static int begin(void **state)
{
    (void)state;
    assert_true(lh_alphabet_parse(&alphabet, " abcdefghijklmnopqrstuvwxyz.-/12"));
    signs = lh_signs_new(&error);
    check_ok(lh_signs_parse(signs, "\xef\xac\x81 fi\n\xc2\xbd 1/2\n", "table", &error), &error);
    sheet = (win_sheet){.width = 1000, .margin = 50, .pitch = 70, .resume = -1};
    return 0;
}

static int end(void **state)
{
    (void)state;
    win_sheet_clear(&sheet);
    win_plain_clear(&plain);
    win_parts_clear(&parts);
    lh_signs_free(signs);
    return 0;
}

static void read_text(const char *typed)
{
    const win_letters letters = {&alphabet, signs, &parts};
    check_ok(win_plain_read(&plain, typed, &letters, &error), &error);
}

/* Ink of the words from `kept` on, each as wide as its letters, a letter's room between two. */
static void write_words(size_t kept)
{
    static lh_point point[2 * WORDS];
    static lh_trace trace[2 * WORDS];
    static lh_word word[WORDS];
    lh_ink ink = {.points = point};
    lh_written written = {.ink = &ink, .word = word, .trace = trace};
    float x = 0;
    for (size_t i = 0, c = 0; i < plain.words; i++) {
        size_t count = 0;
        while (c + count < plain.count && plain.letter[c + count] != ' ')
            count++;
        word[i] = (lh_word){
            .point = ink.count, .points = 2, .character = (int32_t)c, .count = (int32_t)count};
        point[ink.count++] = (lh_point){.x = x};
        x += (float)(WIDTH * count);
        point[ink.count++] = (lh_point){.x = x, .end = 1};
        x += WIDTH;
        c += count + 1;
    }
    written.words = plain.words;
    win_news *news = win_news_ink(&written, kept, 2 * kept);
    assert_non_null(news);
    assert_true(win_sheet_take(&sheet, news));
    win_news_free(news);
    assert_true(win_sheet_break(&sheet, kept, &plain));
}

/* The lines as "ROW@X:WORDS", X in tenths of the pitch. */
static void check_lines(const char *expected)
{
    char all[400] = "";
    for (size_t i = 0; i < sheet.lines; i++)
        sprintf(all + strlen(all), "%s%zu@%.0f:%zu", i > 0 ? " " : "", sheet.line[i].row,
                (double)(10 * sheet.line[i].x / sheet.pitch), sheet.line[i].words);
    assert_string_equal(all, expected);
}

static void signs_are_written_by_the_table_and_others_named(void **state)
{
    (void)state;
    char skipped[100];
    read_text("\xef\xac\x81ne \xc2\xbd \xe2\x98\x83 x\xe2\x98\x82");
    assert_string_equal(plain.text, "fine 1/2 x");
    assert_int_equal(plain.byte[1], 0); /* both letters stand for the one that was typed */
    assert_int_equal(plain.byte[2], 3);
    assert_int_equal(win_plain_skipped(&plain, skipped, sizeof skipped), 2);
    assert_string_equal(skipped, "\xe2\x80\x9c\xe2\x98\x82\xe2\x80\x9d, \xe2\x80\x9c\xe2\x98\x83"
                                 "\xe2\x80\x9d");
    assert_true(win_plain_skips(&plain, 0x2603) && !win_plain_skips(&plain, 'x'));
}

static void a_blank_at_the_end_says_that_the_word_is_whole(void **state)
{
    (void)state;
    read_text("one  two\n");
    assert_string_equal(plain.text, "one two ");
    assert_int_equal(plain.byte[4], 5);
    assert_int_equal(plain.byte[plain.count], 9);
    read_text("one two");
    assert_string_equal(plain.text, "one two");
    read_text("");
    assert_int_equal(plain.count, 0);
}

static void rows_indents_and_tabs_are_kept(void **state)
{
    (void)state;
    read_text("one\n\n  two\n\tthree\na\tb");
    write_words(0);
    check_lines("0@0:1 2@10:1 3@20:1 4@0:1 4@20:1");
    lh_vec2 at = win_sheet_at(&sheet, 4);
    assert_float_equal(at.x, sheet.margin + 2 * sheet.pitch, 0.01);
    assert_float_equal(at.y, win_sheet_row(&sheet, 3), 0.01);
    assert_int_equal(win_sheet_rows(&sheet), 5);
}

/* Typing goes on at the end: what is set out piece by piece lies where it would lie at once. */
static void what_comes_later_lies_as_if_it_were_all_there(void **state)
{
    (void)state;
    static const char typed[] = "some words of a text that goes on for more than a row\n\n"
                                "   and some that are further in\tand a tab\n- an item of a list "
                                "that goes on as well for a row and more";
    char before[sizeof typed], lines[2][400];
    for (size_t length = 4; length < sizeof typed; length++) {
        memcpy(before, typed, length);
        before[length] = '\0';
        if (!strchr(" \t\n", typed[length])) /* also at the end */
            continue;
        read_text(before);
        write_words(plain.words - 1);
    }
    for (int k = 0; k < 2; k++) {
        *lines[k] = '\0';
        for (size_t i = 0; i < sheet.lines; i++)
            sprintf(lines[k] + strlen(lines[k]), "%zu@%.2f:%zu+%zu ", sheet.line[i].row,
                    (double)sheet.line[i].x, sheet.line[i].word, sheet.line[i].words);
        win_sheet_break(&sheet, 0, &plain);
    }
    assert_true(sheet.lines > 6);
    assert_string_equal(lines[0], lines[1]);
}

static void a_long_word_is_parted(void **state)
{
    (void)state;
    read_text("a verylongwordthatgoesonandonandonandonandonandonandon b");
    write_words(0);
    assert_int_equal(win_sheet_wide_word(&sheet, 0), 1);
    assert_true(win_parts_add(&parts, &plain, 1, 20));
    read_text("a verylongwordthatgoesonandonandonandonandonandonandon b");
    assert_string_equal(plain.text, "a verylongwordthatgoe- sonandonandonandona- ndonandonandon b");
    assert_int_equal(plain.byte[21], plain.byte[23]); /* a hyphen stands nowhere */
    assert_int_equal(plain.words, 5);
    assert_true(win_parts_add(&parts, &plain, 2, 10)); /* a part that is still too wide */
    assert_false(win_parts_add(&parts, &plain, 2, 10));
    read_text("a verylongwordthatgoesonandonandonandonandonandonandon b");
    assert_int_equal(plain.words, 8);
    write_words(0);
    assert_int_equal(win_sheet_wide_word(&sheet, 0), SIZE_MAX);
}

static void what_moved_is_known(void **state)
{
    (void)state;
    win_plain before = {0};
    const win_letters letters = {&alphabet, signs, NULL};
    read_text("one two three\nfour");
    assert_int_equal(win_plain_moved(&plain, &before), 0);
    check_ok(win_plain_read(&before, "one two\nthree\nfour", &letters, &error), &error);
    assert_int_equal(win_plain_moved(&plain, &before), 2);
    check_ok(win_plain_read(&before, "one too three\nfour", &letters, &error), &error);
    assert_int_equal(win_plain_moved(&plain, &before), plain.words);
    win_plain_clear(&before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(signs_are_written_by_the_table_and_others_named, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_blank_at_the_end_says_that_the_word_is_whole, begin, end),
        cmocka_unit_test_setup_teardown(rows_indents_and_tabs_are_kept, begin, end),
        cmocka_unit_test_setup_teardown(what_comes_later_lies_as_if_it_were_all_there, begin, end),
        cmocka_unit_test_setup_teardown(a_long_word_is_parted, begin, end),
        cmocka_unit_test_setup_teardown(what_moved_is_known, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
