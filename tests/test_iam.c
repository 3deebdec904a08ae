/* IAM-OnDB line files: what is read, what is refused and with which words, and writing them. */
#include "check.h"

#include "corpus/decimal.h"
#include "corpus/iam.h"
#include "tiny_corpus.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define HEAD "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"
#define OPEN HEAD "<WhiteboardCaptureSession>\n  <StrokeSet>\n"
#define CLOSE "  </StrokeSet>\n</WhiteboardCaptureSession>\n"
#define STROKE "<Stroke colour=\"black\" start_time=\"1\" end_time=\"2\">"

static lh_ink *read_text(const char *text, lh_error *error)
{
    /* Without the NUL, so that the sanitizer sees a step too far. */
    size_t size = strlen(text);
    char *copy = malloc(size + !size);
    assert_non_null(copy);
    memcpy(copy, text, size);
    lh_ink *ink = iam_read_memory(copy, size, "a01-000u-01.xml", error);
    free(copy);
    return ink;
}

static void check_refused(const char *text, const char *words)
{
    lh_error error = {0};
    lh_ink *ink = read_text(text, &error);
    if (ink)
        fail_msg("was read, and should have been refused with '%s'", words);
    assert_int_equal(error.status, LH_ERROR_FORMAT);
    if (!strstr(error.message, words) || strncmp(error.message, "a01-000u-01.xml:", 16) != 0)
        fail_msg("'%s' lacks the file's name or '%s'", error.message, words);
}

static void strokes_points_and_times_are_read(void **state)
{
    (void)state;
    lh_error error;
    lh_ink *ink =
        read_text(OPEN STROKE "<Point x=\"1073\" y=\"1058\" time=\"769.05\"/>"
                              "<Point time=\" 769.07 \" y=\"-5.5\" x=\"+12e1\"/></Stroke>"
                              "<Stroke/>" STROKE
                              "<Point x='0' y='.5' time='13794254.63'></Point></Stroke>" CLOSE,
                  &error);
    if (!ink)
        fail_msg("%s", error.message);
    assert_int_equal(ink->count, 3);
    const lh_point *p = ink->points;
    assert_float_equal(p[0].x, 1073, 0);
    assert_float_equal(p[0].time, 0, 0);
    assert_float_equal(p[1].x, 120, 0);
    assert_float_equal(p[1].y, -5.5, 0);
    assert_float_equal(p[1].time, 0.02, 1e-6);
    assert_float_equal(p[2].y, 0.5, 0);
    assert_int_equal(p[0].end, 0);
    assert_int_equal(p[1].end, 1);
    assert_int_equal(p[2].end, 1);
    lh_ink_free(ink);
}

static void points_outside_strokes_are_not_ink(void **state)
{
    (void)state;
    lh_error error;
    lh_ink *ink = read_text(OPEN "<Point x=\"1\" y=\"1\" time=\"1\"/>" STROKE
                                 "<Point x=\"2\" y=\"2\" time=\"2\"/></Stroke>"
                                 "<Point x=\"3\" y=\"3\" time=\"3\"/>" CLOSE,
                            &error);
    assert_non_null(ink);
    assert_int_equal(ink->count, 1);
    assert_float_equal(ink->points[0].x, 2, 0);
    lh_ink_free(ink);
}

/* A file of several encodings. */
typedef struct mixed {
    char bytes[8000];
    size_t size;
} mixed;

static void add_bytes(mixed *file, const char *bytes, size_t size)
{
    assert_true(file->size + size <= sizeof file->bytes);
    memcpy(file->bytes + file->size, bytes, size);
    file->size += size;
}

/* In UTF-16, little-endian. */
static void add_wide(mixed *file, const char *text)
{
    for (; *text; text++)
        add_bytes(file, (const char[]){*text, 0}, 2);
}

