/* One word in each hand: see hands.h. */
#include "hands.h"

#include <stdlib.h>

void win_hands_clear(win_hands *h)
{
    for (int i = 0; i < h->asked; i++)
        free(h->ink[i].points);
    *h = (win_hands){.version = h->version + 1, .latest = -1};
}

bool win_hands_wanted(const win_hands *h, const win_styles *styles, unsigned models)
{
    return models != h->models || (!h->waits && h->asked < styles->count);
}

void win_hands_update(win_hands *h, const win_styles *styles, unsigned models, win_scribe *scribe)
{
    char word[] = WIN_HAND_WORD;
    if (models != h->models) {
        win_hands_clear(h);
        h->models = models;
    }
    if (!win_hands_wanted(h, styles, models))
        return;
    h->ink[h->asked] = (lh_ink){0};
    h->waits = win_scribe_sample(scribe, &(win_sample){.slot = WIN_SLOT_HANDS + h->asked,
                                                       .turn = models,
                                                       .text = word,
                                                       .style = styles->path[h->asked],
                                                       .bias = 1,
                                                       .seed = 1});
    h->asked += h->waits;
}

void win_hands_take(win_hands *h, const win_news *news)
{
    int i = news->slot - WIN_SLOT_HANDS;
    if (i < 0 || i >= h->asked || news->turn != h->models)
        return;
    h->waits = h->waits && i < h->asked - 1;
    lh_ink ink = {.points = news->point, .count = news->points};
    lh_error ignored; /* the recording is shown instead */
    free(h->ink[i].points);
    h->ink[i] = (lh_ink){0};
    lh_ink_append(&h->ink[i], &ink, 0, 0, 0, &ignored);
    h->latest = i;
    h->version++;
}

void win_hands_touch(win_hands *h)
{
    h->latest = -1;
    h->version++;
}

void win_hands_drop(win_hands *h, int index)
{
    if (h->waits) { /* what comes would be another's: it is asked for anew */
        h->waits = false;
        free(h->ink[--h->asked].points);
        h->ink[h->asked] = (lh_ink){0};
    }
    if (index < h->asked) {
        free(h->ink[index].points);
        h->asked--;
        for (int i = index; i < h->asked; i++)
            h->ink[i] = h->ink[i + 1];
        h->ink[h->asked] = (lh_ink){0};
    }
    win_hands_touch(h);
}
