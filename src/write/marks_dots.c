/* Dots that are missing: two that ran into one, or into the stem below, or that the network left
 * out, as many people do. Where a reader stumbles over such a word, the pen puts them. */
#include "marking.h"

#include "base/extremes.h"
#include "proof.h"
#include "shown.h"

#include <math.h>
#include <stdlib.h>

/* Heights of the small letters: the largest dot, how high it stands at least, and how far it may be
 * from the middle of its letter. */
static const double dot_most = 0.5, dot_low = 0.9, dot_aside = 1;
/* A word of more has none put. */
enum { LETTERS = 32, DOTS = 64 };

static const uint32_t dotted_z = 0x17c; /* the sign whose mark is a dot */

typedef struct letters {
    int32_t character[LETTERS];
    double x[LETTERS];
    size_t count;
} letters;

typedef struct dots {
    double x[DOTS];
    size_t count;
} dots;

/* ---- what is there -----------------------------------------------------------------------------
 */

/* Where ink would be on the baseline if the hand did not lean. */
static double upright(const marking *m, const lh_box *box)
{
    return marking_middle(box) + m->shear * ((double)box->top + (double)box->bottom) / 2;
}

/* The letters of the word that need a dot, and have no other mark. */
static void find_letters(marking *m, const lh_clerk_word *word, const uint32_t *sign,
                         letters *found)
{
    const lh_clerk *clerk = m->clerk;
    span ink;
    for (int u = word->start - clerk->before; u < word->end - clerk->before; u++) {
        m->character = (int32_t)clerk->offset + u;
        if ((sign[u] != 'i' && sign[u] != 'j') || found->count == LETTERS ||
            !marking_find_letter(m, true, &ink))
            continue;
        const lh_box box = marking_box(m, ink);
        found->character[found->count] = m->character;
        found->x[found->count++] = upright(m, &box);
    }
}

static int by_x(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The dots that show, from left to right. */
static lh_status find_dots(const marking *m, dots *found, lh_error *error)
{
    lh_point *shown = malloc((m->own - m->from) * sizeof *shown);
    if (!shown)
        return lh_fail_memory(error, "dots");
    const lh_ink ink = {shown,
                        lh_shown(m->draft->point + m->from, m->own - m->from, m->height, shown), 0};
    const lh_point *stroke;
    size_t position = 0, count;
    while (lh_ink_next_stroke(&ink, &position, &stroke, &count) && found->count < DOTS) {
        const lh_ink view = {(lh_point *)stroke, count, 0};
        const lh_box box = lh_ink_bounds(&view);
        if ((double)(box.right - box.left) < dot_most * m->height &&
            (double)(box.bottom - box.top) < dot_most * m->height &&
            (double)box.bottom < -dot_low * m->height)
            found->x[found->count++] = upright(m, &box);
    }
    free(shown);
    qsort(found->x, found->count, sizeof *found->x, by_x);
    return LH_OK;
}

/* ---- which are missing -------------------------------------------------------------------------
 */

/* Gives the dots to the letters, both from left to right, so that as many as can have one and all
 * are as near as they can be; `lacks` tells which are left. */
static void match(const letters *l, const dots *d, double height, bool lacks[LETTERS])
{
    double cost[LETTERS + 1][DOTS + 1];
    for (size_t i = 0; i <= l->count; i++)
        for (size_t k = 0; k <= d->count; k++) {
            double least = i == 0 ? 0 : cost[i - 1][k] + dot_aside;
            if (i > 0 && k > 0) {
                lh_lower(&least, cost[i][k - 1]);
                lh_lower(&least, cost[i - 1][k - 1] + fabs(l->x[i - 1] - d->x[k - 1]) / height);
            }
            cost[i][k] = least;
        }
    size_t k = d->count;
    for (size_t i = l->count; i > 0; i--) {
        while (k > 0 && cost[i][k] == cost[i][k - 1])
            k--;
        lacks[i - 1] = k == 0 || cost[i][k] == cost[i - 1][k] + dot_aside;
        k -= !lacks[i - 1];
    }
}

lh_status marking_put_dots(marking *m, lh_clerk_word *word, const uint32_t *sign, lh_error *error)
{
    letters l = {.count = 0};
    dots d = {.count = 0};
    bool lacks[LETTERS];
    uint32_t base;
    const lh_mark *dot;
    if (lh_proof_is_readable(word->log_reading) || !lh_composed_find(dotted_z, &base, &dot))
        return LH_OK;
    find_letters(m, word, sign, &l);
    lh_status status = l.count > 0 ? find_dots(m, &d, error) : LH_OK;
    if (l.count == 0 || status != LH_OK)
        return status;
    match(&l, &d, m->height, lacks);
    for (size_t i = 0; i < l.count && status == LH_OK; i++) {
        if (!lacks[i])
            continue;
        m->character = l.character[i];
        word->dotted = true;
        /* As on a letter that has no dot of its own to give way. */
        status = marking_on_letter(m, 'n', dot, error);
    }
    return status;
}
