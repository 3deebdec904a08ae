/* The record of a batch: a JSON line for each document, which tells an interrupted run's successor
 * what is there already. */
#ifndef LONGHAND_CLI_WRITE_RECORD_H
#define LONGHAND_CLI_WRITE_RECORD_H

#include "write.h"

enum { WRITE_RECORD_LIMIT = 1 << 30 }; /* bytes of one that is read */

typedef struct write_record write_record;

/* The record of the files that `pattern` names, or of a folder. The caller frees; NULL: no memory.
 */
char *write_record_path(const char *pattern, bool folder);

/* Opens the record beside the files that `pattern` names, or inside it if it is a folder:
 * longhand-batch.jsonl. Resuming, what it holds is read and more is added; else it begins anew.
 * NULL on failure. */
write_record *write_record_open(const char *pattern, bool folder, bool resume, lh_error *error);
void write_record_free(write_record *record);
/* True when the document `name` was made from what `key` names, and all its files are there. */
bool write_record_has(const write_record *record, const char *name, uint64_t key);
/* Adds a document and its files (a newline behind each), or why there is none. */
lh_status write_record_add(write_record *record, const char *name, uint64_t key, uint64_t seed,
                           const lh_document *document, const char *files, const lh_error *failure,
                           lh_error *error);
/* Ends a record all of whose documents are made: puts its rows in the order of the sources, the
 * last of each, so that it does not tell in which order they came to be done. */
lh_status write_record_sort(write_record *record, const write_sources *sources, lh_error *error);

/* The same for a file that is closed. */
lh_status write_order_rows(const char *path, const write_sources *sources, lh_error *error);

#endif
