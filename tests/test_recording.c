/* Recordings: our own files read back, the shapes of SVG, and what is refused. */
#include "recorded.h"
#include "scribble.h"

#include "base/extremes.h"

#include <math.h>
#include <unistd.h>

/* ---- our own files ----------------------------------------------------------------------------
 */

enum { LINES = 3 };
static const char *const texts[LINES] = {"plain words", "\"<&>\" \xc3\xa4\xe2\x82\xac 'quoted'",
                                         "a\tb"};

static lh_page *letter(lh_ruling ruling)
{
    lh_rng rng;
    lh_rng_seed(&rng, 7, 0);
    lh_error error = {0};
    lh_paper paper = lh_paper_default;
    paper.ruling = ruling;
    lh_page *page = lh_page_new(&paper, &error);
    assert_non_null(page);
    for (int i = 0; i < LINES; i++) {
        lh_ink *ink = scribble(5, &rng);
        lh_placing placing = {20, lh_paper_row(&paper, i), 0.0213f, 0x101010};
        check_ok(lh_page_add_line(page, ink, texts[i], placing, &error), &error);
        lh_ink_free(ink);
    }
    return page;
}

typedef lh_status write_pages(const lh_page *const *pages, size_t count, FILE *stream,
                              lh_error *error);

static lh_recording *read_back(const lh_page *const *pages, size_t count, write_pages *write)
{
    char *text = NULL;
    size_t size = 0;
    lh_error error = {0};
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    check_ok(write(pages, count, stream, &error), &error);
    fclose(stream);
    lh_recording *recording = recorded(text);
    free(text);
    return recording;
}

static lh_status write_picture(const lh_page *const *pages, size_t count, FILE *stream,
                               lh_error *error)
{
    return lh_svg_write(pages, count, &lh_svg_defaults, stream, error);
}

static lh_status write_itself(const lh_page *const *pages, size_t count, FILE *stream,
                              lh_error *error)
{
    lh_svg_options options = lh_svg_defaults;
    options.speed = 1;
    return lh_svg_write(pages, count, &options, stream, error);
}

/* From (x, y) to the pieces of a stroke. */
static double distance_to(const lh_point *p, size_t count, double x, double y)
{
    double least = hypot(x - (double)p[0].x, y - (double)p[0].y);
    for (size_t i = 0; i + 1 < count; i++) {
        double px = (double)p[i].x, py = (double)p[i].y;
        double dx = (double)p[i + 1].x - px, dy = (double)p[i + 1].y - py;
        double length = dx * dx + dy * dy;
        double u = length > 0 ? ((x - px) * dx + (y - py) * dy) / length : 0;
        u = u < 0 ? 0 : u > 1 ? 1 : u;
        lh_lower(&least, hypot(x - px - u * dx, y - py - u * dy));
    }
    return least;
}

/* Every reading of a page's line, `top` mm down the file, lies on the stroke that was read. */
static void check_line(const lh_page_line *line, const lh_recorded_line *got, double top)
{
    size_t at = 0, other_at = 0, count, other_count, strokes = 0;
    const lh_point *points, *other;
    assert_string_equal(got->text, line->text);
    for (; lh_ink_next_stroke(line->ink, &at, &points, &count); strokes++) {
        assert_true(lh_ink_next_stroke(got->ink, &other_at, &other, &other_count));
        assert_int_equal(other[other_count - 1].end, 1);
        for (size_t i = 0; i < count; i++) {
            double x = (double)(line->placing.x + line->placing.scale * points[i].x);
            double y = (double)(line->placing.y + line->placing.scale * points[i].y) + top;
            double off = distance_to(other, other_count, x, y);
            if (!(off < (double)lh_svg_defaults.tolerance + 0.01))
                fail_msg("stroke %zu, reading %zu: %g mm off", strokes, i, off);
        }
    }
    assert_false(lh_ink_next_stroke(got->ink, &other_at, &other, &other_count));
    assert_true(strokes >= 5);
}

