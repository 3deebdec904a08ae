/* What a search found, named and kept in a file: whole again, and nothing of rows that are none. */
#include "check.h"

#include "window/marks.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/longhand-marks-XXXXXX";
static lh_error error;

static int begin_all(void **state)
{
    (void)state;
    int file = mkstemp(path);
    return file < 0 ? -1 : close(file);
}

static int end_all(void **state)
{
    (void)state;
    return unlink(path);
}

static win_pattern pattern_of(int layer)
{
    return (win_pattern){.layers = 3,
                         .of = 400,
                         .layer = layer,
                         .on = WIN_ON,
                         .length = 25,
                         .cells = 3,
                         .cell = {0, 399, 7},
                         .way = {1, -1, 1}};
}

static void write_text(const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void what_is_kept_comes_again(void **state)
{
    (void)state;
    win_marks marks = {0}, again = {0};
    win_pattern first = pattern_of(0), second = pattern_of(2);
    second.on = WIN_ON_MOST;
    assert_true(win_marks_add(&marks, &first, "end of a word = here"));
    assert_true(win_marks_add(&marks, &second, "\u00e4"));
    check_ok(win_marks_write(&marks, path, &error), &error);
    win_marks_read(&again, path);
    assert_int_equal(again.count, 2);
    for (int i = 0; i < 2; i++) {
        const win_pattern *a = &marks.mark[i], *b = &again.mark[i];
        assert_string_equal(a->name, b->name);
        assert_int_equal(a->layers, b->layers);
        assert_int_equal(a->of, b->of);
        assert_int_equal(a->layer, b->layer);
        assert_int_equal(a->on, b->on);
        assert_int_equal(a->length, b->length);
        assert_int_equal(a->cells, b->cells);
        assert_memory_equal(a->cell, b->cell, sizeof a->cell);
        assert_memory_equal(a->way, b->way, sizeof a->way);
    }
}

static void rows_that_are_none_are_passed_over(void **state)
{
    (void)state;
    static const char *const rows[] = {"",
                                       "3",
                                       "3 400 1 13 25 = no cells\n",
                                       "3 400 1 13 25 1 2 3\n",
                                       "3 400 4 13 25 1 = layer\n",
                                       "3 400 1 13 25 401 = cell\n",
                                       "3 400 1 13 25 0 = cell\n",
                                       "3 400 1 13 0 1 = length\n",
                                       "3 400 1 99 25 1 = threshold\n",
                                       "3 400 1 13 25 1 =\n",
                                       "3 400 1 13 25 1 = \xff\n",
                                       "99999999999999999999 400 1 13 25 1 = huge\n",
                                       "3 400 1 13 25 -9223372036854775808 = huge\n",
                                       "3 400 1 13 25 1 2 3 4 5 6 7 8 9 10 11 12 13 = too many\n",
                                       "a b c d e f = letters\n"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        win_marks marks = {0};
        write_text(rows[i]);
        win_marks_read(&marks, path);
        if (marks.count > 0)
            fail_msg("'%s' is taken for a mark", rows[i]);
    }
    win_marks marks = {0};
    write_text("nothing\n3 400 1 13 25 1 -2 = good\n3 400");
    win_marks_read(&marks, path);
    assert_int_equal(marks.count, 1);
    assert_int_equal(marks.mark[0].way[1], -1);
    win_marks_read(&marks, "/no/such/file");
    assert_int_equal(marks.count, 1);
}

static void names_are_unique_and_room_is_limited(void **state)
{
    (void)state;
    win_marks marks = {0};
    char name[200];
    win_pattern pattern = pattern_of(0), other = pattern_of(1);
    for (int i = 0; i < WIN_MARKS; i++) {
        snprintf(name, sizeof name, "mark %d", i);
        assert_true(win_marks_add(&marks, &pattern, name));
    }
    assert_false(win_marks_add(&marks, &pattern, "one more"));
    assert_true(win_marks_add(&marks, &other, "mark 3"));
    assert_int_equal(marks.mark[3].layer, 1);
    assert_false(win_marks_drop(&marks, "one more"));
    assert_true(win_marks_drop(&marks, "mark 0"));
    assert_int_equal(marks.count, WIN_MARKS - 1);
    assert_string_equal(marks.mark[0].name, "mark 1");
    memset(name, 0, sizeof name);
    for (int i = 0; i < 60; i++)
        strcat(name, i % 2 ? "\u00e4" : "b"); /* cut, but not in a letter */
    assert_true(win_marks_add(&marks, &pattern, name));
    assert_true(lh_utf8_valid(marks.mark[marks.count - 1].name));
    assert_true(strlen(marks.mark[marks.count - 1].name) > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_comes_again),
        cmocka_unit_test(rows_that_are_none_are_passed_over),
        cmocka_unit_test(names_are_unique_and_room_is_limited),
    };
    return cmocka_run_group_tests(tests, begin_all, end_all);
}
