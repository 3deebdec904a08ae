/* The legend of a picture, and its shades. */
#include "page/look.h"

#include <math.h>
#include <pango/pangocairo.h>

/* mm */
static const float bar_width = 50, bar_height = 3, letter = 2.6f;
enum { BAR_STEPS = 50 };

/* Places on viridis (van der Walt and Smith, 2015), whose lightness grows evenly; the last fifth,
 * which white paper would swallow, is left out. */
void lh_shade(double value, double rgb[3])
{
    static const double at[][3] = {
        {0.267, 0.005, 0.329}, {0.275, 0.195, 0.496}, {0.213, 0.359, 0.552}, {0.153, 0.497, 0.558},
        {0.122, 0.633, 0.531}, {0.290, 0.759, 0.428}, {0.600, 0.831, 0.250}};
    enum { LAST = sizeof at / sizeof *at - 1 };
    double place = (value > 0 ? value < 1 ? value : 1 : 0) * LAST;
    int first = place < LAST ? (int)place : LAST - 1;
    for (int i = 0; i < 3; i++)
        rgb[i] = at[first][i] + (place - first) * (at[first + 1][i] - at[first][i]);
}

/* Dark and light by turns, so that neighbours differ in grey as well (Okabe and Ito's colours,
 * ordered and darkened). */
void lh_stroke_colour(size_t stroke, double rgb[3])
{
    static const double colour[LH_STROKE_COLOURS][3] = {
        {0.00, 0.00, 0.00}, {0.90, 0.62, 0.00}, {0.00, 0.35, 0.60}, {0.34, 0.71, 0.91},
        {0.60, 0.20, 0.00}, {0.80, 0.60, 0.75}, {0.00, 0.40, 0.30}, {0.55, 0.75, 0.25}};
    for (int i = 0; i < 3; i++)
        rgb[i] = colour[stroke % LH_STROKE_COLOURS][i];
}

/* 0 is clear, and so is white paper; more is darker. */
double lh_heat(double value, double rgb[3])
{
    lh_shade(1 - value, rgb);
    return value < 0.02 ? 0 : fmin(1, 0.15 + 1.2 * value);
}

/* Letters are set large and drawn small: their places are then not those of whole pixels. */
void lh_look_text(cairo_t *cr, const char *text, float x, float y, float size, lh_text_side side)
{
    enum { ENLARGED = 20 };
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *font = pango_font_description_from_string("Sans");
    pango_font_description_set_absolute_size(font, (double)size * ENLARGED * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, text, -1);
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    double width = (double)box.width / PANGO_SCALE / ENLARGED;
    double height = (double)box.height / PANGO_SCALE / ENLARGED;
    double left = side == LH_TEXT_LEFT ? 0 : side == LH_TEXT_RIGHT ? width : width / 2;
    cairo_save(cr);
    cairo_translate(cr, (double)x - left, (double)y - height / 2);
    cairo_scale(cr, 1.0 / ENLARGED, 1.0 / ENLARGED);
    cairo_move_to(cr, 0, 0);
    pango_cairo_show_layout(cr, layout);
    cairo_restore(cr);
    pango_font_description_free(font);
    g_object_unref(layout);
}

/* The colour of the bar at `value`. */
static void bar_colour(lh_look look, double value, double rgb[3])
{
    double alpha = 1;
    if (look == LH_LOOK_DENSITY || look == LH_LOOK_ATTENTION)
        alpha = lh_heat(value, rgb);
    else if (look != LH_LOOK_END)
        lh_shade(value, rgb);
    for (int i = 0; i < 3; i++)
        rgb[i] = look == LH_LOOK_END ? 0.85 * (1 - value) : alpha * rgb[i] + 1 - alpha;
}

static void draw_bar(cairo_t *cr, lh_look look, const lh_shades *shades, float x, float y)
{
    char label[48];
    for (int i = 0; i < BAR_STEPS; i++) {
        double rgb[3];
        bar_colour(look, (double)i / (BAR_STEPS - 1), rgb);
        cairo_set_source_rgb(cr, rgb[0], rgb[1], rgb[2]);
        /* A little wider than its share: no seams. */
        cairo_rectangle(cr, (double)x + (double)(bar_width * (float)i) / BAR_STEPS, (double)y,
                        (double)bar_width / BAR_STEPS + 0.05, (double)bar_height);
        cairo_fill(cr);
    }
    cairo_set_source_rgb(cr, 0.1, 0.1, 0.1);
    snprintf(label, sizeof label, "%.3g%s", shades->low, shades->unit);
    lh_look_text(cr, label, x, y + bar_height + letter / 2 + 0.5f, letter, LH_TEXT_LEFT);
    snprintf(label, sizeof label, "%.3g%s", shades->high, shades->unit);
    lh_look_text(cr, label, x + bar_width, y + bar_height + letter / 2 + 0.5f, letter,
                 LH_TEXT_RIGHT);
}

static void draw_swatches(cairo_t *cr, float x, float y)
{
    for (size_t i = 0; i < LH_STROKE_COLOURS; i++) {
        double rgb[3];
        char number[8];
        float side = bar_width / LH_STROKE_COLOURS, left = x + side * (float)i;
        lh_stroke_colour(i, rgb);
        cairo_set_source_rgb(cr, rgb[0], rgb[1], rgb[2]);
        cairo_rectangle(cr, left, y, side - 0.5f, bar_height);
        cairo_fill(cr);
        cairo_set_source_rgb(cr, 0.1, 0.1, 0.1);
        snprintf(number, sizeof number, "%zu", i + 1);
        lh_look_text(cr, number, left + side / 2, y + bar_height + letter / 2 + 0.5f, letter,
                     LH_TEXT_CENTRE);
    }
}

void lh_legend_draw(cairo_t *cr, lh_look look, const lh_shades *shades, float x, float y)
{
    if (look == LH_LOOK_STROKES)
        draw_swatches(cr, x, y);
    else
        draw_bar(cr, look, shades, x, y);
    cairo_set_source_rgb(cr, 0.1, 0.1, 0.1);
    lh_look_text(cr, shades->title, x + bar_width + 3, y + bar_height / 2, letter, LH_TEXT_LEFT);
}
