/* All of ink.h on one line: see every_ink.h. */
#include "every_ink.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool finite_ink(const lh_ink *ink)
{
    for (size_t i = 0; i < ink->count; i++)
        if (!isfinite(ink->points[i].x) || !isfinite(ink->points[i].y) ||
            !isfinite(ink->points[i].time) || ink->points[i].end > 1)
            return false;
    return true;
}

/* By value: a sum with 0 turns -0 to 0. */
static bool same_points(const lh_ink *a, const lh_ink *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++) {
        const lh_point *p = &a->points[i], *q = &b->points[i];
        same = p->x == q->x && p->y == q->y && p->time == q->time && p->end == q->end;
    }
    return same;
}

/* ---- points and offsets ---- */

static const char *check_growing(lh_ink *copy, const lh_ink *ink, const float by[4])
{
    lh_error error;
    if (!same_points(copy, ink))
        return "a copy differs";
    if (lh_ink_append(copy, copy, by[0], by[1], by[2], &error) != LH_OK ||
        lh_ink_add(copy, (lh_point){by[3], by[2], by[1], 1}, &error) != LH_OK)
        return error.message[0] ? "points cannot be added" : "an error without words";
    if (copy->count != 2 * ink->count + 1 || !finite_ink(copy))
        return "ink with itself behind it";
    lh_ink_clear(copy);
    return copy->count == 0 ? NULL : "cleared ink has points";
}

static const char *check_strokes(const lh_ink *ink)
{
    size_t position = 0, count, seen = 0;
    const lh_point *points;
    while (lh_ink_next_stroke(ink, &position, &points, &count)) {
        if (count < 1 || points != ink->points + seen)
            return "a stroke begins elsewhere";
        seen += count;
        if (seen < ink->count && !points[count - 1].end)
            return "a stroke does not end";
    }
    return seen == ink->count ? NULL : "strokes are not all of the ink";
}

static const char *check_offsets(const lh_ink *ink)
{
    lh_offset *offsets = malloc((ink->count + 1) * sizeof *offsets);
    if (!offsets)
        return "no memory";
    size_t count = lh_ink_to_offsets(ink, offsets);
    const char *wrong = count == (ink->count > 0 ? ink->count - 1 : 0) ? NULL : "offsets are lost";
    for (size_t i = 0; i < count && !wrong; i++)
        if (!isfinite(offsets[i].dx) || !isfinite(offsets[i].dy))
            wrong = "an offset is not finite";
    free(offsets);
    return wrong;
}

/* ---- cleaning, placing ---- */

static const char *check_cleaned(lh_ink *copy, const lh_ink *ink, const lh_cleaning *cleaning)
{
    lh_error error = {0};
    const lh_cleaning_report none = {0};
    lh_cleaning_report report = {0};
    if (lh_ink_clean(copy, cleaning, &report, &error) == LH_OK) {
        if (copy->count > 33 * ink->count || (ink->count == 1 && copy->count != 1))
            return "cleaning changes the number of points too much";
        return finite_ink(copy) && report.points == ink->count ? NULL : "cleaned ink";
    }
    if (!error.message[0])
        return "cleaning fails without a word";
    return same_points(copy, ink) && memcmp(&report, &none, sizeof none) == 0
               ? NULL
               : "cleaning fails and leaves other ink";
}

static const char *check_box(const lh_ink *ink)
{
    lh_box box = lh_ink_bounds(ink);
    for (size_t i = 0; i < ink->count; i++)
        if (!(box.left <= ink->points[i].x && ink->points[i].x <= box.right &&
              box.top <= ink->points[i].y && ink->points[i].y <= box.bottom))
            return "a point lies outside the box";
    return isfinite(box.left) && isfinite(box.right) && isfinite(box.top) && isfinite(box.bottom)
               ? NULL
               : "the box is not finite";
}

static const char *check_moved(lh_ink *copy, const float by[4])
{
    lh_ink_move(copy, by[0], by[1]);
    return finite_ink(copy) ? NULL : "moved ink";
}

