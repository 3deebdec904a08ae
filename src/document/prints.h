/* What documents are made from, added to a checksum: the same that two runs know each other's work
 * by, that of hands which are kept and that of documents which are there. */
#ifndef LONGHAND_DOCUMENT_PRINTS_H
#define LONGHAND_DOCUMENT_PRINTS_H

#include "base/hash.h"

#include <longhand/document.h>

/* All that writing depends on: architecture, weights, alphabet and scale. */
void lh_print_model(hash_state *hash, const lh_model *model);
/* Ink and text; when the points were drawn does not matter. */
void lh_print_hand(hash_state *hash, const lh_hand *hand);
void lh_print_style(hash_state *hash, const lh_style *style);
/* A string with its end, so that "a", "bc" is not "ab", "c". */
void lh_print_text(hash_state *hash, const char *text);

#endif
