/* Shapes without which a character is none. What the network takes for an x, a Z or an exclamation
 * mark is what people write for one, much of which a reader only takes for it who knows the word: a
 * tick, a t, a bar. Of each of these there is one thing that no other character has. */
#ifndef LONGHAND_WRITE_SHAPE_H
#define LONGHAND_WRITE_SHAPE_H

#include "draft.h"

/* Is the shape there without which `sign` is none, in points from..to-1, the ink of a word, where
 * the window was on `character` (as lh_trace has it)? True for characters that have no such shape.
 *
 *     x X    a stroke that rises and one that falls, crossed; one may be drawn later in the word
 *     z Z    right, back in a straight fall to the left, and right again
 *     !      a dot under an upright stroke
 *     ;      a comma under a dot
 *     ,      no dot: of the strokes that begin while the window is on it one is longer */
bool lh_shape_is_there(const lh_draft *draft, size_t from, size_t to, int32_t character,
                       uint32_t sign);

#endif
