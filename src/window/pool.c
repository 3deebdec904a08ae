/* Hands to draw from: see pool.h. */
#include "pool.h"

#include "order.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* As people vary. */
static const double as_people_vary = 1;

void win_pool_clear(win_pool *pool)
{
    for (size_t i = 0; i < pool->count; i++)
        lh_hand_free(pool->hand[i]);
    free(pool->folder);
    *pool = (win_pool){0};
}

static int is_hand(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".hand") == 0;
}

static void add(win_pool *pool, const char *path)
{
    lh_error ignored; /* what cannot be read is no hand */
    lh_style *style = pool->count < WIN_POOL_MAX ? lh_style_read(path, NULL, &ignored) : NULL;
    if (style && style->hand) {
        pool->hand[pool->count++] = style->hand;
        style->hand = NULL;
    }
    lh_style_free(style);
}

void win_pool_read(win_pool *pool, const char *folder)
{
    if (!win_order_text_differs(pool->folder, folder))
        return;
    win_pool_clear(pool);
    struct dirent **entry;
    int count = folder ? scandir(folder, &entry, is_hand, alphasort) : -1;
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%.3800s/%.255s", folder, entry[i]->d_name);
        add(pool, path);
        free(entry[i]);
    }
    if (count >= 0)
        free(entry);
    pool->folder = folder ? strdup(folder) : NULL;
}

lh_hand *win_pool_draw(const win_pool *pool, const lh_model *model, uint64_t seed)
{
    const lh_hand *of_model[WIN_POOL_MAX];
    size_t count = 0;
    lh_error ignored; /* then the seed finds a hand without any */
    const uint64_t network = pool->count > 0 ? lh_network_fingerprint(model->network) : 0;
    for (size_t i = 0; i < pool->count; i++)
        if (pool->hand[i]->network == network)
            of_model[count++] = pool->hand[i];
    return count > 1 ? lh_hand_draw(of_model, count, as_people_vary, seed, &ignored) : NULL;
}
