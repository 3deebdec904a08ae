/* A desk: texts in, documents out. All texts given at once are read, then their hands are found,
 * then they are written, each of these in step; then each is laid out. */
#include "page/desk.h"
#include "base/need.h"
#include "page/compose.h"
#include "page/pages.h"
#include "write/options.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* One job on its way. */
typedef struct work {
    lh_document_job *job;
    lh_manuscript text;
    lh_writer *own; /* of the hand that the document finds for itself, if it does */
    lh_script_size own_size;
    size_t *hand;              /* [manners]: of the desk, or OWN */
    lh_write_options *options; /* [manners] */
    lh_written **written;      /* [passages] */
    char *opening;             /* the first words in the own hand, by which it is found */
    bool failed;
} work;

/* Bytes of text by which a hand is found. */
enum { OPENING = 60 };
/* Texts of one document that are not its passages. */
static const uint64_t opening_index = UINT64_MAX, number_index = (uint64_t)1 << 62;

/* Fails a job: with what went wrong in it, under its name. */
static void fail_job(work *w, lh_status status, const lh_error *why)
{
    lh_error inner = *why;
    const char *name = w->job->name;
    lh_fail(&w->job->error, status, "%s%s%s", name ? name : "", name ? ": " : "", inner.message);
    w->failed = true;
}

/* ---- reading ----------------------------------------------------------------------------------
 */

static lh_status choose_manners(lh_desk *desk, work *w, lh_error *error)
{
    const lh_manuscript *text = &w->text;
    w->hand = calloc(text->manners, sizeof *w->hand);
    w->options = calloc(text->manners, sizeof *w->options);
    w->written = calloc(text->passages + 1, sizeof *w->written);
    if (!w->hand || !w->options || !w->written)
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

static bool in_own_hand(const work *w, size_t passage)
{
    return w->hand[w->text.passage[passage].manner] == LH_OWN_HAND;
}

/* The first words in the document's own hand; a document that has no more than one text in it finds
 * its hand while it writes that. */
static lh_status open_own_hand(const lh_desk *desk, work *w, lh_error *error)
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

static lh_status read_job(lh_desk *desk, work *w, lh_error *error)
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
    return status == LH_OK ? open_own_hand(desk, w, error) : status;
}

/* ---- writing ----------------------------------------------------------------------------------
 */

static lh_status find_own_hands(work *works, size_t count, lh_error *error)
{
    lh_writer **writers = calloc(count + 1, sizeof *writers);
    lh_text *texts = calloc(count + 1, sizeof *texts);
    size_t found = 0;
    for (size_t i = 0; writers && texts && i < count; i++) {
        const work *w = &works[i];
        if (w->failed || !w->opening || !*w->opening)
            continue;
        writers[found] = w->own;
        texts[found++] = (lh_text){w->opening, w->own, &w->options[0], opening_index};
    }
    lh_status status = writers && texts ? lh_writers_find_hands(writers, texts, found, error)
                                        : lh_fail_memory(error, "hands");
    free(writers);
    free(texts);
    return status;
}

static const lh_writer *writer_of(const lh_desk *desk, const work *w, size_t hand_number)
{
    return hand_number == LH_OWN_HAND ? w->own : desk->hand[hand_number].writer;
}

static lh_status write_passages(const lh_desk *desk, work *works, size_t count, lh_error *error)
{
    size_t total = 0, at = 0;
    for (size_t i = 0; i < count; i++)
        total += works[i].failed ? 0 : works[i].text.passages;
    lh_text *texts = calloc(total + 1, sizeof *texts);
    lh_written **written = calloc(total + 1, sizeof *written);
    lh_status status = texts && written ? LH_OK : lh_fail_memory(error, "documents");
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        const work *w = &works[i];
        for (size_t p = 0; !w->failed && p < w->text.passages; p++) {
            size_t manner = w->text.passage[p].manner;
            texts[at++] = (lh_text){w->text.passage[p].text, writer_of(desk, w, w->hand[manner]),
                                    &w->options[manner], p};
        }
    }
    if (status == LH_OK)
        status = lh_write_each(texts, total, written, error);
    at = 0;
    for (size_t i = 0; i < count && status == LH_OK; i++)
        for (size_t p = 0; !works[i].failed && p < works[i].text.passages; p++)
            works[i].written[p] = written[at++];
    free(texts);
    free(written);
    return status;
}

