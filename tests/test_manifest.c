/* Manifests of pictures: boxes of lines, words and characters, and their rows. */
#include "batch_room.h"
#include "check.h"

#include "document/line_boxes.h"

#include <cairo.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- characters -------------------------------------------------------------------------------
 */

enum { POINTS = 40 };

/* "ab c" along a row: point i lies at (i, 0), or at (10 + i / 2, 20) mm. */
typedef struct writing {
    lh_point point[POINTS];
    lh_trace trace[POINTS];
    int32_t word[POINTS];
    lh_ink ink;
    lh_steps steps;
    lh_page_line line;
} writing;

/* Looks at b from point `b` on, at the blank from 25 and at c from 30; words end at 27 and 39. */
static void make_row(writing *r, int b)
{
    for (int i = 0; i < POINTS; i++) {
        r->point[i] = (lh_point){(float)i, 0, 0, i == 27 || i == 39};
        r->trace[i] = (lh_trace){.component = i == 0 ? -1 : 0,
                                 .character = i < b    ? 0
                                              : i < 25 ? 1
                                              : i < 30 ? 2
                                                       : 3};
        r->word[i] = i < 28 ? 0 : 3;
    }
    r->ink = (lh_ink){r->point, POINTS, POINTS};
    r->steps = (lh_steps){.count = POINTS, .trace = r->trace, .word = r->word};
    r->line = (lh_page_line){&r->ink, "ab c", {10, 20, 0.5f, 0}, &r->steps, NULL};
}

/* Characters a, b and c are points from..to. */
static void check_row(const writing *r, const int (*points)[2])
{
    lh_line_boxes boxes;
    lh_error error = {0};
    check_ok(lh_line_boxes_find(&boxes, &r->line, &error), &error);
    assert_int_equal(boxes.count, 4);
    assert_true(lh_line_boxes_blank(&boxes, 2) && boxes.box[2].left > boxes.box[2].right);
    for (int c = 0; c < 3; c++) {
        const lh_box *box = &boxes.box[c == 2 ? 3 : c];
        const float left = 10 + (float)points[c][0] / 2, right = 10 + (float)points[c][1] / 2;
        if (box->left != left || box->right != right || box->top > 20 || box->bottom < 20)
            fail_msg("character %d is %g to %g, not %g to %g", c, (double)box->left,
                     (double)box->right, (double)left, (double)right);
    }
    lh_line_boxes_free(&boxes);
}

static void the_pen_is_behind_what_the_network_looks_at(void **state)
{
    (void)state;
    writing r;
    make_row(&r, 10);
    check_row(&r, (const int[3][2]){{0, 15}, {16, 27}, {28, 39}});
    /* A lift close by is where the next one begins, */
    r.point[12].end = 1;
    check_row(&r, (const int[3][2]){{0, 12}, {13, 27}, {28, 39}});
    r.point[17].end = 1;
    check_row(&r, (const int[3][2]){{0, 17}, {18, 27}, {28, 39}});
    /* and one that is far is not. */
    make_row(&r, 10);
    r.point[5].end = 1;
    check_row(&r, (const int[3][2]){{0, 15}, {16, 27}, {28, 39}});
    /* What comes last keeps a point. */
    make_row(&r, 24);
    check_row(&r, (const int[3][2]){{0, 26}, {27, 27}, {28, 39}});
}

static void strokes_are_of_their_word_whatever_is_looked_at(void **state)
{
    (void)state;
    writing r;
    make_row(&r, 10);
    for (int i = 28; i < POINTS; i++)
        r.trace[i].character = 2; /* the blank before c: it is told that they are c's */
    check_row(&r, (const int[3][2]){{0, 15}, {16, 27}, {28, 39}});
    make_row(&r, 10);
    r.steps.word = NULL; /* not told: what most points look at */
    check_row(&r, (const int[3][2]){{0, 15}, {16, 27}, {28, 39}});
}

static void marks_are_of_the_letter_that_they_know(void **state)
{
    (void)state;
    writing r;
    make_row(&r, 10);
    r.point[26].end = 1;
    r.trace[27] = (lh_trace){.component = -1, .character = 0}; /* an accent on a */
    check_row(&r, (const int[3][2]){{0, 27}, {16, 26}, {28, 39}});
}

/* "a°b" and "#b" as `text` has them: points 10 to 19 are the sign, which the pen drew, and around
 * it the network looked at the sign for some points more. */
