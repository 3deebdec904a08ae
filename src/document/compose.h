/* Ink of a laid out document to pages. */
#ifndef LONGHAND_DOCUMENT_COMPOSE_H
#define LONGHAND_DOCUMENT_COMPOSE_H

#include "document/layout.h"

typedef struct lh_composition {
    const lh_model *model;
    const lh_document_options *options;
    const lh_manuscript *text;
    const lh_written *const *written; /* [passages] */
    const float *scale;               /* [passages], mm a unit */
    const double *bias;               /* [manners] */
    uint64_t seed;
} lh_composition;

/* The pages of `layout`: rows drift, and are nudged where they would touch the row above. Paper is
 * not cut yet. NULL on failure. */
lh_document *lh_compose(const lh_composition *composition, const lh_layout *layout,
                        lh_error *error);

/* Adds page number `page` (from 0) at the foot of its page. */
lh_status lh_compose_number(lh_document *document, const lh_document_options *options, size_t page,
                            const lh_written *number, float scale, lh_error *error);

#endif
