/* Pieces of handwriting, words and single characters, that lines can be composed of. */
#ifndef LONGHAND_TOOLS_PIECE_POOL_H
#define LONGHAND_TOOLS_PIECE_POOL_H

#include "align.h"

enum { PIECE_TEXT = 32 };

/* Ink on the baseline y = 0, in heights of its line's small letters, its left edge at x = 0. */
typedef struct piece {
    char text[PIECE_TEXT]; /* UTF-8 */
    size_t form;           /* whose hand it is */
    bool part;             /* of a word, several letters of it */
    lh_point *points;      /* owned; whole strokes */
    size_t count;
    float width;
} piece;

typedef struct piece_pool {
    piece *piece;
    size_t count, capacity;
} piece_pool;

void pool_free(piece_pool *pool);

/* Adds the words of a line that was read (align_read), and such parts of words and such characters
 * as stand in strokes of their own, the latter as large as such a character is, if the reader is
 * sure of them. */
lh_status pool_add_line(piece_pool *pool, const lh_reader *reader, const aligned *line, size_t form,
                        lh_error *error);
/* Where pieces of each kind go. */
typedef struct piece_pools {
    piece_pool characters, words, parts;
} piece_pools;

/* Moves all pieces of `from` where they belong; on failure too. */
lh_status pool_sort(piece_pool *from, piece_pools *to, lh_error *error);
void pools_free(piece_pools *pools);
/* Adds points of ink on the baseline y = 0 whose small letters are `height` high. */
lh_status pool_add(piece_pool *pool, const char *text, size_t form, const lh_point *points,
                   size_t count, float height, lh_error *error);

#endif
