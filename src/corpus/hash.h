/* XXH64 (Yann Collet; specification at github.com/Cyan4973/xxHash/blob/dev/doc): a checksum that
 * runs at the speed of memory. Not against forgers: what a file's indices say is checked apart. */
#ifndef LONGHAND_CORPUS_HASH_H
#define LONGHAND_CORPUS_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash_xxh64(const void *data, size_t size, uint64_t seed);

#endif
