/* The learning rate over a run: a straight rise from 0, times a curve that ends at the final rate.
 * Cosine after Loshchilov and Hutter, "SGDR", 2017, without restarts. */
#include "schedule.h"

#include <math.h>

/* A short run does not spend more of its plan on the rise than this. */
static const double WARMUP_FRACTION = 0.1;

double lh_learning_rate(const lh_train_options *o, uint64_t step, double fraction)
{
    const double pi = 3.14159265358979323846;
    double left = 1; /* of the way from the first to the final rate */
    if (o->schedule == LH_SCHEDULE_LINEAR)
        left = 1 - fraction;
    else if (o->schedule == LH_SCHEDULE_COSINE)
        left = 0.5 * (1 + cos(pi * fraction));
    double rate = o->learning_rate_final + left * (o->learning_rate - o->learning_rate_final);
    if (o->schedule == LH_SCHEDULE_CONSTANT)
        rate = o->learning_rate;
    if (o->schedule == LH_SCHEDULE_EXPONENTIAL) /* to a final rate of 0 it does not get */
        rate = o->learning_rate *
               pow(fmax(o->learning_rate_final, 1e-12) / fmax(o->learning_rate, 1e-12), fraction);
    if (step >= (uint64_t)o->warmup)
        return rate;
    double risen = fmax((double)(step + 1) / o->warmup, fraction / WARMUP_FRACTION);
    return rate * fmin(risen, 1);
}

double lh_average_decay(const lh_train_options *o, uint64_t step)
{
    double early = (1 + (double)step) / (10 + (double)step);
    return early < o->ema ? early : o->ema;
}