static void our_svg_comes_back_without_its_paper(void **state)
{
    (void)state;
    static const lh_ruling rulings[] = {LH_PLAIN, LH_RULED, LH_SQUARED};
    for (size_t r = 0; r < sizeof rulings / sizeof *rulings; r++) {
        lh_page *page = letter(rulings[r]);
        const lh_page *pages[] = {page, page};
        lh_recording *recording = read_back(pages, 2, write_picture);
        assert_int_equal(recording->count, 2 * LINES);
        for (size_t i = 0; i < recording->count; i++) {
            lh_page_line line = lh_page_get(page, i % LINES);
            check_line(&line, &recording->line[i],
                       i < LINES ? 0 : (double)lh_page_paper(page)->height + 10);
        }
        lh_recording_free(recording);
        lh_page_free(page);
    }
}

static void a_file_that_writes_itself_gives_its_times(void **state)
{
    (void)state;
    lh_page *page = letter(LH_RULED);
    const lh_page *const pages[] = {page};
    lh_recording *recording = read_back(pages, 1, write_itself);
    assert_int_equal(recording->count, LINES);
    for (size_t i = 0; i < LINES; i++) {
        lh_page_line line = lh_page_get(page, i);
        check_line(&line, &recording->line[i], 0);
        size_t at = 0, other_at = 0, count, other_count;
        const lh_point *p, *q;
        while (lh_ink_next_stroke(line.ink, &at, &p, &count) &&
               lh_ink_next_stroke(recording->line[i].ink, &other_at, &q, &other_count)) {
            float start = line.ink->points[0].time;
            assert_float_equal(q[0].time, p[0].time - start, 0.011);
            assert_float_equal(q[other_count - 1].time, p[count - 1].time - start, 0.031);
        }
    }
    lh_recording_free(recording);
    recording = read_back(pages, 1, write_picture);
    for (size_t i = 0; i < recording->line[0].ink->count; i++)
        assert_float_equal(recording->line[0].ink->points[i].time, 0.01 * (double)i, 1e-4);
    lh_recording_free(recording);
    lh_page_free(page);
}

static void a_stroke_of_many_tints_is_one_stroke(void **state)
{
    (void)state;
    lh_page *page = letter(LH_PLAIN);
    lh_error error = {0};
    size_t count = lh_page_get(page, 0).ink->count;
    lh_tint *tint = calloc(count, sizeof *tint);
    assert_non_null(tint);
    for (size_t i = 0; i < count; i++)
        tint[i] = (lh_tint){0x101010 + (uint32_t)(i / 5 % 7), 0.5f};
    check_ok(lh_page_set_tints(page, 0, tint, count, &error), &error);
    free(tint);
    const lh_page *const pages[] = {page};
    lh_recording *recording = read_back(pages, 1, write_picture);
    lh_page_line line = lh_page_get(page, 0);
    check_line(&line, &recording->line[0], 0);
    lh_recording_free(recording);
    lh_page_free(page);
}

static void json_lines_come_back_as_they_were(void **state)
{
    (void)state;
    lh_page *page = letter(LH_PLAIN);
    const lh_page *const pages[] = {page};
    lh_recording *recording = read_back(pages, 1, lh_json_lines_write);
    assert_int_equal(recording->count, LINES);
    for (size_t i = 0; i < LINES; i++) {
        lh_page_line line = lh_page_get(page, i);
        assert_string_equal(recording->line[i].text, texts[i]);
        assert_int_equal(recording->line[i].ink->count, line.ink->count);
        assert_memory_equal(recording->line[i].ink->points, line.ink->points,
                            line.ink->count * sizeof *line.ink->points);
    }
    lh_recording_free(recording);
    lh_page_free(page);
}

static void iam_files_are_told_by_what_they_hold(void **state)
{
    (void)state;
    lh_rng rng;
    lh_rng_seed(&rng, 9, 0);
    lh_ink *ink = scribble(3, &rng);
    lh_error error = {0};
    char path[] = "/tmp/longhand-recording-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    check_ok(lh_iam_write(ink, path, &error), &error);
    lh_recording *recording = lh_recording_read(path, &error);
    if (!recording)
        fail_msg("%s", error.message);
    assert_int_equal(recording->count, 1);
    assert_null(recording->line[0].text);
    assert_int_equal(recording->line[0].ink->count, ink->count);
    lh_recording_free(recording);
    assert_non_null(freopen(path, "r", stdin));
    recording = lh_recording_read("-", &error);
    if (!recording)
        fail_msg("%s", error.message);
    assert_int_equal(recording->line[0].ink->count, ink->count);
    lh_recording_free(recording);
    unlink(path);
    assert_null(lh_recording_read(path, &error));
    assert_int_equal(error.status, LH_ERROR_IO);
    assert_non_null(strstr(error.message, path));
    lh_ink_free(ink);
}

