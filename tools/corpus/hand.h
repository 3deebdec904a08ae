/* A hand that writes ASCII text with a pen: it takes letters from a stroke font and gives ink as a
 * whiteboard would have recorded it. */
#ifndef LONGHAND_TOOLS_HAND_H
#define LONGHAND_TOOLS_HAND_H

#include <longhand/ink.h>

#include "hershey.h"

typedef struct hand_style {
    const char *face; /* file of the letters, "scripts.jhf" */
    bool joins;       /* goes on to the next letter where the two meet; dots and bars come last */
    double size;      /* whiteboard units for one of Hershey's */
    double width;     /* of letters, over that of the face */
    double slant;     /* to the right, over height */
    double spacing;   /* between letters, Hershey's units */
    double blank;     /* between words, Hershey's units */
    double unsteady;  /* how much letters differ: standard deviation of size, over size */
    double drift;     /* of the baseline, whiteboard units */
    double rounding;  /* whiteboard units over which corners are rounded */
    double pace;      /* pen speed where the radius of curvature is 1; units/s */
} hand_style;

/* Adds `text` to `ink`, its baseline starting at (x, y), its first point `time` seconds in. Letters
 * are taken from `letters`, all else from `marks`. Points are whole units, as the recordings have.
 */
lh_status hand_write(const hand_style *hand, const hershey_face *letters, const hershey_face *marks,
                     const char *text, double x, double y, double time, lh_rng *rng, lh_ink *ink,
                     lh_error *error);

#endif
