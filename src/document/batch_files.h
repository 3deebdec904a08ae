/* The files of a batch's documents. */
#ifndef LONGHAND_DOCUMENT_BATCH_FILES_H
#define LONGHAND_DOCUMENT_BATCH_FILES_H

#include "document/batch_plan.h"

/* The name of a file of source `index`: as lh_names_of_page has it. The caller frees; NULL without
 * memory. */
char *lh_batch_file_name(const lh_batch_plan *plan, size_t index, const char *pattern, size_t page,
                         size_t pages);
/* Writes the files of the document of source `index`. `files` takes their names, a newline behind
 * each; the caller frees. */
lh_status lh_batch_write_files(const lh_batch_plan *plan, size_t index, const lh_document *document,
                               char **files, lh_error *error);
/* Writes the pages of all documents into one file, one document behind the other. */
lh_status lh_batch_write_together(const lh_batch_plan *plan, lh_document *const *document,
                                  size_t count, lh_error *error);

#endif
