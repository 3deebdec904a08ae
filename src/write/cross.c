/* The shape of an x: see cross.h. */
#include "cross.h"

#include <math.h>

/* Degrees, counterclockwise from the right, between which a stroke rises and falls, in upright and
 * in slanted hands; and those by which they must differ. A stroke flatter than that is a t's bar.
 */
static const double rise_least = 15, rise_most = 80, fall_least = 98, fall_most = 165, apart = 40;

/* The shortest of a cross's four arms, of the longest; and the cosine of the turn at which one
 * ends. */
static const double short_arm = 0.25, straight = 0.5;

/* Points on either side of a step whose direction is that of the stroke there: one step alone may
 * be short and bent. */
enum { AROUND = 1 };

/* Twice the area of the triangle; negative when it turns the other way. */
static double turn(const lh_point *a, const lh_point *b, const lh_point *c)
{
    return ((double)b->x - a->x) * ((double)c->y - a->y) -
           ((double)b->y - a->y) * ((double)c->x - a->x);
}

/* Do the steps from a[0] to a[1] and from b[0] to b[1] cross? */
static bool steps_cross(const lh_point *a, const lh_point *b)
{
    return turn(a, a + 1, b) * turn(a, a + 1, b + 1) < 0 &&
           turn(b, b + 1, a) * turn(b, b + 1, a + 1) < 0;
}

/* Degrees from 0 to 180 of the stroke at the step from point `at` to the next. */
static double direction(const lh_draft *draft, size_t from, size_t to, size_t at)
{
    const lh_point *point = draft->point;
    size_t first = at, last = at + 1;
    for (int i = 0; i < AROUND; i++) {
        first -= first > from && !point[first - 1].end;
        last += last + 1 < to && !point[last].end;
    }
    double degrees =
        atan2((double)point[first].y - point[last].y, (double)point[last].x - point[first].x) *
        180 / acos(-1);
    return degrees < 0 ? degrees + 180 : degrees;
}

static bool as_in_x(double one, double other)
{
    double rise = fmin(one, other), fall = fmax(one, other);
    return rise > rise_least && rise < rise_most && fall > fall_least && fall < fall_most &&
           fall - rise > apart;
}

/* How far the stroke goes straight on from the step at `at`, along `by` (1 or -1): to its end or to
 * where it has turned. */
static double arm(const lh_draft *draft, size_t from, size_t to, size_t at, int by)
{
    const lh_point *point = draft->point;
    const double dx = by * ((double)point[at + 1].x - point[at].x);
    const double dy = by * ((double)point[at + 1].y - point[at].y), step = hypot(dx, dy);
    size_t end = by > 0 ? at + 1 : at;
    for (;;) {
        if (by > 0 ? point[end].end || end + 1 >= to : end == from || point[end - 1].end)
            break;
        const lh_point *next = point + (by > 0 ? end + 1 : end - 1);
        const double x = (double)next->x - point[end].x, y = (double)next->y - point[end].y;
        if (x * dx + y * dy < straight * hypot(x, y) * step)
            break;
        end = by > 0 ? end + 1 : end - 1;
    }
    const double half = 0.5; /* the crossing is somewhere in the step */
    const lh_point *end_point = point + end;
    return hypot((double)end_point->x - point[at].x - half * (point[at + 1].x - point[at].x),
                 (double)end_point->y - point[at].y - half * (point[at + 1].y - point[at].y));
}

/* Do both strokes go on well behind the crossing, to either side? */
static bool arms_are_even(const lh_draft *draft, size_t from, size_t to, size_t i, size_t k)
{
    const double length[4] = {arm(draft, from, to, i, 1), arm(draft, from, to, i, -1),
                              arm(draft, from, to, k, 1), arm(draft, from, to, k, -1)};
    double shortest = length[0], longest = length[0];
    for (int n = 1; n < 4; n++) {
        shortest = fmin(shortest, length[n]);
        longest = fmax(longest, length[n]);
    }
    return shortest >= short_arm * longest;
}

bool lh_cross_is_there(const lh_draft *draft, size_t from, size_t to, int32_t character)
{
    const lh_point *point = draft->point;
    for (size_t i = from; i + 1 < to; i++) {
        if (point[i].end || lh_draft_trace(draft, i + 1)->character != character)
            continue;
        for (size_t k = i + 2; k + 1 < to; k++)
            if (!point[k].end && steps_cross(point + i, point + k) &&
                as_in_x(direction(draft, from, to, i), direction(draft, from, to, k)) &&
                arms_are_even(draft, from, to, i, k))
                return true;
    }
    return false;
}
