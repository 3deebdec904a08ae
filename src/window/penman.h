/* The penman: what has the networks and the hand, and turns an order into ink, a piece at a time.
 * It belongs to the scribe's thread. */
#ifndef LONGHAND_WINDOW_PENMAN_H
#define LONGHAND_WINDOW_PENMAN_H

#include "news.h"

typedef struct win_penman win_penman;

/* News are given to `post(to, news)`, which owns them; NULL where there was no memory for them.
 * NULL on failure. */
win_penman *win_penman_new(void (*post)(void *to, win_news *news), void *to, lh_error *error);
void win_penman_free(win_penman *penman);
/* Does what changed between the order before and `order`, if that is `fresh`, then writes one
 * piece. False when something failed, which was posted. */
bool win_penman_write(win_penman *penman, const win_order *order, bool fresh);
/* Is there a piece to write, within reach of the pen, which has shown so many points? */
bool win_penman_wants_ink(const win_penman *penman, size_t shown);

/* Is there a network that samples can be written by? */
bool win_penman_can_sample(const win_penman *penman);
/* Writes a sample as the text would be written in its hand, and posts its ink: none, where that
 * failed. */
void win_penman_sample(win_penman *penman, const win_sample *sample);

#endif
