/* What a reader makes of the drawn ink, row by row. */
#ifndef LONGHAND_WINDOW_READING_H
#define LONGHAND_WINDOW_READING_H

#include <longhand/hand.h>

typedef struct win_reading {
    char *text;  /* owned; what is read, a row of text for a row of ink; NULL: nothing is */
    size_t rows; /* of ink */
} win_reading;

/* Rows that were read, so that each is read once. */
typedef struct win_rows_read {
    uint64_t ink[LH_HAND_LINES_MAX];
    char *text[LH_HAND_LINES_MAX]; /* owned */
    size_t count;
} win_rows_read;

void win_reading_clear(win_reading *reading);
/* Fills `reading`, which is empty; `reader` may be NULL. `known` are the rows read before, which
 * these take the place of. */
void win_reading_find(win_reading *reading, win_rows_read *known, const lh_reader *reader,
                      const lh_ink *ink);
void win_rows_read_clear(win_rows_read *known);

#endif
