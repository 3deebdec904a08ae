/* Tables of signs (document.h): from memory, looking into them, and their checksum. */
#ifndef LONGHAND_DOCUMENT_SIGNS_H
#define LONGHAND_DOCUMENT_SIGNS_H

#include "document/prints.h"

/* lh_signs_read of a text, called `name` in messages. */
lh_status lh_signs_parse(lh_signs *signs, const char *text, const char *name, lh_error *error);
/* What to write for `codepoint` in `alphabet`, "" for nothing; NULL when the table does not help.
 * Valid until more is added. `signs` may be NULL. */
const char *lh_signs_find(const lh_signs *signs, uint32_t codepoint, const lh_alphabet *alphabet);
/* The same in ASCII. */
const char *lh_signs_find_ascii(const lh_signs *signs, uint32_t codepoint);
/* Adds all rows; NULL has none. */
void lh_signs_print(const lh_signs *signs, hash_state *hash);

#endif
