/* A clerk writes one piece of a text, point by point, in one row of a network's state; the rows of
 * other clerks may be stepped with it. Here is what it has in hand; clerk_work.h takes its steps,
 * tries.h its words. */
#ifndef LONGHAND_WRITE_CLERK_H
#define LONGHAND_WRITE_CLERK_H

#include "drawn.h"
#include "guard.h"
#include "proof.h"
#include "seam.h"
#include "start.h"

/* A word of the piece: its characters in the window's text and its points in the draft. */
typedef struct lh_clerk_word {
    int start, end; /* `end` is the place of the blank behind it */
    size_t point;   /* its first; its last is before the next word's first */
    bool flawed, doubtful, dotted; /* `dotted`: the pen put dots that were missing */
    double log_reading; /* as in lh_word */
} lh_clerk_word;

/* Where the pen stood, at a lift between two words. */
typedef struct lh_stand {
    lh_tip tip;    /* from the right edge and baseline of what was before */
    double right;  /* the furthest right that the ink goes */
    double middle; /* the mean height of the ink */
    size_t count;  /* points in the draft */
    bool fresh;    /* a line's beginning: the first point is where the pen stands */
    lh_guard guard;
} lh_stand;

enum { LH_CLERK_CHECKPOINT, LH_CLERK_CANDIDATE, LH_CLERK_BEST, LH_CLERK_ROWS };

typedef struct lh_clerk {
    const lh_model *model;
    const lh_write_options *options;
    const lh_start *start;
    uint64_t index; /* of the text; with `offset` it names the random streams */
    size_t offset;  /* of the piece's first character in the text */

    int32_t *text; /* the window's text [characters]: of `start`, the piece, a blank */
    int characters, before;
    /* [words]. Behind other ink the first is the last word of that, which the pen may still mend
     * with a dot or a bar: it has no ink here, and `first` is 1; else 0. */
    lh_clerk_word *word;
    int words, first, current;

    lh_stand now, candidate, checkpoint;
    lh_state *saved; /* [LH_CLERK_ROWS]: what the network was like there; while writing */
    lh_proof *proof; /* NULL: words are not read over */
    bool has_candidate;
    bool lifted; /* the pen is up: the next point begins a stroke */
    lh_seam seam;
    lh_course course;
    int tries;     /* of the current word */
    lh_draft best; /* of the tries given up */
    double best_rank, best_log_reading;
    /* ln p of the current word and the one before it together, at the candidate and at the end of
     * the best try; -infinity where it is read alone. */
    double with_before, best_with_before;
    bool best_sound; /* its only fault is that it might be misread: writing can go on behind it, */
    lh_stand best_end; /* from here */
    lh_rng rng;

    lh_draft draft;
    lh_guard_report report;
    bool done;
} lh_clerk;

/* Makes a clerk for characters `text` [count] (no blank at either end) that stand at `offset` in
 * text `index`. `model`, `options` and `start` are kept by address. */
lh_status lh_clerk_init(lh_clerk *clerk, const lh_model *model, const lh_write_options *options,
                        const lh_start *start, const int32_t *text, int count, uint64_t index,
                        size_t offset, lh_error *error);
void lh_clerk_clear(lh_clerk *clerk);
/* When done, and if the clerk began a line: fills `start` with the pen lifted behind the piece;
 * pen_x and pen_y are for the caller to set, who knows the baseline. (Other clerks forget their
 * memory when done: thousands may have written a long text.) */
lh_status lh_clerk_leave(const lh_clerk *clerk, lh_start *start, lh_error *error);

#endif
