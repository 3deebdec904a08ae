/* Tables of comma or tab separated values (RFC 4180), and templates that they fill. */
#include <longhand/document.h>

#include "base/need.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 256 << 20 };

/* A walk over the text of a table: values are unquoted in place, so what is written never passes
 * what is read. */
typedef struct reader {
    const char *name;
    char separator;
    char *at;    /* next to read */
    size_t line; /* of `at`, from 1 */
    char ended;  /* what stood behind the value just read: the separator, '\n' or '\0' */
} reader;

void lh_table_free(lh_table *table)
{
    if (!table)
        return;
    free(table->text);
    free(table->cell);
    free(table->line);
    free(table);
}

/* ---- reading ----------------------------------------------------------------------------------
 */

static char *read_quoted(reader *r, lh_error *error)
{
    size_t began = r->line;
    char *value = ++r->at, *out = value;
    for (; *r->at; r->at++) {
        if (*r->at == '"' && r->at[1] != '"')
            break;
        r->at += *r->at == '"';
        r->line += *r->at == '\n';
        *out++ = *r->at;
    }
    if (!*r->at) {
        lh_fail(error, LH_ERROR_FORMAT, "%s, row %zu: a quoted value does not end", r->name, began);
        return NULL;
    }
    r->at++;
    r->at += *r->at == '\r' && r->at[1] == '\n';
    if (*r->at && *r->at != r->separator && *r->at != '\n') {
        lh_fail(error, LH_ERROR_FORMAT, "%s, row %zu: text stands behind a quoted value", r->name,
                r->line);
        return NULL;
    }
    r->ended = *r->at;
    *out = '\0';
    return value;
}

/* The next value; NULL on failure. */
static char *read_value(reader *r, lh_error *error)
{
    char *value = r->at;
    if (*value == '"') {
        value = read_quoted(r, error);
        if (!value)
            return NULL;
    } else {
        while (*r->at && *r->at != r->separator && *r->at != '\n')
            r->at++;
        r->ended = *r->at;
        *r->at = '\0';
        if (r->ended == '\n' && r->at > value && r->at[-1] == '\r')
            r->at[-1] = '\0';
    }
    r->at += r->ended != '\0';
    r->line += r->ended == '\n';
    return value;
}

static char empty[] = "";

/* Room for one more row, all of whose values are missing. */
static lh_status add_row(lh_table *table, size_t *capacity, size_t line, lh_error *error)
{
    size_t rows = table->rows + 1;
    if (rows > *capacity) {
        size_t larger = 2 * rows + 16;
        char **cell = realloc(table->cell, larger * table->columns * sizeof *cell);
        table->cell = cell ? cell : table->cell;
        size_t *lines = realloc(table->line, larger * sizeof *lines);
        table->line = lines ? lines : table->line;
        if (!cell || !lines)
            return lh_fail_memory(error, "a table");
        *capacity = larger;
    }
    for (size_t i = 0; i < table->columns; i++)
        table->cell[(rows - 1) * table->columns + i] = empty;
    table->line[rows - 1] = line;
    table->rows = rows;
    return LH_OK;
}

/* Values of the first row, counted before anything is changed in place. */
static size_t count_columns(const char *text, char separator)
{
    size_t columns = 1;
    bool quoted = false;
    for (; *text && (quoted || *text != '\n'); text++) {
        quoted ^= *text == '"';
        columns += !quoted && *text == separator;
    }
    return columns;
}

static lh_status read_row(lh_table *table, reader *r, size_t *capacity, lh_error *error)
{
    size_t line = r->line;
    lh_status status = add_row(table, capacity, line, error);
    for (size_t i = 0; status == LH_OK; i++) {
        char *value = read_value(r, error);
        if (!value)
            return LH_ERROR_FORMAT;
        if (i >= table->columns)
            return lh_fail(error, LH_ERROR_FORMAT, "%s, row %zu: more values than %zu columns",
                           r->name, line, table->columns);
        table->cell[(table->rows - 1) * table->columns + i] = value;
        if (r->ended != r->separator)
            break;
    }
    return status;
}

static lh_status check_names(const lh_table *table, const char *name, lh_error *error)
{
    for (size_t i = 0; i < table->columns; i++) {
        if (!*table->cell[i])
            return lh_fail(error, LH_ERROR_FORMAT, "%s, row 1: column %zu has no name", name,
                           i + 1);
        for (size_t k = 0; k < i; k++)
            if (strcmp(table->cell[i], table->cell[k]) == 0)
                return lh_fail(error, LH_ERROR_FORMAT, "%s, row 1: two columns are called '%.80s'",
                               name, table->cell[i]);
    }
    return LH_OK;
}

