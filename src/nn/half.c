/* float16 <-> float32 on the bit patterns (IEEE 754-2008, binary16: 1 sign, 5 exponent with bias
 * 15, 10 fraction; binary32: 1, 8 with bias 127, 23). */
#include "half.h"

#include <string.h>

enum {
    FRACTION_SHIFT = 23 - 10, /* fraction bits that a half lacks */
    BIAS_DIFFERENCE = 127 - 15,
};

float lh_half_to_float(uint16_t half)
{
    uint32_t sign = (uint32_t)(half & 0x8000) << 16;
    uint32_t exponent = half >> 10 & 0x1f;
    uint32_t fraction = half & 0x3ff;
    uint32_t bits;
    if (exponent == 0x1f) {
        bits = 0x7f800000 | fraction << FRACTION_SHIFT;
    } else if (exponent) {
        bits = (exponent + BIAS_DIFFERENCE) << 23 | fraction << FRACTION_SHIFT;
    } else {
        /* Zero or subnormal: a whole number of 2^-24, which float32 holds exactly. */
        float magnitude = (float)fraction * 0x1p-24f;
        memcpy(&bits, &magnitude, sizeof bits);
    }
    bits |= sign;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* `bits` >> `shift`, rounded to nearest, ties to even; 1 <= shift <= 31. */
static uint32_t shift_to_even(uint32_t bits, unsigned shift)
{
    uint32_t kept = bits >> shift;
    uint32_t rest = bits & ((1u << shift) - 1);
    uint32_t tie = 1u << (shift - 1);
    return kept + (rest > tie || (rest == tie && (kept & 1)));
}

uint16_t lh_half_from_float(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint16_t sign = (uint16_t)(bits >> 16 & 0x8000);
    uint32_t exponent = bits >> 23 & 0xff;
    uint32_t fraction = bits & 0x7fffff;
    if (exponent == 0xff) {
        uint32_t payload = fraction >> FRACTION_SHIFT;
        return (uint16_t)(sign | 0x7c00 | (fraction && !payload ? 1 : payload));
    }
    if (exponent > BIAS_DIFFERENCE + 30)
        return (uint16_t)(sign | 0x7c00);
    if (exponent > BIAS_DIFFERENCE) {
        /* A carry out of the fraction raises the exponent, up to infinity, as it should. */
        uint32_t rebiased = (exponent - BIAS_DIFFERENCE) << 23 | fraction;
        return (uint16_t)(sign | shift_to_even(rebiased, FRACTION_SHIFT));
    }
    /* Subnormal: the fraction with its leading one, in units of 2^-24. Below 2^-25 it is zero. */
    unsigned shift = FRACTION_SHIFT + 1 + BIAS_DIFFERENCE - (unsigned)exponent;
    if (shift > 24 || exponent == 0)
        return sign;
    return (uint16_t)(sign | shift_to_even(fraction | 0x800000, shift));
}
