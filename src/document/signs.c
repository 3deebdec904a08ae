/* What to write for characters that a model does not know: the table of signs. */
#include "document/signs.h"

#include "base/need.h"
#include "document/signs_index.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 1 << 20 };

/* The characters first..last; the replacements stand one behind the other, each with a NUL. */
typedef struct row {
    uint32_t first, last;
    char *replacement; /* owned by the first row of those made from one of the file */
    int replacements;
    bool owner;
} row;

/* The rows as they are found for the alphabet that was last asked about. */
typedef struct found {
    pthread_mutex_t lock;
    bool made;
    lh_alphabet alphabet;
    lh_signs_index index;
} found;

struct lh_signs {
    row *row;
    size_t count, capacity;
    found *found;
};

lh_signs *lh_signs_new(lh_error *error)
{
    lh_signs *signs = calloc(1, sizeof *signs);
    found *all = calloc(1, sizeof *all);
    if (!signs || !all || pthread_mutex_init(&all->lock, NULL) != 0) {
        free(signs);
        free(all);
        lh_fail_memory(error, "a table of signs");
        return NULL;
    }
    signs->found = all;
    return signs;
}

void lh_signs_free(lh_signs *signs)
{
    if (!signs)
        return;
    for (size_t i = 0; i < signs->count; i++)
        if (signs->row[i].owner)
            free(signs->row[i].replacement);
    free(signs->row);
    lh_signs_index_clear(&signs->found->index);
    pthread_mutex_destroy(&signs->found->lock);
    free(signs->found);
    free(signs);
}

/* ---- finding ----------------------------------------------------------------------------------
 */

/* NULL is ASCII. */
static bool writable(const char *text, const lh_alphabet *alphabet)
{
    for (uint32_t c; (c = lh_utf8_next(&text)) != 0;)
        if (alphabet ? !lh_can_write(alphabet, c) : c >= 0x80)
            return false;
    return true;
}

/* The first replacement of a row that can be written whole; NULL: none can. */
static const char *choose(const row *r, const lh_alphabet *alphabet)
{
    const char *at = r->replacement;
    for (int k = 0; k < r->replacements; k++, at += strlen(at) + 1)
        if (writable(at, alphabet))
            return at;
    return NULL;
}

/* Makes the index anew for `alphabet`; without memory for it nothing is found. */
static void make_index(const lh_signs *signs, const lh_alphabet *alphabet)
{
    found *all = signs->found;
    lh_signs_index_clear(&all->index);
    all->alphabet = *alphabet;
    all->made = true;
    lh_signs_range *range = malloc((signs->count + 1) * sizeof *range);
    const char *text = NULL;
    size_t ranges = 0;
    for (size_t i = 0; range && i < signs->count; i++) {
        const row *r = &signs->row[i];
        if (r->owner) /* those behind it have the same */
            text = choose(r, alphabet);
        if (text)
            range[ranges++] = (lh_signs_range){r->first, r->last, text};
    }
    if (range)
        lh_signs_index_make(&all->index, range, ranges, NULL);
    free(range);
}

static bool same(const lh_alphabet *a, const lh_alphabet *b)
{
    return a->count == b->count &&
           memcmp(a->codepoint, b->codepoint, (size_t)a->count * sizeof *a->codepoint) == 0;
}

const char *lh_signs_find(const lh_signs *signs, uint32_t codepoint, const lh_alphabet *alphabet)
{
    if (!signs || !alphabet)
        return NULL;
    found *all = signs->found;
    pthread_mutex_lock(&all->lock);
    if (!all->made || !same(&all->alphabet, alphabet))
        make_index(signs, alphabet);
    const char *text = lh_signs_index_find(&all->index, codepoint);
    pthread_mutex_unlock(&all->lock);
    return text;
}

const char *lh_signs_find_ascii(const lh_signs *signs, uint32_t codepoint)
{
    const char *text = NULL;
    for (size_t i = signs ? signs->count : 0; !text && i-- > 0;)
        if (signs->row[i].first <= codepoint && codepoint <= signs->row[i].last)
            text = choose(&signs->row[i], NULL);
    return text;
}

void lh_signs_print(const lh_signs *signs, hash_state *hash)
{
    for (size_t i = 0; signs && i < signs->count; i++) {
        const row *r = &signs->row[i];
        const uint32_t head[] = {r->first, r->last, (uint32_t)r->replacements};
        hash_add(hash, head, sizeof head);
        const char *at = r->replacement;
        for (int k = 0; k < r->replacements; k++, at += strlen(at) + 1)
            lh_print_text(hash, at);
    }
}

/* ---- reading ----------------------------------------------------------------------------------
 */

