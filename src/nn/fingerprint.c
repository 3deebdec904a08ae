/* A name for weights: FNV-1a over words of 64 bits instead of bytes, every eighth of them in a
 * chain of its own, for a multiplication must wait for the one before. */
#include "network.h"

#include "base/hash.h"

#include <string.h>

static uint64_t hash_arena(const lh_network *n)
{
    enum { CHAINS = 8 };
    const char *weights = (const char *)n->arena;
    size_t bytes = n->arena_size * sizeof *n->arena;
    uint64_t chain[CHAINS], word[CHAINS], hash = FNV_START;
    for (uint64_t i = 0; i < CHAINS; i++)
        chain[i] = hash + i;
    for (size_t at = 0; at + sizeof word <= bytes; at += sizeof word) { /* nothing is left over */
        memcpy(word, weights + at, sizeof word);
        for (int i = 0; i < CHAINS; i++) {
            chain[i] = fnv_step(chain[i], word[i]);
            chain[i] ^= chain[i] >> 32;
        }
    }
    for (int i = 0; i < CHAINS; i++)
        hash = fnv_step(hash, chain[i]);
    return hash;
}

uint64_t lh_network_fingerprint(const lh_network *n)
{
    if (!n)
        return 0;
    lh_packed *p = n->packed;
    pthread_mutex_lock(&p->lock);
    if (!p->fingerprint_fresh)
        p->fingerprint = hash_arena(n);
    p->fingerprint_fresh = true;
    uint64_t fingerprint = p->fingerprint;
    pthread_mutex_unlock(&p->lock);
    return fingerprint;
}
