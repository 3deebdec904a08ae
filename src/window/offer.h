/* What the clipboard gives under X11 besides text: SDL 2 knows of text alone, so it is owned here,
 * by a connection and a thread of its own (ICCCM, section 2). */
#ifndef LONGHAND_WINDOW_OFFER_H
#define LONGHAND_WINDOW_OFFER_H

#include <longhand/base.h>

enum { WIN_OFFERED_MAX = 8 };

/* The same under one of its types: "image/png", "UTF8_STRING". */
typedef struct win_offered {
    const char *type;
    char *bytes; /* owned; taken over by win_offer_start */
    size_t size;
} win_offered;

typedef struct win_offer win_offer;

/* Takes the clipboard and gives what is offered to who asks, until somebody else takes it, or
 * win_offer_stop. Frees the bytes in any case. NULL where there is no X server, or no library to
 * talk to it. */
win_offer *win_offer_start(win_offered *offered, int count, lh_error *error);
void win_offer_stop(win_offer *offer);

#endif
