/* Cleaning of recorded ink (Graves 2013, section 4.2): what the sensor did wrong, and only that.
 * Shapes are not smoothed and no writing is left out. */
#include <longhand/ink.h>

#include "base/extremes.h"
#include "grow.h"

#include "base/need.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* On the 12,194 whole lines of IAM-OnDB (7,656,474 readings, 303,671 strokes):
 * max_step: 27 steps are longer, and end their strokes.
 * max_stride: 3,131 steps are longer, 174 of them in fast writing. Most bridge readings that are
 *     missing, with nothing odd in their times: the pen writes on behind them in its direction.
 *     99 readings stray and are removed (after max_step, too).
 * max_gap: 15,019 pairs of readings are 0.05 s or more apart, which is two missing readings or
 *     more. Gaps of one reading are left, they are mostly jitter of the clock (the pen moved no
 *     further in them). 54,761 readings are put into gaps and strides.
 * interval: the whiteboard reads 67 times a second.
 * max_pen_lift: 611 lifts of 291,477 are shortened, 162 of them ways back (to dot an i). Gaps
 *     between words are 300 to 600 and stay.
 * Besides, the clock goes back at 111 readings and rests for over a second at 35. */
const lh_cleaning lh_cleaning_default = {
    .max_step = 500,
    .max_stride = 150,
    .max_gap = 0.045f,
    .interval = 0.015f,
    .max_pen_lift = 1000,
};

/* The sensor strays for one or two readings; a pen that stays away longer is there. */
enum { MAX_STRAY = 2 };
/* Whiteboard units: the mean step of the database. Interpolated readings are no closer, since in
 * most long gaps the pen was not slow but unseen. */
static const float usual_step = 20;
/* Seconds. */
static const float longest_pause = 1;
/* More readings than this are not put into one gap, whatever its times say. */
enum { MAX_INTERPOLATED = 32 };
/* Whiteboard units: further away a float does not tell one from the next, and what is there is no
 * writing. A whiteboard has 20,000 or so. */
static const float farthest = 0x1p24f;
/* Seconds. A clock may be wrong by decades, and ink is none the worse for it; this is where sums of
 * times would come to an end. */
static const float latest = 1e30f;

static float distance(lh_point a, lh_point b)
{
    return hypotf(b.x - a.x, b.y - a.y);
}

/* A clock that was set back: the step takes no time, and what follows keeps its pace. */
static void mend_time(lh_ink *ink, lh_cleaning_report *report)
{
    double later = 0;
    float before = 0; /* the time of the reading before, as the clock had it */
    for (size_t i = 0; i < ink->count; i++) {
        float time = ink->points[i].time;
        if (i > 0 && time < before) {
            later += (double)before - time;
            report->time_reversed++;
        }
        ink->points[i].time = (float)(time + later);
        before = time;
    }
}

/* A clock that was set on: within a stroke the pen does not pause for longer than a second. */
static void cut_pauses(lh_ink *ink, float interval, lh_cleaning_report *report)
{
    double earlier = 0;
    float before = 0;
    for (size_t i = 0; i < ink->count; i++) {
        float time = ink->points[i].time;
        if (i > 0 && !ink->points[i - 1].end && time - before > longest_pause) {
            earlier += (double)time - before - interval;
            report->pauses_cut++;
        }
        ink->points[i].time = (float)(time - earlier);
        before = time;
    }
}

/* The number of readings from `first` on that stray from `good`, the reading before them: the step
 * to them and the one back are both long. 0: none does. */
static size_t strays(const lh_ink *raw, size_t first, lh_point good, float limit)
{
    for (size_t n = 1; n <= MAX_STRAY; n++) {
        size_t back = first + n;
        if (back >= raw->count || raw->points[back - 1].end)
            return 0;
        if (distance(good, raw->points[back]) <= limit &&
            distance(raw->points[back - 1], raw->points[back]) > limit)
            return n;
    }
    return 0;
}

/* The number of readings from `first` to the end of their stroke, if they are as few as strays. */
static size_t rest_of_stroke(const lh_ink *raw, size_t first)
{
    for (size_t n = 1; n <= MAX_STRAY; n++)
        if (first + n >= raw->count || raw->points[first + n - 1].end)
            return n;
    return 0;
}

/* Puts readings between `from`, the last of `clean`, and `to`, on the straight way between them. */
static lh_status interpolate(lh_ink *clean, lh_point to, const lh_cleaning *cleaning,
                             lh_cleaning_report *report, lh_error *error)
{
    lh_point from = clean->points[clean->count - 1];
    float gap = to.time - from.time, way = distance(from, to), steps = ceilf(way / usual_step);
    bool stride = cleaning->max_stride > 0 && way > cleaning->max_stride;
    if (!stride && !(cleaning->max_gap > 0 && cleaning->interval > 0 && gap > cleaning->max_gap))
        return LH_OK;
    if (!stride) /* else the times tell of none missing */
        lh_lowerf(&steps, roundf(gap / cleaning->interval));
    lh_lowerf(&steps, MAX_INTERPOLATED + 1);
    for (float i = 1; i < steps; i++) {
        float part = i / steps;
        lh_point point = {from.x + part * (to.x - from.x), from.y + part * (to.y - from.y),
                          from.time + part * gap, 0};
        lh_status status = lh_ink_add(clean, point, error);
        if (status != LH_OK)
            return status;
        report->interpolated++;
    }
    return LH_OK;
}

