/* The sums behind profile.h. Laps are tens of microseconds long and more, so one shared counter a
 * part, added to atomically, does not disturb what it measures. */
#include "nn/profile.h"

#include <stdatomic.h>
#include <time.h>

bool lh_profile_on;
static clockid_t lap_clock = CLOCK_MONOTONIC, whole_clock = CLOCK_MONOTONIC;
static _Atomic uint64_t sums[LH_PART_COUNT];

const char *lh_part_name(lh_part part)
{
    static const char *const names[LH_PART_COUNT] = {
        [LH_PART_INPUT] = "input products",
        [LH_PART_RECURRENT] = "recurrent products",
        [LH_PART_GATES] = "gates",
        [LH_PART_WINDOW] = "window",
        [LH_PART_OUTPUT] = "output products",
        [LH_PART_MIXTURE] = "mixture",
        [LH_PART_WEIGHTS] = "weight gradients",
        [LH_PART_REDUCTION] = "reduction",
        [LH_PART_UPDATE] = "update",
    };
    return names[part];
}

void lh_profile_start(void)
{
    for (int i = 0; i < LH_PART_COUNT; i++)
        atomic_store(&sums[i], 0);
    lh_profile_on = true;
}

void lh_profile_stop(void)
{
    lh_profile_on = false;
}

double lh_profile_seconds(lh_part part)
{
    return 1e-9 * (double)atomic_load(&sums[part]);
}

void lh_profile_processor_time(void)
{
    lap_clock = CLOCK_THREAD_CPUTIME_ID;
    whole_clock = CLOCK_PROCESS_CPUTIME_ID;
}

static uint64_t nanoseconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

double lh_profile_clock(int threads)
{
    double seconds = 1e-9 * (double)nanoseconds(whole_clock);
    return whole_clock == CLOCK_MONOTONIC ? seconds : seconds / threads;
}

uint64_t lh_profile_now(void)
{
    return nanoseconds(lap_clock);
}

void lh_profile_add(lh_part part, uint64_t lap)
{
    atomic_fetch_add_explicit(&sums[part], lap, memory_order_relaxed);
}
