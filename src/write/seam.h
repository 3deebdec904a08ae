/* The seam between two words: is a stroke that begins behind a word's ink still of the word (a dot,
 * a bar, its last letter, a full stop), or the first of the next?
 *
 * The window says it, but not at once: when the pen comes down for a next word it is still on the
 * blank in most cases, where it is for a full stop as well. But it moves on to the next word within
 * the first points of a stroke that belongs to that. So a stroke is looked at until it is plain
 * what it is.
 */
#ifndef LONGHAND_WRITE_SEAM_H
#define LONGHAND_WRITE_SEAM_H

#include <stdbool.h>

typedef enum lh_seam_verdict { LH_SEAM_OPEN, LH_SEAM_SAME, LH_SEAM_NEXT } lh_seam_verdict;

typedef struct lh_seam {
    bool open;    /* a stroke is being looked at */
    double right; /* how far right the ink before it goes, whiteboard units */
    double gap;   /* from there to where the stroke began */
    double far;   /* how far right the stroke goes */
    int on;       /* where the window was when it began */
    int points;   /* of the stroke */
} lh_seam;

/* A stroke begins with the pen at `pen_x` and the window on character `on`. */
void lh_seam_start(lh_seam *seam, double pen_x, double right, int on);
/* Looks at a point of the stroke, its first as well: `end` is the place of the blank behind the
 * word, `lifted` says that the point ends the stroke, `last` that no word follows. The seam is
 * closed by any verdict but LH_SEAM_OPEN. */
lh_seam_verdict lh_seam_look(lh_seam *seam, double pen_x, int on, int end, bool lifted, bool last);

#endif
