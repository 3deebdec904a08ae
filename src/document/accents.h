/* Putting letters and accents together (Unicode Standard Annex 15) through GLib, which accents.c
 * alone knows. A table of functions, for the program `longhand` opens it only when it meets a
 * character that may be an accent. */
#ifndef LONGHAND_DOCUMENT_ACCENTS_H
#define LONGHAND_DOCUMENT_ACCENTS_H

#include <longhand/base.h>

/* No mark has a code point below: what is written in plain Latin letters needs no table. */
enum { LH_FIRST_MARK = 0x300 };

typedef struct lh_accents {
    /* Whether a code point is a mark (Mn, Mc, Me), which goes with the letter before it. */
    bool (*is_mark)(uint32_t codepoint);
    /* The text in normal form C. The caller frees; NULL without memory, or when it is not UTF-8. */
    char *(*compose)(const char *text, size_t bytes);
} lh_accents;

/* NULL where GLib cannot be opened. Never freed. */
const lh_accents *lh_accents_get(lh_error *error);

#endif
