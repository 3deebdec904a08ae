/* Many texts in step: their pieces are shared out to a crew of hands. */
#include <longhand/write.h>

#include "crew.h"
#include "line.h"
#include "writer.h"

#include <stdlib.h>

/* Texts that are under way at the same time: bounds the memory that their hands' states take. */
enum { TEXTS_TOGETHER = 256 };

/* A text on its way. */
typedef struct job {
    lh_words words;
    lh_line line;
    size_t next; /* character to go on with */
} job;

typedef struct work {
    const lh_writer *writer;
    const lh_write_options *options;
    job *job; /* [count] */
    size_t count;
} work;

/* ---- pieces -----------------------------------------------------------------------------------
 */

static size_t count_pieces(const job *j, bool first_only)
{
    size_t pieces = 0;
    for (size_t at = j->next; at < j->words.count && !(first_only && pieces); pieces++)
        at = lh_words_cut(&j->words, at) + 1;
    return pieces;
}

static lh_status make_hands(work *w, bool first_only, lh_hand *hands, size_t *made, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < w->count; i++) {
        job *j = &w->job[i];
        size_t pieces = count_pieces(j, first_only), at = j->next;
        for (; pieces > 0 && status == LH_OK; pieces--) {
            size_t end = lh_words_cut(&j->words, at);
            status = lh_line_hand(&j->line, &hands[*made], &j->words, at, end, error);
            *made += status == LH_OK;
            at = end + 1;
        }
    }
    return status;
}

static lh_status take_hands(work *w, bool first_only, lh_hand *hands, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < w->count; i++) {
        job *j = &w->job[i];
        size_t pieces = count_pieces(j, first_only);
        for (; pieces > 0 && status == LH_OK; pieces--, hands++) {
            status = lh_line_take(&j->line, hands, error);
            j->next = lh_words_cut(&j->words, j->next) + 1;
        }
    }
    return status;
}

/* Writes what is left of all texts, or the first piece of each. */
static lh_status write_pieces(work *w, bool first_only, lh_error *error)
{
    size_t pieces = 0, made = 0;
    for (size_t i = 0; i < w->count; i++)
        pieces += count_pieces(&w->job[i], first_only);
    lh_hand *hands = calloc(pieces + 1, sizeof *hands);
    if (!hands)
        return lh_fail_memory(error, "pieces of text");
    lh_status status = make_hands(w, first_only, hands, &made, error);
    if (status == LH_OK)
        status = lh_crew_write(w->writer->model, hands, pieces, w->options->rows,
                               w->options->threads, error);
    if (status == LH_OK)
        status = take_hands(w, first_only, hands, error);
    for (size_t i = 0; i < made; i++)
        lh_hand_clear(&hands[i]);
    free(hands);
    return status;
}

/* ---- texts ------------------------------------------------------------------------------------
 */

static lh_status read_text(job *j, const lh_model *model, const char *text, size_t number,
                           bool alone, lh_error *error)
{
    lh_status status = lh_words_read(&j->words, &model->alphabet, text, error);
    if (status == LH_OK && j->words.count == 0)
        status = lh_fail(error, LH_ERROR_ARGUMENT, "the text is empty");
    if (status != LH_OK && !alone) {
        lh_error inner = *error;
        lh_fail(error, inner.status, "text %zu: %s", number + 1, inner.message);
    }
    return status;
}

static lh_status write_some(work *w, const char *const *texts, uint64_t first, size_t done,
                            lh_written **written, bool alone, lh_error *error)
{
    const lh_start *start = &w->writer->start;
    lh_status status = LH_OK;
    for (size_t i = 0; i < w->count; i++)
        lh_line_init(&w->job[i].line, w->writer->model, w->options, start, first + i);
    for (size_t i = 0; i < w->count && status == LH_OK; i++)
        status = read_text(&w->job[i], w->writer->model, texts[i], done + i, alone, error);
    if (status == LH_OK && !start->state)
        status = write_pieces(w, true, error);
    if (status == LH_OK)
        status = write_pieces(w, false, error);
    for (size_t i = 0; i < w->count && status == LH_OK; i++) {
        written[i] = lh_line_finish(&w->job[i].line, w->job[i].words.text, error);
        status = written[i] ? LH_OK : error->status;
    }
    for (size_t i = 0; i < w->count; i++) {
        lh_words_clear(&w->job[i].words);
        lh_line_clear(&w->job[i].line);
        w->job[i] = (job){0};
    }
    return status;
}

static lh_status check_options(const lh_write_options *options, lh_error *error)
{
    if (!(options->bias >= 0) || options->tries < 0 || options->tries > 200 || options->rows < 1 ||
        options->threads < 0)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "options to write with: bias >= 0, tries from 0 to 200, rows >= 1, "
                       "threads >= 0 are needed");
    return LH_OK;
}

lh_status lh_write_texts(const lh_writer *writer, const lh_write_options *options,
                         const char *const *texts, size_t count, uint64_t first,
                         lh_written **written, lh_error *error)
{
    lh_error local;
    error = error ? error : &local;
    lh_status status = check_options(options, error);
    if (status != LH_OK)
        return status;
    size_t together = count < TEXTS_TOGETHER ? count : TEXTS_TOGETHER;
    job *jobs = calloc(together + 1, sizeof *jobs);
    if (status == LH_OK && !jobs)
        status = lh_fail_memory(error, "texts");
    for (size_t i = 0; i < count; i++)
        written[i] = NULL;
    for (size_t i = 0; i < count && status == LH_OK; i += together) {
        work w = {.writer = writer, .options = options, .job = jobs};
        w.count = count - i < together ? count - i : together;
        status = write_some(&w, texts + i, first + i, i, written + i, count == 1, error);
    }
    for (size_t i = 0; i < count && status != LH_OK; i++) {
        lh_written_free(written[i]);
        written[i] = NULL;
    }
    free(jobs);
    return status;
}

lh_status lh_writer_find_hand(lh_writer *writer, const lh_write_options *options, const char *text,
                              uint64_t index, lh_error *error)
{
    lh_error local;
    error = error ? error : &local;
    static const lh_start none = {0};
    job j = {0};
    work w = {.writer = writer, .options = options, .job = &j, .count = 1};
    lh_line_init(&j.line, writer->model, options, &none, index);
    lh_status status = check_options(options, error);
    if (status == LH_OK)
        status = read_text(&j, writer->model, text, 0, true, error);
    if (status == LH_OK)
        status = write_pieces(&w, true, error);
    if (status == LH_OK) {
        lh_start_clear(&writer->start);
        writer->start = j.line.own;
        j.line.own = (lh_start){0};
    }
    lh_words_clear(&j.words);
    lh_line_clear(&j.line);
    return status;
}
