/* Letting a learnt hand write: see trial.h. */
#include "trial.h"

#include "write/hand.h"

#include <stdlib.h>

/* All small letters, in words that nobody's lines are likely to have: those of the lines a hand may
 * have learnt by heart. */
static const char *const pangrams[] = {
    "The five boxing wizards jump quickly",
    "We saw my black dog hunt a fox near Izmir",
    "Just keep a quiet verse of long hope",
};
enum { PANGRAMS = sizeof pangrams / sizeof *pangrams };
/* Tries of each word after the first: with which it still fails is one that the hand cannot write.
 */
enum { TRIES = 3 };
/* Of the words, so many may fail: some are hard for any hand. */
static const double few = 0.2;
/* How much of the change is tried, one after the other. */
static const double shares[] = {1, 0.75, 0.5, 0.25};

/* What is written: the pangrams, or where the network has not all letters the style's own text. */
static size_t choose_texts(const lh_writer *writer, const lh_style *style,
                           const char *text[PANGRAMS])
{
    size_t count = 0;
    lh_error none;
    for (size_t i = 0; i < PANGRAMS; i++)
        if (lh_writer_check(writer, pangrams[i], &none) == LH_OK)
            text[count++] = pangrams[i];
    if (count == 0)
        text[count++] = style->text;
    return count;
}

/* The share of words that fail in the style's hand; 1: nothing comes of it. */
static lh_status count_failing(const lh_style *style, const lh_model *model, int threads,
                               double *failing, lh_error *error)
{
    lh_write_options options = lh_write_defaults;
    options.tries = TRIES;
    options.threads = threads;
    const char *text[PANGRAMS];
    lh_writer *writer = lh_writer_new(model, style, error);
    if (!writer)
        return error->status;
    const size_t count = choose_texts(writer, style, text);
    lh_written *written[PANGRAMS] = {NULL};
    lh_status status = lh_write_texts(writer, &options, text, count, 0, written, error);
    lh_guard_report report = {0};
    for (size_t i = 0; i < count && status == LH_OK; i++) {
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
