/* A browser shows a page as rsvg does: both draw the SVG, and where one has ink, the other has some
 * close by. Skipped where there is no chromium that draws an empty page, or no rsvg-convert. */
#include "check.h"
#include "write_model.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>

/* Pixels: A6 at 96 a inch, a little less than its 105 x 148 mm. */
enum { WIDTH = 396, HEIGHT = 559, NEAR = 2 };

static char folder[] = "/tmp/longhand-browser-XXXXXX";

static const char *chromium(void)
{
    static const char *const names[] = {"chromium", "chromium-browser", "google-chrome"};
    char command[100];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(command, sizeof command, "command -v %s >/dev/null", names[i]);
        if (system(command) == 0)
            return names[i];
    }
    return NULL;
}

#define DRAW "timeout 120 %s --headless --no-sandbox --disable-gpu --user-data-dir=%s/profile "

/* An emulated processor, for one, has too few system calls for it. */
static bool draws_an_empty_page(const char *program)
{
    char command[500];
    snprintf(command, sizeof command, DRAW "--screenshot=%s/empty.png about:blank >%s/log 2>&1",
             program, folder, folder, folder);
    return system(command) == 0;
}

static void run(const char *format, ...) LH_PRINTF(1, 2);

static void run(const char *format, ...)
{
    char command[1000];
    va_list list;
    va_start(list, format);
    vsnprintf(command, sizeof command, format, list);
    va_end(list);
    int result = system(command);
    if (result != 0)
        fail_msg("%s: exits with %d", command, result);
}

static void write_page(void)
{
    char path[100];
    lh_error error;
    lh_model *model = write_model_new(&write_model_plain);
    lh_document_options options = lh_document_defaults();
    check_ok(lh_paper_set_size(&options.paper, "a6", &error), &error);
    check_ok(lh_paper_set_ruling(&options.paper, "ruled", &error), &error);
    lh_desk *desk = lh_desk_new(model, &options, &error);
    lh_document *document =
        desk ? lh_desk_write_one(desk, "Some words that\ntwo programs draw", 1, &error) : NULL;
    snprintf(path, sizeof path, "%s/page.svg", folder);
    lh_output *output = document ? lh_output_open(path, &error) : NULL;
    if (!output)
        fail_msg("%s", error.message);
    check_ok(lh_svg_write((const lh_page *const *)document->page, 1, &lh_svg_defaults,
                          lh_output_stream(output), &error),
             &error);
    check_ok(lh_output_commit(output, &error), &error);
    lh_document_free(document);
    lh_desk_free(desk);
    lh_model_free(model);
}

/* Where the picture is dark: [HEIGHT][WIDTH]. Returns how many such pixels there are. */
static int read_ink(const char *name, bool dark[HEIGHT][WIDTH])
{
    char path[100];
    int count = 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    cairo_surface_t *file = cairo_image_surface_create_from_png(path);
    if (cairo_surface_status(file) != CAIRO_STATUS_SUCCESS ||
        cairo_image_surface_get_width(file) < WIDTH ||
        cairo_image_surface_get_height(file) < HEIGHT)
        fail_msg("%s: no picture of at least %d x %d", path, WIDTH, HEIGHT);
    const unsigned char *data = cairo_image_surface_get_data(file);
    size_t stride = (size_t)cairo_image_surface_get_stride(file);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            uint32_t pixel;
            memcpy(&pixel, data + (size_t)y * stride + 4 * (size_t)x, sizeof pixel);
            dark[y][x] = (pixel & 0xff) + (pixel >> 8 & 0xff) + (pixel >> 16 & 0xff) < 3 * 110;
            count += dark[y][x];
        }
    cairo_surface_destroy(file);
    return count;
}

static bool is_dark_near(bool dark[HEIGHT][WIDTH], int x, int y)
{
    for (int v = y - NEAR; v <= y + NEAR; v++)
        for (int u = x - NEAR; u <= x + NEAR; u++)
            if (v >= 0 && v < HEIGHT && u >= 0 && u < WIDTH && dark[v][u])
                return true;
    return false;
}

static void check_is_in(bool ink[HEIGHT][WIDTH], bool other[HEIGHT][WIDTH], const char *who)
{
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            if (ink[y][x] && !is_dark_near(other, x, y))
                fail_msg("%s has ink at pixel %d, %d; the other has none near it", who, x, y);
}

static void a_browser_draws_the_ink_that_rsvg_draws(void **state)
{
    (void)state;
    static bool browser[HEIGHT][WIDTH], rsvg[HEIGHT][WIDTH];
    const char *program = chromium();
    assert_non_null(mkdtemp(folder));
    if (!program || system("command -v rsvg-convert >/dev/null") != 0 ||
        !draws_an_empty_page(program)) {
        run("rm -r %s", folder);
        print_message("no chromium that works, or no rsvg-convert here\n");
        skip();
    }
    write_page();
    run("cd %s && " DRAW "--hide-scrollbars --force-device-scale-factor=1 --window-size=%d,%d "
        "--screenshot=browser.png page.svg >browser.log 2>&1",
        folder, program, folder, WIDTH + 1, HEIGHT + 1);
    run("cd %s && rsvg-convert --dpi-x 96 --dpi-y 96 page.svg -o rsvg.png", folder);
    int seen = read_ink("browser.png", browser), expected = read_ink("rsvg.png", rsvg);
    if (expected < 100 || seen < expected / 2 || seen > 2 * expected)
        fail_msg("the browser draws %d dark pixels, rsvg %d", seen, expected);
    check_is_in(browser, rsvg, "the browser");
    check_is_in(rsvg, browser, "rsvg");
    run("rm -r %s", folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_browser_draws_the_ink_that_rsvg_draws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
