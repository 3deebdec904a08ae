/* The nib: ink of changing width along the smooth curve through what a pen recorded (Catmull and
 * Rom's), for the network's ink and for that which the user draws. */
#ifndef LONGHAND_WINDOW_NIB_H
#define LONGHAND_WINDOW_NIB_H

#include <longhand/ink.h>

#include <cairo.h>

/* Draws the way from `a` to `b`, widths from `from` to `to`; `before` and `after` are the points on
 * either side of it, or `a` and `b` again where the stroke begins and ends. */
void win_nib_step(cairo_t *cr, lh_vec2 before, lh_vec2 a, lh_vec2 b, lh_vec2 after, double from,
                  double to);
/* Adds the way from `a`, where the path is, to `b`. */
void win_nib_path(cairo_t *cr, lh_vec2 before, lh_vec2 a, lh_vec2 b, lh_vec2 after);
void win_nib_dot(cairo_t *cr, lh_vec2 at, double width);

#endif
