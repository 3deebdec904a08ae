/* A page as PNG: cairo draws and compresses; resolution and notes are put in as chunks of their own
 * (PNG specification, second edition, sections 5.3, 11.3.4.5 and 11.3.5.3). */
#include "page/png.h"

#include "page/drawing.h"
#include "page/pages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MM_AN_INCH 25.4f
enum { PIXELS_MAX = 32767 }; /* cairo's limit for a side of an image */
/* Signature and the first chunk, IHDR, which has a fixed length. */
enum { HEAD_SIZE = 8 + 12 + 13 };

/* ---- chunks ---------------------------------------------------------------------------------- */

static uint32_t add_to_crc(uint32_t crc, const unsigned char *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return crc;
}

static void write_uint32(FILE *stream, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        putc((int)(value >> shift & 255), stream);
}

static void write_chunk(FILE *stream, const char type[4], const void *data, size_t size)
{
    uint32_t crc = add_to_crc(0xffffffffu, (const unsigned char *)type, 4);
    crc = ~add_to_crc(crc, data, size);
    write_uint32(stream, (uint32_t)size);
    fwrite(type, 1, 4, stream);
    fwrite(data, 1, size, stream);
    write_uint32(stream, crc);
}

/* iTXt: key, NUL, not compressed, no language, no translated key, UTF-8. */
static lh_status write_text_chunk(FILE *stream, const char *key, const char *text, lh_error *error)
{
    if (!*text)
        return LH_OK;
    size_t name = strlen(key), length = strlen(text);
    char *data = calloc(1, name + 5 + length);
    if (!data)
        return lh_fail_memory(error, "the notes of a PNG");
    memcpy(data, key, name);
    memcpy(data + name + 5, text, length);
    write_chunk(stream, "iTXt", data, name + 5 + length);
    free(data);
    return LH_OK;
}

static void write_resolution(FILE *stream, float dpi)
{
    uint32_t metre = (uint32_t)lroundf(dpi * 1000 / MM_AN_INCH);
    unsigned char data[9];
    for (int i = 0; i < 8; i++)
        data[i] = (unsigned char)(metre >> (24 - 8 * (i % 4)));
    data[8] = 1; /* the unit is the metre */
    write_chunk(stream, "pHYs", data, sizeof data);
}

/* ---- the picture ----------------------------------------------------------------------------- */

static lh_status draw(const lh_page *page, float mm_wide, float mm_high, float dpi,
                      lh_picture *picture, void *user, FILE *image, lh_error *error)
{
    const lh_paper *paper = lh_page_paper(page);
    float scale = lh_page_pixels_a_mm(dpi);
    float width = lh_page_pixels(mm_wide, dpi), height = lh_page_pixels(mm_high, dpi);
    if (!(dpi >= 1 && width <= PIXELS_MAX && height <= PIXELS_MAX))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "a picture of %g x %g mm at %g dpi: it takes at least 1 dpi, and sides "
                       "of at most %d pixels",
                       (double)mm_wide, (double)mm_high, (double)dpi, PIXELS_MAX);
    cairo_surface_t *surface = cairo_image_surface_create(
        paper->transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, (int)width, (int)height);
    cairo_t *cr = cairo_create(surface);
    if (!paper->transparent) {
        /* The last pixels may be more than the page; they are paper too. */
        cairo_set_source_rgb(cr, (paper->colour >> 16 & 255) / 255.0,
                             (paper->colour >> 8 & 255) / 255.0, (paper->colour & 255) / 255.0);
        cairo_paint(cr);
    }
    cairo_scale(cr, scale, scale);
    lh_status status = picture(user, cr, error);
    cairo_destroy(cr);
    if (status == LH_OK)
        status = lh_paint_status(cairo_surface_write_to_png_stream(surface, lh_paint_write, image),
                                 "a PNG", error);
    cairo_surface_destroy(surface);
    return status;
}

lh_status lh_png_write_picture(const lh_page *page, float width, float height, float dpi,
                               lh_picture *picture, void *user, FILE *stream, lh_error *error)
{
    char *image = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&image, &size);
    if (!memory)
        return lh_fail_memory(error, "a PNG");
    lh_status status = draw(page, width, height, dpi, picture, user, memory, error);
    if (fclose(memory) != 0 && status == LH_OK)
        status = lh_fail_memory(error, "a PNG");
    if (status == LH_OK) {
        fwrite(image, 1, HEAD_SIZE, stream);
        write_resolution(stream, dpi);
        status = write_text_chunk(stream, "Title", lh_page_title(page), error);
    }
    if (status == LH_OK)
        status = write_text_chunk(stream, "Description", lh_page_notes(page), error);
    if (status == LH_OK)
        fwrite(image + HEAD_SIZE, 1, size - HEAD_SIZE, stream);
    free(image);
    return status;
}

/* ---- pages ----------------------------------------------------------------------------------- */

typedef struct painted {
    const lh_page *page;
    const lh_paint_options *options;
} painted;

static lh_status paint(void *user, cairo_t *cr, lh_error *error)
{
    const painted *p = user;
    return lh_page_paint(p->page, p->options, cr, error);
}

lh_status lh_draw_png(const lh_page *page, float dpi, const lh_paint_options *options, FILE *stream,
                      lh_error *error)
{
    painted p = {page, options};
    const lh_paper *paper = lh_page_paper(page);
    return lh_png_write_picture(page, paper->width, paper->height, dpi, paint, &p, stream, error);
}
