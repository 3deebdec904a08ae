/* What a batch reads and writes: see batch_claims.h.
 *
 * Documents have names of their own, but a.png's second page, a-2.png, might be that of document
 * a-2, and {name}{page} is a11 for page 11 of a and page 1 of a1. How many pages there are is known
 * once a document is written. So names with a number left open are compared first: where two may
 * be the same, those documents are written to see whether they are, and files come after that. */
#include "document/batch_claims.h"
#include "document/batch_names.h"
#include "document/batch_record.h"
#include "document/open_names.h"
#include "document/row_end.h"
#include "document/source_names.h"

#include "base/streams.h"
#include "write/style.h"

#include <stdlib.h>
#include <string.h>

/* Names on their way to be claimed. */
typedef struct names {
    lh_batch_plan *plan;
    const lh_sources *sources;
    const char *pattern;
} names;

/* ---- what is read -----------------------------------------------------------------------------
 */

/* One of the files that a style is of; the caller frees. NULL: there is none. */
static char *file_of_style(const lh_batch_plan *p, const char *style, size_t index)
{
    const lh_batch_options *o = &p->options;
    return style && o->style_file ? o->style_file(o->user, style, index) : NULL;
}

/* The files of a style, and the texts beside them. */
static void claim_style(lh_batch_plan *p, const char *style, const char *purpose)
{
    char *path;
    for (size_t i = 0; (path = file_of_style(p, style, i)) != NULL; i++) {
        char *text = lh_style_text_path(path);
        lh_claims_read(&p->claims, path, purpose);
        lh_claims_read(&p->claims, text, purpose);
        free(text);
        free(path);
    }
}

/* What "@style NAME" names in a row; the caller frees. NULL: it is another row. */
static char *style_of(const char *row, const char *end)
{
    static const char command[] = "@style";
    const size_t length = strlen(command);
    if (strncmp(row, command, length) != 0 || !strchr(" \t", row[length]))
        return NULL;
    const char *value = row + length + strspn(row + length, " \t");
    while (end > value && strchr(" \t", end[-1]))
        end--;
    return end > value ? strndup(value, (size_t)(end - value)) : NULL;
}

/* The styles that a text names. */
static void claim_styles_in(lh_batch_plan *p, const char *text, const char *purpose)
{
    static const char mark[] = "\xef\xbb\xbf"; /* of byte order: no part of the text */
    const char *end;
    for (const char *row = text + (strncmp(text, mark, 3) == 0 ? 3 : 0); *row;
         row = end + lh_row_end(end)) {
        for (end = row; *end && lh_row_end(end) == 0;)
            end++;
        char *style = style_of(row, end);
        if (style)
            claim_style(p, style, purpose);
        free(style);
    }
}

static void claim_inputs(lh_batch_plan *p)
{
    lh_error error;
    lh_claims *claims = &p->claims;
    const lh_sources *sources = p->sources;
    for (size_t i = 0; i < sources->count; i++)
        lh_claims_read(claims, sources->source[i].path, p->words.text);
    lh_claims_read(claims, sources->table_path, p->words.table);
    lh_claims_read(claims, sources->template_path, p->words.template_path);
    for (size_t i = 0; i < p->options.read_count; i++)
        lh_claims_read(claims, p->options.reads[i].path, p->options.reads[i].purpose);
    claim_style(p, p->document.style, p->words.style);
    for (size_t i = 0; i < sources->count; i++) {
        const lh_source *source = &sources->source[i];
        char *text = source->chosen && lh_source_can_be_read_twice(source)
                         ? lh_source_text(sources, i, &error)
                         : NULL;
        if (text)
            claim_styles_in(p, text, source->name);
        free(text);
    }
}

/* ---- what is written --------------------------------------------------------------------------
 */

/* How messages call a document. */
static void label(const names *n, size_t source, const char *alone, char *text, size_t size)
{
    const lh_source *s = &n->sources->source[source];
    if (n->sources->count == 1)
        snprintf(text, size, "%s", alone);
    else if (s->path)
        snprintf(text, size, "%s", s->path);
    else
        snprintf(text, size, "row %zu, '%.80s'", s->row, s->name);
}

