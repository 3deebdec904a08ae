/* How far what was read is from what is written: edits, by kind of character. */
#ifndef LONGHAND_READ_ERRORS_H
#define LONGHAND_READ_ERRORS_H

#include <longhand/base.h>

typedef enum read_kind {
    READ_SMALL, /* a to z */
    READ_CAPITAL,
    READ_DIGIT,
    READ_SIGN,
    READ_BLANK,
    READ_OTHER, /* letters beyond ASCII */
    READ_KINDS
} read_kind;

const char *read_kind_name(read_kind kind);

typedef struct read_errors {
    size_t characters, edits;        /* of texts as they are */
    size_t solid, solid_edits;       /* of texts without their blanks */
    size_t words, word_edits;        /* what stands between blanks */
    size_t lines, wrong_lines;       /* not right to the character */
    size_t of_kind[READ_KINDS];      /* characters written, and those of them that were lost or */
    size_t lost_of_kind[READ_KINDS]; /* read as others */
    size_t added;                    /* characters that were read, and are not there */
} read_errors;

/* Adds those of a text that was read (UTF-8, as is the truth). The number of edits is
 * Levenshtein's: the fewest insertions, deletions and replacements. */
lh_status read_errors_add(read_errors *errors, const char *truth, const char *text,
                          lh_error *error);

#endif
