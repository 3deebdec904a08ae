/* The window's search on a sheet of ink that is made up: when it looks, what it finds and says. */
#include "check.h"

#include "window/news.h"
#include "window/search.h"

#include <stdlib.h>
#include <string.h>

enum { POINTS = 600, CELLS = 8, LETTER = 25 };

#define EMPTY                                                  \
    {                                                          \
        .width = 1e6f, .margin = 20, .pitch = 70, .resume = -1 \
    }

static win_sheet sheet;
static win_search search;
static win_plain plain;
static lh_alphabet alphabet;
static char text[POINTS / LETTER + 1];

/* Ink of one word a letter, 25 points each, by a network of so many cells; one is on throughout
 * each 'a', and no other is. */
static void write_ink(int cells, int on)
{
    static lh_point point[POINTS];
    static lh_trace trace[POINTS];
    static lh_word word[POINTS / LETTER];
    static int8_t cell[POINTS * CELLS];
    lh_ink ink = {.points = point, .count = POINTS};
    lh_written written = {.ink = &ink,
                          .word = word,
                          .words = POINTS / LETTER,
                          .trace = trace,
                          .cell = cell,
                          .layers = 1,
                          .cells = cells};
    memset(cell, 0, sizeof cell);
    for (int i = 0; i < POINTS; i++) {
        int letter = i / LETTER;
        point[i] = (lh_point){
            .x = (float)(i * 4), .time = (float)i * 0.015f, .end = i % LETTER == LETTER - 1};
        trace[i] = (lh_trace){.character = letter};
        word[letter] = (lh_word){
            .point = (size_t)(letter * LETTER), .points = LETTER, .character = letter, .count = 1};
        cell[i * cells + on] = text[letter] == 'a' ? 100 : 0;
    }
    win_news *news = win_news_ink(&written, 0, 0);
    assert_non_null(news);
    assert_true(win_sheet_take(&sheet, news));
    win_news_free(news);
    win_sheet_finish(&sheet);
}

static int begin(void **state)
{
    (void)state;
    memset(text, 'o', sizeof text - 1);
    text[4] = text[11] = text[18] = 'a';
    alphabet = (lh_alphabet){0};
    sheet = (win_sheet)EMPTY;
    search = (win_search){.shown = -1, .again = true};
    write_ink(CELLS, 3);
    lh_alphabet_parse(&alphabet, "ao");
    const win_letters letters = {.alphabet = &alphabet};
    lh_error error;
    return win_plain_read(&plain, text, &letters, &error) == LH_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    win_sheet_clear(&sheet);
    win_plain_clear(&plain);
    return 0;
}

static void a_letter_is_found_where_it_is_again(void **state)
{
    (void)state;
    win_search_mark(&search, (win_span){4 * LETTER, 5 * LETTER});
    win_search_update(&search, &sheet, &plain);
    assert_int_equal(search.found.cells, 1);
    assert_int_equal(search.found.cell[0], 3);
    assert_int_equal(search.found.places, 2);
    for (int i = 0; i < 2; i++) {
        size_t from = search.found.place[i].from;
        assert_true(from == 11 * LETTER || from == 18 * LETTER);
    }
    assert_non_null(strstr(search.words, "\u201ca\u201d: 1 cell of layer 1; also \u201ca\u201d"));
}

static void it_looks_again_only_for_what_is_new(void **state)
{
    (void)state;
    win_search_mark(&search, (win_span){4 * LETTER, 5 * LETTER});
    sheet.shown = 400;
    win_search_update(&search, &sheet, &plain);
    assert_int_equal(search.found.places, 1);
    unsigned version = search.version;
    sheet.shown = 410; /* little */
    win_search_update(&search, &sheet, &plain);
    assert_int_equal(search.searched, 400);
    assert_int_equal(search.version, version);
    sheet.shown = POINTS;
    win_search_update(&search, &sheet, &plain);
    assert_int_equal(search.found.places, 2);
    assert_true(search.version > version);
}

static void ink_that_is_gone_is_marked_no_more(void **state)
{
    (void)state;
    win_search_mark(&search, (win_span){11 * LETTER, 12 * LETTER});
    win_search_update(&search, &sheet, &plain);
    sheet.shown = 10 * LETTER + 5;
    win_search_update(&search, &sheet, &plain);
    assert_true(search.span.from == search.span.to);
    assert_non_null(strstr(search.words, "Select letters"));
    sheet.shown = 20;
    search.again = true;
    win_search_update(&search, &sheet, &plain);
    assert_non_null(strstr(search.words, "too little ink"));
}

static void what_was_kept_goes_with_its_network(void **state)
{
    (void)state;
    win_search_mark(&search, (win_span){4 * LETTER, 5 * LETTER});
    win_search_update(&search, &sheet, &plain);
    win_pattern pattern = win_search_pattern(&search, &sheet);
    strcpy(pattern.name, "a");
    assert_true(win_search_keep(&search, &sheet, &pattern));
    win_search_update(&search, &sheet, &plain);
    assert_int_equal(search.found.places, 3);
    win_sheet_clear(&sheet);
    sheet = (win_sheet)EMPTY;
    write_ink(2, 1);
    win_search_update(&search, &sheet,
                      &plain); /* as long: nothing else says that it is other ink */
    assert_int_equal(search.kept.cells, 0);
    assert_int_equal(search.found.cells, 0);
    assert_non_null(strstr(search.words, "Which cells know it?"));
    assert_false(win_search_keep(&search, &sheet, &pattern));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_letter_is_found_where_it_is_again, begin, end),
        cmocka_unit_test_setup_teardown(it_looks_again_only_for_what_is_new, begin, end),
        cmocka_unit_test_setup_teardown(ink_that_is_gone_is_marked_no_more, begin, end),
        cmocka_unit_test_setup_teardown(what_was_kept_goes_with_its_network, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
