/* The names of a batch's files: see write_names.h.
 *
 * Documents have names of their own, but a.png's second page, a-2.png, might be that of document
 * a-2, and {name}{page} is a11 for page 11 of a and page 1 of a1. How many pages there are is known
 * once a document is written. So names with a number left open are compared first: where two may
 * be the same, those documents are written to see whether they are, and files come after that. */
#include "write_names.h"

#include "open_names.h"

#include "document/batch_record.h"
#include "write/style.h"

#include <stdlib.h>
#include <string.h>

struct write_names {
    write_job *job;
    const lh_sources *sources;
    const char *pattern;
    bool *doubtful; /* [sources->count]; how many pages it has decides */
    open_names open;
};

/* ---- making names -----------------------------------------------------------------------------
 */

bool write_is_pattern(const char *pattern)
{
    return strstr(pattern, "{name}") || strstr(pattern, "{number}") || strstr(pattern, "{page}");
}

bool write_pages_apart(const write_job *job, const char *pattern)
{
    if (job->together || job->format->folder)
        return false;
    return strstr(pattern, "{page}") ||
           !(job->format->traits & (LH_FORMAT_PAGES | LH_FORMAT_LINE)) ||
           job->render.look != LH_LOOK_INK;
}

static char *fill(const char *pattern, const char *name, size_t number, const char *page)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", number);
    const struct {
        const char *key, *value;
    } places[] = {{"{name}", name}, {"{number}", digits}, {"{page}", page}};
    size_t room = 1;
    for (const char *c = pattern; *c; c++)
        room += *c == '{' ? strlen(name) + 2 * sizeof digits : 1;
    char *filled = malloc(room), *out = filled;
    while (filled && *pattern) {
        size_t i = 0;
        while (i < 3 && strncmp(pattern, places[i].key, strlen(places[i].key)) != 0)
            i++;
        if (i < 3) {
            out = stpcpy(out, places[i].value);
            pattern += strlen(places[i].key);
        } else {
            *out++ = *pattern++;
        }
    }
    if (filled)
        *out = '\0';
    return filled;
}

/* "letter.png" becomes "letter-2.png". */
static char *add_page(char *path, const char *page)
{
    size_t size = strlen(path) + strlen(page) + 2;
    char *numbered = malloc(size);
    char *slash = strrchr(path, '/'), *point = strrchr(path, '.');
    int stem = point && (!slash || slash < point) ? (int)(point - path) : (int)strlen(path);
    if (numbered)
        snprintf(numbered, size, "%.*s-%s%s", stem, path, page, path + stem);
    free(path);
    return numbered;
}

char *write_file_name(const char *pattern, const char *name, size_t number, size_t page,
                      size_t pages)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", page > 0 ? page : 1);
    char *path = fill(pattern, name, number, digits);
    return path && pages > 1 && !strstr(pattern, "{page}") ? add_page(path, digits) : path;
}

/* The name of any page when there are several. */
static char *any_page_name(const char *pattern, const char *name, size_t number)
{
    char *path = fill(pattern, name, number, open_number);
    return path && !strstr(pattern, "{page}") ? add_page(path, open_number) : path;
}

/* ---- what the job reads -----------------------------------------------------------------------
 */

/* A style that is a file, and the text beside it. */
static void claim_style(write_job *job, const char *style, const char *purpose)
{
    lh_error error;
    char *path = write_find_style_file(style, &error);
    char *text = path ? lh_style_text_path(path) : NULL;
    lh_claims_read(&job->claims, path, purpose);
    lh_claims_read(&job->claims, text, purpose);
    free(text);
    free(path);
}

/* The styles that a text names. */
static void claim_styles_in(write_job *job, const char *text, const char *purpose)
{
    static const char command[] = "@style";
    for (const char *row = text; *row; row += strcspn(row, "\r\n\f"), row += *row != '\0') {
        if (strncmp(row, command, strlen(command)) != 0)
            continue;
        const char *value = row + strlen(command);
        size_t blanks = strspn(value, " \t");
        if (blanks == 0)
            continue;
        value += blanks;
        size_t length = strcspn(value, "\r\n\f");
        while (length > 0 && strchr(" \t", value[length - 1]))
            length--;
        char *style = length > 0 ? strndup(value, length) : NULL;
        if (style)
            claim_style(job, style, purpose);
        free(style);
    }
}

