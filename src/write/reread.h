/* Words with signs that the pen draws behind the network (marks.h), read again when they are there:
 * until then the reader has seen a letter without its accent, or a hyphen. */
#ifndef LONGHAND_WRITE_REREAD_H
#define LONGHAND_WRITE_REREAD_H

#include "clerk.h"

/* Reads such words of a piece that is done, levelled and marked; `start` and `sign` as for
 * lh_marks_draw. Sets log_reading and doubtful of them. Does nothing where nothing is read over. */
lh_status lh_reread_marked(lh_clerk *clerk, const lh_start *start, const uint32_t *sign,
                           lh_error *error);

#endif
