/* Where everything lies in the pictures of a document: what programs that learn to read are taught
 * with. */
#ifndef LONGHAND_DOCUMENT_BATCH_MANIFEST_H
#define LONGHAND_DOCUMENT_BATCH_MANIFEST_H

#include "document/batch_plan.h"

/* The row of a document's manifest, which lh_batch_options tells of: `files` are its pictures, a
 * newline behind each; `name` is NULL where it needs none, and `key` (lh_batch_key) 0 where there
 * is none. The caller frees; NULL on failure. */
char *lh_manifest_row(const lh_batch_plan *plan, const char *name, uint64_t key,
                      const lh_document *document, const char *files, lh_error *error);

#endif