/* ---- shapes -----------------------------------------------------------------------------------
 */

/* The strokes of shapes are these: corners in a row, NAN ends a stroke. */
static void check_corners(const char *elements, const double *corner, size_t numbers)
{
    lh_error error = {0};
    lh_recording *recording = recorded_svg(elements);
    lh_ink *ink = recording->line[0].ink;
    for (size_t i = 1; i < recording->count; i++) /* rows: which they are is told elsewhere */
        check_ok(lh_ink_append(ink, recording->line[i].ink, 0, 0, 0, &error), &error);
    size_t at = 0;
    for (size_t i = 0; i + 1 < numbers; i += 2, at++) {
        if (at >= ink->count)
            fail_msg("%s: only %zu points", elements, at);
        const lh_point *p = &ink->points[at];
        bool end = i + 2 == numbers || isnan(corner[i + 2]);
        if (fabs((double)p->x - corner[i]) > 1e-4 || fabs((double)p->y - corner[i + 1]) > 1e-4 ||
            p->end != (end ? 1 : 0))
            fail_msg("%s: point %zu is (%g, %g) %u, not (%g, %g) %d", elements, at, (double)p->x,
                     (double)p->y, p->end, corner[i], corner[i + 1], end);
        i += end ? 1 : 0;
    }
    assert_int_equal(at, ink->count);
    lh_recording_free(recording);
}

#define CORNERS(elements, ...)                                           \
    do {                                                                 \
        const double corner[] = {__VA_ARGS__};                           \
        check_corners(elements, corner, sizeof corner / sizeof *corner); \
    } while (0)
#define PATH(data) "<path d=\"" data "\"/>"

static void straight_paths_are_read_in_every_spelling(void **state)
{
    (void)state;
    CORNERS(PATH("M1 2L3 4"), 1, 2, 3, 4);
    CORNERS(PATH("M1,2 3,4 5,6"), 1, 2, 3, 4, 5, 6);
    CORNERS(PATH(" m 1 2 , 3 4\n\tl1-2"), 1, 2, 4, 6, 5, 4);
    CORNERS(PATH("M1-2-3-4"), 1, -2, -3, -4);
    CORNERS(PATH("M.5.5.25-.25"), 0.5, 0.5, 0.25, -0.25);
    CORNERS(PATH("M1e1 2E-1L+3.e0,-4e+0"), 10, 0.2, 3, -4);
    CORNERS(PATH("M1 2H5V7h-2v-3"), 1, 2, 5, 2, 5, 7, 3, 7, 3, 4);
    CORNERS(PATH("M1 2H3 5 7"), 1, 2, 3, 2, 5, 2, 7, 2);
    CORNERS(PATH("M1 1h2v2z"), 1, 1, 3, 1, 3, 3, 1, 1);
    CORNERS(PATH("M1 1h2v2zl-1 0"), 1, 1, 3, 1, 3, 3, 1, 1, 0, 1);
    CORNERS(PATH("M1 1h2m1 1h2"), 1, 1, 3, 1, NAN, 4, 2, 6, 2);
    CORNERS(PATH("M1 1h1zm5 5h1"), 1, 1, 2, 1, 1, 1, NAN, 6, 6, 7, 6);
    CORNERS(PATH("M5 6z"), 5, 6);
    CORNERS(PATH("M5 6M7 8h1"), 7, 8, 8, 8);
    /* Other ends of curves than their own are corners. */
    CORNERS(PATH("M0 0A0 5 0 0 1 3 4"), 0, 0, 3, 4);
    CORNERS("<polyline points=\"1,2 3,4,5 6-7-8\"/>", 1, 2, 3, 4, 5, 6, -7, -8);
    CORNERS("<polygon points=\"1 2 3 4 5 2\"/>", 1, 2, 3, 4, 5, 2, 1, 2);
    CORNERS("<line x1=\"1\" y2=\"25.4mm\" x2=\"2px\" y1=\"-.5in\"/>", 1, -48, 2, 96);
}

