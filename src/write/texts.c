/* Many texts in step: their pieces are shared out to a crew of hands. Texts may differ in writer,
 * seed and bias; rows and threads are those of the first. */
#include <longhand/write.h>

#include "base/need.h"
#include "crew.h"
#include "line.h"
#include "options.h"
#include "writer.h"

#include <stdlib.h>

/* Texts that are under way at the same time: bounds the memory that their hands' states take. */
enum { TEXTS_TOGETHER = 400 };

/* A text on its way. */
typedef struct job {
    lh_words words;
    lh_line line;
    size_t next; /* character to go on with */
} job;

typedef struct work {
    const lh_model *model;
    int rows, threads;
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
            status = lh_line_take(&j->line, hands, &j->words, error);
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
        status = lh_crew_write(w->model, hands, pieces, w->rows, w->threads, error);
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

/* Writes what is left of all texts: at first the pieces that find a hand, where there is none. */
static lh_status write_all(work *w, lh_error *error)
{
    lh_status status = LH_OK;
    bool hands_missing = false;
    for (size_t i = 0; i < w->count; i++)
        hands_missing = hands_missing || !w->job[i].line.start->state;
    if (hands_missing)
        status = write_pieces(w, true, error);
    return status == LH_OK ? write_pieces(w, false, error) : status;
}

static lh_status begin_texts(work *w, const lh_text *texts, size_t done, bool alone,
                             lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < w->count; i++)
        lh_line_init(&w->job[i].line, w->model, texts[i].options, &texts[i].writer->start,
                     texts[i].index);
    for (size_t i = 0; i < w->count && status == LH_OK; i++)
        status = read_text(&w->job[i], w->model, texts[i].text, done + i, alone, error);
    return status;
}

static void clear_jobs(work *w)
{
    for (size_t i = 0; i < w->count; i++) {
        lh_words_clear(&w->job[i].words);
        lh_line_clear(&w->job[i].line);
        w->job[i] = (job){0};
    }
}

static lh_status write_some(work *w, const lh_text *texts, size_t done, lh_written **written,
                            bool alone, lh_error *error)
{
    lh_status status = begin_texts(w, texts, done, alone, error);
    if (status == LH_OK)
        status = write_all(w, error);
    for (size_t i = 0; i < w->count && status == LH_OK; i++) {
        written[i] = lh_line_finish(&w->job[i].line, w->job[i].words.text, error);
        status = written[i] ? LH_OK : error->status;
    }
    clear_jobs(w);
    return status;
}

/* A piece of the work for `together` texts; the caller frees its jobs. */
static lh_status start_work(work *w, const lh_text *texts, size_t count, size_t together,
                            lh_error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (!texts[i].text || !texts[i].writer || !texts[i].options)
            return lh_fail(error, LH_ERROR_ARGUMENT, "text %zu is NULL, or its writer or options",
                           i + 1);
        lh_status status = lh_write_options_check(texts[i].options, error);
        if (status != LH_OK)
            return status;
        if (texts[i].writer->model != texts[0].writer->model)
            return lh_fail(error, LH_ERROR_ARGUMENT, "texts of several models in one go");
    }
    *w = (work){.model = texts[0].writer->model,
                .rows = texts[0].options->rows,
                .threads = texts[0].options->threads};
    w->job = calloc(together, sizeof *w->job);
    return w->job ? LH_OK : lh_fail_memory(error, "texts");
}

lh_status lh_write_each(const lh_text *texts, size_t count, lh_written **written, lh_error *error)
{
    LH_NEED(error, count == 0 || (texts && written), LH_ERROR_ARGUMENT);
    lh_error local;
    error = error ? error : &local;
    if (count == 0)
        return LH_OK;
    size_t together = count < TEXTS_TOGETHER ? count : TEXTS_TOGETHER;
    work w = {0};
    lh_status status = start_work(&w, texts, count, together, error);
    for (size_t i = 0; i < count; i++)
        written[i] = NULL;
    for (size_t i = 0; i < count && status == LH_OK; i += together) {
        w.count = count - i < together ? count - i : together;
        status = write_some(&w, texts + i, i, written + i, count == 1, error);
    }
    for (size_t i = 0; i < count && status != LH_OK; i++) {
        lh_written_free(written[i]);
        written[i] = NULL;
    }
    free(w.job);
    return status;
}

lh_status lh_write_texts(const lh_writer *writer, const lh_write_options *options,
                         const char *const *texts, size_t count, uint64_t first,
                         lh_written **written, lh_error *error)
{
    LH_NEED(error, writer && options && (count == 0 || (texts && written)), LH_ERROR_ARGUMENT);
    lh_text *each = calloc(count + 1, sizeof *each);
    if (!each)
        return lh_fail_memory(error, "texts");
    for (size_t i = 0; i < count; i++)
        each[i] = (lh_text){texts[i], writer, options, first + i};
    lh_status status = lh_write_each(each, count, written, error);
    free(each);
    return status;
}

/* ---- hands ------------------------------------------------------------------------------------
 */

lh_status lh_writers_find_hands(lh_writer *const *writers, const lh_text *texts, size_t count,
                                lh_error *error)
{
    LH_NEED(error, count == 0 || (writers && texts), LH_ERROR_ARGUMENT);
    lh_error local;
    error = error ? error : &local;
    static const lh_start none = {0};
    if (count == 0)
        return LH_OK;
    for (size_t i = 0; i < count; i++)
        LH_NEED(error, writers[i] && texts[i].writer == writers[i], LH_ERROR_ARGUMENT);
    work w = {0};
    lh_status status = start_work(&w, texts, count, count, error);
    if (status == LH_OK) {
        w.count = count;
        status = begin_texts(&w, texts, 0, count == 1, error);
        for (size_t i = 0; i < count; i++)
            w.job[i].line.start = &none;
    }
    if (status == LH_OK)
        status = write_pieces(&w, true, error);
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        lh_start_clear(&writers[i]->start);
        writers[i]->start = w.job[i].line.own;
        w.job[i].line.own = (lh_start){0};
    }
    clear_jobs(&w);
    free(w.job);
    return status;
}

lh_status lh_writer_find_hand(lh_writer *writer, const lh_write_options *options, const char *text,
                              uint64_t index, lh_error *error)
{
    LH_NEED(error, writer && options && text, LH_ERROR_ARGUMENT);
    const lh_text first = {text, writer, options, index};
    return lh_writers_find_hands(&writer, &first, 1, error);
}