static const char *check_level(lh_ink *copy, const lh_ink *ink)
{
    lh_error error;
    lh_baseline base = lh_ink_baseline(ink);
    if (!isfinite(base.offset) || !isfinite(base.slope) || !(base.height >= 0) ||
        !isfinite(base.height))
        return "the baseline";
    if (lh_ink_level(copy, &error) != LH_OK || copy->count != ink->count || !finite_ink(copy))
        return "levelled ink";
    for (size_t i = 0; i < ink->count; i++)
        if (copy->points[i].x != ink->points[i].x)
            return "levelling moves x";
    return NULL;
}

/* ---- curves ---- */

static const char *check_curve(const lh_curve *curve, const lh_point *points, size_t count)
{
    if (curve->curves >= count || curve->first[curve->curves] != count - 1)
        return "a curve's readings";
    for (size_t i = 0; i < curve->curves; i++)
        if (curve->first[i] >= curve->first[i + 1])
            return "a curve without a reading of its own";
    for (size_t i = 0; i <= 3 * curve->curves; i++)
        if (!isfinite(curve->point[i].x) || !isfinite(curve->point[i].y))
            return "a curve is not finite";
    lh_vec2 last = curve->point[3 * curve->curves];
    return curve->point[0].x == points[0].x && curve->point[0].y == points[0].y &&
                   last.x == points[count - 1].x && last.y == points[count - 1].y
               ? NULL
               : "a curve does not end where its stroke does";
}

static const char *check_curves(const lh_ink *ink, float tolerance)
{
    size_t position = 0, count;
    const lh_point *points;
    while (lh_ink_next_stroke(ink, &position, &points, &count)) {
        lh_curve curve;
        lh_error error = {0};
        bool near = true;
        for (size_t i = 0; i < count; i++)
            near = near && fabsf(points[i].x) <= 1e30f && fabsf(points[i].y) <= 1e30f;
        lh_status status = lh_curve_fit(points, count, tolerance, &curve, &error);
        if (near != (status == LH_OK) || (!near && !error.message[0]))
            return "which strokes have curves";
        const char *wrong = near ? check_curve(&curve, points, count) : NULL;
        lh_curve_free(&curve);
        if (wrong)
            return wrong;
    }
    return NULL;
}

static const char *check_features(const lh_ink *ink)
{
    lh_features features = {0};
    const lh_baseline baseline = lh_ink_baseline(ink);
    bool near = true;
    for (size_t i = 0; i < ink->count; i++)
        near = near && fabsf(ink->points[i].x) <= 1e30f && fabsf(ink->points[i].y) <= 1e30f;
    const lh_status status = lh_features_of(ink->points, ink->count, &baseline,
                                            LH_FEATURES_TOLERANCE, &features, NULL);
    const char *wrong = NULL;
    if ((near && baseline.height > 0) != (status == LH_OK))
        wrong = "which ink has features";
    for (size_t k = 0; status == LH_OK && k < features.count * LH_FEATURES && !wrong; k++)
        if (!(features.x[k] >= -10 && features.x[k] <= 10))
            wrong = "a feature beyond its bounds";
    lh_features_free(&features);
    return wrong;
}

/* ---- all ---- */

const char *ink_every_function(const lh_ink *ink, const float by[4], const lh_cleaning *cleaning)
{
    const char *wrong = check_strokes(ink);
    wrong = wrong ? wrong : check_offsets(ink);
    wrong = wrong ? wrong : check_box(ink);
    wrong = wrong ? wrong : check_features(ink);
    for (int i = 0; i < 4 && !wrong; i++)
        wrong = check_curves(ink, fabsf(by[i]));
    enum { GROWN, CLEANED, DEFAULT, MOVED, LEVEL, WAYS };
    for (int way = 0; way < WAYS && !wrong; way++) {
        lh_ink *copy = lh_ink_copy(ink, NULL);
        if (!copy)
            return "no memory";
        wrong = way == GROWN     ? check_growing(copy, ink, by)
                : way == CLEANED ? check_cleaned(copy, ink, cleaning)
                : way == DEFAULT ? check_cleaned(copy, ink, &lh_cleaning_default)
                : way == MOVED   ? check_moved(copy, by)
                                 : check_level(copy, ink);
        lh_ink_free(copy);
    }
    return wrong;
}
