/* Where a line of writing stands, and making it stand level.
 *
 * The pen turns at the feet of the letters, and most feet are on the baseline; those of g, y or a
 * comma are below it. The pen also turns at the tops, most of which lie at the height of the small
 * letters. So the baseline is a mode, not a mean: the straight line on which feet lie densest,
 * found by trying slopes (a Hough transform with a triangular kernel) and refined by least squares
 * with Tukey's biweight, which gives outliers no weight (Beaton and Tukey, Technometrics 16, 1974).
 * The drift around that line is a kernel regression of the same feet, drawn towards zero where
 * there are few. Telling lines from the extrema of the pen is an old way in on-line recognition
 * (Jaeger et al., "Online handwriting recognition: the NPen++ recognizer", IJDAR 3, 2001). */
#include <longhand/ink.h>

#include "place.h"
#include "base/need.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A line that climbs more than one in three is a drawing. */
#define STEEPEST 0.35
enum { SLOPES = 141 };   /* tried, from -STEEPEST to STEEPEST */
#define SLOPE_DOUBT 0.06 /* usual slopes of a hand; a steeper one needs feet that say so */
#define SHORT_LINE 3.0   /* heights; a less wide line has no slope or drift of its own */
/* A height that is a smaller part than this of how far the ink goes from y = 0 is none: y - slope x
 * and the sums of it are right to some 1e-16 of that for each turn, and must tell places apart that
 * are LEVEL_WIDTH heights from each other. */
#define HEIGHT_LEAST 1e-9
enum { FEET_NEEDED = 5 }; /* fewer tell nothing */
#define JUMP 5.0          /* a way longer than this many of the longest twentieth is no writing */
#define TURN_LEAST 0.3    /* heights; the pen must go back by this for a turn to count */
#define LEVEL_WIDTH 0.35  /* heights; half width of the kernel in which feet are level */
#define OUTLIER 0.5       /* heights; feet further from the line say nothing about it */
#define DRIFT_WIDTH 3.0   /* heights; deviation of the kernel along the line */
#define DRIFT_PRIOR 1.5   /* feet's worth of belief that the line is straight */
#define DRIFT_SLOPE 0.1   /* usual slopes of a drift, as SLOPE_DOUBT */
#define LEVEL_STEP 0.1    /* heights; between the levels that the drift is first sought on */
enum { LEVELS = 31 };
enum { ROUNDS = 8, KNOTS_MAX = 2000 };

typedef struct turn {
    double x, y;
} turn;

/* The turning points of ink; one allocation holds both arrays and a scratch array. */
typedef struct turns {
    turn *foot, *top; /* feet: y largest, as y goes down; tops: y smallest */
    size_t feet, tops;
    double *scratch; /* [count of points + 1] */
    double middle;   /* of the ink; x of turns is measured from here, so that no digits are lost */
    double height;   /* a typical way between foot and top: the unit of all widths above */
} turns;

/* ---- turning points -------------------------------------------------------------------------- */

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The way up or down of which half of all vertical travel is made in longer ones: tremor is many
 * ways but little travel, so this is about a letter's height whatever the digitiser's grain. A jump
 * of the sensor, far longer than nearly all ways, is not travel. */
static double typical_height(const lh_ink *ink, double *ways)
{
    size_t found = 0, position = 0, count;
    const lh_point *points;
    while (lh_ink_next_stroke(ink, &position, &points, &count)) {
        double way = 0;
        for (size_t i = 1; i < count; i++) {
            double step = (double)points[i].y - (double)points[i - 1].y;
            if (step * way < 0) {
                ways[found++] = fabs(way);
                way = 0;
            }
            way += step;
        }
        ways[found++] = fabs(way);
    }
    if (found == 0)
        return 0;
    qsort(ways, found, sizeof *ways, compare_doubles);
    double longest = JUMP * ways[(found - 1) * 19 / 20], travel = 0, sum = 0;
    while (found > 1 && ways[found - 1] > longest)
        found--;
    for (size_t i = 0; i < found; i++)
        travel += ways[i];
    size_t middle = 0;
    for (sum = ways[0]; sum < travel / 2; sum += ways[middle])
        middle++;
    return ways[middle];
}

static turn turn_of(const turns *all, const lh_point *point)
{
    return (turn){(double)point->x - all->middle, point->y};
}

