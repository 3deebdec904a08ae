/* Characters of a text as a model can write them. */
#ifndef LONGHAND_DOCUMENT_LETTERS_H
#define LONGHAND_DOCUMENT_LETTERS_H

#include "document/manuscript.h"

/* A place in a text that moves on. */
typedef struct lh_reading {
    const char *at;
    size_t line, column; /* from 1 */
} lh_reading;

enum { LH_LETTERS_MAX = 256 };

/* Reads the character at `reading`, with the accents that follow it, and moves on. `letters` takes
 * what is to be written for it, "" for nothing; what is skipped is counted in `manuscript`. */
lh_status lh_letters_next(lh_reading *reading, const lh_manuscript_options *options,
                          lh_manuscript *manuscript, char letters[LH_LETTERS_MAX], lh_error *error);

#endif
