/* One document after the other, in waves that are written in step: files, record, progress. */
#include "write_iam.h"
#include "write_record.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* A wave takes documents until they have so many bytes, enough to keep all rows of the network
 * busy, and few enough to stop soon after Ctrl-C. */
enum { WAVE_BYTES = 12000, WAVE_DOCUMENTS = 400 };
/* Seconds between rows of progress where it does not rewrite one. */
#define PROGRESS_INTERVAL 5.0

typedef struct batch {
    const write_job *job;
    uint64_t fingerprint; /* of the model */
    lh_desk *desk;
    const write_sources *sources;
    const char *pattern;
    write_record *record; /* NULL: one document, or standard output */
    size_t chosen, done, failed, there;
    double started, told;
    lh_guard_report report;
    size_t skipped;
} batch;

/* A document of the wave. */
typedef struct item {
    size_t source;
    char *text;
    uint64_t key;
} item;

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
    interrupted = 1;
    signal(number, SIG_DFL); /* a second one ends it at once */
}

/* ---- one document -----------------------------------------------------------------------------
 */

static lh_status note(const batch *b, const item *it, lh_page *page, const char *first_line,
                      lh_error *error)
{
    const write_job *job = b->job;
    const lh_document_options *document = &job->document;
    char *text = strdup(it->text);
    if (!text)
        return lh_fail_memory(error, "a note");
    for (size_t end = strlen(text); end > 0 && strchr("\r\n\t ", text[end - 1]); end--)
        text[end - 1] = '\0';
    lh_status status = lh_page_set_title(page, first_line, error);
    if (status == LH_OK && b->sources->named)
        status = lh_page_note(page, "document", b->sources->source[it->source].name, error);
    if (status == LH_OK)
        status = lh_page_note(page, "text", text, error);
    free(text);
    if (status == LH_OK)
        status = lh_page_note(page, "style", job->style ? job->style : "none", error);
    if (status == LH_OK && job->style_text)
        status = lh_page_note(page, "style text", job->style_text, error);
    if (status == LH_OK)
        status = cli_note_making(page, b->fingerprint, job->model_path, &document->write, error);
    if (status == LH_OK)
        status = cli_note_number(page, "tries", document->write.tries, error);
    if (status == LH_OK)
        status = cli_note_number(page, "width", (double)document->width, error);
    return status == LH_OK ? cli_note_number(page, "pitch", (double)document->paper.pitch, error)
                           : status;
}

static void tell_flaws(const batch *b, const char *name, const lh_document *document)
{
    for (const char *word = document->flawed; *word;) {
        int length = (int)strcspn(word, " ");
        fprintf(stderr,
                "longhand: %s%s'%.*s' did not come out well in any try; another --seed may help\n",
                b->sources->named ? name : "", b->sources->named ? ": " : "", length, word);
        word += length + (word[length] == ' ');
    }
    if (document->skipped > 0)
        fprintf(stderr, "longhand: %s%s%zu characters left out: %s\n",
                b->sources->named ? name : "", b->sources->named ? ": " : "", document->skipped,
                document->skipped_signs);
}

static lh_status finish(batch *b, const item *it, lh_document_job *made, char **files,
                        lh_error *error)
{
    lh_document *document = made->document;
    if (!document) {
        *error = made->error;
        return error->status;
    }
    const lh_page *page = document->page[0];
    lh_guard_report_add(&b->report, &document->report);
    b->skipped += document->skipped;
    tell_flaws(b, made->name, document);
    if (b->job->strict && document->report.flawed > 0)
        return lh_fail(error, LH_ERROR_NUMERIC, "%d of %d words went wrong; nothing is written",
                       document->report.flawed, document->report.words);
    const char *first = lh_page_count(page) > 0 ? lh_page_get(page, 0).text : "";
    lh_status status = note(b, it, document->page[0], first, error);
    return status == LH_OK ? write_document_files(b->job, b->pattern, made->name, it->source + 1,
                                                  document, files, error)
                           : status;
}

/* Takes a document of the wave, or its failure, to where it belongs. */
static lh_status settle(batch *b, const item *it, lh_document_job *made, lh_error *error)
{
    lh_error failure;
    char *files = NULL;
    lh_status status = finish(b, it, made, &files, &failure);
    const char *name = b->sources->source[it->source].name;
    if (status != LH_OK) {
        bool named = b->sources->named && strncmp(failure.message, name, strlen(name)) != 0;
        fprintf(stderr, "%slonghand: %s%s%s\n", cli_terminal() && b->chosen > 1 ? "\r\033[K" : "",
                named ? name : "", named ? ": " : "", failure.message);
        b->failed++;
    }
    b->done++;
    status = b->record ? write_record_add(b->record, name, it->key, made->seed, made->document,
                                          files, status == LH_OK ? NULL : &failure, error)
                       : LH_OK;
    free(files);
    return status;
}

/* ---- waves ------------------------------------------------------------------------------------
 */

/* What a document is made from, but for the document's name. */
static uint64_t key_of(const batch *b, const char *text)
{
    uint64_t hash = b->job->settings ^ b->fingerprint;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
    return hash;
}

