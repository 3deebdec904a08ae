/* A clerk at work:
 *
 *     lh_clerk_begin(clerk, state, row, ...)
 *     until clerk->done: put clerk->now.tip.x in the row's input; lh_network_step; lh_clerk_take
 *
 * It draws from the mixture, watches the guard, writes a word anew from the last good blank when
 * there is fault, and stops behind the last word. */
#ifndef LONGHAND_WRITE_CLERK_WORK_H
#define LONGHAND_WRITE_CLERK_WORK_H

#include "clerk.h"

/* `proof` (or NULL) is used until the clerk is done, by it alone while it takes a step. */
lh_status lh_clerk_begin(lh_clerk *clerk, lh_state *state, int row, lh_proof *proof,
                         lh_error *error);
/* Takes what lh_network_step left in the row: draws the next point. */
lh_status lh_clerk_take(lh_clerk *clerk, lh_state *state, int row, lh_error *error);

#endif
