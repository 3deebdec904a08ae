/* Writing of no text, without end: a prediction network's ink, a piece at a time, levelled and cut
 * into what looks like words. */
#ifndef LONGHAND_WINDOW_FREE_H
#define LONGHAND_WINDOW_FREE_H

#include <longhand/longhand.h>

typedef struct win_free {
    lh_ink ink;  /* owned */
    lh_ink tail; /* owned: the end of it as the network drew it, which it goes on from */
    lh_word *word;
    size_t words, capacity; /* of words */
    uint64_t piece;         /* number of the next */
    lh_written shown;       /* views; the trace and what was kept are of the last piece only */
    lh_written *last;       /* owned */
} win_free;

void win_free_clear(win_free *f);
/* Draws the next piece. */
lh_status win_free_write(win_free *f, const lh_model *model, const lh_write_options *options,
                         lh_error *error);

#endif
