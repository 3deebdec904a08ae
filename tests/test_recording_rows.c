/* Recordings: strokes of other programs sorted to rows of writing. */
#include "recorded.h"
#include "scribble.h"

enum { ROWS = 5, STROKES_MAX = 400 };

/* A page of scribbled rows as an SVG of polylines, and which row each stroke is of. */
typedef struct sheet {
    char *text;
    size_t row[STROKES_MAX]; /* of strokes in the order of the file */
    size_t strokes;
} sheet;

static void draw_stroke(FILE *stream, const lh_point *points, size_t count, double top)
{
    fputs("<polyline points=\"", stream);
    if (count == 1) /* drawn from itself to itself */
        fprintf(stream, "%g,%g ", (double)points[0].x, (double)points[0].y + top);
    for (size_t i = 0; i < count; i++)
        fprintf(stream, "%g,%g ", (double)points[i].x, (double)points[i].y + top);
    fputs("\"/>\n", stream);
}

/* `rows` rows, `pitch` heights of small letters apart, some long, some of one word; with
 * `backwards` the file has the last row first. */
static sheet draw_sheet(size_t rows, double pitch, const char *transform, bool backwards,
                        uint64_t seed)
{
    static const int words[ROWS] = {7, 6, 1, 7, 2};
    sheet s = {0};
    size_t size;
    lh_rng rng;
    lh_rng_seed(&rng, seed, 0);
    FILE *stream = open_memstream(&s.text, &size);
    assert_non_null(stream);
    fprintf(stream, SVG_OPEN "<g transform=\"%s\">", transform);
    for (size_t i = 0; i < rows; i++) {
        size_t row = backwards ? rows - 1 - i : i, at = 0, count;
        lh_ink *ink = scribble(words[row], &rng);
        const lh_point *points;
        while (lh_ink_next_stroke(ink, &at, &points, &count)) {
            assert_true(s.strokes < STROKES_MAX);
            draw_stroke(stream, points, count, pitch * SCRIBBLE_HEIGHT * (double)row);
            s.row[s.strokes++] = row;
        }
        lh_ink_free(ink);
    }
    fputs("</g>" SVG_CLOSE, stream);
    fclose(stream);
    return s;
}

/* The recording has these rows, and in each its strokes in the order of the file. A stroke is known
 * by its first point, which no other has. */
static void check_rows(const sheet *s, size_t rows, const char *what)
{
    lh_recording *recording = recorded(s->text);
    if (recording->count != rows)
        fail_msg("%s: %zu rows, not %zu", what, recording->count, rows);
    for (size_t row = 0; row < rows; row++) {
        size_t want = 0, got = 0, at = 0, count;
        const lh_point *points;
        for (size_t i = 0; i < s->strokes; i++)
            want += s->row[i] == row;
        while (lh_ink_next_stroke(recording->line[row].ink, &at, &points, &count))
            got++;
        if (want != got)
            fail_msg("%s: row %zu has %zu strokes, not %zu", what, row, got, want);
        assert_null(recording->line[row].text);
    }
    lh_recording_free(recording);
}

static void rows_are_found_at_any_size_slope_and_order(void **state)
{
    (void)state;
    static const char *const transforms[] = {"", "scale(0.02)", "rotate(4)", "rotate(-6)scale(30)"};
    for (uint64_t seed = 1; seed <= 8; seed++)
        for (size_t t = 0; t < sizeof transforms / sizeof *transforms; t++)
            for (size_t rows = 1; rows <= ROWS; rows++) {
                char what[80];
                snprintf(what, sizeof what, "seed %d, %zu rows, '%s'", (int)seed, rows,
                         transforms[t]);
                sheet s = draw_sheet(rows, 3.3, transforms[t], seed % 2 == 0, seed);
                check_rows(&s, rows, what);
                free(s.text);
            }
}

/* Letters in strokes of their own: x-height 10, rows 33 apart, strokes in the order given. */
static void check_letters(const char *elements, const size_t *strokes, size_t rows)
{
    lh_recording *recording = recorded_svg(elements);
    if (recording->count != rows)
        fail_msg("%s: %zu rows, not %zu", elements, recording->count, rows);
    for (size_t row = 0; row < rows; row++) {
        size_t got = 0;
        const lh_ink *ink = recording->line[row].ink;
        for (size_t i = 0; i < ink->count; i++)
            got += ink->points[i].end;
        if (got != strokes[row])
            fail_msg("%s: row %zu has %zu strokes, not %zu", elements, row, got, strokes[row]);
    }
    lh_recording_free(recording);
}

#define LETTERS(elements, ...)                                              \
    do {                                                                    \
        const size_t strokes[] = {__VA_ARGS__};                             \
        check_letters(elements, strokes, sizeof strokes / sizeof *strokes); \
    } while (0)
#define AT(x, y, letter) "<path transform=\"translate(" #x " " #y ")\" d=\"" letter "\"/>"
#define STEM "M0-20V0"                   /* l */
#define SMALL "M0-10L6 0M6-10L0 0"       /* x, two strokes */
#define TAIL "M6-10q-6 0-6 5t6 5v-10v20" /* g */
#define DOT "M0-16h.01"
#define COMMA "M0-1l-1 4"
#define BAR "M0-5h6"

static void marks_belong_to_their_row(void **state)
{
    (void)state;
    LETTERS(AT(0, 0, STEM) AT(9, 0, TAIL), 2);
    LETTERS(AT(0, 0, SMALL) AT(9, 0, BAR), 3);
    LETTERS(AT(0, 0, STEM), 1);
    LETTERS(AT(0, 0, BAR) AT(9, 0, BAR), 2);
    /* Written late, as dots often are: behind the next row. */
    LETTERS(AT(0, 0, SMALL) AT(9, 0, STEM) AT(20, 0, TAIL) AT(0, 33, SMALL) AT(9, 33, TAIL)
                AT(20, 33, STEM) AT(30, 33, DOT) AT(30, 0, COMMA) AT(30, 0, DOT) AT(33, 33, COMMA),
            6, 6);
}

/* The pen slips, or a hand touches the tablet: a dot far from all letters is in no row. */
static void a_slip_of_the_pen_is_in_no_row(void **state)
{
    (void)state;
    LETTERS(AT(0, 0, STEM) AT(9, 0, TAIL) AT(20, 60, DOT), 2);
    LETTERS(AT(0, 0, STEM) AT(9, 0, TAIL) AT(20, -40, DOT), 2);
    LETTERS(AT(0, 0, SMALL) AT(9, 0, STEM) AT(20, 0, TAIL) AT(0, 99, SMALL) AT(9, 99, TAIL)
                AT(20, 99, STEM) AT(15, 62, DOT),
            4, 4);
    /* Dots and commas are near. */
    LETTERS(AT(0, 0, SMALL) AT(9, 0, SMALL) AT(20, -5, DOT) AT(30, 20, DOT), 6);
    LETTERS(AT(0, 0, DOT), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_found_at_any_size_slope_and_order),
        cmocka_unit_test(marks_belong_to_their_row),
        cmocka_unit_test(a_slip_of_the_pen_is_in_no_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
