/* Signs that a network has not learnt, made of what it writes: letters with an accent or with a
 * stroke through them, and signs, and a few letters, that the pen draws where the network has
 * written a hyphen. The network writes the letter or hyphen, the guard and reading over see that
 * alone, and the marks are drawn when the piece is done, as a person puts dots and bars behind the
 * word. */
#ifndef LONGHAND_WRITE_MARKS_H
#define LONGHAND_WRITE_MARKS_H

#include "clerk.h"

/* Where a mark stands, and with it what its points are measured in. */
typedef enum lh_mark_place {
    LH_MARK_ABOVE,   /* from the middle of the letter's top; heights of the small letters */
    LH_MARK_BELOW,   /* from the middle of the letter's bottom; likewise */
    LH_MARK_BESIDE,  /* from the top right of the letter; likewise */
    LH_MARK_ACROSS,  /* from the middle of the letter; likewise */
    LH_MARK_THROUGH, /* from the bottom left of the letter; its width and height */
    LH_MARK_INSTEAD  /* from the baseline where a hyphen began, which goes; heights again */
} lh_mark_place;

/* A point of a mark, in hundredths of the unit of its place: x to the right, y upwards. */
typedef struct lh_mark_point {
    int16_t x, y;
} lh_mark_point;

/* In place of x: the pen is lifted; the mark is done. */
enum { LH_MARK_LIFT = INT16_MAX, LH_MARK_DONE = INT16_MIN };

typedef struct lh_mark {
    lh_mark_place place;
    const lh_mark_point *point; /* curves go through them; one that stands twice is a corner */
    bool letter; /* instead of a hyphen: what is before and behind stands close to it */
} lh_mark;

/* What `sign` is made of: a character, with a mark. False when it is not made. */
bool lh_marks_find(uint32_t sign, uint32_t *base, const lh_mark **mark);
/* Is the sign made even where the alphabet has it? */
bool lh_marks_always(uint32_t sign);
/* UTF-8 `text` with a character of `alphabet` in place of each sign that is made of one: the same
 * in code points. With `inked`, for a text whose ink is there already, signs that the alphabet has
 * stay. The caller frees; NULL: no memory. */
char *lh_marks_bases(const char *text, const lh_alphabet *alphabet, bool inked);
/* Draws the marks of a piece that is done and levelled, as large as the letters of `start` are, and
 * leaning as they do. `sign` [characters of the piece] is what the text has in their places. The
 * points of words move on with those that are added. */
lh_status lh_marks_draw(lh_clerk *clerk, const lh_start *start, const uint32_t *sign,
                        lh_error *error);

#endif