/* Adds the turns of one stroke after which y goes back by more than `least`, and its ends. */
static void add_turns(turns *all, const lh_point *points, size_t count, double least)
{
    size_t low = 0, high = 0; /* the foot and the top in view */
    int direction = 0;        /* 1: going down to a foot; -1: going up to a top; 0: not known */
    for (size_t i = 1; i < count; i++) {
        double y = points[i].y;
        if (points[i].y > points[low].y)
            low = i;
        if (points[i].y < points[high].y)
            high = i;
        if (direction >= 0 && (double)points[low].y - y > least) {
            all->foot[all->feet++] = turn_of(all, &points[low]);
            direction = -1;
            high = i;
        } else if (direction <= 0 && y - (double)points[high].y > least) {
            all->top[all->tops++] = turn_of(all, &points[high]);
            direction = 1;
            low = i;
        }
    }
    if (direction > 0)
        all->foot[all->feet++] = turn_of(all, &points[low]);
    else if (direction < 0)
        all->top[all->tops++] = turn_of(all, &points[high]);
}

static bool find_turns(const lh_ink *ink, lh_box box, turns *all)
{
    *all = (turns){.middle = ((double)box.left + (double)box.right) / 2};
    /* A stroke of n points has at most n turns, and n ways between them. */
    size_t most = ink->count + 1;
    all->foot = malloc(2 * most * sizeof *all->foot + most * sizeof *all->scratch);
    if (!all->foot)
        return false;
    all->top = all->foot + most;
    all->scratch = (double *)(all->top + most);
    all->height = typical_height(ink, all->scratch);
    size_t position = 0, count;
    const lh_point *points;
    while (lh_ink_next_stroke(ink, &position, &points, &count))
        add_turns(all, points, count, TURN_LEAST * all->height);
    return true;
}

static void turns_free(turns *all)
{
    free(all->foot);
}

/* ---- the straight line ----------------------------------------------------------------------- */

/* The densest place of y - slope x over `count` turns and, as result, how many lie there: each
 * counts 1 at the place and 0 from `width` away. */
static double densest(const turn *at, size_t count, double slope, double width, double *sorted,
                      double *place)
{
    for (size_t i = 0; i < count; i++)
        sorted[i] = at[i].y - slope * at[i].x;
    qsort(sorted, count, sizeof *sorted, compare_doubles);
    double best = 0;
    size_t first = 0, past = 0;
    double below = 0, above = 0; /* sums of sorted[first..i) and of sorted[i..past) */
    for (size_t i = 0; i < count; i++) {
        double here = sorted[i];
        while (past < count && (past <= i || sorted[past] < here + width))
            above += sorted[past++];
        while (first < i && sorted[first] <= here - width)
            below -= sorted[first++];
        double near = (double)(i - first), far = (double)(past - i);
        double mass = near + far - ((near * here - below) + (above - far * here)) / width;
        if (mass > best) {
            best = mass;
            *place = here;
        }
        below += here;
        above -= here;
    }
    return best;
}

static double biweight(double residual, double cut)
{
    double r = residual / cut;
    return fabs(r) < 1 ? (1 - r * r) * (1 - r * r) : 0;
}

/* Iterated least squares of the line through the feet; the slope has a prior around zero that a few
 * feet in a row outweigh. */
static void refine_line(const turns *all, double *offset, double *slope)
{
    double cut = OUTLIER * all->height;
    for (int round = 0; round < ROUNDS; round++) {
        double w = 0, wx = 0, wy = 0, wxx = 0, wxy = 0;
        for (size_t i = 0; i < all->feet; i++) {
            double x = all->foot[i].x, y = all->foot[i].y;
            double weight = biweight(y - *offset - *slope * x, cut);
            w += weight;
            wx += weight * x;
            wy += weight * y;
            wxx += weight * x * x;
            wxy += weight * x * y;
        }
        double doubt = all->height * LEVEL_WIDTH / SLOPE_DOUBT;
        double variance = wxx * w - wx * wx + doubt * doubt * w;
        if (!(w > 0) || !(variance > 0))
            return;
        *slope = (wxy * w - wx * wy) / variance;
        *offset = (wy - *slope * wx) / w;
    }
}

/* The line y = offset + slope x, x from the middle, and the height of the small letters. */
static void find_line(const turns *all, double *offset, double *slope, double *height)
{
    double width = LEVEL_WIDTH * all->height, best = -INFINITY, foot = 0, top = 0;
    *height = all->height;
    for (int i = 0; i < SLOPES; i++) {
        double tried = STEEPEST * (2.0 * i / (SLOPES - 1) - 1);
        double score = densest(all->foot, all->feet, tried, width, all->scratch, &foot) +
                       densest(all->top, all->tops, tried, width, all->scratch, &top) -
                       0.5 * (tried / SLOPE_DOUBT) * (tried / SLOPE_DOUBT);
        if (score > best) {
            best = score;
            *slope = tried;
            *offset = foot;
            *height = all->tops > 0 && foot > top ? foot - top : all->height;
        }
    }
    double crude = *offset - *height;
    refine_line(all, offset, slope);
    double w = 0, wy = 0;
    for (size_t i = 0; i < all->tops; i++) {
        double y = all->top[i].y - *slope * all->top[i].x;
        double weight = biweight(y - crude, OUTLIER * all->height);
        w += weight;
        wy += weight * y;
    }
    if (w > 0 && *offset > wy / w)
        *height = *offset - wy / w;
}

