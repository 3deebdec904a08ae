/* How the pen moves along a stroke, and what the whiteboard records of it.
 *
 * The corners are rounded by a Gaussian along the way and shaken a little. Speed follows the
 * two-thirds power law (Lacquaniti, Terzuolo and Viviani, "The law relating the kinematic and
 * figural aspects of drawing movements", 1983): v = pace * radius^(1/3); on top of it the pen
 * starts and stops at bounded acceleration. Readings come 60 times a second, in whole units, and
 * now and then one is missing, far off, or its clock goes back, as in IAM-OnDB. */
#include "pen.h"
#include "base/extremes.h"

#include <math.h>

#define READING 60.0          /* a second */
#define REST_SPEED 120.0      /* where a stroke starts and ends, units/s */
#define ACCELERATION 45000.0  /* units/s^2 */
#define RADIUS_MAX 400.0      /* straighter than this is straight, units */
#define LIFT_SECONDS 0.07     /* pen up and down again */
#define AIR_SPEED 3000.0      /* units/s */
#define SHAKE 4.0             /* units */
#define SHAKE_LENGTH 240.0    /* units */
#define NOISE 0.6             /* of a reading, units */
#define JUMP_FROM 600.0       /* a reading gone astray is this far off or up to twice, units */
#define JUMP_EVERY 16000.0    /* readings */
#define GAP_EVERY 900.0       /* readings */
#define BACKWARD_EVERY 9000.0 /* readings */
enum { GAP_READINGS = 4, BEND = 3 };

static bool happens(lh_rng *rng, double every)
{
    return lh_rng_uniform(rng) * every < 1;
}

static lh_status read_point(pen *p, pen_spot spot, bool end, lh_error *error)
{
    double astray_x = NOISE * lh_rng_normal(p->rng), astray_y = NOISE * lh_rng_normal(p->rng);
    lh_point point = {.x = (float)rint(spot.x + astray_x),
                      .y = (float)rint(spot.y + astray_y),
                      .time = (float)p->time,
                      .end = end};
    return lh_ink_add(p->ink, point, error);
}

/* The corners' polyline, cut to pieces of PEN_STEP, into `raw`. */
static lh_status cut_up(pen *p, const pen_spot *corner, int count, lh_error *error)
{
    p->count = 0;
    for (int i = 0; i + 1 < count; i++) {
        double dx = corner[i + 1].x - corner[i].x, dy = corner[i + 1].y - corner[i].y;
        int pieces = (int)ceil(hypot(dx, dy) / PEN_STEP);
        if (p->count + pieces + 1 > PEN_PATH_MAX)
            return lh_fail(error, LH_ERROR_ARGUMENT, "a stroke is longer than %g units",
                           PEN_STEP * PEN_PATH_MAX);
        for (int k = 0; k < pieces; k++)
            p->raw[p->count++] =
                (pen_spot){corner[i].x + dx * k / pieces, corner[i].y + dy * k / pieces};
    }
    p->raw[p->count++] = corner[count - 1];
    return LH_OK;
}

/* raw[i], carried on beyond the ends by point reflection, so that smoothing keeps the ends. */
static pen_spot beyond(const pen *p, int i)
{
    int last = p->count - 1;
    int end = i < 0 ? 0 : last;
    if (i >= 0 && i <= last)
        return p->raw[i];
    int mirror = 2 * end - i;
    mirror = mirror < 0 ? 0 : mirror > last ? last : mirror;
    return (pen_spot){2 * p->raw[end].x - p->raw[mirror].x, 2 * p->raw[end].y - p->raw[mirror].y};
}

static void round_corners(pen *p)
{
    double sigma = p->rounding / PEN_STEP;
    int reach = (int)ceil(3 * sigma);
    double phase_x = 2 * M_PI * lh_rng_uniform(p->rng);
    double phase_y = 2 * M_PI * lh_rng_uniform(p->rng);
    for (int i = 0; i < p->count; i++) {
        double x = 0, y = 0, sum = 0;
        for (int k = -reach; k <= reach; k++) {
            double weight = exp(-k * k / (2 * sigma * sigma));
            pen_spot spot = beyond(p, i + k);
            x += weight * spot.x;
            y += weight * spot.y;
            sum += weight;
        }
        double way = 2 * M_PI * PEN_STEP * i / SHAKE_LENGTH;
        p->path[i].x = x / sum + SHAKE * sin(way + phase_x);
        p->path[i].y = y / sum + SHAKE * sin(0.8 * way + phase_y);
    }
}

