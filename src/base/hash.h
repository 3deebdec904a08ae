/* XXH64 (Yann Collet; specification at github.com/Cyan4973/xxHash/blob/dev/doc): a checksum that
 * runs at the speed of memory. Not against forgers: what a file's indices say is checked apart. */
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

#endif
