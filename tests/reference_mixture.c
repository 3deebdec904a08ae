/* The mixture density output of Graves 2013, section 4.1: its loss and the derivative of that.
 * Equation numbers are the paper's. All derivatives are checked against differences of the loss in
 * test_reference.c. */
#include "reference.h"

#include "base/extremes.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

enum { M_MAX = LH_MIXTURES_MAX };

/* One Gaussian at the point x: its parameters and what the formulas share. */
typedef struct gaussian {
    double s1, s2, rho; /* sigma_1 = exp(sigma^_1) (21), rho = tanh(rho^) (22) */
    double z1, z2;      /* (x1 - mu1) / sigma1, (x2 - mu2) / sigma2 */
    double Z;           /* (25) */
    double log_N;       /* log of (24) */
} gaussian;

/* log sum_j exp(v_j), without leaving the range of numbers on the way. */
static double log_sum_exp(const double *v, int count)
{
    double largest = v[0];
    for (int j = 1; j < count; j++)
        lh_raise(&largest, v[j]);
    double sum = 0;
    for (int j = 0; j < count; j++)
        sum += exp(v[j] - largest);
    return largest + log(sum);
}

static gaussian gaussian_at(const double *y, int M, int j, const double x[3])
{
    gaussian g;
    double mu1 = y[1 + M + j], mu2 = y[1 + 2 * M + j]; /* (20) */
    double sigma1 = y[1 + 3 * M + j], sigma2 = y[1 + 4 * M + j], rho = y[1 + 5 * M + j];
    g.s1 = exp(sigma1);
    g.s2 = exp(sigma2);
    g.rho = tanh(rho);
    g.z1 = (x[0] - mu1) / g.s1;
    g.z2 = (x[1] - mu2) / g.s2;
    g.Z = g.z1 * g.z1 + g.z2 * g.z2 - 2 * g.rho * g.z1 * g.z2;
    double q = 1 - g.rho * g.rho;
    g.log_N = -g.Z / (2 * q) - log(2 * pi) - sigma1 - sigma2 - 0.5 * log(q);
    return g;
}

void reference_mixture(const double *y, int M, const double x[3], lh_loss *loss, double *dy)
{
    /* (18): e = 1 / (1 + exp(e^)). A positive e^ means that the stroke goes on. */
    double e = 1 / (1 + exp(y[0]));
    loss->end_of_stroke -= x[2] == 1 ? log(e) : log(1 - e);

    /* (19): pi_j = exp(pi^_j) / sum exp(pi^). */
    const double *pi_hat = y + 1;
    double normaliser = log_sum_exp(pi_hat, M);
    gaussian g[M_MAX];
    double log_pi_N[M_MAX] = {0}, mean1 = 0, mean2 = 0;
    for (int j = 0; j < M; j++) {
        g[j] = gaussian_at(y, M, j, x);
        log_pi_N[j] = pi_hat[j] - normaliser + g[j].log_N;
        mean1 += exp(pi_hat[j] - normaliser) * y[1 + M + j];
        mean2 += exp(pi_hat[j] - normaliser) * y[1 + 2 * M + j];
    }
    double log_density = log_sum_exp(log_pi_N, M);
    loss->mixture -= log_density; /* (26) */
    loss->squared_error += (x[0] - mean1) * (x[0] - mean1) + (x[1] - mean2) * (x[1] - mean2);
    loss->points++;
    if (!dy)
        return;

    dy[0] = x[2] - e; /* (27) */
    for (int j = 0; j < M; j++) {
        double gamma = exp(log_pi_N[j] - log_density); /* (28), (29): responsibilities */
        double z1 = g[j].z1, z2 = g[j].z2, rho = g[j].rho, C = 1 / (1 - rho * rho);
        dy[1 + j] = exp(pi_hat[j] - normaliser) - gamma;                 /* (30) */
        dy[1 + M + j] = -gamma * C / g[j].s1 * (z1 - rho * z2);          /* (33) */
        dy[1 + 2 * M + j] = -gamma * C / g[j].s2 * (z2 - rho * z1);      /* (34) */
        dy[1 + 3 * M + j] = -gamma * (C * z1 * (z1 - rho * z2) - 1);     /* (35) */
        dy[1 + 4 * M + j] = -gamma * (C * z2 * (z2 - rho * z1) - 1);     /* (36) */
        dy[1 + 5 * M + j] = -gamma * (z1 * z2 + rho * (1 - C * g[j].Z)); /* (37) */
    }
}
