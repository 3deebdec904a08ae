/* Errors as values: a status and a sentence for a person, who may be at a terminal: names and the
 * like that files brought into it are made visible here. */
#include "base/visible.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Takes away the beginning of a character at the end of a text that was cut. */
static void drop_cut_character(char *text)
{
    size_t start = strlen(text);
    while (start > 0 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    const char *last = text + (start > 0 ? start - 1 : 0);
    if (lh_utf8_next(&last) == UINT32_MAX && start > 0)
        text[start - 1] = '\0';
}

lh_status lh_fail(lh_error *error, lh_status status, const char *format, ...)
{
    if (error) {
        char raw[sizeof error->message];
        va_list arguments;
        va_start(arguments, format);
        error->status = status;
        int length = vsnprintf(raw, sizeof raw, format ? format : "", arguments);
        va_end(arguments);
        if (length >= (int)sizeof raw)
            drop_cut_character(raw);
        visible_text(raw, error->message, sizeof error->message);
    }
    return status;
}

lh_status lh_fail_memory(lh_error *error, const char *what)
{
    return lh_fail(error, LH_ERROR_MEMORY, "out of memory for %s", what ? what : "something");
}
