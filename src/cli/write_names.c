/* The names of a batch's files: see write_names.h.
 *
 * Documents have names of their own, but a.png's second page, a-2.png, might be that of document
 * a-2, and {name}{page} is a11 for page 11 of a and page 1 of a1. How many pages there are is known
 * once a document is written. So names with a number left open are compared first: where two may
 * be the same, those documents are written to see whether they are, and files come after that. */
#include "write_names.h"

#include "write_record.h"

#include "corpus/layout.h"
#include "write/style.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Stands in a name for the number of a page, whichever. */
#define ANY_NUMBER '\1'
static const char any_number[] = {ANY_NUMBER, '\0'};

/* No document of a name. */
#define NOBODY SIZE_MAX

/* A name that the run uses, with the number of a page left open in it or not. */
typedef struct open_name {
    char *place;  /* owned; lh_claims_place */
    char *key;    /* owned: see key_of; the same names have the same */
    size_t fixed; /* bytes of the place before the number, or all */
    size_t source;
} open_name;

struct write_names {
    write_job *job;
    const write_sources *sources;
    const char *pattern;
    bool *doubtful; /* [sources->count]; how many pages it has decides */
    bool any_doubt;
    open_name *name; /* [count] */
    size_t count, capacity;
};

/* ---- making names -----------------------------------------------------------------------------
 */

bool write_is_pattern(const char *pattern)
{
    return strstr(pattern, "{name}") || strstr(pattern, "{number}") || strstr(pattern, "{page}");
}

bool write_pages_apart(const write_job *job, const char *pattern)
{
    if (job->together || job->format == WRITE_IAM)
        return false;
    return strstr(pattern, "{page}") || job->format == WRITE_PNG || job->look != LH_LOOK_INK;
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
    char *path = fill(pattern, name, number, any_number);
    return path && !strstr(pattern, "{page}") ? add_page(path, any_number) : path;
}

/* ---- names with a number left open ------------------------------------------------------------
 */

/* Can a number be put into both names so that they are the same? `in_a`: the beginning of the
 * number that stands at `a` is already there; likewise `in_b`. */
static bool may_meet(const char *a, bool in_a, const char *b, bool in_b)
{
    const bool open_a = *a == ANY_NUMBER, open_b = *b == ANY_NUMBER;
    if (open_a && in_a && may_meet(a + 1, false, b, in_b))
        return true;
    if (open_b && in_b && may_meet(a, in_a, b + 1, false))
        return true;
    if (!*a || !*b)
        return !*a && !*b;
    if (open_a && open_b)
        return !(in_a && in_b) && may_meet(a, true, b, true);
    const bool fits = open_a   ? isdigit((unsigned char)*b) && (in_a || *b != '0')
                      : open_b ? isdigit((unsigned char)*a) && (in_b || *a != '0')
                               : *a == *b;
    return fits && may_meet(open_a ? a : a + 1, open_a, open_b ? b : b + 1, open_b);
}

/* The parts of a path, of the first 64, that have an open number in them. */
static uint64_t open_parts(const char *place)
{
    uint64_t open = 0, part = 1;
    for (const char *c = place; *c && part; c++) {
        if (*c == ANY_NUMBER)
            open |= part;
        if (*c == '/')
            part <<= 1;
    }
    return open;
}

/* The place without the digits of its parts that are `open` in any name. */
static char *key_of(const char *place, uint64_t open)
{
    char *key = strdup(place), *out = key;
    uint64_t part = 1;
    for (const char *c = place; key && *c; c++) {
        bool drop = (open & part) || !part;
        if (!drop || (!isdigit((unsigned char)*c) && *c != ANY_NUMBER))
            *out++ = *c;
        if (*c == '/')
            part <<= 1;
    }
    if (key)
        *out = '\0';
    return key;
}

/* Takes over `path`; NULL: no memory. */
static lh_status add_name(write_names *n, char *path, size_t source, lh_error *error)
{
    if (path && n->count == n->capacity) {
        size_t capacity = 2 * n->capacity + 64;
        open_name *larger = realloc(n->name, capacity * sizeof *larger);
        n->name = larger ? larger : n->name;
        n->capacity = larger ? capacity : n->capacity;
    }
    open_name name = {.source = source};
    if (path && n->count < n->capacity) {
        name.place = lh_claims_place(&n->job->claims, path);
        name.fixed = name.place ? strcspn(name.place, any_number) : 0;
    }
    free(path);
    if (!name.place)
        return lh_fail_memory(error, "names of files");
    n->name[n->count++] = name;
    return LH_OK;
}

static int by_key(const void *a, const void *b)
{
    const open_name *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order == 0)
        order = memcmp(x->place, y->place, x->fixed < y->fixed ? x->fixed : y->fixed);
    return order ? order : (x->fixed > y->fixed) - (x->fixed < y->fixed);
}

static void doubt(write_names *n, size_t source)
{
    if (source != NOBODY)
        n->doubtful[source] = n->any_doubt = true;
}

/* Marks the documents whose names may be the same, or another file's of the run. A name that begins
 * with all that another has before its number comes behind it, with nothing else between. */
