/* What the user draws on the paper: ink in whiteboard units, with the pen's pressure where the
 * device tells it, and what the network thinks could come next. */
#ifndef LONGHAND_WINDOW_DRAWING_H
#define LONGHAND_WINDOW_DRAWING_H

#include "scribe.h"

#include <cairo.h>

typedef struct win_drawing {
    lh_ink ink;      /* placed where it was drawn, in units of the paper's line height */
    float *pressure; /* [ink.count] 0..1; 0.5 where the device does not tell */
    size_t pressures;
    bool down;            /* a stroke is being drawn */
    double began;         /* time of its first point, seconds */
    unsigned turn;        /* counts what was drawn: ways of an older turn are out of date */
    lh_ink way[WIN_WAYS]; /* from the last point on */
} win_drawing;

void win_drawing_clear(win_drawing *drawing);
/* These return false when there is no memory. Units; `time` in seconds. */
bool win_drawing_press(win_drawing *drawing, float x, float y, double time, float pressure);
bool win_drawing_move(win_drawing *drawing, float x, float y, double time, float pressure);
void win_drawing_release(win_drawing *drawing);
/* Ink from elsewhere instead of what was drawn, its first line at (x, y). */
bool win_drawing_take(win_drawing *drawing, const lh_ink *ink, float x, float y);
void win_drawing_take_ways(win_drawing *drawing, const win_news *news);
void win_drawing_drop_ways(win_drawing *drawing);

/* Draws it, `scale` pixels a unit, with a pen `width` pixels wide. */
void win_drawing_show(const win_drawing *drawing, cairo_t *cr, double scale, double width,
                      uint32_t colour);

#endif
