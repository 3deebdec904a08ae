/* What a hand does between its steps: words begun, accepted, written anew from the last good blank,
 * and given up. */
#ifndef LONGHAND_WRITE_TRIES_H
#define LONGHAND_WRITE_TRIES_H

#include "hand.h"

lh_hand_word *lh_hand_current(lh_hand *hand);
/* Is the current word one of the text, and not the one that stands before it? */
bool lh_hand_own_word(const lh_hand *hand);
/* Goes back to the last good blank and begins the current word with a random stream of its own. */
lh_status lh_hand_start_try(lh_hand *hand, lh_state *state, int row, lh_error *error);
/* Remembers the pen lifted behind the word: where the next word, or its next try, begins. */
lh_status lh_hand_save_candidate(lh_hand *hand, const lh_state *state, int row, lh_error *error);
/* The word ended at the candidate. When it was well written, what comes is the next: the hand is
 * done when there is none. Else it is begun anew. */
lh_status lh_hand_end_word(lh_hand *hand, lh_state *state, int row, lh_error *error);
/* The word has gone wrong: it is begun anew, or given up after so many tries. */
lh_status lh_hand_find_fault(lh_hand *hand, int fault, lh_state *state, int row, lh_error *error);

#endif
