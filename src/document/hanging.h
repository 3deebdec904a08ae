/* Where the text of a list's items begins behind their marks. */
#ifndef LONGHAND_DOCUMENT_HANGING_H
#define LONGHAND_DOCUMENT_HANGING_H

#include "document/manuscript.h"

/* mm from where each passage [text->passages] begins to the text behind its mark, alike in all
 * items of a list, with at least a gap behind the widest of the marks; 0: it has no mark with text
 * behind it. `written` and `scale` as lh_layout_make has them. The caller frees; NULL: no memory.
 */
float *lh_hanging_find(const lh_manuscript *text, const lh_written *const *written,
                       const float *scale, const lh_document_options *options, lh_error *error);

#endif
