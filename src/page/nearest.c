/* A k-d tree over the ends of strokes: see nearest.h. The nodes of a part of the array lie in it as
 * they would in order: its middle is the root, and the parts on either side are what is below. */
#include "page/nearest.h"
#include "base/extremes.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* What is taken has no rank. */
#define TAKEN SIZE_MAX

typedef struct node {
    lh_vec2 at;
    lh_box box; /* of all from here down, taken ones too */
    size_t stroke;
    size_t least;       /* rank from here down; TAKEN: none is left */
    size_t parent;      /* SIZE_MAX: the root */
    size_t left, right; /* SIZE_MAX: none */
} node;

struct lh_nearest {
    node *node;    /* [count] */
    size_t *place; /* [count] of end i among the nodes */
    size_t *rank;  /* [count / 2] of the strokes */
    size_t count;
};

static double far(lh_vec2 a, lh_vec2 b)
{
    return hypot((double)b.x - (double)a.x, (double)b.y - (double)a.y);
}

/* ---- building ---------------------------------------------------------------------------------
 */

static int by_x(const void *a, const void *b)
{
    float x = ((const node *)a)->at.x, y = ((const node *)b)->at.x;
    return (x > y) - (x < y);
}

static int by_y(const void *a, const void *b)
{
    float x = ((const node *)a)->at.y, y = ((const node *)b)->at.y;
    return (x > y) - (x < y);
}

static lh_box around(const node *nodes, size_t from, size_t to)
{
    lh_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = from; i < to; i++) {
        lh_lowerf(&box.left, nodes[i].at.x);
        lh_raisef(&box.right, nodes[i].at.x);
        lh_lowerf(&box.top, nodes[i].at.y);
        lh_raisef(&box.bottom, nodes[i].at.y);
    }
    return box;
}

/* Arranges nodes from..to-1, of which there is one at least; returns their root. */
static size_t arrange(lh_nearest *all, size_t from, size_t to, size_t parent)
{
    lh_box box = around(all->node, from, to);
    bool wide = box.right - box.left > box.bottom - box.top;
    qsort(all->node + from, to - from, sizeof *all->node, wide ? by_x : by_y);
    size_t root = from + (to - from) / 2;
    node *n = &all->node[root];
    n->box = box;
    n->parent = parent;
    size_t left = root > from ? arrange(all, from, root, root) : SIZE_MAX;
    size_t right = root + 1 < to ? arrange(all, root + 1, to, root) : SIZE_MAX;
    n->left = left;
    n->right = right;
    return root;
}

/* The least rank below a node, which may be none. */
static size_t least_of(const lh_nearest *all, size_t at)
{
    return at == SIZE_MAX ? TAKEN : all->node[at].least;
}

static void refresh(lh_nearest *all, size_t at)
{
    node *n = &all->node[at];
    size_t left = least_of(all, n->left), right = least_of(all, n->right);
    n->least = all->rank[n->stroke];
    n->least = left < n->least ? left : n->least;
    n->least = right < n->least ? right : n->least;
}

static void refresh_below(lh_nearest *all, size_t at)
{
    if (at == SIZE_MAX)
        return;
    refresh_below(all, all->node[at].left);
    refresh_below(all, all->node[at].right);
    refresh(all, at);
}

static size_t root_of(const lh_nearest *all)
{
    return all->count / 2;
}

lh_nearest *lh_nearest_new(const lh_vec2 *point, size_t count)
{
    lh_nearest *all = calloc(1, sizeof *all);
    if (!all)
        return NULL;
    all->count = 2 * count;
    all->node = malloc(all->count * sizeof *all->node);
    all->place = malloc(all->count * sizeof *all->place);
    all->rank = malloc(count * sizeof *all->rank);
    if (!all->node || !all->place || !all->rank) {
        lh_nearest_free(all);
        return NULL;
    }
    for (size_t i = 0; i < all->count; i++)
        all->node[i] = (node){.at = point[i], .stroke = i / 2};
    for (size_t i = 0; i < count; i++)
        all->rank[i] = i;
    arrange(all, 0, all->count, SIZE_MAX);
    for (size_t i = 0; i < all->count; i++)
        all->place[all->node[i].stroke * 2] = all->place[all->node[i].stroke * 2 + 1] = SIZE_MAX;
    for (size_t i = 0; i < all->count; i++) {
        size_t *place = &all->place[all->node[i].stroke * 2];
        place[*place != SIZE_MAX] = i;
    }
    refresh_below(all, root_of(all));
    return all;
}

void lh_nearest_free(lh_nearest *all)
{
    if (!all)
        return;
    free(all->node);
    free(all->place);
    free(all->rank);
    free(all);
}

/* ---- looking ----------------------------------------------------------------------------------
 */

typedef struct search {
    const lh_nearest *all;
    lh_vec2 at;
    double far; /* of the nearest so far */
    size_t rank, stroke;
} search;

static double far_from_box(lh_vec2 at, lh_box box)
{
    float x = fminf(fmaxf(at.x, box.left), box.right);
    float y = fminf(fmaxf(at.y, box.top), box.bottom);
    return far(at, (lh_vec2){x, y});
}

static void look_below(search *s, size_t at);

/* Looks below a node that may hold something nearer, or as near and of a lesser rank. */
static void look(search *s, size_t at, double least_far)
{
    size_t least = least_of(s->all, at);
    if (least != TAKEN && (least_far < s->far || (least_far == s->far && least < s->rank)))
        look_below(s, at);
}

static void look_below(search *s, size_t at)
{
    const node *n = &s->all->node[at];
    size_t rank = s->all->rank[n->stroke];
    double here = rank != TAKEN ? far(s->at, n->at) : INFINITY;
    if (here < s->far || (here == s->far && rank < s->rank)) {
        s->far = here;
        s->rank = rank;
        s->stroke = n->stroke;
    }
    const lh_box none = {INFINITY, INFINITY, INFINITY, INFINITY};
    double left = far_from_box(s->at, n->left != SIZE_MAX ? s->all->node[n->left].box : none);
    double right = far_from_box(s->at, n->right != SIZE_MAX ? s->all->node[n->right].box : none);
    look(s, left <= right ? n->left : n->right, fmin(left, right));
    look(s, left <= right ? n->right : n->left, fmax(left, right));
}

size_t lh_nearest_find(const lh_nearest *all, lh_vec2 at)
{
    search s = {.all = all, .at = at, .far = INFINITY, .rank = TAKEN};
    look_below(&s, root_of(all));
    return s.stroke;
}

/* ---- taking -----------------------------------------------------------------------------------
 */

void lh_nearest_rank(lh_nearest *all, size_t stroke, size_t rank)
{
    all->rank[stroke] = rank;
    for (int end = 0; end < 2; end++)
        for (size_t at = all->place[2 * stroke + (size_t)end]; at != SIZE_MAX;
             at = all->node[at].parent)
            refresh(all, at);
}

void lh_nearest_take(lh_nearest *all, size_t stroke)
{
    lh_nearest_rank(all, stroke, TAKEN);
}
