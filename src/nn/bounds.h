/* Where raw network outputs are bounded, so that nothing overflows. A value outside is treated as
 * the bound, and its derivative is zero. The bounds lie far outside what trained networks use. */
#ifndef LONGHAND_NN_BOUNDS_H
#define LONGHAND_NN_BOUNDS_H

#include <longhand/nn.h>

/* sigma from 0.001 (0.04 whiteboard units, far below the resolution of 1) to 60,000. */
#define LH_SIGMA_HAT_MIN ((lh_real)-6.9)
#define LH_SIGMA_HAT_MAX ((lh_real)11)
/* |rho| <= 0.99933, so that 1 - rho^2 >= 0.00134. */
#define LH_RHO_HAT_MAX ((lh_real)4)
/* Window: alpha and beta up to 22,026; kappa moves at most 148 characters a step. */
#define LH_ALPHA_HAT_MIN ((lh_real)-30)
#define LH_ALPHA_HAT_MAX ((lh_real)10)
#define LH_BETA_HAT_MIN ((lh_real)-30)
#define LH_BETA_HAT_MAX ((lh_real)10)
#define LH_KAPPA_HAT_MIN ((lh_real)-30)
#define LH_KAPPA_HAT_MAX ((lh_real)5)

#endif
