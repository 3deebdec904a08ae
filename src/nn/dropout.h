/* Dropout of what the cells of a layer tell those above: nn.h says of which sequence how much. What
 * a layer hands on in time, and what the window sees, is whole (Zaremba, Sutskever and Vinyals
 * 2014, "Recurrent neural network regularization"). */
#ifndef LONGHAND_NN_DROPOUT_H
#define LONGHAND_NN_DROPOUT_H

#include "workspace.h"

/* Has a sequence of the batch dropout? */
bool lh_dropout_is_on(const lh_workspace *workspace);

/* Draws the mask, whose rows are `hidden` wide; does nothing where there is no dropout, as below.
 */
void lh_dropout_draw(lh_workspace *workspace, size_t hidden);
/* passed = h mask, of one layer. */
void lh_dropout_forward(lh_workspace *workspace, const lh_network *network, size_t layer);
/* dL/dh = dL/dpassed mask, of one layer in the rows of a chunk. */
void lh_dropout_backward(lh_workspace *workspace, const lh_network *network, size_t layer,
                         size_t first_row, size_t rows);

#endif
