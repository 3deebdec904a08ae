/* The names of a batch's files: made from a pattern, and no two the same. */
#ifndef LONGHAND_CLI_WRITE_NAMES_H
#define LONGHAND_CLI_WRITE_NAMES_H

#include "write.h"

/* True where the pattern has {name}, {number} or {page} in it: folders that it names are made. */
bool write_is_pattern(const char *pattern);
/* True where each page of a document has a file of its own. */
bool write_pages_apart(const write_job *job, const char *pattern);
/* The pattern with its places filled, for page `page` of `pages` that have files of their own; 0 of
 * 0: there is one file, whatever the pages. The caller frees; NULL: no memory. */
char *write_file_name(const char *pattern, const char *name, size_t number, size_t page,
                      size_t pages);

/* ---- before anything is written ---------------------------------------------------------------
 */

typedef struct write_names write_names;

/* Claims all that the job reads and writes, and checks it. Where the name of a document's page
 * might be that of something else, which depends on how many pages there are, this is left for
 * write_names_settle. NULL on failure. */
write_names *write_names_claim(write_job *job, const lh_sources *sources, const char *pattern,
                               lh_error *error);
/* Writes those few documents, only to know their pages, and checks their names. */
lh_status write_names_settle(write_names *names, lh_desk *desk, lh_error *error);
void write_names_free(write_names *names);

#endif
