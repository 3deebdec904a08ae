/* How a row of writing strays from its line. */
#ifndef LONGHAND_DOCUMENT_DRIFT_H
#define LONGHAND_DOCUMENT_DRIFT_H

#include <longhand/page.h>

/* Lets levelled ink stray up and down by shares of `reach` (units; the pitch) times `amount`: off
 * its line, along a slope, and in a slow wave. */
void lh_drift(lh_ink *ink, float reach, float amount, lh_rng *rng);

#endif