/* Whether the turns are enough to tell slope and drift. */
static bool long_enough(const turns *all, lh_box box)
{
    double width = (double)box.right - (double)box.left;
    double farthest = fmax(fabs((double)box.top), fabs((double)box.bottom)) + STEEPEST * width / 2;
    return all->feet >= FEET_NEEDED && all->height > HEIGHT_LEAST * farthest &&
           width > SHORT_LINE * all->height;
}

/* The first point that is at no place, or the number of points. */
static size_t find_nowhere(const lh_ink *ink)
{
    size_t i = 0;
    while (i < ink->count && isfinite(ink->points[i].x) && isfinite(ink->points[i].y))
        i++;
    return i;
}

lh_baseline lh_ink_baseline(const lh_ink *ink)
{
    if (!ink)
        return (lh_baseline){0};
    lh_box box = lh_ink_bounds(ink);
    lh_baseline baseline = {box.bottom, 0, ink_float((double)box.bottom - (double)box.top)};
    turns all;
    if (find_nowhere(ink) < ink->count || !find_turns(ink, box, &all))
        return baseline;
    if (long_enough(&all, box)) {
        double offset, slope, height;
        find_line(&all, &offset, &slope, &height);
        baseline.offset = ink_float(offset - slope * all.middle);
        baseline.slope = ink_float(slope);
        baseline.height = ink_float(height);
    }
    turns_free(&all);
    return baseline;
}

/* ---- the drift ------------------------------------------------------------------------------- */

/* The baseline as a straight line and its drift at evenly spaced knots from x = left; x from the
 * middle. */
typedef struct drift {
    double offset, slope;
    double left, step;
    double knot[KNOTS_MAX];
    size_t knots;
} drift;

