/* The random streams of a run's seed. Each thing that is drawn has streams of its own, numbered by
 * where in the run it belongs, so that a resumed run draws the same numbers without having kept a
 * generator, and so do several machines that share the work. */
#ifndef LONGHAND_TRAIN_RANDOM_STREAMS_H
#define LONGHAND_TRAIN_RANDOM_STREAMS_H

#include <stdint.h>

/* The first weights. */
static inline uint64_t lh_stream_weights(void)
{
    return 0;
}

/* The order of lines in an epoch; epoch < 2^62 - 1. */
static inline uint64_t lh_stream_order(uint64_t epoch)
{
    return 1 + epoch;
}

/* How a line is changed in an epoch; line < 2^32. */
static inline uint64_t lh_stream_augmentation(uint64_t epoch, uint64_t line)
{
    return (uint64_t)1 << 62 | epoch << 32 | line;
}

/* Which cells of a line drop out in an epoch; line < 2^32. */
static inline uint64_t lh_stream_dropout(uint64_t epoch, uint64_t line)
{
    return (uint64_t)3 << 62 | epoch << 32 | line;
}

/* The noise on a block of weights in a step < 2^38; block < 2^24. */
static inline uint64_t lh_stream_noise(uint64_t step, uint64_t block)
{
    return (uint64_t)1 << 63 | step << 24 | block;
}

#endif
