/* One document after the other, many under way at a time: each has its files and its row in the
 * record as soon as it is written. */
#include "write_key.h"

#include "document/batch_record.h"
#include "document/queue.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Files written at the same time: most of that is waiting for the disk. */
enum { FILES_AT_ONCE = 8 };

typedef struct batch {
    const write_job *job;
    const lh_model *model;
    uint64_t fingerprint; /* of the model's weights */
    uint64_t run_key;
    const lh_sources *sources;
    const char *pattern;
    lh_queue *queue; /* of documents that are written; NULL: there is one only */
    size_t next;     /* source to read */
    bool answers;    /* what Ctrl-C is answered is set */
    bool stopping;   /* asked to, with sources left */

    pthread_mutex_t mutex; /* for all below, and for standard error */
    lh_record *record;     /* NULL: one document, or one file, or standard output */
    lh_document **kept;    /* for one file: [sources], owned; those that are made */
    size_t chosen, done, failed, there;
    cli_progress progress;
    lh_guard_report report;
    size_t skipped;
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
    lh_status status;
    lh_error failure; /* where status says that there is one */
} item;

/* ---- one document -----------------------------------------------------------------------------
 */

static void tell_flaws(batch *b, const char *name, const lh_document *document)
{
    if (*document->flawed || document->skipped > 0)
        cli_progress_clear(&b->progress);
    for (const char *word = document->flawed; *word;) {
        int length = (int)strcspn(word, " ");
        cli_tell("%s%s'%.*s' did not come out well in any try; another --seed may help",
                 b->sources->named ? name : "", b->sources->named ? ": " : "", length, word);
        word += length + (word[length] == ' ');
    }
    if (document->skipped > 0)
        cli_tell("%s%s%zu characters left out: %s", b->sources->named ? name : "",
                 b->sources->named ? ": " : "", document->skipped, document->skipped_signs);
}

/* Writes the files of a document; on any thread. */
static lh_status make_files(const batch *b, item *it, lh_error *error)
{
    const lh_document *document = it->job.document;
    const char *name = b->sources->source[it->source].name;
    if (!document) {
        *error = it->job.error;
        return error->status;
    }
    if (b->job->strict && document->report.flawed > 0)
        return lh_fail(error, LH_ERROR_NUMERIC, "%d of %d words went wrong; nothing is written",
                       document->report.flawed, document->report.words);
    if (b->job->style_text && document->report.words > 0 &&
        document->report.flawed == document->report.words)
        return lh_fail(error, LH_ERROR_NUMERIC,
                       "no word came out well: --style-text is to say what the style's ink says, "
                       "all of it and nothing else");
    lh_status status = write_note(b->job, b->fingerprint, b->sources->named ? name : NULL, it->text,
                                  document->page[0], error);
    return status == LH_OK ? write_document_files(b->job, b->pattern, name, it->source + 1,
                                                  document, &it->files, error)
                           : status;
}

static void tell_failure(batch *b, const char *name, const lh_error *failure)
{
    const size_t length = strlen(name);
    bool told = strncmp(failure->message, name, length) == 0 &&
                strncmp(failure->message + length, ": ", 2) == 0;
    bool named = b->sources->named && !told;
    cli_progress_clear(&b->progress);
    cli_tell("%s%s%s", named ? name : "", named ? ": " : "", failure->message);
}

/* Tells of a document, or of its failure, and takes it to where it belongs. */
static lh_status settle(batch *b, item *it, lh_error *error)
{
    const char *name = b->sources->source[it->source].name;
    const lh_document *document = it->job.document;
    lh_status status = LH_OK;
    if (document) {
        lh_guard_report_add(&b->report, &document->report);
        b->skipped += document->skipped;
        tell_flaws(b, name, document);
    }
    if (it->status != LH_OK) {
        tell_failure(b, name, &it->failure);
        b->failed++;
    }
    if (b->record)
        status = lh_record_add(b->record, name, it->key, it->job.seed, document, it->files,
                               it->status == LH_OK ? NULL : &it->failure, error);
    if (b->kept && it->status == LH_OK) {
        b->kept[it->source] = it->job.document;
        it->job.document = NULL;
    }
    b->done++;
    cli_progress_tell(&b->progress, b->done);
    return status;
}

