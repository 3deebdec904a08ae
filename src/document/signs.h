/* What a table of signs holds, for checksums. */
#ifndef LONGHAND_DOCUMENT_SIGNS_H
#define LONGHAND_DOCUMENT_SIGNS_H

#include "document/prints.h"

/* Adds all rows; NULL has none. */
void lh_signs_print(const lh_signs *signs, hash_state *hash);

#endif
