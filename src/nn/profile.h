/* Where the time of a training step goes: laps of a stopwatch, added up over all threads. Off (as
 * ever, but for the benchmark) a lap costs one predictable branch.
 *
 *     lh_lap lap = lh_lap_start();
 *     ... the input product ...
 *     lh_lap_end(&lap, LH_PART_INPUT);
 *     ... the recurrent product ...
 *     lh_lap_end(&lap, LH_PART_RECURRENT);
 */
#ifndef LONGHAND_NN_PROFILE_H
#define LONGHAND_NN_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum lh_part {
    LH_PART_INPUT,     /* products with input, window and skip weights, both ways */
    LH_PART_RECURRENT, /* products with recurrent weights, both ways */
    LH_PART_GATES,     /* squashing, peepholes, cells, and their derivatives */
    LH_PART_WINDOW,    /* alpha, beta, kappa, phi, w, and their derivatives */
    LH_PART_OUTPUT,    /* products with the output weights, both ways */
    LH_PART_MIXTURE,   /* the density, its loss and its derivatives */
    LH_PART_WEIGHTS,   /* weight gradients: products over all time steps */
    LH_PART_REDUCTION, /* summing the gradients of the shards, their norm */
    LH_PART_UPDATE,    /* the optimiser, and packing the weights anew */
    LH_PART_COUNT
} lh_part;

/* "input products", "recurrent products", ... */
const char *lh_part_name(lh_part part);

/* Turns the stopwatch on with all sums zero, or off. Not while other threads compute. */
void lh_profile_start(void);
void lh_profile_stop(void);
/* Seconds in `part` since lh_profile_start, summed over threads: of a step that takes a second on
 * two threads all parts together have close to two. */
double lh_profile_seconds(lh_part part);

/* Measures processor time from now on instead of the time that passes: for a machine that has other
 * work to do. What threads wait for each other is then not seen. */
void lh_profile_processor_time(void);
/* Seconds since some moment; of processor time, those of the process over `threads`. */
double lh_profile_clock(int threads);

/* ---- for the code that is measured ------------------------------------------------------------
 */

typedef struct lh_lap {
    uint64_t since; /* nanoseconds; 0: off */
} lh_lap;

extern bool lh_profile_on;
uint64_t lh_profile_now(void);
void lh_profile_add(lh_part part, uint64_t lap);

static inline lh_lap lh_lap_start(void)
{
    return (lh_lap){lh_profile_on ? lh_profile_now() : 0};
}

/* Books the time since the last lap's end to `part` and begins the next lap. */
static inline void lh_lap_end(lh_lap *lap, lh_part part)
{
    if (lap->since) {
        uint64_t now = lh_profile_now();
        lh_profile_add(part, now - lap->since);
        lap->since = now;
    }
}

/* The same for a part that the calling thread shared out to `threads` threads. */
static inline void lh_lap_end_shared(lh_lap *lap, lh_part part, int threads)
{
    if (lap->since) {
        uint64_t now = lh_profile_now();
        lh_profile_add(part, (now - lap->since) * (uint64_t)threads);
        lap->since = now;
    }
}

#endif
