/* How far in the rows of a text begin. */
#ifndef LONGHAND_DOCUMENT_INDENTS_H
#define LONGHAND_DOCUMENT_INDENTS_H

#include "document/manuscript.h"

/* mm [passages], of the first row of each: as its indent says. What stands so far in that it would
 * break, or not go in the row at all, but goes in a row of its own, is meant to stand at the right
 * margin, as dates and signatures do: it is moved there, and rows that are equally far in, one
 * below the other, together. Where that does not do, no indent takes more than half of the row. The
 * caller frees; NULL: no memory. */
float *lh_indents_find(const lh_manuscript *text, const lh_written *const *written,
                       const float *scale, const lh_document_options *options, lh_error *error);

#endif
