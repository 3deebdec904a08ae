/* Texts of several lines, for the tools. */
#ifndef LONGHAND_TOOLS_LINES_H
#define LONGHAND_TOOLS_LINES_H

#include <longhand/base.h>

/* Reads the file, of `limit` bytes at most, and points `line` to its first lines that are not
 * empty and no headings ("## ..."), `most` at most; `*count` takes their number. None is LH_ERROR_ARGUMENT. The lines lie in
 * what is returned, which the caller frees; NULL on failure. */
char *lines_read(const char *path, size_t limit, const char **line, size_t most, size_t *count,
                 lh_error *error);

#endif
