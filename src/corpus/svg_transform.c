/* Transforms of SVG: see svg_transform.h. */
#include "svg_transform.h"

#include "svg_number.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

enum { ARGUMENTS_MAX = 6 };

const svg_transform svg_transform_none = {1, 0, 0, 1, 0, 0};

svg_transform svg_transform_join(const svg_transform *o, const svg_transform *i)
{
    return (svg_transform){
        o->a * i->a + o->c * i->b,        o->b * i->a + o->d * i->b,
        o->a * i->c + o->c * i->d,        o->b * i->c + o->d * i->d,
        o->a * i->e + o->c * i->f + o->e, o->b * i->e + o->d * i->f + o->f,
    };
}

void svg_transform_apply(const svg_transform *t, double *x, double *y)
{
    double from_x = *x, from_y = *y;
    *x = t->a * from_x + t->c * from_y + t->e;
    *y = t->b * from_x + t->d * from_y + t->f;
}

/* ---- kinds of transforms, each with the numbers in its brackets -------------------------------
 */

static double radians(double degrees)
{
    return degrees * 3.14159265358979323846 / 180;
}

static svg_transform matrix(const double *v, int count)
{
    (void)count;
    return (svg_transform){v[0], v[1], v[2], v[3], v[4], v[5]};
}

static svg_transform translate(const double *v, int count)
{
    return (svg_transform){1, 0, 0, 1, v[0], count > 1 ? v[1] : 0};
}

static svg_transform scale(const double *v, int count)
{
    return (svg_transform){v[0], 0, 0, count > 1 ? v[1] : v[0], 0, 0};
}

static svg_transform rotate(const double *v, int count)
{
    double c = cos(radians(v[0])), s = sin(radians(v[0]));
    svg_transform t = {c, s, -s, c, 0, 0};
    if (count == 3) { /* around (v[1], v[2]) */
        t.e = v[1] - c * v[1] + s * v[2];
        t.f = v[2] - s * v[1] - c * v[2];
    }
    return t;
}

static svg_transform skew_x(const double *v, int count)
{
    (void)count;
    return (svg_transform){1, 0, tan(radians(v[0])), 1, 0, 0};
}

static svg_transform skew_y(const double *v, int count)
{
    (void)count;
    return (svg_transform){1, tan(radians(v[0])), 0, 1, 0, 0};
}

typedef struct kind {
    const char *name;
    unsigned counts; /* bit i: it may have i numbers */
    svg_transform (*make)(const double *value, int count);
} kind;

static const kind kinds[] = {
    {"matrix", 1U << 6, matrix},         {"translate", 1U << 1 | 1U << 2, translate},
    {"scale", 1U << 1 | 1U << 2, scale}, {"rotate", 1U << 1 | 1U << 3, rotate},
    {"skewX", 1U << 1, skew_x},          {"skewY", 1U << 1, skew_y},
};

/* ---- reading ----------------------------------------------------------------------------------
 */

static const kind *read_kind(const char **at, const char *end)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t length = strlen(kinds[i].name);
        if ((size_t)(end - *at) > length && memcmp(*at, kinds[i].name, length) == 0) {
            *at += length;
            return &kinds[i];
        }
    }
    return NULL;
}

/* One transform with its brackets. */
static bool read_one(const char **at, const char *end, svg_transform *transform)
{
    const kind *read = read_kind(at, end);
    if (!read)
        return false;
    svg_pass_blanks(at, end, false);
    if (*at == end || *(*at)++ != '(')
        return false;
    double value[ARGUMENTS_MAX];
    int count = 0;
    svg_pass_blanks(at, end, false);
    while (count < ARGUMENTS_MAX && svg_number_read(at, end, &value[count])) {
        count++;
        svg_pass_blanks(at, end, true);
    }
    if (*at == end || *(*at)++ != ')' || !(read->counts >> count & 1))
        return false;
    *transform = read->make(value, count);
    return true;
}

bool svg_transform_read(const char *text, const char *end, svg_transform *transform)
{
    *transform = svg_transform_none;
    svg_pass_blanks(&text, end, false);
    if (end - text == 4 && memcmp(text, "none", 4) == 0)
        return true;
    while (text < end) {
        svg_transform next;
        if (!read_one(&text, end, &next))
            return false;
        *transform = svg_transform_join(transform, &next);
        svg_pass_blanks(&text, end, true);
    }
    return true;
}
