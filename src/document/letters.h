/* Characters of a text as a model can write them. */
#ifndef LONGHAND_DOCUMENT_LETTERS_H
#define LONGHAND_DOCUMENT_LETTERS_H

#include <longhand/document.h>

/* A place in a text that moves on. */
typedef struct lh_reading {
    const char *at;
    size_t line, column; /* from 1 */
} lh_reading;

enum { LH_LETTERS_MAX = 256 };

/* Characters that were left out. */
typedef struct lh_skipped {
    size_t count;
    lh_alphabet signs; /* which they were */
} lh_skipped;

/* What can be written, and what is done with the rest. */
typedef struct lh_letters {
    const lh_alphabet *alphabet;
    const lh_signs *signs;
    lh_skipped *skipped; /* counts what is left out; NULL: that is refused */
} lh_letters;

/* Reads the character at `reading`, with the accents that follow it, and moves on. `written` takes
 * what is to be written for it, "" for nothing. */
lh_status lh_letters_next(const lh_letters *letters, lh_reading *reading,
                          char written[LH_LETTERS_MAX], lh_error *error);

#endif
