/* Room for the points of ink, for those who know how many will come. */
#ifndef LONGHAND_INK_GROW_H
#define LONGHAND_INK_GROW_H

#include <longhand/ink.h>

/* Makes room for `more` points behind those there are. */
lh_status ink_reserve(lh_ink *ink, size_t more, lh_error *error);

#endif
