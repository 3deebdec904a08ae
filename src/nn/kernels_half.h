/* Conversions between float16 and float32, for the sets that have them (LH_HALVES): to nearest
 * even, and to float32 exactly. Floats are wherever they may be, halves at any address. */
#ifndef LONGHAND_NN_KERNELS_HALF_H
#define LONGHAND_NN_KERNELS_HALF_H

#include "kernels_set.h"

#if !LH_HALVES

static inline vector widen(const uint16_t *half)
{
    (void)half;
    return (vector){0};
}

#elif defined(LH_SET_NEON)
#include <arm_neon.h>

/* LANES numbers. Not by vcvt_f32_f16, which GCC 12 takes for a call that might look at memory: it
 * would store the sums of a tile before each. */
static inline vector widen(const uint16_t *half)
{
    vector wide;
    __asm__("fcvtl %0.4s, %1.4h" : "=w"(wide) : "w"(vld1_u16(half)));
    return wide;
}

static inline void narrow_eight(const float *x, uint16_t *half)
{
    float16x4_t first = vcvt_f16_f32(vld1q_f32(x));
    vst1q_u16(half, vreinterpretq_u16_f16(vcvt_high_f16_f32(first, vld1q_f32(x + 4))));
}

static inline void widen_eight(const char *halves, float *x)
{
    float16x8_t eight = vreinterpretq_f16_u8(vld1q_u8((const uint8_t *)halves));
    vst1q_f32(x, vcvt_f32_f16(vget_low_f16(eight)));
    vst1q_f32(x + 4, vcvt_high_f32_f16(eight));
}

static inline uint16_t narrow_one(float x)
{
    return vget_lane_u16(vreinterpret_u16_f16(vcvt_f16_f32(vdupq_n_f32(x))), 0);
}

static inline float widen_one(uint16_t half)
{
    return vgetq_lane_f32(vcvt_f32_f16(vreinterpret_f16_u16(vdup_n_u16(half))), 0);
}

#else
#include <immintrin.h>

/* LANES numbers. */
static inline vector widen(const uint16_t *half)
{
#if defined(__AVX512F__)
    return (vector)_mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)half));
#else
    return (vector)_mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)half));
#endif
}

static inline void narrow_eight(const float *x, uint16_t *half)
{
    _mm_storeu_si128((__m128i *)half, _mm256_cvtps_ph(_mm256_loadu_ps(x), 0));
}

static inline void widen_eight(const char *halves, float *x)
{
    _mm256_storeu_ps(x, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)halves)));
}

static inline uint16_t narrow_one(float x)
{
    return _cvtss_sh(x, 0);
}

static inline float widen_one(uint16_t half)
{
    return _cvtsh_ss(half);
}

#endif

#endif
