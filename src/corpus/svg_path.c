/* Path data: see svg_path.h. */
#include "svg_path.h"

#include "svg_number.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

typedef struct path {
    const char *at, *end;
    const svg_pen *pen;
    svg_place here, start;   /* start: of the subpath */
    svg_place cubic, square; /* the last control point of a curve, for S and T; else `here` */
} path;

/* ---- arcs -------------------------------------------------------------------------------------
 */

/* An ellipse: its half axes, and how they are turned. */
typedef struct ellipse {
    svg_place centre, radius;
    double c, s; /* cosine and sine of the turn */
} ellipse;

static svg_place on_ellipse(const ellipse *e, double x, double y)
{
    x *= e->radius.x;
    y *= e->radius.y;
    return (svg_place){e->centre.x + e->c * x - e->s * y, e->centre.y + e->s * x + e->c * y};
}

/* Draws the arc from angle `from` over `sweep`, which ends at `to`, as curves of at most an eighth
 * of the ellipse: these are off it by less than 1e-5 of its size. */
static void draw_arc(const path *p, const ellipse *e, double from, double sweep, svg_place to)
{
    double eighths = ceil(fabs(sweep) / 0.7853981633974484);
    int count = eighths >= 1 && eighths <= 8 ? (int)eighths : 1;
    double step = sweep / count, reach = 4.0 / 3 * tan(step / 4);
    for (int i = 0; i < count; i++, from += step) {
        double c = cos(from), s = sin(from), c1 = cos(from + step), s1 = sin(from + step);
        p->pen->curve(p->pen->user, on_ellipse(e, c - reach * s, s + reach * c),
                      on_ellipse(e, c1 + reach * s1, s1 - reach * c1),
                      i + 1 < count ? on_ellipse(e, c1, s1) : to);
    }
}

/* From ends to centre: SVG 1.1, appendix F.6.5 and F.6.6, whose letters these are. */
static void arc_to(const path *p, const double v[5], svg_place to)
{
    double rx = fabs(v[0]), ry = fabs(v[1]), phi = v[2] * 3.14159265358979323846 / 180;
    if (rx == 0 || ry == 0) {
        p->pen->line(p->pen->user, to);
        return;
    }
    ellipse e = {.c = cos(phi), .s = sin(phi)};
    double dx = (p->here.x - to.x) / 2, dy = (p->here.y - to.y) / 2;
    /* In units of the half axes the ellipse is a circle. */
    double x = (e.c * dx + e.s * dy) / rx, y = (e.c * dy - e.s * dx) / ry;
    double size = hypot(x, y);
    if (!(size > 0))
        return;     /* an arc to where it begins is none */
    if (size > 1) { /* too small to reach: just large enough */
        rx *= size;
        ry *= size;
        x /= size;
        y /= size;
        size = 1;
    }
    double root = sqrt(fmax(0, (1 - size) * (1 + size))) / size;
    root = (v[3] != 0) == (v[4] != 0) ? -root : root;
    double cx = root * y, cy = -root * x;
    e.radius = (svg_place){rx, ry};
    e.centre = (svg_place){(p->here.x + to.x) / 2, (p->here.y + to.y) / 2};
    e.centre = on_ellipse(&e, cx, cy);
    double from = atan2(y - cy, x - cx), sweep = atan2(-y - cy, -x - cx) - from;
    if (v[4] != 0 && sweep < 0)
        sweep += 6.283185307179586;
    if (v[4] == 0 && sweep > 0)
        sweep -= 6.283185307179586;
    draw_arc(p, &e, from, sweep, to);
}

/* ---- commands -------------------------------------------------------------------------------- */