static void other_encodings_are_read(void **state)
{
    (void)state;
    lh_error error;
    lh_ink *ink = read_text(OPEN "<!-- caf\xe9 -->" STROKE
                                 "<Point x=\"2\" y=\"2\" time=\"2\"/></Stroke>" CLOSE,
                            &error);
    if (!ink)
        fail_msg("%s", error.message);
    assert_int_equal(ink->count, 1);
    lh_ink_free(ink);
    /* UTF-16, as it may come out of an editor. */
    static const char *const declared[] = {"", "<?xml version=\"1.0\" encoding=\"utf-16\"?>",
                                           "<?xml version=\"1.0\" encoding=\"UTF-16LE\"?>"};
    for (int i = 0; i < 3; i++) {
        char text[300];
        snprintf(text, sizeof text,
                 "%s<WhiteboardCaptureSession><Stroke><Point x=\"2\" y=\"3\" time=\"2\"/>"
                 "</Stroke></WhiteboardCaptureSession>",
                 declared[i]);
        mixed file = {.size = 0};
        add_bytes(&file, "\xff\xfe", 2);
        add_wide(&file, text);
        ink = iam_read_memory(file.bytes, file.size, "wide.xml", &error);
        if (!ink)
            fail_msg("%s: %s", declared[i], error.message);
        assert_float_equal(ink->points[0].y, 3, 0);
        lh_ink_free(ink);
    }
}

static void a_writer_is_read_where_there_is_one(void **state)
{
    (void)state;
    const char *text = OPEN "<Form id=\"a01-000u\" writerID=\"10027\"/>" STROKE
                            "<Point x=\"2\" y=\"2\" time=\"2\"/></Stroke>" CLOSE;
    char writer[IAM_WRITER];
    lh_error error;
    lh_ink *ink = iam_read_line(text, strlen(text), "a.xml", writer, &error);
    assert_non_null(ink);
    assert_string_equal(writer, "10027");
    lh_ink_free(ink);
    text = OPEN STROKE "<Point x=\"2\" y=\"2\" time=\"2\"/></Stroke>" CLOSE;
    ink = iam_read_line(text, strlen(text), "a.xml", writer, &error);
    assert_non_null(ink);
    assert_string_equal(writer, "");
    lh_ink_free(ink);
}

static void foreign_files_are_refused_by_name(void **state)
{
    (void)state;
    check_refused("", "malformed XML");
    check_refused("not XML at all", "malformed XML");
    check_refused(HEAD, "malformed XML");
    check_refused("<html><body/></html>", "starts with <html>");
    check_refused(OPEN CLOSE, "holds no strokes");
    check_refused(OPEN "<Stroke></Stroke>" CLOSE, "holds no strokes");
    check_refused("\x1f\x8b\x08 an archive", "malformed XML");
}

static void truncated_files_are_refused_by_name(void **state)
{
    (void)state;
    const char *whole = OPEN STROKE "<Point x=\"2\" y=\"2\" time=\"2\"/></Stroke>" CLOSE;
    size_t size = strlen(whole);
    for (size_t cut = 0; cut < size - 1; cut++) {
        char *text = strndup(whole, cut);
        assert_non_null(text);
        lh_error error = {0};
        lh_ink *ink = read_text(text, &error);
        if (ink)
            fail_msg("%zu of %zu bytes were taken for a whole file", cut, size);
        assert_int_equal(error.status, LH_ERROR_FORMAT);
        assert_non_null(strstr(error.message, "a01-000u-01.xml"));
        free(text);
    }
}

static void bad_points_are_named_with_their_row(void **state)
{
    (void)state;
#define POINT(attributes) OPEN STROKE "\n<Point " attributes "/></Stroke>" CLOSE
    check_refused(POINT("x=\"1\" y=\"2\""), ":5: <Point> lacks x, y or time");
    check_refused(POINT("x=\"\" y=\"2\" time=\"0\""), ":5: <Point> has an x, y or time");
    check_refused(POINT("x=\"1,5\" y=\"2\" time=\"0\""), "no number");
    check_refused(POINT("x=\"nan\" y=\"2\" time=\"0\""), "no number");
    check_refused(POINT("x=\"1e39\" y=\"2\" time=\"0\""), "no number");
    check_refused(POINT("x=\"inf\" y=\"2\" time=\"0\""), "no number");
    check_refused(POINT("x=\"1\" y=\"2\" time=\"-3e38\"/>\n<Point x=\"1\" y=\"2\" time=\"3e38\""),
                  ":6: <Point> has a time beyond all measure");
    check_refused(POINT("x=\"0x10\" y=\"2\" time=\"0\""), "no number");
    check_refused(POINT("x=\"1\" x=\"1\" y=\"2\" time=\"0\""), "malformed XML");
    check_refused(POINT("x=\"1\" y=\"2\" time=\"&a;\""), "a01-000u-01.xml:5");
}

