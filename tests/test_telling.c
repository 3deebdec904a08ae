/* Cells that tell of something, on ink and cells that are made up. */
#include "check.h"

#include "window/news.h"
#include "window/telling.h"

#include <stdlib.h>
#include <string.h>

enum { POINTS = 1000, CELLS = 100, LAYERS = 2, LETTER = 20 };
enum { UP = 13, UPWARD = 57, AN_A = 120, BY_CHANCE = 150, DEGREES = 180 }; /* cells */

static win_sheet sheet;
static win_telling telling;
static win_plain plain;
static char text[POINTS / LETTER + 1];
static int8_t cell[POINTS][LAYERS * CELLS];

/* Ink of one stroke a letter, 20 points each, up and down by fours; words of four letters. Cells
 * make noise, but for those that tell of something. */
static void write_ink(void)
{
    static lh_point point[POINTS];
    static lh_trace trace[POINTS];
    static lh_word word[1];
    lh_ink ink = {.points = point, .count = POINTS};
    lh_written written = {.ink = &ink,
                          .word = word,
                          .words = 1,
                          .trace = trace,
                          .cell = cell[0],
                          .layers = LAYERS,
                          .cells = CELLS};
    word[0] = (lh_word){.points = POINTS, .count = POINTS / LETTER};
    for (int i = 0; i < POINTS; i++) {
        int letter = i / LETTER;
        bool up = i % 8 >= 1 && i % 8 <= 4; /* the way to the point goes up */
        point[i] = (lh_point){.x = (float)i,
                              .y = (float)(i % 8 < 4 ? -(i % 8) : i % 8 - 8),
                              .time = (float)i * 0.015f,
                              .end = i % LETTER == LETTER - 1};
        trace[i] = (lh_trace){.character = letter};
        for (int k = 0; k < LAYERS * CELLS; k++)
            cell[i][k] = (int8_t)((unsigned)(i * 7919 + k * 104729 + i * k * 31) % 41 - 20);
        cell[i][UP] = point[i].end ? 100 : 0;
        cell[i][UPWARD] = up && i % LETTER > 0 ? -90 : 10;
        cell[i][AN_A] = text[letter] == 'a' ? 60 : -20;
        cell[i][BY_CHANCE] = text[letter] == 'b' && i < POINTS / 2 ? 100 : 0;
        cell[i][DEGREES] = (int8_t)(text[letter] == ' ' ? 0 : 10 * (letter % 5));
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
    static const char letters[] = "oabo oaoo ";
    static lh_alphabet alphabet;
    alphabet = (lh_alphabet){0};
    for (size_t i = 0; i + 1 < sizeof text; i++)
        text[i] = letters[i % 10];
    text[sizeof text - 2] = 'o';
    sheet = (win_sheet){.width = 1e6f, .margin = 20, .pitch = 70, .resume = -1};
    telling = (win_telling){0};
    write_ink();
    lh_alphabet_parse(&alphabet, "abo ");
    const win_letters known = {.alphabet = &alphabet};
    lh_error error;
    return win_plain_read(&plain, text, &known, &error) == LH_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    win_telling_clear(&telling);
    win_sheet_clear(&sheet);
    win_plain_clear(&plain);
    return 0;
}

/* Until nothing is left to look at; returns in how many steps. */
static int look(const win_plain *says)
{
    int steps = 0;
    do {
        win_telling_update(&telling, &sheet, says);
        assert_true(++steps < 1000);
    } while (win_telling_works(&telling));
    return steps;
}

static const win_told *told_of(int which)
{
    for (int i = 0; i < telling.count; i++)
        if (telling.told[i].cell == which)
            return &telling.told[i];
    return NULL;
}

static void cells_that_tell_are_found_and_those_by_chance_are_not(void **state)
{
    (void)state;
    assert_true(look(&plain) > 3); /* not all in one frame */
    const win_told *up = told_of(UP), *upward = told_of(UPWARD), *letter = told_of(AN_A),
                   *degrees = told_of(DEGREES);
    assert_non_null(up);
    assert_int_equal(up->what, WIN_THING_UP);
    assert_float_equal(up->r, 1, 1e-3);
    assert_non_null(upward);
    assert_int_equal(upward->what, WIN_THING_UPWARD);
    assert_true(upward->r < -0.95);
    assert_non_null(letter);
    assert_int_equal(letter->what, WIN_THING_LETTER);
    assert_int_equal(letter->letter, 'a');
    assert_float_equal(letter->r, 1, 1e-3);
    assert_non_null(degrees);
    assert_int_equal(degrees->what, WIN_THING_PLACE);
    assert_null(told_of(BY_CHANCE));
    for (int i = 1; i < telling.count; i++)
        assert_true(telling.told[i].least <= telling.told[i - 1].least);
}

static void it_is_said_in_a_sentence(void **state)
{
    (void)state;
    char said[120];
    look(&plain);
    win_telling_say(told_of(AN_A), CELLS, said, sizeof said);
    assert_string_equal(said, "Cell 21 of layer 2 says yes in the letter \u201ca\u201d");
    win_telling_say(told_of(UPWARD), CELLS, said, sizeof said);
    assert_string_equal(said, "Cell 58 of layer 1 says no in upward strokes");
    win_telling_say(told_of(DEGREES), CELLS, said, sizeof said);
    assert_string_equal(said, "Cell 81 of layer 2 gives more, the further the pen is in a word");
}

static void without_a_text_it_tells_of_the_pen_alone(void **state)
{
    (void)state;
    look(NULL);
    assert_non_null(told_of(UP));
    for (int i = 0; i < telling.count; i++)
        assert_true(telling.told[i].what < WIN_THING_PLACE);
}

static void ink_that_is_gone_is_told_of_no_more(void **state)
{
    (void)state;
    look(&plain);
    assert_true(telling.count > 0);
    unsigned version = telling.version;
    assert_int_equal(look(&plain), 1); /* there is nothing new */
    assert_int_equal(telling.version, version);
    sheet.shown = 100;
    win_telling_update(&telling, &sheet, &plain);
    assert_int_equal(telling.count, 0);
    assert_true(telling.version != version);
    sheet.shown = sheet.points;
    sheet.version++;
    assert_true(look(&plain) > 3);
    assert_true(telling.count > 0);
    win_telling_update(&telling, &sheet, &plain);
    sheet.version++; /* in the midst of it */
    win_telling_update(&telling, &sheet, &plain);
    assert_true(win_telling_works(&telling));
    win_sheet_clear(&sheet);
    win_telling_update(&telling, &sheet, &plain);
    assert_int_equal(telling.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cells_that_tell_are_found_and_those_by_chance_are_not,
                                        begin, end),
        cmocka_unit_test_setup_teardown(it_is_said_in_a_sentence, begin, end),
        cmocka_unit_test_setup_teardown(without_a_text_it_tells_of_the_pen_alone, begin, end),
        cmocka_unit_test_setup_teardown(ink_that_is_gone_is_told_of_no_more, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
