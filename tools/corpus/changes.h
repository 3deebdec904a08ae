/* A line with letters of other lines put into it. */
#ifndef LONGHAND_TOOLS_CHANGES_H
#define LONGHAND_TOOLS_CHANGES_H

#include "align.h"

/* Where a letter's strokes go: its left edge and bottom, and how much larger it becomes. */
typedef struct placing {
    float left, bottom, wide, high;
} placing;

typedef struct change {
    const aligned *from;
    cutting letter; /* of `from`, to be added before the points of `at` */
    cutting at;     /* of the changed line */
    size_t place;   /* in its text, the character that becomes `sign` */
    char sign;
    placing to;
    bool replaces; /* the strokes of `at` go, and what is behind them moves to its side */
} change;

/* The letter in the place of the strokes of `at`, so much larger. */
change change_replacing(const aligned *from, const cutting *letter, const cutting *at, float wide,
                        float high);
/* Are the strokes of each change behind those of the one before? */
bool changes_in_order(const change *changes, size_t count);
/* The line after `count` changes, which are in the order of their points; times are even. The
 * caller frees it. NULL on failure. */
lh_ink *change_line(const aligned *line, const change *changes, size_t count, lh_error *error);

#endif
