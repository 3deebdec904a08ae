/* Learning a hand: Adam on the numbers of an adaptation, from the gradient of a few lines. See
 * longhand/hand.h. */
#include <longhand/hand.h>

#include "trial.h"

#include "base/need.h"
#include "train/gradient.h"
#include "write/hand.h"
#include "write/start.h"
#include "write/words.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

const lh_hand_options lh_hand_defaults = {
    .rank = 8, .steps = 0, .rate = 5e-3, .batch = 5, .seed = 1};

enum { STEPS_FIRST = 12, STEPS_MORE = 6, STEPS_MOST = 24 };

int lh_hand_steps(size_t lines)
{
    const size_t enough = 1 + (STEPS_MOST - STEPS_FIRST) / STEPS_MORE;
    return lines >= enough ? STEPS_MOST
           : lines > 1     ? STEPS_FIRST + STEPS_MORE * ((int)lines - 1)
                           : STEPS_FIRST;
}

/* Derivatives are limited as in training (Graves 2013, section 5). */
static const lh_clipping clipping = {.output = 100, .cell = 10};

/* Learning ends when the held line was likeliest so many steps ago. */
enum { LINES_TO_SPARE = 4, BEST_PRIMER = 28, PATIENCE = 3 };

typedef struct lesson {
    const lh_model *model;
    const lh_hand_line *line;
    const lh_hand_options *options;
    lh_sequence sequence[LH_HAND_LINES_MAX]; /* x and text owned */
    size_t count, learnt;                    /* lines; those before the one held back */
    int threads;

    lh_network *network; /* the model's, changed */
    lh_adaptation *adaptation;
    lh_optimizer *optimizer;
    lh_batch_gradient *gradient;
    lh_workspace *workspace; /* of the line held back */
    lh_real *best;           /* [C] when the held line was likeliest */
    lh_hand_report report;
} lesson;

/* ---- lines ------------------------------------------------------------------------------------
 */

static lh_status add_offsets(lesson *l, size_t i, lh_error *error)
{
    const lh_ink *ink = l->line[i].ink;
    lh_offset *offset = malloc((ink->count + 1) * sizeof *offset);
    lh_real *x = malloc((ink->count + 1) * LH_INPUTS * sizeof *x);
    if (!offset || !x) {
        free(offset);
        free(x);
        return lh_fail_memory(error, "offsets");
    }
    const size_t steps = lh_ink_to_offsets(ink, offset);
    lh_status status = LH_OK;
    for (size_t t = 0; t < steps && status == LH_OK; t++)
        if (!lh_offset_enters(l->model, offset[t], x + LH_INPUTS * t))
            status = lh_fail(error, LH_ERROR_ARGUMENT,
                             "row %zu: the way to reading %zu is none of a pen", i + 1, t + 2);
    free(offset);
    l->sequence[i].x = x;
    l->sequence[i].steps = (int)steps;
    if (status == LH_OK && steps == 0)
        status = lh_fail(error, LH_ERROR_ARGUMENT, "row %zu is a dot", i + 1);
    return status;
}

static lh_status add_line(lesson *l, size_t i, lh_error *error)
{
    int32_t *text = NULL;
    size_t count = 0;
    lh_error inner;
    lh_status status = lh_words_of_ink(&l->model->alphabet, l->line[i].text, &text, &count, &inner);
    if (status != LH_OK)
        return lh_fail(error, status, "row %zu: %.400s", i + 1, inner.message);
    l->sequence[i].text = text;
    l->sequence[i].characters = (int)count - 1; /* without the blank behind it */
    if (count < 2)
        return lh_fail(error, LH_ERROR_ARGUMENT, "row %zu has no text", i + 1);
    status = add_offsets(l, i, error);
    l->report.points += status == LH_OK ? (size_t)l->sequence[i].steps : 0;
    return status;
}

/* ---- one lesson -------------------------------------------------------------------------------
 */

static lh_status begin(lesson *l, lh_error *error)
{
    const lh_network *base = l->model->network;
    lh_status status = LH_OK;
    for (size_t i = 0; i < l->count && status == LH_OK; i++)
        status = add_line(l, i, error);
    if (status != LH_OK)
        return status;
    const int batch = l->options->batch < (int)l->learnt ? l->options->batch : (int)l->learnt;
    const lh_workers workers = {.threads = l->threads, .all = l->threads};
    if (!(l->network = lh_network_new(lh_network_architecture(base), error)) ||
        !(l->adaptation = lh_adaptation_new(base, l->options->rank, error)))
        return error->status;
    const size_t numbers = lh_adaptation_count(l->adaptation);
    if (!(l->optimizer = lh_optimizer_new(LH_ADAM, numbers, error)) ||
        !(l->gradient = lh_batch_gradient_new(base, l->adaptation, batch, &workers, error)) ||
        !(l->workspace = lh_workspace_new(error)))
        return error->status;
    l->best = malloc(numbers * sizeof *l->best);
    return l->best ? lh_adaptation_apply(l->adaptation, base, l->network, error)
                   : lh_fail_memory(error, "a hand");
}

