/* Letting a learnt hand write: see trial.h. */
#include "trial.h"

#include "write/hand.h"

#include <stdlib.h>

/* Lines whose texts are written, and tries of each word: with the first and these a word that still
 * fails is one that the hand cannot write. */
enum { TEXTS = 3, TRIES = 3 };
/* Of the words, so many may fail: somebody's text may be one that no hand writes well. */
static const double few = 0.2;
/* How much of the change is tried, one after the other. */
static const double shares[] = {1, 0.75, 0.5, 0.25};

/* The share of words that fail in the style's hand; 1: nothing comes of it. */
static lh_status count_failing(const lh_style *style, const lh_model *model, int threads,
                               double *failing, lh_error *error)
{
    lh_write_options options = lh_write_defaults;
    options.tries = TRIES;
    options.threads = threads;
    const char *text[TEXTS] = {style->text};
    size_t count = 1;
    for (size_t i = 0; i < style->hand->lines && count < TEXTS; i++)
        text[count++] = style->hand->line[i].text;
    lh_writer *writer = lh_writer_new(model, style, error);
    if (!writer)
        return error->status;
    lh_written *written[TEXTS] = {NULL};
    lh_status status = lh_write_texts(writer, &options, text, count, 0, written, error);
    lh_guard_report report = {0};
    for (size_t i = 0; i < count; i++) {
        if (written[i])
            lh_guard_report_add(&report, &written[i]->report);
        lh_written_free(written[i]);
    }
    lh_writer_free(writer);
    *failing = report.words > 0 ? (double)report.flawed / (double)report.words : 1;
    return status == LH_ERROR_NUMERIC ? LH_OK : status;
}

/* The style's numbers become `share` of `learnt`. */
static lh_status set_share(lh_hand *hand, const lh_real *learnt, double share, lh_error *error)
{
    for (size_t i = 0; i < hand->count; i++)
        hand->number[i] = (lh_real)(share * (double)learnt[i]);
    return lh_hand_round(hand, error);
}

lh_status lh_hand_try(lh_style *style, const lh_model *model, int threads, double *share,
                      lh_error *error)
{
    lh_hand *hand = style->hand;
    lh_real *learnt = malloc(hand->count * sizeof *learnt);
    if (!learnt)
        return lh_fail_memory(error, "a hand");
    for (size_t i = 0; i < hand->count; i++)
        learnt[i] = hand->number[i];
    lh_status status = LH_OK;
    double failing = 1;
    for (size_t i = 0; i < sizeof shares / sizeof *shares && failing > few && status == LH_OK;
         i++) {
        *share = shares[i];
        status = set_share(hand, learnt, *share, error);
        if (status == LH_OK)
            status = count_failing(style, model, threads, &failing, error);
    }
    if (failing > few && status == LH_OK)
        status = set_share(hand, learnt, *share = 1, error);
    free(learnt);
    return status;
}
