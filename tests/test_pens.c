/* Page: inks as pens and layers, and where a machine draws a page. */
#include "check.h"
#include "drawn.h"
#include "plotter.h"
#include "recorded.h"
#include "scribble.h"

enum { LINES = 4, INKS = 3 };
static const uint32_t inks[LINES] = {0x101010, 0x1f3a93, 0x101010, 0xc08040};
static const char *const texts[LINES] = {"first", "second", "third", "fourth"};

/* Lines in the inks of `inks`: all, or only those in one of these; with `one` all in the first. */
static lh_page *letter(uint32_t only, bool one)
{
    lh_rng rng;
    lh_rng_seed(&rng, 11, 0);
    lh_error error = {0};
    lh_paper paper = lh_paper_default;
    paper.ruling = LH_RULED;
    lh_page *page = lh_page_new(&paper, &error);
    assert_non_null(page);
    for (int i = 0; i < LINES; i++) {
        lh_ink *ink = scribble(4, &rng);
        lh_placing placing = {20, lh_paper_row(&paper, i), 0.0213f, one ? inks[0] : inks[i]};
        if (!only || only == inks[i])
            check_ok(lh_page_add_line(page, ink, texts[i], placing, &error), &error);
        lh_ink_free(ink);
    }
    return page;
}

typedef struct text {
    char *data;
    size_t size;
} text;

typedef lh_status write_pages(const lh_page *const *pages, size_t count,
                              const lh_gcode_options *options, FILE *stream, lh_error *error);

static char *written(write_pages *write, const lh_page *const *pages, size_t count,
                     const lh_gcode_options *options)
{
    text out = {0};
    lh_error error = {0};
    FILE *stream = open_memstream(&out.data, &out.size);
    check_ok(write(pages, count, options, stream, &error), &error);
    fclose(stream);
    return out.data;
}

static plotter *plotted(write_pages *write, const lh_page *const *pages, size_t count,
                        const lh_gcode_options *options)
{
    char *data = written(write, pages, count, options);
    plotter *p = write == lh_gcode_write ? plot_gcode(data) : plot_hpgl(data);
    assert_string_equal(p->fault, "");
    free(data);
    return p;
}

/* ---- pens -------------------------------------------------------------------------------------
 */

/* What pen `number` drew is all that the page has in this ink. */
static void check_pen(const plotter *p, int number, uint32_t colour)
{
    lh_point *point = calloc(p->count, sizeof *point);
    lh_ink drawn = {point, 0, p->count};
    for (size_t i = 0; i < p->count; i++)
        if (p->drawn_by[i] == number)
            point[drawn.count++] = p->point[i];
    lh_page *page = letter(colour, false);
    check_drawn(&drawn, page, 0.05, true);
    lh_page_free(page);
    free(point);
}

static void each_ink_is_drawn_by_its_own_pen(void **state)
{
    (void)state;
    lh_page *page = letter(0, false);
    const lh_page *pages[1] = {page};
    lh_gcode_options options = lh_gcode_grbl;
    options.pen_change = "T{pen} M6";
    write_pages *const kinds[] = {lh_gcode_write, lh_hpgl_write};
    for (int i = 0; i < 2; i++) {
        plotter *p = plotted(kinds[i], pages, 1, &options);
        check_pen(p, 1, inks[0]);
        check_pen(p, 2, inks[1]);
        check_pen(p, 3, inks[3]);
        for (size_t k = 0; k < p->count; k++)
            assert_in_range(p->drawn_by[k], 1, INKS);
        free(p);
    }
    lh_page_free(page);
}

static void a_page_begins_with_the_pen_that_is_in(void **state)
{
    (void)state;
    lh_page *page = letter(0, false), *blue = letter(inks[1], false);
    const lh_page *pages[] = {page, page, blue};
    char *hpgl = written(lh_hpgl_write, pages, 3, &lh_gcode_grbl);
    char changes[200] = "";
    for (char *row = strtok(hpgl, ";\n"); row; row = strtok(NULL, ";\n"))
        if (strncmp(row, "SP", 2) == 0 || strcmp(row, "PG") == 0)
            strncat(changes, row, sizeof changes - strlen(changes) - 1);
    assert_string_equal(changes, "SP1SP2SP3PGSP1SP2PGSP0");
    free(hpgl);
    lh_page_free(page);
    lh_page_free(blue);
}

