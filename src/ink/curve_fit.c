/* Strokes to smooth curves: a chain of cubic Bezier curves through a row of readings, after
 * P. J. Schneider, "An algorithm for automatically fitting digitized curves", Graphics Gems (1990),
 * pages 612-626: least squares for the two inner control points along given tangents, Newton steps
 * on the readings' parameters, a split at the worst reading where that is not enough.
 *
 * What is different here: corners are found first and keep a tangent on either side; tangents are
 * taken over a reach that the tolerance sets, so that the grain of a digitiser does not decide
 * them; the error is measured with the control points as they are returned (float); and a curve
 * must not wander between two readings either. Widths and colours are the renderers' business. */
#include <longhand/ink.h>

#include "base/need.h"

#include <math.h>
#include <stdlib.h>

/* Readings beyond this are not places but faults, and their products would leave float. */
#define FARTHEST 1e30f
/* A turn of more than this many degrees within the reach is a corner: cos 70. */
#define CORNER_COSINE 0.34202
/* Tangents and corners look this many tolerances ahead, and no further than this many readings, so
 * that a pen that rests, or ink smaller than its tolerance, takes time that grows with its readings
 * and not with their square. */
#define REACH 3.0
enum { LOOK_AHEAD = 512 };
/* Newton steps are worth their time while the worst reading is within this many tolerances. */
#define NEWTON_RANGE 4.0
enum { NEWTON_STEPS = 4 };
/* A long piece is split no closer to its ends than an eighth, so that any input splits to depth
 * log n and not n. */
enum { LONG_PIECE = 64 };

typedef struct vec {
    double x, y;
} vec;

typedef struct fitting {
    vec *at;           /* [count] the readings, no two neighbours equal */
    uint32_t *reading; /* [count] their index in the stroke */
    size_t count;
    double *u;        /* [count] parameter of each reading on the curve of its piece */
    double *turn;     /* [count] cosine of the turn at each reading, but for both ends */
    double tolerance; /* units of the points */
    double reach;
    lh_curve *curve;
} fitting;

static vec minus(vec a, vec b)
{
    return (vec){a.x - b.x, a.y - b.y};
}

static vec along(vec from, vec direction, double by)
{
    return (vec){from.x + by * direction.x, from.y + by * direction.y};
}

static double dot(vec a, vec b)
{
    return a.x * b.x + a.y * b.y;
}

static double distance(vec a, vec b)
{
    const vec way = {b.x - a.x, b.y - a.y};
    return sqrt(dot(way, way));
}

/* The unit vector of `a`; (0, 0) stays. */
static vec unit(vec a)
{
    double length = sqrt(dot(a, a));
    return length > 0 ? (vec){a.x / length, a.y / length} : a;
}

/* ---- tangents and corners -------------------------------------------------------------------- */

/* The direction in which the stroke leaves reading `i` towards `limit` (forwards or backwards): to
 * the first reading out of reach, or the farthest there is. */
static vec direction_from(const fitting *fit, size_t i, size_t limit)
{
    size_t j = i, farthest = i;
    double most = 0;
    for (int looked = 0; j != limit && looked < LOOK_AHEAD; looked++) {
        j = limit > i ? j + 1 : j - 1;
        double far = distance(fit->at[i], fit->at[j]);
        if (far > most) {
            most = far;
            farthest = j;
        }
        if (far >= fit->reach)
            break;
    }
    return unit(minus(fit->at[farthest], fit->at[i]));
}

/* The tangent, in the direction of writing, at a reading inside the smooth piece [from, to]. */
static vec tangent_at(const fitting *fit, size_t i, size_t from, size_t to)
{
    vec back = direction_from(fit, i, from), ahead = direction_from(fit, i, to);
    vec through = unit(minus(ahead, back));
    return through.x != 0 || through.y != 0 ? through : ahead;
}

