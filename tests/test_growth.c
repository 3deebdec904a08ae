/* Time and memory grow with the input, not with its square: inputs so large that the square would
 * be a thousand times as much and more, each within seconds of the processor. */
#include "check.h"
#include "recorded.h"

#include "corpus/forms.h"
#include "corpus/iam.h"
#include "document/manuscript.h"
#include "document/signs.h"
#include "document/table.h"
#include "page/nearest.h"
#include "train/log_read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* Seconds of the processor for one input; sound code takes one or two, with sanitizers some more.
 */
enum { SECONDS = 60 };

static lh_error error;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int start(void **state)
{
    static double began;
    began = seconds();
    *state = &began;
    return 0;
}

static int check_time(void **state)
{
    double took = seconds() - *(double *)*state;
    if (took < SECONDS)
        return 0;
    print_error("took %.0f s\n", took);
    return -1;
}

/* A text in the making. */
typedef struct writing {
    char *bytes;
    size_t size;
    FILE *stream;
} writing;

static writing *begin(writing *t)
{
    *t = (writing){0};
    t->stream = open_memstream(&t->bytes, &t->size);
    assert_non_null(t->stream);
    return t;
}

static char *end(writing *t)
{
    assert_int_equal(fclose(t->stream), 0);
    return t->bytes;
}

/* `head`, so many times `part`, `tail`; the caller frees. */
static char *repeated(const char *head, const char *part, size_t times, const char *tail)
{
    writing t;
    fputs(head, begin(&t)->stream);
    for (size_t i = 0; i < times; i++)
        fputs(part, t.stream);
    fputs(tail, t.stream);
    return end(&t);
}

/* ---- tables -----------------------------------------------------------------------------------
 */

static void a_table_of_a_million_columns_fills_a_template(void **state)
{
    (void)state;
    enum { COLUMNS = 1000000 };
    writing table, template;
    begin(&table);
    begin(&template);
    for (int i = 0; i < COLUMNS; i++) {
        fprintf(table.stream, "%sc%d", i ? "," : "", i);
        fprintf(template.stream, "{c%d}", COLUMNS - 1 - i);
    }
    putc('\n', table.stream);
    for (int i = 0; i < COLUMNS; i++)
        fprintf(table.stream, "%s%c", i ? "," : "", 'a' + i % 26);
    end(&table);
    end(&template);
    lh_table *read = lh_table_parse(table.bytes, "t.csv", &error);
    if (!read)
        fail_msg("%s", error.message);
    char *filled = lh_table_fill(read, 1, template.bytes, &error);
    if (!filled)
        fail_msg("%s", error.message);
    assert_int_equal(strlen(filled), COLUMNS);
    assert_int_equal(filled[0], 'a' + (COLUMNS - 1) % 26);
    free(filled);
    free(table.bytes);
    free(template.bytes);
    lh_table_free(read);
}

/* 20,000 rows of 100,000 columns would be 16 GB of pointers. */
static void a_ragged_table_takes_room_for_what_it_holds(void **state)
{
    (void)state;
    enum { COLUMNS = 100000, ROWS = 20000 };
    writing t;
    begin(&t);
    for (int i = 0; i < COLUMNS; i++)
        fprintf(t.stream, "%sc%d", i ? "," : "", i);
    for (int i = 0; i < ROWS; i++)
        fputs("\nx", t.stream);
    end(&t);
    lh_table *table = lh_table_parse(t.bytes, "t.csv", &error);
    assert_non_null(table);
    assert_int_equal(table->rows, ROWS);
    assert_string_equal(lh_table_get(table, ROWS, "c0"), "x");
    assert_string_equal(lh_table_get(table, ROWS, "c99999"), "");
    lh_table_free(table);
    free(t.bytes);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    assert_true(usage.ru_maxrss < 2000000); /* kilobytes */
}

static void a_template_that_would_be_endless_is_refused(void **state)
{
    (void)state;
    char *value = repeated("v\n", "x", 1000000, "\n");
    char *template = repeated("", "{v}", 1000000, "");
    lh_table *table = lh_table_parse(value, "t.csv", &error);
    assert_non_null(table);
    assert_null(lh_table_fill(table, 1, template, &error));
    assert_non_null(strstr(error.message, "more than 64 MB"));
    lh_table_free(table);
    free(value);
    free(template);
}

