/* What a batch reads and what it writes, before anything is written. */
#ifndef LONGHAND_DOCUMENT_BATCH_CLAIMS_H
#define LONGHAND_DOCUMENT_BATCH_CLAIMS_H

#include "document/batch_plan.h"

/* Claims all that the batch reads and writes, and checks it. Where the name of a document's page
 * might be that of something else, which depends on how many pages there are, this is left, and
 * `doubtful` [sources] is set. */
lh_status lh_batch_claim(lh_batch_plan *plan, bool *doubtful, lh_error *error);
/* Writes those few documents, only to know their pages, and checks their names. */
lh_status lh_batch_claim_pages(lh_batch_plan *plan, const bool *doubtful, lh_desk *desk,
                               lh_error *error);

#endif
