/* Texts of several lines: see lines.h. */
#include "lines.h"

#include <stdlib.h>
#include <string.h>

char *lines_read(const char *path, size_t limit, const char **line, size_t most, size_t *count,
                 lh_error *error)
{
    size_t size;
    char *rest = NULL, *text = lh_file_read(path, limit, &size, error);
    *count = 0;
    if (!text)
        return NULL;
    for (char *at = strtok_r(text, "\r\n", &rest); at && *count < most;
         at = strtok_r(NULL, "\r\n", &rest))
        if (strncmp(at, "## ", 3) != 0)
            line[(*count)++] = at;
    if (*count > 0)
        return text;
    lh_fail(error, LH_ERROR_ARGUMENT, "%s: no lines to write", path);
    free(text);
    return NULL;
}
