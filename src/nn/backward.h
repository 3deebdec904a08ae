/* Backpropagation through a batch. */
#ifndef LONGHAND_NN_BACKWARD_H
#define LONGHAND_NN_BACKWARD_H

#include "workspace.h"

/* Takes dL/dy^ in workspace->output; adds to `gradient`, an arena. `clip` limits dL/d pre-squashing
 * of the cells; 0: none. */
void lh_backward(lh_workspace *workspace, const lh_network *network, double clip,
                 lh_real *gradient);

#endif