/* ---- laying out -------------------------------------------------------------------------------
 */

/* What the document's own hand wrote, the rest NULL. */
static lh_status measure_own_hand(work *w, lh_error *error)
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

static float scale_of(const lh_desk *desk, const work *w, size_t hand_number)
{
    const lh_script_size *size =
        hand_number == LH_OWN_HAND || desk->hand[hand_number].size.small == 0
            ? &w->own_size
            : &desk->hand[hand_number].size;
    return lh_script_scale(size, &desk->options.paper);
}

/* The words that no try pleased, with blanks between. */
static char *list_flawed(const work *w)
{
    size_t length = 0;
    char *list = NULL;
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1 && !(list = calloc(length + 1, 1)))
            return NULL;
        for (size_t i = 0; i < w->text.passages; i++)
            for (size_t k = 0; k < w->written[i]->words; k++) {
                const lh_word *word = &w->written[i]->word[k];
                if (!word->flawed)
                    continue;
                if (list)
                    sprintf(list + strlen(list), "%s%.*s", *list ? " " : "", (int)word->bytes,
                            w->written[i]->text + word->byte);
                length += word->bytes + 1;
            }
    }
    return list;
}

static lh_status report(const work *w, lh_document *document, lh_error *error)
{
    for (size_t i = 0; i < w->text.passages; i++)
        lh_guard_report_add(&document->report, &w->written[i]->report);
    document->skipped = w->text.skipped;
    document->skipped_signs = lh_alphabet_string(&w->text.skipped_signs);
    document->flawed = list_flawed(w);
    return document->skipped_signs && document->flawed ? LH_OK
                                                       : lh_fail_memory(error, "a document");
}

static lh_status compose(const lh_desk *desk, work *w, const float *scale, const double *bias,
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

static lh_status lay_out(const lh_desk *desk, work *w, lh_error *error)
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

static void lay_out_all(const lh_desk *desk, work *works, size_t count)
{
    int threads = desk->options.write.threads;
    threads = threads > 0 ? threads : omp_get_max_threads();
    (void)threads; /* unused without OpenMP */
#pragma omp parallel for schedule(dynamic) num_threads(threads) if (count > 1)
    for (size_t i = 0; i < count; i++) {
        lh_error error;
        if (works[i].failed)
            continue;
        lh_status status = lay_out(desk, &works[i], &error);
        if (status != LH_OK)
            fail_job(&works[i], status, &error);
    }
}

/* ---- page numbers -----------------------------------------------------------------------------
 */

/* Numbers the pages of one document. */
static lh_status number_pages(const lh_desk *desk, work *w, lh_error *error)
{
    lh_document *document = w->job->document;
    const lh_writer *writer = writer_of(desk, w, w->hand[0]);
    float scale = scale_of(desk, w, w->hand[0]);
    lh_status status = LH_OK;
    for (size_t i = 0; i < document->pages && status == LH_OK; i++) {
        char digits[24];
        const char *text = digits;
        lh_written *number;
        snprintf(digits, sizeof digits, "%zu", i + 1);
        status = lh_write_texts(writer, &w->options[0], &text, 1, number_index + i, &number, error);
        if (status != LH_OK)
            break;
        lh_guard_report_add(&document->report, &number->report);
        status = lh_compose_number(document, &desk->options, i, number, scale, error);
        lh_written_free(number);
    }
    return status;
}

static void number_all(const lh_desk *desk, work *works, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        lh_error error;
        work *w = &works[i];
        if (w->failed || w->job->document->pages < 2)
            continue;
        lh_status status = number_pages(desk, w, &error);
        if (status == LH_OK)
            continue;
        lh_document_free(w->job->document);
        w->job->document = NULL;
        fail_job(w, status, &error);
    }
}

/* ---- desks ------------------------------------------------------------------------------------
 */