/* Catmull-Rom between the knots; level beyond the ends. */
static double drift_at(const drift *line, double x)
{
    double place = (x - line->left) / line->step;
    if (place <= 0)
        return line->knot[0];
    size_t k = (size_t)place, last = line->knots - 1;
    if (k >= last)
        return line->knot[last];
    double t = place - (double)k;
    double a = line->knot[k > 0 ? k - 1 : 0], b = line->knot[k], c = line->knot[k + 1];
    double d = line->knot[k + 2 <= last ? k + 2 : last];
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

static double baseline_at(const drift *line, double x)
{
    return line->offset + line->slope * x + drift_at(line, x);
}

/* Tops of small letters tell of the baseline as well, from their height: puts them among the feet.
 * The turns of ink are no more than its points, so there is room. */
static void let_tops_tell(turns *all, double height)
{
    for (size_t i = 0; i < all->tops; i++)
        all->foot[all->feet++] = (turn){all->top[i].x, all->top[i].y + height};
    all->tops = 0;
}

/* A knot on the way of the drift: the best score of the ways that reach each level here, and the
 * level each comes from. */
typedef struct path {
    double score[LEVELS];
    unsigned char from[LEVELS];
} path;

/* Adds to each knot's levels the turns nearest to it, with the kernel of the straight line. */
static void score_levels(const turns *all, const drift *line, path *at)
{
    double unit = LEVEL_STEP * all->height, width = LEVEL_WIDTH * all->height;
    for (size_t i = 0; i < all->feet; i++) {
        double place = (all->foot[i].x - line->left) / line->step + 0.5;
        size_t k = place > 0 ? (size_t)place : 0;
        double off = all->foot[i].y - baseline_at(line, all->foot[i].x);
        for (int level = 0; level < LEVELS; level++)
            at[k < line->knots ? k : line->knots - 1].score[level] +=
                fmax(0, 1 - fabs(off - unit * (level - LEVELS / 2)) / width);
    }
}

/* The best way through the levels of all knots (Viterbi): as many turns on it as can be had for
 * climbing little. Large drift is found this way, where smoothing would call half the line
 * outliers. */
static void find_path(const turns *all, drift *line, path *at)
{
    score_levels(all, line, at);
    double climb = LEVEL_STEP * all->height / line->step / DRIFT_SLOPE;
    for (size_t k = 1; k < line->knots; k++)
        for (int to = 0; to < LEVELS; to++) {
            double best = -INFINITY;
            for (int from = 0; from < LEVELS; from++) {
                double way = climb * (to - from);
                double score = at[k - 1].score[from] - 0.5 * way * way;
                if (score > best) {
                    best = score;
                    at[k].from[to] = (unsigned char)from;
                }
            }
            at[k].score[to] += best;
        }
    int level = LEVELS / 2;
    for (int other = 0; other < LEVELS; other++)
        if (at[line->knots - 1].score[other] > at[line->knots - 1].score[level])
            level = other;
    for (size_t k = line->knots; k-- > 0; level = at[k].from[level])
        line->knot[k] = LEVEL_STEP * all->height * (level - LEVELS / 2);
}

/* Smooths the stairs of the path. */
static void smooth_path(const turns *all, drift *line, double *smoothed)
{
    double width = DRIFT_WIDTH / 2 * all->height / line->step;
    for (size_t k = 0; k < line->knots; k++) {
        double w = 0, wy = 0;
        for (size_t j = 0; j < line->knots; j++) {
            double far = ((double)j - (double)k) / width, weight = exp(-0.5 * far * far);
            w += weight;
            wy += weight * line->knot[j];
        }
        smoothed[k] = wy / w;
    }
    memcpy(line->knot, smoothed, line->knots * sizeof *smoothed);
}

/* The height at x of the straight line through the residuals around it, drawn towards zero as if
 * DRIFT_PRIOR turns had none and no slope. */
static double local_line(const turns *all, const double *residual, double x, double width,
                         double cut)
{
    double w = DRIFT_PRIOR, wx = 0, wxx = DRIFT_PRIOR, wy = 0, wxy = 0;
    for (size_t i = 0; i < all->feet; i++) {
        double far = (all->foot[i].x - x) / width, off = residual[i];
        double weight = exp(-0.5 * far * far) * biweight(off, cut);
        w += weight;
        wx += weight * far;
        wxx += weight * far * far;
        wy += weight * off;
        wxy += weight * far * off;
    }
    return (wy * wxx - wxy * wx) / (w * wxx - wx * wx);
}

/* Some rounds of smoothing what the turns still stand off the line: each round adds what the one
 * before smoothed away, and weighs the turns anew. */
static void refine_drift(const turns *all, drift *line)
{
    double width = DRIFT_WIDTH * all->height, cut = OUTLIER * all->height;
    for (int round = 0; round < ROUNDS / 2; round++) {
        for (size_t i = 0; i < all->feet; i++)
            all->scratch[i] = all->foot[i].y - baseline_at(line, all->foot[i].x);
        for (size_t k = 0; k < line->knots; k++)
            line->knot[k] +=
                local_line(all, all->scratch, line->left + line->step * (double)k, width, cut);
    }
}

static lh_status find_drift(turns *all, double height, drift *line, lh_error *error)
{
    path *at = calloc(line->knots, sizeof *at);
    double *smoothed = malloc(line->knots * sizeof *smoothed);
    lh_status status = LH_OK;
    if (at && smoothed) {
        let_tops_tell(all, height);
        find_path(all, line, at);
        smooth_path(all, line, smoothed);
        refine_drift(all, line);
    } else {
        status = lh_fail_memory(error, "the baseline of a line");
    }
    free(at);
    free(smoothed);
    return status;
}

static lh_status level_by_turns(lh_ink *ink, turns *all, lh_box box, lh_error *error)
{
    drift *line = calloc(1, sizeof *line);
    if (!line)
        return lh_fail_memory(error, "the baseline of a line");
    double height, width = (double)box.right - (double)box.left;
    find_line(all, &line->offset, &line->slope, &height);
    line->left = -width / 2;
    line->step = fmax(DRIFT_WIDTH * all->height / 4, width / (KNOTS_MAX - 2));
    line->knots = (size_t)ceil(width / line->step) + 1;
    lh_status status = find_drift(all, height, line, error);
    for (size_t i = 0; status == LH_OK && i < ink->count; i++)
        ink->points[i].y = ink_float((double)ink->points[i].y -
                                     baseline_at(line, (double)ink->points[i].x - all->middle));
    free(line);
    return status;
}

lh_status lh_ink_level(lh_ink *ink, lh_error *error)
{
    LH_NEED(error, ink, LH_ERROR_ARGUMENT);
    lh_box box = lh_ink_bounds(ink);
    size_t nowhere = find_nowhere(ink);
    if (nowhere < ink->count)
        return lh_fail(error, LH_ERROR_ARGUMENT, "point %zu of the ink is at no place",
                       nowhere + 1);
    turns all;
    if (!find_turns(ink, box, &all))
        return lh_fail_memory(error, "the turning points of a line");
    lh_status status = LH_OK;
    if (long_enough(&all, box))
        status = level_by_turns(ink, &all, box, error);
    else
        lh_ink_move(ink, 0, -box.bottom);
    turns_free(&all);
    return status;
}
