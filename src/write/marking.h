/* A word whose marks are drawn: marks.c goes through the words, marks_letter.c and marks_hyphen.c
 * find where a mark belongs, marks_pen.c draws it. */
#ifndef LONGHAND_WRITE_MARKING_H
#define LONGHAND_WRITE_MARKING_H

#include "clerk.h"
#include "composed.h"

typedef struct marking {
    lh_clerk *clerk;
    lh_draft *draft;
    double height, shear; /* of the small letters; x for a unit upwards */
    lh_rng rng;
    int current;       /* the word */
    size_t from, to;   /* its points, as they are now ... */
    size_t own;        /* ... up to the first of the marks behind it */
    int32_t first;     /* its first character in the text ... */
    bool alone;        /* ... which is all that it has */
    int32_t character; /* the one whose mark it is */
} marking;

/* Points of the draft. */
typedef struct span {
    size_t from, to;
} span;

/* Points of one mark, at most. */
enum { MARK_POINTS = 1024 };

/* From a mark's points to the paper. */
typedef struct frame {
    double x, y;       /* of its origin */
    double across, up; /* units to a hundredth */
    double shear;
    double turn, size; /* as this one varies */
    double blur;       /* units */
} frame;

/* A frame for a mark at (x, y), with `across` and `up` units to its own. */
frame marking_frame(marking *m, double x, double y, double across, double up);
/* The strokes of a mark. Returns how many points `out` [MARK_POINTS] took. */
size_t marking_draw(marking *m, const lh_mark *mark, const frame *f, lh_point *out);

lh_box marking_box(const marking *m, span ink);
/* x in the middle of a box. */
double marking_middle(const lh_box *box);
/* Behind the last point of the stroke that point `first` is of; the word's end at most. */
size_t marking_stroke_end(const marking *m, size_t first);
/* Takes points of the word's own away. */
void marking_take(marking *m, span taken);
/* Puts points of a mark before point `at` of the word, or behind it. */
lh_status marking_put(marking *m, size_t at, const lh_point *point, size_t count, lh_error *error);

/* The ink of the character. Of a small letter it is the last stroke, or piece of one, that is no
 * dot or bar; of others all strokes that begin while the window is on it. False: none. */
bool marking_find_letter(const marking *m, bool small, span *letter);
/* Sets `mark` on the letter `base` that was written for the character. */
lh_status marking_on_letter(marking *m, uint32_t base, const lh_mark *mark, lh_error *error);
/* Puts the dots that each i and j of the word lacks, where the reader stumbled over it. */
lh_status marking_put_dots(marking *m, lh_clerk_word *word, const uint32_t *sign, lh_error *error);
/* Takes away hyphens that are left where so many characters, this and those before, have their
 * marks: of several the network may write more. With `all` whatever it wrote in the word. */
void marking_take_rest(marking *m, int characters, bool all);
/* Draws `mark` in place of the hyphen that was written for the character. */
lh_status marking_for_hyphen(marking *m, const lh_mark *mark, lh_error *error);

#endif
