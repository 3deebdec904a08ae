/* Rows of writing: see rows.h.
 *
 * A letter or word has most of its ink where small letters stand; what reaches above or below is
 * the lesser part. So the height that halves the ink of a stroke lies near the middle of its row,
 * and these heights gather around rows: they are joined, the nearest first, until all that is left
 * is further apart than rows are. Lines that slope are levelled before, by the slope that gathers
 * the ink in the fewest heights (projection profiles: Likforman-Sulem, Zahour and Taconet, "Text
 * line segmentation of historical documents: a survey", IJDAR 2007). */
#include "rows.h"

#include "base/extremes.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A stroke is a letter or a word where it is so many heights of a usual one tall. */
#define LOW 0.4
#define TALL 2.5
/* A stroke without height is as tall as an eighth of its width. */
#define WIDTH_SHARE 0.125
/* Rows are further apart than this, in spreads: in how many heights a usual stroke has three fifths
 * of its ink, which is at least so much of its size, and somewhat less than a small letter's. */
#define APART 2.0
#define SPREAD_SHARE 0.3
/* Of what is between two rows, dots and accents stand higher above the lower one than commas hang
 * below the upper: so much of the way is the upper one's. */
#define SMALL_SHARE 0.4
/* What has less than this share of the fullest row's ink, and lies nearer to a row than this share
 * of the distance of rows and than so many spreads, is a part of that row. */
#define STRAY 0.1
#define STRAY_WAY 0.7
#define STRAY_SPREADS 3.5
/* A low stroke further above or below the letters of its row, in sizes of a usual one, is none of
 * its dots or commas: the pen slipped, or a hand touched the paper. */
#define SLIPPED 1.25
/* Slopes that are tried: so many hundredths either way; and heights of the profile. */
enum { SLOPES = 15, BINS = 1024 };
/* Of more points than this, some of each stroke are enough to see a slope. */
enum { SEEN = 100000 };
/* A slope must gather the ink so much better than none. */
#define BETTER 1.2

typedef struct stroke {
    double middle, spread; /* y, levelled, with half of its ink above; and how that lies around */
    double top, bottom, size, length;
    size_t index;
} stroke;

typedef struct piece {
    double y, length;
} piece;

/* Strokes that lie near each other: the mean of their middles, and their ink. */
typedef struct group {
    double y, ink;
} group;

static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

static int compare_ways(const void *a, const void *b)
{
    return compare(*(const double *)a, *(const double *)b);
}

static int compare_pieces(const void *a, const void *b)
{
    return compare(((const piece *)a)->y, ((const piece *)b)->y);
}

static int compare_sizes(const void *a, const void *b)
{
    return compare(((const stroke *)a)->size, ((const stroke *)b)->size);
}

static int compare_spreads(const void *a, const void *b)
{
    return compare(((const stroke *)a)->spread, ((const stroke *)b)->spread);
}

static double level(const lh_point *p, double slope)
{
    return (double)p->y - slope * (double)p->x;
}

static double step_length(const lh_point *p)
{
    return hypot((double)p[1].x - (double)p->x, (double)p[1].y - (double)p->y);
}

/* ---- slope ------------------------------------------------------------------------------------
 */

/* How much the ink is gathered, seen along a slope: the squares of its share in bins `height`
 * high, or higher where these are too many. */
static double gathered(const lh_ink *ink, double slope, double height)
{
    double bin[BINS] = {0}, least = INFINITY, most = -INFINITY, sum = 0, squares = 0;
    size_t stride = 1 + ink->count / SEEN;
    for (size_t i = 0; i < ink->count; i += stride) {
        lh_lower(&least, level(&ink->points[i], slope));
        lh_raise(&most, level(&ink->points[i], slope));
    }
    lh_raise(&height, (most - least) / (BINS - 1));
    for (size_t i = 0; i + 1 < ink->count; i += stride) {
        const lh_point *p = &ink->points[i];
        double place = (level(p, slope) - least) / height;
        if (p->end || !(place >= 0 && place < BINS))
            continue;
        bin[(int)place] += step_length(p);
        sum += step_length(p);
    }
    for (int i = 0; i < BINS && sum > 0; i++)
        squares += bin[i] / sum * (bin[i] / sum);
    return squares;
}

static double find_slope(const lh_ink *ink, double height)
{
    double best = 0, most = BETTER * gathered(ink, 0, height);
    for (int i = -SLOPES; i <= SLOPES; i++) {
        double found = gathered(ink, i / 100.0, height);
        if (found > most) {
            most = found;
            best = i / 100.0;
        }
    }
    return best;
}