static void a_change_is_a_pause_that_says_which_pen(void **state)
{
    (void)state;
    lh_page *page = letter(0, false), *one = letter(0, true);
    const lh_page *pages[] = {page}, *plain[] = {one};
    char *gcode = written(lh_gcode_write, pages, 1, &lh_gcode_grbl);
    assert_non_null(strstr(gcode, "; pens: 1 black, 2 blue, 3 #c08040\nG21\n"));
    /* Another may be in, so there is one before the first; */
    assert_non_null(strstr(gcode, "G90\nG0 Z5.00\n; put in pen 1: black\nM0\nG0 X"));
    assert_non_null(strstr(gcode, "G0 Z5.00\n; pen 2: blue\nM0\nG0 X"));
    assert_non_null(strstr(gcode, "G0 Z5.00\n; pen 3: #c08040\nM0\nG0 X"));
    free(gcode);
    gcode = written(lh_gcode_write, pages, 1, &lh_gcode_marlin);
    assert_non_null(strstr(gcode, "; pen 2: blue\nM400\nM0\nG0 X"));
    free(gcode);
    gcode = written(lh_gcode_write, plain, 1, &lh_gcode_grbl); /* and none for a pen alone. */
    assert_null(strstr(gcode, "pens:"));
    assert_non_null(strstr(gcode, "G90\n; put in pen 1: black\nG0 Z"));
    assert_null(strstr(gcode, "M0"));
    free(gcode);
    /* One that fetches pens fetches the first, too. */
    lh_gcode_options options = lh_gcode_grbl;
    options.pen_change = "T{pen} M6\\nG4 P1";
    gcode = written(lh_gcode_write, plain, 1, &options);
    assert_non_null(strstr(gcode, "; pen change: T{pen} M6\\nG4 P1\nG21\n"));
    assert_non_null(strstr(gcode, "G90\nG0 Z5.00\nT1 M6\nG4 P1\nG0 X"));
    free(gcode);
    lh_page_free(page);
    lh_page_free(one);
}

/* Who waits at the machine reads what to do; a pen that goes with the page is no pause more. */
static void a_pause_says_which_page_and_pen_to_put_in(void **state)
{
    (void)state;
    lh_page *page = letter(0, false), *blue = letter(inks[1], false);
    const lh_page *pages[] = {page, blue, page};
    char *gcode = written(lh_gcode_write, pages, 3, &lh_gcode_grbl);
    assert_non_null(strstr(gcode, "G90\nG0 Z5.00\n; put in page 1 of 3, pen 1: black\nM0\nG0 X"));
    assert_non_null(strstr(gcode, "Z5.00\n; put in page 2 of 3, pen 2: blue\nM0\nG0 X"));
    assert_non_null(strstr(gcode, "Z5.00\n; put in page 3 of 3, pen 2: blue\nM0\nG0 X"));
    free(gcode);
    lh_gcode_options options = lh_gcode_grbl;
    options.pen_change = "T{pen} M6";
    gcode = written(lh_gcode_write, pages, 3, &options);
    assert_non_null(strstr(gcode, "G90\n; put in page 1 of 3\nG0 Z"));
    assert_non_null(strstr(gcode, "Z5.00\n; put in page 2 of 3\nM0\n; pen 2: blue\nT2 M6\n"));
    free(gcode);
    lh_page_free(page);
    lh_page_free(blue);
}

static void the_head_says_how_the_machine_is_driven(void **state)
{
    (void)state;
    lh_page *page = letter(0, true);
    const lh_page *pages[] = {page};
    lh_gcode_options options = lh_gcode_marlin;
    options.order = LH_ORDER_SHORT;
    options.turn = LH_TURN_90;
    options.mirror = options.inches = options.park = true;
    options.park_y = 200;
    options.draw_feed = 1500;
    options.pen_up = "M280 P0 S90; up";
    char *gcode = written(lh_gcode_write, pages, 1, &options);
    static const char head[] =
        "; order: short\n; origin: 0,0\n; rotate: 90\n; mirror: 1\n; inches: 1\n"
        "; park: 0,200\n; draw feed: 1500\n; travel feed: 5000\n"
        "; pen up: M280 P0 S90_ up\n; down: 0\n; lift feed: 1000\nG20\n";
    assert_memory_equal(gcode, head, sizeof head - 1);
    free(gcode);
    lh_page_free(page);
}

/* ---- the way ----------------------------------------------------------------------------------
 */

