/* Where raw network outputs are bounded, so that nothing overflows. A value outside is treated as
 * the bound, and its derivative is zero. The bounds lie far outside what trained networks use. */
#ifndef LONGHAND_NN_BOUNDS_H
#define LONGHAND_NN_BOUNDS_H

#include <longhand/nn.h>

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
