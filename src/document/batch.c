/* A batch: one document after the other, many under way at a time, each with its files and its row
 * in the record as soon as it is written. */
#include "document/batch_claims.h"
#include "document/batch_files.h"
#include "document/batch_key.h"
#include "document/batch_manifest.h"
#include "document/batch_notes.h"
#include "document/batch_record.h"
#include "document/queue.h"

#include "base/need.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Files written at the same time: most of that is waiting for the disk. */
enum { FILES_AT_ONCE = 8 };

typedef struct batch {
    const lh_batch_plan *plan;
    uint64_t fingerprint; /* of the model's weights */
    lh_batch_keys *keys;  /* NULL: there is no record */
    lh_queue *queue;      /* of documents that are written; NULL: there is one only */
    size_t next;          /* source to read */

    pthread_mutex_t mutex; /* for all below, and for the caller's events */
    lh_record *record;     /* NULL: one document, or one file, or standard output */
    lh_record *manifest;   /* NULL: none is asked for, or nothing is made yet */
    lh_document **kept;    /* for one file: [sources], owned; those that are made */
    lh_batch_report report;
    lh_status status; /* the first failure that is none of a document's own */
    lh_error error;
} batch;

/* A document on its way. */
typedef struct item {
    lh_document_job job;
    size_t source;
    char *text;
    uint64_t key;
    char *files; /* its files, a newline behind each */
    char *row;   /* of the manifest */
    lh_status status;
    lh_error failure; /* where status says that there is one */
} item;

/* ---- one document -----------------------------------------------------------------------------
 */

/* Tells the caller of a step; `it` is NULL at the beginning. */
static void tell(const batch *b, lh_batch_step step, const item *it)
{
    const lh_batch_options *o = &b->plan->options;
    const lh_sources *sources = b->plan->sources;
    const lh_batch_report *report = &b->report;
    const bool ended = step == LH_BATCH_MADE || step == LH_BATCH_FAILED;
    lh_batch_event event = {.step = step,
                            .done = report->made + report->there + report->failed,
                            .chosen = report->chosen};
    if (it && sources->named)
        event.name = sources->source[it->source].name;
    if (it && ended) {
        event.document = it->job.document;
        event.files = step == LH_BATCH_MADE ? it->files : NULL;
        event.error = step == LH_BATCH_FAILED ? &it->failure : NULL;
    }
    if (o->event)
        o->event(o->user, &event);
}

/* Writes the files of a document; on any thread. */
static lh_status make_files(const batch *b, item *it, lh_error *error)
{
    const lh_batch_options *o = &b->plan->options;
    const lh_document *document = it->job.document;
    if (!document) {
        *error = it->job.error;
        return error->status;
    }
    if (o->strict && document->poor_count > 0)
        return lh_fail(error, LH_ERROR_NUMERIC,
                       "%zu of %d words went wrong or may be misread; nothing is written",
                       document->poor_count, document->report.words);
    if (o->style_text && document->report.words > 0 &&
        document->report.flawed == document->report.words)
        return lh_fail(error, LH_ERROR_NUMERIC,
                       "no word came out well: %s is to say what the style's ink says, "
                       "all of it and nothing else",
                       b->plan->words.style_text);
    lh_status status =
        lh_batch_note(b->plan, b->fingerprint, it->job.name, it->text, document->page[0], error);
    if (status == LH_OK)
        status = lh_batch_write_files(b->plan, it->source, document, &it->files, error);
    if (status != LH_OK || !o->manifest)
        return status;
    it->row = lh_manifest_row(b->plan, it->job.name, it->key, document, it->files, error);
    return it->row ? LH_OK : error->status;
}

/* What record and manifest say of documents that are there, or were not chosen, stays. */
static bool adds(const batch *b)
{
    return b->plan->options.resume || b->report.chosen < b->plan->sources->count;
}

/* What an earlier run wrote stays until there is something to write. */
static lh_status add_to_manifest(batch *b, const char *row, lh_error *error)
{
    if (!b->manifest)
        b->manifest = lh_record_open_at(b->plan->options.manifest, adds(b), error);
    return b->manifest ? lh_record_add_row(b->manifest, row, error) : error->status;
}

/* Records a document, or its failure, tells of it, and takes it to where it belongs. */
static lh_status settle(batch *b, item *it, lh_error *error)
{
    const lh_document *document = it->job.document;
    const bool made = it->status == LH_OK;
    lh_status status = LH_OK;
    if (document) {
        lh_guard_report_add(&b->report.guard, &document->report);
        b->report.skipped += document->skipped;
    }
    *(made ? &b->report.made : &b->report.failed) += 1;
    if (b->record)
        status =
            lh_record_add(b->record, b->plan->sources->source[it->source].name, it->key,
                          it->job.seed, document, it->files, made ? NULL : &it->failure, error);
    if (made && it->row && status == LH_OK)
        status = add_to_manifest(b, it->row, error);
    tell(b, made ? LH_BATCH_MADE : LH_BATCH_FAILED, it);
    if (b->kept && made) {
        b->kept[it->source] = it->job.document;
        it->job.document = NULL;
    }
    return status;
}

