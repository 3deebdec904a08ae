/* Ways to look at writing, and the trace. */
#include "check.h"
#include "write_model.h"

#include "page/look.h"

#include <cjson/cJSON.h>
#include <libxml/parser.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static lh_error error;

static lh_document *write_document(bool steps)
{
    lh_model *model = write_model_new(&write_model_plain);
    lh_document_options options = lh_document_defaults();
    options.steps = steps;
    options.width = 80;
    lh_desk *desk = lh_desk_new(model, &options, &error);
    assert_non_null(desk);
    lh_document *document = lh_desk_write_one(desk, "some words to look at, and more", 1, &error);
    if (!document)
        fail_msg("%s", error.message);
    check_ok(lh_page_set_title(document->page[0], "a < b", &error), &error);
    lh_desk_free(desk);
    lh_model_free(model);
    return document;
}

static const char *const names[LH_LOOKS] = {"ink",     "strokes",   "points", "end",
                                            "density", "attention", "speed"};

static void every_look_is_a_picture_that_says_what_it_is_of(void **state)
{
    (void)state;
    lh_document *document = write_document(true);
    for (int i = 0; i < LH_LOOKS; i++) {
        lh_look look;
        char *data;
        size_t size;
        check_ok(lh_look_parse(names[i], &look, &error), &error);
        FILE *stream = open_memstream(&data, &size);
        check_ok(lh_look_write_svg(document->page[0], look, stream, &error), &error);
        fclose(stream);
        xmlDoc *svg = xmlReadMemory(data, (int)size, names[i], NULL, XML_PARSE_NONET);
        if (!svg)
            fail_msg("the SVG of %s is not well-formed", names[i]);
        xmlFreeDoc(svg);
        assert_non_null(strstr(data, "<title>a &lt; b</title>"));
        assert_non_null(strstr(data, "mm\""));
        bool heat = look == LH_LOOK_DENSITY || look == LH_LOOK_ATTENTION;
        if (heat != (strstr(data, "<image") != NULL))
            fail_msg("the SVG of %s has %s heat in it", names[i], heat ? "no" : "some");
        free(data);
        stream = open_memstream(&data, &size);
        check_ok(lh_look_write_png(document->page[0], look, 60, stream, &error), &error);
        fclose(stream);
        assert_memory_equal(data, "\x89PNG", 4);
        free(data);
    }
    lh_document_free(document);
}

static void what_the_network_thought_is_needed_where_it_is_shown(void **state)
{
    (void)state;
    lh_document *document = write_document(false);
    for (int i = 0; i < LH_LOOKS; i++) {
        char *data;
        size_t size;
        bool needs = i == LH_LOOK_END || i == LH_LOOK_DENSITY || i == LH_LOOK_ATTENTION;
        FILE *stream = open_memstream(&data, &size);
        lh_status status = lh_look_write_svg(document->page[0], (lh_look)i, stream, &error);
        fclose(stream);
        if (status != (needs ? LH_ERROR_ARGUMENT : LH_OK))
            fail_msg("drawing %s without steps gives %d", names[i], status);
        if (needs && !strstr(error.message, "does not tell how it came about"))
            fail_msg("drawing %s without steps says '%s'", names[i], error.message);
        free(data);
    }
    lh_look look;
    check_fails(LH_ERROR_ARGUMENT, lh_look_parse("upside-down", &look, &error), &error,
                "upside-down");
    lh_document_free(document);
}

