/* The seam between two words: see seam.h. Its limits come from 800 seams of IAM-OnDB that a
 * network followed. Whiteboard units. */
#include "seam.h"

#include "base/extremes.h"

#include <math.h>

/* Wider than letters of a word stand apart: of strokes that begin so far off with the window on the
 * blank, 98 of 100 are a next word's. */
static const double wide_gap = 170;
/* Narrower than words stand apart. */
static const double narrow_gap = 25;
/* A next word's first stroke may begin this far left of the ink's right edge, under a long bar. */
static const double overlap = 120;
/* A dot or a bar goes no further right than this beyond its word. */
static const double beyond = 15;

/* Points of a stroke in which the window has moved on if the stroke is a next word's: from the
 * blank, and from the last letter when the stroke is far off. A full stop takes no more than the
 * third. */
enum { ENOUGH = 8, ENOUGH_FAR_OFF = 20, SHORT = 6 };

void lh_seam_start(lh_seam *seam, double pen_x, double right, int on)
{
    *seam = (lh_seam){.open = true, .right = right, .gap = pen_x - right, .far = pen_x, .on = on};
}

lh_seam_verdict lh_seam_look(lh_seam *seam, double pen_x, int on, int end, bool lifted, bool last)
{
    seam->points++;
    lh_raise(&seam->far, pen_x);
    bool far_off = seam->gap > wide_gap, behind = seam->on >= end;
    if (!(on >= end && far_off)) {
        if (!lifted && seam->points < (far_off ? ENOUGH_FAR_OFF : ENOUGH))
            return LH_SEAM_OPEN;
        double least = seam->on > end ? -overlap : narrow_gap;
        bool there = on > end || (last && behind && seam->points > SHORT);
        if (!(there && seam->far > seam->right + beyond && seam->gap > least)) {
            seam->open = false;
            return LH_SEAM_SAME;
        }
    }
    seam->open = false;
    return LH_SEAM_NEXT;
}