static void free_item(item *it)
{
    lh_document_free(it->job.document);
    free(it->text);
    free(it->files);
    free(it->row);
    free(it);
}

/* Ends with a document that is written, or that failed; on any thread. */
static void finish(void *user, void *item_done)
{
    batch *b = user;
    item *it = item_done;
    if (it->status == LH_OK)
        it->status = make_files(b, it, &it->failure);
    pthread_mutex_lock(&b->mutex);
    if (b->status == LH_OK)
        b->status = settle(b, it, &b->error);
    pthread_mutex_unlock(&b->mutex);
    free_item(it);
}

/* ---- one after the other ----------------------------------------------------------------------
 */

/* Is its document there already? */
static bool is_there(batch *b, const item *it)
{
    const char *name = b->plan->sources->source[it->source].name;
    pthread_mutex_lock(&b->mutex);
    const bool there = b->record && b->plan->options.resume &&
                       lh_record_has(b->record, name, it->key) &&
                       (!b->plan->options.manifest || lh_record_has(b->manifest, name, it->key));
    if (there) {
        b->report.there++;
        tell(b, LH_BATCH_THERE, it);
    }
    pthread_mutex_unlock(&b->mutex);
    return there;
}

/* Reads a source; NULL: there is nothing to write for it, or no memory. */
static item *read_source(batch *b, size_t source, lh_status *status, lh_error *error)
{
    const lh_sources *sources = b->plan->sources;
    const uint64_t seed = b->plan->document.write.seed;
    const char *name = sources->named ? sources->source[source].name : NULL;
    item *it = calloc(1, sizeof *it);
    if (!it) {
        *status = lh_fail_memory(error, "documents");
        return NULL;
    }
    it->source = source;
    it->text = lh_source_text(sources, source, &it->failure);
    it->job = (lh_document_job){
        .name = name, .text = it->text, .seed = name ? lh_document_seed(seed, name) : seed};
    pthread_mutex_lock(&b->mutex);
    tell(b, LH_BATCH_STARTED, it);
    pthread_mutex_unlock(&b->mutex);
    if (!it->text) {
        it->status = it->failure.status;
        finish(b, it);
        return NULL;
    }
    if (b->keys)
        *status = lh_batch_key(b->keys, source, it->text, &it->key, error);
    if (*status == LH_OK && !is_there(b, it))
        return it;
    free_item(it);
    return NULL;
}

static lh_status status_of(batch *b, lh_error *error)
{
    pthread_mutex_lock(&b->mutex);
    lh_status status = b->status;
    if (status != LH_OK)
        *error = b->error;
    pthread_mutex_unlock(&b->mutex);
    return status;
}

static lh_status next_document(void *user, lh_document_job **job, lh_error *error)
{
    batch *b = user;
    const lh_sources *sources = b->plan->sources;
    const lh_batch_options *o = &b->plan->options;
    item *it = NULL;
    lh_status status = LH_OK;
    for (; !it && status == LH_OK && b->next < sources->count; b->next++) {
        if (!sources->source[b->next].chosen)
            continue;
        b->report.stopped = b->report.stopped || (o->stop && o->stop(o->user));
        if (b->report.stopped && lh_batch_is_whole(b->plan))
            return lh_fail(error, LH_ERROR_INTERRUPTED, "stopped; nothing is written");
        if (b->report.stopped)
            return LH_OK;
        it = read_source(b, b->next, &status, error);
        if (status == LH_OK)
            status = status_of(b, error);
    }
    *job = it ? &it->job : NULL;
    return status;
}

static lh_status document_done(void *user, lh_document_job *job, lh_error *error)
{
    batch *b = user;
    item *it = (item *)job;
    if (b->queue)
        lh_queue_put(b->queue, it);
    else
        finish(b, it);
    return status_of(b, error);
}

static void drop_document(void *user, lh_document_job *job)
{
    (void)user;
    free_item((item *)job);
}

/* ---- all of it --------------------------------------------------------------------------------
 */

/* Opens the record of a batch, or makes room for its documents. */
static lh_status prepare(batch *b, lh_error *error)
{
    const lh_batch_plan *plan = b->plan;
    const lh_batch_options *o = &plan->options;
    b->fingerprint = lh_network_fingerprint(plan->model->network);
    if (b->report.chosen > 1) { /* text in a picture is left to one thread */
        int threads = o->render.look == LH_LOOK_INK ? FILES_AT_ONCE : 1;
        b->queue = lh_queue_new(threads, finish, b, error);
        if (!b->queue)
            return error->status;
    }
    if (o->manifest && adds(b) && lh_batch_has_record(plan)) {
        b->manifest = lh_record_open_at(o->manifest, true, error);
        if (!b->manifest)
            return error->status;
    }
    if (o->together) {
        b->kept = calloc(plan->sources->count + 1, sizeof(lh_document *));
        return b->kept ? LH_OK : lh_fail_memory(error, "documents");
    }
    if (!lh_batch_has_record(plan))
        return LH_OK;
    b->keys = lh_batch_keys_new(plan, error);
    if (!b->keys)
        return error->status;
    b->record = lh_record_open(plan->pattern, o->format->folder, adds(b), error);
    return b->record ? LH_OK : error->status;
}

