/* What `longhand write` tells of a batch: see write_tell.h. */
#include "write_tell.h"

#include <stdlib.h>
#include <string.h>

/* ---- one document -----------------------------------------------------------------------------
 */

/* How rows of a document begin: with its name, if it has one. */
static const char *name_of(const lh_batch_event *event)
{
    return event->name ? event->name : "";
}

static const char *colon(const lh_batch_event *event)
{
    return event->name ? ": " : "";
}

enum { POOR_TOLD = 5 };

static void tell_poor(const lh_batch_event *event, const lh_document_word *poor)
{
    if (poor->flawed)
        cli_tell("%s%srow %zu: '%s' did not come out well in any try; another --seed may help",
                 name_of(event), colon(event), poor->row, poor->text);
    else
        cli_tell("%s%srow %zu: '%s' may be misread", name_of(event), colon(event), poor->row,
                 poor->text);
}

/* Words that failed come first, then those that the reader is least likely to read. */
static int by_badness(const void *a, const void *b)
{
    const lh_document_word *const *one = a, *const *other = b;
    const lh_document_word *p = *one, *q = *other;
    if (p->flawed != q->flawed)
        return p->flawed ? -1 : 1;
    if (p->probability != q->probability)
        return p->probability < q->probability ? -1 : 1;
    return (p > q) - (p < q);
}

static void tell_worst(const lh_batch_event *event, size_t most)
{
    const lh_document *document = event->document;
    const lh_document_word **word = malloc((document->poor_count + 1) * sizeof *word);
    for (size_t i = 0; word && i < document->poor_count; i++)
        word[i] = &document->poor[i];
    if (word)
        qsort((void *)word, document->poor_count, sizeof *word, by_badness);
    for (size_t i = 0; word && i < document->poor_count && i < most; i++)
        tell_poor(event, word[i]);
    free((void *)word);
}

static void tell_flaws(write_telling *t, const lh_batch_event *event)
{
    const lh_document *document = event->document;
    if (!document || (document->poor_count == 0 && document->skipped == 0 && !document->unclosed))
        return;
    cli_progress_clear(&t->progress);
    const size_t told = t->verbose ? document->poor_count : POOR_TOLD;
    tell_worst(event, told);
    if (document->poor_count > told)
        cli_tell("%s%s%zu more words that may be misread; -v tells all", name_of(event),
                 colon(event), document->poor_count - told);
    if (document->skipped > 0)
        cli_tell("%s%s%zu characters left out: %s", name_of(event), colon(event), document->skipped,
                 document->skipped_signs);
    if (document->unclosed > 0)
        cli_tell("%s%srow %zu: '@_' has no '_@' in its paragraph; it is written as it stands",
                 name_of(event), colon(event), document->unclosed);
}

/* Is the row, with its newline, among those in `*told`? If not, it is from here on. */
static bool is_told(char **told, const char *row, size_t length)
{
    for (const char *at = *told ? *told : ""; *at; at += strcspn(at, "\n") + 1)
        if (strncmp(at, row, length) == 0)
            return true;
    const size_t before = *told ? strlen(*told) : 0;
    char *longer = realloc(*told, before + length + 1);
    if (longer) {
        memcpy(longer + before, row, length);
        longer[before + length] = '\0';
        *told = longer;
    }
    return false;
}

/* Tells once what is written for characters that have no sign of their own. */
static void tell_replaced(write_telling *t, const lh_document *document)
{
    char *all = NULL;
    size_t size = 0;
    FILE *list = open_memstream(&all, &size);
    for (const char *row = document && list ? document->replaced : "", *next; *row; row = next) {
        const size_t length = strcspn(row, "\n"), sign = strcspn(row, " ");
        const int with = (int)(length > sign ? length - sign - 1 : 0);
        next = row + length + 1;
        if (!is_told(&t->told, row, length + 1))
            fprintf(list, "%s%.*s %s%.*s", ftell(list) > 0 ? ", " : "", (int)sign, row,
                    with > 0 ? "as " : "not at all", with, row + sign + 1);
    }
    if (list && fclose(list) == 0 && size > 0) {
        cli_progress_clear(&t->progress);
        cli_tell("without a sign of their own, and written otherwise: %s", all);
    }
    free(all);
}

static bool reason_is_told(write_telling *t, const char *reason)
{
    char row[sizeof((lh_error *)0)->message + 2];
    const int length = snprintf(row, sizeof row, "%s\n", reason);
    return is_told(&t->reasons, row, (size_t)length);
}

/* Of a merge each reason is told once: a slip in the template is in all documents. */
static void tell_failure(write_telling *t, const lh_batch_event *event)
{
    const char *name = name_of(event), *message = event->error->message;
    const size_t length = strlen(name);
    bool told = strncmp(message, name, length) == 0 && strncmp(message + length, ": ", 2) == 0;
    if (t->merged && reason_is_told(t, told ? message + length + 2 : message)) {
        t->alike++;
        return;
    }
    cli_progress_clear(&t->progress);
    cli_tell("%s%s%s", told ? "" : name, told ? "" : colon(event), message);
}

/* Text has been read by now: nobody waits for it in vain. */
static void stop_gently(write_telling *t, bool whole)
{
    if (t->answers)
        return;
    t->answers = true;
    cli_stop_gently(whole ? "stopping; nothing is written"
                          : "stopping after this document; Ctrl-C again stops at once");
}

void write_tell(write_telling *t, const lh_batch_event *event, bool together)
{
    switch (event->step) {
    case LH_BATCH_BEGINS:
        t->progress = cli_progress_start("documents", event->chosen);
        break;
    case LH_BATCH_STARTED:
        stop_gently(t, together || event->chosen < 2);
        return;
    case LH_BATCH_THERE:
        t->progress.skipped++;
        break;
    case LH_BATCH_MADE:
        tell_replaced(t, event->document);
        tell_flaws(t, event);
        break;
    case LH_BATCH_FAILED:
        tell_flaws(t, event);
        tell_failure(t, event);
        cli_names_add(&t->failed, name_of(event));
        break;
    }
    cli_progress_tell(&t->progress, event->done);
}

/* ---- all --------------------------------------------------------------------------------------
 */

static void print_guard(const lh_guard_report *report)
{
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

/* Their messages may be far above, between those of others. */
static void tell_failed(const write_telling *t, const lh_batch_report *report)
{
    char *names = cli_names_list(&t->failed);
    cli_tell("%zu of %zu documents failed%s%s", report->failed, report->chosen, names ? ": " : "",
             names ? names : "");
    free(names);
}

void write_telling_clear(write_telling *t)
{
    free(t->told);
    free(t->reasons);
    t->told = t->reasons = NULL;
    cli_names_clear(&t->failed);
}

void write_tell_end(write_telling *t, const lh_batch_report *report)
{
    cli_progress_clear(&t->progress);
    if (t->verbose)
        print_guard(&report->guard);
    if (report->there > 0)
        fprintf(stderr, "longhand: %zu documents were there already\n", report->there);
    if (t->alike > 0)
        cli_tell("%zu more document%s failed for %s", t->alike, t->alike == 1 ? "" : "s",
                 strchr(t->reasons, '\n')[1] ? "such reasons" : "the same reason");
    if (report->failed > 0 && report->chosen > 1)
        tell_failed(t, report);
    if (report->stopped)
        fprintf(stderr,
                "longhand: stopped after %zu of %zu documents; the same command with --resume goes "
                "on\n",
                report->made + report->there + report->failed, report->chosen);
}
