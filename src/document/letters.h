/* Characters of a text as a model can write them. */
#ifndef LONGHAND_DOCUMENT_LETTERS_H
#define LONGHAND_DOCUMENT_LETTERS_H

#include <longhand/document.h>

/* A place in a text that moves on. */
typedef struct lh_text_cursor {
    const char *at;
    size_t line, column; /* from 1 */
} lh_text_cursor;

enum { LH_LETTERS_MAX = 256 };

/* Characters that were left out. */
typedef struct lh_skipped {
    size_t count;
    lh_alphabet signs; /* which they were */
} lh_skipped;

/* Characters that something else was written for, each once. */
typedef struct lh_replaced {
    struct lh_replacement {
        uint32_t sign;
        const char *with; /* of the table of signs */
    } * row;
    size_t count, capacity;
} lh_replaced;

/* They as rows "SIGN WITH", a newline behind each; the caller frees. NULL: no memory. */
char *lh_replaced_list(const lh_replaced *replaced);
void lh_replaced_clear(lh_replaced *replaced);

/* What can be written, and what is done with the rest. */
typedef struct lh_letters {
    const lh_alphabet *alphabet;
    const lh_signs *signs;
    lh_skipped *skipped;   /* counts what is left out; NULL: that is refused */
    lh_replaced *replaced; /* takes what reads otherwise by the table; may be NULL */
} lh_letters;

/* Reads the character at `reading`, with the accents that follow it, and moves on. `written` takes
 * what is to be written for it, "" for nothing. */
lh_status lh_letters_next(const lh_letters *letters, lh_text_cursor *reading,
                          char written[LH_LETTERS_MAX], lh_error *error);

#endif
