/* Strokes from shapes: see svg_strokes.h. */
#include "svg_strokes.h"

#include <math.h>

/* How far points may be apart from their curve, in lengths of the curve; and the fewest pieces of
 * one, so that it is known to bend. */
#define FLATNESS 0.002
enum { PIECES_MIN = 4, PIECES_MAX = 20 };
/* Places as far apart as this, in distances from (0, 0), are the same: rounding of floats. */
#define SAME 1e-6f

static void add_point(svg_strokes *s, svg_place at)
{
    lh_point point = {(float)at.x, (float)at.y, 0, 0};
    if (!isfinite(point.x) || !isfinite(point.y))
        s->fault = "leads beyond all measure";
    else if (s->ink->count >= s->max_points)
        s->fault = "has more points than are read";
    else
        s->status = lh_ink_add(s->ink, point, s->error);
}

static bool goes_on(const svg_strokes *s)
{
    return s->status == LH_OK && !s->fault;
}

static bool is_same(const lh_point *a, svg_place b)
{
    float bx = (float)b.x, by = (float)b.y;
    return fabsf(a->x - bx) + fabsf(a->y - by) <= SAME * (fabsf(bx) + fabsf(by));
}

/* Puts the pen down where it is, or leaves it where the last stroke ended. */
static void put_down(svg_strokes *s)
{
    lh_ink *ink = s->ink;
    if (s->down)
        return;
    if (ink->count > 0 && is_same(&ink->points[ink->count - 1], s->here))
        ink->points[ink->count - 1].end = 0;
    else
        add_point(s, s->here);
    s->down = goes_on(s);
}

static void draw_to(svg_strokes *s, svg_place to)
{
    const lh_point *last = &s->ink->points[s->ink->count - 1];
    if ((float)to.x != last->x || (float)to.y != last->y)
        add_point(s, to);
}

static svg_place placed(const svg_strokes *s, svg_place p)
{
    svg_transform_apply(&s->transform, &p.x, &p.y);
    return p;
}

void svg_strokes_lift(svg_strokes *s)
{
    if (s->down)
        s->ink->points[s->ink->count - 1].end = 1;
    s->down = false;
}

static void pen_move(void *user, svg_place to)
{
    svg_strokes *s = user;
    svg_strokes_lift(s);
    s->here = placed(s, to);
}

static void pen_line(void *user, svg_place to)
{
    svg_strokes *s = user;
    if (goes_on(s))
        put_down(s);
    s->here = placed(s, to);
    if (goes_on(s))
        draw_to(s, s->here);
}

static double distance(svg_place a, svg_place b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

/* How far b is from the middle of a and c, twice: the second difference. */
static double bend(svg_place a, svg_place b, svg_place c)
{
    return hypot(a.x - 2 * b.x + c.x, a.y - 2 * b.y + c.y);
}

/* A curve B is off the chords between its n + 1 points by at most |B''| / (8 n^2), and |B''| is at
 * most six times its largest second difference. */
static int pieces_of(const svg_place p[4])
{
    double length = distance(p[0], p[1]) + distance(p[1], p[2]) + distance(p[2], p[3]);
    double most = fmax(bend(p[0], p[1], p[2]), bend(p[1], p[2], p[3]));
    double pieces = length > 0 ? ceil(sqrt(6 * most / (8 * FLATNESS * length))) : 1;
    if (length > 0 && pieces < PIECES_MIN)
        return PIECES_MIN;
    return pieces >= 1 && pieces < PIECES_MAX ? (int)pieces : PIECES_MAX;
}

static svg_place on_curve(const svg_place p[4], double u)
{
    double v = 1 - u, b0 = v * v * v, b1 = 3 * u * v * v, b2 = 3 * u * u * v, b3 = u * u * u;
    return (svg_place){b0 * p[0].x + b1 * p[1].x + b2 * p[2].x + b3 * p[3].x,
                       b0 * p[0].y + b1 * p[1].y + b2 * p[2].y + b3 * p[3].y};
}

static void pen_curve(void *user, svg_place control, svg_place other, svg_place to)
{
    svg_strokes *s = user;
    if (goes_on(s))
        put_down(s);
    const svg_place p[4] = {s->here, placed(s, control), placed(s, other), placed(s, to)};
    int pieces = pieces_of(p);
    for (int i = 1; i <= pieces && goes_on(s); i++)
        draw_to(s, i < pieces ? on_curve(p, (double)i / pieces) : p[3]);
    s->here = p[3];
}

svg_pen svg_strokes_pen(svg_strokes *strokes)
{
    return (svg_pen){strokes, pen_move, pen_line, pen_curve};
}

void svg_strokes_time(lh_ink *ink, size_t first, double start, double duration)
{
    double length = 0, way = 0;
    for (int round = 0; round < 2; round++)
        for (size_t i = first; i < ink->count; i++) {
            lh_point *p = &ink->points[i];
            double step =
                i > first ? hypot((double)p->x - (double)p[-1].x, (double)p->y - (double)p[-1].y)
                          : 0;
            if (round == 0)
                length += step;
            else
                p->time = (float)(start + duration * (length > 0 ? (way += step) / length : 0));
        }
}
