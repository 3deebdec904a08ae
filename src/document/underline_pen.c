/* The stroke below words that are underlined: nearly straight, a little short or long, as a person
 * draws it when the words are there. */
#include "document/underline.h"

#include "base/extremes.h"

#include <math.h>

/* In heights of the small letters: how far below the baseline, by how much that and the ends vary,
 * how deep the stroke bends, and from point to point. */
static const double below = 0.5, vary_below = 0.05, vary_end = 0.1, bend = 0.04, step = 0.5;
/* Its slope, as a deviation; and the most it goes up or down by it, in heights. */
static const double vary_slope = 0.006, slope_most = 0.2;
/* Seconds: before the stroke, and for a height of it. */
static const float lift = 0.25f, pace = 0.03f;

typedef struct extent {
    double left, right;
} extent;

/* Where the words from `from` to `to` stand in the ink of those from `first` on. */
static extent extent_of(const lh_ink *ink, const lh_written *written, size_t first, size_t from,
                        size_t to)
{
    extent e = {INFINITY, -INFINITY};
    const size_t origin = written->word[first].point;
    const size_t end = written->word[to].point + written->word[to].points - origin;
    for (size_t i = written->word[from].point - origin; i < end && i < ink->count; i++) {
        lh_lower(&e.left, (double)ink->points[i].x);
        lh_raise(&e.right, (double)ink->points[i].x);
    }
    return e;
}

static lh_status draw(lh_ink *ink, extent e, double height, lh_rng *rng, lh_error *error)
{
    const double y = height * (below + vary_below * lh_rng_normal(rng));
    const double left = e.left + height * vary_end * lh_rng_normal(rng);
    const double right = e.right + height * (vary_end + vary_end * lh_rng_normal(rng));
    const double wide = fmax(right - left, height);
    const double most = slope_most * height;
    const double rise = fmax(-most, fmin(most, wide * vary_slope * lh_rng_normal(rng)));
    const double depth = height * bend * lh_rng_normal(rng);
    const int steps = (int)fmin(fmax(ceil(wide / (step * height)), 2), 1000);
    float time = (ink->count > 0 ? ink->points[ink->count - 1].time : 0) + lift;
    lh_status status = LH_OK;
    for (int i = 0; i <= steps && status == LH_OK; i++) {
        const double t = (double)i / steps;
        const lh_point point = {
            .x = (float)(left + wide * t),
            .y = (float)(y - rise * (t - 0.5) + 4 * depth * t * (1 - t)),
            .time = time,
            .end = i == steps,
        };
        time += pace * (float)(wide / height / steps);
        status = lh_ink_add(ink, point, error);
    }
    return status;
}

lh_status lh_underline_draw(lh_ink *ink, const lh_written *written, size_t first, size_t count,
                            const bool *underlined, float height, lh_rng *rng, lh_error *error)
{
    lh_status status = LH_OK;
    const size_t behind = first + count;
    for (size_t from = first, to; from < behind && status == LH_OK; from = to) {
        to = from + 1;
        if (!underlined[from])
            continue;
        while (to < behind && underlined[to])
            to++;
        const extent e = extent_of(ink, written, first, from, to - 1);
        if (e.left <= e.right)
            status = draw(ink, e, (double)height, rng, error);
    }
    return status;
}
