/* Where the rows of a text end: LF, CR, CR LF, VT, FF, U+2028 and U+2029. */
#ifndef LONGHAND_DOCUMENT_ROW_END_H
#define LONGHAND_DOCUMENT_ROW_END_H

#include <stddef.h>
#include <string.h>

/* Bytes of the row's end at `at`; 0: there is none, as at the end of the text. */
static inline size_t lh_row_end(const char *at)
{
    if (*at == '\r')
        return at[1] == '\n' ? 2 : 1;
    if (*at == '\n' || *at == '\v' || *at == '\f')
        return 1;
    const int separates =
        strncmp(at, "\xe2\x80\xa8", 3) == 0 || strncmp(at, "\xe2\x80\xa9", 3) == 0;
    return separates ? 3 : 0;
}

#endif