static void make_sign(writing *r, const char *text, int sign)
{
    for (int i = 0; i < POINTS; i++) {
        const bool mark = sign == 0 ? i < 20 : i >= 10 && i < 20;
        const int looked = i < 6 ? 0 : i < 25 ? sign : sign + 1;
        r->point[i] = (lh_point){(float)i, 0, 0, (sign > 0 && i == 9) || i == 19 || i == 39};
        r->trace[i] =
            (lh_trace){.component = mark || i == 0 ? -1 : 0, .character = mark ? sign : looked};
        r->word[i] = 0;
    }
    r->ink = (lh_ink){r->point, POINTS, POINTS};
    r->steps = (lh_steps){.count = POINTS, .trace = r->trace, .word = r->word};
    r->line = (lh_page_line){&r->ink, text, {0, 0, 1, 0}, &r->steps, NULL};
}

static void check_sides(const lh_box *box, float left, float right)
{
    if (box->left != left || box->right != right)
        fail_msg("the box is %g to %g, not %g to %g", (double)box->left, (double)box->right,
                 (double)left, (double)right);
}

static void a_sign_that_the_pen_drew_is_its_strokes_alone(void **state)
{
    (void)state;
    writing r;
    lh_line_boxes boxes;
    make_sign(&r, "a\u00b0b", 1);
    check_ok(lh_line_boxes_find(&boxes, &r.line, &failure), &failure);
    check_sides(&boxes.box[0], 0, 9);
    check_sides(&boxes.box[1], 10, 19);
    check_sides(&boxes.box[2], 20, 39);
    lh_line_boxes_free(&boxes);
    /* The same for one that a line begins with, */
    make_sign(&r, "#b", 0);
    check_ok(lh_line_boxes_find(&boxes, &r.line, &failure), &failure);
    check_sides(&boxes.box[0], 0, 19);
    check_sides(&boxes.box[1], 20, 39);
    lh_line_boxes_free(&boxes);
    /* and not for a letter with an accent: what the network drew is its own. */
    make_sign(&r, "a\u00e9b", 1);
    check_ok(lh_line_boxes_find(&boxes, &r.line, &failure), &failure);
    assert_true(boxes.box[1].right > 19);
    lh_line_boxes_free(&boxes);
}

static void a_line_below_words_is_of_no_character(void **state)
{
    (void)state;
    writing r;
    lh_line_boxes boxes;
    make_row(&r, 10);
    for (int i = 36; i < POINTS; i++) {
        r.point[i].y = 8;
        r.point[35].end = 1;
        r.trace[i] = (lh_trace){.component = -1, .character = -1};
    }
    check_ok(lh_line_boxes_find(&boxes, &r.line, &failure), &failure);
    check_sides(&boxes.box[3], 24, 27.5f);
    check_sides(&boxes.others, 28, 29.5f);
    assert_true(boxes.others.top == 24 && boxes.box[3].bottom == 20);
    lh_line_boxes_free(&boxes);
}

/* ---- pictures ---------------------------------------------------------------------------------
 */

static lh_status write_with(const lh_sources *sources, const lh_batch_options *options)
{
    lh_document_options document = plain();
    document.steps = true;
    return lh_batch_write(model, &document, sources, options, &report, &failure);
}

/* The manifest's rows; the caller frees. */
static cJSON *rows_of(const char *name)
{
    char *text = contents(name);
    cJSON *rows = cJSON_CreateArray();
    for (char *at = strtok(text, "\n"); at; at = strtok(NULL, "\n")) {
        cJSON *row = cJSON_Parse(at);
        assert_non_null(row);
        cJSON_AddItemToArray(rows, row);
    }
    free(text);
    return rows;
}

static const cJSON *get(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!item)
        fail_msg("there is no %s", key);
    return item;
}

static const char *text_of(const cJSON *object)
{
    return get(object, "text")->valuestring;
}

/* False: it lies nowhere. */
static bool box_of(const cJSON *object, double side[4])
{
    const cJSON *box = get(object, "box");
    for (int i = 0; i < 4 && !cJSON_IsNull(box); i++)
        side[i] = cJSON_GetArrayItem(box, i)->valuedouble;
    return !cJSON_IsNull(box);
}

static bool is_dark(const unsigned char *data, int stride, int x, int y)
{
    uint32_t pixel;
    memcpy(&pixel, data + (size_t)y * (size_t)stride + 4 * (size_t)x, sizeof pixel);
    return (pixel & 0xff) < 128;
}