/* How many readings from number i on are to be left out, which follow `last` in its stroke. */
static size_t count_removed(const lh_ink *raw, size_t i, lh_point last, const lh_cleaning *cleaning)
{
    float step = distance(last, raw->points[i]);
    size_t removed = 0;
    if (cleaning->max_stride > 0 && step > cleaning->max_stride)
        removed = strays(raw, i, last, cleaning->max_stride);
    if (removed == 0 && cleaning->max_step > 0 && step > cleaning->max_step)
        removed = rest_of_stroke(raw, i);
    return removed;
}

/* Adds the readings of `raw` to `clean`, without strays and with missing readings. */
static lh_status mend_strokes(const lh_ink *raw, lh_ink *clean, const lh_cleaning *cleaning,
                              lh_cleaning_report *report, lh_error *error)
{
    lh_status status = ink_reserve(clean, raw->count, error);
    for (size_t i = 0; i < raw->count && status == LH_OK; i++) {
        lh_point *last = clean->count ? &clean->points[clean->count - 1] : NULL;
        if (last && !last->end) {
            size_t removed = count_removed(raw, i, *last, cleaning);
            if (removed > 0) {
                report->removed += removed;
                i += removed - 1;
                last->end = raw->points[i].end;
                continue;
            }
            if (cleaning->max_step > 0 && distance(*last, raw->points[i]) > cleaning->max_step) {
                last->end = 1;
                report->split++;
            } else {
                status = interpolate(clean, raw->points[i], cleaning, report, error);
            }
        }
        if (status == LH_OK)
            status = lh_ink_add(clean, raw->points[i], error);
    }
    return status;
}

/* What follows a shortened lift moves along with it. */
static void limit_lifts(lh_ink *ink, float limit, lh_cleaning_report *report)
{
    double moved_x = 0, moved_y = 0;
    lh_point before = {0};
    for (size_t i = 0; i < ink->count; i++) {
        lh_point raw = ink->points[i];
        float length = i > 0 && before.end ? distance(before, raw) : 0;
        if (length > limit) {
            double excess = 1 - (double)limit / length;
            moved_x -= excess * (raw.x - before.x);
            moved_y -= excess * (raw.y - before.y);
            report->lifts_limited++;
        }
        ink->points[i].x = (float)(raw.x + moved_x);
        ink->points[i].y = (float)(raw.y + moved_y);
        before = raw;
    }
}

/* ---- the whole --------------------------------------------------------------------------------
 */

/* The first point that is at no place or no time, or the number of points. */
static size_t find_astray(const lh_ink *ink)
{
    size_t i = 0;
    for (; i < ink->count; i++) {
        const lh_point *p = &ink->points[i];
        /* Written so that NaN strays. */
        if (!(fabsf(p->x) <= farthest && fabsf(p->y) <= farthest && fabsf(p->time) <= latest))
            break;
    }
    return i;
}

static lh_status check(const lh_ink *raw, const lh_ink *clean, lh_error *error)
{
    size_t astray = find_astray(clean), reading = find_astray(raw);
    if (astray == clean->count)
        return LH_OK;
    bool read = reading < raw->count; /* else cleaning took it there */
    const lh_point *p = read ? &raw->points[reading] : &clean->points[astray];
    return lh_fail(error, LH_ERROR_FORMAT,
                   "point %zu%s is at (%g, %g) after %g seconds, where no pen can be",
                   (read ? reading : astray) + 1, read ? "" : ", cleaned,", (double)p->x,
                   (double)p->y, (double)p->time);
}

/* Cleans `raw`, whose times are mended on the way, to `clean`. */
static lh_status clean_to(lh_ink *raw, lh_ink *clean, const lh_cleaning *cleaning,
                          lh_cleaning_report *report, lh_error *error)
{
    report->points += raw->count;
    mend_time(raw, report);
    lh_status status = mend_strokes(raw, clean, cleaning, report, error);
    if (status != LH_OK)
        return status;
    if (cleaning->interval > 0)
        cut_pauses(clean, cleaning->interval, report);
    if (cleaning->max_pen_lift > 0)
        limit_lifts(clean, cleaning->max_pen_lift, report);
    return LH_OK;
}

static bool is_cleaning(const lh_cleaning *c)
{
    return c->max_step >= 0 && c->max_stride >= 0 && c->max_gap >= 0 && c->interval >= 0 &&
           c->max_pen_lift >= 0;
}

lh_status lh_ink_clean(lh_ink *ink, const lh_cleaning *cleaning, lh_cleaning_report *report,
                       lh_error *error)
{
    LH_NEED(error, ink && cleaning && is_cleaning(cleaning), LH_ERROR_ARGUMENT);
    lh_cleaning_report counts = report ? *report : (lh_cleaning_report){0};
    lh_ink raw = {0}, clean = {0};
    lh_status status = ink_reserve(&raw, ink->count, error);
    if (status == LH_OK && ink->count > 0) {
        memcpy(raw.points, ink->points, ink->count * sizeof *raw.points);
        raw.count = ink->count;
        status = clean_to(&raw, &clean, cleaning, &counts, error);
    }
    if (status == LH_OK)
        status = check(ink, &clean, error);
    free(raw.points);
    if (status != LH_OK) {
        free(clean.points);
        return status;
    }
    free(ink->points);
    *ink = clean;
    if (report)
        *report = counts;
    return LH_OK;
}
