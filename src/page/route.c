/* Strokes flattened to polylines, as written or ordered to save travel.
 *
 * Half of the tolerance goes to the curves and half to the chords, whose number is Wang's bound
 * (G. Wang, 1984; in Sederberg, "Computer aided geometric design", section 10.6). The order is that
 * of the nearest free end, from either of which a stroke may be drawn, improved by 2-opt: turning a
 * stretch of the way round while that makes it shorter. */
#include "page/route.h"

#include "page/nearest.h"
#include "page/pens.h"
#include "page/stroke.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* 2-opt looks this many strokes ahead, and goes over the page this many times. */
enum { TURN_REACH = 1000, TURN_ROUNDS = 20 };

void lh_route_free(lh_route *route)
{
    free(route->point);
    free(route->first);
    *route = (lh_route){0};
}

/* ---- flattening ------------------------------------------------------------------------------ */

static lh_status add_point(lh_route *route, lh_vec2 point, lh_error *error)
{
    if (route->points == route->capacity) {
        size_t capacity = 2 * route->capacity + 1024;
        lh_vec2 *larger = realloc(route->point, capacity * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "the way of a plotter");
        route->point = larger;
        route->capacity = capacity;
    }
    route->point[route->points++] = point;
    return LH_OK;
}

/* Ends a stroke: the next one begins at the next point. */
static lh_status add_stroke(lh_route *route, lh_error *error)
{
    if (route->strokes + 2 > route->room) {
        size_t room = 2 * route->room + 256;
        size_t *larger = realloc(route->first, room * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "the way of a plotter");
        route->first = larger;
        route->room = room;
    }
    if (route->strokes == 0)
        route->first[0] = 0;
    route->first[++route->strokes] = route->points;
    return LH_OK;
}

static int chords(const lh_vec2 *p, float tolerance)
{
    float a = hypotf(p[0].x - 2 * p[1].x + p[2].x, p[0].y - 2 * p[1].y + p[2].y);
    float b = hypotf(p[1].x - 2 * p[2].x + p[3].x, p[1].y - 2 * p[2].y + p[3].y);
    return (int)ceilf(sqrtf(0.75f * fmaxf(a, b) / tolerance)) + (a == 0 && b == 0);
}

static lh_status add_curve(lh_route *route, const lh_vec2 *p, float tolerance, lh_error *error)
{
    int count = chords(p, tolerance);
    lh_status status = LH_OK;
    for (int k = 1; k <= count && status == LH_OK; k++)
        status = add_point(route, lh_curve_at(p, (float)k / (float)count), error);
    return status;
}

static lh_status add_line(lh_route *route, const lh_page_line *line, float tolerance,
                          lh_error *error)
{
    size_t position = 0, count;
    const lh_point *points;
    while (lh_ink_next_stroke(line->ink, &position, &points, &count)) {
        lh_curve curve;
        lh_status status = lh_stroke_curve(line, points, count, tolerance / 2, &curve, error);
        if (status == LH_OK)
            status = add_point(route, curve.point[0], error);
        for (size_t i = 0; i < curve.curves && status == LH_OK; i++)
            status = add_curve(route, curve.point + 3 * i, tolerance / 2, error);
        if (status == LH_OK)
            status = add_stroke(route, error);
        lh_curve_free(&curve);
        if (status != LH_OK)
            return status;
    }
    return LH_OK;
}

/* ---- order ----------------------------------------------------------------------------------- */

/* A stroke as the traveller sees it: where it is entered and left. */
typedef struct visit {
    lh_vec2 in, out;
    size_t stroke;
    bool turned; /* drawn from its end */
} visit;

static double between(lh_vec2 a, lh_vec2 b)
{
    return hypot((double)b.x - (double)a.x, (double)b.y - (double)a.y);
}

static void turn(visit *v)
{
    lh_vec2 in = v->in;
    v->in = v->out;
    v->out = in;
    v->turned = !v->turned;
}

static void swap(visit *a, visit *b)
{
    visit c = *a;
    *a = *b;
    *b = c;
}

static double travel(const visit *way, size_t count, lh_vec2 at)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += between(at, way[i].in);
        at = way[i].out;
    }
    return sum;
}

