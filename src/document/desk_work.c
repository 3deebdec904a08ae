/* One text on its way to its document: see desk_work.h. */
#include "document/desk_work.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of text by which a hand is found. */
enum { OPENING = 60 };
/* The text of a document that is none of its passages. */
static const uint64_t opening_index = UINT64_MAX;

void lh_work_fail(lh_work *w, lh_status status, const lh_error *why)
{
    lh_error inner = *why;
    const char *name = w->job->name;
    lh_fail(&w->job->error, status, "%s%s%s", name ? name : "", name ? ": " : "", inner.message);
    w->failed = true;
}

void lh_work_free(lh_work *w)
{
    for (size_t i = 0; w->errand && i <= w->text.passages; i++)
        lh_errand_clear(&w->errand[i]);
    for (size_t i = 0; w->written && i < w->text.passages; i++)
        lh_written_free(w->written[i]);
    lh_manuscript_clear(&w->text);
    lh_layout_clear(&w->layout);
    lh_writer_free(w->own);
    free(w->hand);
    free(w->options);
    free(w->written);
    free(w->errand);
    free(w->opening);
    free(w);
}

/* ---- reading ----------------------------------------------------------------------------------
 */

static lh_status choose_manners(lh_desk *desk, lh_work *w, lh_error *error)
{
    const lh_manuscript *text = &w->text;
    w->hand = calloc(text->manners, sizeof(const lh_desk_hand *));
    w->options = calloc(text->manners, sizeof *w->options);
    w->written = calloc(text->passages + 1, sizeof *w->written);
    w->errand = calloc(text->passages + 1, sizeof *w->errand);
    if (!w->hand || !w->options || !w->written || !w->errand)
        return lh_fail_memory(error, "a document");
    lh_status status = LH_OK;
    for (size_t i = 0; i < text->manners && status == LH_OK; i++) {
        const lh_manner *manner = &text->manner[i];
        w->options[i] = desk->options.write;
        w->options[i].seed = w->job->seed;
        w->options[i].bias = isnan(manner->bias) ? w->options[i].bias : manner->bias;
        if (desk->options.steps && !w->growing) /* then pens tell how points came about */
            w->options[i].keep |= LH_KEEP_OUTPUT | LH_KEEP_WINDOW;
        status = lh_desk_find_hand(desk, manner->style ? manner->style : desk->style, &w->hand[i],
                                   error);
    }
    return status;
}

bool lh_work_in_own_hand(const lh_work *w, size_t passage)
{
    return !w->hand[w->text.passage[passage].manner];
}

/* A writer in a hand of the document's own. */
static lh_status take_own_hand(const lh_desk *desk, lh_work *w, lh_error *error)
{
    const lh_document_options *o = &desk->options;
    lh_error why = {.status = LH_OK};
    lh_hand *hand = o->draw_hand ? o->draw_hand(o->user, w->job->seed, &why) : NULL;
    if (!hand && why.status != LH_OK) {
        if (error)
            *error = why;
        return why.status;
    }
    w->own = hand ? lh_writer_in_hand(desk->model, hand, error)
                  : lh_writer_new(desk->model, NULL, error);
    lh_hand_free(hand);
    return w->own ? LH_OK : error->status;
}

/* The first words in the document's own hand; a document that has no more than one text in it finds
 * its hand while it writes that. */
static lh_status open_own_hand(const lh_desk *desk, lh_work *w, lh_error *error)
{
    size_t passages = 0, length = 0;
    for (size_t i = 0; i < w->text.passages; i++)
        passages += lh_work_in_own_hand(w, i);
    if (passages == 0 && !desk->options.numbers)
        return LH_OK;
    const lh_status status = take_own_hand(desk, w, error);
    if (status != LH_OK)
        return status;
    if (passages < 2 && !desk->options.numbers)
        return LH_OK;
    for (size_t i = 0, used = 0; i < w->text.passages && used < OPENING; i++) {
        length += strlen(w->text.passage[i].text) + 1;
        used += lh_work_in_own_hand(w, i) ? strlen(w->text.passage[i].text) + 1 : 0;
    }
    w->opening = calloc(length + 1, 1);
    if (!w->opening)
        return lh_fail_memory(error, "a document");
    for (size_t i = 0; i < w->text.passages && strlen(w->opening) < OPENING; i++)
        if (lh_work_in_own_hand(w, i)) {
            strcat(w->opening, w->text.passage[i].text);
            strcat(w->opening, " ");
        }
    return LH_OK;
}

lh_status lh_work_read(lh_desk *desk, lh_work *w, lh_error *error)
{
    const lh_manuscript_options options = {
        .alphabet = &desk->model->alphabet,
        .signs = desk->options.signs,
        .reflow = desk->options.reflow,
        .skip_unknown = desk->options.skip_unknown,
    };
    if (!w->job->text)
        return lh_fail(error, LH_ERROR_ARGUMENT, "there is no text");
    lh_status status = lh_manuscript_read(&w->text, w->job->text, &options, error);
    if (status == LH_OK && w->text.passages == 0)
        status = lh_fail(error, LH_ERROR_ARGUMENT, "there is no text to write");
    if (status == LH_OK)
        status = choose_manners(desk, w, error);
    if (status == LH_OK)
        status = open_own_hand(desk, w, error);
    w->left = w->text.passages;
    w->ready = !w->opening || !*w->opening;
    return status;
}

/* ---- writing ----------------------------------------------------------------------------------
 */

const lh_writer *lh_work_writer(const lh_work *w, const lh_desk_hand *hand)
{
    return hand ? hand->writer : w->own;
}

lh_errand *lh_work_part(lh_work *w)
{
    lh_errand *errand = NULL;
    if (!w->ready && !w->opening_given) {
        w->opening_given = true;
        errand = &w->errand[0];
        errand->text = (lh_text){w->opening, w->own, &w->options[0], opening_index};
        errand->finds_hand = true;
    } else if (w->ready && w->given < w->text.passages) {
        size_t passage = w->given++, manner = w->text.passage[passage].manner;
        errand = &w->errand[1 + passage];
        errand->text = (lh_text){w->text.passage[passage].text, lh_work_writer(w, w->hand[manner]),
                                 &w->options[manner], passage};
    }
    if (errand)
        errand->owner = w;
    return errand;
}

void lh_work_take(lh_work *w, lh_errand *errand)
{
    if (errand->finds_hand) {
        lh_errand_teach(errand, w->own);
        w->ready = true;
    } else {
        w->written[errand - w->errand - 1] = errand->written;
        errand->written = NULL;
        w->left--;
    }
    lh_errand_clear(errand);
}
