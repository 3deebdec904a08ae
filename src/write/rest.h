/* A pen at rest. People let the pen stand now and then, for a point or two; the network has learned
 * that, and that a pen which stands very still goes on to stand. Sharpened by a bias the mixture
 * makes it stand stiller than any hand and ever likelier to stand, until a letter is a dot or the
 * pen never leaves: runs of 60 such points are 0.004 in a thousand points of IAM-OnDB, none in what
 * is written at bias 0, and 0.4 at bias 0.75. So a bias here makes writing neater, but never rest
 * likelier than it is for people (lh_pen_mixture). */
#ifndef LONGHAND_WRITE_REST_H
#define LONGHAND_WRITE_REST_H

#include <longhand/write.h>

/* How many points the pen has rested for (0: it moves) when it has drawn offset x[3] (normalised)
 * after resting for `rested`. */
int lh_rest_count(int rested, const lh_real x[3]);

#endif