/* From `at` always to the nearest end that is left. */
static lh_status go_to_the_nearest(visit *way, size_t count, lh_vec2 at, lh_error *error)
{
    lh_vec2 *ends = malloc(2 * count * sizeof *ends);
    size_t *place = malloc(count * sizeof *place); /* in `way`, of each stroke */
    for (size_t i = 0; ends && place && i < count; i++) {
        ends[2 * i] = way[i].in;
        ends[2 * i + 1] = way[i].out;
        place[i] = i;
    }
    lh_nearest *left = ends && place ? lh_nearest_new(ends, count) : NULL;
    for (size_t i = 0; left && i < count; i++) {
        size_t best = place[lh_nearest_find(left, at)];
        lh_nearest_take(left, way[best].stroke);
        if (best != i) {
            place[way[i].stroke] = best;
            lh_nearest_rank(left, way[i].stroke, best);
        }
        swap(&way[i], &way[best]);
        if (between(at, way[i].out) < between(at, way[i].in))
            turn(&way[i]);
        at = way[i].out;
    }
    lh_status status = left ? LH_OK : lh_fail_memory(error, "the order of strokes");
    lh_nearest_free(left);
    free(ends);
    free(place);
    return status;
}

/* Draws way[from..to] the other way round. */
static void turn_stretch(visit *way, size_t from, size_t to)
{
    for (size_t i = from, j = to; i < j; i++, j--)
        swap(&way[i], &way[j]);
    for (size_t i = from; i <= to; i++)
        turn(&way[i]);
}

static bool turn_what_pays(visit *way, size_t count, lh_vec2 start)
{
    bool paid = false;
    for (size_t i = 0; i < count; i++) {
        lh_vec2 before = i > 0 ? way[i - 1].out : start;
        for (size_t j = i; j < count && j < i + TURN_REACH; j++) {
            double now = between(before, way[i].in), then = between(before, way[j].out);
            if (j + 1 < count) {
                now += between(way[j].out, way[j + 1].in);
                then += between(way[i].in, way[j + 1].in);
            }
            if (then < now - 1e-6) {
                turn_stretch(way, i, j);
                paid = true;
            }
        }
    }
    return paid;
}

/* Copies the strokes of `from` in the order of `way`. */
static void follow(const lh_route *from, const visit *way, lh_vec2 *point, size_t *first)
{
    size_t points = 0;
    for (size_t i = 0; i < from->strokes; i++) {
        size_t start = from->first[way[i].stroke], past = from->first[way[i].stroke + 1];
        first[i] = points;
        for (size_t k = start; k < past; k++)
            point[points++] = from->point[way[i].turned ? past - 1 - (k - start) : k];
    }
    first[from->strokes] = points;
}

static lh_status save_travel(lh_route *route, lh_vec2 start, lh_error *error)
{
    size_t count = route->strokes;
    visit *way = calloc(count, sizeof *way);
    lh_vec2 *point = malloc(route->points * sizeof *point);
    size_t *first = malloc((count + 1) * sizeof *first);
    if (!way || !point || !first) {
        free(way);
        free(point);
        free(first);
        return lh_fail_memory(error, "the order of strokes");
    }
    for (size_t i = 0; i < count; i++)
        way[i] =
            (visit){route->point[route->first[i]], route->point[route->first[i + 1] - 1], i, false};
    double written = travel(way, count, start);
    lh_status status = go_to_the_nearest(way, count, start, error);
    for (int round = 0; status == LH_OK && round < TURN_ROUNDS; round++)
        if (!turn_what_pays(way, count, start))
            break;
    if (status == LH_OK && travel(way, count, start) < written) {
        follow(route, way, point, first);
        memcpy(route->point, point, route->points * sizeof *point);
        memcpy(route->first, first, (count + 1) * sizeof *first);
    }
    free(way);
    free(point);
    free(first);
    return status;
}

/* ---- both ------------------------------------------------------------------------------------ */

lh_status lh_route_make(const lh_page *page, const lh_route_plan *plan, lh_route *route,
                        lh_error *error)
{
    const float tolerance = plan->tolerance;
    *route = (lh_route){0};
    if (!(tolerance >= 1e-3f && tolerance <= 100))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "a tolerance of %g mm: a plotter can have 0.001 to 100 mm",
                       (double)tolerance);
    if (lh_page_paper(page)->width <= 0)
        return lh_fail(error, LH_ERROR_ARGUMENT, "a page that has no size yet cannot be plotted");
    lh_status status = LH_OK;
    for (size_t i = 0; i < lh_page_count(page) && status == LH_OK; i++) {
        lh_page_line line = lh_page_get(page, i);
        if (!plan->pen || lh_pen_draws(*plan->pen, &line))
            status = add_line(route, &line, tolerance, error);
    }
    if (status == LH_OK && plan->order == LH_ORDER_SHORT && route->strokes > 1)
        status = save_travel(route, plan->start, error);
    return status;
}