static void strokes_that_go_on_are_one(void **state)
{
    (void)state;
    CORNERS(PATH("M1 2L3 4") PATH("M3 4L5 5"), 1, 2, 3, 4, 5, 5);
    CORNERS(PATH("M1 2L3 4") PATH("M3.01 4L5 5"), 1, 2, 3, 4, NAN, 3.01, 4, 5, 5);
}

/* The way of a cubic curve, worked out from its control points by repeated halving of lines (de
 * Casteljau), at u. */
static void casteljau(const double *p, double u, double at[2])
{
    double q[8];
    memcpy(q, p, sizeof q);
    for (int left = 3; left > 0; left--)
        for (int i = 0; i < 2 * left; i++)
            q[i] += u * (q[i + 2] - q[i]);
    at[0] = q[0];
    at[1] = q[1];
}

/* A path is the curves of these control points: p0 p1 p2 p3 p1 p2 p3 ... */
static void check_curves(const char *elements, const double *control, size_t curves)
{
    lh_recording *recording = recorded_svg(elements);
    const lh_ink *ink = recording->line[0].ink;
    double length = 0;
    for (size_t i = 0; i < 6 * curves; i += 2)
        lh_raise(&length, hypot(control[i + 2] - control[i], control[i + 3] - control[i + 1]));
    for (size_t i = 0; i < curves; i++)
        for (int s = 0; s <= 50; s++) {
            double at[2];
            casteljau(control + 6 * i, s / 50.0, at);
            double off = distance_to(ink->points, ink->count, at[0], at[1]);
            if (!(off < 0.006 * length))
                fail_msg("%s: curve %zu is off by %g at %g", elements, i, off, s / 50.0);
        }
    const lh_point *last = &ink->points[ink->count - 1];
    assert_float_equal(last->x, control[6 * curves], 1e-4);
    assert_float_equal(last->y, control[6 * curves + 1], 1e-4);
    assert_true(ink->count >= 4 * curves + 1 && ink->count <= 20 * curves + 1);
    lh_recording_free(recording);
}

#define CURVES(elements, ...)                                                        \
    do {                                                                             \
        const double control[] = {__VA_ARGS__};                                      \
        check_curves(elements, control, (sizeof control / sizeof *control - 2) / 6); \
    } while (0)

static void curves_are_followed(void **state)
{
    (void)state;
    CURVES(PATH("M0 0C0 10 10 10 10 0"), 0, 0, 0, 10, 10, 10, 10, 0);
    CURVES(PATH("M5 5c0 10 10 10 10 0 0-10 10-10 10 0"), 5, 5, 5, 15, 15, 15, 15, 5, 15, -5, 25, -5,
           25, 5);
    /* S goes on with the control point mirrored; behind anything else it is where the pen is. */
    CURVES(PATH("M0 0C0 10 10 10 10 0S20-10 20 0"), 0, 0, 0, 10, 10, 10, 10, 0, 10, -10, 20, -10,
           20, 0);
    CURVES(PATH("M5 5s10 10 10 0"), 5, 5, 5, 5, 15, 15, 15, 5);
    CURVES(PATH("M0 0c0 1e1 10 1e1 10 0s10-10 10 0"), 0, 0, 0, 10, 10, 10, 10, 0, 10, -10, 20, -10,
           20, 0);
    /* A square curve has its control points two thirds of the way to the one it has. */
    CURVES(PATH("M0 0Q6 12 12 0"), 0, 0, 4, 8, 8, 8, 12, 0);
    CURVES(PATH("M0 0Q6 12 12 0T24 0"), 0, 0, 4, 8, 8, 8, 12, 0, 16, -8, 20, -8, 24, 0);
    CURVES(PATH("M1 1q6 12 12 0t12 0"), 1, 1, 5, 9, 9, 9, 13, 1, 17, -7, 21, -7, 25, 1);
    CURVES(PATH("M3 0T9 0"), 3, 0, 3, 0, 9, 0, 9, 0);
}