static void end(lesson *l)
{
    for (size_t i = 0; i < l->count; i++) {
        free((void *)(uintptr_t)l->sequence[i].x);
        free((void *)(uintptr_t)l->sequence[i].text);
    }
    lh_network_free(l->network);
    lh_adaptation_free(l->adaptation);
    lh_optimizer_free(l->optimizer);
    lh_batch_gradient_free(l->gradient);
    lh_workspace_free(l->workspace);
    free(l->best);
}

/* Nats a point of lines first to end - 1. */
static lh_status loss_of(lesson *l, size_t first, size_t end, double *nats, lh_error *error)
{
    double sum = 0, points = 0;
    lh_status status = LH_OK;
    for (size_t i = first; i < end && status == LH_OK; i++) {
        lh_loss loss;
        status = lh_network_loss(l->network, l->workspace, &l->sequence[i], 1, &loss, error);
        sum += lh_loss_total(&loss);
        points += (double)loss.points;
    }
    *nats = points > 0 ? sum / points : 0;
    return status;
}

/* The lines of a step: all, or some by chance. */
static int choose_lines(const lesson *l, lh_rng *rng, size_t line[LH_HAND_LINES_MAX])
{
    size_t count = l->learnt;
    for (size_t i = 0; i < count; i++)
        line[i] = i;
    if ((size_t)l->options->batch >= count)
        return (int)count;
    for (size_t i = 0; i < (size_t)l->options->batch; i++) {
        const size_t other = i + (size_t)lh_rng_below(rng, count - i), swap = line[i];
        line[i] = line[other];
        line[other] = swap;
    }
    return l->options->batch;
}

static lh_status take_step(lesson *l, lh_rng *rng, double *nats, lh_error *error)
{
    size_t line[LH_HAND_LINES_MAX];
    const int count = choose_lines(l, rng, line);
    lh_loss loss;
    lh_status status = lh_batch_gradient_compute(l->gradient, l->network, l->sequence, line, count,
                                                 &clipping, &loss, error);
    *nats = status == LH_OK ? lh_loss_total(&loss) / (double)loss.points : 0;
    if (status == LH_OK && !isfinite(*nats))
        status = lh_fail(error, LH_ERROR_NUMERIC, "learning came to numbers that are none");
    if (status == LH_OK) {
        lh_optimizer_step(l->optimizer, lh_adaptation_numbers(l->adaptation),
                          lh_batch_gradient_values(l->gradient), l->options->rate, 1);
        status = lh_adaptation_apply(l->adaptation, l->model->network, l->network, error);
    }
    return status;
}

static void keep(lesson *l, int step)
{
    l->report.steps = step;
    memcpy(l->best, lh_adaptation_numbers(l->adaptation),
           lh_adaptation_count(l->adaptation) * sizeof *l->best);
}

static lh_status learn(lesson *l, lh_error *error)
{
    const lh_hand_options *o = l->options;
    lh_hand_report *report = &l->report;
    lh_rng rng;
    lh_rng_seed(&rng, o->seed, 0);
    report->held = l->learnt < l->count;
    lh_status status = loss_of(l, 0, l->learnt, &report->before, error);
    if (status == LH_OK)
        status = loss_of(l, l->learnt, l->count, &report->held_before, error);
    report->held_after = report->held_before;
    const int steps = o->steps > 0 ? o->steps : lh_hand_steps(l->count);
    for (int step = 1; step <= steps && status == LH_OK; step++) {
        if (report->held && step > report->steps + PATIENCE)
            break;
        double nats, held;
        if (o->stop && o->stop(o->user))
            return lh_fail(error, LH_ERROR_INTERRUPTED, "learning was stopped");
        status = take_step(l, &rng, &nats, error);
        if (status == LH_OK)
            status = loss_of(l, l->learnt, l->count, &held, error);
        if (status == LH_OK && (!report->held || step == 1 || held < report->held_after)) {
            report->held_after = held;
            keep(l, step);
        }
        if (status == LH_OK && o->progress)
            o->progress(o->user, step, steps, nats);
    }
    if (status != LH_OK)
        return status;
    memcpy(lh_adaptation_numbers(l->adaptation), l->best,
           lh_adaptation_count(l->adaptation) * sizeof *l->best);
    status = lh_adaptation_apply(l->adaptation, l->model->network, l->network, error);
    return status == LH_OK ? loss_of(l, 0, l->learnt, &report->after, error) : status;
}