/* A blank is told from what is no blank by itself, not by all that is behind it. */
static void values_and_indents_of_blanks_are_filled(void **state)
{
    (void)state;
    enum { MANY = 8000000 };
    char *value = repeated("v\n", " ", MANY, "x\n"), *template = repeated("", " ", MANY, "{v}");
    lh_table *table = lh_table_parse(value, "t.csv", &error);
    assert_non_null(table);
    char *filled = lh_table_fill(table, 1, template, &error);
    if (!filled)
        fail_msg("%s", error.message);
    assert_int_equal(strlen(filled), 2 * MANY + 1);
    free(filled);
    free(template);
    free(value);
    lh_table_free(table);
}

/* ---- signs and texts --------------------------------------------------------------------------
 */

static void a_sign_of_many_rows_is_found_at_once(void **state)
{
    (void)state;
    enum { ROWS = 50000, FOUND = 200000 };
    lh_alphabet alphabet;
    assert_true(lh_alphabet_parse(&alphabet, " ab"));
    lh_signs *signs = lh_signs_new(&error);
    char *rows = repeated("U+2600-U+26FF a\nU+2601 b\n", "U+2000-U+2FFF \xe2\x98\x83\n", ROWS, "");
    check_ok(lh_signs_parse(signs, rows, "table", &error), &error);
    for (int i = 0; i < FOUND; i++) {
        const char *found = lh_signs_find(signs, i % 2 ? 0x2600 : 0x2601, &alphabet);
        assert_string_equal(found, i % 2 ? "a" : "b");
    }
    assert_null(lh_signs_find(signs, 0x2700, &alphabet));
    free(rows);
    /* Many characters that share a long replacement. */
    rows = repeated("", "\xe2\x98\x83", 100000, "");
    char *row = malloc(700000);
    assert_non_null(row);
    sprintf(row, "%s %s%s", rows, rows, "c");
    check_ok(lh_signs_parse(signs, row, "table", &error), &error);
    assert_string_equal(lh_signs_find(signs, 0x2603, &alphabet), "a");
    free(rows);
    free(row);
    lh_signs_free(signs);
}

static void check_read(const char *name, char *text, bool reflow, size_t passages, size_t manners)
{
    lh_alphabet alphabet;
    assert_true(lh_alphabet_parse(&alphabet, " ab\\"));
    const lh_manuscript_options options = {.alphabet = &alphabet, .reflow = reflow};
    lh_manuscript m;
    if (lh_manuscript_read(&m, text, &options, &error) != LH_OK)
        fail_msg("%s: %s", name, error.message);
    if (m.passages != passages || m.manners != manners)
        fail_msg("%s: %zu passages in %zu manners", name, m.passages, m.manners);
    lh_manuscript_clear(&m);
    free(text);
}

static void texts_of_one_thing_a_million_times_are_read(void **state)
{
    (void)state;
    enum { MANY = 300000 };
    check_read("rows", repeated("", "a\n", MANY, ""), false, MANY, 1);
    check_read("a row", repeated("", "ab ", MANY, ""), false, 1, 1);
    check_read("a paragraph", repeated("", "ab\n", MANY, ""), true, 1, 1);
    check_read("blanks", repeated("a", " ", MANY, "b"), false, 2, 1);
    check_read("open boxes", repeated("a", "\xe2\x90\xa3", MANY, "b"), false, 2, 1);
    check_read("tabs", repeated("a", "\tb", MANY, ""), false, MANY + 1, 1);
    check_read("commands", repeated("", "@bias 1\n", MANY, "a"), false, 1, MANY + 1);
    check_read("backslashes at ends", repeated("", "a\\\n", MANY, ""), true, MANY, 1);
    check_read("lone backslashes", repeated("a", "\n\\", MANY, ""), true, 1, 1);
    check_read("backslashes", repeated("", "\\ \\", MANY, ""), true, 1, 1);
    check_read("joiners", repeated("a", "\xe2\x81\xa0", MANY, ""), false, 1, 1);
}

