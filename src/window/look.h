/* What the window looks like: its colours, and text and shapes in them. */
#ifndef LONGHAND_WINDOW_LOOK_H
#define LONGHAND_WINDOW_LOOK_H

#include <cairo.h>
#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stdint.h>

#define WIN_BACK 0xefece6u  /* behind everything */
#define WIN_PAPER 0xfdfcf9u /* paper and fields */
#define WIN_EDGE 0xd3cdc2u  /* hairlines */
#define WIN_TEXT 0x2b2a28u
#define WIN_QUIET 0x6b665eu /* labels; 5 : 1 on WIN_BACK */
#define WIN_ACCENT 0x24598cu
#define WIN_TINT 0xd7e4f0u /* the accent, as a background */
#define WIN_WARN 0xa3341fu

typedef struct win_box {
    double x, y, w, h;
} win_box;

bool win_box_holds(win_box box, double x, double y);

void win_set_colour(cairo_t *cr, uint32_t colour, double alpha);
void win_fill(cairo_t *cr, win_box box, uint32_t colour);
/* A rounded box as the current path. */
void win_round(cairo_t *cr, win_box box, double radius);
void win_hairline(cairo_t *cr, double x0, double y0, double x1, double y1);

/* A layout in the window's font at `size` pixels; the caller unrefs. NULL is never returned. */
PangoLayout *win_layout(cairo_t *cr, double size, bool bold);
/* One line of text in `box`, middled upwards; `align` -1 left, 0 middle, 1 right. Too long a text
 * ends in an ellipsis. */
void win_text(cairo_t *cr, win_box box, int align, double size, uint32_t colour, const char *text);
/* Text of many lines; returns its height. */
double win_paragraph(cairo_t *cr, win_box box, double size, uint32_t colour, const char *text);

#endif