static svg_place between(svg_place a, svg_place b, double share)
{
    return (svg_place){a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
}

static svg_place mirrored(svg_place centre, svg_place p)
{
    return (svg_place){2 * centre.x - p.x, 2 * centre.y - p.y};
}

/* How many numbers a command has; -1: there is no such command. */
static int numbers_of(char command)
{
    static const char commands[] = "MLHVCSQTAZ";
    static const signed char count[] = {2, 2, 1, 1, 6, 4, 4, 2, 7, 0};
    const char *found = command ? strchr(commands, command) : NULL;
    return found ? count[found - commands] : -1;
}

static void curve_to(path *p, svg_place control, svg_place other, svg_place to)
{
    p->pen->curve(p->pen->user, control, other, to);
    p->cubic = other;
}

/* A square curve is also a cubic one. */
static void square_to(path *p, svg_place control, svg_place to)
{
    p->pen->curve(p->pen->user, between(p->here, control, 2.0 / 3), between(to, control, 2.0 / 3),
                  to);
    p->square = control;
}

/* Draws one command with its numbers, now absolute. */
static void draw(path *p, char command, const double *v)
{
    const svg_place none = {NAN, NAN}, a = {v[0], v[1]}, b = {v[2], v[3]}, c = {v[4], v[5]};
    svg_place cubic = p->cubic, square = p->square, to = a;
    p->cubic = p->square = none;
    switch (command) {
    case 'M':
        p->pen->move(p->pen->user, to);
        p->start = to;
        break;
    case 'C':
        curve_to(p, a, b, to = c);
        break;
    case 'S':
        curve_to(p, isnan(cubic.x) ? p->here : mirrored(p->here, cubic), a, to = b);
        break;
    case 'Q':
        square_to(p, a, to = b);
        break;
    case 'T':
        square_to(p, isnan(square.x) ? p->here : mirrored(p->here, square), to = a);
        break;
    case 'A':
        arc_to(p, v, to = (svg_place){v[5], v[6]});
        break;
    default: /* L, H, V, Z */
        p->pen->line(p->pen->user, to);
    }
    p->here = to;
}

/* ---- numbers ----------------------------------------------------------------------------------
 */

/* The flags of an arc are single digits, and nothing need be between them. */
static bool read_flag(path *p, double *value)
{
    if (p->at == p->end || (*p->at != '0' && *p->at != '1'))
        return false;
    *value = *p->at++ == '1';
    return true;
}

static bool read_numbers(path *p, char command, int count, double *v)
{
    for (int i = 0; i < count; i++) {
        if (i > 0)
            svg_pass_blanks(&p->at, p->end, true);
        bool flag = command == 'A' && (i == 3 || i == 4);
        if (!(flag ? read_flag(p, &v[i]) : svg_number_read(&p->at, p->end, &v[i])))
            return false;
    }
    return true;
}

/* Makes the numbers of a command pairs of absolute coordinates; H, V and Z get theirs whole. */
static void make_absolute(const path *p, char command, bool relative, int count, double *v)
{
    double x = relative ? p->here.x : 0, y = relative ? p->here.y : 0;
    if (command == 'H') {
        v[0] += x;
        v[1] = p->here.y;
    } else if (command == 'V') {
        v[1] = v[0] + y;
        v[0] = p->here.x;
    } else if (command == 'Z') {
        v[0] = p->start.x;
        v[1] = p->start.y;
    } else {
        for (int i = command == 'A' ? 5 : 0; i < count; i += 2) {
            v[i] += x;
            v[i + 1] += y;
        }
    }
}

/* A letter, and its numbers as often as they come; behind M they are those of L. */
static bool read_command(path *p, bool first)
{
    char letter = *p->at, command = letter >= 'a' && letter <= 'z' ? (char)(letter - 32) : letter;
    int count = numbers_of(command);
    if (count < 0 || (first && command != 'M'))
        return false;
    p->at++;
    svg_pass_blanks(&p->at, p->end, false);
    do {
        double v[8] = {0};
        if (!read_numbers(p, command, count, v))
            return false;
        make_absolute(p, command, letter != command, count, v);
        draw(p, command, v);
        if (command == 'M') {
            command = 'L';
            letter = letter == 'm' ? 'l' : 'L';
        }
        const char *behind = p->at;
        svg_pass_blanks(&p->at, p->end, count > 0);
        if (p->at < p->end && strchr("0123456789+-.", *p->at) && count > 0)
            continue;
        /* No comma before a letter, nor at the end. */
        return !memchr(behind, ',', (size_t)(p->at - behind));
    } while (true);
}

const char *svg_path_draw(const char *text, const char *end, const svg_pen *pen)
{
    const svg_place none = {NAN, NAN};
    path p = {.at = text, .end = end, .pen = pen, .cubic = none, .square = none};
    svg_pass_blanks(&p.at, end, false);
    const char *begin = p.at;
    if (end - begin == 4 && memcmp(begin, "none", 4) == 0)
        return NULL;
    while (p.at < end)
        if (!read_command(&p, p.at == begin))
            return p.at;
    return NULL;
}
