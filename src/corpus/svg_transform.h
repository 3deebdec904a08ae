/* The transform attribute of SVG (SVG 1.1, section 7.6). */
#ifndef LONGHAND_CORPUS_SVG_TRANSFORM_H
#define LONGHAND_CORPUS_SVG_TRANSFORM_H

#include <stdbool.h>

/* (x, y) goes to (a x + c y + e, b x + d y + f). */
typedef struct svg_transform {
    double a, b, c, d, e, f;
} svg_transform;

extern const svg_transform svg_transform_none;

/* First `inner`, then `outer`. */
svg_transform svg_transform_join(const svg_transform *outer, const svg_transform *inner);
void svg_transform_apply(const svg_transform *transform, double *x, double *y);
/* Reads the row of transforms text..end ("translate(3 4) rotate(90)"), the last of which is applied
 * first. False when it is malformed. */
bool svg_transform_read(const char *text, const char *end, svg_transform *transform);

#endif
