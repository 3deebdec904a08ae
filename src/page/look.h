/* Ways to look at writing, in parts: the lines (look_lines.c), heat (look_heat.c), the legend and
 * its shades (look_legend.c). All draw in millimetres. */
#ifndef LONGHAND_PAGE_LOOK_H
#define LONGHAND_PAGE_LOOK_H

#include "page/paint.h"

/* What the shades of a picture stand for. */
typedef struct lh_shades {
    const char *title;
    double low, high; /* values of the first and the last shade */
    const char *unit; /* behind them, or "" */
} lh_shades;

/* A colour by value, 0 to 1: dark to light in a way that is also seen in grey. */
void lh_shade(double value, double rgb[3]);
/* The colour of heat, 0 to 1: light to dark; returns how far it covers what is below. */
double lh_heat(double value, double rgb[3]);
/* The colour of stroke 0, 1, ...; there are LH_STROKE_COLOURS. */
enum { LH_STROKE_COLOURS = 8 };
void lh_stroke_colour(size_t stroke, double rgb[3]);

/* mm that a legend takes. */
#define LH_LEGEND_HEIGHT 12.0f
void lh_legend_draw(cairo_t *cr, lh_look look, const lh_shades *shades, float x, float y);
/* Text with its left edge, middle (centre) or right edge at x, and its middle height at y. */
typedef enum lh_text_side { LH_TEXT_LEFT, LH_TEXT_CENTRE, LH_TEXT_RIGHT } lh_text_side;
void lh_look_text(cairo_t *cr, const char *text, float x, float y, float size, lh_text_side side);

/* Values that the shades go to: the highest speed, the longest line. */
lh_shades lh_look_shades(const lh_page *page, lh_look look);
/* Draws a line's ink in the manner of `look`. */
lh_status lh_look_line(cairo_t *cr, const lh_page_line *line, lh_look look, float pen,
                       const lh_shades *shades, lh_error *error);

/* The density that was predicted for each point of the line, as heat. */
lh_status lh_look_density(cairo_t *cr, const lh_page_line *line, lh_error *error);
/* The window of a line in a frame of this size: text upwards at the left, points along x. */
lh_status lh_look_attention(cairo_t *cr, const lh_page_line *line, float x, float y, float width,
                            float row_height, lh_error *error);
/* Characters of a text. */
size_t lh_text_characters(const char *text);

#endif
