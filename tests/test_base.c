/* Base: the random stream, UTF-8, alphabets, whole-or-absent files. */
#include "check.h"

#include "base/visible.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void streams_of_one_seed_differ_and_repeat(void **state)
{
    (void)state;
    lh_rng a, b, c;
    lh_rng_seed(&a, 7, 0);
    lh_rng_seed(&b, 7, 0);
    lh_rng_seed(&c, 7, 1);
    int equal = 0;
    for (int i = 0; i < 1000; i++) {
        uint64_t value = lh_rng_next(&a);
        assert_int_equal(value, lh_rng_next(&b));
        equal += value == lh_rng_next(&c);
    }
    assert_int_equal(equal, 0);
}

static void xoshiro_gives_the_published_numbers(void **state)
{
    (void)state;
    /* From the state 1, 2, 3, 4; first outputs of the authors' xoshiro256starstar.c. */
    lh_rng rng = {{1, 2, 3, 4}};
    assert_int_equal(lh_rng_next(&rng), 11520);
    assert_int_equal(lh_rng_next(&rng), 0);
    assert_int_equal(lh_rng_next(&rng), 1509978240);
    assert_int_equal(lh_rng_next(&rng), 1215971899390074240);
}

static void normals_have_mean_zero_and_variance_one(void **state)
{
    (void)state;
    lh_rng rng;
    lh_rng_seed(&rng, 1, 0);
    double sum = 0, square = 0;
    enum { N = 200000 };
    for (int i = 0; i < N; i++) {
        double x = lh_rng_normal(&rng);
        sum += x;
        square += x * x;
    }
    assert_true(fabs(sum / N) < 0.01);
    assert_true(fabs(square / N - 1) < 0.015);
}

static void below_stays_below_and_reaches_all(void **state)
{
    (void)state;
    lh_rng rng;
    lh_rng_seed(&rng, 3, 0);
    int seen[7] = {0};
    for (int i = 0; i < 7000; i++) {
        uint64_t value = lh_rng_below(&rng, 7);
        assert_true(value < 7);
        seen[value]++;
    }
    for (int i = 0; i < 7; i++)
        assert_in_range(seen[i], 850, 1150);
}

static void utf8_survives_a_round_trip(void **state)
{
    (void)state;
    static const uint32_t points[] = {'a',   0x7f,   0x80,   0xe9,    0x7ff,
                                      0x800, 0x20ac, 0xffff, 0x10000, 0x10ffff};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        char bytes[5];
        size_t length = lh_utf8_encode(points[i], bytes);
        const char *at = bytes;
        assert_int_equal(lh_utf8_next(&at), points[i]);
        assert_ptr_equal(at, bytes + length);
    }
}

static void malformed_utf8_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"\x80",
                                      "\xc3",
                                      "\xc0\xaf",
                                      "\xe2\x82",
                                      "\xed\xa0\x80",
                                      "\xf8\x88\x80\x80\x80",
                                      "\xf4\x90\x80\x80",
                                      "\xff"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *at = bad[i];
        assert_int_equal(lh_utf8_next(&at), UINT32_MAX);
        assert_ptr_equal(at, bad[i] + 1);
    }
}

static void unknown_character_is_named(void **state)
{
    (void)state;
    lh_alphabet alphabet;
    assert_true(lh_alphabet_parse(&alphabet, "cba "));
    char *string = lh_alphabet_string(&alphabet);
    assert_string_equal(string, " abc");
    free(string);
    int32_t *indices;
    size_t count;
    lh_error error = {0};
    check_ok(lh_alphabet_encode(&alphabet, "a cab", &indices, &count, &error), &error);
    assert_int_equal(count, 5);
    assert_int_equal(indices[0], 1);
    assert_int_equal(indices[1], 0);
    free(indices);
    assert_int_equal(lh_alphabet_encode(&alphabet, "ab\xc3\xa9", &indices, &count, &error),
                     LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "\xc3\xa9"));
    assert_non_null(strstr(error.message, "character 3"));
    assert_non_null(strstr(error.message, "abc"));
}

