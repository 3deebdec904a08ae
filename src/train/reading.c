/* A line for a network that reads: see reading.h. */
#include "reading.h"

#include "augment.h"

#include <math.h>
#include <stdlib.h>

/* Jitter of 1. Lengths are in heights of small letters. */
static const double STRETCH = 0.1;    /* deviation of the logarithm of a letter's width */
static const double ROTATION = 0.02;  /* of the slope of the line */
static const double LIFTED = 0.08;    /* of where the baseline is thought to be */
static const double FIT = 0.3;        /* of the logarithm of how close curves are fitted */
static const double SHAKING = 0.012;  /* of readings, */
static const double SMOOTHNESS = 0.8; /* which shake like those before them */
static const double BREAKING = 0.002; /* probability that a stroke ends at a reading */
static const double JOINING = 0.1;    /* that one goes on in the next where that is so close: */
static const double JOINED_GAP = 0.15;

lh_reading_line lh_reading_line_of(const lh_point *points, size_t count)
{
    lh_ink view = {.points = (lh_point *)points, .count = count, .capacity = count};
    return (lh_reading_line){points, count, lh_features_baseline(&view)};
}

/* ---- change ------------------------------------------------------------------------------------
 */

static void move(const lh_reading_line *line, const lh_reading_change *how, lh_rng *rng,
                 lh_point *points)
{
    const lh_baseline *b = &line->baseline;
    const double height = b->height, jitter = how->jitter;
    const double shear = -how->slant * lh_moderate_normal(rng); /* y of the board is down */
    const double stretch = exp(jitter * STRETCH * lh_moderate_normal(rng));
    const double rotation = jitter * ROTATION * lh_moderate_normal(rng);
    const double shaking = jitter * SHAKING * height;
    const double fresh = sqrt(1 - SMOOTHNESS * SMOOTHNESS);
    const double left = line->points[0].x;
    double shake_x = 0, shake_y = 0;
    for (size_t i = 0; i < line->count; i++) {
        const double x = (double)line->points[i].x - left, y = line->points[i].y;
        const double below = y - ((double)b->offset + (double)b->slope * (x + left));
        shake_x = SMOOTHNESS * shake_x + fresh * shaking * lh_rng_normal(rng);
        shake_y = SMOOTHNESS * shake_y + fresh * shaking * lh_rng_normal(rng);
        points[i] = line->points[i];
        points[i].x = (float)(left + stretch * (x + shear * below) + shake_x);
        points[i].y = (float)(y + rotation * x + shake_y);
    }
}

static void lift(const lh_reading_line *line, double jitter, lh_rng *rng, lh_point *points)
{
    const double close = JOINED_GAP * (double)line->baseline.height;
    for (size_t i = 0; i + 1 < line->count; i++) {
        const double luck = lh_rng_uniform(rng);
        const double gap = hypot((double)points[i + 1].x - (double)points[i].x,
                                 (double)points[i + 1].y - (double)points[i].y);
        if (!points[i].end)
            points[i].end = luck < jitter * BREAKING;
        else if (gap < close && luck < jitter * JOINING)
            points[i].end = 0;
    }
}

lh_status lh_reading_features(const lh_reading_line *line, const lh_reading_change *how,
                              uint64_t stream, lh_features *features, lh_error *error)
{
    if (!how)
        return lh_features_of(line->points, line->count, &line->baseline, LH_FEATURES_TOLERANCE,
                              features, error);
    lh_point *points = malloc(line->count * sizeof *points);
    if (!points)
        return lh_fail_memory(error, "a changed line");
    lh_rng rng;
    lh_rng_seed(&rng, how->seed, stream);
    lh_baseline baseline = line->baseline;
    move(line, how, &rng, points);
    lift(line, how->jitter, &rng, points);
    baseline.height *= (float)exp(how->size * lh_moderate_normal(&rng));
    baseline.offset += (float)(how->jitter * LIFTED * lh_moderate_normal(&rng)) * baseline.height;
    const double tolerance =
        (double)LH_FEATURES_TOLERANCE * exp(how->jitter * FIT * lh_moderate_normal(&rng));
    lh_status status =
        lh_features_of(points, line->count, &baseline, (float)tolerance, features, error);
    free(points);
    return status;
}
