/* Words are gathered until they become a passage: see gather.h. */
#include "document/gather.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORD_MAX = 1000, /* characters of a word; its time grows with their square */
};

/* ---- passages ---------------------------------------------------------------------------------
 */

static lh_status add_text(lh_gathered *to, const char *text, lh_error *error)
{
    size_t length = strlen(text);
    if (to->size + length + 1 > to->capacity) {
        size_t capacity = 2 * (to->size + length) + 64;
        char *larger = realloc(to->text, capacity);
        if (!larger)
            return lh_fail_memory(error, "a text");
        to->text = larger;
        to->capacity = capacity;
    }
    memcpy(to->text + to->size, text, length + 1);
    to->size += length;
    return LH_OK;
}

static lh_status add_place(lh_gathered *to, size_t byte, lh_error *error)
{
    if (to->characters == to->byte_capacity) {
        size_t capacity = 2 * to->characters + 64;
        size_t *larger = realloc(to->byte, capacity * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "a text");
        to->byte = larger;
        to->byte_capacity = capacity;
    }
    to->byte[to->characters++] = byte;
    return LH_OK;
}

static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Would `letters` that stand for one sign change a number before them, or one that was made for the
 * sign before change that of `letters`? "1" and "1/3" must not read 11/3. A digit that stands for a
 * digit of another script goes on with its number. */
static bool parts_numbers(const lh_gathered *to, const char *letters)
{
    if (to->size == 0 || !is_digit(to->text[to->size - 1]) || !is_digit(*letters))
        return false;
    const size_t *byte = to->byte + to->characters - 1;
    const bool made = to->characters > 1 && byte[0] == byte[-1];
    return made || letters[strspn(letters, "0123456789")];
}

lh_status lh_gather_letters(lh_gathering *g, const char *letters, const lh_text_cursor *from,
                            lh_error *error)
{
    lh_gathered *to = &g->words;
    if (parts_numbers(to, letters)) {
        lh_status status = lh_gather_letters(g, " ", from, error);
        if (status != LH_OK)
            return status;
    }
    lh_status status = LH_OK;
    if (to->size == 0 && letters[strspn(letters, " ")]) {
        to->line = from->line;
        to->column = from->column;
    }
    for (; *letters && status == LH_OK; letters++) {
        const char one[2] = {*letters, '\0'};
        bool again = *letters == ' ' && (to->size == 0 || to->text[to->size - 1] == ' ');
        status = again ? LH_OK : add_text(to, one, error);
        if (status == LH_OK && !again && begins_character(*letters))
            status = add_place(to, (size_t)(from->at - g->text), error);
    }
    return status;
}

static lh_status add_passage(lh_manuscript *to, lh_passage passage, lh_error *error)
{
    if (to->passages == to->passage_capacity) {
        size_t capacity = 2 * to->passage_capacity + 32;
        lh_passage *larger = realloc(to->passage, capacity * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "a text");
        to->passage = larger;
        to->passage_capacity = capacity;
    }
    to->passage[to->passages++] = passage;
    return LH_OK;
}

/* No word may be too long to be written. */
static lh_status check_words(const lh_gathered *w, lh_error *error)
{
    size_t length = 0, character = 0;
    for (const char *at = w->text; *at; character++) {
        length = *at == ' ' ? 0 : length + 1;
        if (length > WORD_MAX)
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "row %zu, column %zu: a word of more than %d characters is not written "
                           "in one go; blanks in it will do",
                           w->line, w->column + character - WORD_MAX, WORD_MAX);
        lh_utf8_next(&at);
    }
    return LH_OK;
}

lh_status lh_gather_end(lh_gathering *g, int indent, int tabs, bool begins_row, lh_error *error)
{
    lh_gathered *w = &g->words;
    for (; w->size > 0 && w->text[w->size - 1] == ' '; w->characters--)
        w->text[--w->size] = '\0';
    int blanks = g->blanks;
    g->blanks = 0;
    if (w->size == 0)
        return LH_OK;
    lh_status status = check_words(w, error);
    if (status != LH_OK)
        return status;
    size_t count = 1;
    for (const char *c = w->text; *c; c++)
        count += *c == ' ';
    lh_passage passage = {
        .heading = g->heading,
        .hangs = g->mark >= 0 && (size_t)g->mark < count,
        .mark = g->mark,
        .manner = g->manner,
        .rows = begins_row ? g->rows : 0,
        .page = g->page,
        .indent = indent,
        .block = indent > LH_FIRST_ROW_INDENT,
        .tabs = blanks ? 0 : tabs,
        .blanks = blanks,
        .line = w->line,
        .column = w->column,
    };
    g->mark = g->mark < 0 || passage.hangs ? -1 : g->mark - (int)count;
    passage.text = strdup(w->text);
    passage.byte = malloc(w->characters * sizeof *passage.byte);
    if (passage.byte)
        memcpy(passage.byte, w->byte, w->characters * sizeof *passage.byte);
    status = passage.text && passage.byte
                 ? lh_underline_words(&w->under, w->text, count, &passage.underlined, error)
                 : lh_fail_memory(error, "a text");
    if (status == LH_OK)
        status = add_passage(g->to, passage, error);
    if (status != LH_OK) {
        free(passage.text);
        free(passage.byte);
        free(passage.underlined);
    }
    g->rows = 0;
    g->page = false;
    w->size = w->characters = 0;
    return status;
}

/* ---- manners ----------------------------------------------------------------------------------
 */

lh_status lh_gather_manner(lh_gathering *g, lh_manner manner, lh_error *error)
{
    lh_manuscript *to = g->to;
    if (to->manners == to->manner_capacity) {
        size_t capacity = 2 * to->manner_capacity + 4;
        lh_manner *larger = realloc(to->manner, capacity * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "a text's commands");
        to->manner = larger;
        to->manner_capacity = capacity;
    }
    char *style = manner.style ? strdup(manner.style) : NULL;
    if (manner.style && !style)
        return lh_fail_memory(error, "a text's commands");
    manner.style = style;
    g->manner = to->manners;
    to->manner[to->manners++] = manner;
    return LH_OK;
}

void lh_gather_clear(lh_gathering *g)
{
    free(g->words.text);
    free(g->words.byte);
    lh_stretches_clear(&g->words.under);
}
