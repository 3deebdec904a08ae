/* What was written of a text becomes its document: rows are set out, and pages composed and
 * numbered: see desk_work.h. */
#include "document/align.h"
#include "document/compose.h"
#include "document/desk_work.h"
#include "document/fit.h"
#include "document/indents.h"
#include "document/long_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Texts of a document that are not its passages: page numbers. */
static const uint64_t number_index = (uint64_t)1 << 62;

/* ---- rows -------------------------------------------------------------------------------------
 */

/* What the document's own hand wrote, the rest NULL. */
static lh_status measure_own_hand(lh_work *w, lh_error *error)
{
    const lh_written **own = calloc(w->text.passages + 1, sizeof *own);
    if (!own)
        return lh_fail_memory(error, "a document");
    for (size_t i = 0; i < w->text.passages; i++)
        own[i] = lh_work_in_own_hand(w, i) ? w->written[i] : NULL;
    lh_status status = lh_script_measure(own, w->text.passages, &w->own_size, error);
    free(own);
    return status;
}

static float scale_of(const lh_document_options *options, const lh_work *w,
                      const lh_desk_hand *hand)
{
    bool known = hand && hand->size.small != 0;
    return lh_script_scale(known ? &hand->size : &w->own_size, &options->paper);
}

static bool is_poor(const lh_word *word)
{
    return word->flawed || word->doubtful;
}

static size_t count_poor(const lh_work *w)
{
    size_t count = 0;
    for (size_t i = 0; i < w->text.passages; i++)
        for (size_t k = 0; k < w->written[i]->words; k++)
            count += is_poor(&w->written[i]->word[k]);
    return count;
}

/* Lists the words that did not come out well. */
static lh_status list_poor(const lh_work *w, lh_document *document, lh_error *error)
{
    document->poor = calloc(count_poor(w) + 1, sizeof *document->poor);
    if (!document->poor)
        return lh_fail_memory(error, "a document");
    for (size_t i = 0; i < w->text.passages; i++)
        for (size_t k = 0; k < w->written[i]->words; k++) {
            const lh_word *word = &w->written[i]->word[k];
            if (!is_poor(word))
                continue;
            lh_document_word *to = &document->poor[document->poor_count];
            *to = (lh_document_word){.text = strndup(w->written[i]->text + word->byte, word->bytes),
                                     .row = w->text.passage[i].line,
                                     .flawed = word->flawed,
                                     .probability = word->flawed ? 0 : exp(word->log_reading)};
            if (!to->text)
                return lh_fail_memory(error, "a document");
            document->poor_count++;
        }
    return LH_OK;
}

static lh_status report(const lh_work *w, lh_document *document, lh_error *error)
{
    for (size_t i = 0; i < w->text.passages; i++)
        lh_guard_report_add(&document->report, &w->written[i]->report);
    document->skipped = w->text.skipped.count;
    document->skipped_signs = lh_alphabet_string(&w->text.skipped.signs);
    document->unclosed = w->text.unclosed;
    document->replaced = lh_replaced_list(&w->text.replaced);
    return document->skipped_signs && document->replaced ? list_poor(w, document, error)
                                                         : lh_fail_memory(error, "a document");
}

static lh_status compose(const lh_desk *desk, lh_work *w, const lh_setting_out *set,
                         lh_error *error)
{
    const lh_written *const *written = (const lh_written *const *)w->written;
    double *bias = calloc(w->text.manners, sizeof *bias);
    if (!bias)
        return lh_fail_memory(error, "a document");
    for (size_t i = 0; i < w->text.manners; i++)
        bias[i] = w->options[i].bias;
    const lh_composition composition = {desk->model, &set->options, &w->text,    written,
                                        set->scale,  bias,          w->job->seed};
    lh_document *document = lh_compose(&composition, &set->layout, error);
    lh_status status = document ? report(w, document, error) : error->status;
    if (status == LH_OK && lh_paper_is_cut(&set->options.paper) && !w->growing)
        lh_page_fit(document->page[0]);
    if (status == LH_OK)
        w->job->document = document;
    else
        lh_document_free(document);
    free(bias);
    return status;
}

