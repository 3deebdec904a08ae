/* Cleaning of recorded ink (Graves 2013, section 4.2): what the sensor did wrong, and only that.
 * Shapes are not smoothed and no writing is left out. */
#include <longhand/ink.h>

#include "grow.h"

#include <math.h>
#include <stdlib.h>

/* On the 12,194 whole lines of IAM-OnDB (7,656,474 readings, 303,655 strokes):
 * max_step: 1,351 steps are longer, 25 of them in fast writing; after most of the others the pen
 *     writes on elsewhere. 336 readings are removed and 1,120 strokes ended.
 * max_gap: 15,019 pairs of readings are 0.05 s or more apart, which is two missing readings or
 *     more; 29,126 readings are put between them. Gaps of one reading are left, they are mostly
 *     jitter of the clock (the pen moved no further in them).
 * interval: the whiteboard reads 67 times a second.
 * max_pen_lift: 611 lifts of 291,481 are shortened: ways back to dot an i at the end of a line.
 *     The gaps between words are 300 to 600 and stay. */
const lh_cleaning lh_cleaning_default = {
    .max_step = 200,
    .max_gap = 0.045f,
    .interval = 0.015f,
    .max_pen_lift = 1000,
};

/* The sensor strays for one or two readings; a pen that stays away longer was lifted unseen. (How
 * many readings the pen is away for is evenly spread from 3 up, as writing is.) */
enum { EXCURSION = 2 };
/* Whiteboard units: the mean step of the database. Interpolated readings are no closer, since in
 * most long gaps the pen was not slow but unseen. */
static const float usual_step = 20;
/* More readings than this are not put into one gap, whatever its times say. */
enum { MAX_INTERPOLATED = 32 };

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

/* The number of readings from `first` on that are one excursion away from `good`, the reading
 * before them: the stroke comes back near it, or ends there. 0: the stroke goes on elsewhere. */
static size_t excursion(const lh_ink *ink, size_t first, lh_point good, float max_step)
{
    for (size_t n = 1; n <= EXCURSION; n++) {
        size_t i = first + n;
        if (i == ink->count || ink->points[i - 1].end || distance(good, ink->points[i]) <= max_step)
            return n;
    }
    return 0;
}

/* Puts readings between `from`, the last of `ink`, and `to`, on the straight way between them. */
static lh_status interpolate(lh_ink *ink, lh_point to, const lh_cleaning *cleaning,
                             lh_cleaning_report *report, lh_error *error)
{
    lh_point from = ink->points[ink->count - 1];
    float gap = to.time - from.time;
    if (!(cleaning->max_gap > 0 && cleaning->interval > 0 && gap > cleaning->max_gap))
        return LH_OK;
    float steps = fminf(roundf(gap / cleaning->interval), ceilf(distance(from, to) / usual_step));
    steps = fminf(steps, MAX_INTERPOLATED + 1);
    for (float i = 1; i < steps; i++) {
        float part = i / steps;
        lh_point point = {from.x + part * (to.x - from.x), from.y + part * (to.y - from.y),
                          from.time + part * gap, 0};
        if (lh_ink_add(ink, point, error) != LH_OK)
            return LH_ERROR_MEMORY;
        report->interpolated++;
    }
    return LH_OK;
}

/* Adds the readings of `raw` to `clean`, without excursions and with missing readings. Where the
 * pen does not come back from a long step it was lifted unseen: the stroke ends before the step. */
static lh_status mend_strokes(const lh_ink *raw, lh_ink *clean, const lh_cleaning *cleaning,
                              lh_cleaning_report *report, lh_error *error)
{
    if (ink_reserve(clean, raw->count, error) != LH_OK)
        return LH_ERROR_MEMORY;
    for (size_t i = 0; i < raw->count; i++) {
        lh_point *last = clean->count ? &clean->points[clean->count - 1] : NULL;
        bool inside = last && !last->end;
        if (inside && cleaning->max_step > 0 &&
            distance(*last, raw->points[i]) > cleaning->max_step) {
            size_t away = excursion(raw, i, *last, cleaning->max_step);
            if (away > 0) {
                report->removed += away;
                i += away - 1;
                last->end = raw->points[i].end;
                continue;
            }
            last->end = 1;
            report->split++;
        } else if (inside && interpolate(clean, raw->points[i], cleaning, report, error) != LH_OK) {
            return LH_ERROR_MEMORY;
        }
        if (lh_ink_add(clean, raw->points[i], error) != LH_OK)
            return LH_ERROR_MEMORY;
    }
    return LH_OK;
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

lh_status lh_ink_clean(lh_ink *ink, const lh_cleaning *cleaning, lh_cleaning_report *report,
                       lh_error *error)
{
    lh_cleaning_report unread = {0};
    if (!report)
        report = &unread;
    report->points += ink->count;
    mend_time(ink, report);
    lh_ink clean = {0};
    lh_status status = mend_strokes(ink, &clean, cleaning, report, error);
    if (status != LH_OK) {
        free(clean.points);
        return status;
    }
    free(ink->points);
    *ink = clean;
    if (cleaning->max_pen_lift > 0)
        limit_lifts(ink, cleaning->max_pen_lift, report);
    return LH_OK;
}
