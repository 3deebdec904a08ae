/* The products of bfloat16.h for AVX512_BF16; compiled for that instruction set alone. */
#include "bfloat16.h"

#include <immintrin.h>

enum {
    PANEL = LH_PAIR_PANEL,
    LANES = 16,
    TILE_ROWS = 14,    /* 28 sums, 2 weights, 1 factor: the registers there are */
    BLOCK_PAIRS = 256, /* a panel's part of 32 KiB stays in the first cache ... */
    BLOCK_ROWS = 256   /* ... while this many rows of A, in the second, pass over it */
};

#include "bfloat16_blocks.h"
#include "bfloat16_pack.h"

/* ---- conversion and packing ---------------------------------------------------------------------
 */

static inline __mmask16 first_lanes(size_t n)
{
    return (__mmask16)(n >= LANES ? 0xffffu : (1u << n) - 1);
}

/* 16 numbers, or the first few of them, as bfloat16 in the low halves. */
static inline __m512i rounded(const float *x, __mmask16 lanes)
{
    __m256bh narrow = _mm512_cvtneps_pbh(_mm512_maskz_loadu_ps(lanes, x));
    return _mm512_cvtepu16_epi32((__m256i)narrow);
}

static inline __m512i paired(__m512i first, __m512i second)
{
    return _mm512_or_si512(first, _mm512_slli_epi32(second, 16));
}

static void k_convert(size_t rows, size_t n, const lh_real *x, size_t ldx, lh_pair *y, size_t ldy)
{
    for (size_t r = 0; r < rows; r++) {
        const float *from = x + r * ldx;
        lh_pair *to = y + r * ldy;
        size_t j = 0;
        for (; j + LANES <= n; j += LANES)
            _mm256_storeu_si256((__m256i *)(to + j / 2),
                                (__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(from + j)));
        if (j < n) {
            __m256bh last = _mm512_cvtneps_pbh(_mm512_maskz_loadu_ps(first_lanes(n - j), from + j));
            _mm256_mask_storeu_epi32(to + j / 2, (__mmask8)((1u << lh_pairs(n - j)) - 1),
                                     (__m256i)last);
        }
    }
}

static void k_pack(const lh_real *x, lh_pair_panels *b)
{
    size_t pairs = lh_pairs(b->k), n = b->n;
    for (size_t l = 0; l < pairs; l++) {
        const float *row = x + 2 * l * n;
        bool alone = 2 * l + 1 == b->k;
        for (size_t j = 0; j < n; j += LANES) {
            __mmask16 lanes = first_lanes(n - j);
            __m512i first = rounded(row + j, lanes);
            __m512i second = rounded(row + (alone ? 0 : n) + j, alone ? 0 : lanes);
            lh_pair *to = b->data + (j / PANEL * pairs + l) * PANEL + j % PANEL;
            _mm512_store_si512(to, paired(first, second));
        }
    }
}

/* 16 bfloat16 of a row made by k_convert, in the low halves; zeros without a row. */
static inline __m512i taken(const lh_pair *x, size_t ldx, int32_t row, size_t column, size_t n)
{
    if (row < 0)
        return _mm512_setzero_si512();
    const lh_pair *from = x + (size_t)row * ldx + column / 2;
    __mmask8 lanes = (__mmask8)(n - column >= LANES ? 0xffu : (1u << lh_pairs(n - column)) - 1);
    return _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi32(lanes, from));
}

static void k_gather(const lh_pair *x, size_t ldx, const int32_t *row_of, lh_pair_panels *b)
{
    size_t pairs = lh_pairs(b->k), n = b->n;
    for (size_t l = 0; l < pairs; l++) {
        size_t at = 2 * l;
        int32_t first = row_of ? row_of[at] : (int32_t)at;
        int32_t second = at + 1 == b->k ? -1 : row_of ? row_of[at + 1] : (int32_t)at + 1;
        for (size_t j = 0; j < n; j += LANES) {
            lh_pair *to = b->data + (j / PANEL * pairs + l) * PANEL + j % PANEL;
            _mm512_store_si512(to, paired(taken(x, ldx, first, j, n), taken(x, ldx, second, j, n)));
        }
    }
}

/* ---- products -----------------------------------------------------------------------------------
 */

static inline __m512 multiply_add(__m512 sum, lh_pair a, __m512i b)
{
    return _mm512_dpbf16_ps(sum, (__m512bh)_mm512_set1_epi32((int)a), (__m512bh)b);
}

/* C [rows][columns] += A [rows] x `panel`, over `pairs` pairs; columns <= PANEL. `rows` is a
 * constant where this is inlined, so that the sums stay in registers. */
static inline __attribute__((always_inline)) void tile(const int rows, size_t pairs, factor a,
                                                       const lh_pair *panel, size_t columns,
                                                       float *c, size_t ldc)
{
    __m512 sum[TILE_ROWS][2];
    for (int i = 0; i < rows; i++)
        sum[i][0] = sum[i][1] = _mm512_setzero_ps();
    for (size_t l = 0; l < pairs; l++) {
        const __m512i left = _mm512_load_si512(panel + l * PANEL);
        const __m512i right = _mm512_load_si512(panel + l * PANEL + LANES);
#pragma GCC unroll 14
        for (int i = 0; i < rows; i++) {
            const lh_pair value = a.data[(size_t)i * a.row + l * a.pair];
            sum[i][0] = multiply_add(sum[i][0], value, left);
            sum[i][1] = multiply_add(sum[i][1], value, right);
        }
    }
    const __mmask16 low = first_lanes(columns);
    const __mmask16 high = columns > LANES ? first_lanes(columns - LANES) : 0;
    for (int i = 0; i < rows; i++) {
        float *to = c + (size_t)i * ldc;
        _mm512_mask_storeu_ps(to, low, _mm512_add_ps(_mm512_maskz_loadu_ps(low, to), sum[i][0]));
        _mm512_mask_storeu_ps(to + LANES, high,
                              _mm512_add_ps(_mm512_maskz_loadu_ps(high, to + LANES), sum[i][1]));
    }
}

static void tile_of(int rows, size_t pairs, factor a, const lh_pair *panel, size_t columns,
                    float *c, size_t ldc)
{
    switch (rows) {
#define CASE(n)                                    \
    case n:                                        \
        tile(n, pairs, a, panel, columns, c, ldc); \
        break;
        CASE(1)
        CASE(2)
        CASE(3)
        CASE(4)
        CASE(5)
        CASE(6)
        CASE(7)
        CASE(8)
        CASE(9)
        CASE(10)
        CASE(11)
        CASE(12)
        CASE(13)
        CASE(14)
#undef CASE
    }
}

/* `rows` rows in tiles of nearly equal height: a short last one would leave multipliers idle. */
static void strip(size_t rows, size_t pairs, factor a, const lh_pair *panel, size_t columns,
                  float *c, size_t ldc)
{
    size_t tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
    for (size_t t = 0; t < tiles; t++) {
        size_t first = rows * t / tiles, height = rows * (t + 1) / tiles - first;
        factor from = {a.data + first * a.row, a.row, a.pair};
        tile_of((int)height, pairs, from, panel, columns, c + first * ldc, ldc);
    }
}

/* A pair may lie anywhere. */
static factor lay(size_t pairs, factor a, lh_pair *room)
{
    (void)pairs, (void)room;
    return a;
}

const lh_bfloat16_kernels lh_bfloat16_avx512 = {
    .convert = k_convert,
    .pack = k_pack,
    .pack_transpose = k_pack_transpose,
    .gather = k_gather,
    .product = k_product,
    .product_transposed = k_product_transposed,
};
