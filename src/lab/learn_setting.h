/* What a learner is asked for: see learn_setting.c. */
#ifndef LONGHAND_LAB_LEARN_SETTING_H
#define LONGHAND_LAB_LEARN_SETTING_H

#include <longhand/lab.h>

/* LH_ERROR_ARGUMENT where nobody can learn so; sizes of the network are looked at when it is made.
 */
lh_status lh_learn_check(const lh_learn_options *options, lh_error *error);
/* The network, as it begins. NULL on failure; the caller frees. */
lh_network *lh_learn_network(const lh_learn_options *options, lh_error *error);

#endif