/* ---- strokes ----------------------------------------------------------------------------------
 */

/* Measures one stroke; `pieces` has room for its points. */
static stroke measure(const lh_point *points, size_t count, double slope, piece *pieces)
{
    double left = INFINITY, right = -INFINITY;
    stroke s = {.top = INFINITY, .bottom = -INFINITY};
    for (size_t i = 0; i < count; i++) {
        double y = level(&points[i], slope);
        lh_lower(&left, (double)points[i].x);
        lh_raise(&right, (double)points[i].x);
        lh_lower(&s.top, y);
        lh_raise(&s.bottom, y);
        pieces[i].y = i + 1 < count ? (y + level(&points[i + 1], slope)) / 2 : y;
        pieces[i].length = i + 1 < count ? step_length(&points[i]) : 0;
        s.length += pieces[i].length;
    }
    s.size = fmax(s.bottom - s.top, WIDTH_SHARE * (right - left));
    qsort(pieces, count, sizeof *pieces, compare_pieces);
    double below = 0, fifth = pieces[0].y, fourth = pieces[0].y;
    s.middle = pieces[0].y;
    for (size_t i = 0; i < count; below += pieces[i++].length) {
        fifth = below <= 0.2 * s.length ? pieces[i].y : fifth;
        s.middle = below <= 0.5 * s.length ? pieces[i].y : s.middle;
        fourth = below <= 0.8 * s.length ? pieces[i].y : fourth;
    }
    s.spread = fmax(fourth - fifth, SPREAD_SHARE * s.size);
    return s;
}

static void measure_all(const lh_ink *ink, double slope, piece *pieces, stroke *strokes)
{
    size_t position = 0, count, index = 0;
    const lh_point *points;
    for (; lh_ink_next_stroke(ink, &position, &points, &count); index++) {
        strokes[index] = measure(points, count, slope, pieces);
        strokes[index].index = index;
    }
}

/* The stroke, in an order of sizes or spreads, that half of the ink is in strokes below. */
static const stroke *usual(stroke *strokes, size_t count, int (*order)(const void *, const void *))
{
    double all = 0, below = 0;
    qsort(strokes, count, sizeof *strokes, order);
    for (size_t i = 0; i < count; i++)
        all += strokes[i].length;
    for (size_t i = 0; i < count; i++)
        if ((below += strokes[i].length) >= all / 2)
            return &strokes[i];
    return &strokes[count - 1];
}

/* ---- rows -------------------------------------------------------------------------------------
 */

/* Joins group `at` with the one behind it. */
static void join(group *groups, size_t *count, size_t at)
{
    group *a = &groups[at], *b = a + 1;
    double ink = a->ink + b->ink;
    a->y = ink > 0 ? a->y + (b->y - a->y) * (b->ink / ink) : (a->y + b->y) / 2;
    a->ink = ink;
    memmove(b, b + 1, (*count - at - 2) * sizeof *b);
    --*count;
}

/* Groups of the middles of letters and words by height alone, in so many bins at most that all
 * pairs of them may be looked at; their number. */
static size_t begin_groups(const stroke *strokes, size_t count, double size, double spread,
                           group groups[BINS])
{
    double least = INFINITY, most = -INFINITY;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < count; i++) {
            const stroke *s = &strokes[i];
            if (s->size < LOW * size || s->size > TALL * size)
                continue;
            lh_lower(&least, s->middle);
            lh_raise(&most, s->middle);
            double step = fmax(spread / 8, (most - least) / (BINS - 1));
            double place = step > 0 ? (s->middle - least) / step : 0;
            if (round == 0 || !(place >= 0 && place < BINS))
                continue;
            group *to = &groups[(int)place], with[2] = {*to, {s->middle, fmax(s->length, DBL_MIN)}};
            size_t two = 2;
            if (to->ink > 0)
                join(with, &two, 0);
            *to = with[to->ink > 0 ? 0 : 1];
        }
    size_t found = 0;
    for (size_t i = 0; i < BINS; i++)
        if (groups[i].ink > 0)
            groups[found++] = groups[i];
    return found;
}

/* Joins groups, the nearest first, until all are `apart`. */
static void join_near(group *groups, size_t *count, double apart)
{
    for (;;) {
        size_t best = 0;
        double least = INFINITY;
        for (size_t i = 0; i + 1 < *count; i++)
            if (groups[i + 1].y - groups[i].y < least) {
                least = groups[i + 1].y - groups[i].y;
                best = i;
            }
        if (!(least < apart))
            return;
        join(groups, count, best);
    }
}

