/* How much ink characters take. */
#ifndef LONGHAND_WRITE_PACE_H
#define LONGHAND_WRITE_PACE_H

#include <longhand/base.h>

/* Points that a hand of the corpus spends on a character, in the mean over hands. */
double lh_pace_points(uint32_t codepoint);

#endif
