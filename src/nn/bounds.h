/* Bounds, so that nothing overflows: of raw network outputs, and of what a network is made of and
 * sees. */
#ifndef LONGHAND_NN_BOUNDS_H
#define LONGHAND_NN_BOUNDS_H

#include <longhand/nn.h>

#include <float.h>

/* Weights: the largest number of float16, as which writing reads them; what is larger would be
 * infinite there. */
#define LH_WEIGHT_MOST 65504.0
/* Cells of a layer. */
enum { LH_CELLS_MAX = 8192 };
/* What a step of the network sees: offsets, and what it remembers. A gate sums products of a weight
 * with offsets, the window, the cells of two layers and its own cell, and a bias: within these
 * bounds that is a number, if half the largest. Offsets of ink are some 1e14 at most (between
 * places from -2^24 to 2^24, by the least scale); cells grow by 1 a step, kappa by 148. */
#define LH_SIGNAL_MOST                      \
    ((double)FLT_MAX / 2 / LH_WEIGHT_MOST / \
     (LH_INPUTS_MAX + LH_ALPHABET_MAX + (LH_DIRECTIONS_MAX + 1) * LH_CELLS_MAX + 2))
/* Scales: the deviation of offsets in whiteboard units. Places go from -2^24 to 2^24 (ink.h), and a
 * deviation below 1e-6 counts as none and becomes 1 (src/corpus/prepare.c). */
#define LH_SCALE_LEAST 1e-6
#define LH_SCALE_MOST 0x1p25

/* Raw network outputs. A value outside is treated as the bound, and its derivative is zero. The
 * bounds lie far outside what trained networks use. */

/* sigma from 0.015 to 60,000. Readings are whole whiteboard units, about 1/40 of a normalised one,
 * and 5 % of them have dx = 0: without a bound from below near that resolution a network spends
 * itself on ever narrower spikes at these values, whose derivatives (1/sigma) drown all others. */
#define LH_SIGMA_HAT_MIN ((lh_real)-4.2)
#define LH_SIGMA_HAT_MAX ((lh_real)11)
/* |rho| <= 0.995, so that the narrow axis of a component has at least a tenth of its sigma. */
#define LH_RHO_HAT_MAX ((lh_real)3)
/* Window: alpha and beta up to 22,026; kappa moves at most 148 characters a step. */
#define LH_ALPHA_HAT_MIN ((lh_real)-30)
#define LH_ALPHA_HAT_MAX ((lh_real)10)
#define LH_BETA_HAT_MIN ((lh_real)-30)
#define LH_BETA_HAT_MAX ((lh_real)10)
#define LH_KAPPA_HAT_MIN ((lh_real)-30)
#define LH_KAPPA_HAT_MAX ((lh_real)5)

#endif