static void a_servo_has_time_to_move(void **state)
{
    (void)state;
    lh_point points[2] = {{0, 0, 0, 0}, {100, 100, 0, 1}};
    lh_ink ink = {points, 2, 2};
    lh_error error = {0};
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    check_ok(lh_page_add_line(page, &ink, "x", (lh_placing){20, 30, 0.1f, 0}, &error), &error);
    const lh_page *pages[1] = {page};
    lh_gcode_options options = lh_gcode_grbl;
    options.pen_up = "M3 S0\\nM7";
    options.pen_down = "M3 S900";
    options.lift_wait = 0.25f;
    char *gcode = written(lh_gcode_write, pages, 1, &options);
    assert_string_equal(
        gcode,
        "; order: written\n; origin: 0,0\n; draw feed: 2000\n"
        "; travel feed: 5000\n; pen up: M3 S0\\nM7\n; pen down: M3 S900\n"
        "; lift wait: 0.25\n"
        "G21\nG90\n; put in pen 1: #000000\nM3 S0\nM7\nG4 P0.250\nG0 X20.00 Y267.00\nM3 S900\n"
        "G4 P0.250\nG1 X30.00 Y257.00 F2000\nM3 S0\nM7\nG4 P0.250\nM2\n");
    free(gcode);
    options = lh_gcode_marlin;
    options.lift_wait = 1;
    gcode = written(lh_gcode_write, pages, 1, &options);
    assert_non_null(strstr(gcode, "G1 Z0.00 F1000\nG4 S1.000\nG1 X30.00"));
    free(gcode);
    lh_page_free(page);
}

static void the_pen_is_parked_before_pauses_and_at_the_end(void **state)
{
    (void)state;
    lh_page *page = letter(0, false);
    const lh_page *pages[] = {page, page};
    lh_gcode_options options = lh_gcode_grbl;
    options.x = 7; /* parking is on the machine, wherever the page is */
    options.park = true;
    options.park_x = -3;
    options.park_y = 250;
    write_pages *const kinds[] = {lh_gcode_write, lh_hpgl_write};
    static const int pauses[] = {6, 1}; /* a carousel of pens is no pause */
    for (int i = 0; i < 2; i++) {
        plotter *p = plotted(kinds[i], pages, 2, &options);
        assert_int_equal(p->pauses, pauses[i]);
        assert_true(p->pause_x == -3 && p->pause_y == 250);
        assert_true(p->x == -3 && p->y == 250);
        free(p);
    }
    lh_page_free(page);
}

/* A page of 100 x 60 mm with a dot 10 mm from its left and 5 from its top. */
static void a_page_is_turned_and_mirrored(void **state)
{
    (void)state;
    static const struct {
        lh_turn turn;
        bool mirror;
        double x, y;
    } cases[] = {
        {LH_TURN_NONE, false, 10, 55}, {LH_TURN_90, false, 5, 10},   {LH_TURN_180, false, 90, 5},
        {LH_TURN_270, false, 55, 90},  {LH_TURN_NONE, true, 90, 55}, {LH_TURN_90, true, 5, 90},
        {LH_TURN_180, true, 10, 5},    {LH_TURN_270, true, 55, 10},
    };
    lh_point point = {0, 0, 0, 1};
    lh_ink ink = {&point, 1, 1};
    lh_error error = {0};
    lh_paper paper = lh_paper_default;
    check_ok(lh_paper_set_size(&paper, "100x60", &error), &error);
    lh_page *page = lh_page_new(&paper, &error);
    check_ok(lh_page_add_line(page, &ink, ".", (lh_placing){10, 5, 1, 0}, &error), &error);
    const lh_page *pages[1] = {page};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lh_gcode_options options = lh_gcode_grbl;
        options.turn = cases[i].turn;
        options.mirror = cases[i].mirror;
        options.x = 2;
        options.y = -1;
        write_pages *const kinds[] = {lh_gcode_write, lh_hpgl_write};
        for (int k = 0; k < 2; k++) {
            plotter *p = plotted(kinds[k], pages, 1, &options);
            if (p->count < 1 || fabs((double)p->point[0].x - cases[i].x - 2) > 1e-5 ||
                fabs((double)p->point[0].y - cases[i].y + 1) > 1e-5)
                fail_msg("case %zu: the dot is at %g, %g", i, (double)p->point[0].x,
                         (double)p->point[0].y);
            free(p);
        }
    }
    lh_page_free(page);
}

/* ---- layers -----------------------------------------------------------------------------------
 */