static void claim_inputs(write_job *job, const lh_sources *sources)
{
    lh_error error;
    lh_claims *claims = &job->claims;
    char *signs = cli_asset("signs.txt");
    for (size_t i = 0; i < job->inputs; i++)
        lh_claims_read(claims, job->input[i], "--input");
    if (job->text && strcmp(job->text, "-") == 0)
        lh_claims_read(claims, job->text, "write");
    lh_claims_read(claims, job->merge, "--merge");
    lh_claims_read(claims, job->template, "--template");
    lh_claims_read(claims, signs, "signs.txt");
    lh_claims_read(claims, job->signs, "--signs");
    cli_claim_asset(claims, job->model_path, "longhand.safetensors");
    claim_style(job, job->style, "--style");
    for (size_t i = 0; i < sources->count; i++) {
        char *text = sources->source[i].chosen && lh_source_can_be_read_twice(&sources->source[i])
                         ? lh_source_text(sources, i, &error)
                         : NULL;
        if (text)
            claim_styles_in(job, text, sources->source[i].name);
        free(text);
    }
    free(signs);
}

/* ---- what it writes ---------------------------------------------------------------------------
 */

static bool is_batch(const write_names *n)
{
    return n->sources->count > 1 && !n->job->together && strcmp(n->pattern, "-") != 0;
}

/* How messages call a document. */
static void label(const write_names *n, size_t source, const char *alone, char *text, size_t size)
{
    const lh_source *s = &n->sources->source[source];
    if (n->sources->count == 1)
        snprintf(text, size, "%s", alone);
    else if (s->path)
        snprintf(text, size, "%s", s->path);
    else
        snprintf(text, size, "row %zu, '%.80s'", s->row, s->name);
}

static lh_status claim_file(write_names *n, char *path, bool deep, const char *purpose,
                            lh_error *error)
{
    if (!path)
        return lh_fail_memory(error, "names of files");
    if (deep)
        lh_claims_write_deep(&n->job->claims, path, purpose);
    else
        lh_claims_write(&n->job->claims, path, purpose);
    free(path);
    return LH_OK;
}

/* The files of a document with so many pages; 0: it is not written, and has none. */
static lh_status claim_pages(write_names *n, size_t source, size_t pages, lh_error *error)
{
    char purpose[200];
    lh_status status = LH_OK;
    label(n, source, "-o", purpose, sizeof purpose);
    for (size_t page = 1; page <= pages && status == LH_OK; page++)
        status = claim_file(
            n,
            write_file_name(n->pattern, n->sources->source[source].name, source + 1, page, pages),
            write_is_pattern(n->pattern), purpose, error);
    return status;
}

static lh_status claim_trace(write_names *n, size_t source, lh_error *error)
{
    char of[200], purpose[220];
    const char *trace = n->job->trace;
    label(n, source, "", of, sizeof of);
    snprintf(purpose, sizeof purpose, "--trace%s%s", *of ? " of " : "", of);
    return claim_file(n, write_file_name(trace, n->sources->source[source].name, source + 1, 0, 0),
                      write_is_pattern(trace), purpose, error);
}

/* NAME in the folder that is written; the caller frees. NULL: no memory. */
static char *in_folder(const write_names *n, const char *name)
{
    size_t size = strlen(n->pattern) + strlen(name) + 2;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s/%s", n->pattern, name);
    return path;
}

/* All that a format makes which is a folder. */
static lh_status claim_folder(write_names *n, lh_error *error)
{
    const lh_folder_format *format = n->job->format->folder;
    lh_status status = LH_OK;
    for (const char *const *name = format->folders; *name && status == LH_OK; name++) {
        char *path = in_folder(n, *name);
        lh_claims_write_below(&n->job->claims, path, "-o");
        status = path ? LH_OK : lh_fail_memory(error, "names of files");
        free(path);
    }
    for (const char *const *name = format->files; *name && status == LH_OK; name++)
        status = claim_file(n, in_folder(n, *name), true, "-o", error);
    return status;
}

/* What is written besides the documents' own files. */
static lh_status claim_common(write_names *n, lh_error *error)
{
    const write_job *job = n->job;
    lh_status status = LH_OK;
    if (job->format->folder)
        status = claim_folder(n, error);
    else if (job->together)
        lh_claims_write(&n->job->claims, n->pattern, "-o");
    if (is_batch(n) && status == LH_OK)
        status = claim_file(n, lh_record_path(n->pattern, job->format->folder), true,
                            "the record of the batch", error);
    for (size_t i = 0; job->trace && i < n->sources->count && status == LH_OK; i++)
        if (n->sources->source[i].chosen)
            status = claim_trace(n, i, error);
    return status;
}

