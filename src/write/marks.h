/* The marks of composed signs (composed.h) in ink. The network writes the letter or hyphen, the
 * guard and reading over see that alone, and the marks are drawn when the piece is done, as a
 * person puts dots and bars behind the word. */
#ifndef LONGHAND_WRITE_MARKS_H
#define LONGHAND_WRITE_MARKS_H

#include "clerk.h"

/* Draws the marks of a piece that is done and levelled, as large as the letters of `start` are, and
 * leaning as they do. `sign` [characters of the piece] is what the text has in their places. The
 * points of words move on with those that are added. */
lh_status lh_marks_draw(lh_clerk *clerk, const lh_start *start, const uint32_t *sign,
                        lh_error *error);

#endif
