/* Strokes of a page sorted to rows of writing by where they lie. */
#ifndef LONGHAND_CORPUS_ROWS_H
#define LONGHAND_CORPUS_ROWS_H

#include <longhand/ink.h>

/* The row of a stroke that is in none. */
#define ROWS_NONE UINT32_MAX

/* Says to which row each stroke of `ink` belongs: row[i] of stroke i, from 0 at the top. The rows
 * are apart in y, though all may slope alike; a stroke that is low or very tall (a dot, an accent,
 * a flourish) belongs to the row that it is nearest to. A low one far above or below all letters, where
 * the pen slipped, is ROWS_NONE. `*rows` is their number; `row` [strokes of
 * ink]. */
lh_status rows_find(const lh_ink *ink, uint32_t *row, size_t *rows, lh_error *error);

#endif
