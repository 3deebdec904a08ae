/* The paper as a page of the page room, to be saved. */
#ifndef LONGHAND_WINDOW_AS_PAGE_H
#define LONGHAND_WINDOW_AS_PAGE_H

#include "core.h"

typedef enum win_page_of {
    WIN_PAGE_SEEN,   /* all that is seen */
    WIN_PAGE_MOVING, /* for what moves: ink first, in the order in which it was written, and what
                      * was in the air left out */
    WIN_PAGE_INK,    /* ink alone, without colours of its points: for machines and programs */
} win_page_of;

/* What is on the paper so far, at 96 pixels an inch: ink in its colours and widths, the ways to go
 * on from drawn ink, and the pen's way in the air where that is shown. The caller frees; NULL on
 * failure. */
lh_page *win_as_page(const win_core *core, win_page_of what, lh_error *error);

#endif
