/* One document after the other, in waves that are written in step: files, record, progress. */
#include "write_iam.h"
#include "write_key.h"
#include "write_record.h"

#include <omp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* A wave takes documents until they have so many bytes, enough to keep all rows of the network
 * busy, and few enough to stop soon after Ctrl-C. */
enum { WAVE_BYTES = 16000, WAVE_DOCUMENTS = 400 };
/* Seconds between rows of progress where it does not rewrite one. */
#define PROGRESS_INTERVAL 5.0
/* Files written at the same time: most of that is waiting for the disk. */
enum { FILES_AT_ONCE = 8 };

typedef struct batch {
    const write_job *job;
    const lh_model *model;
    uint64_t fingerprint; /* of the model's weights */
    uint64_t run_key;
    lh_desk *desk;
    const write_sources *sources;
    const char *pattern;
    write_record *record; /* NULL: one document, or one file, or standard output */
    lh_document **kept;   /* for one file: [kept_count], owned; room for all chosen */
    size_t kept_count;
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
    char *files; /* its files, a newline behind each */
    lh_status status;
    lh_error failure; /* where status says that there is one */
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
        status = lh_page_note(page, "style", job->style, error);
    if (status == LH_OK && job->style_text)
        status = lh_page_note(page, "style text", job->style_text, error);
    if (status == LH_OK)
        status = cli_note_making(page, b->fingerprint, job->model_path, &document->write, error);
    if (status == LH_OK)
        status = cli_note_number(page, "tries", document->write.tries, error);
    if (status == LH_OK)
        status = cli_note_number(page, "proofread", document->write.proofread, error);
    if (status == LH_OK)
        status = cli_note_number(page, "width", (double)document->width, error);
    return status == LH_OK ? cli_note_number(page, "pitch", (double)document->paper.pitch, error)
                           : status;
}

/* The row of progress stands open on a terminal. */
static void clear_progress(const batch *b)
{
    if (b->chosen > 1)
        cli_clear_row();
}

