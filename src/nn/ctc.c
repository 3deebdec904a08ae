/* Alpha and beta of connectionist temporal classification: see ctc.h. */
#include "ctc.h"

void lh_log_softmax(const lh_real *u, int count, double *log_y)
{
    double most = -INFINITY, sum = 0;
    for (int k = 0; k < count; k++)
        most = (double)u[k] > most ? (double)u[k] : most;
    for (int k = 0; k < count; k++)
        sum += exp((double)u[k] - most);
    for (int k = 0; k < count; k++)
        log_y[k] = (double)u[k] - most - log(sum);
}

double lh_ctc_forward(lh_ctc *c)
{
    const size_t S = (size_t)c->places;
    for (int t = 0; t < c->steps; t++) {
        double *alpha = c->alpha + (size_t)t * S;
        const double *past = t > 0 ? alpha - S : NULL;
        for (int s = 0; s < c->places; s++)
            alpha[s] = -INFINITY;
        for (int s = lh_ctc_first(c, t), end = lh_ctc_end(c, t); s < end; s++) {
            double sum = past ? past[s] : s < 2 ? 0 : -INFINITY;
            if (past && s > 0)
                sum = lh_log_add(sum, past[s - 1]);
            if (past && lh_ctc_skips_to(c, s))
                sum = lh_log_add(sum, past[s - 2]);
            alpha[s] = sum + lh_ctc_log_y(c, t, s);
        }
    }
    const double *last = c->alpha + (size_t)(c->steps - 1) * S;
    return S > 1 ? lh_log_add(last[S - 1], last[S - 2]) : last[S - 1];
}

void lh_ctc_backward(lh_ctc *c)
{
    const size_t S = (size_t)c->places;
    for (int t = c->steps - 1; t >= 0; t--) {
        double *beta = c->beta + (size_t)t * S;
        const double *next = t < c->steps - 1 ? beta + S : NULL;
        for (int s = 0; s < c->places; s++)
            beta[s] = -INFINITY;
        for (int s = lh_ctc_first(c, t), end = lh_ctc_end(c, t); s < end; s++) {
            double sum = next ? next[s] : s >= c->places - 2 ? 0 : -INFINITY;
            if (next && s + 1 < c->places)
                sum = lh_log_add(sum, next[s + 1]);
            if (next && s + 2 < c->places && lh_ctc_skips_to(c, s + 2))
                sum = lh_log_add(sum, next[s + 2]);
            beta[s] = sum + lh_ctc_log_y(c, t, s);
        }
    }
}
