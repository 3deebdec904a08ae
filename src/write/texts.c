/* Many texts in step. Texts may differ in writer, seed and bias; rows and threads are those of the
 * first. */
#include <longhand/write.h>

#include "base/need.h"
#include "errand.h"
#include "writer.h"

#include <stdlib.h>

/* Texts all of which are known from the start. */
typedef struct work {
    const lh_text *text; /* [count] */
    lh_errand *errand;   /* [count] */
    size_t count, next;
    lh_written **written; /* [count]; NULL: a hand is found */
} work;

static lh_status next_text(void *user, lh_errand **errand, lh_error *error)
{
    (void)error;
    work *w = user;
    if (w->next == w->count)
        return LH_OK;
    *errand = &w->errand[w->next];
    (*errand)->text = w->text[w->next++];
    (*errand)->finds_hand = !w->written;
    return LH_OK;
}

static lh_status text_done(void *user, lh_errand *errand, lh_error *error)
{
    (void)error;
    work *w = user;
    if (!w->written)
        return LH_OK;
    w->written[errand - w->errand] = errand->written;
    errand->written = NULL;
    lh_errand_clear(errand);
    return LH_OK;
}

/* ---- what is asked for ------------------------------------------------------------------------
 */

static lh_status check_text(const lh_text *text, const lh_model *model, lh_error *error)
{
    lh_status status = lh_errands_check(text->options, error);
    if (status != LH_OK)
        return status;
    if (text->writer->model != model)
        return lh_fail(error, LH_ERROR_ARGUMENT, "texts of several models in one go");
    lh_words words;
    status = lh_words_read(&words, &model->alphabet, text->text, error);
    if (status == LH_OK && words.count == 0)
        status = lh_fail(error, LH_ERROR_ARGUMENT, "the text is empty");
    lh_words_clear(&words);
    return status;
}

/* All of them before any is written. */
static lh_status check_texts(const lh_text *texts, size_t count, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < count; i++)
        LH_NEED(error, texts[i].writer && texts[i].options && texts[i].text, LH_ERROR_ARGUMENT);
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        lh_error inner;
        status = check_text(&texts[i], texts[0].writer->model, &inner);
        if (status != LH_OK && count > 1)
            lh_fail(error, status, "text %zu: %s", i + 1, inner.message);
        else if (status != LH_OK)
            *error = inner;
    }
    return status;
}

/* Writes them; the caller clears the errands. */
static lh_status write_all(work *w, lh_error *error)
{
    lh_status status = check_texts(w->text, w->count, error);
    w->errand = status == LH_OK ? calloc(w->count, sizeof *w->errand) : NULL;
    if (status == LH_OK && !w->errand)
        status = lh_fail_memory(error, "texts");
    if (status != LH_OK)
        return status;
    const lh_errand_source source = {next_text, text_done, w};
    return lh_errands_write(w->text->writer->model, w->text->options, &source, error);
}

static void clear(work *w)
{
    for (size_t i = 0; w->errand && i < w->next; i++)
        lh_errand_clear(&w->errand[i]);
    free(w->errand);
}

lh_status lh_write_each(const lh_text *texts, size_t count, lh_written **written, lh_error *error)
{
    LH_NEED(error, count == 0 || (texts && written), LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    if (count == 0)
        return LH_OK;
    for (size_t i = 0; i < count; i++)
        written[i] = NULL;
    work w = {.text = texts, .count = count, .written = written};
    lh_status status = write_all(&w, error);
    for (size_t i = 0; i < count && status != LH_OK; i++) {
        lh_written_free(written[i]);
        written[i] = NULL;
    }
    clear(&w);
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

lh_status lh_writer_find_hand(lh_writer *writer, const lh_write_options *options, const char *text,
                              uint64_t index, lh_error *error)
{
    LH_NEED(error, writer && options && text, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    const lh_text first = {text, writer, options, index};
    work w = {.text = &first, .count = 1};
    lh_status status = write_all(&w, error);
    if (status == LH_OK)
        lh_errand_teach(w.errand, writer);
    clear(&w);
    return status;
}
