/* The paper as a page of the page room, to be saved. */
#ifndef LONGHAND_WINDOW_AS_PAGE_H
#define LONGHAND_WINDOW_AS_PAGE_H

#include "core.h"

/* What is seen on the paper, at 96 pixels an inch: ink in its colours and widths, the ways to go on
 * from drawn ink, and the pen's way in the air where that is shown. Of a page that shall `move`,
 * ink comes in the order in which it was written, and what was in the air is left out. The caller
 * frees; NULL on failure. */
lh_page *win_as_page(const win_core *core, bool moves, lh_error *error);

#endif
