/* The soft window (Graves 2013, equations 46-51), both ways. */
#include "bounds.h"
#include "kernels_math.h"
#include "kernels_set.h"

#include <string.h>

/* phi(u) = sum_k alpha_k exp(-beta_k (kappa_k - u)^2), u = 1..U+1; w = sum_u phi(u) c_u. */
void LH_OF_SET(lh_window_forward)(int windows, int characters, int alphabet, const int32_t *text,
                                  const lh_real *hat, const lh_real *kappa_previous, lh_real *kappa,
                                  lh_real *phi, lh_real *w)
{
    int places = characters + 1;
    memset(phi, 0, (size_t)places * sizeof *phi);
    for (int k = 0; k < windows; k++) {
        lh_real alpha = f_exp(clamp(hat[k], LH_ALPHA_HAT_MIN, LH_ALPHA_HAT_MAX));
        lh_real beta = f_exp(clamp(hat[windows + k], LH_BETA_HAT_MIN, LH_BETA_HAT_MAX));
        lh_real step = f_exp(clamp(hat[2 * windows + k], LH_KAPPA_HAT_MIN, LH_KAPPA_HAT_MAX));
        lh_real at = kappa_previous[k] + step;
        kappa[k] = at;
        for (int u = 0; u < places; u++) {
            lh_real distance = at - (lh_real)(u + 1);
            phi[u] += alpha * f_exp(-beta * distance * distance);
        }
    }
    memset(w, 0, (size_t)alphabet * sizeof *w);
    for (int u = 0; u < characters; u++)
        w[text[u]] += phi[u];
}

enum { STRETCH = 64 }; /* characters at a time */

/* Adds to `sums` [3][windows] what `n` characters behind the first `start` have in sum v E,
 * sum v E d^2 and sum v E d (below); `v` [STRETCH] is 0 from n on. */
static void window_sums(int windows, int start, int n, const lh_real *v, const lh_real *hat,
                        const lh_real *kappa, lh_real *sums)
{
    int padded = round_up(n);
    for (int k = 0; k < windows; k++) {
        lh_real beta = f_exp(clamp(hat[windows + k], LH_BETA_HAT_MIN, LH_BETA_HAT_MAX));
        lh_real from = kappa[k] - (lh_real)(start + 1);
        vector sum0 = {0}, sum1 = {0}, sum2 = {0};
        for (int u = 0; u < padded; u += LANES) {
            vector d, e;
            for (int i = 0; i < LANES; i++) {
                d[i] = from - (lh_real)(u + i);
                e[i] = v[u + i] * f_exp(-beta * d[i] * d[i]);
            }
            sum0 += e;
            sum1 += e * d;
            sum2 += e * d * d;
        }
        for (int i = 0; i < LANES; i++) {
            sums[k] += sum0[i];
            sums[windows + k] += sum2[i];
            sums[2 * windows + k] += sum1[i];
        }
    }
}

/* With v_u = dL/dphi(u) = dw . c_u, E_u = exp(-beta (kappa - u)^2) and d_u = kappa - u:
 *   dalpha = sum v E      dbeta = -alpha sum v E d^2      dkappa = -2 alpha beta sum v E d + carry
 * and through the exponentials: dalpha^ = alpha dalpha, dbeta^ = beta dbeta,
 * dkappa^ = exp(kappa^) dkappa; 0 where a bound cut the value. */
void LH_OF_SET(lh_window_backward)(int windows, int characters, const int32_t *text,
                                   const lh_real *hat, const lh_real *kappa, const lh_real *dw,
                                   lh_real *d_hat, lh_real *d_kappa)
{
    for (int k = 0; k < 3 * windows; k++)
        d_hat[k] = 0;
    for (int start = 0; start < characters; start += STRETCH) {
        int n = characters - start < STRETCH ? characters - start : STRETCH;
        lh_real v[STRETCH] = {0};
        for (int u = 0; u < n; u++)
            v[u] = dw[text[start + u]];
        window_sums(windows, start, n, v, hat, kappa, d_hat);
    }
    for (int k = 0; k < windows; k++) {
        lh_real *da = &d_hat[k], *db = &d_hat[windows + k], *dk = &d_hat[2 * windows + k];
        lh_real a_hat = clamp(hat[k], LH_ALPHA_HAT_MIN, LH_ALPHA_HAT_MAX);
        lh_real b_hat = clamp(hat[windows + k], LH_BETA_HAT_MIN, LH_BETA_HAT_MAX);
        lh_real k_hat = clamp(hat[2 * windows + k], LH_KAPPA_HAT_MIN, LH_KAPPA_HAT_MAX);
        lh_real alpha = f_exp(a_hat), beta = f_exp(b_hat);
        d_kappa[k] += -2 * alpha * beta * *dk;
        *da = a_hat == hat[k] ? alpha * *da : 0;
        *db = b_hat == hat[windows + k] ? -alpha * beta * *db : 0;
        *dk = k_hat == hat[2 * windows + k] ? f_exp(k_hat) * d_kappa[k] : 0;
    }
}
