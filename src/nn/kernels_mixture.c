/* The loss of the mixture density and its derivatives (Graves 2013, equations 18-37). */
#include "bounds.h"
#include "kernels_math.h"
#include "kernels_set.h"

#include <math.h>
#include <string.h>

/* One row's mixture in arrays padded to whole vectors, so that the loops have no rest. */
typedef struct mixture_row {
    lh_real log_weight[LH_MIXTURES_MAX]; /* pi^ - max, then log(pi_j N_j) */
    lh_real pi[LH_MIXTURES_MAX];
    lh_real sx[LH_MIXTURES_MAX], sy[LH_MIXTURES_MAX]; /* sigma^, bounded */
    lh_real zx[LH_MIXTURES_MAX], zy[LH_MIXTURES_MAX]; /* (x - mu) / sigma */
    lh_real rho[LH_MIXTURES_MAX], c[LH_MIXTURES_MAX]; /* rho and C = 1 / (1 - rho^2) */
    lh_real ix[LH_MIXTURES_MAX], iy[LH_MIXTURES_MAX]; /* 1 / sigma */
    lh_real gamma[LH_MIXTURES_MAX];
} mixture_row;

static lh_real maximum(const lh_real *values, int n)
{
    lh_real most = (lh_real)-1e30;
    for (int j = 0; j < n; j++)
        most = values[j] > most ? values[j] : most;
    return most;
}

/* Fills all but gamma; log_weight_j = log(pi_j N_j) + log(sum_j exp pi^_j), a shift that the
 * responsibilities do not see. Returns the sum of exp(pi^_j - max). */
static lh_real mixture_terms(int m, const lh_real *output, const lh_real *x, mixture_row *r)
{
    const lh_real *pi_hat = output + 1, *mu_x = output + 1 + m, *mu_y = output + 1 + 2 * m;
    const lh_real *s_x = output + 1 + 3 * m, *s_y = output + 1 + 4 * m,
                  *rho_hat = output + 1 + 5 * m;
    int padded = round_up(m);
    for (int j = 0; j < padded; j++) {
        int in = j < m;
        r->log_weight[j] = in ? pi_hat[j] : (lh_real)-1e30;
        r->sx[j] = in ? clamp(s_x[j], LH_SIGMA_HAT_MIN, LH_SIGMA_HAT_MAX) : 0;
        r->sy[j] = in ? clamp(s_y[j], LH_SIGMA_HAT_MIN, LH_SIGMA_HAT_MAX) : 0;
        r->zx[j] = in ? x[0] - mu_x[j] : 0;
        r->zy[j] = in ? x[1] - mu_y[j] : 0;
        r->rho[j] = in ? clamp(rho_hat[j], -LH_RHO_HAT_MAX, LH_RHO_HAT_MAX) : 0;
    }
    lh_real most = maximum(r->log_weight, padded);
    lh_real total = 0;
    for (int j = 0; j < padded; j++) {
        r->log_weight[j] -= most;
        r->pi[j] = f_exp(r->log_weight[j]);
        r->pi[j] = r->log_weight[j] > -80 ? r->pi[j] : 0;
        total += r->pi[j];
    }
    const lh_real log_two_pi = (lh_real)1.8378770664093453;
    for (int j = 0; j < padded; j++) {
        lh_real rho = f_tanh(r->rho[j]);
        /* 1 - tanh^2 = 4 q / (1 + q)^2 with q = exp(-2 |rho^|): no cancellation. */
        lh_real q = f_exp(-2 * (r->rho[j] < 0 ? -r->rho[j] : r->rho[j]));
        lh_real free = 4 * q / ((1 + q) * (1 + q));
        r->ix[j] = f_exp(-r->sx[j]);
        r->iy[j] = f_exp(-r->sy[j]);
        r->zx[j] *= r->ix[j];
        r->zy[j] *= r->iy[j];
        r->c[j] = 1 / free;
        lh_real z = r->zx[j] * r->zx[j] + r->zy[j] * r->zy[j] - 2 * rho * r->zx[j] * r->zy[j];
        r->rho[j] = rho;
        r->gamma[j] = free; /* its log is taken below, outside the vector loop */
        r->log_weight[j] -= (lh_real)0.5 * z * r->c[j] + r->sx[j] + r->sy[j] + log_two_pi;
    }
    return total;
}

