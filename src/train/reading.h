/* A line as a network that reads takes it: the features of its ink, which may be changed a little,
 * as another hand or another pen might have left it. */
#ifndef LONGHAND_TRAIN_READING_H
#define LONGHAND_TRAIN_READING_H

#include <longhand/ink.h>

/* How strongly; 0 leaves lines as they are. */
typedef struct lh_reading_change {
    double slant;  /* deviation of the shear k of x <- x + k y, y up */
    double size;   /* deviation of the logarithm of the size */
    double jitter; /* of all else: how wide letters are, how the line slopes, where its baseline is
                    * thought to be, shaking, strokes broken and joined; 1 is much as hands vary */
    uint64_t seed;
} lh_reading_change;

/* A line and where it stands. */
typedef struct lh_reading_line {
    const lh_point *points;
    size_t count;
    lh_baseline baseline;
} lh_reading_line;

lh_reading_line lh_reading_line_of(const lh_point *points, size_t count);

/* Features of a line, changed as random numbers of `stream` say; `how` NULL: as it is. */
lh_status lh_reading_features(const lh_reading_line *line, const lh_reading_change *how,
                              uint64_t stream, lh_features *features, lh_error *error);

#endif
