/* Ghosts of the sentences that are offered to who draws: faint on the lines, in the present hand,
 * to be written over. */
#ifndef LONGHAND_WINDOW_GHOST_H
#define LONGHAND_WINDOW_GHOST_H

#include "guide.h"
#include "hands.h"

typedef struct win_ghosts {
    lh_ink ink[WIN_GUIDED]; /* owned; without points: not there */
    win_sample asked;       /* how they were asked for; its style owned, its text NULL */
    unsigned version;       /* counts changes */
} win_ghosts;

/* Asks for ghosts in a hand, which are others where it is another hand: `style` NULL, bias and seed
 * as in win_sample; of the `models`-th network that was loaded. */
void win_ghosts_update(win_ghosts *ghosts, const char *style, double bias, uint64_t seed,
                       unsigned models, win_scribe *scribe);
/* Takes the ink of a sample. */
void win_ghosts_take(win_ghosts *ghosts, const win_news *news);
void win_ghosts_clear(win_ghosts *ghosts);

#endif
