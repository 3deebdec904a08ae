/* Dropout of what the cells of a layer tell those above: nn.h says of which sequence how much. What
 * a layer hands on in time, and what the window sees, is whole (Zaremba, Sutskever and Vinyals
 * 2014, "Recurrent neural network regularization"). Arrays are [rows][hidden] in the rows of a
 * batch, masks hold 0 or 1 / (1 - dropout). */
#ifndef LONGHAND_NN_DROPOUT_H
#define LONGHAND_NN_DROPOUT_H

#include "batch_rows.h"

/* Has a sequence of the batch dropout? */
bool lh_dropout_is_on(const lh_batch *batch);
void lh_dropout_draw(const lh_batch *batch, size_t hidden, lh_real *mask);
/* to = from mask, of `count` columns in rows that are `hidden` wide; `to` may be `from`. */
void lh_dropout_apply(size_t rows, size_t hidden, size_t count, const lh_real *from,
                      const lh_real *mask, lh_real *to);

#endif
