/* Connectionist temporal classification: A symbols and a blank, softmax over the A + 1 at each
 * step, and the probability that these spell the sequence's text, however its symbols are spread
 * over the steps (Graves, Fernandez, Gomez and Schmidhuber 2006). The blank is output A, behind the
 * symbols.
 *
 * A path is one output a step; B(path) drops repeats, then blanks. With l' = the text with blanks
 * before, between and behind its symbols, S = 2 U + 1 long,
 *
 *   alpha_1(1) = y^1_blank, alpha_1(2) = y^1_{l'_2}, else 0
 *   alpha_t(s) = y^t_{l'_s} [alpha_{t-1}(s) + alpha_{t-1}(s - 1)
 *                            + (alpha_{t-1}(s - 2) if l'_s is no blank and l'_s != l'_{s-2})]
 *
 * and beta likewise from the end; both contain y^t. L = -ln p, p = alpha_T(S) + alpha_T(S - 1), and
 * dL/du^t_k = y^t_k - 1 / (p y^t_k) sum_{s: l'_s = k} alpha_t(s) beta_t(s), u before the softmax.
 * All of it in float64 and in logarithms, so that a text that is most unlikely still has a loss. */
#include "head.h"

#include <math.h>
#include <stdlib.h>

static lh_status check(const lh_architecture *a, lh_status status, lh_error *error)
{
    if (a->mixtures != 0)
        return lh_fail(error, status, "ctc has no mixture, so 0 components, not %d", a->mixtures);
    if (a->kind == LH_SYNTHESIS)
        return lh_fail(error, status, "ctc tells what the text is: it has no window over it");
    if (a->alphabet < 1 || a->alphabet > LH_ALPHABET_MAX)
        return lh_fail(error, status, "ctc tells apart 1 to %d symbols, not %d", LH_ALPHABET_MAX,
                       a->alphabet);
    return LH_OK;
}

int lh_ctc_steps(const int32_t *text, int characters)
{
    int steps = characters;
    for (int u = 1; u < characters && text; u++)
        steps += text[u] == text[u - 1];
    return steps;
}

static lh_status check_sequence(const lh_architecture *a, const lh_sequence *q, int index,
                                lh_error *error)
{
    if (q->characters < 0 || (q->characters > 0 && !q->text))
        return lh_fail(error, LH_ERROR_ARGUMENT, "sequence %d has no text of %d symbols", index,
                       q->characters);
    for (int u = 0; u < q->characters; u++)
        if (q->text[u] < 0 || q->text[u] >= a->alphabet)
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "sequence %d: symbol %d has index %d outside an alphabet of %d", index,
                           u + 1, (int)q->text[u], a->alphabet);
    const int needed = lh_ctc_steps(q->text, q->characters);
    if (needed > q->steps)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "sequence %d has %d steps, and its text of %d symbols takes %d", index,
                       q->steps, q->characters, needed);
    return LH_OK;
}

static int outputs(const lh_architecture *a)
{
    return a->alphabet + 1;
}

/* ---- one sequence ------------------------------------------------------------------------------
 */

/* The lattice of a sequence: T steps, S places in l'. */
typedef struct lattice {
    const lh_head_loss *head;
    int place; /* of the sequence in the batch */
    const lh_sequence *sequence;
    int blank, steps, places; /* T, S */
    double *log_sum;          /* [T] ln sum_k exp u^t_k */
    double *alpha;            /* [T][S] */
    double *beta, *before;    /* [S] of the step, and of the one after it */
    double *posterior;        /* [A + 1] */
} lattice;

static lh_real *row_of(const lattice *l, int t)
{
    const lh_batch *batch = l->head->batch;
    return l->head->output + (batch->start[t] + (size_t)l->place) * (size_t)(l->blank + 1);
}

/* l'_s, counted from 0. */
static int symbol_at(const lattice *l, int s)
{
    return s % 2 ? (int)l->sequence->text[s / 2] : l->blank;
}

/* May a path step from l'_{s-2} to l'_s? */
static bool skips_to(const lattice *l, int s)
{
    return s % 2 && s >= 2 && l->sequence->text[s / 2] != l->sequence->text[s / 2 - 1];
}

/* ln y^t_{l'_s} */
static double log_y(const lattice *l, int t, int s)
{
    return (double)row_of(l, t)[symbol_at(l, s)] - l->log_sum[t];
}

/* ln(e^a + e^b); what is smaller by e^-40 is lost in float64 anyway. */
static double log_add(double a, double b)
{
    const double most = a > b ? a : b, less = a > b ? b : a;
    return less - most > -40 ? most + log1p(exp(less - most)) : most;
}

static void normalise(lattice *l)
{
    for (int t = 0; t < l->steps; t++) {
        const lh_real *u = row_of(l, t);
        double most = -INFINITY, sum = 0;
        for (int k = 0; k <= l->blank; k++)
            most = (double)u[k] > most ? (double)u[k] : most;
        for (int k = 0; k <= l->blank; k++)
            sum += exp((double)u[k] - most);
        l->log_sum[t] = most + log(sum);
    }
}

