/* Page: G-code, HPGL, the order of strokes, and strokes as JSON lines. */
#include "check.h"
#include "drawn.h"
#include "plotter.h"
#include "scribble.h"

#include "base/extremes.h"

#include <cjson/cJSON.h>

enum { LINES = 4 };

static lh_page *letter(uint64_t seed)
{
    lh_rng rng;
    lh_rng_seed(&rng, seed, 0);
    lh_error error = {0};
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    assert_non_null(page);
    for (int i = 0; i < LINES; i++) {
        lh_ink *ink = scribble(5, &rng);
        lh_placing placing = {20, lh_paper_row(&lh_paper_default, i), 0.0213f, 0x102030};
        check_ok(lh_page_add_line(page, ink, i == 1 ? "\"q\"\\\n\x01 \xc3\xa9" : "words", placing,
                                  &error),
                 &error);
        lh_ink_free(ink);
    }
    return page;
}

typedef struct text {
    char *data;
    size_t size;
} text;

static char *gcode_of(const lh_page *const *pages, size_t count, const lh_gcode_options *options)
{
    text out = {0};
    lh_error error = {0};
    FILE *stream = open_memstream(&out.data, &out.size);
    check_ok(lh_gcode_write(pages, count, options, stream, &error), &error);
    fclose(stream);
    return out.data;
}

static char *hpgl_of(const lh_page *const *pages, size_t count, float tolerance,
                     lh_stroke_order order)
{
    text out = {0};
    lh_gcode_options options = lh_gcode_grbl;
    options.tolerance = tolerance;
    options.order = order;
    lh_error error = {0};
    FILE *stream = open_memstream(&out.data, &out.size);
    check_ok(lh_hpgl_write(pages, count, &options, stream, &error), &error);
    fclose(stream);
    return out.data;
}

/* ---- what was plotted is what was written ---------------------------------------------------- */

/* Every stroke of the page was plotted once, and in the order of writing if asked for. */
static void check_plotted(const plotter *p, const lh_page *page, double tolerance, bool in_order)
{
    assert_string_equal(p->fault, "");
    lh_ink drawn = {(lh_point *)(uintptr_t)p->point, p->count, p->count};
    check_drawn(&drawn, page, tolerance, in_order);
}

static void gcode_draws_what_was_written(void **state)
{
    (void)state;
    lh_page *page = letter(1);
    const lh_page *pages[1] = {page};
    const lh_gcode_options *presets[2] = {&lh_gcode_grbl, &lh_gcode_marlin};
    for (int i = 0; i < 8; i++) {
        lh_gcode_options options = *presets[i % 2];
        options.inches = i & 2;
        options.tolerance = i & 4 ? 0.3f : 0.02f;
        char *gcode = gcode_of(pages, 1, &options);
        plotter *p = plot_gcode(gcode);
        check_plotted(p, page, options.tolerance, true);
        free(p);
        free(gcode);
    }
    lh_page_free(page);
}

