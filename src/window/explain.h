/* What am I seeing? Each view in a sentence, with its legend, its equation and where that is from.
 */
#ifndef LONGHAND_WINDOW_EXPLAIN_H
#define LONGHAND_WINDOW_EXPLAIN_H

#include "view.h"

/* Pages that it takes in a box. */
int win_explain_pages(win_box box);
void win_explain_draw(cairo_t *cr, win_box box, int page);

#endif
