/* Sums and products of places and times that stay numbers. Every step is done in float64, where
 * nothing that a float holds overflows, and comes back to the float that is nearest: the same as in
 * float, but that what is too large becomes the largest there is, and not infinite. */
#ifndef LONGHAND_INK_PLACE_H
#define LONGHAND_INK_PLACE_H

#include <float.h>

static inline float ink_float(double value)
{
    const double most = (double)FLT_MAX;
    return (float)(value > most ? most : value < -most ? -most : value);
}

#endif
