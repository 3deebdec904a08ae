/* People's hands: see hands.h. */
#include "hands.h"

#include <string.h>

lh_hand_part lh_hand_of_layer(const lh_network *n, size_t layer)
{
    return (lh_hand_part){layer * n->size.gates, n->size.gates, n->layer[layer].bias,
                          n->layer[layer].hand};
}

lh_hand_part lh_hand_of_window(const lh_network *n)
{
    return (lh_hand_part){n->size.layers * n->size.gates, 3 * n->size.windows, n->window_bias,
                          n->window_hand};
}

lh_hand_part lh_hand_of_output(const lh_network *n)
{
    const lh_hand_part window = lh_hand_of_window(n);
    return (lh_hand_part){window.first + window.count, n->size.outputs, n->output_bias,
                          n->output_hand};
}

size_t lh_network_hand_size(const lh_network *n)
{
    const lh_hand_part last = n ? lh_hand_of_output(n) : (lh_hand_part){0};
    return last.first + last.count;
}

/* Part 0, 1, ... of a network's hands: the layers, the window, the output. */
static size_t parts(const lh_network *n)
{
    return n->size.layers + 2;
}

static lh_hand_part part_at(const lh_network *n, size_t i)
{
    if (i < n->size.layers)
        return lh_hand_of_layer(n, i);
    return i == n->size.layers ? lh_hand_of_window(n) : lh_hand_of_output(n);
}

void lh_network_hand(const lh_network *n, const lh_real *hand, lh_real *sums)
{
    if (!(n && sums))
        return;
    memset(sums, 0, lh_network_hand_size(n) * sizeof *sums);
    for (size_t i = 0; hand && n->size.hand > 0 && i < parts(n); i++) {
        const lh_hand_part part = part_at(n, i);
        const lh_real *weight = n->arena + part.weight;
        for (size_t d = 0; d < n->size.hand; d++)
            for (size_t j = 0; j < part.count; j++)
                sums[part.first + j] += hand[d] * weight[d * part.count + j];
    }
}

static void add(lh_real *to, const lh_real *more, size_t count)
{
    for (size_t j = 0; j < count; j++)
        to[j] += more[j];
}

void lh_network_add_hand(lh_network *n, const lh_real *sums)
{
    if (!(n && sums))
        return;
    for (size_t i = 0; i < parts(n); i++) {
        const lh_hand_part part = part_at(n, i);
        add(n->arena + part.bias, sums + part.first, part.count);
    }
    lh_network_changed(n);
}

/* ---- a batch -----------------------------------------------------------------------------------
 */

/* The hand [D] of sequence `b`, in the arena of weights or of a gradient; NULL: it is nobody's. */
static lh_real *hand_of(const lh_workspace *s, const lh_network *n, int b, lh_real *arena)
{
    const int person = s->batch.sorted[b]->person;
    return person > 0 ? arena + n->people + (size_t)(person - 1) * n->size.hand : NULL;
}

void lh_hands_begin(lh_workspace *s, const lh_network *n)
{
    const size_t size = lh_network_hand_size(n);
    for (int b = 0; s->hand && b < s->batch.sequences; b++)
        lh_network_hand(n, hand_of(s, n, b, n->arena), s->hand + (size_t)b * size);
}

void lh_hands_add(const lh_workspace *s, const lh_network *n, lh_hand_part part, int first, int end,
                  lh_real *sums)
{
    const size_t size = lh_network_hand_size(n);
    for (int t = first; s->hand && t < end; t++)
        for (int b = 0; b < s->batch.active[t]; b++, sums += part.count)
            add(sums, s->hand + (size_t)b * size + part.first, part.count);
}

void lh_hands_clear(lh_workspace *s, const lh_network *n)
{
    if (s->d_hand)
        memset(s->d_hand, 0,
               (size_t)s->batch.sequences * lh_network_hand_size(n) * sizeof *s->d_hand);
}

void lh_hands_sum(lh_workspace *s, const lh_network *n, lh_hand_part part, int first, int end,
                  const lh_real *d_sums)
{
    const size_t size = lh_network_hand_size(n);
    for (int t = first; s->d_hand && t < end; t++)
        for (int b = 0; b < s->batch.active[t]; b++, d_sums += part.count)
            add(s->d_hand + (size_t)b * size + part.first, d_sums, part.count);
}

/* v -> v V of one part: d_weight += v^T d, d_hand += d V^T. */
static void part_gradient(const lh_network *n, lh_hand_part part, const lh_real *hand,
                          const lh_real *d, lh_real *gradient, lh_real *d_hand)
{
    const lh_real *weight = n->arena + part.weight;
    lh_real *d_weight = gradient + part.weight;
    for (size_t i = 0; i < n->size.hand; i++) {
        lh_real sum = 0;
        for (size_t j = 0; j < part.count; j++) {
            sum += d[part.first + j] * weight[i * part.count + j];
            d_weight[i * part.count + j] += hand[i] * d[part.first + j];
        }
        d_hand[i] += sum;
    }
}

void lh_hands_gradient(lh_workspace *s, const lh_network *n, lh_real *gradient)
{
    const size_t size = lh_network_hand_size(n);
    for (int b = 0; s->d_hand && b < s->batch.sequences; b++) {
        const lh_real *hand = hand_of(s, n, b, n->arena);
        for (size_t i = 0; hand && i < parts(n); i++)
            part_gradient(n, part_at(n, i), hand, s->d_hand + (size_t)b * size, gradient,
                          hand_of(s, n, b, gradient));
    }
}
