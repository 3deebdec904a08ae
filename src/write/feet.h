/* The line that a short piece stands on, by its letters: a fit through its points, as for longer
 * ink, takes tails for feet where there are few letters. */
#ifndef LONGHAND_WRITE_FEET_H
#define LONGHAND_WRITE_FEET_H

#include "clerk.h"

/* Moves each word of the piece up or down so that the letters that stand on the line do, y = 0. A
 * word that has none goes with the one before it, or the first behind it. False, and nothing is
 * moved, where no word has any. */
bool lh_feet_level(lh_clerk *clerk);

#endif
