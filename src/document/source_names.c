/* Columns of a table in the names of files: see source_names.h. {name}, {number} and {page} are
 * left for batch_names.c. */
#include "document/source_names.h"

#include "document/batch_names.h"
#include "document/table.h"

#include <stdlib.h>
#include <string.h>

/* The next "{column}" at or behind `at`, its name and length; NULL: there is none. */
static const char *next_column(const char *at, const char **name, size_t *length)
{
    for (; (at = strchr(at, '{')) != NULL; at++) {
        *name = at + 1;
        *length = strcspn(*name, "{}/");
        if ((*name)[*length] == '}' && lh_names_place(at) == 0)
            return at;
    }
    return NULL;
}

bool lh_sources_have_columns(const lh_sources *s, const char *pattern)
{
    const char *name;
    size_t length;
    return s->table && next_column(pattern, &name, &length);
}

static lh_status check_column(const lh_sources *s, const char *name, size_t length, lh_error *error)
{
    char names[300];
    const int shown = length < 80 ? (int)length : 80;
    if (!lh_table_find(s->table, 0, name, length))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "'{%.*s}' in the name of a file is no column of %s; there are %s, and "
                       "{number} and {page}",
                       shown, name, s->table_path, lh_table_columns(s->table, names, sizeof names));
    for (size_t i = 0; i < s->count && !s->missing; i++)
        if (s->source[i].chosen && !*lh_table_find(s->table, s->source[i].row, name, length))
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "%s, row %zu: no value for '%.*s', which names a file", s->table_path,
                           s->table->line[s->source[i].row], shown, name);
    return LH_OK;
}

lh_status lh_sources_check_columns(const lh_sources *s, const char *pattern, lh_error *error)
{
    const char *name;
    size_t length;
    lh_status status = LH_OK;
    for (const char *at = pattern; s->table && status == LH_OK;) {
        at = next_column(at, &name, &length);
        if (!at)
            break;
        status = check_column(s, name, length, error);
        at++;
    }
    return status;
}

/* A row's value as part of a file's name; nothing in it is replaced later. */
static char *fit_value(const lh_sources *s, size_t row, const char *name, size_t length)
{
    const char *value = lh_table_find(s->table, row, name, length);
    char *fit =
        lh_source_fit_name(value && *value ? value : "_", value && *value ? strlen(value) : 1);
    for (char *c = fit; c && *c; c++)
        if (*c == '{' || *c == '}')
            *c = '_';
    return fit;
}

char *lh_source_pattern(const lh_sources *s, size_t index, const char *pattern)
{
    char *filled = NULL;
    size_t size, length;
    FILE *stream = open_memstream(&filled, &size);
    const char *name;
    bool good = stream;
    while (good && s->table) {
        const char *at = next_column(pattern, &name, &length);
        if (!at)
            break;
        char *value = fit_value(s, s->source[index].row, name, length);
        good = value && fprintf(stream, "%.*s%s", (int)(at - pattern), pattern, value) >= 0;
        free(value);
        pattern = name + length + 1;
    }
    if (good)
        good = fputs(pattern, stream) >= 0;
    if (stream && fclose(stream) == 0 && good)
        return filled;
    free(filled);
    return NULL;
}
