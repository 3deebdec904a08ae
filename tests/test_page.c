/* Page: paper, pages, and SVG. */
#include "check.h"
#include "path_data.h"
#include "scribble.h"

#include "base/extremes.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

/* ---- paper and pages ------------------------------------------------------------------------- */

static void paper_is_known_by_name_or_size(void **state)
{
    (void)state;
    lh_paper paper = lh_paper_default;
    lh_error error = {0};
    check_ok(lh_paper_set_size(&paper, "A5", &error), &error);
    assert_true(paper.width == 148 && paper.height == 210);
    check_ok(lh_paper_set_size(&paper, "a4-landscape", &error), &error);
    assert_true(paper.width == 297 && paper.height == 210);
    check_ok(lh_paper_set_size(&paper, "envelope-dl-landscape", &error), &error);
    assert_true(paper.width == 220 && paper.height == 110);
    check_ok(lh_paper_set_size(&paper, "120.5x80", &error), &error);
    assert_true(paper.width == 120.5f && paper.height == 80);
    check_ok(lh_paper_set_size(&paper, "5x7in", &error), &error);
    assert_true(paper.width == 5 * 25.4f && paper.height == 7 * 25.4f);
    check_ok(lh_paper_set_size(&paper, "12x8CM", &error), &error);
    assert_true(paper.width == 120 && paper.height == 80);
    check_ok(lh_paper_set_size(&paper, "5x7in-landscape", &error), &error);
    assert_true(paper.width == 7 * 25.4f && paper.height == 5 * 25.4f);
    check_ok(lh_paper_set_size(&paper, "b5", &error), &error);
    assert_true(paper.width == 176 && paper.height == 250);
    static const char *const bad[] = {"a44",     "",      "x",       "0x10",     "10x-3",
                                      "nanxnan", "1e9x1", "10x10ft", "900x900in"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char named[60];
        snprintf(named, sizeof named, "paper \"%s\" is not known: there are a3, ", bad[i]);
        check_fails(LH_ERROR_ARGUMENT, lh_paper_set_size(&paper, bad[i], &error), &error, named);
    }
    assert_non_null(strstr(error.message, "letter"));
    check_fails(LH_ERROR_ARGUMENT, lh_paper_set_ruling(&paper, "lined", &error), &error,
                "\"lined\" is not known: there are plain, ruled and squared");
    check_ok(lh_paper_set_ruling(&paper, "squared", &error), &error);
    assert_int_equal(paper.ruling, LH_SQUARED);
}

static void colours_are_known_by_digits_and_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint32_t colour;
    } known[] = {{"#1f3a93", 0x1f3a93}, {"#F00", 0xff0000},      {"#0a9", 0x00aa99},
                 {"blue", 0x1f3a93},    {"Grey", 0x555555},      {"gray", 0x808080},
                 {"navy", 0x000080},    {"aliceblue", 0xf0f8ff}, {"YellowGreen", 0x9acd32}};
    lh_error error = {0};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint32_t colour = 1;
        check_ok(lh_colour_parse(known[i].name, &colour, &error), &error);
        assert_int_equal(colour, known[i].colour);
    }
    static const char *const bad[] = {"",     "#",        "#12",      "#1234",
                                      "#ggg", "#1234567", "navyblue", "f00"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint32_t colour;
        check_fails(LH_ERROR_ARGUMENT, lh_colour_parse(bad[i], &colour, &error), &error,
                    "there are #rrggbb, #rgb, black");
    }
}

static void rows_stay_between_the_margins(void **state)
{
    (void)state;
    lh_paper paper = lh_paper_default;
    for (paper.pitch = 5; paper.pitch < 30; paper.pitch += 1.7f) {
        int rows = lh_paper_rows(&paper);
        assert_true(rows > 5);
        float last = lh_paper_row(&paper, rows - 1);
        assert_true(lh_paper_row(&paper, 0) > paper.top);
        assert_true(last < paper.height - paper.bottom);
        assert_true(last + 1.4f * paper.pitch > paper.height - paper.bottom);
    }
    paper.height = 42;
    assert_int_equal(lh_paper_rows(&paper), 0);
}

