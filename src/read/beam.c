/* Prefix beam search: see beam.h.
 *
 * Prefixes are nodes of a tree, so that each is met once however it was come by. A node has the
 * probability of its paths so far, apart by whether they end in a blank, for the step before and
 * for this one. */
#include "beam.h"
#include "base/extremes.h"

#include "nn/ctc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Symbols less probable than this at a step do not extend a prefix, nor do those with which it
 * would be so much less probable than the best. */
#define LEAST_LOG_Y (-10.0)
#define HOPELESS 25.0

typedef struct node {
    int parent; /* -1: the root, the empty text */
    int32_t symbol;
    int child, sibling;             /* lists; -1 at their end */
    int step;                       /* in which `blank` and `symbol_end` were last begun */
    double blank, letter;           /* ln p of paths that end in a blank, or in `symbol` */
    double past_blank, past_letter; /* the same of the step before */
    double prior;                   /* of `symbol`, behind what its parent spells */
} node;

typedef struct tree {
    const read_prior *prior;
    node *node;
    int count, capacity;
    int *live, *next; /* [beam] and [any]: nodes in the beam, and those of the next */
    double *score;    /* [any]: the totals of the next */
    int32_t *likely;  /* [symbols]: those that may extend a prefix in this step */
    int likelies;
    int lives, nexts, room;
} tree;

static double total(const node *n)
{
    return lh_log_add(n->blank, n->letter);
}

static int new_node(tree *t, int parent, int32_t symbol)
{
    if (t->count == t->capacity) {
        const int capacity = t->capacity ? 2 * t->capacity : 1024;
        node *larger = realloc(t->node, (size_t)capacity * sizeof *larger);
        if (!larger)
            return -1;
        t->node = larger;
        t->capacity = capacity;
    }
    node *n = &t->node[t->count];
    *n = (node){.parent = parent,
                .symbol = symbol,
                .child = -1,
                .sibling = parent >= 0 ? t->node[parent].child : -1,
                .step = -2,
                .blank = -INFINITY,
                .letter = -INFINITY,
                .past_blank = -INFINITY,
                .past_letter = -INFINITY};
    if (parent >= 0)
        t->node[parent].child = t->count;
    return t->count++;
}

/* What the prior adds for `symbol` behind node `parent`. */
static double prior_of(const tree *t, int parent, int32_t symbol)
{
    int32_t history[READ_HISTORY];
    int count = 0;
    for (int i = parent; t->node[i].parent >= 0 && count < READ_HISTORY; i = t->node[i].parent)
        history[READ_HISTORY - ++count] = t->node[i].symbol;
    return read_prior_of(t->prior, history + READ_HISTORY - count, count, symbol);
}

static int find_child(tree *t, int parent, int32_t symbol)
{
    for (int i = t->node[parent].child; i >= 0; i = t->node[i].sibling)
        if (t->node[i].symbol == symbol)
            return i;
    const double prior = t->prior->language ? prior_of(t, parent, symbol) : 0;
    const int child = new_node(t, parent, symbol);
    if (child >= 0)
        t->node[child].prior = prior;
    return child;
}

/* Takes a node into the next beam in step `step`; what it had is then the past. False: no memory.
 */
static bool enter(tree *t, int index, int step)
{
    node *n = &t->node[index];
    if (n->step == step)
        return true;
    const bool lived = n->step == step - 1;
    n->past_blank = lived ? n->blank : -INFINITY;
    n->past_letter = lived ? n->letter : -INFINITY;
    n->blank = n->letter = -INFINITY;
    n->step = step;
    if (t->nexts == t->room) {
        const int room = t->room ? 2 * t->room : 256;
        int *next = realloc(t->next, (size_t)room * sizeof *next);
        t->next = next ? next : t->next;
        double *score = realloc(t->score, (size_t)room * sizeof *score);
        t->score = score ? score : t->score;
        if (!next || !score)
            return false;
        t->room = room;
    }
    t->next[t->nexts++] = index;
    return true;
}

/* Goes on from live node `index`: stays as it is, or takes one symbol more, unless it would be less
 * probable than `floor` then. */
static bool extend(tree *t, int index, const double *log_y, int symbols, double floor, int step)
{
    if (!enter(t, index, step))
        return false;
    node *n = &t->node[index];
    const double past_blank = n->past_blank, past_letter = n->past_letter;
    const double past = lh_log_add(past_blank, past_letter);
    const int32_t own = n->symbol;
    n->blank = lh_log_add(n->blank, past + log_y[symbols]);
    if (own >= 0)
        n->letter = lh_log_add(n->letter, past_letter + log_y[own]);
    for (int i = 0; i < t->likelies; i++) {
        const int32_t k = t->likely[i];
        if (past + log_y[k] < floor)
            continue;
        const int child = find_child(t, index, k);
        if (child < 0 || !enter(t, child, step))
            return false;
        /* The same symbol twice needs a blank between. */
        node *c = &t->node[child];
        c->letter = lh_log_add(c->letter, (k == own ? past_blank : past) + log_y[k] + c->prior);
    }
    return true;
}

