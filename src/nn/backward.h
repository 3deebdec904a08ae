/* Backpropagation through a batch. */
#ifndef LONGHAND_NN_BACKWARD_H
#define LONGHAND_NN_BACKWARD_H

#include "workspace.h"

/* Takes dL/dy^ in workspace->output; adds to `gradient`, an arena, or the
 * numbers of what the workspace learns. Of `clipping`, which may be
 * NULL, `output` has been heeded before. */
void lh_backward(lh_workspace *workspace, const lh_network *network, const lh_clipping *clipping,
                 lh_real *gradient);

#endif
