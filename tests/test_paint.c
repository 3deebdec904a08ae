/* Page: PDF and PNG. */
#define _GNU_SOURCE /* memmem */
#include "check.h"
#include "scribble.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINES = 3 };

static lh_page *letter(uint64_t seed, bool transparent)
{
    lh_rng rng;
    lh_rng_seed(&rng, seed, 0);
    lh_error error = {0};
    lh_paper paper = lh_paper_default;
    check_ok(lh_paper_set_size(&paper, "a5", &error), &error);
    paper.transparent = transparent;
    paper.colour = 0xfff0c0;
    lh_page *page = lh_page_new(&paper, &error);
    assert_non_null(page);
    for (int i = 0; i < LINES; i++) {
        lh_ink *ink = scribble(4, &rng);
        lh_placing placing = {20, lh_paper_row(&paper, 2 * i), 0.025f, 0x000080};
        check_ok(lh_page_add_line(page, ink, "words", placing, &error), &error);
        lh_ink_free(ink);
    }
    check_ok(lh_page_set_title(page, "A title \xff", &error), &error);
    check_ok(lh_page_note(page, "seed", "7", &error), &error);
    return page;
}

typedef struct file {
    char *data;
    size_t size, read;
} file;

static file png_of(const lh_page *page, float dpi, const lh_paint_options *options)
{
    file png = {0};
    lh_error error = {0};
    FILE *stream = open_memstream(&png.data, &png.size);
    check_ok(lh_png_write(page, dpi, options, stream, &error), &error);
    assert_int_equal(fclose(stream), 0);
    return png;
}

static file pdf_of(const lh_page *const *pages, size_t count)
{
    file pdf = {0};
    lh_error error = {0};
    FILE *stream = open_memstream(&pdf.data, &pdf.size);
    check_ok(lh_pdf_write(pages, count, &lh_paint_defaults, stream, &error), &error);
    assert_int_equal(fclose(stream), 0);
    return pdf;
}

