/* Two hashes.
 *
 * XXH64 (Yann Collet; specification at github.com/Cyan4973/xxHash/blob/dev/doc): a checksum that
 * runs at the speed of memory. Not against forgers: what a file's indices say is checked apart.
 *
 * FNV-1a (Fowler, Noll and Vo): a number for a name, or for a few words. */
#ifndef LONGHAND_BASE_HASH_H
#define LONGHAND_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_BLOCK = 32 };

/* The checksum of bytes that come in pieces. */
typedef struct hash_state {
    uint64_t lane[4];
    uint64_t size; /* so far */
    unsigned char rest[HASH_BLOCK];
} hash_state;

hash_state hash_start(void);
void hash_add(hash_state *state, const void *data, size_t size);
uint64_t hash_end(const hash_state *state);

/* All three for bytes in one piece. */
uint64_t hash_of(const void *data, size_t size);

/* What FNV-1a begins with. */
#define FNV_START UINT64_C(0xcbf29ce484222325)

/* Takes in a byte, or a word in the place of one. */
static inline uint64_t fnv_step(uint64_t hash, uint64_t word)
{
    return (hash ^ word) * UINT64_C(0x100000001b3);
}

/* Takes in bytes. */
uint64_t fnv_add(uint64_t hash, const void *data, size_t size);

#endif