/* All points lie on the ellipse, and the farthest to each side are these. */
static void check_arc(const char *data, double cx, double cy, double rx, double ry, double turn,
                      lh_box box)
{
    char elements[200];
    snprintf(elements, sizeof elements, "<path d=\"%s\"/>", data);
    lh_recording *recording = recorded_svg(elements);
    const lh_ink *ink = recording->line[0].ink;
    double c = cos(turn), s = sin(turn);
    for (size_t i = 0; i < ink->count; i++) {
        double x = (double)ink->points[i].x - cx, y = (double)ink->points[i].y - cy;
        double size = hypot((c * x + s * y) / rx, (c * y - s * x) / ry);
        if (!(fabs(size - 1) < 1e-4))
            fail_msg("%s: point %zu is at %g of the ellipse", data, i, size);
    }
    lh_box got = lh_ink_bounds(ink);
    const float *want = &box.left, *have = &got.left;
    for (int i = 0; i < 4; i++)
        if (!(fabsf(have[i] - want[i]) < 0.01f * (float)(rx + ry)))
            fail_msg("%s: side %d is %g, not %g", data, i, (double)have[i], (double)want[i]);
    lh_recording_free(recording);
}

static void arcs_are_followed(void **state)
{
    (void)state;
    /* The four arcs of one radius between two points. */
    check_arc("M0 0A10 10 0 0 0 10 10", 10, 0, 10, 10, 0, (lh_box){0, 0, 10, 10});
    check_arc("M0 0A10 10 0 0 1 10 10", 0, 10, 10, 10, 0, (lh_box){0, 0, 10, 10});
    check_arc("M0 0A10 10 0 1 0 10 10", 0, 10, 10, 10, 0, (lh_box){-10, 0, 10, 20});
    check_arc("M0 0A10 10 0 1 1 10 10", 10, 0, 10, 10, 0, (lh_box){0, -10, 20, 10});
    /* Flags run together, radii below 0, relative. */
    check_arc("M0 0a10-10 0 0110 10", 0, 10, 10, 10, 0, (lh_box){0, 0, 10, 10});
    check_arc("M0 0a10,10,0,0110,10", 0, 10, 10, 10, 0, (lh_box){0, 0, 10, 10});
    /* Radii too small are made to reach: half an ellipse of the same shape. */
    check_arc("M0 0A2 1 0 0 1 20 0", 10, 0, 10, 5, 0, (lh_box){0, -5, 20, 0});
    /* Turned by 90 degrees, x and y are exchanged. */
    check_arc("M0 0A5 10 90 0 1 20 0", 10, 0, 5, 10, 1.5707963267948966, (lh_box){0, -5, 20, 0});
}

static void transforms_are_applied_from_the_inside(void **state)
{
    (void)state;
#define G(transform, inner) "<g transform=\"" transform "\">" inner "</g>"
    CORNERS(G("translate(10)", PATH("M1 2h1")), 11, 2, 12, 2);
    CORNERS(G("translate(10,20)", G("scale(2)", PATH("M1 2h1"))), 12, 24, 14, 24);
    CORNERS(G("scale(2 3)", G("translate(10 20)", PATH("M1 2h1"))), 22, 66, 24, 66);
    CORNERS("<path transform=\"translate(1 2) , scale(2)scale(1 -1)\" d=\"M1 2h1\"/>", 3, -2, 5,
            -2);
    CORNERS(G("rotate(90)", PATH("M1 2h1")), -2, 1, -2, 2);
    CORNERS(G("rotate( 90 , 1 , 2 )", PATH("M1 2h1")), 1, 2, 1, 3);
    CORNERS(G("skewX(45)", PATH("M1 2h1")), 3, 2, 4, 2);
    CORNERS(G("skewY(45)", PATH("M1 2h1")), 1, 3, 2, 4);
    CORNERS(G("matrix(1 2 3 4 5 6)", PATH("M1 2h1")), 12, 16, 13, 18);
    /* What is drawn behind an element is not moved by it. */
    CORNERS(G("translate(10)", PATH("M1 2h1")) PATH("M1 2h1"), 11, 2, 12, 2, NAN, 1, 2, 2, 2);
}

