/* Marks of lists at the beginning of a row: bullets, numbers, boxes to tick. */
#ifndef LONGHAND_DOCUMENT_LISTS_H
#define LONGHAND_DOCUMENT_LISTS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct lh_list_mark {
    int words;       /* of the mark; 0: there is none */
    const char *box; /* where its box stands as "[ ]" or "[x]"; NULL: it has none */
    int number;      /* what it counts; 0: nothing */
} lh_list_mark;

/* The mark at `row`, which is UTF-8 behind the row's indent. */
lh_list_mark lh_list_mark_find(const char *row);
/* "[ ]" or "[x]" at `at`, as one character in UTF-8, a box; NULL: there is none. */
const char *lh_list_box(const char *at);

#endif