static double lightness(const double rgb[3])
{
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

static void shades_can_be_told_apart_in_grey(void **state)
{
    (void)state;
    double rgb[3], before = -1, above[3];
    for (int i = 0; i <= 20; i++) {
        lh_shade(i / 20.0, rgb);
        if (lightness(rgb) <= before + 0.01)
            fail_msg("shade %d of 20 is no lighter than the one before", i);
        before = lightness(rgb);
    }
    before = 2;
    for (int i = 0; i <= 20; i++) {
        double covers = lh_heat(i / 20.0, rgb), grey = covers * lightness(rgb) + 1 - covers;
        if (grey >= before)
            fail_msg("heat %d of 20 is no darker than the one before", i);
        before = grey;
    }
    for (size_t i = 0; i < LH_STROKE_COLOURS; i++) {
        lh_stroke_colour(i, rgb);
        lh_stroke_colour(i + 1, above);
        if (fabs(lightness(rgb) - lightness(above)) < 0.2)
            fail_msg("strokes %zu and %zu are the same in grey", i + 1, i + 2);
    }
}

static double grey_at(cairo_surface_t *image, int x, int y)
{
    const unsigned char *row =
        cairo_image_surface_get_data(image) + y * cairo_image_surface_get_stride(image);
    return row[4 * x + 1];
}

static void heat_lies_where_the_ink_is(void **state)
{
    (void)state;
    lh_document *document = write_document(true);
    lh_page_line line = lh_page_get(document->page[0], 0);
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1000, 400);
    cairo_t *cr = cairo_create(image);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, 10, 10);
    check_ok(lh_look_density(cr, &line, &error), &error);
    cairo_destroy(cr);
    cairo_surface_flush(image);
    size_t dark = 0;
    for (size_t i = 1; i < line.ink->count; i++) {
        int x = (int)(10 * (line.placing.x + line.placing.scale * line.ink->points[i].x));
        int y = (int)(10 * (line.placing.y + line.placing.scale * line.ink->points[i].y));
        assert_true(x >= 0 && x < 1000 && y >= 0 && y < 400);
        dark += grey_at(image, x, y) < 230;
    }
    /* The network's sigma is small: its points lie near where it expects them. */
    if (dark < line.ink->count * 9 / 10)
        fail_msg("only %zu of %zu points lie on heat", dark, line.ink->count);
    assert_true(grey_at(image, 5, 395) == 255);
    cairo_surface_destroy(image);
    lh_document_free(document);
}

static void every_point_has_a_row_in_the_trace(void **state)
{
    (void)state;
    lh_document *document = write_document(true);
    char *data;
    size_t size, points = 0, rows = 0;
    FILE *stream = open_memstream(&data, &size);
    check_ok(lh_trace_lines_write((const lh_page *const *)document->page, 1, stream, &error),
             &error);
    fclose(stream);
    for (size_t i = 0; i < lh_page_count(document->page[0]); i++)
        points += lh_page_get(document->page[0], i).ink->count;
    for (char *at = data, *next; at && *at; at = next, rows++) {
        next = strchr(at, '\n');
        assert_non_null(next);
        *next++ = '\0';
        cJSON *row = cJSON_Parse(at);
        if (!row)
            fail_msg("row %zu is no JSON: %s", rows + 1, at);
        assert_int_equal(
            cJSON_GetArraySize(cJSON_GetObjectItem(cJSON_GetObjectItem(row, "window"), "phi")),
            LH_WINDOW_SPAN);
        int component = cJSON_GetObjectItem(row, "component")->valueint;
        const cJSON *one, *mixture = cJSON_GetObjectItem(row, "mixture");
        assert_true((component < 0) == (mixture == NULL));
        double weights = 0;
        cJSON_ArrayForEach(one, mixture) weights += cJSON_GetArrayItem(one, 0)->valuedouble;
        assert_true(!mixture || fabs(weights - 1) < 1e-4);
        assert_true(component < cJSON_GetArraySize(mixture) || !mixture);
        cJSON_Delete(row);
    }
    assert_int_equal(rows, points);
    free(data);
    lh_document_free(document);
}

static void steps_of_another_line_are_refused(void **state)
{
    (void)state;
    lh_document *document = write_document(true);
    lh_steps steps = *lh_page_get(document->page[0], 0).steps;
    steps.count--;
    char named[80];
    snprintf(named, sizeof named, "%zu steps for a line of %zu points", steps.count,
             steps.count + 1);
    check_fails(LH_ERROR_ARGUMENT, lh_page_set_steps(document->page[0], 0, &steps, &error), &error,
                named);
    lh_document_free(document);
}

/* A word may come out without a point. */
static void a_line_without_ink_has_steps(void **state)
{
    (void)state;
    const lh_ink none = {0};
    const lh_steps steps = {.count = 0};
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    assert_non_null(page);
    check_ok(lh_page_add_line(page, &none, "", (lh_placing){20, 20, 1, 0}, &error), &error);
    check_ok(lh_page_set_steps(page, 0, &steps, &error), &error);
    assert_non_null(lh_page_get(page, 0).steps);
    lh_page_free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_look_is_a_picture_that_says_what_it_is_of),
        cmocka_unit_test(what_the_network_thought_is_needed_where_it_is_shown),
        cmocka_unit_test(shades_can_be_told_apart_in_grey),
        cmocka_unit_test(heat_lies_where_the_ink_is),
        cmocka_unit_test(every_point_has_a_row_in_the_trace),
        cmocka_unit_test(steps_of_another_line_are_refused),
        cmocka_unit_test(a_line_without_ink_has_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
