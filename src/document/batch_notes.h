/* What a batch notes on its documents. */
#ifndef LONGHAND_DOCUMENT_BATCH_NOTES_H
#define LONGHAND_DOCUMENT_BATCH_NOTES_H

#include "document/batch_plan.h"

/* Notes on the first page of a document what it says and how it was made from the text `given`, so
 * that it can be made again; `name` may be NULL, `fingerprint` is lh_network_fingerprint of the
 * model. */
lh_status lh_batch_note(const lh_batch_plan *plan, uint64_t fingerprint, const char *name,
                        const char *given, lh_page *page, lh_error *error);

#endif
