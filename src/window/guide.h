/* Sentences that are offered to who draws, to be written so that a hand can be learnt from them. */
#ifndef LONGHAND_WINDOW_GUIDE_H
#define LONGHAND_WINDOW_GUIDE_H

#include <stddef.h>

enum { WIN_GUIDED = 3 }; /* rows that are asked for */

/* Of the rows of paper 0, 1, ... WIN_GUIDED - 1. They have all small letters between them, and the
 * capitals that begin most sentences. */
extern const char *const win_guide_sentences[WIN_GUIDED];

#endif
