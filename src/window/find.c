/* Cells that stand out in a span, and where else they do: see find.h. */
#include "find.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MARGIN_LEAST = 6, MARGIN_MOST = 30 };

static const double least_share = 0.6, least_contrast = 0.3, least_of_own = 0.5;

/* A span with its margins; those at the ends of the ink may be short, or empty. */
typedef struct framed {
    win_span before, span, behind;
} framed;

static framed frame_span(win_span span, size_t points)
{
    size_t margin = (span.to - span.from) / 2;
    margin = margin < MARGIN_LEAST ? MARGIN_LEAST : margin > MARGIN_MOST ? MARGIN_MOST : margin;
    return (framed){
        {span.from > margin ? span.from - margin : 0, span.from},
        span,
        {span.to, span.to + margin < points ? span.to + margin : points},
    };
}

/* ---- cells ----------------------------------------------------------------------------------- */

static bool is_on(const win_searched *in, size_t point, int cell, int way)
{
    const int8_t *row = in->row[point];
    return row && way * row[cell] >= in->on;
}

/* The share of the points at which the cell is on. */
static double share(const win_searched *in, win_span span, int cell, int way)
{
    int on = 0;
    for (size_t i = span.from; i < span.to; i++)
        on += is_on(in, i, cell, way);
    return span.to > span.from ? on / (double)(span.to - span.from) : 0;
}

static void add_cell(win_found *found, double contrast[], int cell, int way, double its)
{
    int at = found->cells;
    while (at > 0 && contrast[at - 1] < its)
        at--;
    if (at == WIN_FOUND_CELLS)
        return;
    int behind = (found->cells < WIN_FOUND_CELLS ? found->cells++ : WIN_FOUND_CELLS - 1) - at;
    memmove(contrast + at + 1, contrast + at, (size_t)behind * sizeof *contrast);
    memmove(found->cell + at + 1, found->cell + at, (size_t)behind * sizeof *found->cell);
    memmove(found->way + at + 1, found->way + at, (size_t)behind * sizeof *found->way);
    contrast[at] = its;
    found->cell[at] = cell;
    found->way[at] = (int8_t)way;
}

static void find_cells(const win_searched *in, win_span span, win_found *found)
{
    double contrast[WIN_FOUND_CELLS];
    framed f = frame_span(span, in->points);
    for (int cell = 0; cell < in->cells; cell++)
        for (int way = -1; way <= 1; way += 2) {
            double inside = share(in, f.span, cell, way);
            if (inside < least_share)
                continue;
            double outside = fmax(share(in, f.before, cell, way), share(in, f.behind, cell, way));
            if (inside - outside >= least_contrast)
                add_cell(found, contrast, cell, way, inside - outside);
        }
}

/* ---- places ---------------------------------------------------------------------------------- */

/* Of the found cells and the points of a span, the share that is on; sum[i] counts those on at all
 * points before i. */
static double share_of_all(const uint32_t *sum, win_span span, int cells)
{
    double all = (double)(span.to - span.from) * cells;
    return all > 0 ? (sum[span.to] - sum[span.from]) / all : 0;
}

static double score(const uint32_t *sum, size_t points, win_span span, int cells)
{
    framed f = frame_span(span, points);
    return share_of_all(sum, f.span, cells) -
           fmax(share_of_all(sum, f.before, cells), share_of_all(sum, f.behind, cells));
}

static bool overlaps(win_span a, win_span b)
{
    return a.from < b.to && b.from < a.to;
}

static bool is_free(win_span at, win_span span, const win_found *found)
{
    bool is = !overlaps(at, span);
    for (int i = 0; i < found->places; i++)
        is &= !overlaps(at, found->place[i]);
    return is;
}

/* Where the cells are on together for about so many points, but for the span and the places found
 * already. False: nowhere. */
static bool find_place(const uint32_t *sum, size_t points, size_t length, win_span span,
                       win_found *found)
{
    static const double lengths[] = {1, 2.0 / 3, 1.5};
    double best = fmax(1e-9, least_of_own * found->own - 1e-9);
    win_span place = {0, 0};
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        size_t n = (size_t)fmax(1, round(lengths[k] * (double)length));
        for (size_t i = 0; i + n <= points; i++) {
            win_span at = {i, i + n};
            /* Most points have none of the cells: no need to look at the margins. */
            if (share_of_all(sum, at, found->cells) <= best || !is_free(at, span, found))
                continue;
            double its = score(sum, points, at, found->cells);
            if (its > best) {
                best = its;
                place = at;
            }
        }
    }
    if (place.to == 0)
        return false;
    found->score[found->places] = best;
    found->place[found->places++] = place;
    return true;
}

/* How many of the found cells are on at all points before each: [points + 1], for the caller to
 * free. */
static uint32_t *sum_up(const win_searched *in, const win_found *found)
{
    uint32_t *sum = malloc((in->points + 1) * sizeof *sum);
    if (!sum)
        return NULL;
    sum[0] = 0;
    for (size_t i = 0; i < in->points; i++) {
        sum[i + 1] = sum[i];
        for (int k = 0; k < found->cells; k++)
            sum[i + 1] += is_on(in, i, found->cell[k], found->way[k]);
    }
    return sum;
}

bool win_find(const win_searched *in, win_span span, win_found *found)
{
    *found = (win_found){0};
    find_cells(in, span, found);
    uint32_t *sum = sum_up(in, found);
    if (!sum)
        return false;
    found->own = found->cells > 0 ? score(sum, in->points, span, found->cells) : 0;
    while (found->cells > 0 && found->places < WIN_FOUND_PLACES &&
           find_place(sum, in->points, span.to - span.from, span, found))
        continue;
    free(sum);
    return true;
}

bool win_find_again(const win_searched *in, size_t length, win_found *found)
{
    const win_span none = {0, 0};
    uint32_t *sum = sum_up(in, found);
    if (!sum)
        return false;
    found->places = 0;
    found->own = 0;
    while (found->cells > 0 && found->places < WIN_FOUND_PLACES &&
           find_place(sum, in->points, length, none, found))
        found->own = found->own > 0 ? found->own : found->score[0];
    free(sum);
    return true;
}
