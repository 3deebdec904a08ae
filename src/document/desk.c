/* A desk: texts in, documents out. A text is read when the network has a row for it, then its hand
 * is found, then it is written, in step with those before and behind it; then it is laid out. */
#include "document/desk.h"
#include "document/compose.h"

#include "write/errand.h"
#include "base/need.h"
#include "page/pages.h"
#include "write/options.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* One job on its way. */
typedef struct work {
    lh_document_job *job;
    lh_manuscript text;
    lh_writer *own; /* of the hand that the document finds for itself, if it does */
    lh_script_size own_size;
    const lh_desk_hand **hand; /* [manners]: of the desk; NULL: the own */
    lh_write_options *options; /* [manners] */
    lh_written **written;      /* [passages] */
    char *opening;             /* the first words in the own hand, by which it is found */
    lh_errand *errand;         /* [1 + passages]: the opening, then the passages */
    size_t given, left;        /* passages given to be written; that are not written yet */
    bool opening_given, ready; /* there is nothing to wait for before passages are written */
    bool failed;
    struct work *behind; /* of all that are on their way */
} work;

/* The documents that are being made. */
typedef struct flow {
    lh_desk *desk;
    const lh_document_flow *jobs;
    pthread_mutex_t mutex; /* for the list, and for what the works in it count */
    work *first, **end;
} flow;

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

static bool in_own_hand(const work *w, size_t passage)
{
    return !w->hand[w->text.passage[passage].manner];
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
    if (status == LH_OK)
        status = open_own_hand(desk, w, error);
    w->left = w->text.passages;
    w->ready = !w->opening || !*w->opening;
    return status;
}