static void senseless_paper_is_refused(void **state)
{
    (void)state;
    lh_error error = {0};
    static const char *const words[] = {"paper of 30 x", "a length of nan mm", "lines 0 mm apart",
                                        "a length of inf mm", "a length of -1 mm"};
    for (int i = 0; i < 5; i++) {
        lh_paper paper = lh_paper_default;
        if (i == 0)
            paper.width = 30;
        else if (i == 1)
            paper.left = NAN;
        else if (i == 2)
            paper.pitch = 0;
        else if (i == 3)
            paper.height = INFINITY;
        else
            paper.top = -1;
        check_none(LH_ERROR_ARGUMENT, lh_page_new(&paper, &error), &error, words[i]);
    }
}

static lh_page *page_of(lh_ink **ink, size_t count, const char *text)
{
    lh_error error = {0};
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    assert_non_null(page);
    for (size_t i = 0; i < count; i++) {
        lh_placing placing = {20, lh_paper_row(&lh_paper_default, (int)i), 0.02f, 0x112233};
        check_ok(lh_page_add_line(page, ink[i], text, placing, &error), &error);
    }
    return page;
}

static void ink_that_lies_nowhere_is_refused(void **state)
{
    (void)state;
    lh_error error = {0};
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    lh_point points[2] = {{0, 0, 0, 0}, {1, 1, 0, 1}};
    lh_ink ink = {points, 2, 2};
    const lh_placing good = {0, 0, 0.02f, 0};
    const lh_placing bad[] = {{0, 0, 0, 0}, {0, 0, -1, 0}, {NAN, 0, 1, 0}, {0, 2e5f, 1, 0}};
    static const char *const words[] = {"scaled by 0", "scaled by -1", "begin at (nan, 0) mm",
                                        "(0, 200000) mm, which is on no page"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_fails(LH_ERROR_ARGUMENT, lh_page_add_line(page, &ink, "", bad[i], &error), &error,
                    words[i]);
    points[1].y = NAN;
    assert_int_equal(lh_page_add_line(page, &ink, "", good, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "point 2"));
    assert_int_equal(lh_page_count(page), 0);
    check_fails(LH_ERROR_ARGUMENT, lh_page_set_pen(page, NAN, &error), &error, "a pen of nan mm");
    check_fails(LH_ERROR_ARGUMENT, lh_page_set_pen(page, 0, &error), &error, "a pen of 0 mm");
    lh_page_free(page);
}

/* Ruled, or plain and cut at its rows. */
static void check_rows_of_fitted_paper(lh_ruling ruling, bool whole_rows)
{
    lh_error error = {0};
    lh_rng rng;
    lh_rng_seed(&rng, 4, 0);
    lh_ink *ink = scribble(4, &rng);
    lh_paper paper = lh_paper_default;
    paper.width = paper.height = 0;
    paper.ruling = ruling;
    paper.whole_rows = whole_rows;
    lh_page *page = lh_page_new(&paper, &error);
    static const int rows[] = {-1, 0, 3}; /* one above the first */
    for (int i = 0; i < 3; i++) {
        lh_placing placing = {30, lh_paper_row(&paper, rows[i]) + 0.1F, 0.01F, 0x112233};
        check_ok(lh_page_add_line(page, ink, "", placing, &error), &error);
    }
    lh_page_fit(page);
    const lh_paper *cut = lh_page_paper(page);
    assert_int_equal(lh_paper_rows(cut), 5);
    for (int i = 0; i < 3; i++)
        assert_float_equal(lh_page_get(page, (size_t)i).placing.y,
                           lh_paper_row(cut, rows[i] + 1) + 0.1F, 1e-3);
    lh_ink_free(ink);
    lh_page_free(page);
}

static void fitted_paper_with_rows_has_its_lines_on_them(void **state)
{
    (void)state;
    check_rows_of_fitted_paper(LH_RULED, false);
    check_rows_of_fitted_paper(LH_PLAIN, true);
}

/* Ink that is too high or too low for its row moves out of the margin, and what is too large for
 * the room between them has more paper. */
static void fitted_rows_leave_the_margins_free(void **state)
{
    (void)state;
    enum { ROW = 10 + 15, HEIGHT = 10 + 22 + 10 };
    static const struct {
        float top, bottom, height, y;
    } cases[] = {
        {-5, 1, HEIGHT, ROW},          {-18, 2, HEIGHT, 10.25f + 18},
        {-5, 14, HEIGHT, 31.75f - 14}, {-60, 60, 140.5f, 10.25f + 60},
        {-5, 30, 55.5f, 10.25f + 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lh_error error = {0};
        lh_paper paper = lh_paper_default;
        paper.width = paper.height = 0;
        paper.top = paper.bottom = 10;
        paper.pitch = 20;
        paper.whole_rows = true;
        lh_point points[] = {{0, cases[i].top, 0, 0}, {9, cases[i].bottom, 0, 1}};
        const lh_ink ink = {points, 2, 2};
        lh_page *page = lh_page_new(&paper, &error);
        check_ok(lh_page_add_line(page, &ink, "", (lh_placing){0, ROW, 1, 0}, &error), &error);
        lh_page_fit(page);
        assert_float_equal(lh_page_paper(page)->height, cases[i].height, 1e-3);
        assert_float_equal(lh_page_get(page, 0).placing.y, cases[i].y, 1e-3);
        lh_page_free(page);
    }
}

static void fitted_paper_holds_all_ink_and_the_margins(void **state)
{
    (void)state;
    lh_rng rng;
    lh_rng_seed(&rng, 4, 0);
    lh_ink *ink[2] = {scribble(4, &rng), scribble(5, &rng)};
    lh_page *page = page_of(ink, 2, "");
    lh_page_fit(page);
    const lh_paper *paper = lh_page_paper(page);
    lh_box all = {1e9f, 1e9f, -1e9f, -1e9f};
    for (size_t i = 0; i < 2; i++) {
        lh_page_line line = lh_page_get(page, i);
        for (size_t p = 0; p < line.ink->count; p++) {
            float x = line.placing.x + line.placing.scale * line.ink->points[p].x;
            float y = line.placing.y + line.placing.scale * line.ink->points[p].y;
            lh_lowerf(&all.left, x);
            lh_lowerf(&all.top, y);
            lh_raisef(&all.right, x);
            lh_raisef(&all.bottom, y);
        }
        lh_ink_free(ink[i]);
    }
    float half = lh_page_pen(page) / 2;
    assert_true(fabsf(all.left - half - paper->left) < 1e-3f);
    assert_true(fabsf(all.top - half - paper->top) < 1e-3f);
    assert_true(fabsf(all.right + half + paper->right - paper->width) < 1e-3f);
    assert_true(fabsf(all.bottom + half + paper->bottom - paper->height) < 1e-3f);
    lh_page_free(page);
}

static void notes_keep_their_order_and_their_rows(void **state)
{
    (void)state;
    lh_error error = {0};
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    check_ok(lh_page_note(page, "text", "one\ntwo", &error), &error);
    check_ok(lh_page_note(page, "seed", "1", &error), &error);
    check_ok(lh_page_note(page, "bias", "0.75", &error), &error);
    check_ok(lh_page_note(page, "seed", "7", &error), &error);
    assert_string_equal(lh_page_notes(page), "text: one\n  two\nseed: 7\nbias: 0.75\n");
    lh_page_free(page);
}

/* ---- SVG ------------------------------------------------------------------------------------- */

static char *svg_text(const lh_page *const *pages, size_t count, const lh_svg_options *options)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    lh_error error = {0};
    check_ok(lh_svg_write(pages, count, options, stream, &error), &error);
    assert_int_equal(fclose(stream), 0);
    return text;
}

static xmlDoc *parse(const char *text)
{
    xmlDoc *document = xmlReadMemory(text, (int)strlen(text), "page.svg", NULL, XML_PARSE_NONET);
    assert_non_null(document);
    return document;
}

static bool has_class(xmlNode *node, const char *class)
{
    xmlChar *value = xmlGetProp(node, BAD_CAST "class");
    bool same = value && strcmp((char *)value, class) == 0;
    xmlFree(value);
    return same;
}

/* The next element behind `node` in document order, or NULL. */
static xmlNode *next_element(xmlNode *node)
{
    do {
        if (node->children)
            node = node->children;
        else {
            while (node && !node->next)
                node = node->parent;
            node = node ? node->next : NULL;
        }
    } while (node && node->type != XML_ELEMENT_NODE);
    return node;
}

/* The `index`th element of the name and class. */
static xmlNode *find(xmlDoc *document, const char *name, const char *class, size_t index)
{
    for (xmlNode *node = xmlDocGetRootElement(document); node; node = next_element(node))
        if (strcmp((const char *)node->name, name) == 0 && (!class || has_class(node, class)) &&
            index-- == 0)
            return node;
    return NULL;
}

static void check_content(xmlNode *node, const char *expected)
{
    assert_non_null(node);
    xmlChar *content = xmlNodeGetContent(node);
    assert_string_equal(content, expected);
    xmlFree(content);
}

static void any_text_survives_in_valid_xml(void **state)
{
    (void)state;
    static const char *const text = "a<b> & \"c\" 'd'\te\n\xc3\xa9 ]]> -- \xf0\x9f\x96\x8b &amp;";
    lh_rng rng;
    lh_rng_seed(&rng, 4, 0);
    lh_ink *ink = scribble(1, &rng);
    lh_page *page = page_of(&ink, 1, text);
    lh_error error = {0};
    check_ok(lh_page_set_title(page, text, &error), &error);
    check_ok(lh_page_note(page, "text", "<\n\x01\xff>", &error), &error);
    check_ok(lh_page_note(page, "seed", "7", &error), &error);
    const lh_page *pages[1] = {page};
    char *svg = svg_text(pages, 1, &lh_svg_defaults);
    xmlDoc *document = parse(svg);
    check_content(find(document, "title", NULL, 0), text);
    check_content(find(document, "desc", NULL, 0),
                  "text: <\n  \xef\xbf\xbd\xef\xbf\xbd>\nseed: 7\n");
    xmlChar *value = xmlGetProp(find(document, "g", "line", 0), BAD_CAST "data-text");
    assert_string_equal(value, text);
    xmlFree(value);
    xmlFreeDoc(document);
    free(svg);
    lh_ink_free(ink);
    lh_page_free(page);
}

static void the_view_is_the_paper_in_millimetres(void **state)
{
    (void)state;
    lh_error error = {0};
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    const lh_page *pages[2] = {page, page};
    static const char *const expected[2][3] = {{"210.00mm", "297.00mm", "0 0 210.00 297.00"},
                                               {"210.00mm", "604.00mm", "0 0 210.00 604.00"}};
    for (size_t count = 1; count <= 2; count++) {
        char *svg = svg_text(pages, count, &lh_svg_defaults);
        xmlDoc *document = parse(svg);
        static const char *const names[3] = {"width", "height", "viewBox"};
        for (int i = 0; i < 3; i++) {
            xmlChar *value = xmlGetProp(xmlDocGetRootElement(document), BAD_CAST names[i]);
            assert_string_equal(value, expected[count - 1][i]);
            xmlFree(value);
        }
        assert_non_null(find(document, "g", "page", count - 1));
        assert_null(find(document, "g", "page", count));
        xmlFreeDoc(document);
        free(svg);
    }
    lh_page_free(page);
}

static double segment_distance(double x, double y, lh_vec2 a, lh_vec2 b)
{
    double dx = (double)b.x - (double)a.x, dy = (double)b.y - (double)a.y;
    double px = x - (double)a.x, py = y - (double)a.y, square = dx * dx + dy * dy;
    double t = square > 0 ? fmax(0, fmin(1, (px * dx + py * dy) / square)) : 0;
    return hypot(px - t * dx, py - t * dy);
}

/* Every reading of the stroke lies within the tolerance of the path. */
static void check_path(const char *data, const lh_page_line *line, const lh_point *stroke,
                       size_t count, double tolerance)
{
    static lh_vec2 drawn[PATH_POINTS_MAX];
    size_t points = path_sample(data, drawn);
    if (points < 2)
        fail_msg("not a path of M, c and h: %.60s", data);
    for (size_t i = 0; i < count; i++) {
        double x = line->placing.x + line->placing.scale * stroke[i].x;
        double y = line->placing.y + line->placing.scale * stroke[i].y;
        double least = INFINITY;
        for (size_t p = 1; p < points; p++)
            lh_lower(&least, segment_distance(x, y, drawn[p - 1], drawn[p]));
        if (least > tolerance + 1e-4)
            fail_msg("reading %zu is %g mm from its path, tolerance %g", i, least, tolerance);
    }
}

static void each_stroke_is_one_path_within_the_tolerance(void **state)
{
    (void)state;
    lh_rng rng;
    lh_rng_seed(&rng, 9, 0);
    lh_ink *ink[3] = {scribble(4, &rng), scribble(5, &rng), scribble(3, &rng)};
    lh_page *page = page_of(ink, 3, "x");
    const lh_page *pages[1] = {page};
    static const float tolerances[] = {0.01f, 0.04f, 0.3f};
    for (int t = 0; t < 3; t++) {
        lh_svg_options options = {.tolerance = tolerances[t]};
        char *svg = svg_text(pages, 1, &options);
        xmlDoc *document = parse(svg);
        for (size_t i = 0; i < 3; i++) {
            lh_page_line line = lh_page_get(page, i);
            xmlNode *path = xmlFirstElementChild(find(document, "g", "line", i));
            size_t position = 0, count;
            const lh_point *stroke;
            while (lh_ink_next_stroke(line.ink, &position, &stroke, &count)) {
                assert_non_null(path);
                assert_string_equal(path->name, "path");
                assert_null(xmlHasProp(path, BAD_CAST "fill"));
                xmlChar *data = xmlGetProp(path, BAD_CAST "d");
                check_path((char *)data, &line, stroke, count, tolerances[t]);
                xmlFree(data);
                path = xmlNextElementSibling(path);
            }
            assert_null(path);
        }
        assert_null(find(document, "g", "line", 3));
        xmlChar *fill = xmlGetProp(find(document, "g", "ink", 0), BAD_CAST "fill");
        assert_string_equal(fill, "none");
        xmlFree(fill);
        xmlFreeDoc(document);
        free(svg);
    }
    for (int i = 0; i < 3; i++)
        lh_ink_free(ink[i]);
    lh_page_free(page);
}

static void a_dot_is_drawn_as_a_short_stroke(void **state)
{
    (void)state;
    lh_point points[1] = {{100, -50, 0, 1}};
    lh_ink ink = {points, 1, 1}, *inks[1] = {&ink};
    lh_page *page = page_of(inks, 1, ".");
    const lh_page *pages[1] = {page};
    char *svg = svg_text(pages, 1, &lh_svg_defaults);
    assert_non_null(strstr(svg, "<path d=\"M22 25h.01\"/>"));
    free(svg);
    lh_page_free(page);
}

/* The attribute of the path, kept until the next call. */
static const char *attribute(xmlNode *path, const char *name)
{
    static char value[2000];
    xmlChar *text = xmlGetProp(path, BAD_CAST name);
    snprintf(value, sizeof value, "%s", text ? (const char *)text : "");
    xmlFree(text);
    return value;
}

static void points_of_one_tint_are_one_path(void **state)
{
    (void)state;
    lh_point points[7] = {{0, 0, 0, 0},       {40, 9, 0.1f, 0},  {80, 0, 0.2f, 0},
                          {120, -9, 0.3f, 0}, {160, 0, 0.4f, 1}, {200, 0, 0.5f, 1},
                          {240, 0, 0.6f, 1}};
    const lh_tint tints[7] = {{1, 9},        {0xff0000, 0.4f}, {0xff0000, 0.4f}, {0x0000ff, 0.4f},
                              {0x0000ff, 1}, {0x123456, 2},    {0x654321, 3}};
    static const struct {
        const char *colour, *width;
    } expected[5] = {
        {"#ff0000", ".4"}, {"#0000ff", ".4"}, {"#0000ff", "1"}, {"#123456", "2"}, {"#654321", "3"}};
    lh_ink ink = {points, 7, 7}, *inks[1] = {&ink};
    lh_page *page = page_of(inks, 1, "tints");
    lh_error error = {0};
    check_fails(LH_ERROR_ARGUMENT, lh_page_set_tints(page, 0, tints, 6, &error), &error,
                "6 tints for a line of 7 points");
    check_ok(lh_page_set_tints(page, 0, tints, 7, &error), &error);
    lh_tint thin[7] = {{0}};
    check_fails(LH_ERROR_ARGUMENT, lh_page_set_tints(page, 0, thin, 7, &error), &error,
                "a pen of 0 mm");
    const lh_page *pages[1] = {page};
    char *svg = svg_text(pages, 1, &lh_svg_defaults);
    xmlDoc *document = parse(svg);
    xmlNode *path = xmlFirstElementChild(find(document, "g", "line", 0));
    float x = lh_page_get(page, 0).placing.x, y = lh_page_get(page, 0).placing.y, px, py;
    float scale = lh_page_get(page, 0).placing.scale;
    static const int starts[5] = {0, 2, 3, 5, 6};
    for (int i = 0; i < 5; i++, path = xmlNextElementSibling(path)) {
        assert_non_null(path);
        assert_string_equal(attribute(path, "stroke"), expected[i].colour);
        assert_string_equal(attribute(path, "stroke-width"), expected[i].width);
        assert_int_equal(sscanf(attribute(path, "d"), "M%f%f", &px, &py), 2);
        const lh_point *start = &points[starts[i]];
        assert_float_equal(px, x + scale * start->x, 0.006);
        assert_float_equal(py, y + scale * start->y, 0.006);
    }
    assert_null(path);
    xmlFreeDoc(document);
    free(svg);
    lh_page_free(page);
}

static void rules_lie_under_the_rows(void **state)
{
    (void)state;
    lh_error error = {0};
    for (int ruling = LH_PLAIN; ruling <= LH_SQUARED; ruling++) {
        lh_paper paper = lh_paper_default;
        paper.ruling = (lh_ruling)ruling;
        lh_page *page = lh_page_new(&paper, &error);
        const lh_page *pages[1] = {page};
        char *svg = svg_text(pages, 1, &lh_svg_defaults);
        int found = 0;
        for (int row = 0; row < lh_paper_rows(&paper); row++) {
            char rule[32];
            snprintf(rule, sizeof rule, "M0 %.4gh210", (double)lh_paper_row(&paper, row));
            found += strstr(svg, rule) != NULL;
        }
        assert_int_equal(found, ruling == LH_PLAIN ? 0 : lh_paper_rows(&paper));
        int upright = 0;
        for (const char *at = svg; (at = strstr(at, " 0v297")); at++)
            upright++;
        assert_int_equal(upright, ruling == LH_SQUARED ? 52 : 0);
        free(svg);
        lh_page_free(page);
    }
}

/* "--t:1.5s;--d:.3s" */
static void read_times(xmlNode *path, double *start, double *duration)
{
    xmlChar *style = xmlGetProp(path, BAD_CAST "style");
    assert_non_null(style);
    assert_int_equal(sscanf((char *)style, "--t:%lfs;--d:%lfs", start, duration), 2);
    xmlFree(style);
    assert_non_null(xmlHasProp(path, BAD_CAST "pathLength"));
}

static void a_file_that_writes_itself_keeps_the_pace_of_the_ink(void **state)
{
    (void)state;
    lh_rng rng;
    lh_rng_seed(&rng, 10, 0);
    lh_ink *ink[2] = {scribble(3, &rng), scribble(3, &rng)};
    lh_page *page = page_of(ink, 2, "x");
    const lh_page *pages[1] = {page};
    lh_svg_options options = {.tolerance = 0.04f, .speed = 2};
    char *svg = svg_text(pages, 1, &options);
    xmlDoc *document = parse(svg);
    xmlChar *style = xmlNodeGetContent(find(document, "style", NULL, 0));
    assert_non_null(strstr((char *)style, "prefers-reduced-motion: no-preference"));
    xmlFree(style);
    double line_start = 0, end = 0;
    for (size_t i = 0; i < 2; i++) {
        xmlNode *path = xmlFirstElementChild(find(document, "g", "line", i));
        size_t position = 0, count;
        const lh_point *stroke;
        while (lh_ink_next_stroke(ink[i], &position, &stroke, &count)) {
            double start, duration;
            read_times(path, &start, &duration);
            assert_true(fabs(start - line_start - (double)stroke[0].time / 2) < 0.011);
            assert_true(fabs(duration - (double)(stroke[count - 1].time - stroke[0].time) / 2) <
                        0.021);
            assert_true(start >= end - 0.011);
            end = start + duration;
            path = xmlNextElementSibling(path);
        }
        line_start += ((double)ink[i]->points[ink[i]->count - 1].time + 0.5) / 2;
        lh_ink_free(ink[i]);
    }
    xmlFreeDoc(document);
    free(svg);
    options.speed = -1;
    lh_error error = {0};
    check_fails(LH_ERROR_ARGUMENT, lh_svg_write(pages, 1, &options, stdout, &error), &error,
                "-1 times its pace");
    lh_page_free(page);
}

static void what_cannot_be_written_is_refused(void **state)
{
    (void)state;
    lh_error error = {0};
    lh_paper paper = lh_paper_default;
    paper.width = paper.height = 0;
    lh_page *page = lh_page_new(&paper, &error);
    assert_non_null(page);
    const lh_page *pages[1] = {page};
    check_fails(LH_ERROR_ARGUMENT, lh_svg_write(pages, 1, &lh_svg_defaults, stdout, &error), &error,
                "page 1 has no size yet");
    lh_page_fit(page);
    assert_true(lh_page_paper(page)->width > 40);
    check_fails(LH_ERROR_ARGUMENT, lh_svg_write(pages, 0, &lh_svg_defaults, stdout, &error), &error,
                "lh_pages_are(pages, count)");
    lh_svg_options fine = {.tolerance = 0.001f};
    check_fails(LH_ERROR_ARGUMENT, lh_svg_write(pages, 1, &fine, stdout, &error), &error,
                "a tolerance of 0.001 mm");
    lh_page_free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paper_is_known_by_name_or_size),
        cmocka_unit_test(colours_are_known_by_digits_and_by_name),
        cmocka_unit_test(rows_stay_between_the_margins),
        cmocka_unit_test(senseless_paper_is_refused),
        cmocka_unit_test(ink_that_lies_nowhere_is_refused),
        cmocka_unit_test(fitted_paper_holds_all_ink_and_the_margins),
        cmocka_unit_test(fitted_paper_with_rows_has_its_lines_on_them),
        cmocka_unit_test(fitted_rows_leave_the_margins_free),
        cmocka_unit_test(notes_keep_their_order_and_their_rows),
        cmocka_unit_test(any_text_survives_in_valid_xml),
        cmocka_unit_test(the_view_is_the_paper_in_millimetres),
        cmocka_unit_test(each_stroke_is_one_path_within_the_tolerance),
        cmocka_unit_test(a_dot_is_drawn_as_a_short_stroke),
        cmocka_unit_test(a_file_that_writes_itself_keeps_the_pace_of_the_ink),
        cmocka_unit_test(points_of_one_tint_are_one_path),
        cmocka_unit_test(rules_lie_under_the_rows),
        cmocka_unit_test(what_cannot_be_written_is_refused),
    };
    int failed = cmocka_run_group_tests_name("page", tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