static void tell_flaws(const batch *b, const char *name, const lh_document *document)
{
    if (*document->flawed || document->skipped > 0)
        clear_progress(b);
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
static lh_status make_files(const batch *b, item *it, const lh_document_job *made, lh_error *error)
{
    const lh_document *document = made->document;
    if (!document) {
        *error = made->error;
        return error->status;
    }
    const lh_page *page = document->page[0];
    if (b->job->strict && document->report.flawed > 0)
        return lh_fail(error, LH_ERROR_NUMERIC, "%d of %d words went wrong; nothing is written",
                       document->report.flawed, document->report.words);
    if (b->job->style_text && document->report.words > 0 &&
        document->report.flawed == document->report.words)
        return lh_fail(error, LH_ERROR_NUMERIC,
                       "no word came out well: --style-text is to say what the style's ink says, "
                       "all of it and nothing else");
    const char *first = lh_page_count(page) > 0 ? lh_page_get(page, 0).text : "";
    lh_status status = note(b, it, document->page[0], first, error);
    return status == LH_OK ? write_document_files(b->job, b->pattern, made->name, it->source + 1,
                                                  document, &it->files, error)
                           : status;
}

/* Tells of a document of the wave, or of its failure, and takes it to where it belongs. */
static lh_status settle(batch *b, const item *it, lh_document_job *made, lh_error *error)
{
    const char *name = b->sources->source[it->source].name;
    if (made->document) {
        lh_guard_report_add(&b->report, &made->document->report);
        b->skipped += made->document->skipped;
        tell_flaws(b, name, made->document);
    }
    if (it->status != LH_OK) {
        const size_t length = strlen(name);
        bool told = strncmp(it->failure.message, name, length) == 0 &&
                    strncmp(it->failure.message + length, ": ", 2) == 0;
        bool named = b->sources->named && !told;
        clear_progress(b);
        cli_tell("%s%s%s", named ? name : "", named ? ": " : "", it->failure.message);
        b->failed++;
    } else if (b->kept) {
        b->kept[b->kept_count++] = made->document;
        made->document = NULL;
    }
    b->done++;
    return b->record ? write_record_add(b->record, name, it->key, made->seed, made->document,
                                        it->files, it->status == LH_OK ? NULL : &it->failure, error)
                     : LH_OK;
}

/* ---- waves ------------------------------------------------------------------------------------
 */

/* Reads the source, unless its document is there already; false: nothing to do for it. */
static bool read_source(batch *b, size_t source, item *it, lh_status *status, lh_error *error)
{
    const write_source *from = &b->sources->source[source];
    *it = (item){.source = source};
    it->text = write_source_text(b->sources, source, &it->failure);
    if (!it->text) {
        lh_document_job none = {.name = from->name};
        it->status = it->failure.status;
        *status = settle(b, it, &none, error);
        return false;
    }
    if (b->record)
        it->key = write_key_of_text(b->job, b->model, b->run_key, it->text);
    if (b->record && b->job->resume && write_record_has(b->record, from->name, it->key)) {
        free(it->text);
        b->there++;
        b->done++;
        return false;
    }
    return true;
}

/* Text in a picture is left to one thread. */
static void make_all_files(const batch *b, item *items, lh_document_job *made, size_t count)
{
    bool several = count > 1 && b->job->look == LH_LOOK_INK;
    (void)several; /* unused without OpenMP */
#pragma omp parallel for schedule(dynamic) num_threads(FILES_AT_ONCE) if (several)
    for (size_t i = 0; i < count; i++)
        items[i].status = make_files(b, &items[i], &made[i], &items[i].failure);
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
    for (size_t i = 0; i < count; i++)
        made[i].name = b->sources->source[items[i].source].name;
    if (status == LH_OK)
        make_all_files(b, items, made, count);
    for (size_t i = 0; i < count; i++) {
        if (status == LH_OK)
            status = settle(b, &items[i], &made[i], error);
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
        for (size_t i = 0; i < count; i++) {
            free(items[i].text);
            free(items[i].files);
        }
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
static lh_status conclude(const batch *b, lh_error *error)
{
    if (b->job->format == WRITE_IAM)
        return write_iam_lists(b->pattern, error);
    if (b->kept && b->kept_count > 0 && !interrupted)
        return write_documents_together(b->job, b->pattern, b->kept, b->kept_count, error);
    return LH_OK;
}

static void tell_end(const batch *b)
{
    if (b->job->verbose)
        print_report(b);
    if (b->there > 0)
        fprintf(stderr, "longhand: %zu documents were there already\n", b->there);
    if (b->failed > 0 && b->chosen > 1)
        fprintf(stderr, "longhand: %zu of %zu documents failed\n", b->failed, b->chosen);
    if (interrupted)
        fprintf(stderr, "longhand: stopped after %zu of %zu documents; %s\n", b->done, b->chosen,
                b->kept ? "nothing is written" : "the same command with --resume goes on");
}

/* Opens the record of a batch, or makes room for its documents. */
static lh_status prepare(batch *b, lh_error *error)
{
    const write_job *job = b->job;
    for (size_t i = 0; i < b->sources->count; i++)
        b->chosen += b->sources->source[i].chosen;
    b->fingerprint = lh_network_fingerprint(b->model->network);
    if (job->together) {
        b->kept = calloc(b->chosen + 1, sizeof(lh_document *));
        return b->kept ? LH_OK : lh_fail_memory(error, "documents");
    }
    if (b->sources->count < 2 || strcmp(b->pattern, "-") == 0)
        return LH_OK;
    b->run_key = write_key_of_run(job, b->model, b->fingerprint);
    b->record = write_record_open(b->pattern, job->format == WRITE_IAM, job->resume, error);
    return b->record ? LH_OK : error->status;
}

int write_all_documents(const write_job *job, const lh_model *model, lh_desk *desk,
                        const write_sources *sources, const char *pattern)
{
    lh_error error;
    batch b = {.job = job, .model = model, .desk = desk, .sources = sources, .pattern = pattern};
    lh_status status = prepare(&b, &error);
    b.started = b.told = cli_seconds();
    if (sources->count > 1)
        signal(SIGINT, interrupt);
    if (status == LH_OK)
        status = write_waves(&b, &error);
    if (status == LH_OK)
        status = conclude(&b, &error);
    write_record_free(b.record);
    for (size_t i = 0; i < b.kept_count; i++)
        lh_document_free(b.kept[i]);
    free(b.kept);
    if (status != LH_OK)
        return cli_failed(&error);
    tell_end(&b);
    return b.failed > 0 || interrupted ? CLI_FAILED : CLI_OK;
}