static void choose_scales(lh_work *w, lh_setting_out *set)
{
    const lh_manuscript *text = &w->text;
    for (size_t i = 0; i < text->passages; i++) {
        const size_t manner = text->passage[i].manner;
        set->scale[i] = scale_of(&set->options, w, w->hand[manner]) * text->manner[manner].size;
    }
}

lh_status lh_work_set_out(lh_work *w, lh_setting_out *set, lh_error *error)
{
    const lh_written *const *written = (const lh_written *const *)w->written;
    choose_scales(w, set);
    lh_layout_clear(&set->layout);
    float *indent = lh_indents_find(&w->text, written, set->scale, &set->options, error);
    if (!indent)
        return error->status;
    lh_status status =
        lh_layout_make(&set->layout, &w->text, written, set->scale, indent, &set->options, error);
    free(indent);
    if (status == LH_OK)
        lh_align_rows(&set->layout, &w->text, written, set->scale, &set->options);
    return status;
}

/* Sets the rows out, and words that are wider than a row in parts. */
static lh_status set_out_all(lh_work *w, lh_setting_out *set, lh_error *error)
{
    for (int round = 0;; round++) {
        lh_status status =
            set->options.fit ? lh_fit_pages(w, set, error) : lh_work_set_out(w, set, error);
        const bool wide = status == LH_OK ? set->layout.overrun : set->layout.too_wide;
        if (!wide || w->growing || round == LH_LONG_WORD_ROUNDS)
            return status;
        lh_error inner;
        bool broken;
        choose_scales(w, set);
        const lh_status written = lh_long_words_break(w, set, round, &broken, &inner);
        if (written != LH_OK)
            return lh_fail(error, written, "%s", inner.message);
        if (!broken)
            return status;
    }
}

static lh_status lay_out_rows(const lh_desk *desk, lh_work *w, lh_setting_out *set, lh_error *error)
{
    lh_status status = measure_own_hand(w, error);
    if (status == LH_OK)
        status = set_out_all(w, set, error);
    if (status == LH_OK && set->options.fit)
        lh_fit_pen(set, &desk->options);
    return status == LH_OK ? compose(desk, w, set, error) : status;
}

/* ---- page numbers -----------------------------------------------------------------------------
 */

/* Numbers the pages of one document. */
static lh_status number_pages(const lh_document_options *set, lh_work *w, lh_error *error)
{
    lh_document *document = w->job->document;
    const lh_writer *writer = lh_work_writer(w, w->hand[0]);
    lh_write_options options = w->options[0];
    options.stop = NULL; /* others ask it meanwhile */
    float scale = scale_of(set, w, w->hand[0]);
    lh_status status = LH_OK;
    for (size_t i = 0; i < document->pages && status == LH_OK; i++) {
        char digits[24];
        const char *text = digits;
        lh_written *number;
        snprintf(digits, sizeof digits, "%zu", i + 1);
        status = lh_write_texts(writer, &options, &text, 1, number_index + i, &number, error);
        if (status != LH_OK)
            break;
        lh_guard_report_add(&document->report, &number->report);
        status = lh_compose_number(document, set, i, number, scale, error);
        lh_written_free(number);
    }
    return status;
}

lh_status lh_work_lay_out(const lh_desk *desk, lh_work *w, lh_error *error)
{
    lh_setting_out set = {.model = desk->model, .options = desk->options};
    set.options.steps &= !w->growing;
    set.scale = calloc(w->text.passages + 1, sizeof *set.scale);
    lh_status status =
        set.scale ? lay_out_rows(desk, w, &set, error) : lh_fail_memory(error, "a document");
    if (status == LH_OK && desk->options.numbers && w->job->document->pages > 1)
        status = number_pages(&set.options, w, error);
    lh_layout_clear(&w->layout);
    w->layout = set.layout;
    free(set.scale);
    return status;
}