static lh_status claim_file(names *n, char *path, bool deep, const char *purpose, lh_error *error)
{
    if (!path)
        return lh_fail_memory(error, "names of files");
    if (deep)
        lh_claims_write_deep(&n->plan->claims, path, purpose);
    else
        lh_claims_write(&n->plan->claims, path, purpose);
    free(path);
    return LH_OK;
}

/* What becomes of a pattern of names for a source; NULL: no memory. */
typedef char *namer(const char *pattern, const char *name, size_t number, const char *digits);

static char *name_source(const names *n, size_t source, const char *pattern, namer *make,
                         const char *digits)
{
    char *own = lh_source_pattern(n->sources, source, pattern);
    char *path = own ? make(own, n->sources->source[source].name, source + 1, digits) : NULL;
    free(own);
    return path;
}

/* The files of a document with so many pages; 0: it is not written, and has none. */
static lh_status claim_pages(names *n, size_t source, size_t pages, lh_error *error)
{
    char purpose[200];
    lh_status status = LH_OK;
    char *own = lh_source_pattern(n->sources, source, n->pattern);
    if (!own)
        return lh_fail_memory(error, "names of files");
    label(n, source, n->plan->words.output, purpose, sizeof purpose);
    for (size_t page = 1; page <= pages && status == LH_OK; page++)
        status = claim_file(
            n, lh_names_of_page(own, n->sources->source[source].name, source + 1, page, pages),
            lh_batch_makes_folders(n->plan, n->pattern), purpose, error);
    free(own);
    return status;
}

static lh_status claim_trace(names *n, size_t source, lh_error *error)
{
    char of[200], purpose[220];
    const char *trace = n->plan->options.trace;
    label(n, source, "", of, sizeof of);
    snprintf(purpose, sizeof purpose, "%s%s%s", n->plan->words.trace, *of ? " of " : "", of);
    return claim_file(n, name_source(n, source, trace, lh_names_fill, "1"),
                      lh_batch_makes_folders(n->plan, trace), purpose, error);
}

/* NAME in the folder that is written; the caller frees. NULL: no memory. */
static char *in_folder(const names *n, const char *name)
{
    size_t size = strlen(n->pattern) + strlen(name) + 2;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s/%s", n->pattern, name);
    return path;
}

/* All that a format makes which is a folder. */
static lh_status claim_folder(names *n, lh_error *error)
{
    const lh_folder_format *format = n->plan->options.format->folder;
    lh_status status = LH_OK;
    for (const char *const *name = format->folders; *name && status == LH_OK; name++) {
        char *path = in_folder(n, *name);
        lh_claims_write_below(&n->plan->claims, path, n->plan->words.output);
        status = path ? LH_OK : lh_fail_memory(error, "names of files");
        free(path);
    }
    for (const char *const *name = format->files; *name && status == LH_OK; name++)
        status = claim_file(n, in_folder(n, *name), true, n->plan->words.output, error);
    return status;
}

/* What is written besides the documents' own files. */
static lh_status claim_common(names *n, lh_error *error)
{
    const lh_batch_options *options = &n->plan->options;
    lh_status status = LH_OK;
    if (options->format->folder)
        status = claim_folder(n, error);
    else if (options->together)
        lh_claims_write(&n->plan->claims, n->pattern, n->plan->words.output);
    if (lh_batch_has_record(n->plan) && status == LH_OK)
        status = claim_file(n, lh_record_path(n->pattern, options->format->folder), true,
                            "the record of the batch", error);
    if (options->manifest && status == LH_OK)
        status = claim_file(n, strdup(options->manifest), true, n->plan->words.manifest, error);
    for (size_t i = 0; options->trace && i < n->sources->count && status == LH_OK; i++)
        if (n->sources->source[i].chosen)
            status = claim_trace(n, i, error);
    return status;
}

/* Takes over `path`; NULL: no memory. */
static lh_status add_name(names *n, open_names *open, char *path, size_t source, lh_error *error)
{
    char *place = path ? lh_claims_place(&n->plan->claims, path) : NULL;
    free(path);
    return open_names_add(open, place, source, error);
}

/* A name that is no document's, nor has a number; NULL: there is none. */
static lh_status add_other(names *n, open_names *open, const char *path, lh_error *error)
{
    return path ? add_name(n, open, strdup(path), OPEN_NOBODY, error) : LH_OK;
}