static void what_is_no_stroke_is_passed_over(void **state)
{
    (void)state;
    static const char *const others[] = {
        "<defs>" PATH("M0 0h9") "</defs>",
        "<symbol id=\"a\">" PATH("M0 0h9") "</symbol>",
        "<clipPath><g>" PATH("M0 0h9") "</g></clipPath>",
        "<mask>" PATH("M0 0h9") "</mask>",
        "<marker>" PATH("M0 0h9") "</marker>",
        "<pattern>" PATH("M0 0h9") "</pattern>",
        "<x:g xmlns:x=\"urn:other\"><x:path d=\"M0 0h9\"/></x:g>",
        "<g display=\"none\">" PATH("M0 0h9") "</g>",
        "<g visibility=\"hidden\">" PATH("M0 0h9") "</g>",
        "<path stroke=\"none\" fill=\"black\" d=\"M0 0h9\"/>",
        "<g stroke=\"none\">" PATH("M0 0h9") "</g>",
        "<path style=\"display:none\" d=\"M0 0h9\"/>",
        "<path style=\" stroke : none ;fill:red\" d=\"M0 0h9\"/>",
        "<style>.gone{stroke:none}</style><path class=\"a gone\" d=\"M0 0h9\"/>",
        "<style><![CDATA[/* {.x} */ @media print{path{stroke:none}} .b, #gone{display:none}]]>"
        "</style><path id=\"gone\" d=\"M0 0h9\"/>",
        "<rect width=\"9\" height=\"9\"/><text>words</text><path class=\"ruling\" d=\"M0 0h9\"/>",
        "<path/><path d=\"\"/><path d=\"none\"/><polyline/><path d=\"M0 0\"/>",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char elements[600];
        snprintf(elements, sizeof elements, "%s" PATH("M5 5h1"), others[i]);
        CORNERS(elements, 5, 5, 6, 5);
    }
    /* Beside lines of writing all else is drawing. */
    lh_recording *recording =
        recorded_svg(PATH("M0 0h9") "<g class=\"a line\" data-text=\"one\"><g>" PATH(
            "M1 1h1") "</g></g><g class=\"line\" data-text=\"none\"/>" PATH("M0 9h9"));
    assert_int_equal(recording->count, 1);
    assert_string_equal(recording->line[0].text, "one");
    assert_int_equal(recording->line[0].ink->count, 2);
    lh_recording_free(recording);
}

static void styles_of_sheets_and_elements_draw(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "<defs><style>.st0{fill:none;stroke:#000}</style></defs><path class=\"st0\" d=\"M5 5h1\"/>",
        "<style>path,line{stroke:red}</style><path d=\"M5 5h1\"/>",
        "<style>*{stroke:red!important}</style><path d=\"M5 5h1\"/>",
        "<style>#p{stroke:none}</style><path id=\"p\" style=\"stroke:red\" d=\"M5 5h1\"/>",
        "<g style=\"stroke:rgb(0%,0%,0%)\"><path stroke=\"inherit\" d=\"M5 5h1\"/></g>",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        char text[400];
        snprintf(text, sizeof text, "<svg xmlns=\"http://www.w3.org/2000/svg\">%s</svg>",
                 bodies[i]);
        lh_recording *recording = recorded(text);
        assert_int_equal(recording->line[0].ink->count, 2);
        lh_recording_free(recording);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_svg_comes_back_without_its_paper),
        cmocka_unit_test(a_file_that_writes_itself_gives_its_times),
        cmocka_unit_test(a_stroke_of_many_tints_is_one_stroke),
        cmocka_unit_test(json_lines_come_back_as_they_were),
        cmocka_unit_test(iam_files_are_told_by_what_they_hold),
        cmocka_unit_test(straight_paths_are_read_in_every_spelling),
        cmocka_unit_test(strokes_that_go_on_are_one),
        cmocka_unit_test(curves_are_followed),
        cmocka_unit_test(arcs_are_followed),
        cmocka_unit_test(transforms_are_applied_from_the_inside),
        cmocka_unit_test(what_is_no_stroke_is_passed_over),
        cmocka_unit_test(styles_of_sheets_and_elements_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
