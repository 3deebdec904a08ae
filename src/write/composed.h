/* Composed signs, which a network has not learnt and which are made of what it writes: a letter and
 * an accent on it, or a stroke through it; and a hyphen with a sign, or one of a few letters, in
 * its place, which the pen draws. Here is which they are, what texts become by it, and the shapes
 * of the marks; where ink gets them is in marks.h. Knows nothing of networks. */
#ifndef LONGHAND_WRITE_COMPOSED_H
#define LONGHAND_WRITE_COMPOSED_H

#include <longhand/base.h>

/* Where a mark stands, and with it what its points are measured in. */
typedef enum lh_mark_place {
    LH_MARK_ABOVE,   /* from the middle of the letter's top; heights of the small letters */
    LH_MARK_BELOW,   /* from the middle of the letter's bottom; likewise */
    LH_MARK_BESIDE,  /* from the top right of the letter; likewise */
    LH_MARK_ACROSS,  /* from the middle of the letter; likewise */
    LH_MARK_THROUGH, /* from the bottom left of the letter; its width and height */
    LH_MARK_INSTEAD, /* from the baseline where a hyphen began, which goes; heights again */
    LH_MARK_RAISED,  /* likewise, but small and above the row ... */
    LH_MARK_LOWERED  /* ... or below its baseline */
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
    int16_t gap; /* instead of a hyphen: to what is beside it; 0: as far as the hyphen was */
} lh_mark;

/* What `sign` is made of: a character, with a mark. False when it is not made. */
bool lh_composed_find(uint32_t sign, uint32_t *base, const lh_mark **mark);
/* Is the sign made even where the alphabet has it? */
bool lh_composed_always(uint32_t sign);
/* The character of `alphabet` that is written for a sign, to which its mark comes; 0: the sign is
 * written as it is, or cannot be. With `inked`, for a text whose ink is there already, a sign that
 * the alphabet has is as it is. */
uint32_t lh_composed_base(uint32_t sign, const lh_alphabet *alphabet, bool inked);
/* UTF-8 `text` with these characters in place of the signs that are made of them: the same in code
 * points. The caller frees; NULL: no memory. */
char *lh_composed_bases(const char *text, const lh_alphabet *alphabet, bool inked);

#endif
