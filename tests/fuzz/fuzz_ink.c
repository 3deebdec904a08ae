/* Any bytes as ink, through every function of ink.h (tests/every_ink.h). An input is what it is put
 * through with, nine floats; a byte, 'p' for points as they are or any other for a row of steps;
 * and these:
 *
 *     points   float x, float y, float time, whose last bit says whether the point ends its stroke
 *     steps    float and float, the units of x and y; then int8 dx, int8 y, bit by bit a line of
 *              writing, in units, that a mutation changes in one place; dx -128 ends a stroke
 *
 * What is no finite number becomes one. */
#include "fuzz.h"

#include "../every_ink.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const fuzz_goals[] = {"points are put through", "steps are put through", NULL};

/* ---- seeds ------------------------------------------------------------------------------------
 */

enum { SEED_MAX = 1024 };

typedef struct seed {
    uint8_t byte[SEED_MAX];
    size_t count;
} seed;

static void put(seed *to, const float *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        for (int b = 0; b < 32; b += 8)
            to->byte[to->count++] = (uint8_t)(bits >> b);
    }
}

static seed start(char kind)
{
    static const float with[9] = {1, -2, 3, 0.5f, 500, 150, 0.045f, 0.015f, 1000};
    seed begun = {.count = 0};
    put(&begun, with, 9);
    begun.byte[begun.count++] = (uint8_t)kind;
    return begun;
}

/* Letters up and down between 0 and -60, a stroke of twelve readings each. */
static void give_steps(fuzz_take *take, void *user, float unit_x, float unit_y)
{
    seed line = start('s');
    put(&line, (const float[]){unit_x, unit_y}, 2);
    for (int i = 0; i < 240; i++) {
        line.byte[line.count++] = i % 12 == 11 ? 128 : 8;
        line.byte[line.count++] = (uint8_t)lrint(-30 + 30 * cos(i * 0.8));
    }
    take(user, line.byte, line.count);
}

void fuzz_seeds(fuzz_take *take, void *user)
{
    static const float points[][3] = {
        {0, 0, 0},         {3e38f, -3e38f, 1}, {1e-45f, 1e-40f, -3e38f},
        {1e30f, 0, 3e38f}, {7, 1e9f, 2},       {7, 1e9f, 2}};
    give_steps(take, user, 2.5f, 2);
    give_steps(take, user, 2.5f, 1e-41f);
    give_steps(take, user, 1e36f, 1e36f);
    seed far = start('p');
    put(&far, points[0], sizeof points / sizeof(float));
    take(user, far.byte, far.count);
}

/* ---- inputs -----------------------------------------------------------------------------------
 */

typedef struct bytes {
    const uint8_t *at;
    size_t left;
} bytes;

static uint32_t take_bits(bytes *from)
{
    uint8_t four[4] = {0};
    size_t count = from->left < sizeof four ? from->left : sizeof four;
    memcpy(four, from->at, count);
    from->at += count;
    from->left -= count;
    return (uint32_t)four[0] | (uint32_t)four[1] << 8 | (uint32_t)four[2] << 16 |
           (uint32_t)four[3] << 24;
}

static float finite_of(uint32_t bits)
{
    float value;
    if ((bits & 0x7f800000u) == 0x7f800000u)
        bits &= ~0x00800000u;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static float take_float(bytes *from)
{
    return finite_of(take_bits(from));
}

static bool add(lh_ink *ink, lh_point point)
{
    return lh_ink_add(ink, point, NULL) == LH_OK;
}

static bool take_points(bytes *from, lh_ink *ink)
{
    bool added = true;
    while (added && from->left > 0) {
        float x = take_float(from), y = take_float(from);
        uint32_t time = take_bits(from);
        added = add(ink, (lh_point){x, y, finite_of(time), time & 1});
    }
    return added;
}

static float held(double value)
{
    const double most = 3.4e38;
    return (float)fmin(fmax(value, -most), most);
}

static bool take_steps(bytes *from, lh_ink *ink)
{
    double unit_x = (double)take_float(from), unit_y = (double)take_float(from), x = 0;
    bool added = true;
    for (; added && from->left >= 2; from->at += 2, from->left -= 2) {
        int dx = (int8_t)from->at[0], y = (int8_t)from->at[1];
        x += dx == -128 ? 0 : dx;
        added = add(ink, (lh_point){held(x * unit_x), held(y * unit_y), 0.015f * (float)ink->count,
                                    dx == -128});
    }
    return added;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bytes from = {data, size};
    float by[4];
    for (int i = 0; i < 4; i++)
        by[i] = take_float(&from);
    float length[5];
    for (int i = 0; i < 5; i++)
        length[i] = fabsf(take_float(&from));
    const lh_cleaning cleaning = {length[0], length[1], length[2], length[3], length[4]};
    bool points = from.left > 0 && from.at[0] == 'p';
    if (from.left > 0) {
        from.at++;
        from.left--;
    }
    lh_ink *ink = lh_ink_new(NULL);
    if (!ink || !(points ? take_points(&from, ink) : take_steps(&from, ink)))
        abort();
    const char *wrong = ink_every_function(ink, by, &cleaning);
    if (wrong) {
        fprintf(stderr, "fuzz_ink: %s\n", wrong);
        abort();
    }
    fuzz_reach(points ? 0 : 1);
    lh_ink_free(ink);
    return 0;
}