static lh_status check_options(const lh_document_options *options, lh_error *error)
{
    lh_status status = lh_paper_check(&options->paper, error);
    if (status != LH_OK)
        return status;
    if (options->columns < 1 || options->columns > 12 || !(options->gap >= 0) ||
        !(options->drift >= 0 && options->drift <= 100))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "a document: 1 to 12 columns, no negative gap, and a drift from 0 to 100");
    if ((status = lh_page_pen_check(options->pen, error)) != LH_OK ||
        (status = lh_write_options_check(&options->write, error)) != LH_OK)
        return status;
    if (!(lh_column_width(options) > 0))
        return lh_fail(error, LH_ERROR_ARGUMENT, "%d columns leave no room to write in",
                       options->columns);
    if (!lh_paper_is_cut(&options->paper) && lh_paper_rows(&options->paper) < 1)
        return lh_fail(error, LH_ERROR_ARGUMENT, "no row of %g mm goes on paper %g mm high",
                       (double)options->paper.pitch, (double)options->paper.height);
    return LH_OK;
}

lh_desk *lh_desk_new(const lh_model *model, const lh_document_options *options, lh_error *error)
{
    LH_NEED(error, model && model->network && options, NULL);
    lh_error local;
    error = error ? error : &local;
    if (check_options(options, error) != LH_OK)
        return NULL;
    lh_writer *writes = lh_writer_new(model, NULL, error); /* a model that writes, then */
    lh_desk *desk = writes ? calloc(1, sizeof *desk) : NULL;
    const bool can_write = writes;
    lh_writer_free(writes);
    if (!desk) {
        if (can_write)
            lh_fail_memory(error, "a desk");
        return NULL;
    }
    desk->model = model;
    desk->options = *options;
    desk->style = options->style ? strdup(options->style) : NULL;
    desk->hands_folder = options->hands_folder ? strdup(options->hands_folder) : NULL;
    size_t found;
    lh_status status = LH_OK;
    if ((options->style && !desk->style) || (options->hands_folder && !desk->hands_folder))
        status = lh_fail_memory(error, "a desk");
    if (status == LH_OK)
        status = lh_desk_find_hand(desk, desk->style, &found, error);
    if (status == LH_OK)
        return desk;
    lh_desk_free(desk);
    return NULL;
}

void lh_desk_free(lh_desk *desk)
{
    if (!desk)
        return;
    lh_desk_forget_hands(desk);
    free(desk->style);
    free(desk->hands_folder);
    free(desk);
}

static void clear_work(work *w)
{
    for (size_t i = 0; w->written && i < w->text.passages; i++)
        lh_written_free(w->written[i]);
    lh_manuscript_clear(&w->text);
    lh_writer_free(w->own);
    free(w->hand);
    free(w->options);
    free(w->written);
    free(w->opening);
}

lh_status lh_desk_write(lh_desk *desk, lh_document_job *jobs, size_t count, lh_error *error)
{
    LH_NEED(error, desk && (jobs || count == 0), LH_ERROR_ARGUMENT);
    lh_error local;
    error = error ? error : &local;
    work *works = calloc(count + 1, sizeof *works);
    if (!works)
        return lh_fail_memory(error, "documents");
    for (size_t i = 0; i < count; i++) {
        lh_error inner;
        works[i].job = &jobs[i];
        jobs[i].document = NULL;
        jobs[i].error = (lh_error){.status = LH_OK};
        lh_status status = read_job(desk, &works[i], &inner);
        if (status != LH_OK)
            fail_job(&works[i], status, &inner);
    }
    lh_status status = find_own_hands(works, count, error);
    if (status == LH_OK)
        status = write_passages(desk, works, count, error);
    if (status == LH_OK) {
        lay_out_all(desk, works, count);
        if (desk->options.numbers)
            number_all(desk, works, count);
    }
    for (size_t i = 0; i < count; i++)
        clear_work(&works[i]);
    free(works);
    return status;
}

lh_document *lh_desk_write_one(lh_desk *desk, const char *text, uint64_t seed, lh_error *error)
{
    LH_NEED(error, desk && text, NULL);
    lh_document_job job = {.text = text, .seed = seed};
    if (lh_desk_write(desk, &job, 1, error) != LH_OK)
        return NULL;
    if (!job.document && error)
        *error = job.error;
    return job.document;
}