static lh_status write_all(batch *b, lh_desk *desk, lh_error *error)
{
    const lh_document_flow flow = {next_document, document_done, drop_document, b};
    tell(b, LH_BATCH_BEGINS, NULL);
    lh_status status = lh_desk_write_all(desk, &flow, error);
    lh_queue_end(b->queue);
    b->queue = NULL;
    return status == LH_OK ? status_of(b, error) : status;
}

/* What is left to do when all documents are made, or as many as were begun before a stop. */
static lh_status conclude(batch *b, lh_error *error)
{
    const lh_batch_plan *plan = b->plan;
    const lh_folder_format *folder = plan->options.format->folder;
    lh_status status = folder ? folder->end(plan->pattern, error) : LH_OK;
    if (status == LH_OK && b->record)
        status = lh_record_sort(b->record, plan->sources, error);
    if (status == LH_OK && b->manifest && b->record)
        status = lh_record_sort(b->manifest, plan->sources, error);
    if (!b->kept || status != LH_OK)
        return status;
    size_t count = 0;
    for (size_t i = 0; i < plan->sources->count; i++)
        if (b->kept[i])
            b->kept[count++] = b->kept[i];
    for (size_t i = count; i < plan->sources->count; i++)
        b->kept[i] = NULL;
    return count > 0 ? lh_batch_write_together(plan, b->kept, count, error) : LH_OK;
}

static lh_status run(batch *b, lh_desk *desk, lh_error *error)
{
    pthread_mutex_init(&b->mutex, NULL);
    lh_status status = prepare(b, error);
    if (status == LH_OK)
        status = write_all(b, desk, error);
    if (status == LH_OK)
        status = conclude(b, error);
    lh_queue_end(b->queue);
    lh_record_free(b->record);
    lh_record_free(b->manifest);
    lh_batch_keys_free(b->keys);
    for (size_t i = 0; b->kept && i < b->plan->sources->count; i++)
        lh_document_free(b->kept[i]);
    free(b->kept);
    pthread_mutex_destroy(&b->mutex);
    return status;
}

/* The stop of the batch and that of its writing. */
typedef struct stops {
    lh_stop *stop[2];
    void *user[2];
} stops;

static bool either_asks(void *user)
{
    const stops *s = user;
    for (int i = 0; i < 2; i++)
        if (s->stop[i] && s->stop[i](s->user[i]))
            return true;
    return false;
}

/* Checks names before a hand is learnt, for that takes long, and makes the desk. */
static lh_status check_and_run(batch *b, lh_batch_plan *plan, bool *doubtful, lh_error *error)
{
    lh_document_options *document = &plan->document;
    stops both = {{plan->options.stop, document->write.stop},
                  {plan->options.user, document->write.stop_user}};
    if (lh_batch_is_whole(plan)) { /* nothing is kept of what is stopped */
        document->write.stop = either_asks;
        document->write.stop_user = &both;
    }
    lh_status status = lh_batch_claim(plan, doubtful, error);
    lh_desk *desk = status == LH_OK ? lh_desk_new(plan->model, document, error) : NULL;
    if (desk)
        status = lh_batch_claim_pages(plan, doubtful, desk, error);
    else if (status == LH_OK)
        status = error->status;
    if (status == LH_OK)
        status = run(b, desk, error);
    lh_desk_free(desk);
    return status;
}

lh_status lh_batch_write(const lh_model *model, const lh_document_options *document,
                         const lh_sources *sources, const lh_batch_options *options,
                         lh_batch_report *report, lh_error *error)
{
    LH_NEED(error, model && model->network, LH_ERROR_ARGUMENT);
    LH_NEED(error, document && sources && options && options->output && options->format,
            LH_ERROR_ARGUMENT);
    LH_NEED(error, options->reads || options->read_count == 0, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    lh_batch_plan plan;
    batch b = {.plan = &plan, .report = {.chosen = lh_sources_chosen(sources)}};
    bool *doubtful = calloc(sources->count + 1, sizeof *doubtful);
    lh_status status = lh_batch_plan_make(&plan, model, document, sources, options, error);
    if (status == LH_OK)
        status = doubtful ? check_and_run(&b, &plan, doubtful, error)
                          : lh_fail_memory(error, "names of files");
    free(doubtful);
    lh_batch_plan_clear(&plan);
    if (report)
        *report = b.report;
    return status;
}
