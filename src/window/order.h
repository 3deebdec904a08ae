/* Orders to the scribe: copying them, and what differs between two. */
#ifndef LONGHAND_WINDOW_ORDER_H
#define LONGHAND_WINDOW_ORDER_H

#include "scribe.h"

/* Replaces `to`, whose strings and ink are owned. False: no memory, and nothing changed. */
bool win_order_copy(win_order *to, const win_order *from);
void win_order_clear(win_order *order);
/* The same but for where the pen is. */
bool win_order_same(const win_order *a, const win_order *b);
/* One text is NULL and the other not, or they differ. */
bool win_order_text_differs(const char *a, const char *b);

#endif
