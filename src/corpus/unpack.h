/* Reading archives through libarchive, which unpack.c alone knows. A table of functions, for the
 * program `longhand` opens it only when it meets an archive. */
#ifndef LONGHAND_CORPUS_UNPACK_H
#define LONGHAND_CORPUS_UNPACK_H

#include "source.h"

typedef struct unpack {
    /* source_walk for the archive at `path`. */
    lh_status (*walk)(const char *path, source_budget *budget, source_visit *visit, void *user,
                      lh_error *error);
    /* gunzip_all. */
    char *(*gunzip)(const char *data, size_t size, size_t most, size_t *unpacked,
                    const char **wrong);
} unpack;

/* NULL where libarchive cannot be opened. Never freed. */
const unpack *unpack_get(lh_error *error);

#endif
