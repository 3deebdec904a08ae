/* Text: see theme.h. Laying a text out takes ten times as long as drawing it, and most are drawn
 * again and again: labels, names, the list of keys. So layouts are kept, those that were asked for
 * last, for the one thread that draws. */
#include "theme.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The first of these that is installed; all read well at small sizes. */
static const char FAMILIES[] = "Inter,Cantarell,Noto Sans,DejaVu Sans,Sans";

PangoLayout *win_layout(cairo_t *cr, double size, bool bold)
{
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *font = pango_font_description_from_string(FAMILIES);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    if (bold)
        pango_font_description_set_weight(font, PANGO_WEIGHT_SEMIBOLD);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    return layout;
}

static void set_size(PangoLayout *layout, double size)
{
    PangoFontDescription *font =
        pango_font_description_copy(pango_layout_get_font_description(layout));
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

/* ---- layouts that are kept --------------------------------------------------------------------
 */

typedef enum set_as { AS_LEFT, AS_MIDDLE, AS_RIGHT, AS_PARAGRAPH, AS_LONG } set_as;

/* Compared byte by byte, so all of it is zero before it is filled in. */
typedef struct wanted {
    double size, width, scale;
    set_as as;
    bool bold;
} wanted;

enum {
    KEPT = 1024
}; /* places, in pairs, of which a text has one: that of the two used longer ago */

static struct kept_text {
    wanted as;
    char *text;          /* owned */
    PangoLayout *layout; /* owned; NULL: none */
    unsigned used;       /* when it was, by `turn` */
} kept[KEPT];
static unsigned turn;

static size_t place_of(const wanted *as, const char *text)
{
    const unsigned char *bytes = (const unsigned char *)as;
    uint64_t hash = 14695981039346656037U; /* FNV-1a */
    for (size_t i = 0; i < sizeof *as; i++)
        hash = (hash ^ bytes[i]) * 1099511628211U;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211U;
    return (size_t)(hash ^ hash >> 32) % KEPT;
}

static void drop(struct kept_text *k)
{
    free(k->text);
    if (k->layout)
        g_object_unref(k->layout);
    *k = (struct kept_text){0};
}

void win_text_forget(void)
{
    for (size_t i = 0; i < KEPT; i++)
        drop(&kept[i]);
}

/* Of its size, as small as a text that is too long may be. */
#define SMALLER 0.85

static void set_out(PangoLayout *layout, const wanted *as, const char *text)
{
    pango_layout_set_text(layout, text, -1);
    if (as->as == AS_LONG)
        return;
    pango_layout_set_width(layout, (int)(as->width * PANGO_SCALE));
    if (as->as == AS_PARAGRAPH) {
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
        return;
    }
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_alignment(layout, as->as == AS_LEFT    ? PANGO_ALIGN_LEFT
                                       : as->as == AS_RIGHT ? PANGO_ALIGN_RIGHT
                                                            : PANGO_ALIGN_CENTER);
    if (pango_layout_is_ellipsized(layout))
        set_size(layout, SMALLER * as->size);
}

static bool is_it(const struct kept_text *k, const wanted *as, const char *text)
{
    return k->layout && memcmp(&k->as, as, sizeof *as) == 0 && strcmp(k->text, text) == 0;
}

/* Where the text is kept, or is to be. */
static struct kept_text *find(const wanted *as, const char *text)
{
    struct kept_text *one = &kept[place_of(as, text) & ~(size_t)1], *other = one + 1;
    if (is_it(one, as, text) || is_it(other, as, text))
        return is_it(one, as, text) ? one : other;
    return one->used < other->used ? one : other;
}

/* The text laid out, ready to be drawn by `cr`, which draws to pixels; good until the next call. */
static PangoLayout *lay_out(cairo_t *cr, set_as how, double width, double size, bool bold,
                            const char *text)
{
    cairo_matrix_t matrix;
    wanted as;
    cairo_get_matrix(cr, &matrix);
    memset(&as, 0, sizeof as);
    as.size = size;
    as.width = how == AS_LONG ? 0 : width;
    as.scale = matrix.xx;
    as.as = how;
    as.bold = bold;
    struct kept_text *k = find(&as, text);
    k->used = ++turn;
    if (is_it(k, &as, text))
        return k->layout;
    drop(k);
    k->layout = win_layout(cr, size, bold);
    set_out(k->layout, &as, text);
    k->text = strdup(text);
    k->used = turn;
    if (k->text) /* else it is drawn now, and is another's place from then on */
        memcpy(&k->as, &as, sizeof as);
    return k->layout;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void draw_text(cairo_t *cr, win_box box, int align, double size, bool bold, uint32_t colour,
                      const char *text)
{
    set_as as = align < 0 ? AS_LEFT : align > 0 ? AS_RIGHT : AS_MIDDLE;
    PangoLayout *layout = lay_out(cr, as, box.w, size, bold, text);
    int height;
    pango_layout_get_pixel_size(layout, NULL, &height);
    win_set_colour(cr, colour, 1);
    cairo_move_to(cr, box.x, box.y + floor((box.h - height) / 2));
    pango_cairo_show_layout(cr, layout);
}

void win_text(cairo_t *cr, win_box box, int align, double size, uint32_t colour, const char *text)
{
    draw_text(cr, box, align, size, false, colour, text);
}

void win_bold_text(cairo_t *cr, win_box box, int align, double size, uint32_t colour,
                   const char *text)
{
    draw_text(cr, box, align, size, true, colour, text);
}

double win_text_width(cairo_t *cr, double size, const char *text)
{
    int width;
    pango_layout_get_pixel_size(lay_out(cr, AS_LONG, 0, size, false, text), &width, NULL);
    return width;
}

double win_paragraph_height(cairo_t *cr, double width, double size, bool bold, const char *text)
{
    int height;
    pango_layout_get_pixel_size(lay_out(cr, AS_PARAGRAPH, width, size, bold, text), NULL, &height);
    return height;
}

double win_paragraph(cairo_t *cr, win_box at, double size, bool bold, uint32_t colour,
                     const char *text)
{
    PangoLayout *layout = lay_out(cr, AS_PARAGRAPH, at.w, size, bold, text);
    int height;
    pango_layout_get_pixel_size(layout, NULL, &height);
    win_set_colour(cr, colour, 1);
    cairo_move_to(cr, at.x, at.y);
    pango_cairo_show_layout(cr, layout);
    return height;
}
