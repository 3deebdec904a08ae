/* Texts in ASCII, for comments that hold no more. */
#ifndef LONGHAND_DOCUMENT_ASCII_H
#define LONGHAND_DOCUMENT_ASCII_H

#include <longhand/document.h>

/* UTF-8 `text` in ASCII: what the table of signs has for a character, else the letter without its
 * accent, else one '_'. `signs` may be NULL. The caller frees; NULL: no memory. */
char *lh_ascii(const lh_signs *signs, const char *text);

#endif
