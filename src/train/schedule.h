/* The learning rate over a run. */
#ifndef LONGHAND_TRAIN_SCHEDULE_H
#define LONGHAND_TRAIN_SCHEDULE_H

#include <longhand/train.h>

/* The learning rate of step `step` (counted from 0) when `fraction` of the plan is done. */
double lh_learning_rate(const lh_train_options *options, uint64_t step, double fraction);
/* The decay of the averaged weights after `step` steps. */
double lh_average_decay(const lh_train_options *options, uint64_t step);

#endif
