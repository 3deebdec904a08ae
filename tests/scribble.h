/* Made-up writing of which the truth is known: a pen that goes up and down over a baseline, with
 * ascenders and descenders, in words with blanks between them. */
#ifndef LONGHAND_TESTS_SCRIBBLE_H
#define LONGHAND_TESTS_SCRIBBLE_H

#include <longhand/ink.h>

#include <math.h>

/* Height of small letters and advance of a letter, whiteboard units. */
#define SCRIBBLE_HEIGHT 160.0
#define SCRIBBLE_ADVANCE 130.0

/* One letter as a loop from baseline to baseline: `up` above it and `down` below it at its end. */
static void scribble_letter(lh_ink *ink, double x, double up, double down, float *time)
{
    enum { READINGS = 16 };
    for (int i = 0; i < READINGS; i++) {
        double t = 2 * 3.14159265358979 * i / READINGS;
        double high = 0.5 * (1 - cos(t));
        double low = i > READINGS * 3 / 4 ? sin(4 * (t - 0.75 * 2 * 3.14159265358979) / 2) : 0;
        lh_point point = {(float)(x + SCRIBBLE_ADVANCE * t / 6.2831853 + 40 * sin(t)),
                          (float)(-up * high + down * low), *time, 0};
        *time += 0.015f;
        lh_ink_add(ink, point, NULL);
    }
}

/* `words` words of 2 to 7 letters standing on y = 0, of which one letter in five has an ascender
 * and one in six a descender; one in eight is followed by a dot above. */
static inline lh_ink *scribble(int words, lh_rng *rng)
{
    lh_ink *ink = lh_ink_new(NULL);
    double x = 0;
    float time = 0;
    for (int w = 0; w < words; w++) {
        int letters = 2 + (int)lh_rng_below(rng, 6);
        double start = x;
        for (int i = 0; i < letters; i++, x += SCRIBBLE_ADVANCE) {
            double wobble = 1 + 0.06 * lh_rng_normal(rng);
            double up = SCRIBBLE_HEIGHT * wobble * (lh_rng_below(rng, 5) == 0 ? 2 : 1);
            double down = lh_rng_below(rng, 6) == 0 ? SCRIBBLE_HEIGHT * 0.9 : 0;
            scribble_letter(ink, x, up, down, &time);
        }
        lh_point last = {(float)x, (float)(4 * lh_rng_normal(rng)), time, 1};
        lh_ink_add(ink, last, NULL);
        if (lh_rng_below(rng, 8) == 0) {
            lh_point dot = {(float)(start + 60), -1.6f * (float)SCRIBBLE_HEIGHT, time + 0.2f, 1};
            lh_ink_add(ink, dot, NULL);
        }
        time += 0.4f;
        x += 1.5 * SCRIBBLE_ADVANCE;
    }
    return ink;
}

#endif
