/* InkML: our own files read back, what others write, and what is refused. */
#include "recorded.h"
#include "scribble.h"

#include <math.h>

#define OPEN "<ink xmlns=\"http://www.w3.org/2003/InkML\">\n"
#define CLOSE "</ink>\n"

/* ---- our own files ----------------------------------------------------------------------------
 */

enum { LINES = 3 };
static const char *const texts[LINES] = {"plain words", "\"<&>\" \xc3\xa4\xe2\x82\xac 'quoted'",
                                         "a, b"};

static lh_page *letter(void)
{
    lh_rng rng;
    lh_rng_seed(&rng, 7, 0);
    lh_error error = {0};
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    assert_non_null(page);
    for (int i = 0; i < LINES; i++) {
        lh_ink *ink = scribble(5, &rng);
        lh_placing placing = {20, lh_paper_row(&lh_paper_default, i), 0.0213f,
                              i == 1 ? 0x1f3a93 : 0x101010};
        check_ok(lh_page_add_line(page, ink, texts[i], placing, &error), &error);
        lh_ink_free(ink);
    }
    return page;
}

/* The caller frees. */
static char *inkml_of(const lh_page *page, size_t count)
{
    struct {
        char *data;
        size_t size;
    } out = {0};
    const lh_page *pages[] = {page, page};
    lh_error error = {0};
    FILE *stream = open_memstream(&out.data, &out.size);
    check_ok(lh_inkml_write(pages, count, stream, &error), &error);
    fclose(stream);
    return out.data;
}

static void our_own_files_come_back(void **state)
{
    (void)state;
    lh_page *page = letter();
    char *text = inkml_of(page, 2);
    assert_non_null(strstr(text, "value=\"#1f3a93\""));
    lh_recording *got = recorded(text);
    assert_int_equal(got->count, 2 * LINES);
    for (size_t i = 0; i < got->count; i++) {
        const lh_page_line line = lh_page_get(page, i % LINES);
        const lh_ink *ink = got->line[i].ink;
        assert_string_equal(got->line[i].text, texts[i % LINES]);
        assert_int_equal(ink->count, line.ink->count);
        for (size_t k = 0; k < ink->count; k++) {
            const lh_point *a = &ink->points[k], *b = &line.ink->points[k];
            const double x = (double)line.placing.x + (double)line.placing.scale * (double)b->x;
            const double y = (double)line.placing.y + (double)line.placing.scale * (double)b->y;
            if (fabs((double)a->x - x) > 7e-5 || fabs((double)a->y - y) > 7e-5 ||
                fabs((double)a->time - (double)b->time) > 6e-5 || a->end != b->end)
                fail_msg("point %zu of line %zu: %g, %g at %g, not %g, %g", k, i, (double)a->x,
                         (double)a->y, (double)a->time, x, y);
        }
    }
    lh_recording_free(got);
    free(text);
    lh_page_free(page);
}

/* ---- files of others --------------------------------------------------------------------------
 */

static void check_points(const lh_ink *ink, const float (*expected)[3], size_t count)
{
    assert_int_equal(ink->count, count);
    for (size_t i = 0; i < count; i++)
        if (fabsf(ink->points[i].x - expected[i][0]) > 1e-4f ||
            fabsf(ink->points[i].y - expected[i][1]) > 1e-4f ||
            fabsf(ink->points[i].time - expected[i][2]) > 1e-4f)
            fail_msg("point %zu: %g, %g at %g", i, (double)ink->points[i].x,
                     (double)ink->points[i].y, (double)ink->points[i].time);
}

static void differences_are_followed(void **state)
{
    (void)state;
    /* The example of the standard, and one that returns to plain values and repeats. */
    lh_recording *got = recorded(OPEN "<trace>1125 18432,'23'43,\"7\"-8,3-5,7-3</trace>" CLOSE);
    static const float standard[][3] = {{1125, 18432, 0},
                                        {1148, 18475, 0.01f},
                                        {1178, 18510, 0.02f},
                                        {1211, 18540, 0.03f},
                                        {1251, 18567, 0.04f}};
    assert_int_equal(got->count, 1);
    assert_null(got->line[0].text);
    check_points(got->line[0].ink, standard, 5);
    lh_recording_free(got);
    got = recorded(OPEN "<trace> 5 6.5 ,\n' 1 '-2, * *, !.5!1e1, * * </trace>" CLOSE);
    static const float more[][3] = {
        {5, 6.5f, 0}, {6, 4.5f, 0.01f}, {7, 2.5f, 0.02f}, {0.5f, 10, 0.03f}, {0.5f, 10, 0.04f}};
    check_points(got->line[0].ink, more, 5);
    lh_recording_free(got);
}

