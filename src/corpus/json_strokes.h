/* JSON lines of strokes, as lh_json_lines_write (page.h) writes them: an object a row, with "text"
 * and "strokes": [[[u,v,t],...],...]. */
#ifndef LONGHAND_CORPUS_JSON_STROKES_H
#define LONGHAND_CORPUS_JSON_STROKES_H

#include "recording.h"

/* Adds the lines of a file, called `name` in messages, which ends with a NUL. Rows without strokes,
 * of lines that are empty, and blank rows are passed over. */
lh_status json_strokes_read(const char *data, size_t size, const char *name,
                            lh_recording *recording, lh_error *error);

#endif