static void the_pen_goes_where_the_options_say(void **state)
{
    (void)state;
    lh_point points[2] = {{0, 0, 0, 0}, {100, 100, 0, 1}};
    lh_ink ink = {points, 2, 2};
    lh_error error = {0};
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    check_ok(lh_page_add_line(page, &ink, "x", (lh_placing){20, 30, 0.1f, 0}, &error), &error);
    check_ok(lh_page_set_title(page, "Stop! Why? ~ (a;b) \xe2\x80\x94\xff 100%", &error), &error);
    check_ok(lh_page_note(page, "text",
                          "a text that is much longer than a row of a comment may be, so that it "
                          "has to be broken",
                          &error),
             &error);
    const lh_page *pages[2] = {page, page};
    lh_gcode_options options = lh_gcode_grbl;
    options.x = 1.5f;
    options.y = -2;
    options.pen_up = "M5\nG4 P0.2";
    options.pen_down = "M3 S90\nG4 P0.2";
    options.start = "G54";
    char *gcode = gcode_of(pages, 2, &options);
    assert_string_equal(gcode, "; Stop_ Why_ _ _a_b_ __ 100_\n"
                               "; text: a text that is much longer than a row of a comment may b\n"
                               "; e, so that it has to be broken\n"
                               "; order: written\n; origin: 1.5,-2\n"
                               "; draw feed: 2000\n; travel feed: 5000\n"
                               "; pen up: M5\\nG4 P0.2\n; pen down: M3 S90\\nG4 P0.2\n"
                               "G21\nG90\n; put in page 1 of 2, pen 1: #000000\nG54\nM5\nG4 P0.2\n"
                               "G0 X21.50 Y265.00\nM3 S90\nG4 P0.2\nG1 X31.50 Y255.00 F2000\n"
                               "M5\nG4 P0.2\n"
                               "; put in page 2 of 2, pen 1: #000000\nM0\n"
                               "G0 X21.50 Y265.00\nM3 S90\nG4 P0.2\nG1 X31.50 Y255.00 F2000\n"
                               "M5\nG4 P0.2\nM2\n");
    free(gcode);
    gcode = gcode_of(pages, 1, &lh_gcode_marlin);
    assert_non_null(strstr(gcode, "G90\n; put in pen 1: #000000\nG0 Z5.00 F1000\nG0 X20.00 Y267.00 F5000\n"
                                  "G1 Z0.00 F1000\nG1 X30.00 Y257.00 F2000\n"
                                  "G0 Z5.00 F1000\nM84\n"));
    free(gcode);
    lh_page_free(page);
}

static void hpgl_draws_what_was_written(void **state)
{
    (void)state;
    lh_page *page = letter(2);
    const lh_page *pages[2] = {page, page};
    char *hpgl = hpgl_of(pages, 1, 0.05f, LH_ORDER_WRITTEN);
    plotter *p = plot_hpgl(hpgl);
    check_plotted(p, page, 0.05, true);
    free(p);
    free(hpgl);
    hpgl = hpgl_of(pages, 2, 0.05f, LH_ORDER_WRITTEN);
    p = plot_hpgl(hpgl);
    assert_string_equal(p->fault, "");
    assert_int_equal(p->pauses, 1);
    free(p);
    free(hpgl);
    lh_page_free(page);
}

static void the_short_order_draws_the_same_with_less_travel(void **state)
{
    (void)state;
    for (uint64_t seed = 3; seed < 6; seed++) {
        lh_page *page = letter(seed);
        const lh_page *pages[1] = {page};
        lh_gcode_options options = lh_gcode_grbl;
        double travel[2];
        for (int order = 0; order < 2; order++) {
            options.order = (lh_stroke_order)order;
            char *gcode = gcode_of(pages, 1, &options);
            plotter *p = plot_gcode(gcode);
            check_plotted(p, page, options.tolerance, order == LH_ORDER_WRITTEN);
            travel[order] = p->travel;
            free(p);
            free(gcode);
        }
        if (travel[1] > 0.8 * travel[0])
            fail_msg("%g mm as written, %g mm when ordered", travel[0], travel[1]);
        lh_page_free(page);
    }
}

