/* Tables of values with commas, semicolons or tabs between (RFC 4180); template.c fills templates
 * with them. */
#include "document/table.h"

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
    free(table->name);
    free(table->text);
    free(table->cell);
    free(table->first);
    free(table->line);
    free(table->by_name);
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

/* Room that the arrays of a table in the making have. */
typedef struct room {
    size_t rows, cells;
} room;

/* Begins one more row; it has no values yet. */
static lh_status add_row(lh_table *table, room *has, size_t line, lh_error *error)
{
    size_t rows = table->rows + 1;
    if (rows >= has->rows) {
        size_t larger = 2 * rows + 16;
        size_t *first = realloc(table->first, larger * sizeof *first);
        table->first = first ? first : table->first;
        size_t *lines = realloc(table->line, larger * sizeof *lines);
        table->line = lines ? lines : table->line;
        if (!first || !lines)
            return lh_fail_memory(error, "a table");
        has->rows = larger;
        if (table->rows == 0)
            table->first[0] = 0;
    }
    table->first[rows] = table->first[rows - 1];
    table->line[rows - 1] = line;
    table->rows = rows;
    return LH_OK;
}

/* Adds a value to the last row. */
static lh_status add_value(lh_table *table, room *has, char *value, lh_error *error)
{
    size_t *end = &table->first[table->rows];
    if (*end == has->cells) {
        size_t larger = 2 * has->cells + 64;
        char **cell = realloc(table->cell, larger * sizeof *cell);
        if (!cell)
            return lh_fail_memory(error, "a table");
        table->cell = cell;
        has->cells = larger;
    }
    table->cell[(*end)++] = value;
    return LH_OK;
}

/* Rows of fewer values than there are columns take no room for the others. */
static lh_status read_row(lh_table *table, reader *r, room *has, lh_error *error)
{
    size_t line = r->line;
    bool names = table->rows == 0;
    lh_status status = add_row(table, has, line, error);
    for (size_t i = 0; status == LH_OK; i++) {
        char *value = read_value(r, error);
        if (!value)
            return error->status;
        if (!names && i >= table->columns)
            return lh_fail(error, LH_ERROR_FORMAT, "%s, row %zu: more values than %zu columns",
                           r->name, line, table->columns);
        status = add_value(table, has, value, error);
        if (r->ended != r->separator)
            break;
    }
    table->columns = names && status == LH_OK ? table->first[1] : table->columns;
    return status;
}

/* ---- separators -------------------------------------------------------------------------------
 */

/* A tab if there is one in the first row, else what there is more of outside quotes. */
static char guess_separator(const char *row)
{
    size_t commas = 0, semicolons = 0, tabs = 0;
    bool quoted = false;
    for (; *row && (quoted || *row != '\n'); row++) {
        quoted ^= *row == '"';
        commas += !quoted && *row == ',';
        semicolons += !quoted && *row == ';';
        tabs += !quoted && *row == '\t';
    }
    return tabs > 0 ? '\t' : semicolons > commas ? ';' : ',';
}

/* A first row "sep=;", as spreadsheets write it, says it. */
static char find_separator(reader *r)
{
    const char *at = r->at;
    size_t end = strncmp(at, "sep=", 4) == 0 && at[4] && at[4] != '"' ? 5 : 0;
    end += end && at[end] == '\r';
    if (!end || at[end] != '\n' || strchr("\r\n", at[4]))
        return guess_separator(at);
    r->at += end + 1;
    r->line++;
    return at[4];
}

/* ---- names ------------------------------------------------------------------------------------
 */

/* Without the blanks around it. */
static char *trim(char *name)
{
    static const char blanks[] = " \t\r\n";
    name += strspn(name, blanks);
    size_t length = strlen(name);
    while (length > 0 && strchr(blanks, name[length - 1]))
        name[--length] = '\0';
    return name;
}

static int compare_names(const void *a, const void *b)
{
    const char *const *const *x = a, *const *const *y = b;
    int order = strcmp(**x, **y);
    return order ? order : (*x > *y) - (*x < *y);
}

