/* The rows of a record in the order of the sources: documents are done in an order that depends on
 * threads and on where a run was interrupted, and what is written must not tell of that. */
#include "document/batch_record.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* Rows of documents that are not among the sources stay, before all others. */
enum { OTHERS = 0 };

typedef struct row {
    char *text;   /* without the newline */
    size_t place; /* OTHERS, or 1 + the index of its source */
    size_t order; /* in the file */
} row;

typedef struct named {
    const char *name;
    size_t place;
} named;

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const named *)a)->name, ((const named *)b)->name);
}

static int compare_rows(const void *a, const void *b)
{
    const row *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

/* The names of the sources, sorted. The caller frees; NULL: no memory. */
static named *list_names(const lh_sources *sources)
{
    named *names = calloc(sources->count + 1, sizeof *names);
    for (size_t i = 0; names && i < sources->count; i++)
        names[i] = (named){sources->source[i].name, i + 1};
    if (names && sources->count > 0)
        qsort(names, sources->count, sizeof *names, compare_names);
    return names;
}

/* False: it is no row. */
static bool find_place(const char *text, const named *names, size_t count, size_t *place)
{
    cJSON *object = cJSON_Parse(text);
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(object, "name");
    bool is_row = cJSON_IsString(name);
    if (is_row) {
        const named key = {.name = name->valuestring};
        const named *found = bsearch(&key, names, count, sizeof key, compare_names);
        *place = found ? found->place : OTHERS;
    }
    cJSON_Delete(object);
    return is_row;
}

/* Cuts the text into its rows, sorted. The caller frees; NULL: no memory. */
static row *read_rows(char *text, const lh_sources *sources, size_t *count)
{
    size_t room = 1;
    for (const char *c = text; *c; c++)
        room += *c == '\n';
    named *names = list_names(sources);
    row *rows = calloc(room, sizeof *rows);
    *count = 0;
    for (char *at = text, *next; names && rows && at && *at; at = next) {
        next = strchr(at, '\n');
        if (next)
            *next++ = '\0';
        row read = {.text = at, .order = *count};
        if (find_place(at, names, sources->count, &read.place))
            rows[(*count)++] = read;
    }
    if (!names || !rows) {
        free(rows);
        rows = NULL;
    }
    free(names);
    if (*count > 0)
        qsort(rows, *count, sizeof *rows, compare_rows);
    return rows;
}

/* Rows that a later one of the same document has replaced are left out. */
static lh_status write_rows(const char *path, const row *rows, size_t count, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    for (size_t i = 0; i < count; i++)
        if (rows[i].place == OTHERS || i + 1 == count || rows[i + 1].place != rows[i].place)
            fprintf(lh_output_stream(output), "%s\n", rows[i].text);
    return lh_output_commit(output, error);
}

lh_status lh_record_order(const char *path, const lh_sources *sources, lh_error *error)
{
    size_t size, count;
    char *text = lh_file_read(path, LH_RECORD_LIMIT, &size, error);
    if (!text)
        return error->status;
    row *rows = read_rows(text, sources, &count);
    lh_status status =
        rows ? write_rows(path, rows, count, error) : lh_fail_memory(error, "a record");
    free(rows);
    free(text);
    return status;
}
