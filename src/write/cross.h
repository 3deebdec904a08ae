/* The shape of an x. The network takes much for an x, as people write much that a reader only takes
 * for one who knows the word: a small r, a t or a tick. What no one takes for another letter has a
 * stroke that rises and one that falls, and they cross. */
#ifndef LONGHAND_WRITE_CROSS_H
#define LONGHAND_WRITE_CROSS_H

#include "draft.h"

/* Is there an x in points from..to-1, the ink of a word, where the window was on `character` (as
 * lh_trace has it)? The second stroke may be drawn later than that. */
bool lh_cross_is_there(const lh_draft *draft, size_t from, size_t to, int32_t character);

#endif