/* Takes over `path`; NULL: no memory. */
static lh_status add_name(write_names *n, char *path, size_t source, lh_error *error)
{
    char *place = path ? lh_claims_place(&n->job->claims, path) : NULL;
    free(path);
    return open_names_add(&n->open, place, source, error);
}

/* The names that a page's might be the same as: with a number, and all others. */
static lh_status collect(write_names *n, lh_error *error)
{
    const write_job *job = n->job;
    lh_status status = LH_OK;
    for (size_t i = 0; i < n->sources->count && status == LH_OK; i++) {
        const lh_source *source = &n->sources->source[i];
        if (source->chosen)
            status = add_name(n, any_page_name(n->pattern, source->name, i + 1), i, error);
        if (source->chosen && status == LH_OK && !strstr(n->pattern, "{page}"))
            status = add_name(n, fill(n->pattern, source->name, i + 1, ""), i, error);
        if (source->chosen && status == LH_OK && job->trace)
            status = add_name(n, fill(job->trace, source->name, i + 1, "1"), OPEN_NOBODY, error);
        if (source->path && status == LH_OK)
            status = add_name(n, strdup(source->path), OPEN_NOBODY, error);
    }
    const char *const others[] = {job->merge, job->template, job->signs, job->model_path,
                                  job->style};
    for (size_t i = 0; i < sizeof others / sizeof *others && status == LH_OK; i++)
        if (others[i])
            status = add_name(n, strdup(others[i]), OPEN_NOBODY, error);
    if (status == LH_OK && is_batch(n))
        status = add_name(n, lh_record_path(n->pattern, false), OPEN_NOBODY, error);
    return status;
}

static lh_status claim_all(write_names *n, lh_error *error)
{
    lh_status status = LH_OK;
    claim_inputs(n->job, n->sources);
    if (write_pages_apart(n->job, n->pattern) && strcmp(n->pattern, "-") != 0) {
        status = collect(n, error);
        if (status == LH_OK)
            status = open_names_compare(&n->open, n->doubtful, error);
    }
    if (status == LH_OK)
        status = claim_common(n, error);
    bool own = !n->job->format->folder && !n->job->together;
    for (size_t i = 0; own && i < n->sources->count && status == LH_OK; i++)
        if (n->sources->source[i].chosen && !n->doubtful[i])
            status = claim_pages(n, i, 1, error);
    return status == LH_OK ? lh_claims_check(&n->job->claims, error) : status;
}

write_names *write_names_claim(write_job *job, const lh_sources *sources, const char *pattern,
                               lh_error *error)
{
    write_names *n = calloc(1, sizeof *n);
    if (n) {
        *n = (write_names){.job = job, .sources = sources, .pattern = pattern};
        n->doubtful = calloc(sources->count + 1, sizeof *n->doubtful);
    }
    if (!n || !n->doubtful)
        lh_fail_memory(error, "names of files");
    else if (claim_all(n, error) == LH_OK)
        return n;
    write_names_free(n);
    return NULL;
}

void write_names_free(write_names *n)
{
    if (!n)
        return;
    open_names_free(&n->open);
    free(n->doubtful);
    free(n);
}

/* ---- pages ------------------------------------------------------------------------------------
 */

/* Writes a document to claim its pages. What cannot be read or written is told when its turn comes,
 * and has no files. */
static lh_status count_pages(write_names *n, size_t source, lh_desk *desk, lh_error *error)
{
    const lh_source *s = &n->sources->source[source];
    const uint64_t seed = n->job->document.write.seed;
    lh_error ignored;
    if (!lh_source_can_be_read_twice(s))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%.200s: its pages might get the name of another output; put {number} into "
                       "the names",
                       s->path);
    char *text = lh_source_text(n->sources, source, &ignored);
    if (!text)
        return LH_OK;
    lh_document_job made = {.name = n->sources->named ? s->name : NULL, .text = text};
    made.seed = n->sources->named ? lh_document_seed(seed, s->name) : seed;
    lh_status status = lh_desk_write(desk, &made, 1, error);
    if (status == LH_OK && made.document)
        status = claim_pages(n, source, made.document->pages, error);
    lh_document_free(made.document);
    free(text);
    return status;
}

lh_status write_names_settle(write_names *n, lh_desk *desk, lh_error *error)
{
    lh_status status = LH_OK;
    bool any = false;
    for (size_t i = 0; i < n->sources->count && status == LH_OK; i++)
        if (n->doubtful[i]) {
            status = count_pages(n, i, desk, error);
            any = true;
        }
    return status == LH_OK && any ? lh_claims_check(&n->job->claims, error) : status;
}