static cairo_status_t read_bytes(void *from, unsigned char *data, unsigned int size)
{
    file *png = from;
    if (size > png->size - png->read)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(data, png->data + png->read, size);
    png->read += size;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *picture_of(file *png)
{
    cairo_surface_t *picture = cairo_image_surface_create_from_png_stream(read_bytes, png);
    assert_int_equal(cairo_surface_status(picture), CAIRO_STATUS_SUCCESS);
    return picture;
}

/* 0xAARRGGBB of the pixel at (x, y) mm; alpha is 255 in pictures without it. */
static uint32_t pixel_at(cairo_surface_t *picture, double x, double y, double dpi)
{
    int column = (int)(x * dpi / 25.4), row = (int)(y * dpi / 25.4);
    assert_in_range(column, 0, cairo_image_surface_get_width(picture) - 1);
    assert_in_range(row, 0, cairo_image_surface_get_height(picture) - 1);
    uint32_t pixel;
    const unsigned char *data = cairo_image_surface_get_data(picture);
    size_t place =
        (size_t)row * (size_t)cairo_image_surface_get_stride(picture) + (size_t)column * 4;
    memcpy(&pixel, data + place, 4);
    bool opaque = cairo_image_surface_get_format(picture) == CAIRO_FORMAT_RGB24;
    return opaque ? pixel | 0xff000000u : pixel;
}

/* Every reading of the page lies on ink, and the ink covers no more than a pen's width along it. */
static void check_ink(cairo_surface_t *picture, const lh_page *page, double dpi)
{
    double way = 0;
    for (size_t i = 0; i < lh_page_count(page); i++) {
        lh_page_line line = lh_page_get(page, i);
        for (size_t p = 0; p < line.ink->count; p++) {
            const lh_point *point = &line.ink->points[p];
            double x = line.placing.x + line.placing.scale * point->x;
            double y = line.placing.y + line.placing.scale * point->y;
            if (pixel_at(picture, x, y, dpi) != 0xff000080u)
                fail_msg("line %zu, point %zu: no ink there", i, p);
            if (p > 0 && !point[-1].end)
                way += line.placing.scale * hypotf(point->x - point[-1].x, point->y - point[-1].y);
        }
    }
    assert_true(way > 0);
    size_t inked = 0;
    const lh_paper *paper = lh_page_paper(page);
    for (double y = 0.1; y < paper->height - 0.1; y += 25.4 / dpi)
        for (double x = 0.1; x < paper->width - 0.1; x += 25.4 / dpi)
            inked += (pixel_at(picture, x, y, dpi) & 0xff00) < 0x8000 &&
                     pixel_at(picture, x, y, dpi) >> 31;
    double area = (double)inked * (25.4 / dpi) * (25.4 / dpi), pen = lh_page_pen(page);
    if (area > 1.1 * pen * way || area < 0.6 * pen * way)
        fail_msg("%g mm2 of ink for a way of %g mm with a pen of %g mm", area, way, pen);
}

static void a_picture_has_ink_where_the_pen_was(void **state)
{
    (void)state;
    lh_page *page = letter(1, false);
    file png = png_of(page, 200, &lh_paint_defaults);
    cairo_surface_t *picture = picture_of(&png);
    assert_int_equal(cairo_image_surface_get_width(picture), 1166);
    assert_int_equal(cairo_image_surface_get_height(picture), 1654);
    assert_int_equal(pixel_at(picture, 1, 1, 200), 0xfffff0c0u);
    check_ink(picture, page, 200);
    cairo_surface_destroy(picture);
    free(png.data);
    lh_page_free(page);
}

static void transparent_paper_leaves_only_the_ink(void **state)
{
    (void)state;
    lh_page *page = letter(2, true);
    file png = png_of(page, 150, &lh_paint_defaults);
    cairo_surface_t *picture = picture_of(&png);
    assert_int_equal(pixel_at(picture, 1, 1, 150), 0);
    check_ink(picture, page, 150);
    cairo_surface_destroy(picture);
    free(png.data);
    lh_page_free(page);
}

static bool contains(const file *in, const char *what, size_t size)
{
    return memmem(in->data, in->size, what, size) != NULL;
}

static void a_picture_says_its_resolution_and_how_it_was_made(void **state)
{
    (void)state;
    lh_page *page = letter(3, false);
    file png = png_of(page, 254, &lh_paint_defaults);
    assert_true(contains(&png, "pHYs\0\0\x27\x10\0\0\x27\x10\1", 13));
    assert_true(contains(&png, "iTXtTitle\0\0\0\0\0A title \xef\xbf\xbd", 25));
    assert_true(contains(&png, "iTXtDescription\0\0\0\0\0seed: 7\n", 28));
    free(png.data);
    lh_page_free(page);
}

/* The ink of a hand whose second half is four times as fast. */
static void a_fast_pen_draws_a_thinner_line(void **state)
{
    (void)state;
    enum { N = 100 };
    lh_point points[N];
    for (int i = 0; i < N; i++)
        points[i] = (lh_point){(float)(i < 50 ? i : 50 + 4 * (i - 50)) * 8, 0, (float)i * 0.01f,
                               i == N - 1};
    lh_ink ink = {points, N, N};
    lh_error error = {0};
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    check_ok(lh_page_set_pen(page, 2, &error), &error);
    check_ok(lh_page_add_line(page, &ink, "", (lh_placing){20, 40, 0.08f, 0}, &error), &error);
    lh_paint_options options = {.tolerance = 0.02f, .by_speed = true};
    file png = png_of(page, 254, &options);
    cairo_surface_t *picture = picture_of(&png);
    double width[2] = {0, 0};
    for (int half = 0; half < 2; half++)
        for (double y = 30; y < 50; y += 0.1)
            width[half] += 0.1 * (pixel_at(picture, half ? 120 : 36, y, 254) == 0xff000000u);
    if (width[1] > 0.7 * width[0] || width[1] < 0.8 || width[0] > 3)
        fail_msg("%g mm where slow, %g mm where fast", width[0], width[1]);
    cairo_surface_destroy(picture);
    free(png.data);
    lh_page_free(page);
}

static void points_are_drawn_in_their_tints(void **state)
{
    (void)state;
    lh_point points[4] = {{0, 0, 0, 0}, {200, 0, 1, 0}, {400, 0, 2, 1}, {600, 0, 3, 1}};
    const lh_tint tints[4] = {{0, 2}, {0xc00000, 2}, {0x0000c0, 4}, {0x00c000, 6}};
    static const struct {
        double x, half_width;
        uint32_t colour;
    } places[3] = {{30, 1, 0xffc00000u}, {58, 1.9, 0xff0000c0u}, {80, 3, 0xff00c000u}};
    lh_ink ink = {points, 4, 4};
    lh_error error = {0};
    lh_page *page = lh_page_new(&lh_paper_default, &error);
    check_ok(lh_page_add_line(page, &ink, "", (lh_placing){20, 40, 0.1f, 0}, &error), &error);
    check_ok(lh_page_set_tints(page, 0, tints, 4, &error), &error);
    for (int by_speed = 0; by_speed < 2; by_speed++) {
        lh_paint_options options = {.tolerance = 0.02f, .by_speed = by_speed};
        file png = png_of(page, 254, &options);
        cairo_surface_t *picture = picture_of(&png);
        for (int i = 0; i < 3; i++) {
            double reach = places[i].half_width;
            assert_int_equal(pixel_at(picture, places[i].x, 40, 254), places[i].colour);
            assert_int_equal(pixel_at(picture, places[i].x, 40 + reach - 0.2, 254),
                             places[i].colour);
            assert_int_equal(pixel_at(picture, places[i].x, 40 + reach + 0.2, 254), 0xffffffffu);
        }
        cairo_surface_destroy(picture);
        free(png.data);
    }
    lh_page_free(page);
}

static void a_picture_too_large_or_too_small_is_refused(void **state)
{
    (void)state;
    lh_page *page = letter(4, false);
    static const float bad[] = {0, -1, NAN, INFINITY, 1e6f, 0.01f};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        lh_error error = {0};
        char named[40];
        snprintf(named, sizeof named, "at %g dpi", (double)bad[i]);
        check_fails(LH_ERROR_ARGUMENT,
                    lh_png_write(page, bad[i], &lh_paint_defaults, stdout, &error), &error, named);
    }
    lh_page_free(page);
}

