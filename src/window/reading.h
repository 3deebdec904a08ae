/* What a reader makes of the drawn ink, and whether that can be what its caption says. */
#ifndef LONGHAND_WINDOW_READING_H
#define LONGHAND_WINDOW_READING_H

#include <longhand/read.h>

typedef struct win_reading {
    char *text;    /* owned; what is read; NULL: nothing is, or it is more than a line */
    char *caption; /* owned; what the ink was said to say when it was read, or NULL */
    bool unlike;   /* and it does not say that */
} win_reading;

void win_reading_clear(win_reading *reading);
/* Fills `reading`, which is empty; `reader` and `caption` may be NULL. */
void win_reading_find(win_reading *reading, const lh_reader *reader, const lh_ink *ink,
                      const char *caption);

#endif
