/* The scribe: a thread of its own in which the networks work, so that the window never waits for
 * them. Orders go in, of which only the newest counts; news come out, in order. */
#ifndef LONGHAND_WINDOW_SCRIBE_H
#define LONGHAND_WINDOW_SCRIBE_H

#include "news.h"

typedef struct win_scribe win_scribe;

/* Starts the thread; it calls `wake(data)` when there are news. NULL on failure. */
win_scribe *win_scribe_start(void (*wake)(void *data), void *data, lh_error *error);
/* Lets it end the piece at hand, waits for that, and frees all. */
void win_scribe_stop(win_scribe *scribe);
/* Gives an order, which is copied. False: no memory, and the order before holds. */
bool win_scribe_ask(win_scribe *scribe, const win_order *order);
/* Asks for a sample, which is copied; it is written when nothing else is to be done, those compared
 * first, and takes the place of one of the same slot that is still waited for. False: no memory, or
 * too many are waited for. */
bool win_scribe_sample(win_scribe *scribe, const win_sample *sample);
/* The oldest news, for the caller to free; NULL when there are none. */
win_news *win_scribe_news(win_scribe *scribe);
/* For scripts, in which every run is the same: lets it do all that it has to do, waits for that,
 * and from then on it does nothing but here. */
void win_scribe_settle(win_scribe *scribe);

#endif
