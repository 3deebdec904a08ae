/* Elementary functions for loops that the compiler turns into vectors: without branches or calls.
 */
#ifndef LONGHAND_NN_KERNELS_MATH_H
#define LONGHAND_NN_KERNELS_MATH_H

#include <longhand/nn.h>

#include <math.h>

#ifdef LH_FLOAT64
static inline lh_real f_exp(lh_real x)
{
    return exp(x);
}
static inline lh_real f_log(lh_real x)
{
    return log(x);
}
static inline lh_real f_tanh(lh_real x)
{
    return tanh(x);
}
static inline lh_real f_sigmoid(lh_real x)
{
    return 1 / (1 + exp(-x));
}
#else
/* exp by x = n ln 2 + r and a polynomial of degree 6 on |r| <= ln 2 / 2 (Cephes' coefficients);
 * relative error under 2e-7; arguments are clamped to [-87.3, 88.3], so that the result is a normal
 * number. A NaN stays one. */
static inline float f_exp(float x)
{
    x = x > 88.3f ? 88.3f : x;
    x = x < -87.3f ? -87.3f : x;
    /* The sum's last bits are n: what of it stays in the exponent below, whatever x is. */
    union {
        float value;
        uint32_t bits;
    } sum = {.value = x * 1.44269504089f + 12582912.0f}; /* 1.5 * 2^23 */
    float n = sum.value - 12582912.0f;
    float r = x - n * 0.693359375f + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    union {
        uint32_t bits;
        float value;
    } power = {.bits = (sum.bits + 127) << 23};
    return p * power.value;
}

/* Of normal numbers above zero: log(2^e m) with m from 1/sqrt 2 to sqrt 2, a polynomial of m - 1
 * (Cephes' coefficients); error under 2e-7, relative away from 1. */
static inline float f_log(float x)
{
    union {
        float value;
        uint32_t bits;
    } number = {.value = x}, fraction = {.bits = (number.bits & 0x7fffff) | 0x3f800000};
    float e = (float)((int32_t)(number.bits >> 23) - 127), m = fraction.value;
    e = m > 1.41421356f ? e + 1 : e;
    m = m > 1.41421356f ? 0.5f * m : m;
    float z = m - 1.0f;
    float p = 7.0376836292e-2f;
    p = p * z - 1.1514610310e-1f;
    p = p * z + 1.1676998740e-1f;
    p = p * z - 1.2420140846e-1f;
    p = p * z + 1.4249322787e-1f;
    p = p * z - 1.6668057665e-1f;
    p = p * z + 2.0000714765e-1f;
    p = p * z - 2.4999993993e-1f;
    p = p * z + 3.3333331174e-1f;
    return e * 0.693359375f + (z + (p * z * z * z - 2.12194440e-4f * e - 0.5f * z * z));
}

/* Relative error under 4e-7: through exp away from zero, an odd polynomial (Cephes) near it. */
static inline float f_tanh(float x)
{
    float a = x < 0 ? -x : x;
    float e = f_exp(-2 * a);
    float far = (1 - e) / (1 + e);
    far = x < 0 ? -far : far;
    float z = x * x;
    float p = -5.70498872745e-3f;
    p = p * z + 2.06390887954e-2f;
    p = p * z - 5.37397155531e-2f;
    p = p * z + 1.33314422036e-1f;
    p = p * z - 3.33332819422e-1f;
    float near = x + x * z * p;
    return a < 0.625f ? near : far;
}

/* Relative error under 4e-7. */
static inline float f_sigmoid(float x)
{
    return 1 / (1 + f_exp(-x));
}
#endif

static inline lh_real clamp(lh_real x, lh_real low, lh_real high)
{
    x = x < low ? low : x;
    return x > high ? high : x;
}

#endif