/* Places that a path can be at in step t: it begins at one of the first two, ends at one of the
 * last two, and goes two further a step at most. */
static int first_place(const lattice *l, int t)
{
    const int first = l->places - 2 * (l->steps - t);
    return first > 0 ? first : 0;
}

static int end_of_places(const lattice *l, int t)
{
    return 2 * t + 2 < l->places ? 2 * t + 2 : l->places;
}

/* Fills alpha; returns ln p. */
static double fill_alpha(lattice *l)
{
    const size_t S = (size_t)l->places;
    for (int t = 0; t < l->steps; t++) {
        double *alpha = l->alpha + (size_t)t * S;
        const double *past = alpha - S;
        for (int s = 0; s < l->places; s++)
            alpha[s] = -INFINITY;
        for (int s = first_place(l, t), end = end_of_places(l, t); s < end; s++) {
            double sum = t == 0 ? 0 : past[s];
            if (t > 0 && s > 0)
                sum = log_add(sum, past[s - 1]);
            if (t > 0 && skips_to(l, s))
                sum = log_add(sum, past[s - 2]);
            alpha[s] = sum + log_y(l, t, s);
        }
    }
    const double *last = l->alpha + (size_t)(l->steps - 1) * S;
    return S > 1 ? log_add(last[S - 1], last[S - 2]) : last[S - 1];
}

/* beta of step t from that of the step after it, which `before` takes. */
static void step_beta(lattice *l, int t)
{
    double *swapped = l->before;
    l->before = l->beta;
    l->beta = swapped;
    for (int s = 0; s < l->places; s++)
        l->beta[s] = -INFINITY;
    for (int s = first_place(l, t), end = end_of_places(l, t); s < end; s++) {
        double sum = l->before[s];
        if (t == l->steps - 1) {
            sum = 0; /* the places there are the last two */
        } else {
            if (s + 1 < l->places)
                sum = log_add(sum, l->before[s + 1]);
            if (s + 2 < l->places && skips_to(l, s + 2))
                sum = log_add(sum, l->before[s + 2]);
        }
        l->beta[s] = sum + log_y(l, t, s);
    }
}

static lh_real clipped(double derivative, lh_real limit)
{
    if (limit > 0 && fabs(derivative) > (double)limit)
        return derivative > 0 ? limit : -limit;
    return (lh_real)derivative;
}

/* Puts dL/du in place of u, from the last step to the first. */
static void derive(lattice *l, double log_p)
{
    for (int s = 0; s < l->places; s++)
        l->beta[s] = -INFINITY;
    for (int t = l->steps - 1; t >= 0; t--) {
        const double *alpha = l->alpha + (size_t)t * (size_t)l->places;
        step_beta(l, t);
        for (int k = 0; k <= l->blank; k++)
            l->posterior[k] = 0;
        for (int s = first_place(l, t), end = end_of_places(l, t); s < end; s++)
            l->posterior[symbol_at(l, s)] += exp(alpha[s] + l->beta[s] - log_y(l, t, s) - log_p);
        lh_real *u = row_of(l, t);
        for (int k = 0; k <= l->blank; k++)
            u[k] = clipped(exp((double)u[k] - l->log_sum[t]) - l->posterior[k], l->head->clip);
    }
}

/* ---- a batch ---- */

static lh_status loss(const lh_head_loss *h, lh_error *error)
{
    const lh_batch *batch = h->batch;
    const int blank = h->architecture->alphabet;
    size_t most = 0, places = 0;
    for (int b = 0; b < batch->sequences; b++) {
        const size_t S = 2 * (size_t)batch->sorted[b]->characters + 1;
        const size_t cells = S * (size_t)batch->sorted[b]->steps;
        most = cells > most ? cells : most;
        places = S > places ? S : places;
    }
    const size_t steps = (size_t)batch->steps;
    double *memory = malloc((steps + most + 2 * places + (size_t)blank + 1) * sizeof *memory);
    if (!memory)
        return lh_fail_memory(error, "the alignments of a text");
    for (int b = 0; b < batch->sequences; b++) {
        const lh_sequence *q = batch->sorted[b];
        lattice l = {.head = h,
                     .place = b,
                     .sequence = q,
                     .blank = blank,
                     .steps = q->steps,
                     .places = 2 * q->characters + 1,
                     .log_sum = memory,
                     .alpha = memory + steps,
                     .beta = memory + steps + most,
                     .before = memory + steps + most + places,
                     .posterior = memory + steps + most + 2 * places};
        normalise(&l);
        const double log_p = fill_alpha(&l);
        lh_loss *sum = &h->losses[batch->order[b]];
        sum->symbols -= log_p;
        sum->points += (size_t)(q->characters > 0 ? q->characters : 1);
        if (h->gradient)
            derive(&l, log_p);
    }
    free(memory);
    return LH_OK;
}

const lh_head lh_head_ctc = {
    .name = "ctc",
    .check = check,
    .check_sequence = check_sequence,
    .outputs = outputs,
    .loss = loss,
};
