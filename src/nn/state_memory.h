/* What a line being written has to remember, as numbers that can be kept on disk. */
#ifndef LONGHAND_NN_STATE_MEMORY_H
#define LONGHAND_NN_STATE_MEMORY_H

#include <longhand/nn.h>

/* Numbers that a row remembers from one step to the next: h of all layers, what cells carry besides
 * (c of LSTM) of each layer, kappa and w. The row's text is not among them. */
size_t lh_state_memory_size(const lh_state *state);
/* Fills `memory` [lh_state_memory_size]. */
void lh_state_get_memory(const lh_state *state, int row, lh_real *memory);
/* Row `row` goes on from where that of `memory` [count] stood; its text stays. What the last step
 * gave, outputs and gates, is not known before the next. LH_ERROR_FORMAT, and no change, when
 * `count` is not that of the network or a number is not finite. */
lh_status lh_state_set_memory(lh_state *state, int row, const lh_real *memory, size_t count,
                              lh_error *error);

#endif
