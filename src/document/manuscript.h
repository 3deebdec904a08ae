/* A text as it is to be written: passages of plain words, where each begins, and in what manner. */
#ifndef LONGHAND_DOCUMENT_MANUSCRIPT_H
#define LONGHAND_DOCUMENT_MANUSCRIPT_H

#include "document/passages.h"

typedef struct lh_manuscript_options {
    const lh_alphabet *alphabet;
    const lh_signs *signs;
    bool reflow, skip_unknown;
    bool bare; /* '@' is a character as others: nothing is obeyed or underlined */
} lh_manuscript_options;

/* Reads a text. A character that cannot be written, or a row that begins with '@' and is no
 * command, is LH_ERROR_ARGUMENT with row and column. Clear it also on failure. */
lh_status lh_manuscript_read(lh_manuscript *manuscript, const char *text,
                             const lh_manuscript_options *options, lh_error *error);

#endif
