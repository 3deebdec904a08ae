/* People's hands in a batch: what each adds to the sums of its sequence, and what is learnt of
 * that. nn.h says what a hand is. A part of it is what one layer, the window or the output gets. */
#ifndef LONGHAND_NN_HANDS_H
#define LONGHAND_NN_HANDS_H

#include "workspace.h"

/* A part of a hand: where it lies among the Z numbers, and in the arena the bias of the sums that
 * it is added to, and V of it. */
typedef struct lh_hand_part {
    size_t first, count, bias, weight;
} lh_hand_part;

lh_hand_part lh_hand_of_layer(const lh_network *network, size_t layer);
lh_hand_part lh_hand_of_window(const lh_network *network);
lh_hand_part lh_hand_of_output(const lh_network *network);

/* Finds what the hands of the batch add. This and what follows do nothing where no sequence is
 * anybody's. */
void lh_hands_begin(lh_workspace *workspace, const lh_network *network);
/* Adds a part to the sums [rows][part.count] of steps first to end - 1. */
void lh_hands_add(const lh_workspace *workspace, const lh_network *network, lh_hand_part part,
                  int first, int end, lh_real *sums);

/* On the way back: forgets the last batch; adds up dL/d sums of the steps; gradient += dL/dV and
 * dL/d people. */
void lh_hands_clear(lh_workspace *workspace, const lh_network *network);
void lh_hands_sum(lh_workspace *workspace, const lh_network *network, lh_hand_part part, int first,
                  int end, const lh_real *d_sums);
void lh_hands_gradient(lh_workspace *workspace, const lh_network *network, lh_real *gradient);

#endif
