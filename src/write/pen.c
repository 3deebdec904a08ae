/* A pen to watch: one line that grows with its text, a piece at a time. */
#include <longhand/write.h>

#include "base/need.h"
#include "crew.h"
#include "line.h"
#include "options.h"
#include "writer.h"

#include <stdlib.h>
#include <string.h>

struct lh_pen {
    const lh_writer *writer;
    lh_write_options options;
    lh_line line;
    char *typed;    /* the text, single blanks; one at its end says that the last word is whole */
    lh_words words; /* of `typed` */
    bool finished;  /* the last word is whole without a blank behind it */
    size_t next;    /* the character to go on with */
    char *written;  /* the text written so far */
    lh_ink ink;     /* views of the line, for lh_pen_written */
    lh_written view;
};

/* Shows the line, which may have moved in memory, through `view`. */
static lh_status refresh(lh_pen *pen, lh_error *error)
{
    const lh_line *line = &pen->line;
    const lh_word *last = line->words > 0 ? &line->word[line->words - 1] : NULL;
    size_t characters = last ? (size_t)(last->character + last->count) : 0;
    size_t bytes = lh_words_byte(pen->words.text, characters);
    char *text = realloc(pen->written, bytes + 1);
    if (!text)
        return lh_fail_memory(error, "a text");
    memcpy(text, pen->words.text, bytes);
    text[bytes] = '\0';
    pen->written = text;
    for (size_t i = 0; i < line->words; i++) {
        lh_word *word = &line->word[i];
        const lh_word *before = i > 0 ? word - 1 : NULL;
        word->byte = before ? before->byte + before->bytes + 1 : 0;
        word->bytes = lh_words_byte(text + word->byte, (size_t)word->count);
    }
    pen->ink = (lh_ink){.points = line->ink.point, .count = line->ink.count};
    pen->view = (lh_written){
        .text = text,
        .ink = &pen->ink,
    };
    lh_line_show(line, &pen->view);
    return LH_OK;
}

lh_pen *lh_pen_new(const lh_writer *writer, const lh_write_options *options, uint64_t index,
                   lh_error *error)
{
    LH_NEED(error, writer && options, NULL);
    LH_OWN_ERROR(error);
    if (lh_write_options_check(options, error) != LH_OK)
        return NULL;
    lh_pen *pen = calloc(1, sizeof *pen);
    if (!pen) {
        lh_fail_memory(error, "a pen");
        return NULL;
    }
    pen->writer = writer;
    pen->options = *options;
    lh_line_init(&pen->line, writer->model, &pen->options, &writer->start, index);
    pen->typed = calloc(1, 1);
    if (!pen->typed)
        lh_fail_memory(error, "a pen");
    else if (lh_words_read(&pen->words, &writer->model->alphabet, "", error) == LH_OK &&
             refresh(pen, error) == LH_OK)
        return pen;
    lh_pen_free(pen);
    return NULL;
}

void lh_pen_free(lh_pen *pen)
{
    if (!pen)
        return;
    lh_line_clear(&pen->line);
    lh_words_clear(&pen->words);
    free(pen->typed);
    free(pen->written);
    free(pen);
}

/* ---- the text changes -------------------------------------------------------------------------
 */

/* Does the written word still stand in the text? */
static bool word_stands(const lh_words *words, const lh_word *word, size_t same)
{
    size_t end = (size_t)(word->character + word->count);
    return end <= same && (end == words->count || words->character[end] == words->blank);
}

/* Takes back all from the first word that no longer stands; `same` characters are as before. */
static void take_back(lh_pen *pen, size_t same)
{
    lh_line *line = &pen->line;
    size_t words = 0;
    while (words < line->words && word_stands(&pen->words, &line->word[words], same))
        words++;
    lh_line_cut(line, words);
    const lh_word *last = words > 0 ? &line->word[words - 1] : NULL;
    pen->next = last ? (size_t)(last->character + last->count) + 1 : 0;
    if (words == 0) { /* the next text is as if it were the first */
        lh_start_clear(&line->own);
        line->start = &pen->writer->start;
    }
}

