/* Files of Xournal++: what it writes, packed and not, and what is refused. */
#include "recorded.h"

#include <zlib.h>

#define OPEN                                                                           \
    "<?xml version=\"1.0\" standalone=\"no\"?>\n<xournal creator=\"Xournal++ 1.1.1\" " \
    "fileversion=\"4\">\n"                                                             \
    "<title>Xournal++ document - see https://xournalpp.github.io/</title>\n"
#define PAGE                                                                                 \
    "<page width=\"595.2\" height=\"841.8\"><background type=\"solid\" color=\"#ffffffff\" " \
    "style=\"lined\"/><layer>"
#define STROKE "<stroke tool=\"pen\" ts=\"0ll\" fn=\"\" color=\"#3333ccff\" width=\"1.41 0.9 1.1\">"
#define END_PAGE "</layer></page>\n"
#define CLOSE "</xournal>\n"

/* Two words of waves on one row, and one a row below; a highlighter over them. */
static const char two_rows[] = OPEN PAGE STROKE
    "10 100 14 80 18 100 22 80 26 100</stroke>" STROKE "60 100\n64 80 68 100 72 80 76 1e2</stroke>"
    "<stroke tool=\"highlighter\" width=\"8\">0 90 200 90</stroke>"
    "<text font=\"Sans\" size=\"12\" x=\"1\" y=\"1\">typed</text>" STROKE
    "10 200 14 180 18 200 22 180 26 200</stroke>" END_PAGE PAGE END_PAGE CLOSE;

static void check_two_rows(const lh_recording *got)
{
    assert_int_equal(got->count, 2);
    assert_int_equal(got->line[0].ink->count, 10);
    assert_int_equal(got->line[1].ink->count, 5);
    assert_null(got->line[0].text);
    const lh_point *p = got->line[0].ink->points;
    assert_true(p[0].x == 10 && p[0].y == 100 && p[4].end == 1 && p[5].x == 60 && p[9].end == 1);
    assert_true(p[1].time > p[0].time);
}

static void rows_of_a_page_are_lines(void **state)
{
    (void)state;
    lh_recording *got = recorded(two_rows);
    check_two_rows(got);
    lh_recording_free(got);
}

/* No program nests pages, but then the strokes of each count once. */
static void strokes_of_nested_pages_count_once(void **state)
{
    (void)state;
    lh_recording *got =
        recorded(OPEN "<page><page>" PAGE STROKE "10 100 14 80 18 100</stroke>" END_PAGE
                      "</page></page>" CLOSE);
    assert_int_equal(got->count, 1);
    assert_int_equal(got->line[0].ink->count, 3);
    lh_recording_free(got);
}

/* As gzip has it; the caller frees. */
static char *packed(const char *text, size_t *size)
{
    z_stream zlib = {0};
    *size = strlen(text) + 200;
    char *out = malloc(*size);
    assert_non_null(out);
    assert_int_equal(deflateInit2(&zlib, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY),
                     Z_OK);
    zlib.next_in = (unsigned char *)(uintptr_t)text;
    zlib.avail_in = (uInt)strlen(text);
    zlib.next_out = (unsigned char *)out;
    zlib.avail_out = (uInt)*size;
    assert_int_equal(deflate(&zlib, Z_FINISH), Z_STREAM_END);
    *size = zlib.total_out;
    deflateEnd(&zlib);
    return out;
}

static void packed_files_are_the_same(void **state)
{
    (void)state;
    size_t size;
    lh_error error;
    char *file = packed(two_rows, &size);
    lh_recording *got = recorded_try(file, size, &error);
    if (!got)
        fail_msg("%s", error.message);
    check_two_rows(got);
    lh_recording_free(got);
    for (size_t cut = 3; cut < size; cut += 7)
        recorded_refused_sized(file, cut, "unpacked");
    file[size / 2] ^= 0x55;
    recorded_refused_sized(file, size, "unpacked");
    free(file);
}

/* A file of a megabyte that unpacks to more than is read. */
static void a_bomb_is_refused(void **state)
{
    (void)state;
    const size_t most = 70 << 20;
    char *text = malloc(most + 1);
    assert_non_null(text);
    memset(text, ' ', most);
    text[most] = '\0';
    size_t size;
    char *file = packed(text, &size);
    recorded_refused_sized(file, size, "more than is read");
    free(file);
    free(text);
}

static void what_is_wrong_is_refused(void **state)
{
    (void)state;
    recorded_refused(OPEN PAGE END_PAGE CLOSE, "no strokes");
    recorded_refused(OPEN PAGE STROKE "1 2 3</stroke>" END_PAGE CLOSE, "no x and y, at '3'");
    recorded_refused(OPEN PAGE STROKE "1 2 x 4</stroke>" END_PAGE CLOSE, "at 'x 4'");
    recorded_refused(OPEN PAGE STROKE "1 2 1e99 4</stroke>" END_PAGE CLOSE, "at '1e99 4'");
    recorded_refused(OPEN PAGE STROKE "1 2 nan 4</stroke>" END_PAGE CLOSE, "at 'nan 4'");
    recorded_refused(OPEN PAGE STROKE "1 2", "drawn:");
    recorded_refused("<xournal>", "drawn:");
    for (size_t cut = 0; cut < sizeof two_rows - 1; cut += 13) {
        lh_error error;
        lh_recording *got = recorded_try(two_rows, cut, &error);
        assert_null(got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_a_page_are_lines),
        cmocka_unit_test(strokes_of_nested_pages_count_once),
        cmocka_unit_test(packed_files_are_the_same),
        cmocka_unit_test(a_bomb_is_refused),
        cmocka_unit_test(what_is_wrong_is_refused),
    };
    return cmocka_run_group_tests_name("xopp", tests, NULL, NULL);
}
