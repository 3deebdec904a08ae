/* A text as it is to be written: see manuscript.h; the rules are those of document.h. */
#include "document/manuscript.h"

#include "base/need.h"
#include "document/gather.h"
#include "document/lists.h"
#include "document/row_end.h"
#include "document/underline.h"

#include <stdlib.h>
#include <string.h>

typedef struct reader {
    lh_text_cursor at;
    const lh_manuscript_options *options;
    lh_letters letters;
    lh_gathering next;   /* the passage in the making */
    bool joins;          /* with reflow: the next row goes on where the last one ended */
    bool item;           /* with reflow: what it goes on with is an item of a list */
    const char *box;     /* where a box to tick stands in the row; NULL: nowhere */
    const char *literal; /* an '@' that is one; NULL: each is looked at */
    int blocks;          /* at the right margin, so far */
} reader;

/* ---- commands ---------------------------------------------------------------------------------
 */

/* A block at the right margin or over all columns ends. */
static lh_status end_block(reader *r, lh_error *error)
{
    lh_manner manner = r->next.to->manner[r->next.manner];
    if (manner.block == 0 && !manner.across)
        return LH_OK;
    manner.block = 0;
    manner.across = false;
    return lh_gather_manner(&r->next, manner, error);
}

static lh_status read_words(reader *r, int indent, bool begins_row, bool *hard, lh_error *error);

/* The rest of a row, written as `manner` has it. */
static lh_status read_heading(reader *r, lh_manner manner, lh_error *error)
{
    const size_t before = r->next.manner;
    bool hard;
    lh_status status = lh_gather_manner(&r->next, manner, error);
    r->next.rows++;
    r->next.heading = true;
    r->next.mark = -1;
    r->literal = NULL;
    if (status == LH_OK)
        status = read_words(r, 0, true, &hard, error);
    if (status == LH_OK)
        status = lh_gather_end(&r->next, 0, 0, true, error);
    r->next.heading = false;
    r->next.manner = before;
    return status;
}

/* Obeys what stands in `row`, which is the text's row without its '@'. `*length` is how much of the
 * text's row that takes. */
static lh_status obey(reader *r, char *row, size_t *length, lh_error *error)
{
    lh_manner manner = r->next.to->manner[r->next.manner];
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
        r->next.page = true;
        r->next.rows = 0;
        return LH_OK;
    case LH_COMMAND_BLOCK:
        manner.block = ++r->blocks;
        return lh_gather_manner(&r->next, manner, error);
    case LH_COMMAND_ACROSS:
        manner.across = true;
        return lh_gather_manner(&r->next, manner, error);
    case LH_COMMAND_HEADING:
        *length = 0;
        r->at.at += 1 + (value - row);
        r->at.column += (size_t)(1 + (value - row));
        return read_heading(r, manner, error);
    default:
        return lh_gather_manner(&r->next, manner, error);
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
    return !*at || lh_row_end(at) > 0;
}

/* Moves behind a row's end: a form feed begins a page, U+2029 a paragraph. */
static void pass_row_end(reader *r)
{
    const char *at = r->at.at;
    if (*at == '\f') {
        r->next.page = true;
        r->next.rows = 0;
        at += at[1] == '\n' || (at[1] == '\r' && at[2] == '\n');
    }
    r->next.rows += strncmp(at, "\xe2\x80\xa9", 3) == 0;
    r->at.at = at + lh_row_end(at);
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
    const lh_gathered *w = &r->next.words;
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
    *status = lh_gather_end(&r->next, indent, tabs, *begins_row, error);
    *begins_row = false;
    r->next.blanks = count;
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
            bool first = begins_row && r->next.words.size == 0;
            const int before = tabs;
            tabs = r->next.words.size > 0 ? 0 : tabs; /* counted from what stands before them */
            status = lh_gather_end(&r->next, indent, before, begins_row, error);
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
        if (from.at != r->literal && !r->options->bare)
            status =
                lh_underline_read(&r->next.words.under, &r->at, r->next.words.size, &markup, error);
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
            status = lh_gather_letters(&r->next, letters, &from, error);
    }
    *hard = ends_hard(start, r->at.at) || *r->at.at == '\f' || (unsigned char)*r->at.at == 0xe2;
    if (status != LH_OK || (r->options->reflow && !*hard && tabs == 0))
        return status;
    return lh_gather_end(&r->next, indent, tabs, begins_row, error);
}

/* With reflow a paragraph's words are gathered until something ends it. */
static lh_status end_paragraph(reader *r, int indent, lh_error *error)
{
    r->joins = false;
    return lh_gather_end(&r->next, indent, 0, true, error);
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
    bool hard = false, bare = r->options->bare;
    bool escaped = !bare && strncmp(r->at.at, "@@", 2) == 0;
    lh_status status = LH_OK;
    if (*r->at.at == '@' && !bare && !escaped && !lh_underline_opens(r->at.at)) {
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
        status = lh_gather_letters(&r->next, " ", &r->at, error);
    } else {
        r->next.rows++;
        *indent = columns;
        r->next.mark = mark.words > 0 ? mark.words : -1;
        r->box = mark.box;
        r->item = mark.words > 0;
    }
    if (status != LH_OK || blank)
        return status;
    status = read_words(r, *indent, true, &hard, error);
    r->joins = r->options->reflow && !hard && r->next.words.size > 0;
    return status;
}

lh_status lh_manuscript_read(lh_manuscript *manuscript, const char *text,
                             const lh_manuscript_options *options, lh_error *error)
{
    LH_OWN_ERROR(error);
    *manuscript = (lh_manuscript){0};
    const char *const given = text;
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3; /* a byte order mark says nothing in UTF-8 */
    reader r = {.at = {text, 1, 1},
                .options = options,
                .next = {.to = manuscript, .text = given, .mark = -1}};
    r.letters = (lh_letters){.alphabet = options->alphabet,
                             .signs = options->signs,
                             .replaced = &manuscript->replaced,
                             .skipped = options->skip_unknown ? &manuscript->skipped : NULL};
    lh_status status = lh_gather_manner(&r.next, lh_manner_of_desk, error);
    int indent = 0;
    while (status == LH_OK && *r.at.at) {
        status = read_row(&r, &indent, error);
        if (status == LH_OK && *r.at.at)
            pass_row_end(&r);
    }
    if (status == LH_OK)
        status = lh_gather_end(&r.next, indent, 0, true, error);
    manuscript->unclosed = r.next.words.under.unclosed;
    lh_gather_clear(&r.next);
    return status;
}