static char *svg_of(const lh_page *page, size_t count, lh_svg_use use, float speed)
{
    text out = {0};
    const lh_page *pages[] = {page, page};
    lh_error error = {0};
    lh_svg_options options = lh_svg_defaults;
    options.use = use;
    options.speed = speed;
    FILE *stream = open_memstream(&out.data, &out.size);
    check_ok(lh_svg_write(pages, count, &options, stream, &error), &error);
    fclose(stream);
    return out.data;
}

static int count_of(const char *svg, const char *word)
{
    int count = 0;
    for (; (svg = strstr(svg, word)) != NULL; svg++)
        count++;
    return count;
}

static void inks_are_layers_of_svg(void **state)
{
    (void)state;
    lh_page *page = letter(0, false);
    char *svg = svg_of(page, 2, LH_SVG_SHOWN, 0);
    assert_int_equal(count_of(svg, "inkscape:groupmode=\"layer\""), INKS);
    assert_int_equal(count_of(svg, "class=\"paper\""), 2);
    assert_int_equal(count_of(svg, "class=\"ruling\""), 2);
    assert_int_equal(count_of(svg, "class=\"line\""), 2 * LINES);
    const char *blue = strstr(svg, "inkscape:label=\"2 blue\""),
               *third = strstr(svg, "\"3 #c08040\"");
    assert_non_null(blue);
    assert_non_null(third);
    const char *line = strstr(blue, "data-text=");
    assert_true(line && line < third && strncmp(line, "data-text=\"second\"", 18) == 0);
    free(svg);
    svg = svg_of(page, 2, LH_SVG_PLOTTED, 0);
    assert_int_equal(count_of(svg, "inkscape:groupmode=\"layer\""), INKS);
    assert_int_equal(count_of(svg, "class=\"paper\"") + count_of(svg, "class=\"ruling\""), 0);
    assert_int_equal(count_of(svg, "class=\"line\""), 2 * LINES);
    free(svg);
    lh_page_free(page);
}

static void one_ink_needs_no_layer_but_for_a_plotter(void **state)
{
    (void)state;
    lh_page *page = letter(0, true);
    char *svg = svg_of(page, 1, LH_SVG_SHOWN, 0);
    assert_int_equal(count_of(svg, "inkscape"), 0);
    assert_int_equal(count_of(svg, "data-line"), 0);
    free(svg);
    svg = svg_of(page, 1, LH_SVG_PLOTTED, 0);
    assert_int_equal(count_of(svg, "inkscape:label=\"1 black\""), 1);
    assert_int_equal(count_of(svg, "<rect"), 0);
    free(svg);
    lh_page_free(page);
}

/* Times too are those of the order in which the lines were written. */
static void layers_are_read_in_the_order_of_writing(void **state)
{
    (void)state;
    lh_page *page = letter(0, false);
    for (int speed = 0; speed < 2; speed++) {
        char *svg = svg_of(page, 2, LH_SVG_SHOWN, (float)speed);
        lh_recording *got = recorded(svg);
        assert_int_equal(got->count, 2 * LINES);
        for (size_t i = 0; i < got->count; i++)
            assert_string_equal(got->line[i].text, texts[i % LINES]);
        lh_recording_free(got);
        /* The second line begins when the first is done, though it is in another layer. */
        if (speed > 0) {
            const lh_page_line first = lh_page_get(page, 0);
            char begins[40];
            const double took = (double)first.ink->points[first.ink->count - 1].time;
            snprintf(begins, sizeof begins, "--t:%.2g", took + 0.5);
            const char *second = strstr(svg, "data-text=\"second\"");
            assert_true(second && strstr(second, begins));
        }
        free(svg);
    }
    lh_page_free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_ink_is_drawn_by_its_own_pen),
        cmocka_unit_test(a_page_begins_with_the_pen_that_is_in),
        cmocka_unit_test(a_change_is_a_pause_that_says_which_pen),
        cmocka_unit_test(a_pause_says_which_page_and_pen_to_put_in),
        cmocka_unit_test(the_head_says_how_the_machine_is_driven),
        cmocka_unit_test(a_servo_has_time_to_move),
        cmocka_unit_test(the_pen_is_parked_before_pauses_and_at_the_end),
        cmocka_unit_test(a_page_is_turned_and_mirrored),
        cmocka_unit_test(inks_are_layers_of_svg),
        cmocka_unit_test(one_ink_needs_no_layer_but_for_a_plotter),
        cmocka_unit_test(layers_are_read_in_the_order_of_writing),
    };
    return cmocka_run_group_tests_name("pens", tests, NULL, NULL);
}
