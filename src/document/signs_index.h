/* What a table of signs has for the characters of one alphabet, to be found by search: the table
 * itself may have many rows, one behind the other, for the same character. */
#ifndef LONGHAND_DOCUMENT_SIGNS_INDEX_H
#define LONGHAND_DOCUMENT_SIGNS_INDEX_H

#include <longhand/base.h>

/* The characters first..last and what to write for them, which is the table's. */
typedef struct lh_signs_range {
    uint32_t first, last;
    const char *text;
} lh_signs_range;

typedef struct lh_signs_index {
    uint32_t *edge;    /* [edges] characters, ascending, where something else may begin */
    const char **text; /* [edges] what to write from there to the next; NULL: nothing is known */
    size_t edges;
} lh_signs_index;

/* Of several ranges that have a character the last counts. */
lh_status lh_signs_index_make(lh_signs_index *index, const lh_signs_range *range, size_t ranges,
                              lh_error *error);
void lh_signs_index_clear(lh_signs_index *index);
const char *lh_signs_index_find(const lh_signs_index *index, uint32_t codepoint);

#endif
