/* What a clerk does between its steps: words begun, accepted, written anew from the last good
 * blank, and given up. */
#ifndef LONGHAND_WRITE_TRIES_H
#define LONGHAND_WRITE_TRIES_H

#include "clerk.h"

lh_clerk_word *lh_clerk_current(lh_clerk *clerk);
/* Is the current word one of the text, and not the one that stands before it? */
bool lh_clerk_own_word(const lh_clerk *clerk);
/* Goes back to the last good blank and begins the current word with a random stream of its own. */
lh_status lh_clerk_start_try(lh_clerk *clerk, lh_state *state, int row, lh_error *error);
/* Remembers the pen lifted behind the word: where the next word, or its next try, begins. */
lh_status lh_clerk_save_candidate(lh_clerk *clerk, const lh_state *state, int row, lh_error *error);
/* The word ended at the candidate. When it was well written, what comes is the next: the clerk is
 * done when there is none. Else it is begun anew. */
lh_status lh_clerk_end_word(lh_clerk *clerk, lh_state *state, int row, lh_error *error);
/* The word has gone wrong: it is begun anew, or given up after so many tries. */
lh_status lh_clerk_find_fault(lh_clerk *clerk, int fault, lh_state *state, int row,
                              lh_error *error);

#endif
