/* The products of bfloat16.h for arm64's BFMMLA (FEAT_BF16); compiled for that instruction alone.
 *
 * It adds to a square of sums, two rows by two columns, what two rows of A and two columns of B
 * give over two pairs. What it takes is zipped from the pairs as they lie. */
#include "bfloat16.h"

#include <arm_neon.h>
#include <string.h>

enum {
    PANEL = LH_PAIR_PANEL,
    LANES = 4,
    TILE_ROWS = 10, /* 20 squares of sums, 4 factors of B, 1 of A, and what they are zipped from */
    TILE_COLUMNS = 8,
    BLOCK_PAIRS = 128,
    BLOCK_ROWS = 256
};

#include "bfloat16_blocks.h"
#include "bfloat16_pack.h"

/* ---- conversion and packing ---------------------------------------------------------------------
 */

/* 4 numbers, or the first n of them, as bfloat16; zeros behind. */
static inline uint16x4_t rounded(const float *x, size_t n)
{
    float first[LANES] = {0};
    if (n < LANES) {
        memcpy(first, x, n * sizeof *x);
        x = first;
    }
    return vreinterpret_u16_bf16(vcvt_bf16_f32(vld1q_f32(x)));
}

static inline void store_paired(lh_pair *to, uint16x4_t first, uint16x4_t second)
{
    vst1q_u32(to, vreinterpretq_u32_u16(
                      vcombine_u16(vzip1_u16(first, second), vzip2_u16(first, second))));
}

static void k_convert(size_t rows, size_t n, const lh_real *x, size_t ldx, lh_pair *y, size_t ldy)
{
    for (size_t r = 0; r < rows; r++) {
        const float *from = x + r * ldx;
        lh_pair *to = y + r * ldy;
        for (size_t j = 0; j < n; j += LANES) {
            uint32x2_t pairs = vreinterpret_u32_u16(rounded(from + j, n - j));
            if (n - j > 2)
                vst1_u32(to + j / 2, pairs);
            else
                vst1_lane_u32(to + j / 2, pairs, 0);
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
            uint16x4_t second = alone ? vdup_n_u16(0) : rounded(row + n + j, n - j);
            store_paired(b->data + (j / PANEL * pairs + l) * PANEL + j % PANEL,
                         rounded(row + j, n - j), second);
        }
    }
}

/* 4 bfloat16 of a row made by k_convert, or the first n of them; zeros without a row. */
static inline uint16x4_t taken(const lh_pair *x, size_t ldx, int32_t row, size_t column, size_t n)
{
    if (row < 0)
        return vdup_n_u16(0);
    const lh_pair *from = x + (size_t)row * ldx + column / 2;
    if (n - column > 2)
        return vreinterpret_u16_u32(vld1_u32(from));
    return vreinterpret_u16_u32(vset_lane_u32(*from, vdup_n_u32(0), 0));
}

static void k_gather(const lh_pair *x, size_t ldx, const int32_t *row_of, lh_pair_panels *b)
{
    size_t pairs = lh_pairs(b->k), n = b->n;
    for (size_t l = 0; l < pairs; l++) {
        size_t at = 2 * l;
        int32_t first = row_of ? row_of[at] : (int32_t)at;
        int32_t second = at + 1 == b->k ? -1 : row_of ? row_of[at + 1] : (int32_t)at + 1;
        for (size_t j = 0; j < n; j += LANES)
            store_paired(b->data + (j / PANEL * pairs + l) * PANEL + j % PANEL,
                         taken(x, ldx, first, j, n), taken(x, ldx, second, j, n));
    }
}

/* ---- products -----------------------------------------------------------------------------------
 */

/* Two rows of A, `apart` from each other, over one pair or two at `at`, which are `next` apart; a
 * missing pair is 0. `count` and `along` (next is 1, else apart is 1) are constants. */
static inline uint32x4_t two_rows(const lh_pair *at, size_t apart, size_t next, const int count,
                                  const bool along)
{
    const uint32x2_t none = vdup_n_u32(0);
    if (along && count == 2)
        return vcombine_u32(vld1_u32(at), vld1_u32(at + apart));
    if (along)
        return vcombine_u32(vld1_lane_u32(at, none, 0), vld1_lane_u32(at + apart, none, 0));
    const uint32x2_t first = vld1_u32(at), second = count == 2 ? vld1_u32(at + next) : none;
    return vcombine_u32(vzip1_u32(first, second), vzip2_u32(first, second));
}

/* sum[i] += rows 2 i and 2 i + 1 of A x 8 columns of B at `b`, over one pair or two. The last
 * couple's rows are `last` apart. */