/* log(1 + exp(x)) without overflow. */
static inline double softplus(double x)
{
    return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

static void end_of_stroke_loss(const lh_real *output, const lh_real *x, lh_real *d_output,
                               lh_loss *loss)
{
    /* e = 1 / (1 + exp(e^)): -log e = softplus(e^), -log(1 - e) = softplus(-e^), d/de^ = x3 - e. */
    double e_hat = (double)output[0];
    loss->end_of_stroke += x[2] > (lh_real)0.5 ? softplus(e_hat) : softplus(-e_hat);
    if (d_output)
        d_output[0] = x[2] - (lh_real)(1 / (1 + exp(e_hat)));
}

static void mixture_gradient(int m, const lh_real *output, const mixture_row *r, lh_real total,
                             lh_real limit, lh_real *d)
{
    for (int j = 0; j < m; j++) {
        lh_real gamma = r->gamma[j], c = r->c[j], rho = r->rho[j], zx = r->zx[j], zy = r->zy[j];
        lh_real sx_hat = output[1 + 3 * m + j], sy_hat = output[1 + 4 * m + j];
        lh_real rho_hat = output[1 + 5 * m + j];
        lh_real ax = c * (zx - rho * zy), ay = c * (zy - rho * zx);
        lh_real z = zx * zx + zy * zy - 2 * rho * zx * zy;
        lh_real d_sx = -gamma * (ax * zx - 1), d_sy = -gamma * (ay * zy - 1);
        lh_real d_rho = -gamma * (zx * zy + rho * (1 - c * z));
        d[1 + j] = clamp(r->pi[j] / total - gamma, -limit, limit);
        d[1 + m + j] = clamp(-gamma * ax * r->ix[j], -limit, limit);
        d[1 + 2 * m + j] = clamp(-gamma * ay * r->iy[j], -limit, limit);
        /* A bound that cuts a value also cuts its derivative. */
        d[1 + 3 * m + j] = r->sx[j] == sx_hat ? clamp(d_sx, -limit, limit) : 0;
        d[1 + 4 * m + j] = r->sy[j] == sy_hat ? clamp(d_sy, -limit, limit) : 0;
        int inside = rho_hat > -LH_RHO_HAT_MAX && rho_hat < LH_RHO_HAT_MAX;
        d[1 + 5 * m + j] = inside ? clamp(d_rho, -limit, limit) : 0;
    }
}

/* An offset's mean, clipped as the offsets were. */
static lh_real within(lh_real mean, lh_real limit)
{
    return limit > 0 ? clamp(mean, -limit, limit) : mean;
}

static double squared(lh_real x)
{
    return (double)x * (double)x;
}

void LH_OF_SET(lh_mixture_loss)(int m, const lh_real *output, const lh_real *x,
                                const lh_real *limit, lh_real clip, lh_real *d_output,
                                lh_loss *loss)
{
    mixture_row r;
    lh_real total = mixture_terms(m, output, x, &r);
    int padded = round_up(m);
    for (int j = 0; j < m; j++)
        r.log_weight[j] -= (lh_real)0.5 * (lh_real)log((double)r.gamma[j]);
    lh_real most = maximum(r.log_weight, padded);
    lh_real sum = 0, mean_x = 0, mean_y = 0;
    for (int j = 0; j < padded; j++) {
        lh_real term = f_exp(r.log_weight[j] - most);
        r.gamma[j] = r.log_weight[j] - most > -80 && j < m ? term : 0;
        sum += r.gamma[j];
    }
    for (int j = 0; j < padded; j++)
        r.gamma[j] /= sum;
    loss->mixture -= (double)most + log((double)sum) - log((double)total);
    for (int j = 0; j < m; j++) {
        mean_x += r.pi[j] * output[1 + m + j];
        mean_y += r.pi[j] * output[1 + 2 * m + j];
    }
    loss->squared_error += squared(x[0] - within(mean_x / total, limit[0])) +
                           squared(x[1] - within(mean_y / total, limit[1]));
    lh_real d[1 + 6 * LH_MIXTURES_MAX];
    const lh_real no_limit = (lh_real)1e30;
    lh_real most_d = clip > 0 ? clip : no_limit;
    end_of_stroke_loss(output, x, d_output ? d : NULL, loss);
    if (d_output) {
        mixture_gradient(m, output, &r, total, most_d, d);
        d[0] = clamp(d[0], -most_d, most_d);
        memcpy(d_output, d, (size_t)(1 + 6 * m) * sizeof *d);
    }
}