/* Their time grows with the square, so there is a most. */
static void endless_words_and_names_are_refused_where_they_stand(void **state)
{
    (void)state;
    lh_alphabet alphabet;
    assert_true(lh_alphabet_parse(&alphabet, " ab"));
    const lh_manuscript_options options = {.alphabet = &alphabet};
    lh_manuscript m;
    char *text = repeated("a\nab ", "ab", 501, "");
    assert_int_equal(lh_manuscript_read(&m, text, &options, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "row 2, column 4: a word of more than 1000"));
    lh_manuscript_clear(&m);
    free(text);
    check_read("a long word", repeated("a\nab ", "ab", 500, ""), false, 2, 1);
    text = repeated("@style ", "ab", 5000, "\na");
    assert_int_equal(lh_manuscript_read(&m, text, &options, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "row 1: @style takes a name of at most"));
    lh_manuscript_clear(&m);
    free(text);
}

/* ---- recordings and logs ----------------------------------------------------------------------
 */

static void a_million_strokes_are_read(void **state)
{
    (void)state;
    enum { MANY = 1000000 };
    char *xml =
        repeated("<WhiteboardCaptureSession>", "<Stroke><Point x='1' y='2' time='3'/></Stroke>",
                 MANY, "</WhiteboardCaptureSession>");
    lh_ink *ink = iam_read_memory(xml, strlen(xml), "a.xml", &error);
    if (!ink)
        fail_msg("%s", error.message);
    assert_int_equal(ink->count, MANY);
    check_ok(lh_ink_clean(ink, &lh_cleaning_default, NULL, &error), &error);
    lh_ink_free(ink);
    free(xml);
}

/* Of a rule for many elements what it says is read once. */
static void a_style_sheet_of_many_selectors_is_read(void **state)
{
    (void)state;
    char *selectors = repeated(SVG_OPEN "<style>path", ",a", 250000, "{");
    char *rule = repeated(selectors, ";;", 250000, "stroke:none}</style>");
    char *file = repeated(rule, "<path d='M0 0h1'/>", 1, "<line x2='7'/>" SVG_CLOSE);
    lh_recording *read = recorded(file);
    assert_int_equal(read->count, 1);
    assert_float_equal(read->line[0].ink->points[1].x, 7, 0);
    lh_recording_free(read);
    free(selectors);
    free(rule);
    free(file);
}

static void a_transcription_of_a_million_rows_is_read(void **state)
{
    (void)state;
    enum { MANY = 1000000 };
    char *rows = repeated("CSR:\n", "a b\n", MANY, "");
    forms all = {0};
    form *f = forms_get(&all, "a01-000", 7, &error);
    assert_non_null(f);
    check_ok(form_read_text(f, rows, strlen(rows), "f.txt", &error), &error);
    assert_int_equal(f->rows, MANY);
    forms_free(&all);
    free(rows);
}

static void a_log_of_many_rows_is_read(void **state)
{
    (void)state;
    enum { MANY = 200000 };
    char *rows = repeated("",
                          "{\"kind\":\"train\",\"step\":1,\"epoch\":1,\"seconds\":1,"
                          "\"nats_per_line\":1}\n",
                          MANY, "");
    lh_training_log *log = lh_training_log_parse(rows, strlen(rows), "a.jsonl", &error);
    if (!log)
        fail_msg("%s", error.message);
    assert_int_equal(log->count, MANY);
    lh_training_log_free(log);
    free(rows);
}

/* ---- strokes ----------------------------------------------------------------------------------
 */

static float random_to(lh_rng *rng, double most)
{
    return (float)(most * lh_rng_uniform(rng));
}

/* A stroke that trembles within the reach of tangents and corners. */
static void a_stroke_that_stays_in_its_place_becomes_curves(void **state)
{
    (void)state;
    enum { MANY = 60000 };
    lh_point *points = calloc(MANY, sizeof *points);
    assert_non_null(points);
    lh_rng rng;
    lh_rng_seed(&rng, 1, 0);
    for (size_t i = 0; i < MANY; i++)
        points[i] = (lh_point){random_to(&rng, 0.01), random_to(&rng, 0.01), 0, i + 1 == MANY};
    lh_curve curve;
    check_ok(lh_curve_fit(points, MANY, 0.05f, &curve, &error), &error);
    assert_true(curve.curves >= 1);
    lh_curve_free(&curve);
    free(points);
}

