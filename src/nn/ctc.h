/* Connectionist temporal classification (Graves, Fernandez, Gomez and Schmidhuber 2006): the
 * probability that a row of softmaxes over A symbols and a blank spells a text, however its symbols
 * are spread over the steps.
 *
 * A path is one output a step; B(path) drops repeats, then blanks. With l' = the text with blanks
 * before, between and behind its symbols, S = 2 U + 1 long,
 *
 *   alpha_1(1) = y^1_blank, alpha_1(2) = y^1_{l'_2}, else 0
 *   alpha_t(s) = y^t_{l'_s} [alpha_{t-1}(s) + alpha_{t-1}(s - 1)
 *                            + (alpha_{t-1}(s - 2) if l'_s is no blank and l'_s != l'_{s-2})]
 *
 * and beta likewise from the end; both contain y^t. p = alpha_T(S) + alpha_T(S - 1), and for every
 * t p = sum_s alpha_t(s) beta_t(s) / y^t_{l'_s}. All of it in float64 and in logarithms, so that a
 * text that is most unlikely still has a probability. */
#ifndef LONGHAND_NN_CTC_H
#define LONGHAND_NN_CTC_H

#include <longhand/nn.h>

#include <math.h>

typedef struct lh_ctc {
    const double *log_y; /* [T][A + 1] ln y; the blank is output A */
    const int32_t *text; /* [U] */
    int steps;           /* T >= 1 */
    int blank;           /* A */
    int places;          /* S = 2 U + 1 */
    int slack;           /* places more on either side: 0, or 2 where a text of a symbol less counts
                          * as well */
    double *alpha;       /* [T][S] ln alpha */
    double *beta;        /* [T][S] ln beta */
} lh_ctc;

/* ln(e^a + e^b); what is smaller by e^-40 is lost in float64 anyway. */
static inline double lh_log_add(double a, double b)
{
    const double most = a > b ? a : b, less = a > b ? b : a;
    return less - most > -40 ? most + log1p(exp(less - most)) : most;
}

/* l'_s, counted from 0. */
static inline int lh_ctc_symbol(const lh_ctc *c, int s)
{
    return s % 2 ? (int)c->text[s / 2] : c->blank;
}

static inline double lh_ctc_log_y(const lh_ctc *c, int t, int s)
{
    return c->log_y[t * (c->blank + 1) + lh_ctc_symbol(c, s)];
}

/* May a path step from l'_{s-2} to l'_s? */
static inline bool lh_ctc_skips_to(const lh_ctc *c, int s)
{
    return s % 2 && s >= 2 && c->text[s / 2] != c->text[s / 2 - 1];
}

/* Places that a path can be at in step t, from `first` to before `end`: it begins at one of the
 * first two, ends at one of the last two, and goes two further a step at most. */
static inline int lh_ctc_first(const lh_ctc *c, int t)
{
    const int first = c->places - 2 * (c->steps - t) - c->slack;
    return first > 0 ? first : 0;
}
static inline int lh_ctc_end(const lh_ctc *c, int t)
{
    const int end = 2 * t + 2 + c->slack;
    return end < c->places ? end : c->places;
}

/* ln softmax of u [count]. */
void lh_log_softmax(const lh_real *u, int count, double *log_y);
/* Fills alpha; returns ln p, -infinity of a text that does not fit. */
double lh_ctc_forward(lh_ctc *c);
/* Fills beta. */
void lh_ctc_backward(lh_ctc *c);

#endif
