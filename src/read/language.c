/* Character n-grams with Witten-Bell smoothing: see read.h.
 *
 * With c(h k) how often k stood behind h, N(h) how often anything did, and T(h) how many different
 * characters did,
 *
 *     p(k | h) = (c(h k) + T(h) p(k | h')) / (N(h) + T(h)),    h' = h without its first character,
 *
 * and below the empty history each of U = 65,536 characters is as probable as the others (Witten
 * and Bell 1991, method C; Chen and Goodman 1998, section 2.6). */
#include "language.h"

#include "base/hash.h"
#include "base/need.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double characters_there_are = 65536;

/* How often a history was met, or a character behind one; by the hash of it. */
typedef struct entry {
    uint64_t key; /* 0: free */
    uint32_t count, kinds;
} entry;

struct lh_language {
    int order;
    entry *entry; /* [room], a power of two */
    size_t room, used;
};

/* Of `count` characters at `text`; a history and the same as a gram are apart. */
static uint64_t key_of(const uint32_t *text, int count, bool history)
{
    hash_state hash = hash_start();
    const unsigned char how = (unsigned char)(2 * count + history);
    hash_add(&hash, &how, 1);
    hash_add(&hash, text, (size_t)count * sizeof *text);
    const uint64_t key = hash_end(&hash);
    return key ? key : 1;
}

static entry *find(const lh_language *l, uint64_t key)
{
    size_t at = (size_t)(key ^ key >> 32) & (l->room - 1);
    while (l->entry[at].key && l->entry[at].key != key)
        at = (at + 1) & (l->room - 1);
    return &l->entry[at];
}

static bool grow(lh_language *l)
{
    entry *old = l->entry;
    const size_t room = l->room;
    entry *larger = calloc(2 * room, sizeof *larger);
    if (!larger)
        return false;
    l->entry = larger;
    l->room = 2 * room;
    for (size_t i = 0; i < room; i++)
        if (old[i].key)
            *find(l, old[i].key) = old[i];
    free(old);
    return true;
}

/* The entry of `key`, made if it is new; NULL: no memory. */
static entry *meet(lh_language *l, uint64_t key)
{
    if (2 * (l->used + 1) > l->room && !grow(l))
        return NULL;
    entry *e = find(l, key);
    l->used += e->key == 0;
    e->key = key;
    return e;
}

lh_language *lh_language_new(int order, lh_error *error)
{
    LH_NEED(error, order >= 1 && order <= LH_LANGUAGE_ORDER_MAX, NULL);
    LH_OWN_ERROR(error);
    lh_language *l = calloc(1, sizeof *l);
    if (l) {
        l->order = order;
        l->room = 1 << 12;
        l->entry = calloc(l->room, sizeof *l->entry);
    }
    if (l && l->entry)
        return l;
    lh_language_free(l);
    lh_fail_memory(error, "a language");
    return NULL;
}

void lh_language_free(lh_language *l)
{
    if (!l)
        return;
    free(l->entry);
    free(l);
}

/* Counts the character behind text[0..count-1] in each of its histories. */
static bool count_character(lh_language *l, const uint32_t *text, int count)
{
    for (int length = 0; length < l->order && length <= count; length++) {
        const uint32_t *history = text + count - length;
        entry *gram = meet(l, key_of(history, length + 1, false));
        if (!gram)
            return false;
        const bool first = gram->count++ == 0;
        entry *whole = meet(l, key_of(history, length, true));
        if (!whole)
            return false;
        whole->count++;
        whole->kinds += first;
    }
    return true;
}

lh_status lh_language_learn(lh_language *l, const char *line, lh_error *error)
{
    LH_NEED(error, l && line, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    uint32_t text[LH_LANGUAGE_ORDER_MAX];
    int count = 0;
    for (const char *at = line; *at;) {
        if (count == l->order) /* the oldest falls out */
            memmove(text, text + 1, (size_t)--count * sizeof *text);
        text[count] = lh_utf8_next(&at);
        if (text[count] == UINT32_MAX)
            return lh_fail(error, LH_ERROR_FORMAT, "a text to learn from is no UTF-8");
        if (!count_character(l, text, count))
            return lh_fail_memory(error, "a language");
        count++;
    }
    return LH_OK;
}

double lh_language_log_probability(const lh_language *l, const uint32_t *history, size_t count,
                                   uint32_t codepoint)
{
    if (!l || (!history && count > 0))
        return -INFINITY;
    uint32_t text[LH_LANGUAGE_ORDER_MAX];
    const int known = count < (size_t)l->order - 1 ? (int)count : l->order - 1;
    if (known > 0)
        memcpy(text, history + count - (size_t)known, (size_t)known * sizeof *text);
    text[known] = codepoint;
    double p = 1 / characters_there_are;
    for (int length = 0; length <= known; length++) {
        const uint32_t *from = text + known - length;
        const entry *whole = find(l, key_of(from, length, true));
        const double all = whole->count, kinds = whole->kinds;
        if (all == 0)
            break; /* nor was a longer one met */
        p = (find(l, key_of(from, length + 1, false))->count + kinds * p) / (all + kinds);
    }
    return log(p);
}

double read_prior_of(const read_prior *prior, const int32_t *history, int count, int32_t symbol)
{
    uint32_t text[READ_HISTORY];
    if (!prior->language)
        return 0;
    const int from = count > READ_HISTORY ? count - READ_HISTORY : 0;
    for (int i = from; i < count; i++)
        text[i - from] = prior->alphabet->codepoint[history[i]];
    return prior->weight * lh_language_log_probability(prior->language, text,
                                                       (size_t)(count - from),
                                                       prior->alphabet->codepoint[symbol]) +
           prior->bonus;
}