/* The cosine of the turn at reading `i`: 1 straight on, -1 back on itself. */
static double turn_cosine(const fitting *fit, size_t i)
{
    vec back = direction_from(fit, i, 0), ahead = direction_from(fit, i, fit->count - 1);
    return -dot(back, ahead);
}

/* The end of the smooth piece that starts at `from`: the next corner or the last reading. Where a
 * run of readings all turn sharply, the sharpest is the corner. */
static size_t piece_end(const fitting *fit, size_t from)
{
    for (size_t i = from + 1; i + 1 < fit->count; i++) {
        double cosine = fit->turn[i];
        if (cosine >= CORNER_COSINE)
            continue;
        size_t corner = i;
        for (size_t j = i + 1; j + 1 < fit->count && j - i <= LOOK_AHEAD; j++) {
            if (distance(fit->at[i], fit->at[j]) > fit->reach)
                break;
            if (fit->turn[j] < cosine) {
                cosine = fit->turn[j];
                corner = j;
            }
        }
        /* Readings just behind the last corner see it too; they are not another one. */
        if (distance(fit->at[from], fit->at[corner]) > fit->reach || cosine < -CORNER_COSINE)
            return corner;
    }
    return fit->count - 1;
}

/* ---- one cubic ------------------------------------------------------------------------------- */

static vec bezier_at(const vec p[4], double u)
{
    double v = 1 - u;
    double b0 = v * v * v, b1 = 3 * u * v * v, b2 = 3 * u * u * v, b3 = u * u * u;
    return (vec){b0 * p[0].x + b1 * p[1].x + b2 * p[2].x + b3 * p[3].x,
                 b0 * p[0].y + b1 * p[1].y + b2 * p[2].y + b3 * p[3].y};
}

/* Chord-length parameters for the readings [from, to]; returns the length of the polyline. */
static double set_parameters(fitting *fit, size_t from, size_t to)
{
    double length = 0;
    fit->u[from] = 0;
    for (size_t i = from + 1; i <= to; i++) {
        length += distance(fit->at[i - 1], fit->at[i]);
        fit->u[i] = length;
    }
    for (size_t i = from + 1; i <= to; i++)
        fit->u[i] /= length;
    return length;
}

/* Control points are returned as floats, so that is what is measured. */
static vec to_float(vec a)
{
    return (vec){(float)a.x, (float)a.y};
}

/* Least squares for the lengths of the two handles; where they come out senseless (backwards, or
 * longer than the stroke itself), a third of the chord, as Schneider has it. */
static void solve_handles(const fitting *fit, size_t from, size_t to, vec start, vec end,
                          double length, vec p[4])
{
    double c00 = 0, c01 = 0, c11 = 0, x0 = 0, x1 = 0;
    p[0] = fit->at[from];
    p[3] = fit->at[to];
    for (size_t i = from + 1; i < to; i++) {
        double u = fit->u[i], v = 1 - u;
        double b1 = 3 * u * v * v, b2 = 3 * u * u * v, b01 = v * v * v + b1;
        vec a0 = {b1 * start.x, b1 * start.y}, a1 = {b2 * end.x, b2 * end.y};
        vec rest = minus(fit->at[i], along(p[3], minus(p[0], p[3]), b01));
        c00 += dot(a0, a0);
        c01 += dot(a0, a1);
        c11 += dot(a1, a1);
        x0 += dot(a0, rest);
        x1 += dot(a1, rest);
    }
    double determinant = c00 * c11 - c01 * c01, least = 1e-6 * length;
    bool solved = determinant > 1e-12 * c00 * c11;
    double alpha0 = solved ? (x0 * c11 - x1 * c01) / determinant : 0;
    double alpha1 = solved ? (c00 * x1 - c01 * x0) / determinant : 0;
    if (!(alpha0 > least && alpha0 < length) || !(alpha1 > least && alpha1 < length))
        alpha0 = alpha1 = distance(p[0], p[3]) / 3;
    p[1] = to_float(along(p[0], start, alpha0));
    p[2] = to_float(along(p[3], end, alpha1));
}

