/* What hands look like in the list: one word, the same in each, written by the network that is
 * loaded; until that has come, and where it cannot be written, what was recorded of the hand. */
#ifndef LONGHAND_WINDOW_HANDS_H
#define LONGHAND_WINDOW_HANDS_H

#include "news.h"
#include "scribe.h"
#include "style_list.h"

enum { WIN_SLOT_GHOSTS = WIN_SLOT_HANDS + WIN_STYLES_MAX }; /* of ghost.h */

#define WIN_HAND_WORD "hand"

typedef struct win_hands {
    lh_ink ink[WIN_STYLES_MAX]; /* owned; of the first `asked` styles; without points: not there */
    int asked;  /* one after the other, so that what is typed meanwhile waits for one at most */
    bool waits; /* the last that was asked has not come */
    unsigned models;  /* of the network that they are asked of */
    int latest;       /* the last that came; -1: more than that is another */
    unsigned version; /* counts those that came */
} win_hands;

/* Asks for the next that is missing, of the `models`-th network that was loaded. */
void win_hands_update(win_hands *hands, const win_styles *styles, unsigned models,
                      win_scribe *scribe);
/* Is there one to be asked for? */
bool win_hands_wanted(const win_hands *hands, const win_styles *styles, unsigned models);
/* Takes the ink of a sample. */
void win_hands_take(win_hands *hands, const win_news *news);
void win_hands_clear(win_hands *hands);
/* All look otherwise: a name, say. */
void win_hands_touch(win_hands *hands);
/* A style is no more: those behind it move up. */
void win_hands_drop(win_hands *hands, int index);

#endif
