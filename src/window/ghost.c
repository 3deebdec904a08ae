/* Faint sentences on the lines: see ghost.h. */
#include "ghost.h"

#include "order.h"

#include <stdlib.h>
#include <string.h>

void win_ghosts_clear(win_ghosts *g)
{
    for (int i = 0; i < WIN_GUIDED; i++)
        free(g->ink[i].points);
    free(g->asked.style);
    *g = (win_ghosts){.version = g->version + 1};
}

void win_ghosts_update(win_ghosts *g, const char *style, double bias, uint64_t seed,
                       unsigned models, win_scribe *scribe)
{
    if (g->asked.turn == models && g->asked.bias == bias && g->asked.seed == seed &&
        !win_order_text_differs(g->asked.style, style))
        return;
    win_ghosts_clear(g);
    g->asked = (win_sample){.turn = models, .bias = bias, .seed = seed};
    g->asked.style = style ? strdup(style) : NULL;
    for (int i = 0; i < WIN_GUIDED; i++) {
        char text[60];
        win_sample sample = g->asked;
        snprintf(text, sizeof text, "%s", win_guide_sentences[i]);
        sample.slot = WIN_SLOT_GHOSTS + i;
        sample.text = text;
        win_scribe_sample(scribe, &sample);
    }
}

void win_ghosts_take(win_ghosts *g, const win_news *news)
{
    int i = news->slot - WIN_SLOT_GHOSTS;
    if (i < 0 || i >= WIN_GUIDED || news->turn != g->asked.turn)
        return;
    lh_ink ink = {.points = news->point, .count = news->points};
    lh_error ignored; /* there is no ghost */
    free(g->ink[i].points);
    g->ink[i] = (lh_ink){0};
    lh_ink_append(&g->ink[i], &ink, 0, 0, 0, &ignored);
    g->version++;
}
