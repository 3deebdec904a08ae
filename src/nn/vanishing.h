/* The regulariser against vanishing gradients: see vanishing.c. */
#ifndef LONGHAND_NN_VANISHING_H
#define LONGHAND_NN_VANISHING_H

#include "workspace.h"

/* LH_ERROR_ARGUMENT where there is no such regulariser, of this weight and for this network. */
lh_status lh_vanishing_check(const lh_network *network, double weight, lh_error *error);

/* Omega of each sequence to losses [B], and `weight` times its immediate derivative by the
 * recurrent weights added to `gradient`, an arena. For a workspace that lh_backward has just left,
 * of which it uses up dL/d sums. */
void lh_vanishing_add(lh_workspace *workspace, const lh_network *network, double weight,
                      lh_real *gradient, lh_loss *losses);

#endif