static void outputs_appear_whole_or_not_at_all(void **state)
{
    (void)state;
    char folder[] = "/tmp/longhand-base-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[64];
    snprintf(path, sizeof path, "%s/out", folder);
    lh_error error = {0};
    lh_output *output = lh_output_open(path, &error);
    assert_non_null(output);
    fputs("half", lh_output_stream(output));
    lh_output_discard(output);
    assert_int_not_equal(access(path, F_OK), 0);
    output = lh_output_open(path, &error);
    assert_non_null(output);
    fputs("whole", lh_output_stream(output));
    check_ok(lh_output_commit(output, &error), &error);
    size_t size;
    char *text = lh_file_read(path, 100, &size, &error);
    assert_non_null(text);
    assert_string_equal(text, "whole");
    free(text);
    check_none(LH_ERROR_FORMAT, lh_file_read(path, 4, &size, &error), &error,
               "/out: larger than the 4 bytes");
    unlink(path);
    /* Nothing else may be left in the folder. */
    assert_int_equal(rmdir(folder), 0);
    assert_null(lh_output_open("/nonexistent/folder/file", &error));
    assert_non_null(strstr(error.message, "/nonexistent/folder/file"));
}

static void a_name_may_be_as_long_as_the_system_takes(void **state)
{
    (void)state;
    char folder[] = "/tmp/longhand-base-XXXXXX", path[300];
    assert_non_null(mkdtemp(folder));
    int length = snprintf(path, sizeof path, "%s/", folder);
    memset(path + length, 'n', 255);
    path[length + 255] = '\0';
    lh_error error = {0};
    check_ok(lh_output_end(lh_output_open(path, &error), LH_OK, &error), &error);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void a_full_disk_is_reported(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    lh_error error = {0};
    lh_output *output = lh_output_open("/dev/full", &error);
    assert_non_null(output);
    fputs("lost", lh_output_stream(output));
    assert_int_equal(lh_output_commit(output, &error), LH_ERROR_IO);
    assert_non_null(strstr(error.message, "/dev/full"));
    /* Also where whoever wrote to it knows only that it failed. */
    output = lh_output_open("/dev/full", &error);
    assert_non_null(output);
    setvbuf(lh_output_stream(output), NULL, _IONBF, 0);
    fputs("lost", lh_output_stream(output));
    lh_status status = lh_fail(&error, LH_ERROR_FORMAT, "a drawing failed");
    assert_int_equal(lh_output_end(output, status, &error), LH_ERROR_IO);
    assert_non_null(strstr(error.message, "/dev/full: cannot write: "));
}

static void an_output_ends_as_its_writing_went(void **state)
{
    (void)state;
    char folder[] = "/tmp/longhand-base-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[64];
    snprintf(path, sizeof path, "%s/out", folder);
    lh_error error = {0};
    lh_status status = lh_fail(&error, LH_ERROR_FORMAT, "nothing to draw");
    assert_int_equal(lh_output_end(NULL, status, &error), LH_ERROR_FORMAT);
    assert_int_equal(lh_output_end(lh_output_open(path, &error), status, &error), LH_ERROR_FORMAT);
    assert_string_equal(error.message, "nothing to draw");
    assert_int_not_equal(access(path, F_OK), 0);
    check_ok(lh_output_end(lh_output_open(path, &error), LH_OK, &error), &error);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

/* ---- what others wrote, shown ---------------------------------------------------------------- */

static const struct {
    const char *text, *shown, *json;
} foreign[] = {
    {"", "", ""},
    {"plain, caf\xc3\xa9 \xe2\x80\x9cx\xe2\x80\x9d \xf0\x9f\x99\x82",
     "plain, caf\xc3\xa9 \xe2\x80\x9cx\xe2\x80\x9d \xf0\x9f\x99\x82",
     "plain, caf\xc3\xa9 \xe2\x80\x9cx\xe2\x80\x9d \xf0\x9f\x99\x82"},
    {"a\x1b[2Jb\x7f", "a?[2Jb?", "a\x1b[2Jb\\u007f"}, /* JSON has no such ESC */
    {"a\nb\tc\r", "a b c ", "a\nb\tc\r"},
    {"\xc2\x9b\x33\x31m\xc2\x80\xc2\x9f\xc2\xa0", "?31m??\xc2\xa0",
     "\\u009b31m\\u0080\\u009f\xc2\xa0"},
    {"x\xe2\x80\xaey\xe2\x81\xa6z\xd8\x9c\xe2\x80\x8f", "x?y?z??",
     "x\\u202ey\\u2066z\\u061c\\u200f"},
    {"a\xff\x9bz\xe2\x80", "a??z??", "a\\ufffd\\ufffdz\\ufffd\\ufffd"},
    {"\xf3\xa0\x81\x81", "?", "\\udb40\\udc41"},
};

static void foreign_text_is_made_visible(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        char shown[100], small[4];
        size_t length = strlen(foreign[i].shown);
        assert_int_equal(visible_text(foreign[i].text, shown, sizeof shown), length);
        assert_string_equal(shown, foreign[i].shown);
        assert_int_equal(visible_text(foreign[i].text, small, sizeof small), length);
        assert_true(lh_utf8_valid(small) && strncmp(small, foreign[i].shown, strlen(small)) == 0);
        assert_int_equal(visible_text(foreign[i].text, NULL, 0), length);
        char *printed = NULL;
        FILE *stream = open_memstream(&printed, &length);
        visible_row(stream, "%s|%d", foreign[i].text, 7);
        visible_json(stream, foreign[i].text);
        assert_int_equal(fclose(stream), 0);
        char expected[200];
        snprintf(expected, sizeof expected, "%s|7\n%s\n", foreign[i].shown, foreign[i].json);
        assert_string_equal(printed, expected);
        free(printed);
    }
}

static void messages_are_visible_and_whole_characters(void **state)
{
    (void)state;
    lh_error error;
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        lh_fail(&error, LH_ERROR_FORMAT, "%s", foreign[i].text);
        assert_string_equal(error.message, foreign[i].shown);
    }
    char text[700];
    for (size_t before = 0; before < 4; before++) {
        memset(text, 'a', before);
        for (size_t k = before; k + 3 < sizeof text; k += 3)
            memcpy(text + k, "\xe2\x82\xac\0", 4);
        lh_fail(&error, LH_ERROR_FORMAT, "%s", text);
        assert_true(lh_utf8_valid(error.message));
        assert_null(strchr(error.message, '?'));
        assert_true(strlen(error.message) > sizeof error.message - 5);
        memset(text, '\x9b', sizeof text - 1);
        text[sizeof text - 1] = '\0';
        lh_fail(&error, LH_ERROR_FORMAT, "%s", text);
        assert_true(strlen(error.message) < sizeof error.message);
        assert_null(strchr(error.message, '\x9b'));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foreign_text_is_made_visible),
        cmocka_unit_test(messages_are_visible_and_whole_characters),
        cmocka_unit_test(streams_of_one_seed_differ_and_repeat),
        cmocka_unit_test(xoshiro_gives_the_published_numbers),
        cmocka_unit_test(normals_have_mean_zero_and_variance_one),
        cmocka_unit_test(below_stays_below_and_reaches_all),
        cmocka_unit_test(utf8_survives_a_round_trip),
        cmocka_unit_test(malformed_utf8_is_refused),
        cmocka_unit_test(unknown_character_is_named),
        cmocka_unit_test(outputs_appear_whole_or_not_at_all),
        cmocka_unit_test(an_output_ends_as_its_writing_went),
        cmocka_unit_test(a_name_may_be_as_long_as_the_system_takes),
        cmocka_unit_test(a_full_disk_is_reported),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