static void what_no_machine_can_do_is_refused(void **state)
{
    (void)state;
    lh_page *page = letter(7);
    const lh_page *pages[1] = {page};
    static const char *const words[] = {"a feed of 0 mm",           "a feed of nan mm",
                                        "an origin at (inf, 0) mm", "a tolerance of 0.001 mm",
                                        "a tolerance of nan mm",    "a feed of -1 mm"};
    for (int i = 0; i < 6; i++) {
        lh_gcode_options options = lh_gcode_grbl;
        if (i == 0)
            options.draw_feed = 0;
        else if (i == 1)
            options.travel_feed = NAN;
        else if (i == 2)
            options.x = INFINITY;
        else if (i == 3)
            options.tolerance = 0.001f;
        else if (i == 4)
            options.tolerance = NAN;
        else
            options.lift_feed = -1;
        lh_error error = {0};
        check_fails(LH_ERROR_ARGUMENT, lh_gcode_write(pages, 1, &options, stdout, &error), &error,
                    words[i]);
    }
    lh_error error = {0};
    lh_gcode_options options = lh_gcode_grbl;
    options.tolerance = 0;
    check_fails(LH_ERROR_ARGUMENT, lh_hpgl_write(pages, 1, &options, stdout, &error), &error,
                "a tolerance of 0 mm");
    options = lh_gcode_grbl;
    options.lift_wait = -1;
    check_fails(LH_ERROR_ARGUMENT, lh_gcode_write(pages, 1, &options, stdout, &error), &error,
                "is not waited for -1 seconds");
    options = lh_gcode_grbl;
    options.park = true;
    options.park_x = NAN;
    check_fails(LH_ERROR_ARGUMENT, lh_gcode_write(pages, 1, &options, stdout, &error), &error,
                "parked at (nan, 0)");
    check_fails(LH_ERROR_ARGUMENT, lh_hpgl_write(pages, 1, &options, stdout, &error), &error,
                "parked at (nan, 0)");
    lh_page_free(page);
}

/* ---- JSON lines ------------------------------------------------------------------------------ */

static float number_at(const cJSON *array, int index)
{
    const cJSON *item = cJSON_GetArrayItem(array, index);
    assert_true(cJSON_IsNumber(item));
    return (float)item->valuedouble;
}

static void check_row(const char *row, const lh_page_line *line, int page, int number)
{
    cJSON *object = cJSON_Parse(row);
    assert_non_null(object);
    assert_int_equal(cJSON_GetObjectItem(object, "page")->valueint, page);
    assert_int_equal(cJSON_GetObjectItem(object, "line")->valueint, number);
    assert_string_equal(cJSON_GetObjectItem(object, "text")->valuestring, line->text);
    assert_true((float)cJSON_GetObjectItem(object, "scale")->valuedouble == line->placing.scale);
    assert_string_equal(cJSON_GetObjectItem(object, "color")->valuestring, "#102030");
    const cJSON *stroke = cJSON_GetObjectItem(object, "strokes")->child;
    size_t position = 0, count;
    const lh_point *points;
    for (; lh_ink_next_stroke(line->ink, &position, &points, &count); stroke = stroke->next) {
        assert_non_null(stroke);
        assert_int_equal(cJSON_GetArraySize(stroke), count);
        const cJSON *point = stroke->child;
        for (size_t i = 0; i < count; i++, point = point->next) {
            assert_true(number_at(point, 0) == points[i].x);
            assert_true(number_at(point, 1) == points[i].y);
            assert_true(number_at(point, 2) == points[i].time);
        }
    }
    assert_null(stroke);
    cJSON_Delete(object);
}

static void json_lines_bring_every_float_back(void **state)
{
    (void)state;
    lh_page *page = letter(8);
    const lh_page *pages[2] = {page, page};
    text out = {0};
    lh_error error = {0};
    FILE *stream = open_memstream(&out.data, &out.size);
    check_ok(lh_json_lines_write(pages, 2, stream, &error), &error);
    fclose(stream);
    int rows = 0;
    for (char *row = strtok(out.data, "\n"); row; row = strtok(NULL, "\n"), rows++) {
        lh_page_line line = lh_page_get(page, (size_t)rows % LINES);
        check_row(row, &line, 1 + rows / LINES, 1 + rows % LINES);
    }
    assert_int_equal(rows, 2 * LINES);
    free(out.data);
    lh_page_free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gcode_draws_what_was_written),
        cmocka_unit_test(the_pen_goes_where_the_options_say),
        cmocka_unit_test(hpgl_draws_what_was_written),
        cmocka_unit_test(the_short_order_draws_the_same_with_less_travel),
        cmocka_unit_test(what_no_machine_can_do_is_refused),
        cmocka_unit_test(json_lines_bring_every_float_back),
    };
    return cmocka_run_group_tests_name("plot", tests, NULL, NULL);
}
