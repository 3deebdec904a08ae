/* Ink itself: a growable row of points, its strokes, and the way from positions to offsets and
 * back. Cleaning, measuring and curves are in files of their own. */
#include <longhand/ink.h>

#include "grow.h"
#include "place.h"

#include "base/need.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

lh_ink *lh_ink_new(lh_error *error)
{
    lh_ink *ink = calloc(1, sizeof *ink);
    if (!ink)
        lh_fail_memory(error, "ink");
    return ink;
}

void lh_ink_free(lh_ink *ink)
{
    if (!ink)
        return;
    free(ink->points);
    free(ink);
}

void lh_ink_clear(lh_ink *ink)
{
    if (!ink)
        return;
    ink->count = 0;
}

lh_status ink_reserve(lh_ink *ink, size_t more, lh_error *error)
{
    if (more <= ink->capacity - ink->count)
        return LH_OK;
    if (more > SIZE_MAX / sizeof *ink->points / 2 - ink->count)
        return lh_fail_memory(error, "the points of ink");
    size_t capacity = ink->capacity < 32 ? 64 : 2 * ink->capacity;
    if (capacity < ink->count + more)
        capacity = ink->count + more;
    lh_point *points = realloc(ink->points, capacity * sizeof *points);
    if (!points)
        return lh_fail_memory(error, "the points of ink");
    ink->points = points;
    ink->capacity = capacity;
    return LH_OK;
}

lh_ink *lh_ink_copy(const lh_ink *ink, lh_error *error)
{
    LH_NEED(error, ink, NULL);
    lh_ink *copy = lh_ink_new(error);
    if (copy && lh_ink_append(copy, ink, 0, 0, 0, error) != LH_OK) {
        lh_ink_free(copy);
        return NULL;
    }
    return copy;
}

lh_status lh_ink_add(lh_ink *ink, lh_point point, lh_error *error)
{
    LH_NEED(error, ink, LH_ERROR_ARGUMENT);
    lh_status status = ink_reserve(ink, 1, error);
    if (status == LH_OK)
        ink->points[ink->count++] = point;
    return status;
}

lh_status lh_ink_append(lh_ink *ink, const lh_ink *more, float dx, float dy, float dt,
                        lh_error *error)
{
    LH_NEED(error, ink && more, LH_ERROR_ARGUMENT);
    size_t count = more->count; /* `more` may be `ink` itself */
    lh_status status = ink_reserve(ink, count, error);
    if (status != LH_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        lh_point point = more->points[i];
        point.x = ink_float((double)point.x + (double)dx);
        point.y = ink_float((double)point.y + (double)dy);
        point.time = ink_float((double)point.time + (double)dt);
        ink->points[ink->count++] = point;
    }
    return LH_OK;
}

bool lh_ink_next_stroke(const lh_ink *ink, size_t *position, const lh_point **points, size_t *count)
{
    if (!(ink && position && points && count))
        return false;
    size_t first = *position, last = first;
    if (first >= ink->count)
        return false;
    while (last + 1 < ink->count && !ink->points[last].end)
        last++;
    *points = ink->points + first;
    *count = last + 1 - first;
    *position = last + 1;
    return true;
}

size_t lh_ink_to_offsets(const lh_ink *ink, lh_offset *offsets)
{
    if (!(ink && offsets))
        return 0;
    for (size_t i = 1; i < ink->count; i++) {
        const lh_point *from = &ink->points[i - 1], *to = &ink->points[i];
        offsets[i - 1] = (lh_offset){ink_float((double)to->x - (double)from->x),
                                     ink_float((double)to->y - (double)from->y), to->end ? 1 : 0};
    }
    return ink->count < 2 ? 0 : ink->count - 1;
}
