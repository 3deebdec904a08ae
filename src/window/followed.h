/* Drawn ink as a network follows it. */
#ifndef LONGHAND_WINDOW_FOLLOWED_H
#define LONGHAND_WINDOW_FOLLOWED_H

#include "news.h"

/* The drawn ink of an order, cleaned; of more than `most` points, unless that is 0, the last
 * strokes. The caller frees; NULL on failure. */
lh_ink *win_followed_ink(const win_order *order, size_t most, lh_error *error);
/* What the network does while it follows the ink, which is one word of the text; NULL on failure.
 */
win_news *win_followed_news(const lh_model *model, const lh_ink *ink, const char *text,
                            const lh_write_options *options, lh_error *error);

#endif
