/* What a document is made from, as one number: that by which `resume` knows it again. */
#ifndef LONGHAND_DOCUMENT_BATCH_KEY_H
#define LONGHAND_DOCUMENT_BATCH_KEY_H

#include "document/batch_plan.h"

/* The keys of one run. */
typedef struct lh_batch_keys lh_batch_keys;

/* Of what all documents are made from: options, the model, the table of signs, the style.
 * Looks for styles by find_style. The plan must outlive it. NULL: no memory. */
lh_batch_keys *lh_batch_keys_new(const lh_batch_plan *plan, lh_error *error);
void lh_batch_keys_free(lh_batch_keys *keys);
/* The key of the text of source `index`: that, the text, the ink and text of every style in it, and
 * what its file is called below the folder of the record. For one thread at a time, and not while
 * the desk looks for a style. */
lh_status lh_batch_key(lh_batch_keys *keys, size_t index, const char *text, uint64_t *key,
                       lh_error *error);

#endif
