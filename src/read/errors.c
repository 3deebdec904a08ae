/* Edits between texts: see errors.h. */
#include "errors.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

/* A row of things that are compared: characters, or hashes of words. */
typedef struct row {
    uint64_t *item;
    size_t count;
} row;

const char *read_kind_name(read_kind kind)
{
    static const char *const names[READ_KINDS] = {"small letters", "capitals", "digits",
                                                  "signs",         "blanks",   "other letters"};
    return (unsigned)kind < READ_KINDS ? names[kind] : NULL;
}

static read_kind kind_of(uint64_t c)
{
    if (c >= 'a' && c <= 'z')
        return READ_SMALL;
    if (c >= 'A' && c <= 'Z')
        return READ_CAPITAL;
    if (c >= '0' && c <= '9')
        return READ_DIGIT;
    if (c == ' ')
        return READ_BLANK;
    return c < 0x80 || (c >= 0x2000 && c < 0x2e00) ? READ_SIGN : READ_OTHER;
}

static bool characters_of(const char *text, bool blanks, row *r)
{
    r->count = 0;
    r->item = malloc((strlen(text) + 1) * sizeof *r->item);
    if (!r->item)
        return false;
    for (uint32_t c; (c = lh_utf8_next(&text)) != 0;)
        if (blanks || c != ' ')
            r->item[r->count++] = c;
    return true;
}

/* Words as numbers: the same word has the same one, FNV-1a of 64 bits. */
static bool words_of(const char *text, row *r)
{
    r->count = 0;
    r->item = malloc((strlen(text) / 2 + 1) * sizeof *r->item);
    if (!r->item)
        return false;
    while (*(text += strspn(text, " "))) {
        const size_t length = strcspn(text, " ");
        r->item[r->count++] = fnv_add(FNV_START, text, length);
        text += length;
    }
    return true;
}

/* The table of edits: cost[i][j] of the first i of `a` and the first j of `b`; NULL: no memory. */
static uint32_t *edit_table(const row *a, const row *b)
{
    const size_t width = b->count + 1;
    const bool fits = a->count + 1 <= SIZE_MAX / sizeof(uint32_t) / width;
    uint32_t *cost = fits ? malloc((a->count + 1) * width * sizeof *cost) : NULL;
    for (size_t i = 0; cost && i <= a->count; i++)
        for (size_t j = 0; j <= b->count; j++) {
            uint32_t *at = &cost[i * width + j];
            if (i == 0 || j == 0) {
                *at = (uint32_t)(i + j);
                continue;
            }
            const uint32_t with = at[-(ptrdiff_t)width - 1] + (a->item[i - 1] != b->item[j - 1]);
            const uint32_t lost = at[-(ptrdiff_t)width] + 1, added = at[-1] + 1;
            *at = with <= lost && with <= added ? with : lost < added ? lost : added;
        }
    return cost;
}

static size_t edits(const row *a, const row *b, bool *room)
{
    uint32_t *cost = edit_table(a, b);
    *room = *room && cost;
    const size_t all = cost ? cost[(a->count + 1) * (b->count + 1) - 1] : 0;
    free(cost);
    return all;
}

/* Follows the edits from the end, and counts which characters they are of. */
static void count_kinds(read_errors *e, const row *a, const row *b, const uint32_t *cost)
{
    const size_t width = b->count + 1;
    for (size_t i = a->count, j = b->count; i > 0 || j > 0;) {
        const uint32_t here = cost[i * width + j];
        const bool same = i > 0 && j > 0 && a->item[i - 1] == b->item[j - 1];
        if (i > 0 && j > 0 && here == cost[(i - 1) * width + j - 1] + !same) {
            e->lost_of_kind[kind_of(a->item[i - 1])] += !same;
            i--, j--;
        } else if (i > 0 && here == cost[(i - 1) * width + j] + 1) {
            e->lost_of_kind[kind_of(a->item[--i])]++;
        } else {
            e->added++;
            j--;
        }
    }
}

static bool add_characters(read_errors *e, const row *a, const row *b)
{
    uint32_t *cost = edit_table(a, b);
    if (!cost)
        return false;
    const size_t edits = cost[(a->count + 1) * (b->count + 1) - 1];
    e->characters += a->count;
    e->edits += edits;
    e->lines++;
    e->wrong_lines += edits > 0;
    for (size_t i = 0; i < a->count; i++)
        e->of_kind[kind_of(a->item[i])]++;
    count_kinds(e, a, b, cost);
    free(cost);
    return true;
}

lh_status read_errors_add(read_errors *e, const char *truth, const char *text, lh_error *error)
{
    row rows[6] = {{0}};
    bool room = characters_of(truth, true, &rows[0]) && characters_of(text, true, &rows[1]) &&
                characters_of(truth, false, &rows[2]) && characters_of(text, false, &rows[3]) &&
                words_of(truth, &rows[4]) && words_of(text, &rows[5]);
    if (room && (room = add_characters(e, &rows[0], &rows[1]))) {
        e->solid += rows[2].count;
        e->solid_edits += edits(&rows[2], &rows[3], &room);
        e->words += rows[4].count;
        e->word_edits += edits(&rows[4], &rows[5], &room);
    }
    for (int i = 0; i < 6; i++)
        free(rows[i].item);
    return room ? LH_OK : lh_fail_memory(error, "the edits between two texts");
}