/* Sorts the columns by their names, which must be there and differ. */
static lh_status sort_names(lh_table *table, const char *name, lh_error *error)
{
    table->by_name = malloc(table->columns * sizeof *table->by_name);
    if (!table->by_name)
        return lh_fail_memory(error, "a table");
    for (size_t i = 0; i < table->columns; i++) {
        table->by_name[i] = &table->cell[i];
        table->cell[i] = trim(table->cell[i]);
        if (!*table->cell[i])
            return lh_fail(error, LH_ERROR_FORMAT, "%s, row %zu: column %zu has no name", name,
                           table->line[0], i + 1);
    }
    qsort(table->by_name, table->columns, sizeof *table->by_name, compare_names);
    for (size_t i = 1; i < table->columns; i++)
        if (strcmp(*table->by_name[i - 1], *table->by_name[i]) == 0)
            return lh_fail(error, LH_ERROR_FORMAT, "%s, row %zu: two columns are called '%.80s'",
                           name, table->line[0], *table->by_name[i]);
    return LH_OK;
}

static lh_status read_rows(lh_table *table, const char *name, lh_error *error)
{
    room has = {0};
    reader r = {.name = name, .at = table->text, .line = 1};
    r.separator = find_separator(&r);
    lh_status status = read_row(table, &r, &has, error);
    while (status == LH_OK && *r.at) {
        size_t blank = strspn(r.at, "\r");
        if (r.at[blank] == '\n') {
            r.at += blank + 1;
            r.line++;
        } else {
            status = read_row(table, &r, &has, error);
        }
    }
    if (status == LH_OK)
        status = sort_names(table, name, error);
    table->rows -= table->rows > 0; /* the names are none */
    return status;
}

lh_table *lh_table_parse(const char *text, const char *name, lh_error *error)
{
    LH_NEED(error, text && name, NULL);
    LH_OWN_ERROR(error);
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3;
    if (!lh_utf8_valid(text)) {
        lh_fail(error, LH_ERROR_FORMAT, "%s: is not UTF-8", name);
        return NULL;
    }
    lh_table *table = calloc(1, sizeof *table);
    if (table)
        table->text = strdup(text);
    if (table)
        table->name = strdup(name);
    lh_status status = table && table->text && table->name ? read_rows(table, name, error)
                                                           : lh_fail_memory(error, "a table");
    if (status == LH_OK)
        return table;
    lh_table_free(table);
    return NULL;
}

lh_table *lh_table_read(const char *path, lh_error *error)
{
    LH_NEED(error, path, NULL);
    size_t size;
    const bool standard = strcmp(path, "-") == 0;
    char *text = lh_file_read(standard ? "/dev/stdin" : path, FILE_LIMIT, &size, error);
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

const char *lh_table_find(const lh_table *table, size_t row, const char *name, size_t length)
{
    size_t low = 0, high = table->columns;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *there = *table->by_name[middle];
        int order = strncmp(there, name, length);
        if (order == 0 && there[length])
            order = 1;
        if (order == 0) {
            size_t column = (size_t)(table->by_name[middle] - table->cell);
            size_t at = table->first[row] + column;
            return at < table->first[row + 1] ? table->cell[at] : "";
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

char *lh_table_columns(const lh_table *table, char *text, size_t size)
{
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < table->columns; i++) {
        const char *between = i == 0 ? "" : i + 1 < table->columns ? ", " : " and ";
        const size_t more = strlen(between) + strlen(table->cell[i]);
        if (length + more + sizeof ", ..." > size) {
            strcpy(text + length, ", ...");
            break;
        }
        length += (size_t)sprintf(text + length, "%s%s", between, table->cell[i]);
    }
    return text;
}

const char *lh_table_get(const lh_table *table, size_t row, const char *name)
{
    return table && row >= 1 && row <= table->rows && name
               ? lh_table_find(table, row, name, strlen(name))
               : NULL;
}
