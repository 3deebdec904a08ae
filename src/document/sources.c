/* The texts that a batch is made of: one, files, or the rows of a table. */
#include "document/sources.h"

#include "base/need.h"
#include "base/visible.h"
#include "document/table.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TEXT_LIMIT = 64 << 20, NAME_MAX_BYTES = 120 };

void lh_sources_free(lh_sources *s)
{
    if (!s)
        return;
    for (size_t i = 0; s->source && i < s->count; i++) {
        free(s->source[i].name);
        free(s->source[i].path);
        free(s->source[i].text);
    }
    free(s->source);
    lh_table_free(s->table);
    free(s->template);
    free(s->table_path);
    free(s->template_path);
    free(s);
}

/* ---- names ------------------------------------------------------------------------------------
 */

/* Puts '_' in the place of each character that nobody sees. */
static void show_all(char *name)
{
    char *out = name;
    for (const char *at = name, *from = at; *at; from = at) {
        if (visible_is_hidden(lh_utf8_next(&at)))
            *out++ = '_';
        else
            while (from < at)
                *out++ = *from++;
    }
    *out = '\0';
}

char *lh_source_fit_name(const char *name, size_t length)
{
    char *fit = strndup(name, length < NAME_MAX_BYTES ? length : NAME_MAX_BYTES);
    size_t end = fit ? strlen(fit) : 0;
    while (end > 0 && !lh_utf8_valid(fit)) /* cut within a character */
        fit[--end] = '\0';
    for (char *c = fit; fit && *c; c++)
        if (*c == '/' || *c == '\\' || (unsigned char)*c < 0x20 || (c == fit && *c == '.'))
            *c = '_';
    if (fit)
        show_all(fit);
    return fit;
}

/* "letters/anna.txt" is called "anna". */
static char *name_of_path(const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    const char *point = strrchr(base, '.');
    if (strcmp(path, "-") == 0)
        base = "text";
    return lh_source_fit_name(base, point && point > base ? (size_t)(point - base) : strlen(base));
}

static int compare_names(const void *a, const void *b)
{
    const lh_source *const *x = a, *const *y = b;
    int order = strcmp((*x)->name, (*y)->name);
    return order ? order : (*x > *y) - (*x < *y);
}

static lh_status count_up(lh_source *source, size_t number, lh_error *error)
{
    size_t size = strlen(source->name) + 24;
    char *name = malloc(size);
    if (!name)
        return lh_fail_memory(error, "names");
    snprintf(name, size, "%s-%zu", source->name, number);
    free(source->name);
    source->name = name;
    return LH_OK;
}

/* The second of a name gets "-2", and so on. */
static lh_status make_unique(lh_sources *s, lh_error *error)
{
    lh_source **sorted = calloc(s->count + 1, sizeof *sorted);
    lh_status status = sorted ? LH_OK : lh_fail_memory(error, "names");
    bool again = sorted && s->count > 1;
    for (int round = 0; again && status == LH_OK && round < 100; round++) {
        again = false;
        for (size_t i = 0; i < s->count; i++)
            sorted[i] = &s->source[i];
        qsort(sorted, s->count, sizeof *sorted, compare_names);
        for (size_t i = 0, same; i < s->count && status == LH_OK; i += same) {
            for (same = 1;
                 i + same < s->count && strcmp(sorted[i]->name, sorted[i + same]->name) == 0;)
                same++;
            for (size_t k = 1; k < same && status == LH_OK; k++, again = true)
                status = count_up(sorted[i + k], k + 1, error);
        }
    }
    free(sorted);
    return status;
}

/* ---- finding ----------------------------------------------------------------------------------
 */

static char *read_file(const char *path, lh_error *error)
{
    size_t size;
    bool standard = strcmp(path, "-") == 0;
    char *text = lh_file_read(standard ? "/dev/stdin" : path, TEXT_LIMIT, &size, error);
    if (text && strlen(text) < size) {
        lh_fail(error, LH_ERROR_FORMAT, "%s: is not text, there is a byte 0 in it", path);
        free(text);
        return NULL;
    }
    return text;
}

/* Room for so many texts. NULL: no memory. */
static lh_sources *new_sources(size_t count, bool named, lh_error *error)
{
    lh_sources *s = calloc(1, sizeof *s);
    if (s) {
        *s = (lh_sources){.count = count, .named = named};
        s->source = calloc(count + 1, sizeof *s->source);
    }
    if (s && s->source)
        return s;
    lh_sources_free(s);
    lh_fail_memory(error, "texts");
    return NULL;
}

/* The end of each way to find texts: names are there and unique, and all are chosen. */
static lh_sources *complete(lh_sources *s, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < s->count && status == LH_OK; i++) {
        s->source[i].chosen = true;
        if (!s->source[i].name)
            status = lh_fail_memory(error, "names");
    }
    if (status == LH_OK)
        status = make_unique(s, error);
    if (status == LH_OK)
        return s;
    lh_sources_free(s);
    return NULL;
}

static lh_status read_table(lh_sources *s, const char *path, const char *template_path,
                            lh_error *error)
{
    char names[300];
    s->table_path = strdup(path);
    s->template_path = template_path ? strdup(template_path) : NULL;
    if (!s->table_path || (template_path && !s->template_path))
        return lh_fail_memory(error, "texts");
    if (template_path && strcmp(path, "-") == 0 && strcmp(template_path, "-") == 0)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "the table and its template are not both standard input");
    s->table = lh_table_read(path, error);
    if (!s->table)
        return error->status;
    if (template_path && !(s->template = read_file(template_path, error)))
        return error->status;
    if (s->table->rows == 0)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: has no rows", path);
    if (!template_path && !lh_table_get(s->table, 1, "text"))
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: has no column 'text', and there is no template to fill; there are %s",
                       path, lh_table_columns(s->table, names, sizeof names));
    return LH_OK;
}

