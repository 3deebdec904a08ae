/* What the window looks like: its colours and shapes (theme.c), and text in them (lettering.c). */
#ifndef LONGHAND_WINDOW_THEME_H
#define LONGHAND_WINDOW_THEME_H

#include <cairo.h>
#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stdint.h>

#define WIN_BACK 0xf4f2edu  /* behind everything */
#define WIN_PAPER 0xfffefbu /* paper and fields */
#define WIN_EDGE 0xdcd7ccu  /* hairlines */
#define WIN_TRACK 0xd5cfc3u /* what a slider runs on */
#define WIN_TEXT 0x26241fu
#define WIN_QUIET 0x6a655bu /* labels; 5 : 1 on WIN_BACK */
#define WIN_ACCENT 0x24598cu
#define WIN_TINT 0xdbe7f2u /* the accent, as a background */
#define WIN_WARN 0xa3341fu
#define WIN_MARK 0x2c7350u  /* what a search found */
#define WIN_OTHER 0xb8641cu /* what stands against the accent in the views */

/* Sizes of text, in pixels of the interface. */
#define WIN_FIELD_TEXT 17.0
#define WIN_BODY_TEXT 13.0
#define WIN_SMALL_TEXT 11.5

typedef struct win_box {
    double x, y, w, h;
} win_box;

bool win_box_holds(win_box box, double x, double y);

void win_set_colour(cairo_t *cr, uint32_t colour, double alpha);
/* `b` seen through `a` of this share. */
uint32_t win_mix(uint32_t a, uint32_t b, double share);
void win_fill(cairo_t *cr, win_box box, uint32_t colour);
/* Does what is drawn now touch the box? */
bool win_is_asked_for(cairo_t *cr, win_box box);
/* The smallest around both, of which one may be empty. */
win_box win_box_around(win_box a, win_box b);
/* A rounded box as the current path. */
void win_round(cairo_t *cr, win_box box, double radius);
/* A rounded box, filled, with an edge of one pixel inside it. */
void win_card(cairo_t *cr, win_box box, double radius, uint32_t fill, uint32_t edge);
/* The same with a broken edge: what does nothing now. */
void win_idle_card(cairo_t *cr, win_box box, double radius);
/* The bar of what is scrolled by `scroll` of `all`, at the right edge of `box`; w 0: all is seen.
 */
win_box win_bar_box(win_box box, double scroll, double all);
void win_bar_box_draw(cairo_t *cr, win_box bar);
void win_hairline(cairo_t *cr, double x0, double y0, double x1, double y1);

/* A layout in the window's font at `size` pixels; the caller unrefs. NULL is never returned. */
PangoLayout *win_layout(cairo_t *cr, double size, bool bold);
/* One line of text in `box`, middled upwards; `align` -1 left, 0 middle, 1 right. Too long a text
 * is a little smaller, and ends in an ellipsis if that is not enough. */
void win_text(cairo_t *cr, win_box box, int align, double size, uint32_t colour, const char *text);
void win_bold_text(cairo_t *cr, win_box box, int align, double size, uint32_t colour,
                   const char *text);
double win_text_width(cairo_t *cr, double size, const char *text);
/* Rows of text from the left upper corner of `at` on, as wide as that; they return how high. */
double win_paragraph(cairo_t *cr, win_box at, double size, bool bold, uint32_t colour,
                     const char *text);
double win_paragraph_height(cairo_t *cr, double width, double size, bool bold, const char *text);
/* Frees what is kept of texts that were drawn. */
void win_text_forget(void);

#endif