/* Ends scattered, and ends in one place. */
static void the_nearest_of_many_strokes_is_found(void **state)
{
    (void)state;
    enum { MANY = 60000 };
    lh_vec2 *ends = calloc(2 * MANY, sizeof *ends);
    assert_non_null(ends);
    for (int kind = 0; kind < 2; kind++) {
        lh_rng rng;
        lh_rng_seed(&rng, 1, 0);
        for (size_t i = 0; i < 2 * MANY; i++)
            ends[i] = (lh_vec2){random_to(&rng, kind ? 0 : 100), random_to(&rng, kind ? 0 : 100)};
        lh_nearest *left = lh_nearest_new(ends, MANY);
        assert_non_null(left);
        lh_vec2 at = {0, 0};
        for (size_t i = 0; i < MANY; i++) {
            size_t next = lh_nearest_find(left, at);
            if (kind && next != i)
                fail_msg("of strokes in one place the %zu. is number %zu", i, next);
            lh_nearest_take(left, next);
            at = ends[2 * next];
        }
        lh_nearest_free(left);
    }
    free(ends);
}

/* As looking at all of them finds it, of equally near ones that of the least rank. */
static void the_nearest_is_the_nearest(void **state)
{
    (void)state;
    enum { MANY = 150 };
    lh_vec2 ends[2 * MANY];
    size_t rank[MANY];
    lh_rng rng;
    for (uint64_t seed = 0; seed < 40; seed++) {
        lh_rng_seed(&rng, seed, 0);
        for (size_t i = 0; i < 2 * MANY; i++) /* on a grid, many at the same distance */
            ends[i] = (lh_vec2){(float)lh_rng_below(&rng, 1 + seed), (float)lh_rng_below(&rng, 6)};
        lh_nearest *left = lh_nearest_new(ends, MANY);
        assert_non_null(left);
        for (size_t i = 0; i < MANY; i++)
            rank[i] = i;
        for (size_t taken = 0; taken < MANY; taken++) {
            lh_vec2 at = {(float)lh_rng_below(&rng, 9) - 1, random_to(&rng, 6)};
            size_t best = SIZE_MAX;
            double least = INFINITY;
            for (size_t i = 0; i < MANY; i++)
                for (int e = 0; e < 2 && rank[i] != SIZE_MAX; e++) {
                    double far = hypot((double)ends[2 * i + (size_t)e].x - (double)at.x,
                                       (double)ends[2 * i + (size_t)e].y - (double)at.y);
                    if (far < least || (far == least && rank[i] < rank[best])) {
                        least = far;
                        best = i;
                    }
                }
            assert_int_equal(lh_nearest_find(left, at), best);
            rank[best] = SIZE_MAX;
            lh_nearest_take(left, best);
            size_t other = lh_rng_below(&rng, MANY);
            if (rank[other] != SIZE_MAX)
                lh_nearest_rank(left, other, rank[other] = MANY + taken);
        }
        lh_nearest_free(left);
    }
}

#define TIMED(test) cmocka_unit_test_setup_teardown(test, start, check_time)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TIMED(a_table_of_a_million_columns_fills_a_template),
        TIMED(a_ragged_table_takes_room_for_what_it_holds),
        TIMED(a_template_that_would_be_endless_is_refused),
        TIMED(values_and_indents_of_blanks_are_filled),
        TIMED(a_sign_of_many_rows_is_found_at_once),
        TIMED(texts_of_one_thing_a_million_times_are_read),
        TIMED(endless_words_and_names_are_refused_where_they_stand),
        TIMED(a_million_strokes_are_read),
        TIMED(a_style_sheet_of_many_selectors_is_read),
        TIMED(a_transcription_of_a_million_rows_is_read),
        TIMED(a_log_of_many_rows_is_read),
        TIMED(a_stroke_that_stays_in_its_place_becomes_curves),
        TIMED(the_nearest_of_many_strokes_is_found),
        cmocka_unit_test(the_nearest_is_the_nearest),
    };
    return cmocka_run_group_tests_name("growth", tests, NULL, NULL);
}
