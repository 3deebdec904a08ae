/* What a batch is to do: what was asked for, checked and completed. */
#ifndef LONGHAND_DOCUMENT_BATCH_PLAN_H
#define LONGHAND_DOCUMENT_BATCH_PLAN_H

#include "document/sources.h"

#include "base/claims.h"

typedef struct lh_batch_plan {
    const lh_model *model;
    lh_document_options document; /* as given, but `style` is one */
    const lh_sources *sources;
    lh_batch_options options; /* as given, but `model` is the name that is noted */
    lh_batch_words words;     /* all of them */
    char *pattern;            /* owned; of the output (lh_names_pattern) */
    lh_claims claims;         /* all that is read and written */
} lh_batch_plan;

/* Options that do not go together are LH_ERROR_ARGUMENT. Clear it also on failure. */
lh_status lh_batch_plan_make(lh_batch_plan *plan, const lh_model *model,
                             const lh_document_options *document, const lh_sources *sources,
                             const lh_batch_options *options, lh_error *error);
void lh_batch_plan_clear(lh_batch_plan *plan);

/* Is all that is written one thing, so that there is nothing to keep when it is stopped? */
bool lh_batch_is_whole(const lh_batch_plan *plan);
/* Are the folders made that a pattern of names has: is it filled for each document or page? */
bool lh_batch_makes_folders(const lh_batch_plan *plan, const char *pattern);
/* Is there a record of what became of each document? */
bool lh_batch_has_record(const lh_batch_plan *plan);

#endif