static lh_status add_row(lh_signs *signs, row added, lh_error *error)
{
    if (signs->count == signs->capacity) {
        size_t capacity = 2 * signs->capacity + 64;
        row *larger = realloc(signs->row, capacity * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "a table of signs");
        signs->row = larger;
        signs->capacity = capacity;
    }
    signs->row[signs->count++] = added;
    signs->found->made = false;
    return LH_OK;
}

/* "U+2019": moves `*at` behind it; 0 when there is none. */
static uint32_t parse_code(const char **at)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    size_t length = strncmp(*at, "U+", 2) == 0 ? strspn(*at + 2, digits) : 0;
    if (length < 4 || length > 6)
        return 0;
    uint32_t code = (uint32_t)strtoul(*at + 2, NULL, 16);
    *at += 2 + length;
    return code <= 0x10ffff ? code : 0;
}

/* The replacements from `from` on, each with a NUL behind it in `out`. Returns how many, or -1. */
static int parse_replacements(const char *from, char *out)
{
    int count = 0;
    for (;; count++) {
        from += strspn(from, " \t");
        if (!*from)
            return count;
        size_t length = strcspn(from, " \t");
        const char *end = *from == '"' ? strchr(from + 1, '"') : NULL;
        bool quoted = end && strchr(" \t", end[1]);
        if (*from == '"' && !quoted && length > 1)
            return -1;
        from += quoted;
        if (quoted)
            length = (size_t)(end - from);
        memcpy(out, from, length);
        out[length] = '\0';
        out += length + 1;
        from += length + quoted;
    }
}

/* The characters of a row's first field. */
static lh_status add_characters(lh_signs *signs, const char *field, row made, lh_error *error)
{
    const char *at = field;
    made.first = made.last = parse_code(&at);
    if (made.first && *at == '-' && at++)
        made.last = parse_code(&at);
    if (made.first || strncmp(field, "U+", 2) == 0)
        return *at || made.last < made.first || !made.first
                   ? lh_fail(error, LH_ERROR_FORMAT, "'%.40s' is no character", field)
                   : add_row(signs, made, error);
    lh_status status = LH_OK;
    for (uint32_t c; status == LH_OK && (c = lh_utf8_next(&field)) != 0; made.owner = false) {
        made.first = made.last = c;
        status = add_row(signs, made, error);
    }
    return status;
}

/* A row without its line end, cut in place. */
static lh_status parse_row(lh_signs *signs, char *text, lh_error *error)
{
    text += strspn(text, " \t");
    if (!*text || *text == '#')
        return LH_OK;
    size_t length = strcspn(text, " \t");
    char *rest = text + length;
    char *replacement = malloc(strlen(rest) + 2);
    if (!replacement)
        return lh_fail_memory(error, "a table of signs");
    row made = {.replacement = replacement, .owner = true};
    made.replacements = lh_utf8_valid(text) ? parse_replacements(rest, replacement) : -1;
    if (made.replacements <= 0) {
        free(replacement);
        return lh_fail(error, LH_ERROR_FORMAT,
                       "expected characters in UTF-8, a blank, and what to write for them");
    }
    *rest = '\0';
    size_t before = signs->count;
    lh_status status = add_characters(signs, text, made, error);
    if (signs->count == before)
        free(replacement);
    return status;
}

lh_status lh_signs_parse(lh_signs *signs, const char *text, const char *name, lh_error *error)
{
    LH_NEED(error, signs && text && name, LH_ERROR_ARGUMENT);
    char *copy = strdup(text);
    if (!copy)
        return lh_fail_memory(error, "a table of signs");
    lh_status status = LH_OK;
    size_t number = 1;
    for (char *at = copy, *next; at && status == LH_OK; at = next, number++) {
        next = strchr(at, '\n');
        if (next)
            *next++ = '\0';
        at[strcspn(at, "\r")] = '\0';
        lh_error inner;
        status = parse_row(signs, at, &inner);
        if (status != LH_OK)
            lh_fail(error, status, "%s, row %zu: %s", name, number, inner.message);
    }
    free(copy);
    return status;
}

lh_status lh_signs_read(lh_signs *signs, const char *path, lh_error *error)
{
    LH_NEED(error, signs && path, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    size_t size;
    char *text = lh_file_read(path, FILE_LIMIT, &size, error);
    if (!text)
        return error->status;
    const char *start = strncmp(text, "\xef\xbb\xbf", 3) == 0 ? text + 3 : text;
    lh_status status = strlen(text) < size
                           ? lh_fail(error, LH_ERROR_FORMAT, "%s: is not text", path)
                           : lh_signs_parse(signs, start, path, error);
    free(text);
    return status;
}
