/* The hands of a folder, from which hands of nobody are drawn, another for each seed. */
#ifndef LONGHAND_WRITE_HAND_POOL_H
#define LONGHAND_WRITE_HAND_POOL_H

#include <longhand/write.h>

enum { LH_HAND_POOL_MAX = 64 };

/* Zero-initialised it is empty. */
typedef struct lh_hand_pool {
    char *folder;                    /* owned; that they were read from, or NULL */
    lh_hand *hand[LH_HAND_POOL_MAX]; /* owned */
    size_t count;
} lh_hand_pool;

/* Reads the .hand files of `folder` (NULL: there are none), in the order of their names, unless the
 * pool holds those of that folder. Of files that cannot be read the first is the error, and the
 * others are read all the same. */
lh_status lh_hand_pool_read(lh_hand_pool *pool, const char *folder, lh_error *error);
/* A hand drawn as people vary from those that were learnt beside `network` (its fingerprint). NULL
 * and no error where there are fewer than two of them. The caller frees. */
lh_hand *lh_hand_pool_draw(const lh_hand_pool *pool, uint64_t network, uint64_t seed,
                           lh_error *error);
void lh_hand_pool_clear(lh_hand_pool *pool);

#endif