static inline __attribute__((always_inline)) void multiply_add(float32x4_t sum[][4],
                                                               const int couples, factor a,
                                                               size_t last, const lh_pair *b,
                                                               const int count, const bool along)
{
    uint32x4_t columns[4];
#pragma GCC unroll 2
    for (int j = 0; j < 2; j++) {
        const uint32x4_t first = vld1q_u32(b + 4 * j);
        const uint32x4_t second = count == 2 ? vld1q_u32(b + PANEL + 4 * j) : vdupq_n_u32(0);
        columns[2 * j] = vzip1q_u32(first, second);
        columns[2 * j + 1] = vzip2q_u32(first, second);
    }
#pragma GCC unroll 5
    for (int i = 0; i < couples; i++) {
        const uint32x4_t rows = two_rows(a.data + 2 * (size_t)i * a.row,
                                         i == couples - 1 ? last : a.row, a.pair, count, along);
#pragma GCC unroll 4
        for (int j = 0; j < 4; j++)
            sum[i][j] = vbfmmlaq_f32(sum[i][j], vreinterpretq_bf16_u32(rows),
                                     vreinterpretq_bf16_u32(columns[j]));
    }
}

/* Row `which` of two of four columns. */
static inline float32x4_t row_of_squares(float32x4_t left, float32x4_t right, int which)
{
    return which ? vcombine_f32(vget_high_f32(left), vget_high_f32(right))
                 : vcombine_f32(vget_low_f32(left), vget_low_f32(right));
}

static inline void add_row(float *c, float32x4_t left, float32x4_t right, size_t columns)
{
    if (columns >= TILE_COLUMNS) {
        vst1q_f32(c, vaddq_f32(vld1q_f32(c), left));
        vst1q_f32(c + 4, vaddq_f32(vld1q_f32(c + 4), right));
        return;
    }
    float row[TILE_COLUMNS];
    vst1q_f32(row, left);
    vst1q_f32(row + 4, right);
    for (size_t j = 0; j < columns; j++)
        c[j] += row[j];
}

/* C [rows][columns] += A [rows] x 8 columns of a panel, or fewer; `couples`, of rows, and `along`
 * are constants where this is inlined, so that the sums stay in registers. An odd last row is
 * multiplied twice: what would be behind it may not be there. */
static inline __attribute__((always_inline)) void tile(const int couples, const bool along,
                                                       size_t rows, size_t pairs, factor a,
                                                       const lh_pair *b, size_t columns, float *c,
                                                       size_t ldc)
{
    float32x4_t sum[TILE_ROWS / 2][4];
    const size_t last = along && rows % 2 ? 0 : a.row;
    for (int i = 0; i < couples; i++)
        for (int j = 0; j < 4; j++)
            sum[i][j] = vdupq_n_f32(0);
    for (size_t l = 0; l + 2 <= pairs; l += 2, a.data += 2 * a.pair, b += 2 * PANEL)
        multiply_add(sum, couples, a, last, b, 2, along);
    if (pairs % 2)
        multiply_add(sum, couples, a, last, b, 1, along);
#pragma GCC unroll 10
    for (int i = 0; i < 2 * couples; i++)
        if ((size_t)i < rows)
            add_row(c + (size_t)i * ldc, row_of_squares(sum[i / 2][0], sum[i / 2][1], i % 2),
                    row_of_squares(sum[i / 2][2], sum[i / 2][3], i % 2), columns);
}

static void tile_of(size_t rows, size_t pairs, factor a, const lh_pair *b, size_t columns, float *c,
                    size_t ldc)
{
    switch ((rows + 1) / 2) {
#define CASE(n)                                                 \
    case n:                                                     \
        if (a.pair == 1)                                        \
            tile(n, true, rows, pairs, a, b, columns, c, ldc);  \
        else                                                    \
            tile(n, false, rows, pairs, a, b, columns, c, ldc); \
        break;
        CASE(1)
        CASE(2)
        CASE(3)
        CASE(4)
        CASE(5)
#undef CASE
    }
}

/* In tiles of nearly equal height, of whole couples but for the last row. */
static void strip(size_t rows, size_t pairs, factor a, const lh_pair *panel, size_t columns,
                  float *c, size_t ldc)
{
    const size_t couples = (rows + 1) / 2, most = TILE_ROWS / 2;
    const size_t tiles = (couples + most - 1) / most;
    for (size_t t = 0; t < tiles; t++) {
        size_t first = couples * t / tiles * 2, end = couples * (t + 1) / tiles * 2;
        factor from = {a.data + first * a.row, a.row, a.pair};
        for (size_t j = 0; j < columns; j += TILE_COLUMNS)
            tile_of((end < rows ? end : rows) - first, pairs, from, panel + j, columns - j,
                    c + first * ldc + j, ldc);
    }
}

/* A pair may lie anywhere. */
static factor lay(size_t pairs, factor a, lh_pair *room)
{
    (void)pairs, (void)room;
    return a;
}

const lh_bfloat16_kernels lh_bfloat16_neon = {
    .convert = k_convert,
    .pack = k_pack,
    .pack_transpose = k_pack_transpose,
    .gather = k_gather,
    .product = k_product,
    .product_transposed = k_product_transposed,
};
