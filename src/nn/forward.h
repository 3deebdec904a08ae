/* The way forward through a batch. */
#ifndef LONGHAND_NN_FORWARD_H
#define LONGHAND_NN_FORWARD_H

#include "workspace.h"

/* Fills all activations and y^ of a workspace that has begun. */
void lh_forward(lh_workspace *workspace, const lh_network *network);

#endif