static lh_status find_doubts(write_names *n, lh_error *error)
{
    uint64_t open = 0;
    for (size_t i = 0; i < n->count; i++)
        open |= open_parts(n->name[i].place);
    for (size_t i = 0; i < n->count; i++)
        if (!(n->name[i].key = key_of(n->name[i].place, open)))
            return lh_fail_memory(error, "names of files");
    if (n->count > 1)
        qsort(n->name, n->count, sizeof *n->name, by_key);
    for (size_t i = 0; i < n->count; i++) {
        const open_name *a = &n->name[i];
        if (!a->place[a->fixed])
            continue; /* no number */
        for (size_t k = i + 1; k < n->count; k++) {
            const open_name *b = &n->name[k];
            if (strcmp(a->key, b->key) != 0 || b->fixed < a->fixed ||
                memcmp(a->place, b->place, a->fixed) != 0)
                break;
            if (may_meet(a->place, false, b->place, false)) {
                doubt(n, a->source);
                doubt(n, b->source);
            }
        }
    }
    return LH_OK;
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

/* A pipe is read only once, and not now. */
static bool can_be_read_twice(const write_source *source)
{
    struct stat info;
    return !source->path || (stat(source->path, &info) == 0 && S_ISREG(info.st_mode));
}

static void claim_inputs(write_job *job, const write_sources *sources)
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
        char *text = sources->source[i].chosen && can_be_read_twice(&sources->source[i])
                         ? write_source_text(sources, i, &error)
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
    const write_source *s = &n->sources->source[source];
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

/* What is written besides the documents' own files. */
static lh_status claim_common(write_names *n, lh_error *error)
{
    const write_job *job = n->job;
    lh_status status = LH_OK;
    if (job->format == WRITE_IAM)
        iam_claim(&n->job->claims, n->pattern, "-o");
    else if (job->together)
        lh_claims_write(&n->job->claims, n->pattern, "-o");
    if (is_batch(n))
        status = claim_file(n, write_record_path(n->pattern, job->format == WRITE_IAM), true,
                            "the record of the batch", error);
    for (size_t i = 0; job->trace && i < n->sources->count && status == LH_OK; i++)
        if (n->sources->source[i].chosen)
            status = claim_trace(n, i, error);
    return status;
}

/* The names that a page's might be the same as: with a number, and all others. */
static lh_status collect(write_names *n, lh_error *error)
{
    const write_job *job = n->job;
    lh_status status = LH_OK;
    for (size_t i = 0; i < n->sources->count && status == LH_OK; i++) {
        const write_source *source = &n->sources->source[i];
        if (source->chosen)
            status = add_name(n, any_page_name(n->pattern, source->name, i + 1), i, error);
        if (source->chosen && status == LH_OK && !strstr(n->pattern, "{page}"))
            status = add_name(n, fill(n->pattern, source->name, i + 1, ""), i, error);
        if (source->chosen && status == LH_OK && job->trace)
            status = add_name(n, fill(job->trace, source->name, i + 1, "1"), NOBODY, error);
        if (source->path && status == LH_OK)
            status = add_name(n, strdup(source->path), NOBODY, error);
    }
    const char *const others[] = {job->merge, job->template, job->signs, job->model_path,
                                  job->style};
    for (size_t i = 0; i < sizeof others / sizeof *others && status == LH_OK; i++)
        if (others[i])
            status = add_name(n, strdup(others[i]), NOBODY, error);
    if (status == LH_OK && is_batch(n))
        status = add_name(n, write_record_path(n->pattern, false), NOBODY, error);
    return status;
}

static lh_status claim_all(write_names *n, lh_error *error)
{
    lh_status status = LH_OK;
    claim_inputs(n->job, n->sources);
    if (write_pages_apart(n->job, n->pattern) && strcmp(n->pattern, "-") != 0) {
        status = collect(n, error);
        if (status == LH_OK)
            status = find_doubts(n, error);
    }
    if (status == LH_OK)
        status = claim_common(n, error);
    bool own = n->job->format != WRITE_IAM && !n->job->together;
    for (size_t i = 0; own && i < n->sources->count && status == LH_OK; i++)
        if (n->sources->source[i].chosen && !n->doubtful[i])
            status = claim_pages(n, i, 1, error);
    return status == LH_OK ? lh_claims_check(&n->job->claims, error) : status;
}

write_names *write_names_claim(write_job *job, const write_sources *sources, const char *pattern,
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
    for (size_t i = 0; i < n->count; i++) {
        free(n->name[i].place);
        free(n->name[i].key);
    }
    free(n->name);
    free(n->doubtful);
    free(n);
}

/* ---- pages ------------------------------------------------------------------------------------
 */

/* Writes a document to claim its pages. What cannot be read or written is told when its turn comes,
 * and has no files. */
static lh_status count_pages(write_names *n, size_t source, lh_desk *desk, lh_error *error)
{
    const write_source *s = &n->sources->source[source];
    const uint64_t seed = n->job->document.write.seed;
    lh_error ignored;
    if (!can_be_read_twice(s))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%.200s: its pages might get the name of another output; put {number} into "
                       "the names",
                       s->path);
    char *text = write_source_text(n->sources, source, &ignored);
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
    for (size_t i = 0; i < n->sources->count && status == LH_OK; i++)
        if (n->doubtful[i])
            status = count_pages(n, i, desk, error);
    return status == LH_OK && n->any_doubt ? lh_claims_check(&n->job->claims, error) : status;
}
