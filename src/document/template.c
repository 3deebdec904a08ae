/* Texts from templates: see lh_table_fill in document.h. A value is text, wherever it stands. What
 * it has that the rules of texts would take for something else is written so that they do not:
 *
 *     '@' at the start of a row        "@@"
 *     the end of a row                 U+2028, which no paragraph swallows, and the row's indent
 *     one of several blanks            U+2423, which stands
 *     a backslash at the end of a row  with U+2060 behind it, which is nothing
 *     "@_" and "_@", which underline   with U+2060 between */
#include "document/table.h"

#include "base/need.h"
#include "document/row_end.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_LIMIT = 64 << 20 };

#define ROW_END "\xe2\x80\xa8"
#define STANDING_BLANK "\xe2\x90\xa3"
#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define WORD_JOINER "\xe2\x81\xa0"

typedef struct filling {
    char *text; /* so far */
    size_t size, capacity;
    const char *row; /* the template's row that is being filled */
    size_t indent;   /* bytes of blanks and tabs at its start */
    bool command;    /* it is one */
    bool starts;     /* nothing stands in the row of the text yet, ... */
    bool bare;       /* ... or nothing but blanks */
    bool missing;    /* values may be empty */
} filling;

/* No byte behind them is looked at: `bytes` may be one of a long text. */
static bool are_blanks(const char *bytes, size_t length)
{
    size_t i = 0;
    while (i < length && (bytes[i] == ' ' || bytes[i] == '\t'))
        i++;
    return i == length;
}

static lh_status add(filling *f, const char *bytes, size_t length, lh_error *error)
{
    if (length > TEXT_LIMIT - f->size)
        return lh_fail(error, LH_ERROR_ARGUMENT, "it would be a text of more than %d MB",
                       TEXT_LIMIT >> 20);
    if (f->size + length >= f->capacity) {
        size_t capacity = 2 * (f->size + length) + 256;
        char *larger = realloc(f->text, capacity);
        if (!larger)
            return lh_fail_memory(error, "a text");
        f->text = larger;
        f->capacity = capacity;
    }
    memcpy(f->text + f->size, bytes, length);
    f->size += length;
    f->text[f->size] = '\0';
    f->bare = (f->bare || f->starts) && are_blanks(bytes, length);
    f->starts = f->starts && length == 0;
    return LH_OK;
}

/* "@{handle}": a value may be what a command takes, but does not name one, so that the row is text.
 */
static bool is_named_by_value(const char *row)
{
    const size_t name = 1 + strcspn(row + 1, " \t\r\n\f{");
    return row[name] == '{' && row[name + 1] != '{';
}

/* What underlines opens no command (manuscript.c). */
static bool begins_command(const char *row)
{
    return row[0] == '@' && row[1] != '@' && row[1] != '_' && !is_named_by_value(row);
}

static void begin_row(filling *f, const char *row)
{
    f->row = row;
    f->indent = strspn(row, " \t");
    f->command = begins_command(row);
    f->starts = true;
    f->bare = false;
}

/* ---- values -----------------------------------------------------------------------------------
 */

static bool after_blank(const filling *f)
{
    const char *end = f->text + f->size;
    return (f->size >= 1 && end[-1] == ' ') ||
           (f->size >= 3 && memcmp(end - 3, STANDING_BLANK, 3) == 0);
}

static lh_status end_row_of_value(filling *f, const char *bytes, size_t length, lh_error *error)
{
    if (f->command)
        return lh_fail(error, LH_ERROR_ARGUMENT, "a value of several rows stands in a command");
    bool paragraph = strncmp(bytes, "\xe2\x80\xa9", 3) == 0;
    lh_status status =
        add(f, paragraph ? bytes : ROW_END, paragraph ? length : strlen(ROW_END), error);
    f->starts = true;
    f->bare = false;
    return status == LH_OK ? add(f, f->row, f->indent, error) : status;
}

/* One byte of a value, or the end of a row in it; moves `*at` on. `behind` is what the template has
 * after the value. */