/* Reads the source, unless its document is there already; false: nothing to do for it. */
static bool read_source(batch *b, size_t source, item *it, lh_status *status, lh_error *error)
{
    lh_error failure;
    const write_source *from = &b->sources->source[source];
    *it = (item){.source = source, .text = write_source_text(b->sources, source, &failure)};
    if (!it->text) {
        lh_document_job none = {.name = from->name, .error = failure};
        *status = settle(b, it, &none, error);
        return false;
    }
    it->key = key_of(b, it->text);
    if (b->record && b->job->resume && write_record_has(b->record, from->name, it->key)) {
        free(it->text);
        b->there++;
        b->done++;
        return false;
    }
    return true;
}

static lh_status write_wave(batch *b, item *items, size_t count, lh_error *error)
{
    lh_document_job *made = calloc(count + 1, sizeof *made);
    if (!made)
        return lh_fail_memory(error, "documents");
    uint64_t seed = b->job->document.write.seed;
    for (size_t i = 0; i < count; i++) {
        const char *name = b->sources->source[items[i].source].name;
        made[i].name = b->sources->named ? name : NULL;
        made[i].text = items[i].text;
        made[i].seed = b->sources->named ? lh_document_seed(seed, name) : seed;
    }
    lh_status status = lh_desk_write(b->desk, made, count, error);
    for (size_t i = 0; i < count; i++) {
        if (status == LH_OK) {
            made[i].name = b->sources->source[items[i].source].name;
            status = settle(b, &items[i], &made[i], error);
        }
        lh_document_free(made[i].document);
    }
    free(made);
    return status;
}

static void tell_progress(batch *b)
{
    double now = cli_seconds(), took = now - b->started;
    bool rewrite = cli_terminal();
    if (b->chosen < 2 || (!rewrite && now - b->told < PROGRESS_INTERVAL && b->done < b->chosen))
        return;
    b->told = now;
    double rate = took > 0 ? (double)(b->done - b->there) / took : 0;
    long left = rate > 0 ? (long)((double)(b->chosen - b->done) / rate + 0.5) : 0;
    fprintf(stderr, "%slonghand: %zu of %zu documents, %.1f documents/s, %ld:%02ld left%s",
            rewrite ? "\r\033[K" : "", b->done, b->chosen, rate, left / 60, left % 60,
            rewrite && b->done < b->chosen && !interrupted ? "" : "\n");
}

static lh_status write_waves(batch *b, lh_error *error)
{
    item *items = calloc(WAVE_DOCUMENTS, sizeof *items);
    lh_status status = items ? LH_OK : lh_fail_memory(error, "documents");
    size_t next = 0;
    while (status == LH_OK && next < b->sources->count && !interrupted) {
        size_t count = 0, bytes = 0;
        for (; next < b->sources->count && count < WAVE_DOCUMENTS && bytes < WAVE_BYTES &&
               status == LH_OK;
             next++)
            if (b->sources->source[next].chosen &&
                read_source(b, next, &items[count], &status, error))
                bytes += strlen(items[count++].text);
        if (status == LH_OK)
            status = write_wave(b, items, count, error);
        for (size_t i = 0; i < count; i++)
            free(items[i].text);
        tell_progress(b);
    }
    free(items);
    return status;
}

/* ---- all of it --------------------------------------------------------------------------------
 */

static void print_report(const batch *b)
{
    const lh_guard_report *report = &b->report;
    fprintf(stderr, "longhand: %d words, %d written anew, %d flawed; %zu points drawn, %zu kept\n",
            report->words, report->retried, report->flawed, report->points_drawn,
            report->points_kept);
    for (int i = 0; i < LH_FAULT_COUNT; i++)
        if (report->fault[i] > 0)
            fprintf(stderr, "longhand: %d tries given up: %s\n", report->fault[i],
                    lh_fault_name((lh_fault)i));
}

int write_all_documents(const write_job *job, const lh_model *model, lh_desk *desk,
                        const write_sources *sources, const char *pattern)
{
    lh_error error;
    batch b = {.job = job, .desk = desk, .sources = sources, .pattern = pattern};
    b.fingerprint = cli_fingerprint(model);
    for (size_t i = 0; i < sources->count; i++)
        b.chosen += sources->source[i].chosen;
    bool recorded = sources->count > 1 && strcmp(pattern, "-") != 0;
    b.record =
        recorded ? write_record_open(pattern, job->format == WRITE_IAM, job->resume, &error) : NULL;
    if (recorded && !b.record)
        return cli_failed(&error);
    b.started = b.told = cli_seconds();
    if (sources->count > 1)
        signal(SIGINT, interrupt);
    lh_status status = write_waves(&b, &error);
    if (status == LH_OK && job->format == WRITE_IAM)
        status = write_iam_lists(pattern, &error);
    write_record_free(b.record);
    if (status != LH_OK)
        return cli_failed(&error);
    if (job->verbose)
        print_report(&b);
    if (b.there > 0)
        fprintf(stderr, "longhand: %zu documents were there already\n", b.there);
    if (b.failed > 0 && b.chosen > 1)
        fprintf(stderr, "longhand: %zu of %zu documents failed\n", b.failed, b.chosen);
    if (interrupted)
        fprintf(stderr,
                "longhand: stopped after %zu of %zu documents; the same command with "
                "--resume goes on\n",
                b.done, b.chosen);
    return b.failed > 0 || interrupted ? CLI_FAILED : CLI_OK;
}
