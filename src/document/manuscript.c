/* A text as it is to be written: see manuscript.h; the rules are those of document.h. */
#include "document/manuscript.h"

#include "base/need.h"
#include "document/lists.h"
#include "document/underline.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORD_MAX = 1000, /* characters of a word; its time grows with their square */
};

/* Room for a row's words as they are read. */
typedef struct words {
    char *text;
    size_t size, capacity;
    size_t line, column; /* of the first */
    lh_stretches under;  /* of the bytes, those that are underlined */
} words;

typedef struct reader {
    lh_text_cursor at;
    const lh_manuscript_options *options;
    lh_letters letters;
    lh_manuscript *to;
    words words;     /* of the passage in the making */
    size_t manner;   /* as '@' rows have set it */
    int rows;        /* down from the passage before */
    int blanks;      /* that stand before the passage in the making */
    bool page;       /* a new page begins */
    bool joins;      /* with reflow: the next row goes on where the last one ended */
    bool item;       /* with reflow: what it goes on with is an item of a list */
    bool heading;    /* the row is one */
    int mark;        /* words of a list's mark that are still to come in the row; -1: it has none */
    const char *box; /* where a box to tick stands in the row; NULL: nowhere */
    const char *literal; /* an '@' that is one; NULL: each is looked at */
    int blocks;          /* at the right margin, so far */
} reader;

/* ---- passages ---------------------------------------------------------------------------------
 */

static lh_status add_text(words *to, const char *text, lh_error *error)
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

