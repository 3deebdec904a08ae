/* The lower edge of a row of writing: see edge.h. */
#include "document/edge.h"

#include "base/extremes.h"

#include <math.h>
#include <stdlib.h>

/* mm: the width of a cell, and the steps in which strokes are followed. */
static const float cell = 0.5f, step = 0.4f;
/* No edge is longer: a roll of paper. */
enum { CELLS_MAX = 1 << 20 };

lh_status lh_edge_init(lh_edge *edge, float left, float right, lh_error *error)
{
    float cells = ceilf((right - left) / cell) + 1;
    *edge = (lh_edge){.left = left};
    edge->cells = cells >= 1 && cells < CELLS_MAX ? (size_t)cells : CELLS_MAX;
    edge->lowest = malloc(edge->cells * sizeof *edge->lowest);
    if (!edge->lowest)
        return lh_fail_memory(error, "the edge of a row");
    lh_edge_reset(edge);
    return LH_OK;
}

void lh_edge_clear(lh_edge *edge)
{
    free(edge->lowest);
    *edge = (lh_edge){0};
}

void lh_edge_reset(lh_edge *edge)
{
    for (size_t i = 0; i < edge->cells; i++)
        edge->lowest[i] = -INFINITY;
}

static size_t cell_at(const lh_edge *edge, float x)
{
    float at = (x - edge->left) / cell;
    return !(at > 0) ? 0 : at < (float)edge->cells ? (size_t)at : edge->cells - 1;
}

/* A walk along the strokes of placed ink, in short steps. */
typedef struct walk {
    const lh_ink *ink;
    lh_placing placing;
    size_t next;  /* point that is walked to */
    int left;     /* steps up to it */
    float x, y;   /* mm: where the walk is */
    float dx, dy; /* a step */
} walk;

static bool walk_on(walk *w)
{
    if (w->left > 0) {
        w->left--;
        w->x += w->dx;
        w->y += w->dy;
        return true;
    }
    if (w->next >= w->ink->count)
        return false;
    const lh_point *to = &w->ink->points[w->next++];
    float x = w->placing.x + w->placing.scale * to->x;
    float y = w->placing.y + w->placing.scale * to->y;
    bool begins = w->next == 1 || to[-1].end;
    float far = begins ? 0 : hypotf(x - w->x, y - w->y);
    int steps = 1 + (int)fminf(far / step, 1e4f);
    w->dx = begins ? 0 : (x - w->x) / (float)steps;
    w->dy = begins ? 0 : (y - w->y) / (float)steps;
    w->left = steps - 1;
    w->x = begins ? x : w->x + w->dx;
    w->y = begins ? y : w->y + w->dy;
    return true;
}

void lh_edge_add(lh_edge *edge, const lh_ink *ink, lh_placing placing)
{
    walk w = {.ink = ink, .placing = placing};
    while (walk_on(&w)) {
        float *lowest = &edge->lowest[cell_at(edge, w.x)];
        lh_raisef(lowest, w.y);
    }
}

float lh_edge_clearance(const lh_edge *edge, const lh_ink *ink, lh_placing placing)
{
    float least = INFINITY;
    walk w = {.ink = ink, .placing = placing};
    while (walk_on(&w)) {
        size_t at = cell_at(edge, w.x);
        size_t first = at > 0 ? at - 1 : 0, last = at + 1 < edge->cells ? at + 1 : at;
        for (size_t i = first; i <= last; i++)
            lh_lowerf(&least, w.y - edge->lowest[i]);
    }
    return least;
}
