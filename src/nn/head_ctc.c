/* A head that reads: connectionist temporal classification (ctc.h) over A symbols and a blank,
 * which is the output behind them. L = -ln p of the sequence's text. */
#include "ctc.h"
#include "head.h"

#include <stdlib.h>

static lh_status check(const lh_architecture *a, lh_status status, lh_error *error)
{
    return lh_check_symbols(a, "ctc", status, error);
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

/* Outputs of the sequence at place `b` of the batch in step t. */
static lh_real *row_of(const lh_head_loss *h, int b, int t)
{
    return h->output + (h->batch->start[t] + (size_t)b) * (size_t)(h->architecture->alphabet + 1);
}

/* dL/du^t_k = y^t_k - 1 / (p y^t_k) sum_{s: l'_s = k} alpha_t(s) beta_t(s) in place of u. */
static void derive(const lh_head_loss *h, int b, const lh_ctc *c, double log_p, double *posterior)
{
    for (int t = 0; t < c->steps; t++) {
        const size_t at = (size_t)t * (size_t)c->places;
        for (int k = 0; k <= c->blank; k++)
            posterior[k] = 0;
        for (int s = lh_ctc_first(c, t), end = lh_ctc_end(c, t); s < end; s++)
            posterior[lh_ctc_symbol(c, s)] += exp(
                c->alpha[at + (size_t)s] + c->beta[at + (size_t)s] - lh_ctc_log_y(c, t, s) - log_p);
        lh_real *u = row_of(h, b, t);
        const double *log_y = c->log_y + t * (c->blank + 1);
        for (int k = 0; k <= c->blank; k++)
            u[k] = lh_clipped(exp(log_y[k]) - posterior[k], h->clip);
    }
}

static void sequence_loss(const lh_head_loss *h, int b, lh_ctc *c, double *log_y, double *posterior)
{
    for (int t = 0; t < c->steps; t++)
        lh_log_softmax(row_of(h, b, t), c->blank + 1, log_y + t * (c->blank + 1));
    const double log_p = lh_ctc_forward(c);
    lh_loss *sum = &h->losses[h->batch->order[b]];
    sum->symbols -= log_p;
    sum->points += c->places > 1 ? (size_t)c->places / 2 : 1;
    if (h->gradient) {
        lh_ctc_backward(c);
        derive(h, b, c, log_p, posterior);
    }
}

/* ---- a batch ---- */

static lh_status loss(const lh_head_loss *h, lh_error *error)
{
    const lh_batch *batch = h->batch;
    const int blank = h->architecture->alphabet;
    uint64_t most = 0;
    for (int b = 0; b < batch->sequences; b++) {
        const lh_sequence *q = batch->sorted[b];
        const uint64_t cells = (2 * (uint64_t)q->characters + 1) * (uint64_t)q->steps;
        most = cells > most ? cells : most;
    }
    const size_t outputs_all = (size_t)batch->steps * (size_t)(blank + 1);
    const uint64_t room = outputs_all + 2 * most + (uint64_t)blank + 1;
    double *memory =
        room <= SIZE_MAX / sizeof *memory ? malloc((size_t)room * sizeof *memory) : NULL;
    if (!memory)
        return lh_fail_memory(error, "the alignments of a text");
    for (int b = 0; b < batch->sequences; b++) {
        const lh_sequence *q = batch->sorted[b];
        lh_ctc c = {.log_y = memory,
                    .text = q->text,
                    .steps = q->steps,
                    .blank = blank,
                    .places = 2 * q->characters + 1,
                    .alpha = memory + outputs_all,
                    .beta = memory + outputs_all + most};
        sequence_loss(h, b, &c, memory, memory + outputs_all + 2 * most);
    }
    free(memory);
    return LH_OK;
}

const lh_head lh_head_ctc = {
    .name = "ctc",
    .whole = true,
    .check = check,
    .check_sequence = check_sequence,
    .outputs = outputs,
    .loss = loss,
};