static void free_item(item *it)
{
    lh_document_free(it->job.document);
    free(it->text);
    free(it->files);
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

/* What the first Ctrl-C is answered. Text has been read by then: nobody waits for it in vain. */
static void stop_gently(batch *b)
{
    if (b->answers)
        return;
    b->answers = true;
    cli_stop_gently(write_is_whole(b->job, b->sources)
                        ? "stopping; nothing is written"
                        : "stopping after this document; Ctrl-C again stops at once");
}

/* Is its document there already? */
static bool is_there(batch *b, const item *it)
{
    const char *name = b->sources->source[it->source].name;
    bool there = false;
    pthread_mutex_lock(&b->mutex);
    if (b->record && b->job->resume && lh_record_has(b->record, name, it->key)) {
        there = true;
        b->there++;
        b->progress.skipped++;
        b->done++;
        cli_progress_tell(&b->progress, b->done);
    }
    pthread_mutex_unlock(&b->mutex);
    return there;
}

/* Reads a source; NULL: there is nothing to write for it, or no memory. */
static item *read_source(batch *b, size_t source, lh_status *status, lh_error *error)
{
    const write_job *job = b->job;
    const char *name = b->sources->source[source].name;
    item *it = calloc(1, sizeof *it);
    if (!it) {
        *status = lh_fail_memory(error, "documents");
        return NULL;
    }
    uint64_t seed = job->document.write.seed;
    it->source = source;
    it->text = lh_source_text(b->sources, source, &it->failure);
    it->job = (lh_document_job){.name = b->sources->named ? name : NULL,
                                .text = it->text,
                                .seed = b->sources->named ? lh_document_seed(seed, name) : seed};
    stop_gently(b);
    if (!it->text) {
        it->status = it->failure.status;
        finish(b, it);
        return NULL;
    }
    if (b->record)
        it->key = write_key_of_text(job, b->model, b->run_key, it->text);
    if (!is_there(b, it))
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
    item *it = NULL;
    lh_status status = LH_OK;
    for (; !it && status == LH_OK && b->next < b->sources->count; b->next++) {
        if (!b->sources->source[b->next].chosen)
            continue;
        b->stopping = b->stopping || cli_asked_to_stop(NULL);
        if (b->stopping && write_is_whole(b->job, b->sources))
            return lh_fail(error, LH_ERROR_INTERRUPTED, "stopped; nothing is written");
        if (b->stopping)
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

static void print_report(const batch *b)
{
    const lh_guard_report *report = &b->report;
    fprintf(stderr,
            "longhand: %d words, %d written anew, %d flawed, %d that might be misread; %zu points "
            "drawn, %zu kept\n",
            report->words, report->retried, report->flawed, report->doubtful, report->points_drawn,
            report->points_kept);
    for (int i = 0; i < LH_FAULT_COUNT; i++)
        if (report->fault[i] > 0)
            fprintf(stderr, "longhand: %d tries given up: %s\n", report->fault[i],
                    lh_fault_name((lh_fault)i));
}

/* What is left to do when all documents are made. */
static lh_status conclude(batch *b, lh_error *error)
{
    if (b->job->format->folder) {
        lh_status status = b->job->format->folder->end(b->pattern, error);
        if (status != LH_OK)
            return status;
    }
    if (b->record && !b->stopping)
        return lh_record_sort(b->record, b->sources, error);
    if (!b->kept)
        return LH_OK;
    size_t count = 0;
    for (size_t i = 0; i < b->sources->count; i++)
        if (b->kept[i])
            b->kept[count++] = b->kept[i];
    for (size_t i = count; i < b->sources->count; i++)
        b->kept[i] = NULL;
    return count > 0 ? write_documents_together(b->job, b->pattern, b->kept, count, error) : LH_OK;
}

static void tell_end(const batch *b)
{
    if (b->job->verbose)
        print_report(b);
    if (b->there > 0)
        fprintf(stderr, "longhand: %zu documents were there already\n", b->there);
    if (b->failed > 0 && b->chosen > 1)
        fprintf(stderr, "longhand: %zu of %zu documents failed\n", b->failed, b->chosen);
    if (b->stopping)
        fprintf(stderr,
                "longhand: stopped after %zu of %zu documents; the same command with --resume goes "
                "on\n",
                b->done, b->chosen);
}

bool write_is_whole(const write_job *job, const lh_sources *sources)
{
    return job->together || lh_sources_chosen(sources) < 2;
}

/* Opens the record of a batch, or makes room for its documents. */
static lh_status prepare(batch *b, lh_error *error)
{
    const write_job *job = b->job;
    b->chosen = lh_sources_chosen(b->sources);
    b->progress = cli_progress_start("documents", b->chosen);
    b->fingerprint = lh_network_fingerprint(b->model->network);
    if (b->chosen > 1) { /* text in a picture is left to one thread */
        int threads = job->render.look == LH_LOOK_INK ? FILES_AT_ONCE : 1;
        b->queue = lh_queue_new(threads, finish, b, error);
        if (!b->queue)
            return error->status;
    }
    if (job->together) {
        b->kept = calloc(b->sources->count + 1, sizeof(lh_document *));
        return b->kept ? LH_OK : lh_fail_memory(error, "documents");
    }
    if (b->sources->count < 2 || strcmp(b->pattern, "-") == 0)
        return LH_OK;
    b->run_key = write_key_of_run(job, b->model, b->fingerprint);
    b->record = lh_record_open(b->pattern, job->format->folder, job->resume, error);
    return b->record ? LH_OK : error->status;
}

static lh_status write_all(batch *b, lh_desk *desk, lh_error *error)
{
    const lh_document_flow flow = {next_document, document_done, drop_document, b};
    cli_progress_tell(&b->progress, 0);
    lh_status status = lh_desk_write_all(desk, &flow, error);
    lh_queue_end(b->queue);
    b->queue = NULL;
    cli_progress_clear(&b->progress);
    return status == LH_OK ? status_of(b, error) : status;
}

int write_all_documents(const write_job *job, const lh_model *model, lh_desk *desk,
                        const lh_sources *sources, const char *pattern)
{
    lh_error error;
    batch b = {.job = job, .model = model, .sources = sources, .pattern = pattern};
    pthread_mutex_init(&b.mutex, NULL);
    lh_status status = prepare(&b, &error);
    if (status == LH_OK)
        status = write_all(&b, desk, &error);
    if (status == LH_OK)
        status = conclude(&b, &error);
    lh_queue_end(b.queue);
    lh_record_free(b.record);
    for (size_t i = 0; b.kept && i < sources->count; i++)
        lh_document_free(b.kept[i]);
    free(b.kept);
    pthread_mutex_destroy(&b.mutex);
    if (status == LH_ERROR_INTERRUPTED)
        cli_end_by_signal();
    if (status != LH_OK)
        return cli_failed(&error);
    tell_end(&b);
    return b.failed > 0 || b.stopping ? CLI_FAILED : CLI_OK;
}
