/* The elementary functions over arrays. */
#include "kernels_math.h"
#include "kernels_set.h"

void LH_OF_SET(lh_exp)(int n, const lh_real *x, lh_real *y)
{
    for (int i = 0; i < n; i++)
        y[i] = f_exp(x[i]);
}

void LH_OF_SET(lh_tanh)(int n, const lh_real *x, lh_real *y)
{
    for (int i = 0; i < n; i++)
        y[i] = f_tanh(x[i]);
}

void LH_OF_SET(lh_sigmoid)(int n, const lh_real *x, lh_real *y)
{
    for (int i = 0; i < n; i++)
        y[i] = f_sigmoid(x[i]);
}
