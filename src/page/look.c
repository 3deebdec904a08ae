/* Ways to look at writing, as SVG and PNG, both drawn by cairo. */
#include "page/look.h"

#include "base/extremes.h"
#include "page/drawing.h"
#include "page/page_xml.h"
#include "page/png.h"

#include <cairo-svg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* mm of an attention plot: a character's row, room for the characters, between the parts, and the
 * margin. */
static const float row_height = 3, left_room = 8, part_gap = 5, margin = 8;

/* ---- places -----------------------------------------------------------------------------------
 */

typedef struct frame {
    float width, height; /* mm */
    float pen;
} frame;

static lh_box line_box(const lh_page_line *line)
{
    lh_box box = lh_ink_bounds(line->ink);
    float scale = line->placing.scale;
    return (lh_box){scale * box.left, scale * box.top, scale * box.right, scale * box.bottom};
}

static float attention_height(const lh_page_line *line)
{
    lh_box box = line_box(line);
    return box.bottom - box.top + row_height * (float)lh_text_characters(line->text) + 3 * part_gap;
}

static frame measure(const lh_page *page, lh_look look)
{
    const lh_paper *paper = lh_page_paper(page);
    frame f = {paper->width, paper->height, lh_page_pen(page)};
    if (look == LH_LOOK_ATTENTION) {
        f.width = 0;
        f.height = 2 * margin;
        for (size_t i = 0; i < lh_page_count(page); i++) {
            lh_page_line line = lh_page_get(page, i);
            lh_box box = line_box(&line);
            lh_raisef(&f.width, box.right - box.left + left_room + 2 * margin);
            f.height += attention_height(&line);
        }
    }
    lh_raisef(&f.width, 140); /* the legend's */
    f.height += look == LH_LOOK_INK ? 0 : LH_LEGEND_HEIGHT;
    return f;
}

/* ---- drawing ----------------------------------------------------------------------------------
 */

static lh_status draw_attention(const lh_page *page, const frame *f, const lh_shades *shades,
                                cairo_t *cr, lh_error *error)
{
    float y = margin;
    lh_status status = LH_OK;
    for (size_t i = 0; i < lh_page_count(page) && status == LH_OK; i++) {
        lh_page_line line = lh_page_get(page, i);
        lh_box box = line_box(&line);
        line.placing.x = margin + left_room - box.left;
        line.placing.y = y - box.top;
        status = lh_look_line(cr, &line, LH_LOOK_INK, f->pen, shades, error);
        float top = y + box.bottom - box.top + part_gap;
        if (status == LH_OK)
            status = lh_look_attention(cr, &line, margin + left_room, top,
                                       fmaxf(10, box.right - box.left), row_height, error);
        y += attention_height(&line);
    }
    return status;
}

static lh_status draw(const lh_page *page, lh_look look, const frame *f, cairo_t *cr,
                      lh_error *error)
{
    lh_shades shades = lh_look_shades(page, look);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    lh_status status = LH_OK;
    if (look == LH_LOOK_ATTENTION)
        status = draw_attention(page, f, &shades, cr, error);
    for (size_t i = 0; look == LH_LOOK_DENSITY && i < lh_page_count(page) && status == LH_OK; i++) {
        lh_page_line line = lh_page_get(page, i);
        status = lh_look_density(cr, &line, error);
    }
    for (size_t i = 0; look != LH_LOOK_ATTENTION && i < lh_page_count(page) && status == LH_OK;
         i++) {
        lh_page_line line = lh_page_get(page, i);
        status = lh_look_line(cr, &line, look, f->pen, &shades, error);
    }
    if (look != LH_LOOK_INK)
        lh_legend_draw(cr, look, &shades, margin, f->height - LH_LEGEND_HEIGHT + 2);
    return status == LH_OK ? lh_paint_status(cairo_status(cr), "a picture", error) : status;
}

/* ---- files ------------------------------------------------------------------------------------
 */

/* Names that cairo gives by counting what the process has drawn. */
static const char *const counted[] = {"image", "surface", "source-"};

/* Is a name of that kind at `at`? Its letters, and where its number ends. */
static const char *find_counted(const char *at, const char **end)
{
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
        size_t length = strlen(counted[i]);
        if (strncmp(at, counted[i], length) != 0)
            continue;
        size_t digits = strspn(at + length, "0123456789");
        *end = at + length + digits;
        if (digits > 0 && (**end == '"' || **end == ')'))
            return counted[i];
    }
    return NULL;
}

/* Writes SVG with such names counted from its own beginning, so that a picture is the same whatever
 * was drawn before it. */
static lh_status write_counted_anew(const char *svg, FILE *stream, lh_error *error)
{
    struct name {
        const char *at;
        size_t length;
    } *names = NULL;
    size_t count = 0;
    const char *from = svg, *end;
    for (const char *c = svg; (c = strpbrk(c, "\"#")) != NULL;) {
        const char *letters = find_counted(++c, &end);
        if (!letters)
            continue;
        size_t length = (size_t)(end - c), i = 0;
        while (i < count && (names[i].length != length || memcmp(names[i].at, c, length) != 0))
            i++;
        if (i == count) {
            struct name *larger = realloc(names, (count + 1) * sizeof *larger);
            if (!larger) {
                free(names);
                return lh_fail_memory(error, "an SVG");
            }
            names = larger;
            names[count++] = (struct name){c, length};
        }
        fwrite(from, 1, (size_t)(c - from), stream);
        fprintf(stream, "%s%zu", letters, i + 1);
        from = c = end;
    }
    fputs(from, stream);
    free(names);
    return LH_OK;
}

/* The picture with title and notes behind its first tag. */
static lh_status write_with_notes(const lh_page *page, const char *svg, FILE *stream,
                                  lh_error *error)
{
    const char *tag = strstr(svg, "<svg"), *end = tag ? strchr(tag, '>') : NULL;
    size_t head = end ? (size_t)(end + 1 - svg) : 0;
    fwrite(svg, 1, head, stream);
    fputs("\n<title>", stream);
    lh_xml_text(stream, lh_page_title(page));
    fputs("</title>\n<desc>", stream);
    lh_xml_text(stream, lh_page_notes(page));
    fputs("</desc>", stream);
    return write_counted_anew(svg + head, stream, error);
}

lh_status lh_draw_look_svg(const lh_page *page, lh_look look, FILE *stream, lh_error *error)
{
    frame f = measure(page, look);
    char *svg = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&svg, &size);
    if (!memory)
        return lh_fail_memory(error, "an SVG");
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(
        lh_paint_write, memory, (double)f.width, (double)f.height);
    cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_MM);
    cairo_t *cr = cairo_create(surface);
    lh_status status = draw(page, look, &f, cr, error);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (status == LH_OK)
        status = lh_paint_status(cairo_surface_status(surface), "an SVG", error);
    cairo_surface_destroy(surface);
    if (fclose(memory) != 0 && status == LH_OK)
        status = lh_fail_memory(error, "an SVG");
    if (status == LH_OK)
        status = write_with_notes(page, svg, stream, error);
    free(svg);
    return status;
}

typedef struct picture {
    const lh_page *page;
    lh_look look;
    frame frame;
} picture;

static lh_status paint(void *user, cairo_t *cr, lh_error *error)
{
    const picture *p = user;
    return draw(p->page, p->look, &p->frame, cr, error);
}

lh_status lh_draw_look_png(const lh_page *page, lh_look look, float dpi, FILE *stream,
                           lh_error *error)
{
    picture p = {page, look, measure(page, look)};
    return lh_png_write_picture(page, p.frame.width, p.frame.height, dpi, paint, &p, stream, error);
}
