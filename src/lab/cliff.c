/* The error surface of the smallest recurrent network and its cliff (Pascanu, Mikolov and Bengio
 * 2012, arXiv 1211.5063, section 2.2 and figure 6). One unit, which nothing enters:
 *
 *     x_t = w sigma(x_{t-1}) + b        x_0 = 1/2        E = (sigma(x_T) - 7/10)^2
 *
 * Going forward in time, with s = sigma(x_{t-1}):
 *
 *     dx_t/dw = s + w s (1 - s) dx_{t-1}/dw        dx_t/db = 1 + w s (1 - s) dx_{t-1}/db
 *
 * Where w s (1 - s) is above 1 these grow from step to step, and E has a wall: on one side of it
 * x_T comes to rest at one value, on the other side at another. */
#include <longhand/lab.h>

#include "base/need.h"

#include <math.h>

static const double begins = 0.5, wanted = 0.7;

static double sigma(double x)
{
    return 1 / (1 + exp(-x));
}

double lh_cliff_error(int steps, double w, double b, double gradient[2])
{
    double x = begins, by_w = 0, by_b = 0;
    for (int t = 0; t < steps; t++) {
        const double s = sigma(x), passed = w * s * (1 - s);
        by_w = s + passed * by_w;
        by_b = 1 + passed * by_b;
        x = w * s + b;
    }
    const double s = sigma(x), by_x = 2 * (s - wanted) * s * (1 - s);
    if (gradient) {
        gradient[0] = by_x * by_w;
        gradient[1] = by_x * by_b;
    }
    return (s - wanted) * (s - wanted);
}

lh_status lh_cliff_descend(int steps, lh_cliff_point from, double rate, double clip, int count,
                           lh_cliff_point *path, lh_error *error)
{
    LH_NEED(error,
            steps > 0 && isfinite(from.w) && isfinite(from.b) && rate > 0 && clip > 0 &&
                count > 0 && path,
            LH_ERROR_ARGUMENT);
    for (int i = 0; i < count; i++) {
        double g[2];
        from.error = lh_cliff_error(steps, from.w, from.b, g);
        from.norm = hypot(g[0], g[1]);
        path[i] = from;
        const double by = from.norm > clip ? rate * clip / from.norm : rate;
        from.w -= by * g[0];
        from.b -= by * g[1];
        if (!isfinite(from.norm) || !isfinite(from.w) || !isfinite(from.b))
            return lh_fail(error, LH_ERROR_NUMERIC, "after %d steps of descent numbers overflow",
                           i + 1);
    }
    return LH_OK;
}