/* Dark pixels lie in the box of a word, and come as near to all its sides. */
static void check_pixels(const cJSON *page, double near)
{
    cairo_surface_t *file = cairo_image_surface_create_from_png(get(page, "file")->valuestring);
    const int width = cairo_image_surface_get_width(file);
    const int height = cairo_image_surface_get_height(file);
    const unsigned char *data = cairo_image_surface_get_data(file);
    const int stride = cairo_image_surface_get_stride(file);
    assert_int_equal(width, get(page, "width")->valueint);
    assert_int_equal(height, get(page, "height")->valueint);
    char *seen = calloc((size_t)width * (size_t)height, 1);
    const cJSON *line, *word;
    cJSON_ArrayForEach(line, get(page, "lines")) cJSON_ArrayForEach(word, get(line, "words"))
    {
        double b[4];
        int dark[4] = {width, height, 0, 0};
        assert_true(box_of(word, b));
        assert_true(b[0] >= 0 && b[1] >= 0 && b[2] <= width && b[3] <= height);
        for (int y = (int)b[1]; y < (int)b[3]; y++)
            for (int x = (int)b[0]; x < (int)b[2]; x++) {
                seen[y * width + x] = 1;
                if (!is_dark(data, stride, x, y))
                    continue;
                dark[0] = x < dark[0] ? x : dark[0];
                dark[1] = y < dark[1] ? y : dark[1];
                dark[2] = x + 1 > dark[2] ? x + 1 : dark[2];
                dark[3] = y + 1 > dark[3] ? y + 1 : dark[3];
            }
        for (int i = 0; i < 4; i++)
            if (fabs(dark[i] - b[i]) > near)
                fail_msg("%s: side %d of its box is at %g, its ink at %d", text_of(word), i, b[i],
                         dark[i]);
    }
    int count = 0;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            if (is_dark(data, stride, x, y)) {
                count++;
                if (!seen[y * width + x])
                    fail_msg("pixel %d, %d is dark and in no word", x, y);
            }
    assert_true(count > 100);
    free(seen);
    cairo_surface_destroy(file);
}

/* Words make up their line, and characters their word. */
static void check_parts(const cJSON *line)
{
    char words[200] = "";
    const cJSON *word, *character;
    cJSON_ArrayForEach(word, get(line, "words"))
    {
        char letters[200] = "";
        double all[4], own[4] = {1e9, 1e9, -1, -1}, b[4];
        assert_true(box_of(word, all));
        cJSON_ArrayForEach(character, get(word, "characters"))
        {
            strcat(letters, text_of(character));
            if (!box_of(character, b))
                continue;
            for (int i = 0; i < 4; i++)
                own[i] = i < 2 ? fmin(own[i], b[i]) : fmax(own[i], b[i]);
        }
        for (int i = 0; i < 4; i++)
            assert_true(own[i] == all[i]);
        assert_string_equal(letters, text_of(word));
        strcat(strcat(words, *words ? " " : ""), letters);
    }
    assert_string_equal(words, text_of(line));
}

static void boxes_are_where_the_ink_is(void **state)
{
    (void)state;
    static const char *const names[] = {"one.txt", "two.txt"};
    write_file("one.txt", "a few words\n\xc3\xa4rger too\n");
    write_file("two.txt", "first\n@page\nsecond page\n");
    lh_sources *sources = files(names, 2);
    lh_batch_options options = as("png", "out/");
    options.manifest = "lists/all.jsonl";
    check_ok(write_with(sources, &options), &failure);
    cJSON *rows = rows_of("lists/all.jsonl");
    assert_int_equal(cJSON_GetArraySize(rows), 2);
    static const char *const texts[] = {"a few words\n\xc3\xa4rger too", "first\nsecond page"};
    for (int i = 0; i < 2; i++) {
        const cJSON *row = cJSON_GetArrayItem(rows, i), *page, *line;
        assert_string_equal(get(row, "name")->valuestring, i == 0 ? "one" : "two");
        assert_string_equal(text_of(row), texts[i]);
        assert_int_equal(cJSON_GetArraySize(get(row, "pages")), 1 + i);
        assert_int_equal(cJSON_GetArraySize(get(row, "files")), 1 + i);
        cJSON_ArrayForEach(page, get(row, "pages"))
        {
            check_pixels(page, 2);
            cJSON_ArrayForEach(line, get(page, "lines")) check_parts(line);
        }
    }
    cJSON_Delete(rows);
    lh_sources_free(sources);
}

static void boxes_hold_lines_that_are_wider_where_the_pen_rested(void **state)
{
    (void)state;
    static const char *const names[] = {"one.txt"};
    write_file("one.txt", "a few words\n");
    lh_sources *sources = files(names, 1);
    lh_batch_options options = as("png", "out/");
    options.manifest = "all.jsonl";
    options.render.dpi = 600;
    options.render.paint.by_speed = true;
    check_ok(write_with(sources, &options), &failure);
    cJSON *rows = rows_of("all.jsonl");
    const cJSON *pages = get(cJSON_GetArrayItem(rows, 0), "pages");
    check_pixels(cJSON_GetArrayItem(pages, 0), 10);
    cJSON_Delete(rows);
    lh_sources_free(sources);
}

