/* Writes the packed corpus file (its layout: corpus_file.h). */
#ifndef LONGHAND_CORPUS_CORPUS_PACK_H
#define LONGHAND_CORPUS_CORPUS_PACK_H

#include <longhand/corpus.h>

typedef struct pack_line {
    const char *name, *writer, *text; /* text may be NULL */
    lh_split split;
    lh_ink *ink; /* at least two points */
} pack_line;

/* Writes `lines`, which are in the order of their names and of different ones. `report` is JSON. */
lh_status pack_write(const pack_line *lines, size_t count, lh_scale scale,
                     const lh_alphabet *alphabet, const char *report, const char *path,
                     lh_error *error);

#endif