static void document_types_are_refused_where_they_begin(void **state)
{
    (void)state;
    static const char *const types[] = {"",
                                        " SYSTEM \"http://x.invalid/\"",
                                        " [<!ENTITY a \"1\"><!ENTITY b \"&a;&a;&a;\">]",
                                        " [<!ENTITY a SYSTEM \"/etc/passwd\">]",
                                        " [<!ENTITY % p SYSTEM \"http://x.invalid/\">%p;]",
                                        " [<!ATTLIST Point a CDATA \"1\" b CDATA \"2\">]"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char text[400];
        snprintf(text, sizeof text,
                 HEAD "<!DOCTYPE WhiteboardCaptureSession%s>\n<WhiteboardCaptureSession><Stroke>"
                      "<Point x=\"1\" y=\"2\" time=\"0\"/></Stroke></WhiteboardCaptureSession>",
                 types[i]);
        check_refused(text, ":2: has a document type");
    }
}

/* A text that repeats `part`. */
static char *repeated(const char *head, const char *part, size_t times, const char *tail)
{
    size_t length = strlen(part), at = strlen(head);
    char *text = malloc(at + times * length + strlen(tail) + 1);
    assert_non_null(text);
    memcpy(text, head, at);
    for (size_t i = 0; i < times; i++, at += length)
        memcpy(text + at, part, length);
    strcpy(text + at, tail);
    return text;
}

/* What libxml2 would take the square of its length for. A million attributes would be minutes. */
static void tags_of_many_attributes_are_refused(void **state)
{
    (void)state;
    enum { MANY = 1000000 };
    char *many = malloc(MANY * 14 + 400);
    assert_non_null(many);
    static const char *const kinds[] = {"a", "xmlns:a"};
    for (size_t kind = 0; kind < 2; kind++) {
        char *end = many + sprintf(many, HEAD "<WhiteboardCaptureSession><!-- \" > -->\n<Stroke");
        for (int i = 0; i < MANY && end < many + MANY * 14; i++)
            end += sprintf(end, " %s%x='>'", kinds[kind], i);
        strcpy(end, "/></WhiteboardCaptureSession>");
        check_refused(many, ":3: a tag has more than 64 attributes");
    }
    free(many);
    /* Scopes in each other. */
    char *deep = repeated(OPEN, "<a xmlns:p=\"u\">", 100, "");
    check_refused(deep, "declares more than 64 namespaces");
    free(deep);
    /* Comments, sections and text may say what they like. */
    char *said = repeated(OPEN "<!-- \"<a", " a='1'", 100,
                          "--><![CDATA[<a a='1' b='2'>]]><?p '>?>x=\"1\" y='2'" STROKE
                          "<Point x=\"2\" y=\"2\" time=\"2\"/></Stroke>" CLOSE);
    lh_error error;
    lh_ink *ink = read_text(said, &error);
    if (!ink)
        fail_msg("%s", error.message);
    lh_ink_free(ink);
    free(said);
    /* In UTF-16 as well. */
    const char *text = "<WhiteboardCaptureSession";
    char *wide = calloc(4000, 2);
    size_t size = 0;
    for (; *text; text++, size += 2)
        wide[size] = *text;
    for (int i = 0; i < 100; i++)
        for (const char *c = " a=''"; *c; c++, size += 2)
            wide[size] = *c;
    assert_null(iam_read_memory(wide, size, "wide.xml", &error));
    assert_non_null(strstr(error.message, "wide.xml:1: a tag has more than 64 attributes"));
    free(wide);
}