/* ---- the style --------------------------------------------------------------------------------
 */

static size_t choose_primer(const lh_hand_line *line, size_t count)
{
    size_t best = 0;
    double least = INFINITY;
    for (size_t i = 0; i < count; i++) {
        double off = -BEST_PRIMER;
        for (const char *c = line[i].text; lh_utf8_next(&c) != 0;)
            off++;
        off = fabs(off);
        if (off < least) {
            least = off;
            best = i;
        }
    }
    return best;
}

static lh_status add_others(lh_hand *hand, const lh_hand_line *line, size_t count, size_t primer,
                            lh_error *error)
{
    hand->line = calloc(count, sizeof *hand->line);
    if (!hand->line)
        return lh_fail_memory(error, "a hand");
    for (size_t i = 0; i < count; i++) {
        if (i == primer)
            continue;
        lh_hand_line *to = &hand->line[hand->lines++];
        if (!(to->ink = lh_ink_copy(line[i].ink, error)))
            return error->status;
        if (!(to->text = lh_words_plain(line[i].text)))
            return lh_fail_memory(error, "a hand");
    }
    return LH_OK;
}

static lh_style *make_style(const lesson *l, const char *name, lh_error *error)
{
    const size_t primer = choose_primer(l->line, l->count);
    lh_style *style = lh_style_new(name, l->line[primer].ink, l->line[primer].text, error);
    if (!style)
        return NULL;
    lh_hand *hand = style->hand = calloc(1, sizeof *hand);
    lh_status status = hand ? LH_OK : lh_fail_memory(error, "a hand");
    if (hand) {
        *hand = (lh_hand){.network = lh_network_fingerprint(l->model->network),
                          .rank = l->options->rank,
                          .count = lh_adaptation_count(l->adaptation)};
        hand->number = malloc(hand->count * sizeof *hand->number);
        status = hand->number ? add_others(hand, l->line, l->count, primer, error)
                              : lh_fail_memory(error, "a hand");
    }
    if (status == LH_OK) {
        memcpy(hand->number, lh_adaptation_numbers(l->adaptation),
               hand->count * sizeof *hand->number);
        status = lh_hand_round(hand, error);
    }
    if (status == LH_OK)
        return style;
    lh_style_free(style);
    return NULL;
}

static lh_status check(const lh_model *model, const lh_hand_line *line, size_t count,
                       const lh_hand_options *o, lh_error *error)
{
    const lh_purpose purpose = lh_purpose_of(lh_network_architecture(model->network));
    if (purpose != LH_FOR_TEXT)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: this network %s; one that writes texts is needed", lh_model_name(model),
                       lh_purpose_words(purpose));
    if (count < 1 || count > LH_HAND_LINES_MAX)
        return lh_fail(error, LH_ERROR_ARGUMENT, "a hand is learnt from 1 to %d lines, not %zu",
                       LH_HAND_LINES_MAX, count);
    if (o->steps < 0 || o->batch < 1 || o->threads < 0 || !(o->rate > 0))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "learning a hand needs steps from 0 on, a batch and a rate above 0");
    for (size_t i = 0; i < count; i++)
        LH_NEED(error, line[i].ink && line[i].text, LH_ERROR_ARGUMENT);
    return LH_OK;
}

lh_style *lh_hand_learn(const char *name, const lh_model *model, const lh_hand_line *lines,
                        size_t count, const lh_hand_options *options, lh_hand_report *report,
                        lh_error *error)
{
    LH_NEED(error, name && model && model->network && lines && options, NULL);
    LH_OWN_ERROR(error);
    if (check(model, lines, count, options, error) != LH_OK)
        return NULL;
    lesson l = {.model = model,
                .line = lines,
                .options = options,
                .count = count,
                .learnt = count >= LINES_TO_SPARE && options->steps == 0 ? count - 1 : count,
                .threads = options->threads > 0 ? options->threads : omp_get_max_threads()};
    lh_status status = begin(&l, error);
    if (status == LH_OK)
        status = learn(&l, error);
    lh_style *style = status == LH_OK ? make_style(&l, name, error) : NULL;
    if (style && lh_hand_try(style, model, l.threads, &l.report.share, error) != LH_OK) {
        lh_style_free(style);
        style = NULL;
    }
    if (report)
        *report = l.report;
    end(&l);
    return style;
}
