/* A softmax over symbols: its loss and the derivative of that. */
#include "reference.h"

#include <math.h>

void reference_softmax(const double *y, int A, int symbol, lh_loss *loss, double *dy)
{
    double sum = 0;
    for (int k = 0; k < A; k++)
        sum += exp(y[k]);
    if (symbol >= 0) {
        loss->symbols -= log(exp(y[symbol]) / sum);
        loss->points++;
    }
    for (int k = 0; dy && k < A; k++)
        dy[k] = symbol < 0 ? 0 : exp(y[k]) / sum - (k == symbol);
}