lh_sources *lh_sources_of_table(const char *path, const char *template_path, lh_error *error)
{
    LH_NEED(error, path, NULL);
    LH_OWN_ERROR(error);
    lh_sources *s = new_sources(0, true, error);
    if (!s)
        return NULL;
    lh_status status = read_table(s, path, template_path, error);
    if (status == LH_OK) {
        lh_source *rows = realloc(s->source, s->table->rows * sizeof *rows);
        s->source = rows ? rows : s->source;
        s->count = rows ? s->table->rows : 0;
        status = rows ? LH_OK : lh_fail_memory(error, "texts");
    }
    if (status != LH_OK) {
        lh_sources_free(s);
        return NULL;
    }
    for (size_t i = 0; i < s->count; i++) {
        char number[24];
        snprintf(number, sizeof number, "%zu", i + 1);
        const char *name = lh_table_get(s->table, i + 1, "name");
        name = name && *name ? name : number;
        s->source[i] = (lh_source){.row = i + 1, .name = lh_source_fit_name(name, strlen(name))};
    }
    return complete(s, error);
}

lh_sources *lh_sources_of_files(const char *const *paths, size_t count, lh_error *error)
{
    bool all = paths && count > 0;
    for (size_t i = 0; all && i < count; i++)
        all = paths[i];
    LH_NEED(error, all, NULL);
    lh_sources *s = new_sources(count, true, error);
    for (size_t i = 0; s && i < count; i++) {
        s->source[i].path = strdup(paths[i]);
        if (s->source[i].path) /* else there is no name either */
            s->source[i].name = name_of_path(paths[i]);
    }
    return s ? complete(s, error) : NULL;
}

lh_sources *lh_sources_of_text(const char *text, lh_error *error)
{
    LH_NEED(error, text, NULL);
    lh_sources *s = new_sources(1, false, error);
    if (!s)
        return NULL;
    char *copy = strdup(text);
    if (strcmp(text, "-") == 0)
        s->source[0].path = copy;
    else
        s->source[0].text = copy;
    s->source[0].name = copy ? strdup("text") : NULL;
    return complete(s, error);
}

size_t lh_sources_count(const lh_sources *s)
{
    return s ? s->count : 0;
}

const char *lh_sources_name(const lh_sources *s, size_t index)
{
    return s && index < s->count ? s->source[index].name : NULL;
}

/* ---- choosing ---------------------------------------------------------------------------------
 */

static int compare_with_name(const void *key, const void *element)
{
    const lh_source *const *source = element;
    return strcmp(key, (*source)->name);
}

/* Marks the sources called as the names say, which stand with commas between; `sorted` [s->count]
 * are the sources by their names. */
static lh_status mark(lh_sources *s, lh_source **sorted, char *names, lh_error *error)
{
    for (char *name = names, *next; name && *name; name = next) {
        next = strchr(name, ',');
        if (next)
            *next++ = '\0';
        lh_source **found = bsearch(name, sorted, s->count, sizeof *sorted, compare_with_name);
        if (!found)
            return lh_fail(error, LH_ERROR_ARGUMENT, "no text is called '%.80s'", name);
        (*found)->chosen = true; /* names are unique */
    }
    return LH_OK;
}

lh_status lh_sources_choose(lh_sources *s, const char *only, lh_error *error)
{
    LH_NEED(error, s, LH_ERROR_ARGUMENT);
    for (size_t i = 0; i < s->count; i++)
        s->source[i].chosen = !only;
    if (!only)
        return LH_OK;
    lh_source **sorted = calloc(s->count + 1, sizeof *sorted);
    char *names = strdup(only);
    for (size_t i = 0; sorted && i < s->count; i++)
        sorted[i] = &s->source[i];
    if (sorted)
        qsort(sorted, s->count, sizeof *sorted, compare_names);
    lh_status status =
        sorted && names ? mark(s, sorted, names, error) : lh_fail_memory(error, "names");
    free(sorted);
    free(names);
    return status;
}

void lh_sources_take_missing(lh_sources *s, bool empty)
{
    if (s)
        s->missing = empty;
}

size_t lh_sources_chosen(const lh_sources *s)
{
    size_t chosen = 0;
    for (size_t i = 0; i < s->count; i++)
        chosen += s->source[i].chosen;
    return chosen;
}

/* ---- reading ----------------------------------------------------------------------------------
 */

char *lh_source_text(const lh_sources *s, size_t index, lh_error *error)
{
    const lh_source *source = &s->source[index];
    if (source->path)
        return read_file(source->path, error);
    if (s->table) { /* the column 'text' is text as other values are */
        lh_error inner;
        const char *template = s->template ? s->template : "{text}";
        if (!s->template && !s->missing && !*lh_table_get(s->table, source->row, "text")) {
            lh_fail(error, LH_ERROR_ARGUMENT, "%s, row %zu: no value for 'text'", s->table_path,
                    s->table->line[source->row]);
            return NULL;
        }
        char *text = lh_template_fill(s->table, source->row, template, s->missing, &inner);
        if (!text)
            lh_fail(error, inner.status, "%s, %s",
                    s->template ? s->template_path : "a text of the table", inner.message);
        return text;
    }
    char *copy = strdup(source->text);
    if (!copy)
        lh_fail_memory(error, "a text");
    return copy;
}

bool lh_source_can_be_read_twice(const lh_source *source)
{
    struct stat info;
    return !source->path || (stat(source->path, &info) == 0 && S_ISREG(info.st_mode));
}
