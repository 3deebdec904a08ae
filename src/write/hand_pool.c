/* Hands to draw from: see hand_pool.h. */
#include "hand_pool.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PATH_BYTES = 4096 };

/* The hands that are installed were drawn so themselves. */
static const double as_people_vary = 1;

void lh_hand_pool_clear(lh_hand_pool *pool)
{
    for (size_t i = 0; i < pool->count; i++)
        lh_hand_free(pool->hand[i]);
    free(pool->folder);
    *pool = (lh_hand_pool){0};
}

static int is_hand(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcasecmp(dot, ".hand") == 0;
}

static lh_status add(lh_hand_pool *pool, const char *path, lh_error *error)
{
    if (pool->count == LH_HAND_POOL_MAX)
        return LH_OK;
    lh_style *style = lh_style_read(path, NULL, error);
    if (!style)
        return error->status;
    if (style->hand) {
        pool->hand[pool->count++] = style->hand;
        style->hand = NULL;
    }
    lh_style_free(style);
    return LH_OK;
}

lh_status lh_hand_pool_read(lh_hand_pool *pool, const char *folder, lh_error *error)
{
    if (folder ? pool->folder && strcmp(pool->folder, folder) == 0 : !pool->folder)
        return LH_OK;
    lh_hand_pool_clear(pool);
    struct dirent **entry;
    const int count = folder ? scandir(folder, &entry, is_hand, alphasort) : -1;
    lh_status status = LH_OK;
    for (int i = 0; i < count; i++) {
        char path[PATH_BYTES];
        lh_error why;
        snprintf(path, sizeof path, "%.3800s/%.255s", folder, entry[i]->d_name);
        free(entry[i]);
        if (add(pool, path, &why) != LH_OK && status == LH_OK)
            status = lh_fail(error, why.status, "%s", why.message);
    }
    if (count >= 0)
        free(entry);
    pool->folder = folder ? strdup(folder) : NULL;
    return status;
}

lh_hand *lh_hand_pool_draw(const lh_hand_pool *pool, uint64_t network, uint64_t seed,
                           lh_error *error)
{
    const lh_hand *of_network[LH_HAND_POOL_MAX];
    size_t count = 0;
    for (size_t i = 0; i < pool->count; i++)
        if (pool->hand[i]->network == network)
            of_network[count++] = pool->hand[i];
    return count > 1 ? lh_hand_draw(of_network, count, as_people_vary, seed, error) : NULL;
}
