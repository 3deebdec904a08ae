/* XXH64, after its specification. Words are little-endian in the specification; here they are read
 * as the machine has them, since a corpus file is refused on a machine of the other order. */
#include "hash.h"

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

/* Four lanes over the blocks of 32 bytes. */
static uint64_t whole_blocks(const unsigned char *p, size_t blocks, uint64_t seed)
{
    uint64_t a = seed + prime1 + prime2, b = seed + prime2, c = seed, d = seed - prime1;
    for (; blocks > 0; blocks--, p += 32) {
        a = round64(a, word64(p));
        b = round64(b, word64(p + 8));
        c = round64(c, word64(p + 16));
        d = round64(d, word64(p + 24));
    }
    uint64_t hash = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
    return merge(merge(merge(merge(hash, a), b), c), d);
}

uint64_t hash_xxh64(const void *data, size_t size, uint64_t seed)
{
    const unsigned char *p = data, *end = p + size;
    uint64_t hash = size >= 32 ? whole_blocks(p, size / 32, seed) : seed + prime5;
    p += size / 32 * 32;
    hash += size;
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