/* The largest distance of a reading from the curve at its parameter, and that reading; a curve that
 * strays between two readings by more than half their distance counts the same. */
static double worst_reading(const fitting *fit, size_t from, size_t to, const vec p[4],
                            size_t *worst)
{
    double most = 0;
    *worst = (from + to) / 2;
    for (size_t i = from + 1; i <= to; i++) {
        vec a = fit->at[i - 1], b = fit->at[i];
        double off = i < to ? distance(bezier_at(p, fit->u[i]), b) : 0;
        vec middle = bezier_at(p, (fit->u[i - 1] + fit->u[i]) / 2);
        double astray = distance(middle, along(a, minus(b, a), 0.5)) - distance(a, b) / 2;
        double error = fmax(off, astray);
        if (error > most) {
            most = error;
            *worst = i < to ? i : to - 1;
        }
    }
    return most;
}

/* One Newton step on every parameter towards the nearest place on the curve; false, and nothing to
 * be had from another one, when the order of the readings would be lost. */
static bool improve_parameters(fitting *fit, size_t from, size_t to, const vec p[4])
{
    vec d[3], dd[2];
    for (int i = 0; i < 3; i++)
        d[i] = (vec){3 * (p[i + 1].x - p[i].x), 3 * (p[i + 1].y - p[i].y)};
    for (int i = 0; i < 2; i++)
        dd[i] = (vec){2 * (d[i + 1].x - d[i].x), 2 * (d[i + 1].y - d[i].y)};
    double previous = 0;
    for (size_t i = from + 1; i < to; i++) {
        double u = fit->u[i], v = 1 - u;
        vec off = minus(bezier_at(p, u), fit->at[i]);
        vec first = {v * v * d[0].x + 2 * u * v * d[1].x + u * u * d[2].x,
                     v * v * d[0].y + 2 * u * v * d[1].y + u * u * d[2].y};
        vec second = {v * dd[0].x + u * dd[1].x, v * dd[0].y + u * dd[1].y};
        double slope = dot(first, first) + dot(off, second);
        double next = slope > 0 ? u - dot(off, first) / slope : u;
        if (!(next > previous && next < 1))
            return false;
        fit->u[i] = previous = next;
    }
    return true;
}

/* ---- the chain ------------------------------------------------------------------------------- */

static void add_curve(fitting *fit, size_t from, const vec p[4])
{
    lh_curve *curve = fit->curve;
    curve->first[curve->curves] = fit->reading[from];
    lh_vec2 *out = curve->point + 3 * curve->curves;
    for (int i = 1; i < 4; i++)
        out[i] = (lh_vec2){(float)p[i].x, (float)p[i].y};
    curve->curves++;
}

/* Two readings: handles of a third of the way, unless a tangent points away from the other one. */
static void add_short(fitting *fit, size_t from, vec start, vec end)
{
    vec a = fit->at[from], b = fit->at[from + 1];
    vec chord = unit(minus(b, a)), back = {-chord.x, -chord.y};
    double third = distance(a, b) / 3;
    if (dot(start, chord) < 0.5)
        start = chord;
    if (dot(end, back) < 0.5)
        end = back;
    vec p[4] = {a, along(a, start, third), along(b, end, third), b};
    add_curve(fit, from, p);
}

/* Where to cut the piece [from, to] whose worst reading is `worst`. */
static size_t split_place(size_t from, size_t to, size_t worst)
{
    if (to - from < LONG_PIECE)
        return worst;
    size_t margin = (to - from) / 8;
    if (worst < from + margin)
        return from + margin;
    return worst > to - margin ? to - margin : worst;
}

/* Adds curves for the readings from..to of one smooth piece; `start` and `end` are unit tangents
 * that point into it. */
