/* Whether a hand that was learnt writes, and what is taken back of it where it does not. */
#ifndef LONGHAND_HAND_TRIAL_H
#define LONGHAND_HAND_TRIAL_H

#include <longhand/write.h>

/* Learnt too far, a hand makes the network forget how to go through a text. So it writes some
 * sentences, and while the guard finds no good try of many of their words, a
 * part of the change is taken back. Where that does not help all of it stays, for then the network
 * is to blame. `share` takes how much stays. The style has a hand that was learnt beside `model`.
 */
lh_status lh_hand_try(lh_style *style, const lh_model *model, int threads, double *share,
                      lh_error *error);

#endif
