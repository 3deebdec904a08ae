/* The seam between two words: see seam.h. Its limits come from 1,240 seams of IAM-OnDB that a
 * network followed. Whiteboard units. */
#include "seam.h"

#include <math.h>

/* Wider than letters of a word stand apart: of strokes that begin so far off with the window on the
 * blank, 97 of 100 are a next word's. */
static const double wide_gap = 150;
/* The same where no word follows: whatever comes is not text. */
static const double last_gap = 75;
/* Less than words stand apart. */
static const double narrow_gap = 40;
/* A next word's first stroke may begin this far left of the ink's right edge, under a long bar. */
static const double overlap = 120;
/* A dot or a bar goes no further right than this beyond its word. */
static const double beyond = 15;

/* Points of a stroke that show what it is, with the window on the word's last letter when it began,
 * and behind that. */
enum { ENOUGH = 12, ENOUGH_BEHIND = 20 };

void lh_seam_start(lh_seam *seam, double pen_x, double right, int on)
{
    *seam = (lh_seam){.open = true, .right = right, .gap = pen_x - right, .far = pen_x, .on = on};
}

lh_seam_verdict lh_seam_look(lh_seam *seam, double pen_x, int on, int end, bool lifted, bool last)
{
    seam->points++;
    seam->far = fmax(seam->far, pen_x);
    bool far_off = seam->gap > (last ? last_gap : wide_gap), behind = seam->on >= end;
    if (!(on >= end && far_off)) {
        bool long_enough = seam->points >= (far_off || behind ? ENOUGH_BEHIND : ENOUGH);
        if (!lifted && !long_enough)
            return LH_SEAM_OPEN;
        double least = seam->on > end ? -overlap : narrow_gap;
        bool there = on > end || (behind && long_enough);
        if (!(there && seam->far > seam->right + beyond && seam->gap > least)) {
            seam->open = false;
            return LH_SEAM_SAME;
        }
    }
    seam->open = false;
    return LH_SEAM_NEXT;
}
