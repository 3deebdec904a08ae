/* The pen: takes a stroke's outline and moves along it as a hand does. */
#ifndef LONGHAND_TOOLS_PEN_H
#define LONGHAND_TOOLS_PEN_H

#include <longhand/ink.h>

/* Whiteboard units between the points of a path that the pen moves along; the most it can have. */
#define PEN_STEP 4.0
enum { PEN_PATH_MAX = 8192 };

typedef struct pen_spot {
    double x, y;
} pen_spot;

typedef struct pen {
    double rounding; /* see hand.h */
    double pace;
    double time; /* seconds; moves on as the pen does */
    lh_rng *rng;
    lh_ink *ink;
    /* Room to work in. */
    int count;
    pen_spot path[PEN_PATH_MAX], raw[PEN_PATH_MAX];
    double speed[PEN_PATH_MAX], when[PEN_PATH_MAX];
} pen;

/* Moves through the air to the corners' first and along all of them; adds the readings. */
lh_status pen_stroke(pen *pen, const pen_spot *corner, int count, lh_error *error);
/* Touches the board at `spot`: one reading, or a few close ones. */
lh_status pen_dot(pen *pen, pen_spot spot, lh_error *error);

#endif
