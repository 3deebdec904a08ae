/* Numbers and bits that are asked for: their loss and the derivative of that. */
#include "reference.h"

#include <math.h>

void reference_targets(const double *y, int A, bool bits, const lh_real *z, lh_loss *loss,
                       double *dy)
{
    bool asked = false;
    for (int k = 0; k < A; k++) {
        double target = (double)z[k], p = 1 / (1 + exp(-y[k]));
        if (dy)
            dy[k] = 0;
        if (isnan(target))
            continue;
        asked = true;
        if (bits)
            loss->symbols -= target * log(p) + (1 - target) * log(1 - p);
        else
            loss->squares += (y[k] - target) * (y[k] - target);
        if (dy)
            dy[k] = bits ? p - target : 2 * (y[k] - target);
    }
    loss->points += asked;
}
