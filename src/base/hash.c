/* Hashes: see hash.h. XXH64 has seed 0 here and is after its specification. Words are little-endian
 * there; here they are read as the machine has them, since a corpus file is refused on a machine of
 * the other order anyway. */
#include "base/hash.h"

#include <string.h>

static const uint64_t prime1 = UINT64_C(0x9E3779B185EBCA87);
static const uint64_t prime2 = UINT64_C(0xC2B2AE3D27D4EB4F);
static const uint64_t prime3 = UINT64_C(0x165667B19E3779F9);
static const uint64_t prime4 = UINT64_C(0x85EBCA77C2B2AE63);
static const uint64_t prime5 = UINT64_C(0x27D4EB2F165667C5);

static uint64_t rotate(uint64_t value, int bits)
{
    return value << bits | value >> (64 - bits);
}

static uint64_t word64(const unsigned char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

static uint64_t word32(const unsigned char *p)
{
    uint32_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

static uint64_t round64(uint64_t lane, uint64_t word)
{
    return rotate(lane + word * prime2, 31) * prime1;
}

static uint64_t merge(uint64_t hash, uint64_t lane)
{
    return (hash ^ round64(0, lane)) * prime1 + prime4;
}

hash_state hash_start(void)
{
    return (hash_state){.lane = {prime1 + prime2, prime2, 0, 0 - prime1}};
}

/* Four lanes over whole blocks; returns what is behind them. */
static const unsigned char *add_blocks(hash_state *state, const unsigned char *p, size_t blocks)
{
    uint64_t a = state->lane[0], b = state->lane[1], c = state->lane[2], d = state->lane[3];
    for (; blocks > 0; blocks--, p += HASH_BLOCK) {
        a = round64(a, word64(p));
        b = round64(b, word64(p + 8));
        c = round64(c, word64(p + 16));
        d = round64(d, word64(p + 24));
    }
    state->lane[0] = a;
    state->lane[1] = b;
    state->lane[2] = c;
    state->lane[3] = d;
    return p;
}

void hash_add(hash_state *state, const void *data, size_t size)
{
    const unsigned char *p = data;
    size_t used = (size_t)(state->size % HASH_BLOCK);
    state->size += size;
    if (used > 0) {
        size_t missing = HASH_BLOCK - used, taken = size < missing ? size : missing;
        memcpy(state->rest + used, p, taken);
        if (taken < missing)
            return;
        add_blocks(state, state->rest, 1);
        p += taken;
        size -= taken;
    }
    p = add_blocks(state, p, size / HASH_BLOCK);
    memcpy(state->rest, p, size % HASH_BLOCK);
}

uint64_t hash_end(const hash_state *state)
{
    const uint64_t *lane = state->lane;
    uint64_t hash = prime5;
    if (state->size >= HASH_BLOCK) {
        hash = rotate(lane[0], 1) + rotate(lane[1], 7) + rotate(lane[2], 12) + rotate(lane[3], 18);
        hash = merge(merge(merge(merge(hash, lane[0]), lane[1]), lane[2]), lane[3]);
    }
    hash += state->size;
    const unsigned char *p = state->rest, *end = p + state->size % HASH_BLOCK;
    for (; end - p >= 8; p += 8)
        hash = rotate(hash ^ round64(0, word64(p)), 27) * prime1 + prime4;
    for (; end - p >= 4; p += 4)
        hash = rotate(hash ^ word32(p) * prime1, 23) * prime2 + prime3;
    for (; p < end; p++)
        hash = rotate(hash ^ *p * prime5, 11) * prime1;
    hash = (hash ^ hash >> 33) * prime2;
    hash = (hash ^ hash >> 29) * prime3;
    return hash ^ hash >> 32;
}

uint64_t hash_of(const void *data, size_t size)
{
    hash_state state = hash_start();
    hash_add(&state, data, size);
    return hash_end(&state);
}

uint64_t fnv_add(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *p = data;
    for (size_t i = 0; i < size; i++)
        hash = fnv_step(hash, p[i]);
    return hash;
}