static void boxes_of_svg_are_in_its_units(void **state)
{
    (void)state;
    static const char *const names[] = {"two.txt"};
    write_file("two.txt", "first\n@page\nsecond page\n");
    lh_sources *sources = files(names, 1);
    lh_batch_options options = as("svg", "two.svg");
    options.manifest = "two.jsonl";
    check_ok(write_with(sources, &options), &failure);
    cJSON *rows = rows_of("two.jsonl");
    const cJSON *pages = get(cJSON_GetArrayItem(rows, 0), "pages");
    for (int i = 0; i < 2; i++) {
        double b[4];
        const cJSON *page = cJSON_GetArrayItem(pages, i);
        assert_string_equal(get(page, "file")->valuestring, "two.svg");
        assert_true(get(page, "width")->valuedouble == 105); /* A6, twice, 10 mm apart */
        assert_true(get(page, "height")->valuedouble == 2 * 148 + 10);
        assert_true(box_of(cJSON_GetArrayItem(get(page, "lines"), 0), b));
        const double top = i * 158;
        if (!(b[1] > top && b[3] < top + 50 && b[0] > 5 && b[2] < 105))
            fail_msg("page %d: %g, %g, %g, %g", i, b[0], b[1], b[2], b[3]);
    }
    cJSON_Delete(rows);
    lh_sources_free(sources);
}

static void an_interrupted_manifest_goes_on(void **state)
{
    (void)state;
    lh_sources *sources = many(4);
    lh_batch_options options = as("png", "out/");
    options.manifest = "m.jsonl";
    check_ok(write_with(sources, &options), &failure);
    char *whole = contents("m.jsonl");
    /* Its second row was cut off, and a document's file is gone. */
    char *end = strchr(strchr(whole, '\n') + 1, '\n');
    char *start = strndup(whole, (size_t)(end - whole) - 40);
    write_file("m.jsonl", start);
    assert_int_equal(unlink("out/1.png"), 0);
    options.resume = true;
    check_ok(write_with(sources, &options), &failure);
    check_report(4, 0, 0);
    char *again = contents("m.jsonl");
    assert_string_equal(again, whole);
    free(again);
    check_ok(write_with(sources, &options), &failure);
    check_report(0, 4, 0);
    again = contents("m.jsonl");
    assert_string_equal(again, whole);
    free(again);
    free(start);
    free(whole);
    lh_sources_free(sources);
}

/* A lone text has a row without a name; what fails leaves the manifest that was there. */
static void a_lone_text_has_a_manifest(void **state)
{
    (void)state;
    lh_sources *good = lh_sources_of_text("some words", &failure);
    lh_sources *bad = lh_sources_of_text("\xe4\xb8\xad", &failure);
    lh_batch_options options = as("png", "a.png");
    options.manifest = "m.jsonl";
    for (int i = 0; i < 2; i++)
        check_ok(write_with(good, &options), &failure);
    check_ok(write_with(bad, &options), &failure);
    check_report(0, 0, 1);
    cJSON *rows = rows_of("m.jsonl");
    assert_int_equal(cJSON_GetArraySize(rows), 1);
    assert_string_equal(text_of(cJSON_GetArrayItem(rows, 0)), "some words");
    assert_null(cJSON_GetObjectItem(cJSON_GetArrayItem(rows, 0), "name"));
    cJSON_Delete(rows);
    lh_sources_free(good);
    lh_sources_free(bad);
}

static void what_has_no_manifest_is_refused(void **state)
{
    (void)state;
    lh_sources *sources = many(2);
    lh_batch_options options = as("pdf", "out/");
    options.manifest = "m.jsonl";
    check_refused(sources, &options, "goes with svg and png");
    options = as("png", "out/");
    options.manifest = "m.jsonl";
    check_refused(sources, &options, "needs documents that keep their steps");
    options.manifest = "-";
    check_refused(sources, &options, "is a file, and - is none");
    options.manifest = "out/1.png";
    lh_document_options document = plain();
    document.steps = true;
    check_fails(LH_ERROR_ARGUMENT,
                lh_batch_write(model, &document, sources, &options, &report, &failure), &failure,
                "the manifest");
    lh_sources_free(sources);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(the_pen_is_behind_what_the_network_looks_at),
        IN_A_FOLDER(strokes_are_of_their_word_whatever_is_looked_at),
        IN_A_FOLDER(marks_are_of_the_letter_that_they_know),
        IN_A_FOLDER(a_sign_that_the_pen_drew_is_its_strokes_alone),
        IN_A_FOLDER(a_line_below_words_is_of_no_character),
        IN_A_FOLDER(boxes_are_where_the_ink_is),
        IN_A_FOLDER(boxes_hold_lines_that_are_wider_where_the_pen_rested),
        IN_A_FOLDER(boxes_of_svg_are_in_its_units),
        IN_A_FOLDER(an_interrupted_manifest_goes_on),
        IN_A_FOLDER(a_lone_text_has_a_manifest),
        IN_A_FOLDER(what_has_no_manifest_is_refused),
    };
    return cmocka_run_group_tests_name("manifest", tests, enter, leave);
}