static void encodings_that_hide_tags_are_refused(void **state)
{
    (void)state;
    check_refused("<?xml version=\"1.0\" encoding=\"UTF-7\"?><WhiteboardCaptureSession>\xe9",
                  "is in UTF-7");
    check_refused("<?xml version=\"1.0\" encoding=\"EBCDIC-US\"?><WhiteboardCaptureSession>\xe9",
                  "malformed XML");
    check_refused("\x4c\x6f\xa7\x94", "malformed XML");
    /* One of another width than the file begins in: libxml2 would go on in that. */
    lh_error error;
    char *rich = repeated("<WhiteboardCaptureSession", " a=''", 100, "><Stroke/>");
    mixed file = {.size = 0};
    add_bytes(&file, "<?xml version='1.0' encoding='UTF-16LE'", 39);
    add_wide(&file, "?>");
    add_wide(&file, rich);
    assert_null(iam_read_memory(file.bytes, file.size, "narrow.xml", &error));
    assert_non_null(strstr(error.message, "narrow.xml:1: says that it is in UTF-16LE, and is not"));
    /* How much of it is still read as it began depends on where the declaration ends. */
    static const char *const others[] = {"ISO-8859-1", "UTF-8", "UTF-16BE"};
    for (int i = 0; i < 3 * 120; i++) {
        char declared[200];
        file.size = 0;
        add_bytes(&file, "\xff\xfe", 2);
        snprintf(declared, sizeof declared, "<?xml version='1.0' encoding='%s'%*s?>", others[i % 3],
                 i / 3, "");
        add_wide(&file, declared);
        add_bytes(&file, rich, strlen(rich));
        assert_null(iam_read_memory(file.bytes, file.size, "wide.xml", &error));
        if (!strstr(error.message, "and is not") && !strstr(error.message, "malformed XML"))
            fail_msg("%s, %d blanks: %s", others[i % 3], i / 3, error.message);
    }
    free(rich);
}

static void oversized_files_are_refused(void **state)
{
    (void)state;
    char *deep = repeated(OPEN, "<a>", 5000, "");
    check_refused(deep, "malformed XML");
    free(deep);
    char *many = repeated(OPEN STROKE, "<Point x=\"1\" y=\"1\" time=\"1\"/>", IAM_MAX_POINTS + 1,
                          "</Stroke>" CLOSE);
    check_refused(many, "one too many");
    free(many);
    char *large = calloc(1, IAM_MAX_FILE + 2);
    assert_non_null(large);
    memset(large, ' ', IAM_MAX_FILE + 1);
    check_refused(large, "too large for a line file");
    free(large);
}

static void a_missing_file_is_named(void **state)
{
    (void)state;
    lh_error error;
    assert_null(lh_iam_read("/nowhere/a01-000u-01.xml", &error));
    assert_int_equal(error.status, LH_ERROR_IO);
    assert_non_null(strstr(error.message, "/nowhere/a01-000u-01.xml"));
}

/* ---- writing --------------------------------------------------------------------------------- */

static void check_round_trip(const lh_ink *ink)
{
    lh_error error;
    char *folder = tiny_folder(), *path = tiny_path(folder, "line.xml");
    check_ok(lh_iam_write(ink, path, &error), &error);
    lh_ink *back = lh_iam_read(path, &error);
    if (!back)
        fail_msg("%s", error.message);
    assert_int_equal(back->count, ink->count);
    for (size_t i = 0; i < ink->count; i++)
        if (memcmp(&back->points[i], &ink->points[i], sizeof *ink->points) != 0)
            fail_msg("point %zu came back as (%.9g, %.9g) at %.9g instead of (%.9g, %.9g) at %.9g",
                     i, (double)back->points[i].x, (double)back->points[i].y,
                     (double)back->points[i].time, (double)ink->points[i].x,
                     (double)ink->points[i].y, (double)ink->points[i].time);
    lh_ink_free(back);
    free(path);
    tiny_remove(folder);
}

static lh_ink *random_ink(void)
{
    lh_error error;
    lh_rng rng;
    lh_rng_seed(&rng, 3, 0);
    lh_ink *ink = lh_ink_new(&error);
    assert_non_null(ink);
    for (int i = 0; i < 3000; i++) {
        double size = pow(10, 40 * lh_rng_uniform(&rng) - 30);
        lh_point point = {.x = (float)fmin(size * lh_rng_normal(&rng), FLT_MAX),
                          .y = (float)(1000 * lh_rng_normal(&rng)),
                          .time = (float)(i * lh_rng_uniform(&rng)),
                          .end = i == 2999 || lh_rng_below(&rng, 10) == 0};
        assert_true(isfinite(point.x));
        check_ok(lh_ink_add(ink, point, &error), &error);
    }
    ink->points[0].time = 0;
    ink->points[1].x = FLT_MAX;
    ink->points[2].x = -FLT_MIN;
    ink->points[3].x = FLT_TRUE_MIN;
    return ink;
}

static void written_ink_reads_back_to_the_same_points(void **state)
{
    (void)state;
    lh_ink *ink = random_ink();
    check_round_trip(ink);
    lh_ink_free(ink);
}

