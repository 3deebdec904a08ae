/* The large and the recurrent products of a batch's layers of cells in bfloat16 (bfloat16.h): what
 * forward.c and backward.c call in place of their float32 products when the workspace says so.
 * Window and output layer, few weights that say where the pen goes, stay in float32.
 *
 * Factors are the values rounded once, when they are made: h_t and w_t on the way forward, the
 * gates' derivatives on the way back. Sums are float32. */
#ifndef LONGHAND_NN_PAIRS_H
#define LONGHAND_NN_PAIRS_H

#include "workspace.h"

/* Whether the network's layers can multiply so. */
lh_status lh_pairs_check(const lh_network *network, lh_error *error);
/* Room for a batch that is laid out, without `backward` only for the way forward. Fills in what
 * enters. */
lh_status lh_pairs_begin(lh_workspace *workspace, const lh_network *network, bool backward,
                         lh_error *error);

/* Rounds h_t of a layer, or w_t, for the products to come. */
void lh_pairs_keep_h(lh_workspace *workspace, const lh_network *network, size_t layer, int t);
void lh_pairs_keep_w(lh_workspace *workspace, const lh_network *network, int t);

/* gates_t [active][G H] += h_{t-1} W_h, or the first layer's w_{t-1} W_w; t > 0. */
void lh_pairs_recurrent(const lh_workspace *workspace, const lh_network *network, size_t layer,
                        int t, lh_real *gates);
void lh_pairs_window_input(const lh_workspace *workspace, const lh_network *network, int t,
                           lh_real *gates);
/* gates [R][G H] of a higher layer += w W_w + h (below) W. */
void lh_pairs_inputs(const lh_workspace *workspace, const lh_network *network, size_t layer,
                     lh_real *gates);

/* The same backwards, over a chunk of `rows` rows from `row` on. Derivatives of step t's sums,
 * which are kept rounded: d [active][G H], and d' of its recurrent ones where the cell keeps those
 * apart; they give dh [active][H] += d' W_h^T, dw [active][A] += d W_w^T (first layer), and those
 * of the whole chunk the rest. */
void lh_pairs_keep_dgates(lh_workspace *workspace, const lh_network *network, size_t layer,
                          size_t row, int t);
void lh_pairs_recurrent_back(const lh_workspace *workspace, const lh_network *network, size_t layer,
                             size_t row, int t, lh_real *dh);
void lh_pairs_window_input_back(const lh_workspace *workspace, const lh_network *network,
                                size_t row, int t, lh_real *dw);
/* dw [rows][A] += dgates W_w^T, dh [rows] (stride N H) += dgates W^T, dh being below's. */
void lh_pairs_inputs_back(const lh_workspace *workspace, const lh_network *network, size_t layer,
                          size_t rows, lh_real *dw, lh_real *dh);
/* Adds to `gradient` (an arena) what the chunk gives for the layer's input and recurrent weights.
 */
void lh_pairs_weights(lh_workspace *workspace, const lh_network *network, size_t layer, size_t row,
                      size_t rows, lh_real *gradient);

#endif
