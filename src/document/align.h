/* Aligning the rows of a layout. */
#ifndef LONGHAND_DOCUMENT_ALIGN_H
#define LONGHAND_DOCUMENT_ALIGN_H

#include "document/layout.h"

const char *lh_align_name(lh_align align);
/* Moves each row as its manner says: to the right margin, the middle or both margins, or as part of
 * a block at the right margin. On paper that is cut to the writing the right margin is where the
 * longest row ends. */
void lh_align_rows(lh_layout *layout, const lh_manuscript *text, const lh_written *const *written,
                   const float *scale, const lh_document_options *options);

#endif