static void channels_are_found_wherever_they_stand(void **state)
{
    (void)state;
    lh_recording *got = recorded(
        OPEN
        "<definitions><context><inkSource><traceFormat><channel name=\"F\"/>"
        "<channel name=\"T\"/><channel name=\"Y\" orientation=\"-ve\"/><channel name=\"B\"/>"
        "<channel name=\"X\"/><intermittentChannels><channel name=\"Y\"/></intermittentChannels>"
        "</traceFormat></inkSource></context></definitions>"
        "<trace>#ff 1500 20 T 10, ? 1600 21 F 11 99</trace>" CLOSE);
    static const float expected[][3] = {{10, -20, 0}, {11, -21, 0.1f}};
    check_points(got->line[0].ink, expected, 2);
    lh_recording_free(got);
    got = recorded(OPEN "<traceFormat><channel name=\"X\"/><channel name=\"Y\"/>"
                        "<channel name=\"T\" units=\"s\"/></traceFormat>"
                        "<trace>0 0 3, 1 1 4.5</trace>" CLOSE);
    static const float seconds[][3] = {{0, 0, 0}, {1, 1, 1.5f}};
    check_points(got->line[0].ink, seconds, 2);
    lh_recording_free(got);
}

static void groups_that_say_what_they_read_are_lines(void **state)
{
    (void)state;
    lh_recording *got = recorded(
        OPEN "<trace>0 0, 9 9</trace><traceGroup><annotation type=\"id\">7</annotation>"
             "<traceGroup><trace>1 1, 2 2</trace><annotation type=\"label\"> a &amp; b\n"
             "</annotation></traceGroup>"
             "<traceGroup><annotation type=\"truth\">words</annotation><traceGroup>"
             "<annotation type=\"truth\">wo</annotation><trace>3 3,4 4</trace></traceGroup>"
             "<trace>5 5,6 6</trace></traceGroup></traceGroup>" CLOSE);
    assert_int_equal(got->count, 2);
    assert_string_equal(got->line[0].text, "a & b");
    assert_string_equal(got->line[1].text, "words");
    assert_int_equal(got->line[0].ink->count, 2);
    assert_int_equal(got->line[1].ink->count, 4);
    lh_recording_free(got);
    /* One text for all of it. */
    got = recorded(OPEN "<annotation type=\"truth\">x^2</annotation><traceGroup><trace>1 1, 2 2"
                        "</trace></traceGroup><trace>300 900</trace>" CLOSE);
    assert_int_equal(got->count, 1);
    assert_string_equal(got->line[0].text, "x^2");
    assert_int_equal(got->line[0].ink->count, 3);
    lh_recording_free(got);
}

/* Traces of no text, out of order. */
static void traces_alone_are_sorted_to_rows(void **state)
{
    (void)state;
    char text[4000] = OPEN;
    for (int i = 0; i < 24; i++) {
        const int row = i % 2, x = 30 * (i / 2), y = 200 * row;
        snprintf(text + strlen(text), sizeof text - strlen(text),
                 "<trace>%d %d, %d %d, %d %d, %d %d</trace>\n", x, y, x + 8, y - 40, x + 16, y,
                 x + 20, y - 20);
    }
    strcat(text, CLOSE);
    lh_recording *got = recorded(text);
    assert_int_equal(got->count, 2);
    for (int row = 0; row < 2; row++) {
        assert_int_equal(got->line[row].ink->count, 48);
        assert_true((got->line[row].ink->points[0].y > 100) == (row > 0));
    }
    lh_recording_free(got);
}

static void lifted_pens_are_passed_over_and_traces_go_on(void **state)
{
    (void)state;
    lh_recording *got = recorded(
        OPEN "<trace continuation=\"begin\">1 1, 2 2</trace><trace type=\"penUp\">7 7</trace>"
             "<trace continuation=\"end\">3 3</trace><trace>4 4</trace>" CLOSE);
    const lh_ink *ink = got->line[0].ink;
    assert_int_equal(ink->count, 4);
    static const int ends[] = {0, 0, 1, 1};
    for (int i = 0; i < 4; i++)
        assert_int_equal(ink->points[i].end, ends[i]);
    lh_recording_free(got);
}

