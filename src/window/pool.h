/* The hands that are installed, from which a hand of nobody is drawn for each seed: as `longhand
 * write --style own` does. */
#ifndef LONGHAND_WINDOW_POOL_H
#define LONGHAND_WINDOW_POOL_H

#include <longhand/write.h>

enum { WIN_POOL_MAX = 64 };

typedef struct win_pool {
    char *folder;                /* owned; that they were read from, or NULL */
    lh_hand *hand[WIN_POOL_MAX]; /* owned */
    size_t count;
} win_pool;

/* Reads the hands of the folder, unless they are of that; files that are none are passed over.
 * NULL: there are none. */
void win_pool_read(win_pool *pool, const char *folder);
/* A hand for the model, drawn from those that were learnt beside it; NULL where there are fewer
 * than two of them, or no memory. The caller frees. */
lh_hand *win_pool_draw(const win_pool *pool, const lh_model *model, uint64_t seed);
void win_pool_clear(win_pool *pool);

#endif
