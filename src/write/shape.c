/* Shapes without which a character is none: see shape.h. */
#include "shape.h"

#include "base/extremes.h"
#include "ink/cross.h"

#include <math.h>

/* ---- a cross ----------------------------------------------------------------------------------
 */

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
        lh_lower(&shortest, length[n]);
        lh_raise(&longest, length[n]);
    }
    return shortest >= short_arm * longest;
}

static bool has_cross(const lh_draft *draft, size_t from, size_t to, int32_t character)
{
    const lh_point *point = draft->point;
    for (size_t i = from; i + 1 < to; i++) {
        if (point[i].end || lh_draft_trace(draft, i + 1)->character != character)
            continue;
        for (size_t k = i + 2; k + 1 < to; k++)
            if (!point[k].end && ink_steps_cross(point + i, point + k) &&
                as_in_x(direction(draft, from, to, i), direction(draft, from, to, k)) &&
                arms_are_even(draft, from, to, i, k))
                return true;
    }
    return false;
}

/* ---- a zigzag ---------------------------------------------------------------------------------
 */

/* Of the fall's height: what its strokes go to the side at least, and rise or fall at most; and how
 * far the fall, of its length, bends at most. */
static const double side_least = 0.3, level_most = 0.5, bend_most = 0.2;

static bool is_straight(const lh_point *point, size_t first, size_t last)
{
    const double length =
        hypot((double)point[last].x - point[first].x, (double)point[last].y - point[first].y);
    for (size_t i = first + 1; i < last; i++)
        if (fabs(ink_turn(point + first, point + last, point + i)) > bend_most * length * length)
            return false;
    return true;
}

/* Does the stroke go to the side between two points, the first of them left? */
static bool goes_right(const lh_point *left, const lh_point *right, double height)
{
    return (double)right->x - left->x >= side_least * height &&
           fabs((double)right->y - left->y) <= level_most * height;
}

/* Is the way from `high` to `low`, in a stroke of the points first..last, the fall of a zigzag? */
static bool is_zigzag(const lh_point *point, size_t first, size_t last, size_t high, size_t low)
{
    const double height = (double)point[low].y - point[high].y;
    const double back = (double)point[high].x - point[low].x;
    if (!(height > 0) || back < side_least * height || !is_straight(point, high, low))
        return false;
    bool above = false, below = false;
    for (size_t i = first; i < high && !above; i++)
        above = goes_right(point + i, point + high, height);
    for (size_t i = low + 1; i <= last && !below; i++)
        below = goes_right(point + low, point + i, height);
    return above && below;
}

static bool has_zigzag(const lh_draft *draft, size_t from, size_t to, int32_t character)
{
    for (size_t first = from, end; first < to; first = end) {
        end = lh_draft_stroke_end(draft, first, to);
        for (size_t high = first + 1; high + 1 < end; high++)
            for (size_t low = high + 1; low + 1 < end; low++)
                if (lh_draft_trace(draft, low)->character == character &&
                    is_zigzag(draft->point, first, end - 1, high, low))
                    return true;
    }
    return false;
}

/* ---- a dot and a comma ------------------------------------------------------------------------
 */

/* Whiteboard units: the most a dot is wide and high, the least an exclamation mark's stroke and a
 * comma are high, and how far a dot and its stroke lie to the side of each other at most. */
static const float dot_most = 20, upright_least = 35, comma_least = 15, aside_most = 50;
/* By how much the lower may reach into the upper. */
static const float into_most = 8;

/* The next stroke from `from` on that the window saw as `character`, or that it saw begin so;
 * false: there is none. */
static bool next_stroke(const lh_draft *draft, size_t *from, size_t to, int32_t character,
                        bool begins, lh_box *box)
{
    while (*from < to) {
        const size_t first = *from, end = lh_draft_stroke_end(draft, first, to);
        bool seen = false;
        for (size_t i = first; i < (begins ? first + 1 : end) && !seen; i++)
            seen = lh_draft_trace(draft, i)->character == character;
        *box = lh_draft_box(draft, first, end);
        *from = end;
        if (seen)
            return true;
    }
    return false;
}

static bool is_dot(const lh_box *box)
{
    return box->right - box->left <= dot_most && box->bottom - box->top <= dot_most;
}

static bool is_high(const lh_box *box, float least)
{
    return box->bottom - box->top >= least;
}

/* Is it `upper`, with `lower` under it, of which one is a dot? */
static bool is_dotted(const lh_box *upper, const lh_box *lower, uint32_t sign)
{
    const bool under = lower->top >= upper->bottom - into_most &&
                       lower->left <= upper->right + aside_most &&
                       lower->right >= upper->left - aside_most;
    return under && (sign == '!' ? is_high(upper, upright_least) && is_dot(lower)
                                 : is_dot(upper) && is_high(lower, comma_least));
}

static bool has_dot(const lh_draft *draft, size_t from, size_t to, int32_t character, uint32_t sign)
{
    lh_box one, other;
    while (next_stroke(draft, &from, to, character, false, &one))
        for (size_t behind = from; next_stroke(draft, &behind, to, character, false, &other);)
            if (is_dotted(&one, &other, sign) || is_dotted(&other, &one, sign))
                return true;
    return false;
}

static bool has_comma(const lh_draft *draft, size_t from, size_t to, int32_t character)
{
    bool dot = false;
    lh_box box;
    while (next_stroke(draft, &from, to, character, true, &box)) {
        if (is_high(&box, comma_least))
            return true;
        dot = true;
    }
    return !dot;
}

/* ---- all --------------------------------------------------------------------------------------
 */

bool lh_shape_is_there(const lh_draft *draft, size_t from, size_t to, int32_t character,
                       uint32_t sign)
{
    switch (sign) {
    case 'x':
    case 'X':
        return has_cross(draft, from, to, character);
    case 'z':
    case 'Z':
        return has_zigzag(draft, from, to, character);
    case ',':
        return has_comma(draft, from, to, character);
    case '!':
    case ';':
        return has_dot(draft, from, to, character, sign);
    default:
        return true;
    }
}
