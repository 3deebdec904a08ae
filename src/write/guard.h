/* The guard: watches the soft window while the pen moves and says when writing has gone wrong.
 *
 * Places are characters of the window's text, counted from 0; phi [U + 1] has one more place behind
 * the last. The pen is said to be on the character with the largest phi. */
#ifndef LONGHAND_WRITE_GUARD_H
#define LONGHAND_WRITE_GUARD_H

#include <longhand/write.h>

enum { LH_NO_FAULT = -1 };

/* Where the window stands at one step. */
typedef struct lh_window_place {
    int on;       /* the character with the largest phi, 0..U */
    float centre; /* mean place, weighted with phi */
    float mass;   /* sum of phi */
} lh_window_place;

lh_window_place lh_window_find(const lh_real *phi, int characters);

typedef struct lh_guard {
    int reached; /* the furthest character the pen has been on */
    int here;    /* points drawn since it got there */
    int behind;  /* points drawn with the pen down since the window came behind the word */
    int astray;  /* points drawn since the window last weighed something */
} lh_guard;

/* Starts to watch with the pen on character `start`. */
void lh_guard_start(lh_guard *guard, int start);
/* Looks at a step: where the window stood, the offset drawn (normalised), how far the pen is over
 * or under the middle of the line so far (whiteboard units), and where the word being written ends
 * (the place of the blank behind it). Returns an lh_fault or LH_NO_FAULT. */
int lh_guard_step(lh_guard *guard, const lh_window_place *place, const lh_real x[3], float height,
                  int word_end);
/* Looks at a word when it is whole: `characters` of it took `points`. */
int lh_guard_word(int characters, size_t points);

#endif
