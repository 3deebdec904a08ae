/* The record of a batch: a JSON line for each document, which tells an interrupted run's successor
 * what is there already. */
#ifndef LONGHAND_DOCUMENT_BATCH_RECORD_H
#define LONGHAND_DOCUMENT_BATCH_RECORD_H

#include "document/sources.h"

enum { LH_RECORD_LIMIT = 1 << 30 }; /* bytes of one that is read */

typedef struct lh_record lh_record;

/* The record of the files that `pattern` names, or of a folder. The caller frees; NULL: no memory.
 */
char *lh_record_path(const char *pattern, bool folder);

/* Opens the record beside the files that `pattern` names, or inside it if it is a folder:
 * longhand-batch.jsonl. Folders above it are made. With `adds` what it holds is read and more is
 * added; else it begins anew. NULL on failure. */
lh_record *lh_record_open(const char *pattern, bool folder, bool adds, lh_error *error);
/* The same for a file at `path`, of rows that have a name, a key and files as well. */
lh_record *lh_record_open_at(const char *path, bool adds, lh_error *error);
void lh_record_free(lh_record *record);
/* True when the document `name` was made from what `key` names, and all its files are there. */
bool lh_record_has(const lh_record *record, const char *name, uint64_t key);
/* Adds a document and its files (a newline behind each), or why there is none. */
lh_status lh_record_add(lh_record *record, const char *name, uint64_t key, uint64_t seed,
                        const lh_document *document, const char *files, const lh_error *failure,
                        lh_error *error);
/* Adds a row as it is. */
lh_status lh_record_add_row(lh_record *record, const char *row, lh_error *error);
/* Ends a record: puts its rows in the order of the sources, the last of each, so that it does not
 * tell in which order they came to be done. */
lh_status lh_record_sort(lh_record *record, const lh_sources *sources, lh_error *error);

/* The same for a file that is closed. */
lh_status lh_record_order(const char *path, const lh_sources *sources, lh_error *error);

#endif