static const lh_writer *writer_of(const work *w, const lh_desk_hand *hand)
{
    return hand ? hand->writer : w->own;
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

static float scale_of(const lh_desk *desk, const work *w, const lh_desk_hand *hand)
{
    bool known = hand && hand->size.small != 0;
    return lh_script_scale(known ? &hand->size : &w->own_size, &desk->options.paper);
}

/* The words that no try pleased, with blanks between. */
static char *list_flawed(const work *w)
{
    char *list = NULL;
    size_t size;
    FILE *stream = open_memstream(&list, &size);
    if (!stream)
        return NULL;
    for (size_t i = 0; i < w->text.passages; i++)
        for (size_t k = 0; k < w->written[i]->words; k++) {
            const lh_word *word = &w->written[i]->word[k];
            if (word->flawed)
                fprintf(stream, "%s%.*s", ftell(stream) > 0 ? " " : "", (int)word->bytes,
                        w->written[i]->text + word->byte);
        }
    if (fclose(stream) == 0)
        return list;
    free(list);
    return NULL;
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

/* ---- page numbers -----------------------------------------------------------------------------
 */

/* Numbers the pages of one document. */
static lh_status number_pages(const lh_desk *desk, work *w, lh_error *error)
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

/* ---- writing ----------------------------------------------------------------------------------
 */

static void free_work(work *w)
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

/* Gives the job back and forgets the work. */
static lh_status end_work(flow *f, work *w, lh_error *error)
{
    lh_document_job *job = w->job;
    if (w->failed) {
        lh_document_free(job->document);
        job->document = NULL;
    }
    free_work(w);
    return f->jobs->done(f->jobs->user, job, error);
}

/* Takes it from the list. */
static void remove_work(flow *f, work *w)
{
    pthread_mutex_lock(&f->mutex);
    work **at = &f->first;
    while (*at != w)
        at = &(*at)->behind;
    *at = w->behind;
    f->end = *at ? f->end : at;
    pthread_mutex_unlock(&f->mutex);
}

/* Takes up the next job that can be written; those that cannot go straight back. NULL: there is
 * none. */
static work *begin_work(flow *f, lh_status *status, lh_error *error)
{
    for (;;) {
        lh_document_job *job = NULL;
        *status = f->jobs->next(f->jobs->user, &job, error);
        if (*status != LH_OK || !job)
            return NULL;
        work *w = calloc(1, sizeof *w);
        if (!w) {
            *status = lh_fail_memory(error, "documents");
            return NULL;
        }
        lh_error inner;
        w->job = job;
        job->document = NULL;
        job->error = (lh_error){.status = LH_OK};
        lh_status read = read_job(f->desk, w, &inner);
        if (read == LH_OK)
            return w;
        fail_job(w, read, &inner);
        *status = end_work(f, w, error);
        if (*status != LH_OK)
            return NULL;
    }
}

/* What can be written of a work next; NULL: nothing now. */
static lh_errand *part_of(work *w)
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

static lh_status next_part(void *user, lh_errand **errand, lh_error *error)
{
    flow *f = user;
    pthread_mutex_lock(&f->mutex);
    for (work *w = f->first; w && !*errand; w = w->behind)
        *errand = part_of(w);
    pthread_mutex_unlock(&f->mutex);
    if (*errand)
        return LH_OK;
    lh_status status;
    work *w = begin_work(f, &status, error);
    if (!w)
        return status;
    pthread_mutex_lock(&f->mutex);
    *f->end = w;
    f->end = &w->behind;
    *errand = part_of(w);
    pthread_mutex_unlock(&f->mutex);
    return LH_OK;
}

/* All is written. */
static lh_status finish_work(flow *f, work *w, lh_error *error)
{
    lh_error inner;
    lh_status status = lay_out(f->desk, w, &inner);
    if (status == LH_OK && f->desk->options.numbers && w->job->document->pages > 1)
        status = number_pages(f->desk, w, &inner);
    if (status != LH_OK)
        fail_job(w, status, &inner);
    remove_work(f, w);
    return end_work(f, w, error);
}

static lh_status part_done(void *user, lh_errand *errand, lh_error *error)
{
    flow *f = user;
    work *w = errand->owner;
    bool opening = errand->finds_hand;
    if (opening) {
        lh_errand_teach(errand, w->own);
    } else {
        w->written[errand - w->errand - 1] = errand->written;
        errand->written = NULL;
    }
    lh_errand_clear(errand);
    pthread_mutex_lock(&f->mutex);
    w->ready = true;
    bool last = !opening && --w->left == 0;
    pthread_mutex_unlock(&f->mutex);
    return last ? finish_work(f, w, error) : LH_OK;
}

/* Gives back what was under way when all failed. */
static void drop_works(flow *f)
{
    for (work *w = f->first, *behind; w; w = behind) {
        lh_document_job *job = w->job;
        behind = w->behind;
        free_work(w);
        if (f->jobs->drop)
            f->jobs->drop(f->jobs->user, job);
    }
}

lh_status lh_desk_write_all(lh_desk *desk, const lh_document_flow *jobs, lh_error *error)
{
    LH_NEED(error, desk && jobs && jobs->next && jobs->done, LH_ERROR_ARGUMENT);
    lh_error local;
    error = error ? error : &local;
    flow f = {.desk = desk, .jobs = jobs};
    const lh_errand_source source = {next_part, part_done, &f};
    f.end = &f.first;
    pthread_mutex_init(&f.mutex, NULL);
    lh_status status = lh_errands_write(desk->model, &desk->options.write, &source, error);
    if (status != LH_OK)
        drop_works(&f);
    pthread_mutex_destroy(&f.mutex);
    return status;
}

/* ---- texts that are all there -----------------------------------------------------------------
 */

typedef struct array {
    lh_document_job *job; /* [count] */
    size_t count, next;
} array;

static lh_status next_of_array(void *user, lh_document_job **job, lh_error *error)
{
    (void)error;
    array *a = user;
    *job = a->next < a->count ? &a->job[a->next++] : NULL;
    return LH_OK;
}

static lh_status leave_in_array(void *user, lh_document_job *job, lh_error *error)
{
    (void)user, (void)job, (void)error;
    return LH_OK;
}

lh_status lh_desk_write(lh_desk *desk, lh_document_job *jobs, size_t count, lh_error *error)
{
    LH_NEED(error, desk && (jobs || count == 0), LH_ERROR_ARGUMENT);
    array a = {.job = jobs, .count = count};
    const lh_document_flow all = {next_of_array, leave_in_array, NULL, &a};
    for (size_t i = 0; i < count; i++)
        jobs[i].document = NULL;
    lh_status status = lh_desk_write_all(desk, &all, error);
    for (size_t i = 0; i < count && status != LH_OK; i++) {
        lh_document_free(jobs[i].document);
        jobs[i].document = NULL;
    }
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
    const lh_desk_hand *found;
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
