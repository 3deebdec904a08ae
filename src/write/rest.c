/* A pen at rest: see rest.h. Its limits are those with which the guard had to step in least, in 100
 * sentences at bias 0.75 without a style: in 34 lines with a plain bias, in 6 with these, in 12
 * with half of both, in 11 with an offset of 0.4. */
#include "rest.h"

#include <math.h>

/* Normalised units; some 10 on the whiteboard, a tenth of a small letter's height. */
static const double rest_offset = 0.25;
/* Points at rest from which there is no bias. */
enum { REST_POINTS = 4 };

int lh_rest_count(int rested, const lh_real x[3])
{
    bool moves = x[2] > 0 || !(hypot((double)x[0], (double)x[1]) < rest_offset);
    return moves ? 0 : rested + 1;
}

static bool rests(const lh_mixture *mixture, int i)
{
    return hypot(mixture->mu_x[i], mixture->mu_y[i]) < rest_offset;
}

/* The weight of the components that rest, or of those that do not. Neither is 1 less the other:
 * what is next to nothing would be lost. */
static double share(const lh_mixture *mixture, bool resting)
{
    double sum = 0;
    for (int i = 0; i < mixture->count; i++)
        sum += rests(mixture, i) == resting ? mixture->pi[i] : 0;
    return sum;
}

void lh_pen_mixture(const lh_real *output, int mixtures, double bias, int rested,
                    lh_mixture *mixture)
{
    lh_mixture_read(output, mixtures, rested < REST_POINTS ? bias : 0, mixture);
    if (!(bias > 0) || rested >= REST_POINTS)
        return;
    lh_mixture plain;
    lh_mixture_read(output, mixtures, 0, &plain);
    double resting = share(mixture, true), moving = share(mixture, false);
    double most = share(&plain, true), least = share(&plain, false);
    if (!(resting > most && moving > 0)) /* or there is nothing to draw but rest */
        return;
    for (int i = 0; i < mixtures; i++)
        mixture->pi[i] *= rests(mixture, i) ? most / resting : least / moving;
}
