/* The shape of an x: see cross.h. */
#include "cross.h"

#include <math.h>

/* Degrees, counterclockwise from the right, between which a stroke rises and falls, in upright and
 * in slanted hands; and those by which they must differ. A stroke flatter than that is a t's bar.
 */
static const double rise_least = 15, rise_most = 80, fall_least = 98, fall_most = 165, apart = 40;

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

bool lh_cross_is_there(const lh_draft *draft, size_t from, size_t to, int32_t character)
{
    const lh_point *point = draft->point;
    for (size_t i = from; i + 1 < to; i++) {
        if (point[i].end || lh_draft_trace(draft, i + 1)->character != character)
            continue;
        for (size_t k = i + 2; k + 1 < to; k++)
            if (!point[k].end && steps_cross(point + i, point + k) &&
                as_in_x(direction(draft, from, to, i), direction(draft, from, to, k)))
                return true;
    }
    return false;
}
