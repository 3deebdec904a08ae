/* Names with a number left open: see open_names.h. */
#include "document/open_names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct open_name {
    char *place;  /* owned */
    char *key;    /* owned: see key_of; the same names have the same */
    size_t fixed; /* bytes of the place before the number, or all */
    size_t source;
};

const char open_number[] = {OPEN_NUMBER, '\0'};

void open_names_free(open_names *n)
{
    for (size_t i = 0; i < n->count; i++) {
        free(n->name[i].place);
        free(n->name[i].key);
    }
    free(n->name);
    *n = (open_names){0};
}

lh_status open_names_add(open_names *n, char *place, size_t source, lh_error *error)
{
    if (place && n->count == n->capacity) {
        size_t capacity = 2 * n->capacity + 64;
        open_name *larger = realloc(n->name, capacity * sizeof *larger);
        n->name = larger ? larger : n->name;
        n->capacity = larger ? capacity : n->capacity;
    }
    if (!place || n->count == n->capacity) {
        free(place);
        return lh_fail_memory(error, "names of files");
    }
    n->name[n->count++] =
        (open_name){.place = place, .fixed = strcspn(place, open_number), .source = source};
    return LH_OK;
}

/* ---- comparing --------------------------------------------------------------------------------
 */

/* Can a number be put into both names so that they are the same? `in_a`: the beginning of the
 * number that stands at `a` is already there; likewise `in_b`. */
static bool may_meet(const char *a, bool in_a, const char *b, bool in_b)
{
    const bool open_a = *a == OPEN_NUMBER, open_b = *b == OPEN_NUMBER;
    if (open_a && in_a && may_meet(a + 1, false, b, in_b))
        return true;
    if (open_b && in_b && may_meet(a, in_a, b + 1, false))
        return true;
    if (!*a || !*b)
        return !*a && !*b;
    if (open_a && open_b)
        return !(in_a && in_b) && may_meet(a, true, b, true);
    const bool fits = open_a   ? isdigit((unsigned char)*b)
                      : open_b ? isdigit((unsigned char)*a)
                               : *a == *b;
    return fits && may_meet(open_a ? a : a + 1, open_a, open_b ? b : b + 1, open_b);
}

/* The parts of a path, of the first 64, that have an open number in them. */
static uint64_t open_parts(const char *place)
{
    uint64_t open = 0, part = 1;
    for (const char *c = place; *c && part; c++) {
        if (*c == OPEN_NUMBER)
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
        if (!drop || (!isdigit((unsigned char)*c) && *c != OPEN_NUMBER))
            *out++ = *c;
        if (*c == '/')
            part <<= 1;
    }
    if (key)
        *out = '\0';
    return key;
}

static int by_key(const void *a, const void *b)
{
    const open_name *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order == 0)
        order = memcmp(x->place, y->place, x->fixed < y->fixed ? x->fixed : y->fixed);
    return order ? order : (x->fixed > y->fixed) - (x->fixed < y->fixed);
}

static void doubt(bool *doubtful, size_t source)
{
    if (source != OPEN_NOBODY)
        doubtful[source] = true;
}

/* A name that begins with all that another has before its number comes behind it, with nothing else
 * between. */
lh_status open_names_compare(open_names *n, bool *doubtful, lh_error *error)
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
                doubt(doubtful, a->source);
                doubt(doubtful, b->source);
            }
        }
    }
    return LH_OK;
}
