/* The texts that `longhand write` is given: one on the command line, files, or a table. */
#include "write.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_LIMIT = 64 << 20, NAME_MAX_BYTES = 120 };

void write_sources_free(write_sources *s)
{
    for (size_t i = 0; i < s->count; i++)
        free(s->source[i].name);
    free(s->source);
    lh_table_free(s->table);
    free(s->template);
    *s = (write_sources){0};
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

/* A name as part of a file's name: no slash, no leading point, no character that is hidden. */
static char *fit_name(const char *name, size_t length)
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
    return fit_name(base, point && point > base ? (size_t)(point - base) : strlen(base));
}

static int compare_names(const void *a, const void *b)
{
    const write_source *const *x = a, *const *y = b;
    int order = strcmp((*x)->name, (*y)->name);
    return order ? order : (*x > *y) - (*x < *y);
}

static lh_status count_up(write_source *source, size_t number, lh_error *error)
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
static lh_status make_unique(write_sources *s, lh_error *error)
{
    write_source **sorted = calloc(s->count + 1, sizeof *sorted);
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

static lh_status find_rows(write_sources *s, const write_job *job, lh_error *error)
{
    s->table = lh_table_read(job->merge, error);
    if (!s->table)
        return error->status;
    if (job->template) {
        s->template = read_file(job->template, error);
        if (!s->template)
            return error->status;
    } else if (s->table->rows > 0 && !lh_table_get(s->table, 1, "text")) {
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: has no column 'text'; name a text with --template", job->merge);
    }
    s->count = s->table->rows;
    s->source = calloc(s->count + 1, sizeof *s->source);
    if (!s->source)
        return lh_fail_memory(error, "texts");
    for (size_t i = 0; i < s->count; i++) {
        char number[24];
        snprintf(number, sizeof number, "%zu", i + 1);
        const char *name = lh_table_get(s->table, i + 1, "name");
        name = name && *name ? name : number;
        s->source[i] = (write_source){.row = i + 1, .name = fit_name(name, strlen(name))};
    }
    return s->count > 0 ? LH_OK : lh_fail(error, LH_ERROR_FORMAT, "%s: has no rows", job->merge);
}

static lh_status find_files(write_sources *s, const write_job *job, lh_error *error)
{
    s->count = job->input.count;
    s->source = calloc(s->count, sizeof *s->source);
    if (!s->source)
        return lh_fail_memory(error, "texts");
    for (size_t i = 0; i < s->count; i++)
        s->source[i] =
            (write_source){.path = job->input.text[i], .name = name_of_path(job->input.text[i])};
    return LH_OK;
}

static lh_status find_text(write_sources *s, const write_job *job, lh_error *error)
{
    s->source = calloc(1, sizeof *s->source);
    if (!s->source)
        return lh_fail_memory(error, "texts");
    bool standard = strcmp(job->text, "-") == 0;
    s->count = 1;
    s->source[0].path = standard ? "-" : NULL;
    s->source[0].text = job->text;
    s->source[0].name = strdup("text");
    return LH_OK;
}

static int compare_with_name(const void *key, const void *element)
{
    const write_source *const *source = element;
    return strcmp(key, (*source)->name);
}

/* Marks the sources called as the names say, which stand with commas between; `sorted` [s->count]
 * are the sources by their names. */
static lh_status mark(write_sources *s, write_source **sorted, char *names, lh_error *error)
{
    for (char *name = names, *next; name && *name; name = next) {
        next = strchr(name, ',');
        if (next)
            *next++ = '\0';
        write_source **found = bsearch(name, sorted, s->count, sizeof *sorted, compare_with_name);
        if (!found)
            return lh_fail(error, LH_ERROR_ARGUMENT, "no text is called '%.80s'", name);
        (*found)->chosen = true; /* names are unique */
    }
    return LH_OK;
}

/* Marks what --only names. */
static lh_status choose(write_sources *s, const char *only, lh_error *error)
{
    for (size_t i = 0; i < s->count; i++)
        s->source[i].chosen = !only;
    if (!only)
        return LH_OK;
    write_source **sorted = calloc(s->count + 1, sizeof *sorted);
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

lh_status write_sources_find(write_sources *s, const write_job *job, lh_error *error)
{
    *s = (write_sources){.named = !job->text};
    lh_status status = job->merge  ? find_rows(s, job, error)
                       : job->text ? find_text(s, job, error)
                                   : find_files(s, job, error);
    for (size_t i = 0; i < s->count && status == LH_OK; i++)
        if (!s->source[i].name)
            status = lh_fail_memory(error, "names");
    if (status == LH_OK)
        status = make_unique(s, error);
    return status == LH_OK ? choose(s, job->only, error) : status;
}

/* ---- reading ----------------------------------------------------------------------------------
 */

char *write_source_text(const write_sources *s, size_t index, lh_error *error)
{
    const write_source *source = &s->source[index];
    if (source->path)
        return read_file(source->path, error);
    if (s->table) { /* the column 'text' is text as other values are */
        lh_error inner;
        const char *template = s->template ? s->template : "{text}";
        char *text = lh_table_fill(s->table, source->row, template, &inner);
        if (!text)
            lh_fail(error, inner.status, "the template, %s", inner.message);
        return text;
    }
    char *copy = strdup(source->text);
    if (!copy)
        lh_fail_memory(error, "a text");
    return copy;
}
