/* How a row of writing strays from its line: see drift.h. People who follow ruled lines stay within
 * a few hundredths of the pitch. */
#include "document/drift.h"

#include <math.h>

/* Deviations, in shares of the pitch: of the whole row, of its end from its start if it were
 * FULL_ROW pitches long, and of the wave, whose length is in pitches. */
static const double off = 0.015, slope = 0.04, wave = 0.012;
static const double full_row = 20, shortest_wave = 5, longest_wave = 14;
/* No row strays further than this many deviations. */
static const double limit = 2;

static double stray(lh_rng *rng, double deviation)
{
    return deviation * fmax(-limit, fmin(limit, lh_rng_normal(rng)));
}

void lh_drift(lh_ink *ink, float reach, float amount, lh_rng *rng)
{
    double a = stray(rng, off), b = stray(rng, slope), c = stray(rng, wave);
    double length = shortest_wave + (longest_wave - shortest_wave) * lh_rng_uniform(rng);
    double phase = 6.283185307179586 * lh_rng_uniform(rng);
    for (size_t i = 0; i < ink->count; i++) {
        double x = (double)(ink->points[i].x / reach);
        double y = a + b * x / full_row + c * sin(6.283185307179586 * x / length + phase);
        ink->points[i].y += amount * reach * (float)y;
    }
}