/* Takes `typed`, which it frees on failure. */
static lh_status replace_text(lh_pen *pen, char *typed, lh_error *error)
{
    lh_words words;
    lh_status status = lh_words_read(&words, &pen->writer->model->alphabet, typed, error);
    if (status != LH_OK) {
        free(typed);
        return status;
    }
    size_t same = 0;
    while (same < words.count && same < pen->words.count &&
           words.sign[same] == pen->words.sign[same])
        same++;
    free(pen->typed);
    lh_words_clear(&pen->words);
    pen->typed = typed;
    pen->words = words;
    pen->finished = false;
    take_back(pen, same);
    return refresh(pen, error);
}

/* The first `bytes` of what was typed and then `more`, with single blanks; NULL: no memory. */
static char *join_text(const lh_pen *pen, size_t bytes, const char *more)
{
    size_t size = strlen(more);
    char *joined = malloc(bytes + size + 1);
    if (!joined)
        return NULL;
    memcpy(joined, pen->typed, bytes);
    memcpy(joined + bytes, more, size + 1);
    bool blank = bytes + size > 0 && strchr(" \t\r\n", joined[bytes + size - 1]);
    char *plain = lh_words_plain(joined);
    /* Plain text is shorter by the blank at its end at least, so there is room to put it back. */
    if (plain && *plain && blank)
        strcat(plain, " ");
    free(joined);
    return plain;
}

lh_status lh_pen_append(lh_pen *pen, const char *text, lh_error *error)
{
    LH_NEED(error, pen && text, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    char *typed = join_text(pen, strlen(pen->typed), text);
    return typed ? replace_text(pen, typed, error) : lh_fail_memory(error, "a text");
}

lh_status lh_pen_set_text(lh_pen *pen, const char *text, lh_error *error)
{
    LH_NEED(error, pen && text, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    char *typed = join_text(pen, 0, text);
    if (!typed)
        return lh_fail_memory(error, "a text");
    if (strcmp(typed, pen->typed) != 0)
        return replace_text(pen, typed, error);
    free(typed);
    return LH_OK;
}

lh_status lh_pen_truncate(lh_pen *pen, size_t character, lh_error *error)
{
    LH_NEED(error, pen, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    char *typed = join_text(pen, lh_words_byte(pen->typed, character), "");
    return typed ? replace_text(pen, typed, error) : lh_fail_memory(error, "a text");
}

void lh_pen_finish(lh_pen *pen)
{
    if (!pen)
        return;
    pen->finished = true;
}

/* ---- writing ----------------------------------------------------------------------------------
 */

void lh_pen_proofread(lh_pen *pen, const lh_reader *reader)
{
    if (!pen)
        return;
    pen->options.reader = reader;
}

/* The whole words of the text: all of it, or what stands before the last blank. */
static lh_words whole_words(const lh_pen *pen)
{
    lh_words whole = pen->words;
    size_t bytes = strlen(pen->typed);
    if (pen->finished || (bytes > 0 && pen->typed[bytes - 1] == ' '))
        return whole;
    while (whole.count > 0 && whole.character[whole.count - 1] != whole.blank)
        whole.count--;
    whole.count -= whole.count > 0;
    return whole;
}

bool lh_pen_behind(const lh_pen *pen)
{
    return pen ? pen->next < whole_words(pen).count : false;
}

lh_status lh_pen_write(lh_pen *pen, lh_error *error)
{
    LH_NEED(error, pen, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    lh_words words = whole_words(pen);
    if (pen->next >= words.count)
        return LH_OK;
    size_t end = lh_words_cut(&words, pen->next);
    lh_clerk clerk;
    lh_status status = lh_line_clerk(&pen->line, &clerk, &words, pen->next, end, error);
    if (status != LH_OK)
        return status;
    status = lh_crew_write_one(pen->writer->model, pen->line.options, &clerk, error);
    if (status == LH_OK)
        status = lh_line_take(&pen->line, &clerk, &words, error);
    lh_clerk_clear(&clerk);
    if (status != LH_OK)
        return status;
    pen->next = end + 1;
    return refresh(pen, error);
}

void lh_pen_forget(lh_pen *pen)
{
    if (!pen)
        return;
    lh_draft_forget(&pen->line.ink);
    lh_line_show(&pen->line, &pen->view);
}

const lh_written *lh_pen_written(const lh_pen *pen)
{
    return pen ? &pen->view : NULL;
}

const char *lh_pen_text(const lh_pen *pen)
{
    return pen ? pen->typed : NULL;
}
