/* Ink of any pen as the whiteboard would have had it: see lh_hand_lines_fit. */
#include <longhand/hand.h>

#include "base/extremes.h"
#include "base/need.h"
#include "write/pace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Whiteboard units: small letters between these stay as they are, others become ordinary ones. */
static const double least_height = 40, most_height = 350;
/* Readings, against those of the whiteboard for the same text, beyond which a line is read anew. */
static const double few = 0.5, many = 2;
/* Fewer than this share are not the text. */
static const double hardly_any = 0.12;

/* ---- size -------------------------------------------------------------------------------------
 */

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static lh_status fit_size(lh_hand_line *lines, size_t count, lh_error *error)
{
    double height[LH_HAND_LINES_MAX];
    for (size_t i = 0; i < count; i++)
        height[i] = (double)lh_ink_baseline(lines[i].ink).height;
    qsort(height, count, sizeof *height, compare);
    const double middle = height[count / 2];
    if (middle >= least_height && middle <= most_height)
        return LH_OK;
    const double scale = LH_HEIGHT_ORDINARY / middle;
    if (!(middle > 0) || !isfinite(scale))
        return lh_fail(error, LH_ERROR_ARGUMENT, "there is no writing in these lines: no height");
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < lines[i].ink->count; k++) {
            lines[i].ink->points[k].x *= (float)scale;
            lines[i].ink->points[k].y *= (float)scale;
        }
    return LH_OK;
}

/* ---- readings ---------------------------------------------------------------------------------
 */

static double points_of(const char *text)
{
    double points = 0;
    for (uint32_t c; (c = lh_utf8_next(&text)) != 0;)
        points += lh_pace_points(c);
    return points;
}

/* How far along a stroke reading i is, in seconds or in units. */
static double step_of(const lh_point *p, size_t i, bool timed)
{
    return timed ? (double)p[i].time - (double)p[i - 1].time
                 : hypot((double)p[i].x - (double)p[i - 1].x, (double)p[i].y - (double)p[i - 1].y);
}

/* Do a stroke's times tell how fast the pen went? Even ones were made up. */
static bool has_times(const lh_point *p, size_t count)
{
    double least = INFINITY, most = 0, way_least = INFINITY, way_most = 0;
    for (size_t i = 1; i < count; i++) {
        const double dt = step_of(p, i, true), way = step_of(p, i, false);
        lh_lower(&least, dt);
        lh_raise(&most, dt);
        lh_lower(&way_least, way);
        lh_raise(&way_most, way);
    }
    return least >= 0 && most > 0 && (most > 1.01 * least || way_most > 3 * way_least);
}

/* Adds a stroke to `to`, read anew `wanted` times (of its own readings `count`). */
static lh_status read_stroke_anew(const lh_point *p, size_t count, size_t wanted, lh_ink *to,
                                  lh_error *error)
{
    const bool timed = has_times(p, count);
    double whole = 0;
    for (size_t i = 1; i < count; i++)
        whole += step_of(p, i, timed);
    if (count < 2 || wanted < 2 || !(whole > 0)) {
        lh_point only = p[count - 1];
        only.end = 1;
        return lh_ink_add(to, only, error);
    }
    lh_status status = LH_OK;
    double passed = 0;
    size_t i = 1;
    for (size_t k = 0; k < wanted && status == LH_OK; k++) {
        const double at = whole * (double)k / (double)(wanted - 1);
        while (i + 1 < count && passed + step_of(p, i, timed) < at)
            passed += step_of(p, i++, timed);
        const double step = step_of(p, i, timed);
        const float share = (float)(step > 0 ? fmin(1, (at - passed) / step) : 1);
        const lh_point *a = &p[i - 1], *b = &p[i];
        status = lh_ink_add(to,
                            (lh_point){.x = a->x + share * (b->x - a->x),
                                       .y = a->y + share * (b->y - a->y),
                                       .time = a->time + share * (b->time - a->time),
                                       .end = k + 1 == wanted},
                            error);
    }
    return status;
}

static lh_status fit_readings(lh_hand_line *line, size_t row, lh_error *error)
{
    const double usual = points_of(line->text), share = (double)line->ink->count / usual;
    if (!(usual > 0))
        return lh_fail(error, LH_ERROR_ARGUMENT, "row %zu has no text", row);
    if (share >= few && share <= many)
        return LH_OK;
    lh_ink *anew = lh_ink_new(error);
    if (!anew)
        return error->status;
    size_t position = 0, count;
    const lh_point *points;
    lh_status status = LH_OK;
    while (status == LH_OK && lh_ink_next_stroke(line->ink, &position, &points, &count))
        status =
            read_stroke_anew(points, count, (size_t)lround((double)count / share), anew, error);
    if (status == LH_OK) {
        lh_ink_free(line->ink);
        line->ink = anew;
    } else {
        lh_ink_free(anew);
    }
    return status;
}

/* ---- all of it --------------------------------------------------------------------------------
 */

/* Before it is scaled and read anew, ink must be such that this means anything. */
static lh_status check_ink(const lh_hand_line *line, size_t row, lh_error *error)
{
    size_t position = 0, count, strokes = 0;
    const lh_point *points;
    double way = 0;
    while (lh_ink_next_stroke(line->ink, &position, &points, &count)) {
        strokes++;
        for (size_t i = 1; i < count; i++)
            way += step_of(points, i, false);
    }
    const double height = (double)lh_ink_baseline(line->ink).height;
    const double letters = points_of(line->text ? line->text : "a") / lh_pace_points('a');
    if (!isfinite(way) || line->ink->count < 2 || way < hardly_any * 4 * letters * height)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "row %zu: too little ink for '%.60s': %zu readings in %zu strokes", row,
                       line->text ? line->text : "", line->ink->count, strokes);
    return LH_OK;
}

lh_status lh_hand_lines_fit(lh_hand_line *lines, size_t count, lh_error *error)
{
    LH_NEED(error, lines && count > 0 && count <= LH_HAND_LINES_MAX, LH_ERROR_ARGUMENT);
    for (size_t i = 0; i < count; i++)
        LH_NEED(error, lines[i].ink && lines[i].text, LH_ERROR_ARGUMENT);
    lh_status status = LH_OK;
    for (size_t i = 0; i < count && status == LH_OK; i++)
        status = check_ink(&lines[i], i + 1, error);
    if (status == LH_OK)
        status = fit_size(lines, count, error);
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        status = fit_readings(&lines[i], i + 1, error);
        lh_error inner;
        if (status == LH_OK &&
            (status = lh_ink_clean(lines[i].ink, &lh_cleaning_default, NULL, &inner)) != LH_OK)
            lh_fail(error, status, "row %zu: %.400s", i + 1, inner.message);
    }
    return status;
}
