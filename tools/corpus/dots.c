/* Which letters of a line have their dots: see dots.h. */
#include "dots.h"
#include "base/extremes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* In heights of the small letters: a mark's box is smaller than this, and its middle higher. */
static const float mark_wide = 0.7f, mark_tall = 0.8f, mark_low = 0.6f;

/* What it costs to leave a mark to nobody; a mark farther from its letter than the sum of this and
 * of what the letter's lack costs is not its own. */
static const double nobodys = 1.2;

typedef struct mark {
    size_t first, end; /* points */
    double x;
} mark;

/* What may own a mark: a character, in some cases several times over. */
typedef struct owner {
    size_t character;
    double x, lack, taken; /* where it is; what it costs if it has none, or has one */
    int mark;              /* its own; -1: none */
} owner;

typedef struct matching {
    mark *mark;
    size_t marks;
    owner *owner;
    size_t owners;
    double *cost; /* [marks + 1][owners + 1] of the first of each */
} matching;

/* ---- marks and owners --------------------------------------------------------------------------
 */

static bool is_mark(const lh_point *point, size_t count, const lh_baseline *base, mark *is)
{
    const lh_ink ink = {(lh_point *)point, count, 0};
    const lh_box box = lh_ink_bounds(&ink);
    const float middle = (box.left + box.right) / 2,
                up = base->offset + base->slope * middle - (box.top + box.bottom) / 2;
    is->x = (double)middle;
    return box.right - box.left < mark_wide * base->height &&
           box.bottom - box.top < mark_tall * base->height && up > mark_low * base->height;
}

static int by_x(const void *a, const void *b)
{
    const mark *p = a, *q = b;
    return (p->x > q->x) - (p->x < q->x);
}

static void find_marks(const aligned *line, const lh_baseline *base, matching *m)
{
    const lh_ink whole = {(lh_point *)line->line.points, line->line.count, 0};
    const lh_point *stroke;
    size_t position = 0, count;
    while (lh_ink_next_stroke(&whole, &position, &stroke, &count)) {
        mark *is = &m->mark[m->marks];
        *is = (mark){.first = (size_t)(stroke - whole.points)};
        is->end = is->first + count;
        m->marks += is_mark(stroke, count, base, is);
    }
    qsort(m->mark, m->marks, sizeof *m->mark, by_x);
}

static bool is_of_mark(const matching *m, size_t point)
{
    for (size_t i = 0; i < m->marks; i++)
        if (point >= m->mark[i].first && point < m->mark[i].end)
            return true;
    return false;
}

/* Where a character is: the middle of its points that are of no mark; where it has none, of all. */
static bool find_place(const aligned *line, const matching *m, owner *is)
{
    for (int marks = 0; marks < 2; marks++) {
        double x = 0, count = 0;
        for (size_t i = 0; i < line->line.count; i++)
            if ((size_t)line->on[i] == is->character && (marks || !is_of_mark(m, i))) {
                x += (double)line->line.points[i].x;
                count++;
            }
        is->x = count > 0 ? x / count : 0;
        if (count > 0)
            return true;
    }
    return false;
}

static void add_owners(const aligned *line, size_t u, uint32_t c, matching *m)
{
    const bool small =
        (c >= 'a' && c <= 'z' && c != 't' && c != 'f') || c == '.' || c == ',' || c == ' ';
    const bool dotted = c == 'i' || c == 'j', sign = c == '\'' || c == '"' || c == '-';
    owner o = {.character = u,
               .lack = dotted ? 1.5
                       : sign ? 0.7
                              : 0,
               .taken = dotted || sign ? 0 : 0.5,
               .mark = -1};
    if ((small && !dotted) || !find_place(line, m, &o))
        return;
    m->owner[m->owners++] = o;
    if (c == '"' || c > 127)
        m->owner[m->owners++] = o;
}

/* ---- whose is which ----------------------------------------------------------------------------
 */

static double match_cost(const mark *at, const owner *is, double height)
{
    return fabs(at->x - is->x) / height + is->taken;
}

/* The cheapest way to give the marks to the owners, both from left to right. */
static void find_owners(matching *m, double height)
{
    const size_t width = m->owners + 1;
    for (size_t i = 0; i <= m->marks; i++)
        for (size_t k = 0; k <= m->owners; k++) {
            double least = i + k > 0 ? INFINITY : 0;
            if (i > 0)
                least = m->cost[(i - 1) * width + k] + nobodys;
            if (k > 0)
                lh_lower(&least, m->cost[i * width + k - 1] + m->owner[k - 1].lack);
            if (i > 0 && k > 0)
                lh_lower(&least, m->cost[(i - 1) * width + k - 1] +
                                     match_cost(&m->mark[i - 1], &m->owner[k - 1], height));
            m->cost[i * width + k] = least;
        }
    for (size_t i = m->marks, k = m->owners; i > 0 && k > 0;) {
        const double least = m->cost[i * width + k];
        if (least == m->cost[(i - 1) * width + k] + nobodys)
            i--;
        else if (least == m->cost[i * width + k - 1] + m->owner[k - 1].lack)
            k--;
        else
            m->owner[--k].mark = (int)--i;
    }
}

static void take_dots(const matching *m, const aligned *line, const uint32_t *codes, dot *dots,
                      size_t *count)
{
    size_t k = 0;
    for (size_t u = 0; u < line->characters; u++) {
        while (k < m->owners && m->owner[k].character < u)
            k++;
        if (codes[u] != 'i' && codes[u] != 'j')
            continue;
        dot *d = &dots[(*count)++];
        *d = (dot){.character = u};
        if (k < m->owners && m->owner[k].character == u && m->owner[k].mark >= 0) {
            d->first = m->mark[m->owner[k].mark].first;
            d->end = m->mark[m->owner[k].mark].end;
        }
    }
}

lh_status dots_find(const aligned *line, dot **dots, size_t *count, lh_error *error)
{
    const lh_ink whole = {(lh_point *)line->line.points, line->line.count, 0};
    const lh_baseline base = lh_ink_baseline(&whole);
    matching m = {.mark = calloc(line->line.count, sizeof *m.mark),
                  .owner = calloc(2 * line->characters + 1, sizeof *m.owner)};
    uint32_t *codes = calloc(line->characters + 1, sizeof *codes);
    *dots = calloc(line->characters + 1, sizeof **dots);
    *count = 0;
    if (m.mark && m.owner && codes && *dots) {
        const char *text = line->line.text;
        find_marks(line, &base, &m);
        for (size_t u = 0; u < line->characters; u++)
            add_owners(line, u, codes[u] = lh_utf8_next(&text), &m);
        m.cost = calloc((m.marks + 1) * (m.owners + 1), sizeof *m.cost);
    }
    if (m.cost) {
        find_owners(&m, (double)base.height);
        take_dots(&m, line, codes, *dots, count);
    }
    const bool done = m.cost;
    free(m.mark);
    free(m.owner);
    free(m.cost);
    free(codes);
    if (done)
        return LH_OK;
    free(*dots);
    *dots = NULL;
    return lh_fail(error, LH_ERROR_MEMORY, "out of memory");
}
