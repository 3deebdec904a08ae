/* The products of bfloat16.h for processors whose registers hold whole tiles of a matrix (AMX_BF16,
 * Intel since Sapphire Rapids): 16 rows times 16 columns over 16 pairs in one instruction. The rest
 * is that of AVX512_BF16, which each of them has. */
#include "bfloat16.h"

#include <cpuid.h>
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    PANEL = LH_PAIR_PANEL,
    TILE = 16, /* rows of a tile, and numbers or pairs in each */
    BLOCK_PAIRS = 256,
    BLOCK_ROWS = 256
};

#include "bfloat16_blocks.h"

/* The tiles: two of sums side by side; the factors; the factors over fewer pairs, at the end. The
 * intrinsics make names of registers of these. */
#define SUMS_LEFT 0
#define SUMS_RIGHT 1
#define ROWS 2
#define LEFT 3
#define RIGHT 4
#define LAST_ROWS 5
#define LAST_LEFT 6
#define LAST_RIGHT 7
enum { TILES = 8 };

/* What LDTILECFG reads (Intel 64 and IA-32 Architectures Software Developer's Manual, volume
 * 1, 18.3). */
typedef struct tile_sizes {
    uint8_t palette, start_row, reserved[14];
    uint16_t bytes[16]; /* of a row */
    uint8_t rows[16];
} tile_sizes;

/* Tiles are loaded behind the compiler's back: what it still holds of `memory` and elsewhere in
 * registers is stored first. */
static inline void store_all(const void *memory)
{
    __asm__ volatile("" ::"r"(memory) : "memory");
}

/* Of this thread's tiles; 0: it has none. Setting them is slow, and clears them. */
static _Thread_local struct {
    size_t rows, last;
} sizes_set;

/* Sums of so many rows; so many pairs at the end, 0: none. */
static void set_sizes(size_t rows, size_t last)
{
    if (sizes_set.rows == rows && sizes_set.last == last)
        return;
    const uint8_t height[TILES] = {
        [SUMS_LEFT] = (uint8_t)rows,
        [SUMS_RIGHT] = (uint8_t)rows,
        [ROWS] = (uint8_t)rows,
        [LEFT] = TILE,
        [RIGHT] = TILE,
        [LAST_ROWS] = (uint8_t)rows,
        [LAST_LEFT] = (uint8_t)last,
        [LAST_RIGHT] = (uint8_t)last,
    };
    tile_sizes sizes = {.palette = 1};
    for (int i = 0; i < TILES; i++) {
        const bool is_last = i >= LAST_ROWS;
        if (is_last && last == 0)
            break;
        sizes.rows[i] = height[i];
        sizes.bytes[i] = (uint16_t)(sizeof(lh_pair) * (i == LAST_ROWS ? last : TILE));
    }
    store_all(&sizes);
    _tile_loadconfig(&sizes);
    sizes_set.rows = rows;
    sizes_set.last = last;
}

static void release(void)
{
    _tile_release();
    sizes_set.rows = sizes_set.last = 0;
}

/* C [rows][columns] += the sums at `sums`; columns <= TILE. */
static void add_few(float sums[TILE][TILE], size_t rows, size_t columns, float *c, size_t ldc)
{
    const __mmask16 lanes = (__mmask16)((1u << columns) - 1);
    for (size_t i = 0; i < rows; i++) {
        const __m512 before = _mm512_maskz_loadu_ps(lanes, c + i * ldc);
        _mm512_mask_storeu_ps(c + i * ldc, lanes, _mm512_add_ps(before, _mm512_loadu_ps(sums[i])));
    }
}

/* As strip(), of at most TILE rows: their sums go on from what C has where columns are whole
 * tiles, and are added to it elsewhere. */
