/* One text on its way to its document: see desk_work.h. */
#include "document/desk_work.h"
#include "document/compose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of text by which a hand is found. */
enum { OPENING = 60 };
/* Texts of one document that are not its passages. */
static const uint64_t opening_index = UINT64_MAX, number_index = (uint64_t)1 << 62;

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
        if (desk->options.steps)
            w->options[i].keep |= LH_KEEP_OUTPUT | LH_KEEP_WINDOW;
        status = lh_desk_find_hand(desk, manner->style ? manner->style : desk->style, &w->hand[i],
                                   error);
    }
    return status;
}

static bool in_own_hand(const lh_work *w, size_t passage)
{
    return !w->hand[w->text.passage[passage].manner];
}

/* The first words in the document's own hand; a document that has no more than one text in it finds
 * its hand while it writes that. */
static lh_status open_own_hand(const lh_desk *desk, lh_work *w, lh_error *error)
{
    size_t passages = 0, length = 0;
    for (size_t i = 0; i < w->text.passages; i++)
        passages += in_own_hand(w, i);
    if (passages == 0 && !desk->options.numbers)
        return LH_OK;
    w->own = lh_writer_new(desk->model, NULL, error);
    if (!w->own)
        return error->status;
    if (passages < 2 && !desk->options.numbers)
        return LH_OK;
    for (size_t i = 0, used = 0; i < w->text.passages && used < OPENING; i++) {
        length += strlen(w->text.passage[i].text) + 1;
        used += in_own_hand(w, i) ? strlen(w->text.passage[i].text) + 1 : 0;
    }
    w->opening = calloc(length + 1, 1);
    if (!w->opening)
        return lh_fail_memory(error, "a document");
    for (size_t i = 0; i < w->text.passages && strlen(w->opening) < OPENING; i++)
        if (in_own_hand(w, i)) {
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

static const lh_writer *writer_of(const lh_work *w, const lh_desk_hand *hand)
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
        errand->text = (lh_text){w->text.passage[passage].text, writer_of(w, w->hand[manner]),
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

/* ---- laying out -------------------------------------------------------------------------------
 */

/* What the document's own hand wrote, the rest NULL. */
static lh_status measure_own_hand(lh_work *w, lh_error *error)
{
    const lh_written **own = calloc(w->text.passages + 1, sizeof *own);
    if (!own)
        return lh_fail_memory(error, "a document");
    for (size_t i = 0; i < w->text.passages; i++)
        own[i] = in_own_hand(w, i) ? w->written[i] : NULL;
    lh_status status = lh_script_measure(own, w->text.passages, &w->own_size, error);
    free(own);
    return status;
}

static float scale_of(const lh_desk *desk, const lh_work *w, const lh_desk_hand *hand)
{
    bool known = hand && hand->size.small != 0;
    return lh_script_scale(known ? &hand->size : &w->own_size, &desk->options.paper);
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
    return document->skipped_signs ? list_poor(w, document, error)
                                   : lh_fail_memory(error, "a document");
}

static lh_status compose(const lh_desk *desk, lh_work *w, const float *scale, const double *bias,
                         lh_error *error)
{
    const lh_written *const *written = (const lh_written *const *)w->written;
    lh_layout layout;
    lh_status status = lh_layout_make(&layout, &w->text, written, scale, &desk->options, error);
    lh_document *document = NULL;
    if (status == LH_OK) {
        const lh_composition composition = {desk->model, &desk->options, &w->text,    written,
                                            scale,       bias,           w->job->seed};
        document = lh_compose(&composition, &layout, error);
        status = document ? report(w, document, error) : error->status;
    }
    lh_layout_clear(&layout);
    if (status == LH_OK)
        w->job->document = document;
    else
        lh_document_free(document);
    return status;
}

static lh_status lay_out_rows(const lh_desk *desk, lh_work *w, lh_error *error)
{
    const lh_manuscript *text = &w->text;
    float *scale = calloc(text->passages + 1, sizeof *scale);
    double *bias = calloc(text->manners, sizeof *bias);
    lh_status status =
        scale && bias ? measure_own_hand(w, error) : lh_fail_memory(error, "a document");
    if (status == LH_OK) {
        for (size_t i = 0; i < text->passages; i++)
            scale[i] = scale_of(desk, w, w->hand[text->passage[i].manner]);
        for (size_t i = 0; i < text->manners; i++)
            bias[i] = w->options[i].bias;
        status = compose(desk, w, scale, bias, error);
    }
    free(scale);
    free(bias);
    return status;
}

/* ---- page numbers -----------------------------------------------------------------------------
 */

/* Numbers the pages of one document. */
static lh_status number_pages(const lh_desk *desk, lh_work *w, lh_error *error)
{
    lh_document *document = w->job->document;
    const lh_writer *writer = writer_of(w, w->hand[0]);
    lh_write_options options = w->options[0];
    options.stop = NULL; /* others ask it meanwhile */
    float scale = scale_of(desk, w, w->hand[0]);
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
        status = lh_compose_number(document, &desk->options, i, number, scale, error);
        lh_written_free(number);
    }
    return status;
}

lh_status lh_work_lay_out(const lh_desk *desk, lh_work *w, lh_error *error)
{
    lh_status status = lay_out_rows(desk, w, error);
    bool numbers = desk->options.numbers && status == LH_OK && w->job->document->pages > 1;
    return numbers ? number_pages(desk, w, error) : status;
}
