/* Breaking what was written to rows, and rows to columns and pages. */
#ifndef LONGHAND_DOCUMENT_LAYOUT_H
#define LONGHAND_DOCUMENT_LAYOUT_H

#include "document/manuscript.h"

/* Words of a passage that stand in a row. */
typedef struct lh_row_part {
    size_t passage, first, count; /* words */
    size_t page;
    int column, row;
    float x; /* mm from the column's left edge */
} lh_row_part;

typedef struct lh_layout {
    lh_row_part *part; /* [parts], in the order of the text */
    size_t parts, capacity;
    size_t pages;
} lh_layout;

/* Sets the passages' ink, written[i] [passages] at scale[i] mm a unit, like a person who sees the
 * margin coming: a word that would not fit goes to the next row. A word that is wider than the room
 * may stand alone in its row and run into the margin; one that is wider than the paper is
 * LH_ERROR_ARGUMENT with its place in the text. Clear it also on failure. */
lh_status lh_layout_make(lh_layout *layout, const lh_manuscript *text,
                         const lh_written *const *written, const float *scale,
                         const lh_document_options *options, lh_error *error);
void lh_layout_clear(lh_layout *layout);

/* mm: the width of a column, and the left edge of column 0, 1, ... from the left of the paper. */
float lh_column_width(const lh_document_options *options);
float lh_column_left(const lh_document_options *options, int column);
/* True for paper that is cut to the writing. */
bool lh_paper_is_cut(const lh_paper *paper);

#endif
