/* Reading gzip (RFC 1952) as a stream. libarchive reads it as well, but does not look at its
 * checksums. */
#ifndef LONGHAND_CORPUS_GUNZIP_H
#define LONGHAND_CORPUS_GUNZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct gunzip gunzip;

/* True when `stream` begins as gzip does; it stands at its beginning again. */
bool gunzip_fits(FILE *stream);
/* Reads from `stream`, which it closes in the end. NULL: no memory, and `stream` is closed. */
gunzip *gunzip_new(FILE *stream);
void gunzip_free(gunzip *from);
/* The next bytes, which stay until the next call: how many, 0 at the end, -1 when the file cannot
 * be read, is cut short or damaged; `gunzip_wrong` then says so. */
ptrdiff_t gunzip_read(gunzip *from, const void **bytes);
/* All that gzip `data` [size] holds, `*unpacked` bytes and a NUL behind them; the caller frees.
 * NULL when it is damaged, or holds more than `most` bytes: `*wrong` says which. */
char *gunzip_all(const char *data, size_t size, size_t most, size_t *unpacked, const char **wrong);
/* What is wrong with the file; NULL: nothing so far. */
const char *gunzip_wrong(const gunzip *from);

#endif