static void swap_next(tree *t, int i, int j)
{
    const int moved = t->next[i];
    const double score = t->score[i];
    t->next[i] = t->next[j];
    t->score[i] = t->score[j];
    t->next[j] = moved;
    t->score[j] = score;
}

/* Moves the `beam` most probable of the next nodes to its front, by quickselect, and lets the rest
 * go. */
static void prune(tree *t, int beam)
{
    for (int i = 0; i < t->nexts; i++)
        t->score[i] = total(&t->node[t->next[i]]);
    int low = 0, high = t->nexts - 1;
    while (t->nexts > beam && low < high) {
        const double pivot = t->score[low + (high - low) / 2];
        int i = low, j = high;
        while (i <= j) {
            while (t->score[i] > pivot)
                i++;
            while (t->score[j] < pivot)
                j--;
            if (i <= j)
                swap_next(t, i++, j--);
        }
        if (beam - 1 <= j)
            high = j;
        else if (beam - 1 >= i)
            low = i;
        else
            break;
    }
    t->lives = t->nexts < beam ? t->nexts : beam;
    memcpy(t->live, t->next, (size_t)t->lives * sizeof *t->live);
    t->nexts = 0;
}

/* Entering asks for the probabilities of the step before, which a node that is entered by its
 * parent and then by itself must have kept: all live nodes enter first. */
static bool take_step(tree *t, const double *log_y, int symbols, int beam, int step)
{
    for (int i = 0; i < t->lives; i++)
        if (!enter(t, t->live[i], step))
            return false;
    double best = -INFINITY, most = -INFINITY;
    for (int i = 0; i < t->lives; i++) {
        const node *n = &t->node[t->live[i]];
        lh_raise(&best, fmax(n->past_blank, n->past_letter));
    }
    t->likelies = 0;
    for (int k = 0; k <= symbols; k++) {
        most = log_y[k] > most ? log_y[k] : most;
        if (k < symbols && log_y[k] >= LEAST_LOG_Y)
            t->likely[t->likelies++] = k;
    }
    for (int i = 0; i < t->lives; i++)
        if (!extend(t, t->live[i], log_y, symbols, best + most - HOPELESS, step))
            return false;
    prune(t, beam);
    return true;
}

/* ---- results ---- */

static bool spell(const tree *t, int index, read_found *found)
{
    found->log_probability = total(&t->node[index]);
    found->count = 0;
    for (int i = index; t->node[i].parent >= 0; i = t->node[i].parent)
        found->count++;
    found->text = malloc(((size_t)found->count + 1) * sizeof *found->text);
    if (!found->text)
        return false;
    for (int i = index, u = found->count; t->node[i].parent >= 0; i = t->node[i].parent)
        found->text[--u] = t->node[i].symbol;
    return true;
}

/* The best of the live nodes that is not among those taken; they are few. */
static int best_live(const tree *t)
{
    int best = -1;
    for (int i = 0; i < t->lives; i++)
        if (t->live[i] >= 0 &&
            (best < 0 || total(&t->node[t->live[i]]) > total(&t->node[t->live[best]])))
            best = i;
    return best;
}

int read_beam(const double *log_y, int steps, int symbols, int beam, const read_prior *prior,
              read_found *found, int wanted, lh_error *error)
{
    tree t = {.prior = prior};
    t.live = malloc((size_t)beam * sizeof *t.live);
    t.likely = malloc((size_t)(symbols + 1) * sizeof *t.likely);
    bool room = t.live && t.likely && new_node(&t, -1, -1) == 0;
    if (room) {
        t.node[0].blank = 0;
        t.node[0].step = -1;
        t.live[0] = 0;
        t.lives = 1;
    }
    for (int step = 0; step < steps && room; step++)
        room = take_step(&t, log_y + (size_t)step * (size_t)(symbols + 1), symbols, beam, step);
    int count = 0;
    for (int best; room && count < wanted && (best = best_live(&t)) >= 0; count++) {
        room = spell(&t, t.live[best], &found[count]);
        t.live[best] = -1;
    }
    free(t.node);
    free(t.live);
    free(t.next);
    free(t.score);
    free(t.likely);
    if (room)
        return count;
    while (count > 0)
        free(found[--count].text);
    lh_fail_memory(error, "the texts of a beam");
    return -1;
}
