/* Where the text of a list's items begins: see hanging.h. The network leaves now more, now less
 * behind a mark, down to nothing; a person sees the item above. */
#include "document/hanging.h"

#include "base/extremes.h"

#include <stdlib.h>

/* Share of the pitch: the gap behind a mark. */
#define GAP_SHARE 0.3f
/* Rows from one item of a list to the next: one may be empty. */
enum { ROWS_MOST = 2 };

typedef struct lists {
    const lh_manuscript *text;
    const lh_written *const *written;
    const float *scale;
    float pitch;
    float *at; /* [passages] */
} lists;

static float size_of(const lists *l, size_t i)
{
    return l->text->manner[l->text->passage[i].manner].size;
}

/* mm from the beginning of passage `i` to a gap behind its mark; 0: it has none, or none of its
 * text is written yet. */
static float least(const lists *l, size_t i)
{
    const lh_passage *p = &l->text->passage[i];
    const lh_written *w = l->written[i];
    if (!p->hangs || p->mark < 1 || (size_t)p->mark >= w->words)
        return 0;
    const float left = lh_written_bounds(w, 0, 1).left;
    float right = left;
    for (size_t k = 0; k < (size_t)p->mark; k++)
        lh_raisef(&right, lh_written_bounds(w, k, 1).right);
    return l->scale[i] * (right - left) + GAP_SHARE * l->pitch * size_of(l, i);
}

typedef enum kind { COUNTED, TICKED, BULLET } kind;

/* Of a list's mark: those of one kind are about as wide. */
static kind kind_of(const lists *l, size_t i)
{
    enum { BOX = 0x2610, CROSSED = 0x2612 };
    const char *at = l->text->passage[i].text;
    const uint32_t first = lh_utf8_next(&at);
    const bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
    return letter || (first >= '0' && first <= '9') ? COUNTED
           : first >= BOX && first <= CROSSED       ? TICKED
                                                    : BULLET;
}

/* The next item of the list that item `i` is of; items that are farther in, and rows that go on
 * with them, are passed by. Behind all passages: it was the last. */
static size_t next_item(const lists *l, size_t i)
{
    const lh_passage *first = &l->text->passage[i];
    for (size_t k = i + 1; k < l->text->passages; k++) {
        const lh_passage *p = &l->text->passage[k];
        if (p->rows > ROWS_MOST || (p->rows > 0 && p->indent < first->indent))
            break;
        if (p->rows == 0 || p->indent > first->indent)
            continue;
        return p->mark >= 0 && kind_of(l, k) == kind_of(l, i) && size_of(l, k) == size_of(l, i)
                   ? k
                   : l->text->passages;
    }
    return l->text->passages;
}

/* All items of a list from item `i` on, which is its first. */
static void find_list(lists *l, size_t i)
{
    float most = 0;
    for (size_t k = i; k < l->text->passages; k = next_item(l, k))
        lh_raisef(&most, least(l, k));
    for (size_t k = i; k < l->text->passages; k = next_item(l, k))
        l->at[k] = least(l, k) > 0 ? most : 0;
}

float *lh_hanging_find(const lh_manuscript *text, const lh_written *const *written,
                       const float *scale, const lh_document_options *options, lh_error *error)
{
    lists l = {text, written, scale, options->paper.pitch,
               calloc(text->passages + 1, sizeof *l.at)};
    if (!l.at)
        lh_fail_memory(error, "the rows of a document");
    for (size_t i = 0; l.at && i < text->passages; i++)
        if (l.at[i] == 0 && least(&l, i) > 0)
            find_list(&l, i);
    return l.at;
}
