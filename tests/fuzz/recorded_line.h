/* What holds of every line that is read from any bytes. */
#ifndef LONGHAND_TESTS_FUZZ_RECORDED_LINE_H
#define LONGHAND_TESTS_FUZZ_RECORDED_LINE_H

#include <longhand/corpus.h>

#include <math.h>
#include <stdlib.h>

/* Aborts where it has no points or does not end, or a number or its text is none. */
static inline void check_line(const lh_recorded_line *line)
{
    const lh_ink *ink = line->ink;
    if (ink->count == 0 || !ink->points[ink->count - 1].end ||
        (line->text && !lh_utf8_valid(line->text)))
        abort();
    for (size_t i = 0; i < ink->count; i++)
        if (!isfinite(ink->points[i].x) || !isfinite(ink->points[i].y) ||
            !isfinite(ink->points[i].time) || ink->points[i].end > 1)
            abort();
}

#endif
