/* Breaking what was written to rows, and rows to columns and pages. */
#ifndef LONGHAND_DOCUMENT_LAYOUT_H
#define LONGHAND_DOCUMENT_LAYOUT_H

#include "document/columns.h"
#include "document/manuscript.h"

/* Words of a passage that stand in a row. */
typedef struct lh_row_part {
    size_t passage, first, count; /* words */
    size_t page;
    int column, row;
    float x;       /* mm from the column's left edge */
    float stretch; /* mm that each gap between its words is wider, ... */
    size_t tight;  /* ... but for those before so many words */
    size_t mark;   /* words of a list's mark; those behind it go ... */
    float behind;  /* mm to the right, or to the left below 0 */
    bool flush;    /* what strays from its edge does so at the right */
} lh_row_part;

typedef struct lh_layout {
    lh_row_part *part; /* [parts], in the order of the text */
    size_t parts, capacity;
    size_t pages;
    bool too_wide; /* it failed, as a word is wider than the room */
    bool overrun;  /* a word runs into the margin */
} lh_layout;

/* mm, by which the room is larger than what is moved to end with it: sums are rounded. */
#define LH_SLACK 0.01f

/* mm, of a part without its stretch. */
float lh_row_part_width(const lh_row_part *part, const lh_written *const *written,
                        const float *scale);

/* Sets the passages' ink, written[i] [passages] at scale[i] mm a unit and from indent[i] mm on,
 * like a person who sees the margin coming: a word that would not fit goes to the next row. A word
 * that is wider than the room may stand alone in its row and run into the margin; one that is wider
 * than the paper is LH_ERROR_ARGUMENT with its place in the text. Clear it also on failure. */
lh_status lh_layout_make(lh_layout *layout, const lh_manuscript *text,
                         const lh_written *const *written, const float *scale, const float *indent,
                         const lh_document_options *options, lh_error *error);
void lh_layout_clear(lh_layout *layout);

#endif