static lh_status add_styles(names *n, open_names *open, lh_error *error)
{
    lh_status status = LH_OK;
    char *path;
    for (size_t i = 0;
         status == LH_OK && (path = file_of_style(n->plan, n->plan->document.style, i)) != NULL;
         i++)
        status = add_name(n, open, path, OPEN_NOBODY, error);
    return status;
}

/* The names that a page's might be the same as: with a number, and all others. */
static lh_status collect(names *n, open_names *open, lh_error *error)
{
    const lh_batch_options *options = &n->plan->options;
    lh_status status = LH_OK;
    for (size_t i = 0; i < n->sources->count && status == LH_OK; i++) {
        const lh_source *source = &n->sources->source[i];
        if (source->chosen)
            status =
                add_name(n, open, name_source(n, i, n->pattern, lh_names_of_any_page, open_number),
                         i, error);
        if (source->chosen && status == LH_OK && !lh_names_have_page(n->pattern))
            status = add_name(n, open, name_source(n, i, n->pattern, lh_names_fill, ""), i, error);
        if (source->chosen && status == LH_OK && options->trace)
            status = add_name(n, open, name_source(n, i, options->trace, lh_names_fill, "1"),
                              OPEN_NOBODY, error);
        if (status == LH_OK)
            status = add_other(n, open, source->path, error);
    }
    if (status == LH_OK)
        status = add_other(n, open, n->sources->table_path, error);
    if (status == LH_OK)
        status = add_other(n, open, n->sources->template_path, error);
    if (status == LH_OK)
        status = add_styles(n, open, error);
    for (size_t i = 0; i < options->read_count && status == LH_OK; i++)
        status = add_other(n, open, options->reads[i].path, error);
    if (status == LH_OK)
        status = add_other(n, open, options->manifest, error);
    if (status == LH_OK && lh_batch_has_record(n->plan))
        status = add_name(n, open, lh_record_path(n->pattern, false), OPEN_NOBODY, error);
    return status;
}

static names names_of(lh_batch_plan *plan)
{
    return (names){.plan = plan, .sources = plan->sources, .pattern = plan->pattern};
}

/* Finds the documents that have a page whose name might be that of something else. */
static lh_status find_doubtful(names *n, bool *doubtful, lh_error *error)
{
    open_names open = {0};
    lh_status status = collect(n, &open, error);
    if (status == LH_OK)
        status = open_names_compare(&open, doubtful, error);
    open_names_free(&open);
    return status;
}

lh_status lh_batch_claim(lh_batch_plan *plan, bool *doubtful, lh_error *error)
{
    const lh_batch_options *options = &plan->options;
    names n = names_of(plan);
    lh_status status = LH_OK;
    claim_inputs(plan);
    if (lh_names_page_apart(options, n.pattern) && !lh_is_standard_output(n.pattern))
        status = find_doubtful(&n, doubtful, error);
    if (status == LH_OK)
        status = claim_common(&n, error);
    bool own = !options->format->folder && !options->together;
    for (size_t i = 0; own && i < n.sources->count && status == LH_OK; i++)
        if (n.sources->source[i].chosen && !doubtful[i])
            status = claim_pages(&n, i, 1, error);
    return status == LH_OK ? lh_claims_check(&plan->claims, error) : status;
}

/* ---- pages ------------------------------------------------------------------------------------
 */

/* Writes a document to claim its pages. What cannot be read or written is told when its turn comes,
 * and has no files. */
static lh_status count_pages(names *n, size_t source, lh_desk *desk, lh_error *error)
{
    const lh_source *s = &n->sources->source[source];
    const uint64_t seed = n->plan->document.write.seed;
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

lh_status lh_batch_claim_pages(lh_batch_plan *plan, const bool *doubtful, lh_desk *desk,
                               lh_error *error)
{
    names n = names_of(plan);
    lh_status status = LH_OK;
    bool any = false;
    for (size_t i = 0; i < n.sources->count && status == LH_OK; i++)
        if (doubtful[i]) {
            status = count_pages(&n, i, desk, error);
            any = true;
        }
    return status == LH_OK && any ? lh_claims_check(&plan->claims, error) : status;
}
