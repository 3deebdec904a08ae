/* Cells in the order of their likeness: see likeness.h. */
#include "likeness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEAST = 120,   /* points from which cells show what they are like */
    SAMPLES = 200, /* points that are looked at, of all */
    ROUNDS = 20    /* of the power method */
};

/* Courses of unit length about 0: x [samples][cells]. */
typedef struct courses {
    float *x;
    size_t samples;
    int cells;
} courses;

static bool take_courses(courses *c, const int8_t *const *row, size_t points, int cells)
{
    size_t known = 0;
    for (size_t i = 0; i < points; i++)
        known += row[i] != NULL;
    *c = (courses){.samples = known < SAMPLES ? known : SAMPLES, .cells = cells};
    c->x = malloc(c->samples * (size_t)cells * sizeof *c->x + 1);
    if (known < LEAST || !c->x)
        return false;
    for (size_t i = 0, seen = 0, s = 0; i < points && s < c->samples; i++) {
        if (!row[i] || seen++ < s * known / c->samples)
            continue;
        for (int k = 0; k < cells; k++)
            c->x[s * (size_t)cells + (size_t)k] = row[i][k];
        s++;
    }
    return true;
}

static void normalise(courses *c)
{
    size_t n = (size_t)c->cells;
    for (size_t k = 0; k < n; k++) {
        float mean = 0, square = 0;
        for (size_t s = 0; s < c->samples; s++)
            mean += c->x[s * n + k] / (float)c->samples;
        for (size_t s = 0; s < c->samples; s++) {
            c->x[s * n + k] -= mean;
            square += c->x[s * n + k] * c->x[s * n + k];
        }
        for (size_t s = 0; s < c->samples && square > 0; s++)
            c->x[s * n + k] /= sqrtf(square);
    }
}

static float dot(const float *a, const float *b, size_t n)
{
    float sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* The power method on x'x, kept clear of `before` where that is not NULL. */
static void find_eigenvector(const courses *c, const float *before, float *v, float *next)
{
    size_t n = (size_t)c->cells;
    for (size_t k = 0; k < n; k++)
        v[k] = (float)cos(1.7 * (double)(k + 1) * (before ? 2.3 : 1));
    for (int round = 0; round < ROUNDS; round++) {
        float away = before ? dot(v, before, n) : 0;
        for (size_t k = 0; k < n; k++) {
            v[k] -= before ? away * before[k] : 0;
            next[k] = 0;
        }
        for (size_t s = 0; s < c->samples; s++) {
            const float *x = c->x + s * n, y = dot(x, v, n);
            for (size_t k = 0; k < n; k++)
                next[k] += y * x[k];
        }
        float length = sqrtf(dot(next, next, n));
        for (size_t k = 0; k < n; k++)
            v[k] = length > 0 ? next[k] / length : 0;
    }
}

typedef struct placed {
    float angle;
    int cell;
} placed;

static int compare(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    int by_angle = (x->angle > y->angle) - (x->angle < y->angle);
    return by_angle ? by_angle : x->cell - y->cell;
}

/* The place in the circle of angles behind the widest gap. */
static int find_gap(const placed *p, int cells)
{
    int behind = 0;
    float widest = p[0].angle + 2 * (float)M_PI - p[cells - 1].angle;
    for (int i = 1; i < cells; i++)
        if (p[i].angle - p[i - 1].angle > widest) {
            widest = p[i].angle - p[i - 1].angle;
            behind = i;
        }
    return behind;
}

bool win_likeness_find(const int8_t *const *row, size_t points, int cells, uint16_t *order)
{
    courses c = {0};
    size_t n = (size_t)cells;
    float *v = malloc((3 * n + 1) * sizeof *v);
    placed *p = malloc((n + 1) * sizeof *p);
    bool whole = v && p && cells > 0 && take_courses(&c, row, points, cells);
    if (whole) {
        normalise(&c);
        find_eigenvector(&c, NULL, v, v + 2 * n);
        find_eigenvector(&c, v, v + n, v + 2 * n);
        for (int k = 0; k < cells; k++)
            p[k] = (placed){atan2f(v[n + (size_t)k], v[k]), k};
        qsort(p, n, sizeof *p, compare);
        int gap = find_gap(p, cells);
        for (int k = 0; k < cells; k++)
            order[k] = (uint16_t)p[(gap + k) % cells].cell;
    }
    free(c.x);
    free(v);
    free(p);
    return whole;
}

/* ---- of a sheet -------------------------------------------------------------------------------
 */

void win_likeness_clear(win_likeness *l)
{
    free(l->order);
    free(l->place);
    *l = (win_likeness){.version = l->version + 1};
}

static bool make_room(win_likeness *l, const win_sheet *s)
{
    if (l->order && l->layers == s->layers && l->cells == s->cells)
        return true;
    win_likeness_clear(l);
    size_t all = (size_t)(s->layers * s->cells);
    l->order = malloc(all * sizeof *l->order + 1);
    l->place = malloc(all * sizeof *l->place + 1);
    l->layers = l->next = s->layers;
    l->cells = s->cells;
    for (size_t i = 0; l->order && l->place && i < all; i++)
        l->order[i] = l->place[i] = (uint16_t)(i % (size_t)s->cells);
    if (l->order && l->place)
        return true;
    win_likeness_clear(l);
    return false;
}

static bool order_layer(win_likeness *l, const win_sheet *s, size_t from)
{
    size_t count = s->shown - from, at = (size_t)(l->next * s->cells);
    const int8_t **row = malloc(count * sizeof *row + 1);
    for (size_t i = 0; row && i < count; i++) {
        const int8_t *cell = win_sheet_inside(s, from + i).cell;
        row[i] = cell ? cell + at : NULL;
    }
    bool found = row && win_likeness_find(row, count, s->cells, l->order + at);
    for (int k = 0; found && k < s->cells; k++)
        l->place[at + l->order[at + (size_t)k]] = (uint16_t)k;
    free(row);
    return found;
}

void win_likeness_update(win_likeness *l, const win_sheet *s)
{
    enum { MOST = 3000 }; /* the last points, that are looked at */
    if (s->layers == 0 || s->shown < LEAST || !make_room(l, s))
        return;
    bool much_more = l->points == 0 || s->shown >= 2 * l->points || 2 * s->shown < l->points;
    if (l->next >= l->layers && !much_more)
        return;
    if (l->next >= l->layers) {
        l->next = 0;
        l->points = s->shown;
    }
    l->version += order_layer(l, s, s->shown > MOST ? s->shown - MOST : 0);
    l->next++;
}