static void fit_piece(fitting *fit, size_t from, size_t to, vec start, vec end)
{
    if (to - from == 1) {
        add_short(fit, from, start, end);
        return;
    }
    double length = set_parameters(fit, from, to);
    size_t worst = from;
    for (int step = 0; step <= NEWTON_STEPS; step++) {
        vec p[4];
        solve_handles(fit, from, to, start, end, length, p);
        double error = worst_reading(fit, from, to, p, &worst);
        if (error <= fit->tolerance) {
            add_curve(fit, from, p);
            return;
        }
        if (error > NEWTON_RANGE * fit->tolerance || !improve_parameters(fit, from, to, p))
            break;
    }
    size_t middle = split_place(from, to, worst);
    vec through = tangent_at(fit, middle, from, to);
    fit_piece(fit, from, middle, start, (vec){-through.x, -through.y});
    fit_piece(fit, middle, to, through, end);
}

/* Copies the readings without repeats of the one before. */
static lh_status take_readings(fitting *fit, const lh_point *points, size_t count, lh_error *error)
{
    for (size_t i = 0; i < count; i++) {
        float x = points[i].x, y = points[i].y;
        if (!(fabsf(x) <= FARTHEST && fabsf(y) <= FARTHEST))
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "point %zu of a stroke is at (%g, %g), which is no place", i + 1,
                           (double)x, (double)y);
        if (i > 0 && x == points[i - 1].x && y == points[i - 1].y)
            continue;
        fit->at[fit->count] = (vec){x, y};
        fit->reading[fit->count++] = (uint32_t)i;
    }
    return LH_OK;
}

static lh_status fit_stroke(fitting *fit, const lh_point *points, size_t count, lh_error *error)
{
    lh_status status = take_readings(fit, points, count, error);
    if (status != LH_OK)
        return status;
    lh_curve *curve = fit->curve;
    curve->point[0] = (lh_vec2){points[0].x, points[0].y};
    for (size_t i = 1; i + 1 < fit->count; i++)
        fit->turn[i] = turn_cosine(fit, i);
    for (size_t from = 0; from + 1 < fit->count;) {
        size_t to = piece_end(fit, from);
        fit_piece(fit, from, to, direction_from(fit, from, to), direction_from(fit, to, from));
        from = to;
    }
    curve->first[curve->curves] = (uint32_t)(count - 1);
    return LH_OK;
}

lh_status lh_curve_fit(const lh_point *points, size_t count, float tolerance, lh_curve *curve,
                       lh_error *error)
{
    LH_NEED(error, points && curve, LH_ERROR_ARGUMENT);
    *curve = (lh_curve){0};
    if (count == 0 || count > UINT32_MAX / 4)
        return lh_fail(error, LH_ERROR_ARGUMENT, "a stroke of %zu points has no curve", count);
    if (!(tolerance >= 0))
        return lh_fail(error, LH_ERROR_ARGUMENT, "a curve's tolerance cannot be %g",
                       (double)tolerance);
    fitting fit = {.tolerance = tolerance, .reach = REACH * (double)tolerance, .curve = curve};
    fit.at = malloc(count * sizeof *fit.at);
    fit.u = malloc(count * sizeof *fit.u);
    fit.turn = malloc(count * sizeof *fit.turn);
    fit.reading = malloc(count * sizeof *fit.reading);
    curve->point = malloc((3 * count - 2) * sizeof *curve->point);
    curve->first = malloc(count * sizeof *curve->first);
    lh_status status;
    if (fit.at && fit.u && fit.turn && fit.reading && curve->point && curve->first)
        status = fit_stroke(&fit, points, count, error);
    else
        status = lh_fail_memory(error, "the curves of a stroke");
    free(fit.at);
    free(fit.u);
    free(fit.turn);
    free(fit.reading);
    if (status != LH_OK)
        lh_curve_free(curve);
    return status;
}

void lh_curve_free(lh_curve *curve)
{
    if (!curve)
        return;
    free(curve->point);
    free(curve->first);
    *curve = (lh_curve){0};
}
