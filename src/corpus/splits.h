/* Which form belongs to which split: the official lists, one form a row; or other lists, of lines.
 */
#ifndef LONGHAND_CORPUS_SPLITS_H
#define LONGHAND_CORPUS_SPLITS_H

#include "names.h"

/* The split a file called `file` ("testset_v.txt") lists, or LH_SPLIT_NONE. */
lh_split split_of_list(const char *file);

/* Puts the names in a list (`data` ends with a NUL), forms, lines or paths of line files, into
 * `forms`, name -> split. A name that another list has keeps its first split; the number of such is
 * added to `*doubles`. */
lh_status split_read_list(names *forms, lh_split split, const char *data, size_t *doubles,
                          lh_error *error);

#endif
