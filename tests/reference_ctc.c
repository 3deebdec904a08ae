/* Connectionist temporal classification as in Graves et al. 2006, equations 5 to 16: probabilities,
 * not their logarithms, in numbers that go down to 1e-4932. */
#include "reference.h"

#include <math.h>
#include <stdlib.h>

/* l'_s of a text, counted from 0; the blank is A. */
static int symbol_at(const int32_t *text, int A, int s)
{
    return s % 2 ? (int)text[s / 2] : A;
}

static bool skips_to(const int32_t *text, int A, int s)
{
    return s >= 2 && symbol_at(text, A, s) != A &&
           symbol_at(text, A, s) != symbol_at(text, A, s - 2);
}

static void softmax(const double *u, int count, long double *y)
{
    long double sum = 0;
    for (int k = 0; k < count; k++)
        sum += expl(u[k]);
    for (int k = 0; k < count; k++)
        y[k] = expl(u[k]) / sum;
}

void reference_ctc(const double *u, int A, int T, const int32_t *text, int U, lh_loss *loss,
                   double *du)
{
    const int S = 2 * U + 1, K = A + 1;
    long double *y = calloc((size_t)T * (size_t)(K + 2 * S), sizeof *y);
    if (!y)
        abort();
    long double *alpha = y + T * K, *beta = alpha + T * S;
    for (int t = 0; t < T; t++)
        softmax(u + t * K, K, y + t * K);
    for (int t = 0; t < T; t++)
        for (int s = 0; s < S; s++) {
            const long double *past = alpha + (t - 1) * S;
            long double sum = t == 0 ? s < 2 : past[s];
            if (t > 0 && s > 0)
                sum += past[s - 1];
            if (t > 0 && skips_to(text, A, s))
                sum += past[s - 2];
            alpha[t * S + s] = sum * y[t * K + symbol_at(text, A, s)];
        }
    for (int t = T - 1; t >= 0; t--)
        for (int s = 0; s < S; s++) {
            const long double *next = beta + (t + 1) * S;
            long double sum = t == T - 1 ? s >= S - 2 : next[s];
            if (t < T - 1 && s + 1 < S)
                sum += next[s + 1];
            if (t < T - 1 && s + 2 < S && skips_to(text, A, s + 2))
                sum += next[s + 2];
            beta[t * S + s] = sum * y[t * K + symbol_at(text, A, s)];
        }
    long double p = alpha[(T - 1) * S + S - 1] + (S > 1 ? alpha[(T - 1) * S + S - 2] : 0);
    loss->symbols -= (double)logl(p);
    loss->points += (size_t)(U > 0 ? U : 1);
    for (int t = 0; du && t < T; t++)
        for (int k = 0; k < K; k++) {
            long double sum = 0;
            for (int s = 0; s < S; s++)
                if (symbol_at(text, A, s) == k)
                    sum += alpha[t * S + s] * beta[t * S + s];
            du[t * K + k] = (double)(y[t * K + k] - sum / (p * y[t * K + k]));
        }
    free(y);
}