/* Adds letters to the words; blanks are single. */
static lh_status add_letters(words *to, const char *letters, const lh_text_cursor *from,
                             lh_error *error)
{
    lh_status status = LH_OK;
    if (to->size == 0 && letters[strspn(letters, " ")]) {
        to->line = from->line;
        to->column = from->column;
    }
    for (; *letters && status == LH_OK; letters++) {
        const char one[2] = {*letters, '\0'};
        bool again = *letters == ' ' && (to->size == 0 || to->text[to->size - 1] == ' ');
        status = again ? LH_OK : add_text(to, one, error);
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
static lh_status check_words(const words *w, lh_error *error)
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

/* The words read so far end here and become a passage, unless there are none. */
static lh_status end_passage(reader *r, int indent, int tabs, bool begins_row, lh_error *error)
{
    words *w = &r->words;
    while (w->size > 0 && w->text[w->size - 1] == ' ')
        w->text[--w->size] = '\0';
    int blanks = r->blanks;
    r->blanks = 0;
    if (w->size == 0)
        return LH_OK;
    lh_status status = check_words(w, error);
    if (status != LH_OK)
        return status;
    size_t count = 1;
    for (const char *c = w->text; *c; c++)
        count += *c == ' ';
    lh_passage passage = {
        .heading = r->heading,
        .hangs = r->mark >= 0 && (size_t)r->mark < count,
        .mark = r->mark,
        .manner = r->manner,
        .rows = begins_row ? r->rows : 0,
        .page = r->page,
        .indent = indent,
        .block = indent > LH_FIRST_ROW_INDENT,
        .tabs = blanks ? 0 : tabs,
        .blanks = blanks,
        .line = w->line,
        .column = w->column,
    };
    r->mark = r->mark < 0 || passage.hangs ? -1 : r->mark - (int)count;
    passage.text = strdup(w->text);
    status = passage.text
                 ? lh_underline_words(&w->under, w->text, count, &passage.underlined, error)
                 : lh_fail_memory(error, "a text");
    if (status == LH_OK)
        status = add_passage(r->to, passage, error);
    if (status != LH_OK) {
        free(passage.text);
        free(passage.underlined);
    }
    r->rows = 0;
    r->page = false;
    w->size = 0;
    return status;
}

/* ---- commands ---------------------------------------------------------------------------------
 */

static lh_status add_manner(reader *r, lh_manner manner, lh_error *error)
{
    lh_manuscript *to = r->to;
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
    r->manner = to->manners;
    to->manner[to->manners++] = manner;
    return LH_OK;
}

/* A block at the right margin ends. */
static lh_status end_block(reader *r, lh_error *error)
{
    lh_manner manner = r->to->manner[r->manner];
    if (manner.block == 0)
        return LH_OK;
    manner.block = 0;
    return add_manner(r, manner, error);
}

static lh_status read_words(reader *r, int indent, bool begins_row, bool *hard, lh_error *error);

/* The rest of a row, written as `manner` has it. */
static lh_status read_heading(reader *r, lh_manner manner, lh_error *error)
{
    const size_t before = r->manner;
    bool hard;
    lh_status status = add_manner(r, manner, error);
    r->rows++;
    r->heading = true;
    r->mark = -1;
    r->literal = NULL;
    if (status == LH_OK)
        status = read_words(r, 0, true, &hard, error);
    if (status == LH_OK)
        status = end_passage(r, 0, 0, true, error);
    r->heading = false;
    r->manner = before;
    return status;
}

/* Obeys what stands in `row`, which is the text's row without its '@'. `*length` is how much of the
 * text's row that takes. */
static lh_status obey(reader *r, char *row, size_t *length, lh_error *error)
{
    lh_manner manner = r->to->manner[r->manner];
    lh_command_effect effect;
    const size_t name = strcspn(row, " \t");
    char *value = row + name + strspn(row + name, " \t");
    if (*value)
        row[name] = '\0';
    lh_status status = lh_command_obey(row, value, &manner, &effect, error);
    if (status != LH_OK)
        return status;
    switch (effect) {
    case LH_COMMAND_PAGE:
        r->page = true;
        r->rows = 0;
        return LH_OK;
    case LH_COMMAND_BLOCK:
        manner.block = ++r->blocks;
        return add_manner(r, manner, error);
    case LH_COMMAND_HEADING:
        *length = 0;
        r->at.at += 1 + (value - row);
        r->at.column += (size_t)(1 + (value - row));
        return read_heading(r, manner, error);
    default:
        return add_manner(r, manner, error);
    }
}

/* A row "@command value". */
static lh_status read_command(reader *r, lh_error *error)
{
    size_t line = r->at.line, length = strcspn(r->at.at, "\r\n\f");
    char *row = strndup(r->at.at + 1, length - 1);
    if (!row)
        return lh_fail_memory(error, "a text's commands");
    for (size_t end = strlen(row); end > 0 && strchr(" \t", row[end - 1]); end--)
        row[end - 1] = '\0';
    lh_error inner = {.message = ""};
    lh_status status = obey(r, row, &length, &inner);
    if (status != LH_OK && length == 0) /* words of a heading have their place */
        lh_fail(error, status, "%s", inner.message);
    else if (status != LH_OK)
        lh_fail(error, status, "row %zu: %s", line, inner.message);
    free(row);
    r->at.at += length;
    r->joins = false;
    return status;
}

/* ---- rows -------------------------------------------------------------------------------------
 */

static bool at_row_end(const char *at)
{
    return !*at || *at == '\n' || *at == '\r' || *at == '\f' || *at == '\v' ||
           strncmp(at, "\xe2\x80\xa8", 3) == 0 || strncmp(at, "\xe2\x80\xa9", 3) == 0;
}

/* Moves behind a row's end: a form feed begins a page, U+2029 a paragraph. */
static void pass_row_end(reader *r)
{
    const char *at = r->at.at;
    if (*at == '\f') {
        r->page = true;
        r->rows = 0;
        at += at[1] == '\n' || (at[1] == '\r' && at[2] == '\n');
    }
    r->rows += strncmp(at, "\xe2\x80\xa9", 3) == 0;
    r->at.at = at + (*at == '\r' && at[1] == '\n' ? 2 : (unsigned char)*at == 0xe2 ? 3 : 1);
    r->at.line++;
    r->at.column = 1;
}

/* The blanks and tabs at the start of a row, in columns. */
static int read_indent(reader *r)
{
    int columns = 0;
    for (; *r->at.at == ' ' || *r->at.at == '\t'; r->at.at++, r->at.column++) {
        if (columns < 1000)
            columns += *r->at.at == ' ' ? 1 : LH_TAB_COLUMNS - columns % LH_TAB_COLUMNS;
    }
    return columns;
}

/* With reflow: a row whose end is one of the text. */
static bool ends_hard(const char *start, const char *end)
{
    return (end - start >= 2 && end[-1] == ' ' && end[-2] == ' ') ||
           (end > start && end[-1] == '\\');
}

static bool is_open_box(const char *at)
{
    return strncmp(at, "\xe2\x90\xa3", 3) == 0;
}

/* A run of blanks at `at`, `*end` behind it; how many, if there are several that stand: those of a
 * paragraph whose rows are joined do where open boxes are among them. */
static int standing_blanks(const char *at, bool reflow, const char **end)
{
    int count = 0;
    bool stand = !reflow;
    for (;; count += count < 1000) {
        bool box = is_open_box(at);
        if (!box && *at != ' ')
            break;
        stand = stand || box;
        at += box ? 3 : 1;
    }
    *end = at;
    return stand && count > 1 ? count : 0;
}

/* Blanks that stand, in a row whose words have begun: what follows is a passage of its own. False:
 * there are none here. */
static bool read_standing_blanks(reader *r, int indent, int tabs, bool *begins_row,
                                 lh_status *status, lh_error *error)
{
    const words *w = &r->words;
    const char *end;
    /* Once for each run: behind its first blank it is known. */
    if (w->size == 0 || w->text[w->size - 1] == ' ')
        return false;
    int count = standing_blanks(r->at.at, r->options->reflow, &end);
    if (count == 0)
        return false;
    r->at.column += (size_t)count;
    r->at.at = end;
    if (at_row_end(end))
        return true;
    *status = end_passage(r, indent, tabs, *begins_row, error);
    *begins_row = false;
    r->blanks = count;
    return true;
}

/* The rest of a row, behind its indent. */
static lh_status read_words(reader *r, int indent, bool begins_row, bool *hard, lh_error *error)
{
    const char *start = r->at.at;
    char letters[LH_LETTERS_MAX];
    lh_status status = LH_OK;
    int tabs = 0;
    while (status == LH_OK && !at_row_end(r->at.at)) {
        lh_text_cursor from = r->at;
        if (*from.at == '\t') {
            bool first = begins_row && r->words.size == 0;
            const int before = tabs;
            tabs = r->words.size > 0 ? 0 : tabs; /* counted from what stands before them */
            status = end_passage(r, indent, before, begins_row, error);
            begins_row = first;
            tabs++;
            r->at.at++;
            r->at.column++;
            while (*r->at.at == '\t' && tabs < 100) {
                tabs++;
                r->at.at++;
                r->at.column++;
            }
            continue;
        }
        bool backslash = r->options->reflow && *from.at == '\\' && at_row_end(from.at + 1);
        bool joiner = strncmp(from.at, "\xe2\x81\xa0", 3) == 0;
        if (backslash || joiner) {
            r->at.at += joiner ? 3 : 1;
            continue;
        }
        bool markup = false;
        if (from.at != r->literal)
            status = lh_underline_read(&r->words.under, &r->at, r->words.size, &markup, error);
        if (markup)
            continue;
        if (read_standing_blanks(r, indent, tabs, &begins_row, &status, error))
            continue;
        if (from.at == r->box) {
            strcpy(letters, lh_list_box(from.at));
            r->at.at += 3;
            r->at.column += 3;
        } else if (is_open_box(from.at)) {
            strcpy(letters, " ");
            r->at.at += 3;
            r->at.column++;
        } else {
            status = lh_letters_next(&r->letters, &r->at, letters, error);
        }
        if (status == LH_OK)
            status = add_letters(&r->words, letters, &from, error);
    }
    lh_underline_end(&r->words.under, r->words.size);
    *hard = ends_hard(start, r->at.at) || *r->at.at == '\f' || (unsigned char)*r->at.at == 0xe2;
    if (status != LH_OK || (r->options->reflow && !*hard && tabs == 0))
        return status;
    return end_passage(r, indent, tabs, begins_row, error);
}

/* With reflow a paragraph's words are gathered until something ends it. */
static lh_status end_paragraph(reader *r, int indent, lh_error *error)
{
    r->joins = false;
    return end_passage(r, indent, 0, true, error);
}

/* The mark of a list at `row`; one that counts does not begin a list inside a paragraph, unless it
 * is its first (as in CommonMark 0.31, section 5.3). */
static lh_list_mark find_mark(const reader *r, const char *row)
{
    lh_list_mark mark = lh_list_mark_find(row);
    if (r->joins && !r->item && mark.number > 1)
        mark = (lh_list_mark){0};
    if (mark.box && !lh_can_write(r->options->alphabet, 0x2610))
        mark.box = NULL;
    return mark;
}

/* Does the row go on with the paragraph before? */
static bool goes_on(const reader *r, bool blank, int columns, const lh_list_mark *mark)
{
    return r->joins && !blank && mark->words == 0 && (columns == 0 || r->item);
}

static lh_status read_row(reader *r, int *indent, lh_error *error)
{
    bool hard = false, escaped = strncmp(r->at.at, "@@", 2) == 0;
    lh_status status = LH_OK;
    if (*r->at.at == '@' && !escaped && !lh_underline_opens(r->at.at)) {
        status = end_paragraph(r, *indent, error);
        return status == LH_OK ? read_command(r, error) : status;
    }
    r->at.at += escaped;
    r->literal = escaped ? r->at.at : NULL;
    int columns = read_indent(r);
    const bool blank = at_row_end(r->at.at);
    const lh_list_mark mark = find_mark(r, r->at.at);
    const bool on = goes_on(r, blank, columns, &mark);
    if (r->joins && !on)
        status = end_paragraph(r, *indent, error);
    if (status == LH_OK && blank)
        status = end_block(r, error);
    if (status != LH_OK)
        return status;
    if (on) {
        status = add_letters(&r->words, " ", &r->at, error);
    } else {
        r->rows++;
        *indent = columns;
        r->mark = mark.words > 0 ? mark.words : -1;
        r->box = mark.box;
        r->item = mark.words > 0;
    }
    if (status != LH_OK || blank)
        return status;
    status = read_words(r, *indent, true, &hard, error);
    r->joins = r->options->reflow && !hard && r->words.size > 0;
    return status;
}

lh_status lh_manuscript_read(lh_manuscript *manuscript, const char *text,
                             const lh_manuscript_options *options, lh_error *error)
{
    LH_OWN_ERROR(error);
    *manuscript = (lh_manuscript){0};
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3; /* a byte order mark says nothing in UTF-8 */
    reader r = {.at = {text, 1, 1}, .options = options, .to = manuscript, .mark = -1};
    r.letters = (lh_letters){.alphabet = options->alphabet,
                             .signs = options->signs,
                             .replaced = &manuscript->replaced,
                             .skipped = options->skip_unknown ? &manuscript->skipped : NULL};
    lh_status status = add_manner(&r, lh_manner_of_desk, error);
    int indent = 0;
    while (status == LH_OK && *r.at.at) {
        status = read_row(&r, &indent, error);
        if (status == LH_OK && *r.at.at)
            pass_row_end(&r);
    }
    if (status == LH_OK)
        status = end_passage(&r, indent, 0, true, error);
    free(r.words.text);
    lh_stretches_clear(&r.words.under);
    return status;
}

void lh_manuscript_clear(lh_manuscript *manuscript)
{
    for (size_t i = 0; i < manuscript->passages; i++) {
        free(manuscript->passage[i].text);
        free(manuscript->passage[i].underlined);
    }
    for (size_t i = 0; i < manuscript->manners; i++)
        free(manuscript->manner[i].style);
    free(manuscript->passage);
    free(manuscript->manner);
    lh_replaced_clear(&manuscript->replaced);
    *manuscript = (lh_manuscript){0};
}
