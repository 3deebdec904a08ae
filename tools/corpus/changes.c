/* A line with letters of other lines put into it: see changes.h. */
#include "changes.h"

#include <math.h>

/* Adds the letter's strokes. A larger letter takes more points, though not as many as it is larger:
 * it is written faster. */
static lh_status add_letter(lh_ink *ink, const change *c, float moved, lh_error *error)
{
    const cutting *letter = &c->letter;
    const placing *to = &c->to;
    const lh_ink strokes = {(lh_point *)c->from->line.points + letter->first,
                            letter->end - letter->first, 0};
    const float step = 1 / sqrtf(fmaxf(to->high, 1));
    const lh_point *points;
    size_t position = 0, count;
    lh_status status = LH_OK;
    while (status == LH_OK && lh_ink_next_stroke(&strokes, &position, &points, &count)) {
        const float last = (float)(count - 1);
        const int steps = (int)ceilf(last / step);
        for (int i = 0; i <= steps && status == LH_OK; i++) {
            const float at = steps ? last * (float)i / (float)steps : 0;
            const size_t k = at < last ? (size_t)at : count - 1;
            const float part = at - (float)k;
            const lh_point *a = points + k, *b = at < last ? a + 1 : a;
            lh_point p = {.end = i == steps};
            p.x = moved + to->left + to->wide * (a->x + part * (b->x - a->x) - letter->box.left);
            p.y = to->bottom + to->high * (a->y + part * (b->y - a->y) - letter->box.bottom);
            status = lh_ink_add(ink, p, error);
        }
    }
    return status;
}

/* How much farther to the right the change takes what is behind it. */
static float moves(const change *c)
{
    return c->replaces ? c->to.wide * (c->letter.box.right - c->letter.box.left) -
                             (c->at.box.right - c->at.box.left)
                       : 0;
}

change change_replacing(const aligned *from, const cutting *letter, const cutting *at, float wide,
                        float high)
{
    return (change){.from = from,
                    .letter = *letter,
                    .at = *at,
                    .to = {at->box.left, at->box.bottom, wide, high},
                    .replaces = true};
}

bool changes_in_order(const change *changes, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (changes[i].at.first < changes[i - 1].at.end)
            return false;
    return true;
}

lh_ink *change_line(const aligned *line, const change *changes, size_t count, lh_error *error)
{
    lh_ink *ink = lh_ink_new(error);
    if (!ink)
        return NULL;
    lh_status status = LH_OK;
    float moved = 0;
    const change *c = changes, *end = changes + count;
    for (size_t i = 0; i < line->line.count && status == LH_OK; i++) {
        if (c < end && i == c->at.end) {
            moved += moves(c);
            c++;
        }
        if (c < end && i == c->at.first)
            status = add_letter(ink, c, moved, error);
        if (c < end && c->replaces && i >= c->at.first)
            continue;
        lh_point p = line->line.points[i];
        p.x += moved;
        if (status == LH_OK)
            status = lh_ink_add(ink, p, error);
    }
    for (size_t i = 0; i < ink->count; i++)
        ink->points[i].time = (float)i * lh_cleaning_default.interval;
    if (status == LH_OK)
        return ink;
    lh_ink_free(ink);
    return NULL;
}
