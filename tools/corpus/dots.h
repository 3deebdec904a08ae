/* Which letters of a line have their dots. */
#ifndef LONGHAND_TOOLS_DOTS_H
#define LONGHAND_TOOLS_DOTS_H

#include "align.h"

/* The dot of an i or j. */
typedef struct dot {
    size_t character;  /* whose it is */
    size_t first, end; /* points first..end-1: its stroke; first == end: the letter has none */
} dot;

/* Finds the dots of all i and j of a line that was read (align_read), in the order of its text,
 * into
 * `*dots`, which the caller frees, as many as `*count`. Small high strokes are given to letters so
 * that all are as near as they can be; apostrophes, accents, crossbars and whatever else may be
 * small and high take theirs, too. */
lh_status dots_find(const aligned *line, dot **dots, size_t *count, lh_error *error);

#endif