static void a_locale_with_a_decimal_comma_changes_nothing(void **state)
{
    (void)state;
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") && !setlocale(LC_NUMERIC, "fr_FR.UTF-8")) {
        print_message("no such locale is installed\n");
        skip();
    }
    lh_ink *ink = random_ink();
    check_round_trip(ink);
    setlocale(LC_NUMERIC, "C");
    lh_ink_free(ink);
}

static void decimals_are_right_to_a_float(void **state)
{
    (void)state;
    static const char *const numbers[] = {"0",
                                          "-0",
                                          "1",
                                          "13794254.63",
                                          "0.1",
                                          ".5",
                                          "5.",
                                          "123456789012345678901234567890",
                                          "0.000000000000000000000000000000000000012",
                                          "3.4028235e38",
                                          "1e-45",
                                          "1E+3",
                                          "00000000000000000000000000000000000000001",
                                          "4.35",
                                          "2.2250738585072011e-308"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double value, expected = strtod(numbers[i], NULL);
        assert_true(decimal_read(numbers[i], numbers[i] + strlen(numbers[i]), &value));
        if (fabs(value - expected) > 4e-16 * fabs(expected) && (float)value != (float)expected)
            fail_msg("%s was read as %.17g", numbers[i], value);
    }
    static const char *const others[] = {"",     " ",     "-",   ".",   "e5",
                                         "1e",   "1e+",   "1 2", "--1", "1e400",
                                         "4e38", "1.2.3", "0x1", "1f",  "infinity"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        double value;
        if (decimal_read(others[i], others[i] + strlen(others[i]), &value))
            fail_msg("'%s' was taken for %g", others[i], value);
    }
}

enum { READERS = 4, RACES = 40 };

static atomic_int readers_waiting;

/* Returns NULL when the line was read. */
static void *read_at_once(void *user)
{
    atomic_fetch_sub(&readers_waiting, 1);
    while (atomic_load(&readers_waiting) > 0)
        ;
    lh_error error;
    lh_ink *ink = read_text(OPEN STROKE "<Point x='1' y='2' time='3'/></Stroke>" CLOSE, &error);
    lh_ink_free(ink);
    return ink ? NULL : user;
}

static int race_to_read_first(void)
{
    pthread_t readers[READERS];
    int unread = 0;
    atomic_store(&readers_waiting, READERS);
    for (int i = 0; i < READERS; i++)
        if (pthread_create(&readers[i], NULL, read_at_once, &unread) != 0)
            return EXIT_FAILURE;
    for (int i = 0; i < READERS; i++) {
        void *wrong;
        pthread_join(readers[i], &wrong);
        unread += wrong != NULL;
    }
    return unread ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* libxml2 sets itself up when it is first used, and before 2.11 not safely on two threads at once.
 * Each race is in a process that has not read yet; the leak sanitizer sees what was set up twice.
 * Has to come before what reads in this process. */
static void threads_may_be_the_first_to_read(void **state)
{
    (void)state;
    for (int i = 0; i < RACES; i++) {
        fflush(stdout);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            exit(race_to_read_first());
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS)
            fail_msg("race %d ended with status %#x", i, (unsigned)status);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_may_be_the_first_to_read),
        cmocka_unit_test(strokes_points_and_times_are_read),
        cmocka_unit_test(points_outside_strokes_are_not_ink),
        cmocka_unit_test(other_encodings_are_read),
        cmocka_unit_test(a_writer_is_read_where_there_is_one),
        cmocka_unit_test(foreign_files_are_refused_by_name),
        cmocka_unit_test(truncated_files_are_refused_by_name),
        cmocka_unit_test(bad_points_are_named_with_their_row),
        cmocka_unit_test(document_types_are_refused_where_they_begin),
        cmocka_unit_test(tags_of_many_attributes_are_refused),
        cmocka_unit_test(encodings_that_hide_tags_are_refused),
        cmocka_unit_test(oversized_files_are_refused),
        cmocka_unit_test(a_missing_file_is_named),
        cmocka_unit_test(written_ink_reads_back_to_the_same_points),
        cmocka_unit_test(a_locale_with_a_decimal_comma_changes_nothing),
        cmocka_unit_test(decimals_are_right_to_a_float),
    };
    return cmocka_run_group_tests_name("iam", tests, NULL, NULL);
}
