/* News from the scribe: making them out of what was written. */
#ifndef LONGHAND_WINDOW_NEWS_H
#define LONGHAND_WINDOW_NEWS_H

#include "scribe.h"

/* NULL: no memory. */
win_news *win_news_new(win_news_kind kind);
/* WIN_NEWS_FAULT with the error's message. NULL: no memory. */
win_news *win_news_fault(const lh_error *error);
/* Copies words and points from the given ones on, with what was kept; what was kept must reach back
 * to `points`. NULL: no memory. */
win_news *win_news_ink(const lh_written *written, size_t words, size_t points);
/* The ways that the drawn ink of an order could go on. NULL: no memory. */
win_news *win_news_ways(lh_written *const *way, size_t count, const win_order *order);

#endif