static lh_status read_rows(lh_table *table, const char *name, lh_error *error)
{
    size_t head = strcspn(table->text, "\n"), capacity = 0;
    reader r = {.name = name, .at = table->text, .line = 1};
    r.separator = memchr(table->text, '\t', head) ? '\t' : ',';
    table->columns = count_columns(table->text, r.separator);
    lh_status status = read_row(table, &r, &capacity, error);
    if (status == LH_OK)
        status = check_names(table, name, error);
    while (status == LH_OK && *r.at) {
        size_t blank = strspn(r.at, "\r");
        if (r.at[blank] == '\n') {
            r.at += blank + 1;
            r.line++;
        } else {
            status = read_row(table, &r, &capacity, error);
        }
    }
    table->rows -= table->rows > 0; /* the names are none */
    return status;
}

lh_table *lh_table_parse(const char *text, const char *name, lh_error *error)
{
    LH_NEED(error, text && name, NULL);
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3;
    if (!lh_utf8_valid(text)) {
        lh_fail(error, LH_ERROR_FORMAT, "%s: is not UTF-8", name);
        return NULL;
    }
    lh_table *table = calloc(1, sizeof *table);
    if (table)
        table->text = strdup(text);
    lh_status status =
        table && table->text ? read_rows(table, name, error) : lh_fail_memory(error, "a table");
    if (status == LH_OK)
        return table;
    lh_table_free(table);
    return NULL;
}

lh_table *lh_table_read(const char *path, lh_error *error)
{
    LH_NEED(error, path, NULL);
    size_t size;
    char *text = lh_file_read(path, FILE_LIMIT, &size, error);
    lh_table *table = NULL;
    if (text && strlen(text) < size)
        lh_fail(error, LH_ERROR_FORMAT, "%s: is not text", path);
    else if (text)
        table = lh_table_parse(text, path, error);
    free(text);
    return table;
}

/* ---- using ------------------------------------------------------------------------------------
 */

static const char *find_value(const lh_table *table, size_t row, const char *name, size_t length)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strncmp(table->cell[i], name, length) == 0 && !table->cell[i][length])
            return table->cell[row * table->columns + i];
    return NULL;
}

const char *lh_table_get(const lh_table *table, size_t row, const char *name)
{
    return table && row >= 1 && row <= table->rows && name
               ? find_value(table, row, name, strlen(name))
               : NULL;
}

/* The next piece of a template: `*length` bytes at the value returned, `*from` moved behind what it
 * stands for. NULL: a column that is not there. */
static const char *next_piece(const lh_table *table, size_t row, const char **from, size_t *length)
{
    const char *at = *from;
    size_t plain = strcspn(at, "{}");
    *length = plain;
    if (plain > 0 || (at[0] != '{' && at[1] != '}')) {
        *length = plain > 0 ? plain : 1;
        *from += *length;
        return at;
    }
    if (at[0] == at[1]) { /* a doubled brace */
        *length = 1;
        *from += 2;
        return at;
    }
    size_t name = strcspn(at + 1, "{}");
    const char *value = at[1 + name] == '}' ? find_value(table, row, at + 1, name) : NULL;
    *from += value ? name + 2 : 0;
    *length = value ? strlen(value) : 0;
    return value;
}

static void refuse_column(const char *text, const char *at, lh_error *error)
{
    size_t line = 1, column = 1;
    for (; text < at; text++) {
        line += *text == '\n';
        column = *text == '\n' ? 1 : column + ((*text & 0xc0) != 0x80);
    }
    lh_fail(error, LH_ERROR_ARGUMENT,
            "row %zu, column %zu: '%.*s' names no column of the table ({{ is a brace)", line,
            column, (int)strcspn(at, "\n}") + (at[strcspn(at, "\n}")] == '}'), at);
}

char *lh_table_fill(const lh_table *table, size_t row, const char *text, lh_error *error)
{
    LH_NEED(error, table && row >= 1 && row <= table->rows && text, NULL);
    size_t size = 0, length;
    char *filled = NULL;
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1 && !(filled = malloc(size + 1))) {
            lh_fail_memory(error, "a text");
            return NULL;
        }
        size = 0;
        for (const char *from = text; *from; size += length) {
            const char *piece = next_piece(table, row, &from, &length);
            if (!piece) {
                refuse_column(text, from, error);
                return NULL;
            }
            if (filled)
                memcpy(filled + size, piece, length);
        }
    }
    filled[size] = '\0';
    return filled;
}
