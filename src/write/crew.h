/* A crew of hands writing in step: many pieces through one network, a row each. */
#ifndef LONGHAND_WRITE_CREW_H
#define LONGHAND_WRITE_CREW_H

#include "hand.h"

/* Lets all `hands` [count] write until done, at most `rows` at a time, on `threads` threads (0: one
 * a core): a row whose hand is done goes to the next. What a hand writes does not depend on the
 * others. */
lh_status lh_crew_write(const lh_model *model, lh_hand *hands, size_t count, int rows, int threads,
                        lh_error *error);

#endif