static double distance(pen_spot a, pen_spot b)
{
    return hypot(b.x - a.x, b.y - a.y);
}

/* Radius of the circle through path[i] and its neighbours BEND pieces away, at most RADIUS_MAX. */
static double radius_at(const pen *p, int i)
{
    if (i < BEND || i + BEND >= p->count)
        return RADIUS_MAX;
    pen_spot a = p->path[i - BEND], b = p->path[i], c = p->path[i + BEND];
    double area = fabs((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
    double sides = distance(a, b) * distance(b, c) * distance(c, a);
    return sides >= 2 * area * RADIUS_MAX ? RADIUS_MAX : sides / (2 * area);
}

/* Fills `when`: the seconds from the stroke's start at which the pen is at each point of `path`. */
static void time_path(pen *p)
{
    int last = p->count - 1;
    for (int i = 0; i <= last; i++)
        p->speed[i] = fmax(p->pace * cbrt(radius_at(p, i)), REST_SPEED);
    p->speed[0] = p->speed[last] = REST_SPEED;
    for (int i = 1; i <= last; i++) {
        double way = distance(p->path[i - 1], p->path[i]);
        double reached = sqrt(p->speed[i - 1] * p->speed[i - 1] + 2 * ACCELERATION * way);
        lh_lower(&p->speed[i], reached);
    }
    for (int i = last - 1; i >= 0; i--) {
        double way = distance(p->path[i], p->path[i + 1]);
        double braked = sqrt(p->speed[i + 1] * p->speed[i + 1] + 2 * ACCELERATION * way);
        lh_lower(&p->speed[i], braked);
    }
    p->when[0] = 0;
    for (int i = 1; i <= last; i++)
        p->when[i] = p->when[i - 1] +
                     2 * distance(p->path[i - 1], p->path[i]) / (p->speed[i - 1] + p->speed[i]);
}

/* Records the movement: `readings` at even times from the first to the last point of the path. */
static lh_status record(pen *p, lh_error *error)
{
    double start = p->time, whole = p->when[p->count - 1];
    int readings = 1 + (int)fmax(1, rint(whole * READING));
    int at = 0, missing = 0;
    for (int k = 0; k < readings; k++) {
        double when = whole * k / (readings - 1);
        bool end = k == readings - 1;
        while (at + 2 < p->count && p->when[at + 1] < when)
            at++;
        double span = p->when[at + 1] - p->when[at];
        double part = span > 0 ? fmin((when - p->when[at]) / span, 1) : 1;
        pen_spot spot = {p->path[at].x + part * (p->path[at + 1].x - p->path[at].x),
                         p->path[at].y + part * (p->path[at + 1].y - p->path[at].y)};
        p->time = start + when;
        bool inside = k > 0 && k + GAP_READINGS + 1 < readings;
        if (inside && happens(p->rng, GAP_EVERY))
            missing = 2 + (int)lh_rng_below(p->rng, GAP_READINGS - 1);
        if (missing > 0) {
            missing--;
            continue;
        }
        if (inside && happens(p->rng, JUMP_EVERY))
            spot.x += JUMP_FROM * (1 + lh_rng_uniform(p->rng));
        if (inside && happens(p->rng, BACKWARD_EVERY))
            p->time -= 2 / READING;
        if (read_point(p, spot, end, error) != LH_OK)
            return error->status;
    }
    return LH_OK;
}

/* Lets the time pass that the pen takes from the last point through the air to `spot`. */
static void fly(pen *p, pen_spot spot)
{
    if (p->ink->count == 0)
        return;
    const lh_point *last = &p->ink->points[p->ink->count - 1];
    double way = hypot(spot.x - last->x, spot.y - last->y);
    p->time += LIFT_SECONDS * (1 + 0.5 * lh_rng_uniform(p->rng)) + way / AIR_SPEED;
}

lh_status pen_stroke(pen *p, const pen_spot *corner, int count, lh_error *error)
{
    fly(p, corner[0]);
    if (cut_up(p, corner, count, error) != LH_OK)
        return error->status;
    round_corners(p);
    time_path(p);
    return record(p, error);
}

lh_status pen_dot(pen *p, pen_spot spot, lh_error *error)
{
    fly(p, spot);
    uint64_t more = lh_rng_below(p->rng, 2) ? 0 : 1 + lh_rng_below(p->rng, 3);
    for (uint64_t i = 0; i < more; i++) {
        if (read_point(p, spot, false, error) != LH_OK)
            return error->status;
        spot.x += 2;
        spot.y += 5;
        p->time += 1 / READING;
    }
    return read_point(p, spot, true, error);
}