static void a_document_is_one_file_with_all_pages(void **state)
{
    (void)state;
    lh_page *a = letter(5, false), *b = letter(6, false);
    const lh_page *pages[3] = {a, b, a};
    file pdf = pdf_of(pages, 3), again = pdf_of(pages, 3);
    assert_int_equal(pdf.size, again.size);
    assert_memory_equal(pdf.data, again.data, pdf.size);
    int found = 0;
    for (size_t i = 0; i + 12 < pdf.size; i++)
        found += memcmp(pdf.data + i, "/Type /Page", 11) == 0 && pdf.data[i + 11] != 's';
    assert_int_equal(found, 3);
    free(pdf.data);
    free(again.data);
    lh_error error = {0};
    check_fails(LH_ERROR_ARGUMENT, lh_pdf_write(pages, 0, &lh_paint_defaults, stdout, &error),
                &error, "lh_pages_are(pages, count)");
    lh_page_free(a);
    lh_page_free(b);
}

/* Poppler knows nothing of us: what it draws is what a printer would. */
static void poppler_draws_the_ink_where_it_is(void **state)
{
    (void)state;
    if (system("pdftoppm -v >/dev/null 2>&1") != 0) {
        print_message("pdftoppm is not there\n");
        skip();
    }
    char folder[] = "/tmp/longhand-paint-XXXXXX", path[2][64], command[256];
    assert_non_null(mkdtemp(folder));
    snprintf(path[0], sizeof path[0], "%s/letter.pdf", folder);
    snprintf(path[1], sizeof path[1], "%s/letter.png", folder);
    lh_page *page = letter(7, false);
    const lh_page *pages[1] = {page};
    file pdf = pdf_of(pages, 1);
    FILE *stream = fopen(path[0], "wb");
    assert_int_equal(fwrite(pdf.data, 1, pdf.size, stream), pdf.size);
    fclose(stream);
    snprintf(command, sizeof command, "pdftoppm -png -singlefile -r 200 %s %s/letter", path[0],
             folder);
    assert_int_equal(system(command), 0);
    cairo_surface_t *picture = cairo_image_surface_create_from_png(path[1]);
    assert_int_equal(cairo_surface_status(picture), CAIRO_STATUS_SUCCESS);
    check_ink(picture, page, 200);
    cairo_surface_destroy(picture);
    unlink(path[0]);
    unlink(path[1]);
    rmdir(folder);
    free(pdf.data);
    lh_page_free(page);
}

static void a_broken_stream_is_an_error(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "wb");
    if (!full)
        skip();
    setvbuf(full, NULL, _IONBF, 0);
    lh_page *page = letter(8, false);
    const lh_page *pages[1] = {page};
    lh_error error = {0};
    check_fails(LH_ERROR_IO, lh_pdf_write(pages, 1, &lh_paint_defaults, full, &error), &error,
                "cannot make a PDF");
    fclose(full);
    lh_page_free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_has_ink_where_the_pen_was),
        cmocka_unit_test(transparent_paper_leaves_only_the_ink),
        cmocka_unit_test(a_picture_says_its_resolution_and_how_it_was_made),
        cmocka_unit_test(a_fast_pen_draws_a_thinner_line),
        cmocka_unit_test(points_are_drawn_in_their_tints),
        cmocka_unit_test(a_picture_too_large_or_too_small_is_refused),
        cmocka_unit_test(a_document_is_one_file_with_all_pages),
        cmocka_unit_test(poppler_draws_the_ink_where_it_is),
        cmocka_unit_test(a_broken_stream_is_an_error),
    };
    int failed = cmocka_run_group_tests_name("paint", tests, NULL, NULL);
    cairo_debug_reset_static_data();
    return failed;
}