/* ---- what is refused --------------------------------------------------------------------------
 */

static void check_refused(const char *text, size_t size, const char *words)
{
    lh_error error = {0};
    lh_recording *got = recorded_try(text, size, &error);
    if (got)
        fail_msg("read: %.200s", text);
    if (error.status != LH_ERROR_FORMAT || !strstr(error.message, words))
        fail_msg("'%s', without '%s'", error.message, words);
}

static void malformed_files_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } cases[] = {
        {OPEN CLOSE, "holds no strokes"},
        {OPEN "<trace/><trace> </trace>" CLOSE, "holds no strokes"},
        {OPEN "<trace>1 2, 3</trace>" CLOSE,
         "drawn:2: <trace> has a point that lacks a value, at '3'"},
        {OPEN "<trace>1 2,,3 4</trace>" CLOSE, "lacks a value, at ',3 4'"},
        {OPEN "<trace>* 2</trace>" CLOSE, "lacks a value"},
        {OPEN "<trace>'1 '2</trace>" CLOSE, "lacks a value"},
        {OPEN "<trace>1 ?</trace>" CLOSE, "has a value that is none, at '1 ?'"},
        {OPEN "<trace>1 two</trace>" CLOSE, "has a value that is none"},
        {OPEN "<trace>#1 2</trace>" CLOSE, "has a value that is none"},
        {OPEN "<trace>3e38 0,'3e38'0</trace>" CLOSE, "beyond all measure"},
        {OPEN "<traceFormat><channel name=\"X\"/></traceFormat><trace>1 2</trace>" CLOSE,
         "has no channel X or no channel Y"},
        {OPEN "<traceFormat><channel name=\"Y\"/><channel name=\"Y\"/></traceFormat>" CLOSE,
         "has no channel X or no channel Y"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_refused(cases[i].text, strlen(cases[i].text), cases[i].words);
}

static void truncated_files_are_refused(void **state)
{
    (void)state;
    lh_page *page = letter();
    char *text = inkml_of(page, 1);
    const size_t size = strlen(text) - 1; /* a newline may lack */
    for (size_t i = strlen("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ink "); i < size;
         i += i < 1200 ? 1 : 97)
        check_refused(text, i, "drawn:");
    free(text);
    lh_page_free(page);
}

/* `begin`, `count` times `piece`, `end`. */
static char *repeated(const char *begin, const char *piece, size_t count, const char *end)
{
    const size_t length = strlen(piece);
    char *text = malloc(strlen(begin) + count * length + strlen(end) + 1);
    assert_non_null(text);
    char *at = stpcpy(text, begin);
    for (size_t i = 0; i < count; i++, at += length)
        memcpy(at, piece, length);
    strcpy(at, end);
    return text;
}

static void huge_files_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *begin, *piece;
        size_t count;
        const char *end, *words;
    } cases[] = {
        {OPEN "<annotation type=\"truth\">a</annotation><trace>", "1 2,", (1 << 20) + 1,
         "3 4</trace>" CLOSE, "more points than are read"},
        {OPEN, "<traceGroup>", 300, CLOSE, "drawn:"},
        {OPEN "<trace>", "1 2,", (64 << 20) / 4, "</trace>" CLOSE, "too large for a file of InkML"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = repeated(cases[i].begin, cases[i].piece, cases[i].count, cases[i].end);
        check_refused(text, strlen(text), cases[i].words);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_own_files_come_back),
        cmocka_unit_test(differences_are_followed),
        cmocka_unit_test(channels_are_found_wherever_they_stand),
        cmocka_unit_test(groups_that_say_what_they_read_are_lines),
        cmocka_unit_test(traces_alone_are_sorted_to_rows),
        cmocka_unit_test(lifted_pens_are_passed_over_and_traces_go_on),
        cmocka_unit_test(malformed_files_are_refused),
        cmocka_unit_test(truncated_files_are_refused),
        cmocka_unit_test(huge_files_are_refused),
    };
    return cmocka_run_group_tests_name("inkml", tests, NULL, NULL);
}
