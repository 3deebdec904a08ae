/* xoshiro256** 1.0 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018),
 * seeded through splitmix64, and the few distributions the project draws from. */
#include <longhand/base.h>

#include <math.h>

static uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint64_t rotate_left(uint64_t x, int bits)
{
    return (x << bits) | (x >> (64 - bits));
}

void lh_rng_seed(lh_rng *rng, uint64_t seed, uint64_t stream)
{
    if (!rng)
        return;
    /* The stream number goes through the mixer on its own first, so that (seed, stream) and
     * (seed + 1, stream - 1) have nothing in common. */
    uint64_t state = stream;
    state = splitmix64(&state) ^ seed;
    for (int i = 0; i < 4; i++)
        rng->word[i] = splitmix64(&state);
}

uint64_t lh_rng_next(lh_rng *rng)
{
    if (!rng)
        return 0;
    uint64_t *s = rng->word;
    uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

double lh_rng_uniform(lh_rng *rng)
{
    return (double)(lh_rng_next(rng) >> 11) * 0x1p-53;
}

double lh_rng_normal(lh_rng *rng)
{
    double radius = sqrt(-2.0 * log(1.0 - lh_rng_uniform(rng)));
    double angle = 6.283185307179586 * lh_rng_uniform(rng);
    return radius * cos(angle);
}

uint64_t lh_rng_below(lh_rng *rng, uint64_t bound)
{
    if (!(rng && bound > 0))
        return 0;
    /* Values under 2^64 mod bound would make the small remainders likelier: draw again. */
    uint64_t reject = -bound % bound;
    uint64_t value;
    do
        value = lh_rng_next(rng);
    while (value < reject);
    return value % bound;
}
