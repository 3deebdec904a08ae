/* Errors as values: a status and a sentence for a person. */
#include <longhand/base.h>

#include <stdarg.h>
#include <stdio.h>

lh_status lh_fail(lh_error *error, lh_status status, const char *format, ...)
{
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        error->status = status;
        vsnprintf(error->message, sizeof error->message, format ? format : "", arguments);
        va_end(arguments);
    }
    return status;
}

lh_status lh_fail_memory(lh_error *error, const char *what)
{
    return lh_fail(error, LH_ERROR_MEMORY, "out of memory for %s", what ? what : "something");
}