static lh_status add_of_value(filling *f, const char **at, const char *behind, lh_error *error)
{
    size_t end = lh_row_end(*at);
    const char *byte = *at, *next = byte[1] ? byte + 1 : behind;
    *at += end ? end : 1;
    if (end)
        return end_row_of_value(f, byte, end, error);
    if (f->command)
        return add(f, byte, 1, error);
    if (*byte == '@' && f->starts)
        return add(f, "@@", 2, error);
    if (*byte == ' ' && !f->starts && !f->bare && (*next == ' ' || after_blank(f)))
        return add(f, STANDING_BLANK, strlen(STANDING_BLANK), error);
    lh_status status = LH_OK;
    if (f->size > 0 && ((*byte == '_' && f->text[f->size - 1] == '@') ||
                        (*byte == '@' && f->text[f->size - 1] == '_')))
        status = add(f, WORD_JOINER, strlen(WORD_JOINER), error);
    if (status == LH_OK)
        status = add(f, byte, 1, error);
    if (*byte == '\\' && status == LH_OK && (!*next || lh_row_end(next)))
        status = add(f, WORD_JOINER, strlen(WORD_JOINER), error);
    return status;
}

/* ---- templates --------------------------------------------------------------------------------
 */

/* A byte of the template itself, or the end of a row. */
static lh_status add_of_template(filling *f, const char **at, lh_error *error)
{
    size_t end = lh_row_end(*at), length = end ? end : 1;
    /* At the start of a row, and no command: values before it were empty, or one would name it. */
    const bool other = *at != f->row || ((*at)[1] != '@' && !f->command);
    bool text = **at == '@' && (*at)[1] != '_' && f->starts && other;
    lh_status status = text ? add(f, "@", 1, error) : LH_OK;
    if (status == LH_OK)
        status = add(f, *at, length, error);
    *at += (*at)[0] == (*at)[1] && strchr("{}", **at) ? 2 : length;
    if (end)
        begin_row(f, *at);
    return status;
}

static lh_status refuse_column(const lh_table *table, const char *at, lh_error *error)
{
    char names[300];
    size_t length = strcspn(at, "\n}");
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "'%.*s' names no column of %s; there are %s ({{ is a brace)",
                   (int)(length < 200 ? length + (at[length] == '}') : 200), at, table->name,
                   lh_table_columns(table, names, sizeof names));
}

/* "{column}" at `*at`. */
static lh_status add_column(filling *f, const lh_table *table, size_t row, const char **at,
                            lh_error *error)
{
    const char *name = *at + 1;
    const size_t length = strcspn(name, "{}"), first = strspn(name, " \t");
    size_t end = length;
    while (end > first && strchr(" \t", name[end - 1]))
        end--;
    const char *value = name[length] == '}' && end > first
                            ? lh_table_find(table, row, name + first, end - first)
                            : NULL;
    if (!value)
        return refuse_column(table, *at, error);
    if (!*value && !f->missing && !f->command) /* a command may go without */
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s, row %zu: no value for '%.*s'", table->name,
                       table->line[row], end - first < 80 ? (int)(end - first) : 80, name + first);
    while (f->size == 0 && strncmp(value, BYTE_ORDER_MARK, 3) == 0)
        value += 3; /* it would hide what is behind it from the rules here */
    lh_status status = LH_OK;
    while (*value && status == LH_OK)
        status = add_of_value(f, &value, name + length + 1, error);
    *at = status == LH_OK ? name + length + 1 : *at;
    return status;
}

/* Tells of `inner` with the place of `at` in the template. */
static void fail_at(const char *text, const char *at, const lh_error *inner, lh_error *error)
{
    size_t line = 1, column = 1;
    for (; text < at; text++) {
        line += *text == '\n';
        column = *text == '\n' ? 1 : column + ((*text & 0xc0) != 0x80);
    }
    lh_fail(error, inner->status, "row %zu, column %zu: %s", line, column, inner->message);
}

char *lh_table_fill(const lh_table *table, size_t row, const char *text, lh_error *error)
{
    LH_NEED(error, table && row >= 1 && row <= table->rows && text, NULL);
    return lh_template_fill(table, row, text, true, error);
}

char *lh_template_fill(const lh_table *table, size_t row, const char *text, bool missing,
                       lh_error *error)
{
    filling f = {.missing = missing};
    lh_error inner;
    lh_status status = add(&f, "", 0, &inner);
    const char *at = text + (strncmp(text, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0);
    begin_row(&f, at);
    while (*at && status == LH_OK) {
        bool column = at[0] == '{' && at[1] != '{';
        status =
            column ? add_column(&f, table, row, &at, &inner) : add_of_template(&f, &at, &inner);
    }
    if (status == LH_OK)
        return f.text;
    fail_at(text, at, &inner, error);
    free(f.text);
    return NULL;
}