/* How far rows are from each other: half of those that are no strays are nearer. One row: infinity.
 */
static double distance_of_rows(const group *groups, size_t count, double stray)
{
    double way[BINS];
    size_t ways = 0;
    const group *before = NULL;
    for (size_t i = 0; i < count; i++) {
        if (groups[i].ink < stray)
            continue;
        if (before)
            way[ways++] = groups[i].y - before->y;
        before = &groups[i];
    }
    qsort(way, ways, sizeof *way, compare_ways);
    return ways > 0 ? way[(ways - 1) / 2] : INFINITY;
}

static void join_strays(group *groups, size_t *count, double spread)
{
    double most = 0;
    for (size_t i = 0; i < *count; i++)
        lh_raise(&most, groups[i].ink);
    double reach =
        fmin(STRAY_WAY * distance_of_rows(groups, *count, STRAY * most), STRAY_SPREADS * spread);
    for (size_t i = 0; i < *count;) {
        double above = i > 0 ? groups[i].y - groups[i - 1].y : INFINITY;
        double below = i + 1 < *count ? groups[i + 1].y - groups[i].y : INFINITY;
        bool stray = groups[i].ink < STRAY * most && fmin(above, below) < reach;
        if (stray)
            join(groups, count, above < below ? i - 1 : i);
        i += !stray;
    }
}

/* The group that y belongs to: what lies between two is the upper one's so far as `share` of the
 * way. They are in order. */
static size_t nearest(const group *groups, size_t count, double y, double share)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (groups[middle].y < y)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == count)
        return count - 1;
    if (low == 0)
        return 0;
    const group *above = &groups[low - 1];
    return y - above->y < share * (groups[low].y - above->y) ? low - 1 : low;
}

/* Takes low strokes that lie far from the letters of their row out of it. */
static void take_out_slips(const stroke *strokes, size_t count, double size, uint32_t *row)
{
    double top[BINS], bottom[BINS];
    for (size_t i = 0; i < BINS; i++) {
        top[i] = INFINITY;
        bottom[i] = -INFINITY;
    }
    for (size_t i = 0; i < count; i++)
        if (strokes[i].size >= LOW * size) {
            lh_lower(&top[row[strokes[i].index]], strokes[i].top);
            lh_raise(&bottom[row[strokes[i].index]], strokes[i].bottom);
        }
    for (size_t i = 0; i < count; i++) {
        const stroke *s = &strokes[i];
        const uint32_t at = row[s->index];
        if (s->size < LOW * size &&
            (s->bottom < top[at] - SLIPPED * size || s->top > bottom[at] + SLIPPED * size))
            row[s->index] = ROWS_NONE;
    }
}

static void sort_to_rows(const lh_ink *ink, stroke *strokes, size_t count, piece *pieces,
                         uint32_t *row, size_t *rows)
{
    group groups[BINS] = {0};
    measure_all(ink, 0, pieces, strokes);
    double size = usual(strokes, count, compare_sizes)->size, slope = find_slope(ink, size / 4);
    if (slope != 0) {
        measure_all(ink, slope, pieces, strokes);
        size = usual(strokes, count, compare_sizes)->size;
    }
    double spread = usual(strokes, count, compare_spreads)->spread;
    *rows = begin_groups(strokes, count, size, spread, groups);
    join_near(groups, rows, APART * spread);
    join_strays(groups, rows, spread);
    for (size_t i = 0; i < count; i++) {
        double share = strokes[i].size < LOW * size ? SMALL_SHARE : 0.5;
        row[strokes[i].index] = (uint32_t)nearest(groups, *rows, strokes[i].middle, share);
    }
    take_out_slips(strokes, count, size, row);
}

lh_status rows_find(const lh_ink *ink, uint32_t *row, size_t *rows, lh_error *error)
{
    size_t position = 0, count = 0, strokes = 0;
    const lh_point *points;
    while (lh_ink_next_stroke(ink, &position, &points, &count))
        strokes++;
    *rows = 0;
    if (strokes == 0)
        return LH_OK;
    stroke *measured = malloc(strokes * sizeof *measured);
    piece *pieces = malloc(ink->count * sizeof *pieces);
    lh_status status = LH_OK;
    if (measured && pieces)
        sort_to_rows(ink, measured, strokes, pieces, row, rows);
    else
        status = lh_fail_memory(error, "rows of writing");
    free(measured);
    free(pieces);
    return status;
}
