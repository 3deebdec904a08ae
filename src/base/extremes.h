/* The greatest and the least of many numbers, told one after the other; what is not a number is
 * passed over. By comparison, one instruction, where fmax and fmin are calls on most machines; and
 * gcc 12 for arm64 stops with an internal error at loops that gather an extreme with these. */
#ifndef LONGHAND_BASE_EXTREMES_H
#define LONGHAND_BASE_EXTREMES_H

static inline void lh_raise(double *most, double value)
{
    if (value > *most)
        *most = value;
}

static inline void lh_lower(double *least, double value)
{
    if (value < *least)
        *least = value;
}

static inline void lh_raisef(float *most, float value)
{
    if (value > *most)
        *most = value;
}

static inline void lh_lowerf(float *least, float value)
{
    if (value < *least)
        *least = value;
}

#endif
