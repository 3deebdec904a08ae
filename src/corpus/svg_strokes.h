/* Strokes from the shapes of an SVG: an svg_pen that places what is drawn, makes points of curves
 * and joins strokes, one of which begins where the other ended: programs that draw with a pen of
 * changing width, and our own tints, cut a stroke into pieces. */
#ifndef LONGHAND_CORPUS_SVG_STROKES_H
#define LONGHAND_CORPUS_SVG_STROKES_H

#include "svg_path.h"
#include "svg_transform.h"

#include <longhand/ink.h>

typedef struct svg_strokes {
    lh_ink *ink;             /* what is drawn is added to it */
    svg_transform transform; /* where it is placed */
    size_t max_points;       /* of the ink */
    svg_place here;          /* where the pen is, placed */
    bool down;               /* `here` is the last point of the ink, whose stroke goes on */
    const char *fault;       /* why the rest is not drawn; NULL: all is */
    lh_status status;        /* LH_OK, or an error that is filled */
    lh_error *error;
} svg_strokes;

/* The pen that draws into `strokes`. Nothing is drawn behind a fault. */
svg_pen svg_strokes_pen(svg_strokes *strokes);
/* Lifts the pen: the stroke that goes on, if there is one, has ended. */
void svg_strokes_lift(svg_strokes *strokes);
/* Gives the points of the ink from `first` on times by which a pen at one pace draws them within
 * `duration` seconds from `start`. */
void svg_strokes_time(lh_ink *ink, size_t first, double start, double duration);

#endif
