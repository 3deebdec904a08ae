/* The mixture density for writing: parameters from raw outputs, drawing from it, its log density.
 * The loss and its gradient for training are in head_mixture.c. */
#include "bounds.h"

#include "base/extremes.h"

#include <math.h>

static double bounded(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

void lh_mixture_read(const lh_real *output, int mixtures, double bias, lh_mixture *m)
{
    if (!(output && mixtures >= 1 && mixtures <= LH_MIXTURES_MAX && bias >= 0 && m))
        return;
    const lh_real *pi = output + 1, *mu_x = pi + mixtures, *mu_y = mu_x + mixtures;
    const lh_real *s_x = mu_y + mixtures, *s_y = s_x + mixtures, *rho = s_y + mixtures;
    double most = (double)pi[0], total = 0;
    m->count = mixtures;
    m->end = 1 / (1 + exp((double)output[0]));
    for (int j = 1; j < mixtures; j++)
        lh_raise(&most, (double)pi[j]);
    for (int j = 0; j < mixtures; j++) {
        m->pi[j] = exp(((double)pi[j] - most) * (1 + bias));
        total += m->pi[j];
        m->mu_x[j] = (double)mu_x[j];
        m->mu_y[j] = (double)mu_y[j];
        m->sigma_x[j] =
            exp(bounded((double)s_x[j], (double)LH_SIGMA_HAT_MIN, (double)LH_SIGMA_HAT_MAX) - bias);
        m->sigma_y[j] =
            exp(bounded((double)s_y[j], (double)LH_SIGMA_HAT_MIN, (double)LH_SIGMA_HAT_MAX) - bias);
        m->rho[j] = tanh(bounded((double)rho[j], -(double)LH_RHO_HAT_MAX, (double)LH_RHO_HAT_MAX));
    }
    for (int j = 0; j < mixtures; j++)
        m->pi[j] /= total;
}

void lh_mixture_sample(const lh_mixture *m, lh_rng *rng, lh_real x[3], int *component)
{
    if (!(m && m->count >= 1 && m->count <= LH_MIXTURES_MAX && rng && x))
        return;
    double choice = lh_rng_uniform(rng);
    int j = 0;
    while (j < m->count - 1 && choice >= m->pi[j])
        choice -= m->pi[j++];
    /* Correlated normals from independent ones: y takes rho of x's. */
    double u = lh_rng_normal(rng), v = lh_rng_normal(rng), rho = m->rho[j];
    x[0] = (lh_real)(m->mu_x[j] + m->sigma_x[j] * u);
    x[1] = (lh_real)(m->mu_y[j] + m->sigma_y[j] * (rho * u + sqrt(1 - rho * rho) * v));
    x[2] = lh_rng_uniform(rng) < m->end;
    if (component)
        *component = j;
}

double lh_mixture_log_density(const lh_mixture *m, double x, double y)
{
    if (!(m && m->count >= 1 && m->count <= LH_MIXTURES_MAX))
        return -INFINITY;
    double term[LH_MIXTURES_MAX], most = -INFINITY, sum = 0;
    for (int j = 0; j < m->count; j++) {
        double zx = (x - m->mu_x[j]) / m->sigma_x[j], zy = (y - m->mu_y[j]) / m->sigma_y[j];
        double free = 1 - m->rho[j] * m->rho[j];
        double z = zx * zx + zy * zy - 2 * m->rho[j] * zx * zy;
        term[j] = log(m->pi[j]) - z / (2 * free) -
                  log(6.283185307179586 * m->sigma_x[j] * m->sigma_y[j] * sqrt(free));
        lh_raise(&most, term[j]);
    }
    for (int j = 0; j < m->count; j++)
        sum += exp(term[j] - most);
    return most + log(sum);
}
