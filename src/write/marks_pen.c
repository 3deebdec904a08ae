/* Marks as a pen draws them, and the points of a word that gets them: see marking.h. */
#include "marking.h"

#include <assert.h>
#include <math.h>

/* From point to point along a curve, in heights of the small letters. */
static const double step = 0.11;
/* How marks vary, as standard deviations: their size, turn (radians) and points (heights). */
static const double vary_size = 0.05, vary_turn = 0.05, vary_point = 0.018;
/* Points through which one curve goes, at most. */
enum { CURVE_POINTS = 32 };

/* ---- points -----------------------------------------------------------------------------------
 */

lh_box marking_box(const marking *m, span ink)
{
    return lh_draft_box(m->draft, ink.from, ink.to);
}

size_t marking_stroke_end(const marking *m, size_t first)
{
    return lh_draft_stroke_end(m->draft, first, m->to);
}

double marking_middle(const lh_box *box)
{
    return ((double)box->left + box->right) / 2;
}

/* The words behind this one move. */
static void move_words(marking *m, long by)
{
    for (int i = m->current + 1; i < m->clerk->words; i++)
        m->clerk->word[i].point = (size_t)((long)m->clerk->word[i].point + by);
    m->to = (size_t)((long)m->to + by);
}

void marking_take(marking *m, span taken)
{
    lh_draft_remove(m->draft, taken.from, taken.to - taken.from);
    m->own -= taken.to - taken.from;
    move_words(m, -(long)(taken.to - taken.from));
}

lh_status marking_put(marking *m, size_t at, const lh_point *point, size_t count, lh_error *error)
{
    const lh_trace trace = {
        .component = -1, .character = m->character, .place = (float)m->character};
    lh_status status = lh_draft_insert(m->draft, at, point, count, &trace, error);
    if (status == LH_OK)
        move_words(m, (long)count);
    return status;
}

/* ---- curves -----------------------------------------------------------------------------------
 */

frame marking_frame(marking *m, double x, double y, double across, double up)
{
    /* One after the other: the order in an initialiser is the compiler's. */
    const double turn = vary_turn * lh_rng_normal(&m->rng);
    const double size = 1 + vary_size * lh_rng_normal(&m->rng);
    return (frame){
        .x = x,
        .y = y,
        .across = across / 100,
        .up = up / 100,
        .shear = m->shear,
        .size = size,
        .turn = turn,
        .blur = vary_point * m->height,
    };
}

static lh_point place_point(marking *m, const frame *f, lh_mark_point p)
{
    const double x = f->size * f->across * p.x, y = f->size * f->up * p.y;
    const double turned = x * cos(f->turn) - y * sin(f->turn);
    const double risen = x * sin(f->turn) + y * cos(f->turn);
    const double aside = f->blur * lh_rng_normal(&m->rng);
    const double below = f->blur * lh_rng_normal(&m->rng);
    return (lh_point){
        .x = (float)(f->x + turned + f->shear * risen + aside),
        .y = (float)(f->y - risen + below),
    };
}

/* Point `t` of the way from p[1] to p[2] of a Catmull-Rom spline. */
static float spline(float a, float b, float c, float d, float t)
{
    return b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/* A stroke through `count` points, at the pace of a pen. Returns how many points `out` took. */
static size_t draw_stroke(const marking *m, const lh_point *through, size_t count, lh_point *out,
                          size_t room)
{
    size_t points = 0;
    out[points++] = through[0];
    for (size_t i = 0; i + 1 < count; i++) {
        const lh_point *b = &through[i], *c = b + 1, *a = i > 0 ? b - 1 : b;
        const lh_point *d = i + 2 < count ? c + 1 : c;
        const double way = hypot((double)c->x - b->x, (double)c->y - b->y);
        const int steps = (int)fmin(fmax(ceil(way / (step * m->height)), 1), 40);
        for (int k = 1; k <= steps && points < room; k++) {
            const float t = (float)k / (float)steps;
            out[points++] = (lh_point){.x = spline(a->x, b->x, c->x, d->x, t),
                                       .y = spline(a->y, b->y, c->y, d->y, t)};
        }
    }
    out[points - 1].end = 1;
    return points;
}

size_t marking_draw(marking *m, const lh_mark *mark, const frame *f, lh_point *out)
{
    lh_point through[CURVE_POINTS];
    size_t count = 0, points = 0;
    for (const lh_mark_point *p = mark->point;; p++) {
        if (p->x != LH_MARK_LIFT && p->x != LH_MARK_DONE) {
            assert(count < CURVE_POINTS);
            const bool corner = count > 0 && p[0].x == p[-1].x && p[0].y == p[-1].y;
            through[count] = corner ? through[count - 1] : place_point(m, f, *p);
            count++;
            continue;
        }
        if (count > 0 && points < MARK_POINTS)
            points += draw_stroke(m, through, count, out + points, MARK_POINTS - points);
        count = 0;
        if (p->x == LH_MARK_DONE)
            return points;
    }
}
