/* A pen at rest: see rest.h. Of 100 sentences at bias 0.75, each in another hand, the guard had to
 * step in in 26 with a plain bias, in 10 with these limits, in 17 with half the offset and in 13
 * with twice the offset, which takes slow, careful turns for rest as well: fewer sentences could be
 * read then. */
#include "rest.h"

#include <math.h>

/* Normalised units; some 5 on the whiteboard, a twentieth of a small letter's height. */
static const double rest_offset = 0.12;
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
    if (!(output && mixtures >= 1 && mixtures <= LH_MIXTURES_MAX && bias >= 0 && mixture))
        return;
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