static void tile(size_t rows, size_t pairs, factor a, const lh_pair *panel, size_t columns,
                 float *c, size_t ldc)
{
    float sums[TILE][TILE];
    const size_t last = pairs % TILE, whole = pairs - last;
    const long row = (long)(a.row * sizeof *a.data), line = PANEL * sizeof *panel;
    const long c_row = (long)(ldc * sizeof *c);
    const bool both = columns > TILE, left = columns >= TILE, right = columns == PANEL;
    set_sizes(rows, last);
    store_all(a.data);
    if (left)
        _tile_loadd(SUMS_LEFT, c, c_row);
    else
        _tile_zero(SUMS_LEFT);
    if (right)
        _tile_loadd(SUMS_RIGHT, c + TILE, c_row);
    else
        _tile_zero(SUMS_RIGHT);
    for (size_t l = 0; l < whole; l += TILE) {
        _tile_loadd(ROWS, a.data + l, row);
        _tile_loadd(LEFT, panel + l * PANEL, line);
        _tile_dpbf16ps(SUMS_LEFT, ROWS, LEFT);
        _tile_loadd(RIGHT, panel + l * PANEL + TILE, line);
        _tile_dpbf16ps(SUMS_RIGHT, ROWS, RIGHT);
    }
    if (last > 0) {
        _tile_loadd(LAST_ROWS, a.data + whole, row);
        _tile_loadd(LAST_LEFT, panel + whole * PANEL, line);
        _tile_dpbf16ps(SUMS_LEFT, LAST_ROWS, LAST_LEFT);
        _tile_loadd(LAST_RIGHT, panel + whole * PANEL + TILE, line);
        _tile_dpbf16ps(SUMS_RIGHT, LAST_ROWS, LAST_RIGHT);
    }
    if (left)
        _tile_stored(SUMS_LEFT, c, c_row);
    else {
        _tile_stored(SUMS_LEFT, sums, sizeof *sums);
        add_few(sums, rows, columns, c, ldc);
    }
    if (right)
        _tile_stored(SUMS_RIGHT, c + TILE, c_row);
    else if (both) {
        _tile_stored(SUMS_RIGHT, sums, sizeof *sums);
        add_few(sums, rows, columns - TILE, c + TILE, ldc);
    }
}

/* `rows` rows in tiles of nearly equal height. */
static void strip(size_t rows, size_t pairs, factor a, const lh_pair *panel, size_t columns,
                  float *c, size_t ldc)
{
    const size_t tiles = (rows + TILE - 1) / TILE;
    for (size_t t = 0; t < tiles; t++) {
        const size_t first = rows * t / tiles, height = rows * (t + 1) / tiles - first;
        const factor from = {a.data + first * a.row, a.row, 1};
        tile(height, pairs, from, panel, columns, c + first * ldc, ldc);
    }
}

/* Pairs of a row are to lie side by side: room [PANEL][BLOCK_PAIRS] takes the transpose. */
static factor lay(size_t pairs, factor a, lh_pair *room)
{
    const __m512i rows =
        _mm512_mullo_epi32(_mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
                           _mm512_set1_epi32(BLOCK_PAIRS));
    for (size_t l = 0; l < pairs; l++)
        for (size_t i = 0; i < PANEL; i += TILE)
            _mm512_i32scatter_epi32(room + i * BLOCK_PAIRS + l, rows,
                                    _mm512_load_si512(a.data + l * a.pair + i), 4);
    return (factor){room, BLOCK_PAIRS, 1};
}

static void product(size_t rows, const lh_pair *a, size_t lda, const lh_pair_panels *b, lh_real *c,
                    size_t ldc)
{
    k_product(rows, a, lda, b, c, ldc);
    release();
}

static void product_transposed(const lh_pair_panels *a, const lh_pair_panels *b, lh_real *c,
                               size_t ldc)
{
    k_product_transposed(a, b, c, ldc);
    release();
}

/* ---- is it there --------------------------------------------------------------------------------
 */

/* Linux gives a process room for tiles when it asks (Documentation/arch/x86/xstate.rst). */
static bool is_allowed(void)
{
    enum { ARCH_REQ_XCOMP_PERM = 0x1023, XFEATURE_XTILEDATA = 18 };
    return syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0;
}

bool lh_bfloat16_amx(lh_bfloat16_kernels *kernels)
{
    unsigned a, b, c, d;
    const unsigned has_bf16 = 1u << 22, has_tiles = 1u << 24;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(d & has_bf16) || !(d & has_tiles) ||
        !is_allowed())
        return false;
    kernels->product = product;
    kernels->product_transposed = product_transposed;
    return true;
}
