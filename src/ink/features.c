/* What a network that reads sees of ink: see ink.h. */
#include <longhand/ink.h>

#include "base/need.h"

#include <math.h>
#include <stdlib.h>

#define MOST 10.0f

/* The readings, and what their steps are measured by. */
typedef struct view {
    const lh_point *points;
    lh_baseline baseline;
    float tolerance; /* units */
} view;

static float bounded(double value)
{
    return value < -MOST ? -MOST : value > MOST ? MOST : (float)value;
}

/* Makes room for a step more. */
static lh_status reserve(lh_features *f, lh_error *error)
{
    if (f->count < f->capacity)
        return LH_OK;
    const size_t capacity = f->capacity ? 2 * f->capacity : 256;
    float *x = realloc(f->x, capacity * LH_FEATURES * sizeof *x);
    f->x = x ? x : f->x;
    uint32_t *point = x ? realloc(f->point, capacity * sizeof *point) : NULL;
    f->point = point ? point : f->point;
    if (!x || !point)
        return lh_fail_memory(error, "features of ink");
    f->capacity = capacity;
    return LH_OK;
}

/* Adds the curve from p[0] to p[3], which ends at reading `point`. */
static lh_status add(lh_features *f, const view *v, const lh_vec2 p[4], bool writes, uint32_t point,
                     lh_error *error)
{
    const lh_status status = reserve(f, error);
    if (status != LH_OK)
        return status;
    const double height = v->baseline.height;
    const double above =
        v->baseline.offset + (double)v->baseline.slope * (double)p[3].x - (double)p[3].y;
    float *x = f->x + f->count * LH_FEATURES;
    x[0] = bounded(((double)p[3].x - (double)p[0].x) / height);
    x[1] = bounded(((double)p[3].y - (double)p[0].y) / height);
    x[2] = bounded(((double)p[1].x - (double)p[0].x) / height);
    x[3] = bounded(((double)p[1].y - (double)p[0].y) / height);
    x[4] = bounded(((double)p[3].x - (double)p[2].x) / height);
    x[5] = bounded(((double)p[3].y - (double)p[2].y) / height);
    x[6] = writes ? 1 : 0;
    x[7] = bounded(above / height);
    f->point[f->count++] = point;
    return LH_OK;
}

/* A straight way, as a curve. */
static void straight(lh_vec2 from, lh_vec2 to, lh_vec2 p[4])
{
    for (int i = 0; i < 4; i++) {
        p[i].x = from.x + (to.x - from.x) * (float)i / 3;
        p[i].y = from.y + (to.y - from.y) * (float)i / 3;
    }
}

/* The stroke of readings first .. first + count - 1. */
static lh_status add_stroke(lh_features *f, const view *v, size_t first, size_t count,
                            lh_error *error)
{
    lh_curve curve;
    lh_status status = lh_curve_fit(v->points + first, count, v->tolerance, &curve, error);
    if (status != LH_OK)
        return status;
    if (curve.curves == 0) {
        lh_vec2 p[4];
        straight(curve.point[0], curve.point[0], p);
        status = add(f, v, p, true, (uint32_t)(first + count - 1), error);
    }
    for (size_t i = 0; i < curve.curves && status == LH_OK; i++)
        status = add(f, v, curve.point + 3 * i, true, (uint32_t)first + curve.first[i + 1], error);
    lh_curve_free(&curve);
    return status;
}

static lh_status add_lift(lh_features *f, const view *v, size_t from, lh_error *error)
{
    lh_vec2 p[4];
    straight((lh_vec2){v->points[from].x, v->points[from].y},
             (lh_vec2){v->points[from + 1].x, v->points[from + 1].y}, p);
    return add(f, v, p, false, (uint32_t)from + 1, error);
}

lh_baseline lh_features_baseline(const lh_ink *ink)
{
    lh_baseline baseline = lh_ink_baseline(ink);
    if (ink && !(baseline.height > 0)) {
        const lh_box box = lh_ink_bounds(ink);
        const float width = box.right - box.left;
        baseline.height = width > 0 ? width : 1;
    }
    return baseline;
}

lh_status lh_features_of(const lh_point *points, size_t count, const lh_baseline *baseline,
                         float tolerance, lh_features *features, lh_error *error)
{
    LH_NEED(error, features && baseline && (points || count == 0), LH_ERROR_ARGUMENT);
    LH_NEED(error, count < UINT32_MAX && tolerance >= 0, LH_ERROR_ARGUMENT);
    if (!(baseline->height > 0 && isfinite(baseline->height) && isfinite(baseline->offset) &&
          isfinite(baseline->slope)))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "a baseline at %g with slope %g and height %g cannot be read by",
                       (double)baseline->offset, (double)baseline->slope, (double)baseline->height);
    const view v = {points, *baseline, tolerance * baseline->height};
    features->count = 0;
    lh_status status = LH_OK;
    for (size_t first = 0; first < count && status == LH_OK;) {
        size_t end = first;
        while (end + 1 < count && !points[end].end)
            end++;
        status = add_stroke(features, &v, first, end + 1 - first, error);
        first = end + 1;
        if (status == LH_OK && first < count)
            status = add_lift(features, &v, end, error);
    }
    return status;
}

void lh_features_free(lh_features *features)
{
    if (!features)
        return;
    free(features->x);
    free(features->point);
    *features = (lh_features){0};
}
